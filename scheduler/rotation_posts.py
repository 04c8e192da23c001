"""The posts of a rotation year as one frame: who may stand for whom, which rotate, which are empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    from datetime import date

    from scheduler.desks import Desks
    from scheduler.rulebook import Rulebook

Flags = NDArray[np.bool_]


def posts_frame(
    tables: Mapping[str, pd.DataFrame], desks: Desks, rulebook: Rulebook, on: date
) -> pd.DataFrame:
    """Every post, indexed by position id, in the order of the table.

    Returns
    -------
    DataFrame with unit_id, title, category, field, kind (of desk: the class of profession and rank,
    as text), rotating (the statute's or the city's clock runs there), leads, holders (people in it on
    the day), promised (somebody is named for a later day), vacant.
    """
    posts = tables["positions"]
    ids = pd.Index(posts["position_id"])
    holders, promised = holders_of(tables["postings"], ids, on)
    return pd.DataFrame(
        {
            "unit_id": posts["unit_id"].to_numpy(object),
            "title": posts["title"].to_numpy(object),
            "category": posts["category"].to_numpy(object),
            "field": posts["field"].to_numpy(object),
            "kind": kinds(posts["profession"], posts["rank_group"], rulebook),
            "rotating": desks.by_statute | desks.by_city,
            "leads": posts["is_lead"].to_numpy(bool),
            "holders": holders,
            "promised": promised,
            "vacant": (holders == 0) & ~promised,
        },
        index=ids,
    )


def kinds(professions: Any, ranks: Any, rulebook: Rulebook) -> NDArray[Any]:
    """Class of profession and class of rank of each row; equal texts may stand for each other."""
    one = alike(professions, rulebook.value("move.profession"))
    other = alike(ranks, rulebook.value("move.rank"))
    both: NDArray[Any] = one + "\n" + other
    return both


def alike(words: Any, classes: Sequence[Sequence[str]]) -> NDArray[Any]:
    """Each word, or the first word of the class of equivalents that it is in."""
    first = {word: members[0] for members in classes for word in members}
    codes, distinct = pd.factorize(np.asarray(words, object))
    named = np.array([first.get(word, word) for word in distinct], object)
    return named[codes] if len(codes) else np.empty(0, object)


def holders_of(
    postings: pd.DataFrame, posts: pd.Index[Any], on: date
) -> tuple[NDArray[np.int64], Flags]:
    """People in each post on a day, and whether somebody is named for it later.

    A posting without a start counts as begun: its post is not taken for empty.
    """
    day = np.datetime64(on)
    start = postings["start"].to_numpy("datetime64[D]")
    end = postings["end"].to_numpy("datetime64[D]")
    now = ~(start > day) & (np.isnat(end) | (end >= day))
    place = posts.get_indexer(pd.Index(postings["position_id"]))
    held = np.bincount(place[now & (place >= 0)], minlength=len(posts)).astype(np.int64)
    promised = np.zeros(len(posts), bool)
    promised[place[(start > day) & (place >= 0)]] = True
    return held, promised
