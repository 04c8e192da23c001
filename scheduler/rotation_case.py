"""A year of rotation as the rules see it: everybody in one part, who may move, which desks there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scheduler.flags import Flags, flag_table
from scheduler.rotation_people import deferred_waves, exempt_waves, people_frame
from scheduler.rotation_posts import posts_frame
from scheduler.rotation_waves import closed_waves, wave_dates

if TYPE_CHECKING:
    from data.calendar import WorkCalendar
    from data.catalogue import CatalogueRow
    from data.records import Office, Pin, Posting
    from scheduler.rotation_people import Grid
    from scheduler.rulebook import Rulebook

PARTS = ("due", "helper", "deferred", "exempt", "single", "missing", "not_due", "outside")


@dataclass(frozen=True)
class RotationCase:
    """What a move rule's `enforce` reads. Wave w is the month w + 1; person and desk numbers from 0.

    Attributes
    ----------
    on : the day of the plan, on which the clocks are read
    waves : the day of each of the twelve waves
    closed : rule id -> numbers of the waves that it closes
    people : everybody by staff id (`rotation_people.people_frame`), and `part`: due (moves this year),
        helper (may move so that others can), deferred, exempt, single (would be due), missing (no
        clock can be reckoned), not_due, outside (no clock runs; not needed as a helper)
    posts : every post by position id (`rotation_posts.posts_frame`)
    deferred, exempt : shape (people, waves): put off, or too close to retirement, on that day
    """

    office: Office
    tables: Mapping[str, pd.DataFrame]
    calendar: WorkCalendar
    rulebook: Rulebook
    catalogue: Mapping[str, CatalogueRow]
    year: int
    on: date
    reading: str
    flags: Flags
    waves: tuple[date, ...]
    closed: Mapping[str, tuple[int, ...]]
    people: pd.DataFrame
    posts: pd.DataFrame
    deferred: Grid
    exempt: Grid

    @cached_property
    def open_waves(self) -> tuple[int, ...]:
        """Numbers of the waves that no rule closes."""
        shut = {wave for waves in self.closed.values() for wave in waves}
        return tuple(wave for wave in range(len(self.waves)) if wave not in shut)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many people are in each part; they add up to everybody in the staff table."""
        seen = self.people["part"].value_counts()
        return {part: int(seen.get(part, 0)) for part in PARTS}

    def part(self, name: str) -> tuple[str, ...]:
        """Staff ids of one of `PARTS`, in the order of the staff table."""
        return tuple(self.people.index[(self.people["part"] == name).to_numpy()].tolist())

    @cached_property
    def pins(self) -> tuple[Pin, ...]:
        """The planner's orders about moves that speak of this year."""
        return tuple(pin for pin in self.office.move_pins if speaks_of(pin, self.year))

    @cached_property
    def careers(self) -> dict[str, list[Posting]]:
        """Staff id -> postings, as the table has them."""
        found: dict[str, list[Posting]] = {}
        for posting in self.office.postings:
            found.setdefault(posting.staff_id, []).append(posting)
        return found

    @cached_property
    def movers(self) -> pd.DataFrame:
        """People who may move: due, then whom a pin orders to move, then helpers.

        Rows of `people` with `place` (row there) and `desk`, the number of the own desk, or -1.
        """
        part = self.people["part"].to_numpy(object)
        pinned = self.people.index.isin([pin.staff_id for pin in self.pins if pin.must])
        order = np.select([part == "due", pinned, part == "helper"], [0, 1, 2], 3)
        places = np.argsort(order, kind="stable")[: int((order < 3).sum())]
        movers = self.people.iloc[places].copy()
        movers["place"] = places
        seated = (movers["position_id"] != "").to_numpy(bool)
        movers["desk"] = np.where(seated, np.cumsum(seated) - 1, -1)
        return movers

    @cached_property
    def mover_number(self) -> dict[str, int]:
        """Staff id -> number of the person."""
        return {staff_id: number for number, staff_id in enumerate(self.movers.index.tolist())}

    @cached_property
    def vacancies(self) -> tuple[str, ...]:
        """Posts that nobody holds and nobody is named for, which somebody who moves could take."""
        wanted = self.posts["vacant"] & self.posts["kind"].isin(set(self.movers["kind"]))
        return tuple(self.posts.index[wanted.to_numpy()].tolist())

    @cached_property
    def desks(self) -> tuple[str, ...]:
        """Position id of each desk: those of the movers in their order, then the vacancies."""
        held = self.movers["position_id"][self.movers["desk"] >= 0]
        return (*held.tolist(), *self.vacancies)

    @cached_property
    def desk_numbers(self) -> dict[str, tuple[int, ...]]:
        """Position id -> its desks; more than one where papers put several people in one post."""
        found: dict[str, tuple[int, ...]] = {}
        for number, position_id in enumerate(self.desks):
            found[position_id] = (*found.get(position_id, ()), number)
        return found

    @cached_property
    def units(self) -> dict[str, int]:
        """Unit id -> number, in the order of the table of units."""
        return {unit_id: number for number, unit_id in enumerate(self.tables["units"]["unit_id"])}

    @cached_property
    def unit_staff(self) -> NDArray[np.int64]:
        """People of each unit: in post on the day, or the head count given, whichever is smaller."""
        place = pd.Index(list(self.units)).get_indexer(pd.Index(self.people["unit_id"]))
        present = np.bincount(place[place >= 0], minlength=len(self.units)).astype(np.int64)
        given = self.tables["units"]["headcount"].to_numpy(np.int64, na_value=-1)
        return np.where(given >= 0, np.minimum(present, given), present)

    @cached_property
    def jobs(self) -> dict[str, tuple[str, str]]:
        """Position id -> its unit, and its job position: category, or where there is none, title."""
        posts = self.posts
        job = posts["category"].where(posts["category"] != "", posts["title"])
        rows = zip(posts["unit_id"].tolist(), job.tolist(), strict=True)
        return dict(zip(posts.index.tolist(), rows, strict=True))

    @cached_property
    def agencies(self) -> dict[str, str]:
        """Unit id -> the agency that it is or, for a section, belongs to."""
        units = self.tables["units"]
        rows = zip(units["unit_id"], units["kind"], units["parent_id"], strict=True)
        above = {unit: parent for unit, kind, parent in rows if kind == "section" and parent}
        return {unit: _top(unit, above) for unit in units["unit_id"]}


def rotation_case(
    office: Office,
    tables: Mapping[str, pd.DataFrame],
    calendar: WorkCalendar,
    rulebook: Rulebook,
    catalogue: Mapping[str, CatalogueRow],
    year: int,
    on: date | None = None,
    reading: str | None = None,
) -> RotationCase:
    """The year to plan, with everybody in the staff table in exactly one part.

    Parameters
    ----------
    tables : the same dataset as frames
    catalogue : category -> its row in force on the day
    on : the day of the plan; 1 January when None
    reading : "continuous" or "restarted"; the rule file's when None

    Raises
    ------
    RuleFilesError
        When the rules of the clock or the catalogue cannot stand.
    """
    on = on or date(year, 1, 1)
    reading = reading or str(rulebook.value("move.reading"))
    flags = flag_table(tables, catalogue, rulebook, on)
    posts = posts_frame(tables, flags.desks, rulebook, on)
    people = people_frame(flags, posts, rulebook, reading)
    waves = wave_dates(calendar, year)
    case = RotationCase(
        office=office, tables=tables, calendar=calendar, rulebook=rulebook, catalogue=catalogue,
        year=year, on=on, reading=reading, flags=flags, waves=waves,
        closed=closed_waves(rulebook, calendar, waves, on), people=people, posts=posts,
        deferred=deferred_waves(tables["deferrals"], people.index, waves),
        exempt=exempt_waves(people, waves, rulebook.value("rotation.exempt-months")),
    )  # fmt: skip
    people["part"] = _parts(case)
    return case


def _top(unit_id: str, above: Mapping[str, str]) -> str:
    passed = {unit_id}
    while unit_id in above and above[unit_id] not in passed:
        unit_id = above[unit_id]
        passed.add(unit_id)
    return unit_id


def speaks_of(pin: Pin, year: int) -> bool:
    """Whether an order about a move concerns the plan of a year; without a day it always does."""
    days = [day for day in (pin.date, pin.week) if day is not None]
    week_end = [pin.week + timedelta(days=6)] if pin.week is not None else []
    return not days or any(day.year == year for day in (*days, *week_end))


def pin_months(pin: Pin, year: int) -> set[int]:
    """Months of the year that the day or week of an order lies in; all twelve without either."""
    months = set(range(1, 13))
    if pin.date is not None:
        months &= {pin.date.month} if pin.date.year == year else set()
    if pin.week is not None:
        week = [pin.week + timedelta(days=n) for n in range(7)]
        months &= {day.month for day in week if day.year == year}
    return months


def _parts(case: RotationCase) -> NDArray[Any]:
    """The part of everybody; the first that holds counts."""
    people, waves = case.people, list(case.open_waves)
    status = people["status"].to_numpy(object)
    missing = status == "missing_data"
    subject = ~missing & (status != "not_subject")
    latest, earliest = (
        people[name].to_numpy("datetime64[D]") for name in ("latest_date", "earliest_date")
    )
    owing = subject & (latest <= np.datetime64(date(case.year, 12, 31)))
    blocked = case.deferred | case.exempt
    shown = people["overlay"].to_numpy(object)
    free = (~blocked[:, waves]).any(axis=1) if waves else ~np.isin(shown, ("deferred", "exempt"))
    near_end = (shown == "exempt") | (bool(waves) & case.exempt[:, waves].all(axis=1))
    single = people["single"].to_numpy(bool)
    needed = owing & free & ~single
    kinds = people["kind"].to_numpy(object)
    pinned = people.index.isin([pin.staff_id for pin in case.pins if pin.must])
    wanted = np.isin(kinds, list(set(kinds[needed | pinned])))
    days = np.array(case.waves, "datetime64[D]")[waves]
    ripe = ((days[None, :] >= earliest[:, None]) & ~blocked[:, waves]).any(axis=1)
    helps = subject & ripe & ~single
    loose = ~subject & ~missing & ~people["rotating"].to_numpy(bool) & free
    seated = (people["position_id"] != "").to_numpy(bool) & ~people["on_probation"].to_numpy(bool)
    recruit = people["recruit"].to_numpy(bool)
    helper = wanted & people["fits"].to_numpy(bool) & (helps | (loose & (seated | recruit)))
    return np.select(
        [missing, owing & ~free & near_end, owing & ~free, owing & single, owing, helper, subject],
        ["missing", "exempt", "deferred", "single", "due", "helper", "not_due"], "outside",
    )  # fmt: skip
