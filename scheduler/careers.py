"""Careers as arrays: postings by person and start, each with its predecessor, and the way back.

rotation.md, The clock 1 and 3. Everybody is walked back at once, one link of every chain at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scheduler.clock import day_number
from scheduler.day_columns import NO_DAY, Days, day_numbers
from scheduler.succession import (
    ANSWERS,
    BLANK,
    NO,
    UNKNOWN,
    YES,
    event_answers,
    event_rows,
    events_of,
    written_answers,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Ints = NDArray[np.signedinteger[Any]]
Bools = NDArray[np.bool_]
OPEN = 2**22  # an empty end ends last, after every day of the calendar; no day is before -2**20
# How a row hangs on the one before. The last two are met only on the way back.
STOPS, GOES, MAY_GO, NOWHERE, MAY_STOP = range(5)
CAREFUL = (YES, UNKNOWN, BLANK, NO)  # of rows that tie, which is read first: the earlier deadline
SOUND, YES_ALONE, REVERSED = range(3)  # what the way back met
TWO = -2


@dataclass(frozen=True)
class Careers:
    """Postings that began by the day, sorted by person and start.

    Of equal starts the one that counts stands last: the one that continues (yes, unknown, blank, no,
    by its own cell), then no probation, then the first post and the first paper by the alphabet.
    `now` has a value for each person: the current row (-1 none), or TWO for more than one that
    cannot be one. `bad` lists the places of postings that cannot be used, with their persons.
    """

    person: Ints
    place: Ints  # in the table of postings
    start: Days
    end: Days
    before: Ints  # the predecessor's row here, -1 none
    answer: NDArray[np.int8]  # BLANK, YES, NO, UNKNOWN, the succession table's word included
    hangs: NDArray[np.int8]
    event: Ints  # place in the succession table that answered for the row, -1 none
    probation: Bools
    now: Ints
    n_now: Ints  # current rows of each person
    bad: Ints
    bad_person: Ints


@dataclass(frozen=True)
class WayBack:
    """For each person walked: where the chain begins, and where the clock does without probation."""

    origin: Ints  # first row of the chain
    worked: Ints  # first row of it that is no probation; -1 all is
    fault: NDArray[np.int8]
    asked: Bools  # whether an unknown was met


def read_careers(
    tables: Mapping[str, pd.DataFrame], people: pd.Index[Any], posts: pd.Index[Any],
    gap_days: int, on: date,
) -> Careers:  # fmt: skip
    """The careers of these people up to a day.

    Parameters
    ----------
    people : staff ids; postings of others are left out
    posts : ids of the table of positions
    gap_days : the longest gap to a predecessor
    """
    postings = tables["postings"]
    today = day_number(on)
    who = numbers_in(people, postings["staff_id"].to_numpy(object))
    start, end = day_numbers(postings["start"]), day_numbers(postings["end"])
    unusable = (start == NO_DAY) | ((end != NO_DAY) & (end < start))
    bad = np.flatnonzero(unusable & (who >= 0))
    end[end == NO_DAY] = OPEN
    place = np.flatnonzero((who >= 0) & (start != NO_DAY) & (start <= today))
    begins = who[place] * (4 * OPEN) + start[place]
    order = np.argsort(begins, kind="stable")
    place = _settled(place[order].astype(np.int32), begins[order], end, postings)
    person, since, until = (column[place].astype(np.int32) for column in (who, start, end))
    before = _predecessors(person, since, until, gap_days)
    answer, event = _answers(tables, posts, place, before)
    post = postings["position_id"].to_numpy(object)
    now, n_now = _current(len(people), person, until >= today, answer, post, place)
    return Careers(
        person=person, place=place, start=since, end=until, before=before,
        answer=answer, hangs=_hangs(answer, before, place, post), event=event,
        probation=postings["is_probation"].to_numpy(bool)[place],
        now=now, n_now=n_now, bad=bad, bad_person=who[bad],
    )  # fmt: skip


def numbers_in(index: pd.Index[Any], names: NDArray[np.object_]) -> NDArray[np.int64]:
    """The place of each name in the index, -1 for none; a run of one name is looked up once."""
    if not len(names):
        return np.zeros(0, np.int64)
    heads = np.flatnonzero(np.r_[True, (names[1:] != names[:-1]).astype(bool)])
    runs = np.diff(np.r_[heads, len(names)])
    return np.repeat(index.get_indexer(pd.Index(names[heads])).astype(np.int64), runs)


def walk_back(careers: Careers, rows: Ints, unknown_goes: bool) -> WayBack:
    """From each current row back to where the chain begins, in one of the two readings."""
    origin = rows.copy()
    worked = np.where(careers.probation[rows], -1, rows)
    fault = np.zeros(len(rows), np.int8)
    asked = np.zeros(len(rows), bool)
    walking = np.arange(len(rows))
    while len(walking):
        hangs = careers.hangs[origin[walking]]
        unknown = (hangs == MAY_GO) | (hangs == MAY_STOP)
        asked[walking[unknown]] = True
        fault[walking[hangs == NOWHERE]] = YES_ALONE
        walking = walking[(hangs == GOES) | ((hangs == MAY_GO) & unknown_goes)]
        reached = careers.before[origin[walking]]
        origin[walking] = reached
        turned = careers.end[reached] < careers.start[reached]
        fault[walking[turned]] = REVERSED
        real = ~careers.probation[reached]
        worked[walking[real]] = reached[real]
        walking = walking[~turned]
    return WayBack(origin, worked, fault, asked)


def _settled(place: Ints, begins: Ints, end: Days, postings: pd.DataFrame) -> Ints:
    """The places with those of equal person and start in an order that their content alone decides.

    Parameters
    ----------
    begins : for each place a number for its person and start, ascending
    end : of each posting of the table
    """
    equal = begins[1:] == begins[:-1]
    if not equal.any():
        return place
    rows = np.flatnonzero(np.r_[False, equal] | np.r_[equal, False])
    tied = place[rows]
    cells = postings.iloc[tied]
    post, paper = (
        -pd.factorize(cells[name].to_numpy(object), sort=True)[0]
        for name in ("position_id", "document_no")
    )
    keeps = -np.array([CAREFUL.index(answer) for answer in ANSWERS.values()])
    real = ~cells["is_probation"].to_numpy(bool)
    better = (end[tied], paper, post, real, keeps[written_answers(cells)], begins[rows])
    place[rows] = tied[np.lexsort(better)]
    return place


def _predecessors(person: Ints, start: Days, end: Days, gap_days: int) -> Ints:
    """For each row the last-ending row of the person that starts before it and ends near enough."""
    row = np.arange(len(person), dtype=np.int32)
    if not len(row):
        return row
    new_person = np.r_[True, person[1:] != person[:-1]]
    new_start = np.r_[True, start[1:] != start[:-1]] | new_person
    level = person.astype(np.int64) * (
        2 * OPEN
    )  # lifts everybody over the one before: a running maximum for each
    longest = np.maximum.accumulate(level + end) - level
    best = np.maximum.accumulate(np.where(end == longest, row, 0))
    group = np.maximum.accumulate(np.where(new_start, row, 0))
    before = np.where(group > 0, best[group - 1], -1)
    before[person[before] != person] = -1
    return np.where(end[before] >= start - gap_days, before, -1).astype(np.int32)


def _answers(
    tables: Mapping[str, pd.DataFrame], posts: pd.Index[Any], place: Ints, before: Ints
) -> tuple[NDArray[np.int8], Ints]:
    """Whether each row continues, and the event that said so where the row itself does not."""
    answer = written_answers(tables["postings"])[place]
    event = np.full(len(place), -1, np.int32)
    if events_of(tables) is not None:
        left = np.flatnonzero((answer == BLANK) | (answer == UNKNOWN))
        then = np.where(before[left] >= 0, place[before[left]], -1)
        event[left] = event_rows(tables, posts, place[left], then)
        told = np.flatnonzero(event >= 0)
        answer[told] = event_answers(tables, event[told])
    return answer, event


def _current(
    n_people: int, person: Ints, holds: Bools, answer: NDArray[np.int8], post: Any, place: Ints
) -> tuple[Ints, Ints]:
    """The current row of each person, and how many rows are current."""
    rows = np.flatnonzero(holds)
    now = np.full(n_people, -1, np.int32)
    n_now = np.bincount(person[rows], minlength=n_people)
    now[person[rows]] = rows  # of several the last stands
    several = rows[n_now[person[rows]] > 1]
    if len(several):
        who = person[several]
        first = np.r_[True, who[1:] != who[:-1]]
        elsewhere = post[place[several]] != post[place[now[who]]]
        now[who[elsewhere | (~first & (answer[several] != YES))]] = TWO
    return now, n_now


def _hangs(answer: NDArray[np.int8], before: Ints, place: Ints, post: Any) -> NDArray[np.int8]:
    """How each row hangs on its predecessor."""
    has = before >= 0
    hangs = np.full(len(answer), STOPS, np.int8)
    hangs[answer == YES] = NOWHERE
    hangs[(answer == YES) & has] = GOES
    hangs[answer == UNKNOWN] = MAY_STOP
    hangs[(answer == UNKNOWN) & has] = MAY_GO
    silent = np.flatnonzero((answer == BLANK) & has)
    renewed = post[place[silent]] == post[place[before[silent]]]
    hangs[silent[renewed.astype(bool)]] = GOES
    return hangs
