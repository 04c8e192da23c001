"""Edits of a yearly plan: what follows from them, and the plan with some of them made. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.drop_reasons import BY_HAND
from data.records import Plan, PlannedVisit, ReserveWeek
from scheduler.edits import CellChange, Edit, Rows, Same, differences, reason_for

if TYPE_CHECKING:
    from data.calendar import WorkCalendar
    from scheduler.rulebook import Rulebook

MAIN = "visits"
VISIT_COLUMNS = (
    "unit_id", "kind", "campaign_id", "follows", "start", "end", "days", "lead", "members",
    "status", "reason", "owner",
)  # fmt: skip
RESERVE_COLUMNS = ("team_days", "follow_up_days")


@dataclass(frozen=True)
class VisitEdits:
    """The plan before (rows numbered as in the edited file) and every change."""

    plan: Plan
    edits: tuple[Edit, ...]

    def applied(self, some: Iterable[Edit]) -> Plan:
        """The plan with these changes made."""
        visits = {v.visit_id: v for v in self.plan.visits}
        weeks = {w.week_start.isoformat(): w for w in self.plan.reserve}
        for edit in some:
            rows: dict[str, Any] = visits if edit.table == MAIN else weeks
            if edit.record is None:
                del rows[edit.key]
            else:
                rows[edit.key] = edit.record
        reserve = tuple(sorted(weeks.values(), key=lambda week: week.week_start))
        return replace(self.plan, visits=tuple(visits.values()), reserve=reserve)


def visit_edits(
    old: Plan,
    new: Plan,
    given: Mapping[str, frozenset[str]],
    same: Same,
    calendar: WorkCalendar,
    rulebook: Rulebook,
    reasons: Mapping[str, str],
) -> VisitEdits:
    """Every change of a yearly plan.

    A row that is gone is a visit given up: it stays in the plan as dropped, with the reason given for
    its id (or for all, under ""). Days are counted again when dates changed and days did not; a
    dropped row loses team and days.

    Parameters
    ----------
    given : columns that the edited file has, for each table in it; other tables did not change
    """
    rows_now = {visit.visit_id: visit.row for visit in new.visits}
    old = replace(
        old,
        visits=tuple(replace(v, row=rows_now.get(v.visit_id, 0)) for v in old.visits),
    )
    letters = int(rulebook.value(BY_HAND))
    before = {v.visit_id: v for v in old.visits}
    edits: list[Edit] = []
    visits = Rows(
        MAIN, "visit_id", VISIT_COLUMNS, old.visits, new.visits, given.get(MAIN, frozenset())
    )
    for edit in differences(visits, same):
        known = before.get(edit.key)
        settled = _settled(edit, known, old, calendar)
        if edit.what == "removed" and known is not None and known.status == "dropped":
            continue  # given up before: the trace of it stays
        if settled.record.status == "dropped" and (known is None or known.status != "dropped"):
            given_up = reason_for(reasons, edit.key) or _own_reason(settled.record, known)
            settled = _dropped(settled, given_up, letters, rulebook)
        edits.append(settled)
    if "reserve" in given:
        weeks = Rows(
            "reserve", "week_start", RESERVE_COLUMNS, old.reserve, new.reserve, given["reserve"]
        )
        edits += [
            replace(edit, record=None) if edit.what == "removed" else edit
            for edit in _reserve(differences(weeks, same), old.reserve)
        ]
    return VisitEdits(old, tuple(edits))


def _reserve(edits: Sequence[Edit], old: Sequence[ReserveWeek]) -> list[Edit]:
    """A column that the file does not have keeps the old week's value."""
    before = {week.week_start.isoformat(): week for week in old}
    return [
        replace(edit, record=_kept(before[edit.key], edit)) if edit.what == "changed" else edit
        for edit in edits
    ]


def _kept(old: Any, edit: Edit) -> Any:
    """The old record with only the changed cells of an edit."""
    return replace(old, **{cell.column: cell.new for cell in edit.cells})


def _settled(edit: Edit, known: PlannedVisit | None, plan: Plan, calendar: WorkCalendar) -> Edit:
    """The row as it is to be, with what follows from its changed cells."""
    record: PlannedVisit = edit.record
    if edit.what == "removed":
        record = replace(record, status="dropped", start=None, end=None)
    elif edit.what == "changed" and known is not None:
        record = replace(_kept(known, edit), row=edit.row)
    follows: dict[str, Any] = {}
    changed = {cell.column for cell in edit.cells}
    if record.status == "dropped":
        follows = {"start": None, "end": None, "days": 0, "lead": "", "members": ()}
    elif record.start and record.end and record.start <= record.end:
        counted = len(calendar.working_days(record.start, record.end))
        uncounted = not record.days if edit.what == "added" else "days" not in changed
        if uncounted and (edit.what == "added" or changed & {"start", "end", "status"}):
            follows = {"days": counted}
    if edit.what == "added" and not record.owner:
        follows["owner"] = str(plan.facts.get("owner", ""))
    derived = [
        CellChange(column, getattr(record, column), value, derived=True)
        for column, value in follows.items()
        if getattr(record, column) != value
    ]
    if edit.what == "removed" and known is not None:
        derived = [
            CellChange("status", known.status, "dropped"),
            *(CellChange(c, getattr(known, c), follows[c], derived=True) for c in follows),
        ]
    return replace(edit, record=replace(record, **follows), cells=(*edit.cells, *derived))


def _own_reason(record: PlannedVisit, known: PlannedVisit | None) -> str:
    """The reason written in the row itself, unless it is the one why the visit was planned."""
    return "" if known is not None and record.reason == known.reason else record.reason


def _dropped(edit: Edit, reason: str, letters: int, rulebook: Rulebook) -> Edit:
    """A visit given up, with its reason; one that names no rule is marked as a decision by hand."""
    short = len(reason.strip()) < letters
    named = {word.rstrip(".") for word in re.findall(r"[a-z][a-z.-]*", reason)}
    told = reason if named & rulebook.policies.keys() else f"{BY_HAND}: {reason.strip()}"
    cells = tuple(cell for cell in edit.cells if cell.column != "reason")
    if not short:
        cells += (CellChange("reason", "", told, derived=told != reason),)
    return replace(edit, record=replace(edit.record, reason=told), cells=cells, wants_reason=short)
