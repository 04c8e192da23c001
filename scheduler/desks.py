"""Posts as the rotation law sees them: which regimes bind who holds them, for how long, how alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.catalogue import CatalogueRow
    from scheduler.rotation_law import RotationLaw

Ints = NDArray[np.signedinteger[Any]]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Desks:
    """A value for each post, in the order of the table of positions; terms in months."""

    by_statute: Bools  # R1
    by_city: Bools  # R2
    kind: Ints  # number of its row in the catalogue in force, -1 for none
    term_min: Ints
    term_max: Ints  # the head's own term where one is given
    term_given: Ints  # -1: none
    term_outside: Bools  # the head's term is outside the catalogue's
    leaves_probation: Bools  # the statute's clock leaves out probation
    single: Bools  # the only post of its category in the unit, and none like it beside the unit


def read_desks(
    tables: Mapping[str, pd.DataFrame], catalogue: Mapping[str, CatalogueRow], law: RotationLaw
) -> Desks:
    """How the law binds each post (rotation.md, The clock 2, 4 and 10)."""
    posts = tables["positions"]
    kinds = {category: number for number, category in enumerate(catalogue)}
    category, words = pd.factorize(posts["category"].to_numpy(object))
    kind = np.array([kinds.get(word, -1) for word in words] or [-1], np.int64)[category]
    rows = [*catalogue.values()]
    low = np.array([row.term_min for row in rows] + [0], np.int64)[kind]
    high = np.array([row.term_max for row in rows] + [0], np.int64)[kind]
    leaves = np.array([row.excludes_probation for row in rows] + [False], bool)[kind]
    given = posts["term_months"].to_numpy(np.int64, na_value=-1)
    ranks = posts["rank_group"].isin([*law.city_ranks]).to_numpy(bool)
    faces = posts["faces_public"].to_numpy(bool)
    leads = posts["is_lead"].to_numpy(bool)
    return Desks(
        by_statute=(kind >= 0) & ~leads & law.statute,
        by_city=ranks & faces & law.city_policy,
        kind=kind,
        term_min=low,
        term_max=np.where(given >= 0, given, high),
        term_given=given,
        term_outside=(given >= 0) & ((given < low) | (given > high)),
        leaves_probation=leaves,
        single=_single(tables) & law.single_post,
    )


def _single(tables: Mapping[str, pd.DataFrame]) -> Bools:
    posts, units = tables["positions"], tables["units"]
    place = pd.Index(units["unit_id"]).get_indexer(posts["unit_id"])
    parent = pd.factorize(units["parent_id"].to_numpy(object))[0] if len(units) else np.array([-1])
    has_parent = (units["parent_id"] != "").to_numpy(bool) if len(units) else np.array([False])
    above = np.where((place >= 0) & has_parent[place], parent[place], -1)
    alone = (_alike(place, _codes(posts["category"])) == 1) & (posts["category"] != "").to_numpy()
    trade = _codes(posts["profession"]) * (posts["rank_group"].nunique() + 1)
    trade = trade + _codes(posts["rank_group"])
    beside = _alike(above, trade) - _alike(place, trade)  # of the siblings' posts
    single: Bools = alone & ((above < 0) | (beside == 0))
    return single


def _codes(column: pd.Series[Any]) -> Ints:
    return pd.factorize(column.to_numpy(object))[0].astype(np.int64)


def _alike(one: Ints, other: Ints) -> Ints:
    """For each row how many rows have the same two codes."""
    both = (one + 1) * (int(other.max(initial=0)) + 1) + other
    codes, _ = pd.factorize(both)
    return np.bincount(codes, minlength=1)[codes] if len(codes) else codes.astype(np.int64)
