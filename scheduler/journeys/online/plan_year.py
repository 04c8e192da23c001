"""A version's visits for a year grid: one row for each unit or each inspector, filtered and in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from data.collation import folded, person_key, told_apart, vietnamese_key
from data.store import datasets, plan_edits, plans, visits
from scheduler.journeys.online.opened import open_office

if TYPE_CHECKING:
    from data.records import PlannedVisit
    from data.store.plans import Version
    from data.store.store import Store

UNIT, TEAM = "unit", "team"
NONE = "none"  # status: units in scope without any row


@dataclass(frozen=True)
class YearAsk:
    """Which visits: `text` is sought in units and people without accents; blank filters let all through."""

    rows: str = UNIT
    text: str = ""
    kind: str = ""
    inspector: str = ""
    status: str = ""  # scheduled, dropped, none


@dataclass(frozen=True)
class GridRow:
    """A unit or an inspector, with scheduled visits by day and how many have no date."""

    key: str
    name: str
    visits: tuple[PlannedVisit, ...]
    dropped: tuple[PlannedVisit, ...] = ()


@dataclass(frozen=True)
class PlanYear:
    """The rows of a grid, and the names in it.

    Attributes
    ----------
    visits : every row of the plan that the filters let through, by day
    units, people : id -> name; people in order of their given names
    leads : inspectors who may lead
    undoable : edits that can be undone
    """

    version: Version
    rows: Sequence[GridRow]
    visits: Sequence[PlannedVisit]
    units: Mapping[str, str]
    people: Mapping[str, str]
    undoable: int


def plan_year(store: Store, plan_id: int, ask: YearAsk) -> PlanYear:
    """The visits of a version that the filters let through, as rows of a grid.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        version = plans.get(db, plans.VISITS, plan_id)
        rows, names = visits.all_rows(db, plan_id), visits.unit_names(db, plan_id)
        undoable, has_data = plan_edits.count(db, plan_id), datasets.current(db) is not None
    office = open_office(store) if has_data else None
    inspectors = sorted(office.inspectors, key=lambda i: person_key(i.name)) if office else []
    people = told_apart({i.inspector_id: i.name for i in inspectors})
    units = {u.unit_id: u.name for u in office.units} if office else {}
    units = {**units, **{unit: name for unit, name in names.items() if name}}
    shown = [v for v in rows if _wanted(v, ask, units, people)]
    shown.sort(key=lambda v: (v.start or date.max, v.visit_id))
    if ask.rows == TEAM:
        lines = _by_person(shown, people)
    elif ask.status == NONE:
        scope = [u.unit_id for u in office.units if u.in_scope] if office else []
        lines = _without(scope, {v.unit_id for v in rows}, units, ask.text)
    else:
        lines = _by_unit(shown, units)
    return PlanYear(version, lines, shown, units, people, undoable)


def _wanted(
    visit: PlannedVisit, ask: YearAsk, units: Mapping[str, str], people: Mapping[str, str]
) -> bool:
    team = (visit.lead, *visit.members)
    if ask.kind and visit.kind != ask.kind:
        return False
    if ask.status and visit.status != ask.status:
        return False
    if ask.inspector and ask.inspector not in team:
        return False
    wanted = folded(ask.text)
    if not wanted:
        return True
    words = (
        visit.visit_id,
        units.get(visit.unit_id, visit.unit_id),
        *(people.get(w, w) for w in team),
    )
    return any(wanted in folded(word) for word in words)


def _by_unit(shown: Sequence[PlannedVisit], units: Mapping[str, str]) -> list[GridRow]:
    mine: dict[str, list[PlannedVisit]] = defaultdict(list)
    for visit in shown:
        mine[visit.unit_id].append(visit)
    rows = [_row(unit, units.get(unit, unit), found) for unit, found in mine.items()]
    return sorted(rows, key=lambda row: (vietnamese_key(row.name), row.key))


def _by_person(shown: Sequence[PlannedVisit], people: Mapping[str, str]) -> list[GridRow]:
    mine: dict[str, list[PlannedVisit]] = {who: [] for who in people}
    for visit in shown:
        for who in filter(None, (visit.lead, *visit.members)):
            mine.setdefault(who, []).append(visit)
    return [_row(who, people.get(who, who), found) for who, found in mine.items() if found]


def _without(
    scope: Sequence[str], seen: set[str], units: Mapping[str, str], text: str
) -> list[GridRow]:
    names = {unit: units.get(unit, unit) for unit in scope if unit not in seen}
    rows = [GridRow(u, name, ()) for u, name in names.items() if folded(text) in folded(name)]
    return sorted(rows, key=lambda row: (vietnamese_key(row.name), row.key))


def _row(key: str, name: str, found: Sequence[PlannedVisit]) -> GridRow:
    return GridRow(
        key, name, tuple(v for v in found if v.start), tuple(v for v in found if not v.start)
    )
