"""Deferrals, kin, wishes and measures of people; reorganisations answered for whole units."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.sample.people import REORGANISED, signatures
from data.sample.shape import iso, number

if TYPE_CHECKING:
    from data.sample.people import People
    from data.sample.shape import Shape

GROUNDS = {
    "pregnancy_or_child": (0.44, 500, 1_100),  # chance, fewest and most days
    "study": (0.2, 365, 730),
    "secondment": (0.14, 180, 1_000),
    "illness": (0.12, 60, 365),
    "investigation": (0.06, 60, 300),
    "discipline": (0.04, 60, 200),
}
KIN = ("vợ hoặc chồng", "anh, chị, em", "cha mẹ - con", "anh, chị, em vợ hoặc chồng")


def deferrals_table(shape: Shape, people: People, staff: pd.DataFrame) -> pd.DataFrame:
    """The table `deferrals`: about one person in thirty, some without an end."""
    rng = shape.rng("deferrals")
    who = _people(shape, rng, len(people), 0.033)
    keys = np.array(list(GROUNDS), dtype=object)
    kind = rng.choice(len(keys), size=len(who), p=[row[0] for row in GROUNDS.values()])
    child = keys[kind] == "pregnancy_or_child"
    kind = np.where(
        child & ~people.female[who], 1, kind
    )  # a child is the mother's ground but for rare cases
    low, high = np.array([row[1:] for row in GROUNDS.values()])[kind].T
    start = number(shape.today) - rng.integers(20, 400, len(who))
    end = start + rng.integers(low, high + 1)
    return pd.DataFrame({
        "staff_id": staff["staff_id"].to_numpy(dtype=object)[who],
        "ground": keys[kind],
        "start": iso(start),
        "end": iso(end, rng.random(len(who)) < 0.12),
        "evidence": signatures(rng, len(who)),
    })  # fmt: skip


def relatives_table(shape: Shape, people: People, staff: pd.DataFrame) -> pd.DataFrame:
    """The table `relatives`: pairs of people, one row a pair."""
    rng = shape.rng("relatives")
    n = max(1, round(0.008 * len(people)))
    pairs = (
        rng.permutation(len(people))[: 2 * n].reshape(2, -1)
        if len(people) >= 2 * n
        else np.empty((2, 0), int)
    )
    names = staff["staff_id"].to_numpy(dtype=object)
    return pd.DataFrame({
        "staff_id": names[pairs[0]], "relative_id": names[pairs[1]],
        "relation": np.array(KIN, dtype=object)[rng.integers(0, len(KIN), pairs.shape[1])],
    })  # fmt: skip


def wishes_table(
    shape: Shape, units: pd.DataFrame, people: People, staff: pd.DataFrame
) -> pd.DataFrame:
    """The table `wishes`: one unit, wanted or not, for one person in twenty."""
    rng = shape.rng("wishes")
    who = _people(shape, rng, len(people), 0.05)
    unit = rng.integers(0, len(units), len(who))
    weight = np.array(["-3", "-2", "-1", "1", "2", "3"], dtype=object)
    return pd.DataFrame({
        "staff_id": staff["staff_id"].to_numpy(dtype=object)[who],
        "unit_id": units["unit_id"].to_numpy(dtype=object)[unit],
        "weight": weight[rng.choice(6, size=len(who), p=[0.05, 0.05, 0.1, 0.3, 0.3, 0.2])],
    })  # fmt: skip


def measures_table(shape: Shape, people: People, staff: pd.DataFrame) -> pd.DataFrame:
    """The table `measures`: warnings, temporary transfers, suspensions of the last two years."""
    rng = shape.rng("measures")
    who = _people(shape, rng, len(people), 0.006)
    kinds = np.array(["warning", "temporary_transfer", "suspension"], dtype=object)
    kind = rng.choice(3, size=len(who), p=[0.7, 0.22, 0.08])
    start = number(shape.today) - rng.integers(10, 700, len(who))
    return pd.DataFrame({
        "staff_id": staff["staff_id"].to_numpy(dtype=object)[who],
        "kind": kinds[kind],
        "start": iso(start),
        "end": iso(start + rng.integers(15, 90, len(who)), kind == 0),
        "decision_no": signatures(rng, len(who)),
    })  # fmt: skip


def successions_table(shape: Shape, units: pd.DataFrame) -> pd.DataFrame:
    """The table `successions`: one commune in twelve has answered for all, most of them yes."""
    communes = units.loc[units["trade"] == "commune", "unit_id"].to_numpy(dtype=object)
    answered = communes[::12] if REORGANISED["commune"] < shape.today else communes[:0]
    number_of = np.arange(len(answered))
    return pd.DataFrame({
        "date": np.full(len(answered), str(REORGANISED["commune"]), dtype=object),
        "unit_id": answered,
        "continues": np.where(number_of % 4 == 3, "false", "true").astype(object),
        "event": np.full(len(answered), "Sắp xếp chính quyền hai cấp", dtype=object),
        "document_no": np.array([f"{n + 1:02}/BC-UBND" for n in number_of], dtype=object),
    })  # fmt: skip


def _people(shape: Shape, rng: np.random.Generator, n: int, share: float) -> np.ndarray:
    """A share of the people who are no inspectors, in order; one at least."""
    others = np.arange(min(shape.inspectors, n - 1), n)
    return np.sort(rng.permutation(others)[: max(1, round(share * len(others)))])
