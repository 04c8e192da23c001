"""The rows of a rotation plan with the names behind the ids, for workbook and page alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from data.collation import person_key, vietnamese_key
from data.exports.rotation_labels import mark_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from data.records import Move, Office, Position, Posting, RotationPlan, Staff

FAR_AWAY = date.max  # people without a limit stand last


@dataclass(frozen=True)
class Post:
    """A post as people call it: title, and unit with the body that it belongs to."""

    position_id: str
    title: str
    unit_id: str
    unit: str
    field: str = ""


@dataclass(frozen=True)
class MoveRow:
    """One move with names; `limit` is the last lawful day in the present post, None if none applies."""

    move: Move
    person: str
    left: Post
    taken: Post
    limit: date | None

    @property
    def mark(self) -> str:
        """Key of `rotation_labels.MARKS`."""
        return mark_of(self.move.days_before_limit)


class Register:
    """Looks up what an id of an office stands for; an unknown id stands for itself."""

    def __init__(self, office: Office, on: date) -> None:
        self.units = {unit.unit_id: unit for unit in office.units}
        self.positions = {post.position_id: post for post in office.positions}
        self.staff = {who.staff_id: who for who in office.staff}
        self._current = _current_postings(office.postings, on)
        self.evidence = {
            row.staff_id: row.evidence
            for row in office.deferrals
            if row.start <= on and (row.end is None or on <= row.end)
        }

    def unit(self, unit_id: str) -> str:
        """Name of a unit; a section is followed by the body that it belongs to, if it does not say so."""
        unit = self.units.get(unit_id)
        if unit is None:
            return unit_id
        parent = self.units.get(unit.parent_id) if unit.kind == "section" else None
        if parent is None or parent.name.casefold() in unit.name.casefold():
            return unit.name
        return f"{unit.name}, {parent.name}"

    def post(self, position_id: str) -> Post:
        """Title, unit and field of a post."""
        found: Position | None = self.positions.get(position_id)
        if found is None:
            return Post(position_id, position_id, "", "")
        return Post(position_id, found.title, found.unit_id, self.unit(found.unit_id), found.field)

    def person(self, staff_id: str) -> str:
        """Name of somebody."""
        return self.staff[staff_id].name if staff_id in self.staff else staff_id

    def record(self, staff_id: str) -> Staff | None:
        """The whole row of somebody."""
        return self.staff.get(staff_id)

    def posting(self, staff_id: str) -> Posting | None:
        """The assignment under which somebody serves on the day of the register."""
        return self._current.get(staff_id)

    def post_of(self, staff_id: str) -> Post:
        """The present post of somebody; blank when there is none."""
        posting = self.posting(staff_id)
        return self.post(posting.position_id) if posting else Post("", "", "", "")


def _current_postings(postings: Iterable[Posting], on: date) -> dict[str, Posting]:
    current: dict[str, Posting] = {}
    for row in postings:
        if row.start and row.start <= on and (row.end is None or on <= row.end):
            known = current.get(row.staff_id)
            if known is None or (known.start or row.start) < row.start:
                current[row.staff_id] = row
    return current


def day_of(plan: RotationPlan) -> date:
    """The day on which the plan looked at the people; 1 January of its year when it does not say."""
    told = plan.facts.get("on")
    try:
        return date.fromisoformat(str(told))
    except ValueError:
        return date(plan.year, 1, 1)


def move_rows(moves: Iterable[Move], register: Register) -> list[MoveRow]:
    """One row for each move, in the order given."""
    return [
        MoveRow(
            move,
            register.person(move.staff_id),
            register.post(move.from_position),
            register.post(move.to_position),
            _limit(move),
        )
        for move in moves
    ]


def by_limit(rows: Iterable[MoveRow]) -> list[MoveRow]:
    """Those whose limit comes first on top, people without a limit last; then by given name."""
    return sorted(rows, key=lambda r: (r.limit or FAR_AWAY, person_key(r.person), r.move.staff_id))


def _limit(move: Move) -> date | None:
    if move.effective_date is None or move.days_before_limit is None:
        return None
    try:
        return move.effective_date + timedelta(move.days_before_limit)
    except OverflowError:
        return None


def entries(facts: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """A list of the facts as records; a plain id counts as a record of somebody."""
    found = facts.get(key) or ()
    return [dict(e) if isinstance(e, dict) else {"staff_id": str(e)} for e in found]


def told(entry: Mapping[str, Any], key: str) -> tuple[str, str]:
    """A text of the facts in Vietnamese and English; twice the same when it is given once."""
    value = entry.get(key, "")
    if isinstance(value, dict):
        vi = str(value.get("vi", ""))
        return vi, str(value.get("en", vi))
    plain = "" if value is None else str(value)
    vi = str(entry.get(f"{key}_vi") or plain)
    return vi, str(entry.get(f"{key}_en") or plain or vi)


@dataclass(frozen=True)
class UnitRow:
    """What the plan does to one unit: people due, leaving, coming, over the limit before and after."""

    unit_id: str
    name: str
    due: int
    out: int
    into: int
    before: int
    after: int


def unit_rows(facts: Mapping[str, Any], register: Register) -> list[UnitRow]:
    """One row for each unit of the facts: most people over the limit first, then by name."""
    rows = [
        UnitRow(
            str(e.get("unit_id", "")),
            register.unit(str(e.get("unit_id", ""))) if e.get("unit_id") in register.units
            else str(e.get("name") or e.get("unit_id", "")),
            *(int(e.get(key) or 0) for key in ("due", "out", "in", "overdue_before", "overdue_after")),
        )
        for e in entries(facts, "units")
    ]  # fmt: skip
    return sorted(rows, key=lambda r: (-r.before, -r.due, vietnamese_key(r.name), r.unit_id))
