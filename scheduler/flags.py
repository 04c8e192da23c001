"""The rotation flag of everybody on a day: by when each person has to leave the post, and why not.

rotation.md, The clock. `flag_table` judges whole tables at once; `scheduler.derivation` says in words
how it came to each row. Everybody in `staff` has a row, or two where the papers leave open whether
the work went on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scheduler.careers import OPEN, REVERSED, TWO, YES_ALONE, Careers, read_careers, walk_back
from scheduler.clock import day_number
from scheduler.day_columns import Days, as_dates, day_numbers, full_months, months_later
from scheduler.deferred import Deferred, read_deferred
from scheduler.desks import Desks, read_desks
from scheduler.retirement import retirement_dates
from scheduler.rotation_law import RotationLaw, rotation_law

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from data.catalogue import CatalogueRow
    from scheduler.careers import WayBack
    from scheduler.rulebook import Rulebook

Ints = NDArray[np.signedinteger[Any]]
STATUSES = ("not_subject", "not_yet", "may_move", "due_soon", "due", "overdue", "missing_data")
NOT_SUBJECT, NOT_YET, MAY_MOVE, DUE_SOON, DUE, OVERDUE, MISSING = range(7)
REGIMES = ("", "R1", "R2", "both")
STATUTE, CITY = 1, 2  # both: 3
OVERLAYS = ("", "exempt", "deferred", "single_post")  # the first that applies is shown
READINGS = ("continuous", "restarted")
# why somebody has no dates
DATED, NO_POST, UNUSABLE, TWO_POSTS, NOT_LISTED, ON_PROBATION, TERM_OUTSIDE, NO_FORMER, TURNED = (
    range(9)
)
NO_DATES = (NO_POST, NOT_LISTED, ON_PROBATION)  # not subject; the others are missing data


@dataclass(frozen=True)
class Steps:
    """What each row of the flags rests on; a day is a number, -1 stands for none."""

    person: Ints  # row in the table of staff
    reading: NDArray[np.int8]
    desk: Ints  # row in the table of positions
    reason: NDArray[np.int8]
    regime: NDArray[np.int8]
    by_city: NDArray[np.bool_]  # the city's dates are the ones that count
    first: Ints  # row of the career with which the clock starts
    origin: Ints  # first row of the chain
    start: Days
    earliest: Days
    latest: Days
    other: Days  # the latest date by the regime that does not count, where both hold
    status: NDArray[np.int8]
    exempt: NDArray[np.bool_]
    deferred: NDArray[np.bool_]
    single: NDArray[np.bool_]


@dataclass(frozen=True)
class Flags:
    """Flags in the order of the table of staff, continuous before restarted.

    Attributes
    ----------
    frame : staff_id, unit_id, position_id, category, regime, clock_start, months_served,
        earliest_date, latest_date, status, days_left, overlay, overlay_until, ground, reading;
        missing text is "", missing days NaT, missing counts NA
    on : the day of the check
    """

    frame: pd.DataFrame
    on: date
    law: RotationLaw
    catalogue: Mapping[str, CatalogueRow]
    tables: Mapping[str, pd.DataFrame]
    careers: Careers
    desks: Desks
    deferred: Deferred
    steps: Steps

    def __len__(self) -> int:
        return len(self.frame)


def flag_table(
    tables: Mapping[str, pd.DataFrame],
    catalogue: Mapping[str, CatalogueRow],
    rulebook: Rulebook,
    on: date,
) -> Flags:
    """Everybody's flag on a day.

    Parameters
    ----------
    tables : units, positions, staff, postings, deferrals and, if any, successions as the reader of
        datasets gives them
    catalogue : category -> its row in force on the day
    rulebook : the rules in force on the day

    Raises
    ------
    RuleFilesError
        When the rules or the catalogue cannot stand.
    ValueError
        When a current posting names a post that is not in `positions`.
    """
    law = rotation_law(rulebook, catalogue)
    people = pd.Index(tables["staff"]["staff_id"])
    posts = pd.Index(tables["positions"]["position_id"])
    careers = read_careers(tables, people, posts, law.gap_days, on)
    desks = read_desks(tables, catalogue, law)
    deferred = read_deferred(tables, people, on)
    steps = _overlaid(clocked(tables, posts, careers, desks, law), tables, desks, deferred, law, on)
    frame = _frame(tables, steps, deferred, on)
    return Flags(frame, on, law, catalogue, tables, careers, desks, deferred, steps)


def tables_of(tables: Mapping[str, pd.DataFrame], staff_id: str) -> dict[str, pd.DataFrame]:
    """The same tables with the rows of one person only; posts and units stay whole."""
    own = ("staff", "postings", "deferrals")
    return {
        name: table[table["staff_id"] == staff_id] if name in own else table
        for name, table in tables.items()
    }


def clocked(
    tables: Mapping[str, pd.DataFrame], posts: pd.Index[Any], careers: Careers, desks: Desks,
    law: RotationLaw,
) -> Steps:  # fmt: skip
    """Steps 1 to 5: current post, subject, clock start, term and dates; no status and no overlay.

    Raises
    ------
    ValueError
        When a current posting names a post that is not in `positions`.
    """
    n = len(careers.now)
    held = np.flatnonzero(careers.now >= 0)
    desk = np.full(n, -1, np.int32)
    post = tables["postings"]["position_id"].to_numpy(object)[careers.place[careers.now[held]]]
    desk[held] = posts.get_indexer(pd.Index(post))
    if (desk[held] < 0).any():
        msg = f"posts that are not in positions: {sorted(set(post[desk[held] < 0].tolist()))[:9]}"
        raise ValueError(msg)
    bound = np.zeros(n, bool)
    bound[held] = (desks.by_statute | desks.by_city)[desk[held]]
    reason = np.where(careers.now == TWO, TWO_POSTS, np.where(desk >= 0, NOT_LISTED, NO_POST))
    reason[careers.bad_person[careers.now[careers.bad_person] == -1]] = UNUSABLE
    free, asked = np.flatnonzero(~bound), np.flatnonzero(bound)
    back = walk_back(careers, careers.now[asked], unknown_goes=True)
    again = asked[back.asked]
    strict = walk_back(careers, careers.now[again], unknown_goes=False)
    parts = [
        _without_dates(free, desk[free], reason[free]),
        _judged(asked, desk[asked], back, 0, careers, desks, law),
        _judged(again, desk[again], strict, 1, careers, desks, law),
    ]
    person = np.concatenate([part.person for part in parts])
    order = np.argsort(person, kind="stable")
    return Steps(*(
        np.concatenate([getattr(part, name) for part in parts])[order] for name in _NAMES
    ))  # fmt: skip


_NAMES = tuple(Steps.__dataclass_fields__)


def _without_dates(person: Ints, desk: Ints, reason: Ints) -> Steps:
    none, no = np.full(len(person), -1, np.int32), np.zeros(len(person), bool)
    code = np.zeros(len(person), np.int8)
    return Steps(
        person=person, reading=code, desk=desk, reason=reason.astype(np.int8), regime=code,
        by_city=no, first=none, origin=none, start=none, earliest=none, latest=none, other=none,
        status=code, exempt=no, deferred=no, single=no,
    )  # fmt: skip


def _judged(
    person: Ints, desk: Ints, back: WayBack, reading: int,
    careers: Careers, desks: Desks, law: RotationLaw,
) -> Steps:  # fmt: skip
    """Clock start, term and dates in one reading, for people under one regime or both."""
    by_law = np.where(desks.leaves_probation[desk], back.worked, back.origin)
    by_city = back.worked if law.city_probation else back.origin
    statute = desks.by_statute[desk] & (by_law >= 0)
    city = desks.by_city[desk] & (by_city >= 0)
    law_latest = months_later(careers.start[by_law], desks.term_max[desk])
    city_latest = months_later(careers.start[by_city], law.city_limit)
    from_city = city & (~statute | (city_latest < law_latest))
    first = np.where(from_city, by_city, by_law)
    start = careers.start[first]
    least = np.where(from_city, 0, desks.term_min[desk])
    none = ~statute & ~city
    reason = np.select(
        [back.fault == YES_ALONE, back.fault == REVERSED, none, statute & desks.term_outside[desk]],
        [NO_FORMER, TURNED, ON_PROBATION, TERM_OUTSIDE], DATED,
    )  # fmt: skip
    steps = _without_dates(person, desk, reason)
    return replace(
        steps,
        reading=np.full(len(person), reading, np.int8),
        regime=(STATUTE * statute + CITY * city).astype(np.int8),
        by_city=from_city, first=first, origin=back.origin, start=start,
        earliest=months_later(start, least),
        latest=np.where(from_city, city_latest, law_latest),
        other=np.where(statute & city, np.where(from_city, law_latest, city_latest), -1),
    )  # fmt: skip


def _overlaid(
    steps: Steps, tables: Mapping[str, pd.DataFrame], desks: Desks, deferred: Deferred,
    law: RotationLaw, on: date,
) -> Steps:  # fmt: skip
    """Steps 7 to 11: status, and what puts a move off."""
    today, dated = day_number(on), steps.reason == DATED
    left = steps.latest - today
    status = np.select(
        [left < 0, left <= law.due_days, left <= law.warn_days, today >= steps.earliest],
        [OVERDUE, DUE, DUE_SOON, MAY_MOVE], NOT_YET,
    ).astype(np.int8)  # fmt: skip
    untold = np.where(np.isin(steps.reason, NO_DATES), NOT_SUBJECT, MISSING)
    staff = tables["staff"]
    female = (staff["sex"] == "female").to_numpy(bool)
    retires = retirement_dates(day_numbers(staff["birth_date"]), female, law.retirement)
    moves = months_later(np.maximum(steps.latest, today), law.exempt_months)
    return replace(
        steps,
        status=np.where(dated, status, untold).astype(np.int8),
        exempt=dated & (retires[steps.person] < moves),
        deferred=dated & deferred.covered[steps.person],
        single=dated & np.append(desks.single, False)[steps.desk],
    )


def _frame(
    tables: Mapping[str, pd.DataFrame], steps: Steps, deferred: Deferred, on: date
) -> pd.DataFrame:
    dated = steps.reason == DATED
    shown = np.select([steps.exempt, steps.deferred, steps.single], [1, 2, 3], 0)
    until = deferred.until[steps.person]
    put_off = shown == OVERLAYS.index("deferred")
    served = full_months(steps.start, on)
    ground = np.where(put_off, deferred.ground[steps.person] + 1, 0)
    posts = tables["positions"]
    return pd.DataFrame({
        "staff_id": tables["staff"]["staff_id"].array.take(steps.person),
        "unit_id": _taken(posts["unit_id"], steps.desk),
        "position_id": _taken(posts["position_id"], steps.desk),
        "category": _taken(posts["category"], steps.desk),
        "regime": _words(np.where(dated, steps.regime, 0), REGIMES),
        "clock_start": as_dates(steps.start, dated),
        "months_served": _counts(served, dated),
        "earliest_date": as_dates(steps.earliest, dated),
        "latest_date": as_dates(steps.latest, dated),
        "status": _words(steps.status, STATUSES),
        "days_left": _counts(steps.latest - day_number(on), dated),
        "overlay": _words(shown, OVERLAYS),
        "overlay_until": as_dates(until, put_off & (until != OPEN)),
        "ground": _words(ground, ("", *deferred.grounds)),
        "reading": _words(steps.reading, READINGS),
    })  # fmt: skip


def _taken(column: pd.Series[Any], rows: Ints) -> Any:
    """Cells by row, "" for row -1."""
    return column.array.take(rows, allow_fill=True, fill_value="")


def _words(codes: NDArray[Any], words: tuple[str, ...]) -> Any:
    return pd.Categorical.from_codes(codes.astype(np.int8), categories=pd.Index(words))


def _counts(numbers: Ints, known: NDArray[np.bool_]) -> Any:
    return pd.arrays.IntegerArray(numbers.astype(np.int32), ~known)
