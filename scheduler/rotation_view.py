"""A rotation plan as the checker sees it: rows with dates, beside records, flags and rules. No solver."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.day_columns import NO_DAY, day_numbers
from scheduler.retirement import retirement_dates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.calendar import WorkCalendar
    from data.catalogue import CatalogueRow
    from data.records import Deferral, Move, Office, Position, Posting, RotationPlan, Staff, Unit
    from scheduler.flags import Flags
    from scheduler.rulebook import Rulebook

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Clock:
    """What the flags say of one person on the day of the plan."""

    status: str
    earliest: date | None
    latest: date | None
    overlay: str
    single: bool  # the post is left to a joint plan, whatever overlay is shown
    retires: date


def clocks_of(flags: Flags, reading: str) -> dict[str, Clock]:
    """Staff id -> clock, by the reading that counts where papers leave two open."""
    staff, frame = flags.tables["staff"], flags.frame
    female = (staff["sex"] == "female").to_numpy(bool)
    born = day_numbers(staff["birth_date"])
    retires = retirement_dates(born, female, flags.law.retirement)[flags.steps.person]
    rows = zip(
        frame["staff_id"].tolist(),
        frame["reading"].tolist(),
        frame["status"].tolist(),
        day_numbers(frame["earliest_date"]).tolist(),
        day_numbers(frame["latest_date"]).tolist(),
        frame["overlay"].tolist(),
        flags.steps.single.tolist(),
        retires.tolist(),
        strict=True,
    )
    found: dict[str, Clock] = {}
    for who, by, status, earliest, latest, overlay, single, leaves in rows:
        if who not in found or by == reading:
            found[who] = Clock(
                status, _day(earliest), _day(latest), overlay, single,
                _EPOCH + timedelta(days=leaves),
            )  # fmt: skip
    return found


def _day(number: int) -> date | None:
    return None if number == NO_DAY else _EPOCH + timedelta(days=number)


@dataclass(frozen=True)
class RotationView:
    """What a move rule's `check` reads. It shares no derived set with `RotationCase`.

    Attributes
    ----------
    on : the day on which the plan was made
    clocks : staff id -> clock on that day
    """

    plan: RotationPlan
    office: Office
    calendar: WorkCalendar
    rulebook: Rulebook
    catalogue: Mapping[str, CatalogueRow]
    on: date
    clocks: Mapping[str, Clock]

    @cached_property
    def staff(self) -> dict[str, Staff]:
        """Staff id -> person."""
        return {who.staff_id: who for who in self.office.staff}

    @cached_property
    def posts(self) -> dict[str, Position]:
        """Position id -> post."""
        return {post.position_id: post for post in self.office.positions}

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Unit id -> unit."""
        return {unit.unit_id: unit for unit in self.office.units}

    @cached_property
    def careers(self) -> dict[str, list[Posting]]:
        """Staff id -> postings."""
        found: dict[str, list[Posting]] = defaultdict(list)
        for posting in self.office.postings:
            found[posting.staff_id].append(posting)
        return dict(found)

    @cached_property
    def assigned(self) -> dict[str, list[Posting]]:
        """Position id -> postings to it."""
        found: dict[str, list[Posting]] = defaultdict(list)
        for posting in self.office.postings:
            found[posting.position_id].append(posting)
        return dict(found)

    @cached_property
    def put_off(self) -> dict[str, list[Deferral]]:
        """Staff id -> deferrals."""
        found: dict[str, list[Deferral]] = defaultdict(list)
        for deferral in self.office.deferrals:
            found[deferral.staff_id].append(deferral)
        return dict(found)

    @cached_property
    def moves(self) -> tuple[tuple[Move, date], ...]:
        """Rows of which something can be said, with their day: person, posts and day are known.

        Days beyond the years next to the plan's are left out: move.waves says so.
        """
        return tuple(
            (move, move.effective_date)
            for move in self.plan.moves
            if move.effective_date is not None
            and abs(move.effective_date.year - self.plan.year) <= 1
            and move.staff_id in self.staff
            and move.to_position in self.posts
            and (not move.from_position or move.from_position in self.posts)
        )

    @cached_property
    def exchanges(self) -> dict[str, list[Move]]:
        """Cycle id -> its rows, in the order of the file; rows without one are left out."""
        found: dict[str, list[Move]] = defaultdict(list)
        for move, _ in self.moves:
            if move.cycle_id:
                found[move.cycle_id].append(move)
        return dict(found)

    def in_post(self, staff_id: str, day: date) -> list[Posting]:
        """The person's postings that are under way on a day, by papers alone."""
        return [p for p in self.careers.get(staff_id, ()) if p.start is not None and covers(p, day)]

    def rotates(self, position_id: str) -> bool:
        """Whether a clock runs in the post: it is listed and leads nobody, or the city's policy."""
        post, value = self.posts[position_id], self.rulebook.value
        listed = post.category in self.catalogue and not post.is_lead
        city = post.faces_public and post.rank_group in value("rotation.city-ranks")
        return (listed and value("rotation.statute")) or (city and value("rotation.city-policy"))

    @cached_property
    def first_workdays(self) -> tuple[date, ...]:
        """The first working day of each month of the plan's year."""
        days: dict[int, date] = {}
        for day in self.calendar.year(self.plan.year):
            days.setdefault(day.month, day)
        return tuple(days.values())


def covers(span: Posting | Deferral, day: date) -> bool:
    """Whether a span of days, open where a date is missing, holds the day."""
    return (span.start is None or span.start <= day) and (span.end is None or day <= span.end)


def alike(one: str, other: str, classes: Sequence[Sequence[str]]) -> bool:
    """Whether two words are the same or in one class of equivalents."""
    return one == other or any(one in words and other in words for words in classes)
