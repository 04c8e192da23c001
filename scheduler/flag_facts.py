"""Rows of the flags in plain values, for the sentences and papers made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from scheduler.day_columns import day_numbers, full_months
from scheduler.retirement import retirement_dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from scheduler.flags import Flags


@dataclass(slots=True)
class Fact:
    """One row of the flags in plain values; days are numbers."""

    desk: int
    reason: int
    regime: int
    by_city: bool
    first: int
    origin: int
    start: int
    earliest: int
    latest: int
    other: int
    status: int
    exempt: bool
    deferred: bool
    single: bool
    reading: int
    served: int
    kind: int  # number in the catalogue
    given: int  # the head's term


def read_facts(flags: Flags, rows: NDArray[np.int64]) -> Iterator[Fact]:
    """What each of these rows says, in plain values."""
    steps, desks = flags.steps, flags.desks
    names = [name for name in Fact.__dataclass_fields__ if hasattr(steps, name)]
    known: dict[str, Any] = {name: getattr(steps, name)[rows] for name in names}
    desk = known["desk"]
    known["served"] = full_months(known["start"], flags.on)
    known["kind"] = np.append(desks.kind, -1)[desk]
    known["given"] = np.append(desks.term_given, -1)[desk]
    columns = [known[name].tolist() for name in Fact.__dataclass_fields__]
    return (Fact(*values) for values in zip(*columns, strict=True))


def posts_of(flags: Flags, rows: NDArray[np.int64]) -> list[tuple[Any, ...]]:
    """Title, unit, category, rank group, leading, facing the public of each current post."""
    posts, desk = flags.tables["positions"], flags.steps.desk[rows]
    names = ["title", "unit_id", "category", "rank_group", "is_lead", "faces_public"]
    if not len(posts):
        return [()] * len(rows)
    return [*zip(*(posts[name].to_numpy()[desk].tolist() for name in names), strict=True)]


@dataclass(slots=True)
class Life:
    """What a derivation needs of a person besides the career; days are numbers."""

    person: int  # row in the table of staff
    birth: int
    year_only: bool
    retires: int
    female: bool


def lives_of(flags: Flags, rows: NDArray[np.int64]) -> list[Life]:
    """Birth, whether only its year is known, retirement and sex of each person."""
    staff = flags.tables["staff"].iloc[flags.steps.person[rows]]
    birth = day_numbers(staff["birth_date"])
    female = (staff["sex"] == "female").to_numpy(bool)
    retires = retirement_dates(birth, female, flags.law.retirement)
    people, year_only = flags.steps.person[rows].tolist(), staff["birth_year_only"].tolist()
    columns = (people, birth.tolist(), year_only, retires.tolist(), female.tolist())
    return [Life(*values) for values in zip(*columns, strict=True)]
