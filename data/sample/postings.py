"""The table `postings`: one row for each written assignment of a career."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.sample.people import former_posts, signatures
from data.sample.shape import Ints, ids, iso, number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.sample.people import People
    from data.sample.posts import Posts
    from data.sample.shape import Shape

FLAGS = np.array(["", "yes", "no", "unknown"], dtype=object)
BLANK, YES, NO, UNKNOWN = range(4)
PROBATION = 365


@dataclass(frozen=True)
class Rows:
    """Assignments as arrays; `end` is -1 for one that still runs."""

    person: Ints
    position: Ints
    start: Ints
    end: Ints
    flag: Ints
    probation: NDArray[np.bool_]


def postings_table(shape: Shape, posts: Posts, people: People) -> pd.DataFrame:
    """Careers of everybody, by person and date: about two and a half rows a head."""
    rng = shape.rng("postings")
    rows = _joined([_present(shape, rng, people), *_earlier(shape, rng, posts, people)])
    order = np.lexsort((rows.start, rows.person))
    person, position, start, end = (
        rows.person[order],
        rows.position[order],
        rows.start[order],
        rows.end[order],
    )
    n = len(order)
    lost = rng.random(n) < 0.0008  # a few papers cannot be found: their start is blank
    lost[np.isin(person, np.arange(shape.inspectors))] = False
    no_yes = np.array(["false", "true"], dtype=object)
    areas = np.array(["", *(f"Địa bàn {i}" for i in range(1, 7))], dtype=object)
    area = np.where(
        posts.of("faces_public")[position] & (rng.random(n) < 0.3), rng.integers(1, 7, n), 0
    )
    return pd.DataFrame({
        "staff_id": ids("CB", len(people))[person],
        "position_id": ids("VT", len(posts.unit))[position],
        "start": iso(start, lost),
        "end": iso(np.where(end < 0, start, end), end < 0),
        "document_no": signatures(rng, n),
        "is_probation": no_yes[rows.probation[order].astype(int)],
        "continues_previous": FLAGS[rows.flag[order]],
        "field": posts.of("field")[position],
        "area": areas[area],
    })  # fmt: skip


def _present(shape: Shape, rng: np.random.Generator, people: People) -> Rows:
    """The present work: one row, or two where a new decision of 2025 carried it on."""
    n = len(people)
    own = np.arange(n)
    carried = (people.since < people.reorganised - 60) & (
        people.reorganised < number(shape.today) - 30
    )
    carried &= rng.random(n) < 0.9
    flag = rng.choice([YES, UNKNOWN, BLANK], size=n, p=[0.45, 0.43, 0.12])
    start = np.where(carried, people.reorganised, people.since)
    retired = (rng.random(n) < 0.008) & (own >= shape.inspectors)
    last = np.maximum(start, number(shape.today) - rng.integers(1, 200, n))
    flag = np.where(carried, flag, rng.choice([BLANK, NO], size=n))
    fresh = ~carried & (people.since == people.hired)
    fresh &= people.since > number(shape.today) - PROBATION
    now = Rows(own, own, start, np.where(retired, last, -1), flag, fresh)
    who = own[carried]
    before = Rows(
        who, who, people.since[carried], people.reorganised[carried] - 1,
        np.full(len(who), BLANK), np.zeros(len(who), dtype=bool),
    )  # fmt: skip
    return _with_probation(now, before, people)


def _with_probation(now: Rows, before: Rows, people: People) -> Rows:
    """First jobs begin with a year of probation: the row of the first day is cut in two."""
    rows = _joined([now, before])
    long = (
        np.where(rows.end < 0, rows.start + 10 * PROBATION, rows.end) - rows.start > PROBATION + 60
    )
    first = long & (rows.start == people.hired[rows.person]) & ~rows.probation
    since, n = rows.start[first], int(first.sum())
    head = Rows(
        rows.person[first], rows.position[first], since, since + PROBATION - 1,
        np.full(n, BLANK), np.ones(n, dtype=bool),
    )  # fmt: skip
    start = np.where(first, rows.start + PROBATION, rows.start)
    flag = np.where(first, YES, rows.flag)
    return _joined([Rows(rows.person, rows.position, start, rows.end, flag, rows.probation), head])


def _earlier(shape: Shape, rng: np.random.Generator, posts: Posts, people: People) -> list[Rows]:
    """Up to two posts held before the present work, without a gap between them."""
    other = former_posts(shape, posts, people)
    until = people.since
    found: list[Rows] = []
    for chance in (0.8, 0.3):
        had = (other >= 0) & (until - people.hired > 400) & (rng.random(len(people)) < chance)
        if not found:
            had[: shape.inspectors] = other[: shape.inspectors] >= 0
        start = np.maximum(people.hired, until - rng.integers(400, 2_000, len(people)))
        who = np.flatnonzero(had)
        found.append(Rows(
            who, other[who], start[who], until[who] - 1,
            rng.choice([BLANK, NO], size=len(who), p=[0.7, 0.3]), np.zeros(len(who), dtype=bool),
        ))  # fmt: skip
        until = np.where(had, start, people.hired)
        other = np.roll(other, 1)
        other = np.where(
            posts.of("profession")[other] == posts.of("profession")[: len(people)], other, -1
        )
    return found


def _joined(parts: list[Rows]) -> Rows:
    return Rows(*(
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("person", "position", "start", "end", "flag", "probation")
    ))  # fmt: skip
