"""The year as a grid: one row for each unit that is visited, one column for each week."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from data.collation import vietnamese_key
from data.exports.labels import KINDS, UNIT_KINDS, span_text
from data.records import Plan, PlannedVisit, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MONTHS = tuple(str(n) for n in range(1, 13))
QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Mark:
    """A visit in its week: where it stands in percent of the year, its kind and its words."""

    left: float
    kind: str
    letter: str
    title: str


@dataclass(frozen=True)
class GridRow:
    """A unit and its visits."""

    unit: Unit
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Stripe:
    """A stretch of the year in percent from its left edge: a month, a quarter or days off."""

    left: float
    width: float
    label: str


@dataclass(frozen=True)
class YearGrid:
    """Rows by kind of unit, headings and days off."""

    groups: tuple[tuple[str, tuple[GridRow, ...]], ...]
    months: tuple[Stripe, ...]
    quarters: tuple[Stripe, ...]
    days_off: tuple[Stripe, ...]
    mondays: tuple[date, ...]

    @property
    def cell(self) -> float:
        """Width of a week in percent of the grid."""
        return round(100 / len(self.mondays), 3)


def mondays_of(year: int) -> tuple[date, ...]:
    """The Monday of each week that has a day in the year."""
    first = date(year, 1, 1) - timedelta(days=date(year, 1, 1).weekday())
    weeks = range((date(year, 12, 31) - first).days // 7 + 1)
    return tuple(first + timedelta(weeks=n) for n in weeks)


def year_grid(plan: Plan, units: Mapping[str, Unit]) -> YearGrid:
    """The grid of a plan. A unit that the office does not have stands under its id."""
    mondays = mondays_of(plan.year)
    visits: dict[str, list[PlannedVisit]] = defaultdict(list)
    for visit in plan.visits:
        if visit.status == "scheduled" and visit.start and visit.kind in KINDS:
            visits[visit.unit_id].append(visit)
    rows = [
        GridRow(
            units.get(unit_id, Unit(unit_id, unit_id, "")),
            tuple(_mark(v, mondays) for v in sorted_by_day(mine)),
        )
        for unit_id, mine in visits.items()
    ]
    kinds = [*UNIT_KINDS, *sorted({row.unit.kind for row in rows} - UNIT_KINDS.keys())]
    groups = (
        (
            kind,
            tuple(
                sorted(
                    (r for r in rows if r.unit.kind == kind),
                    key=lambda r: vietnamese_key(r.unit.name),
                )
            ),
        )
        for kind in kinds
    )
    return YearGrid(
        groups=tuple((kind, group) for kind, group in groups if group),
        months=_stretches(plan.year, mondays, MONTHS),
        quarters=_stretches(plan.year, mondays, QUARTERS),
        days_off=days_off(plan.facts.get("holidays", ()), mondays),
        mondays=mondays,
    )


def sorted_by_day(visits: Iterable[PlannedVisit]) -> list[PlannedVisit]:
    """Visits by start, then id."""
    return sorted(visits, key=lambda v: (v.start or date.max, v.visit_id))


def days_off(
    holidays: Iterable[Mapping[str, Any]], mondays: tuple[date, ...]
) -> tuple[Stripe, ...]:
    """Neighbouring days off as one stripe each, named by the first of them."""
    runs: list[list[Mapping[str, Any]]] = []
    for row in sorted(holidays, key=lambda r: str(r["date"])):
        day = date.fromisoformat(row["date"])
        if runs and day - date.fromisoformat(runs[-1][-1]["date"]) == timedelta(days=1):
            runs[-1].append(row)
        else:
            runs.append([row])
    stripes = []
    for run in runs:
        first, last = (date.fromisoformat(run[n]["date"]) for n in (0, -1))
        left = place(first, mondays)
        width = place(last + timedelta(days=1), mondays) - left
        stripes.append(
            Stripe(round(left, 3), round(width, 3), f"{run[0]['name_vi']} {span_text(first, last)}")
        )
    return tuple(stripes)


def place(day: date, mondays: tuple[date, ...]) -> float:
    """Where a day begins, in percent of the grid's width, never outside 0 to 100."""
    return min(100.0, max(0.0, 100 * (day - mondays[0]).days / (7 * len(mondays))))


def _mark(visit: PlannedVisit, mondays: tuple[date, ...]) -> Mark:
    label = KINDS[visit.kind]
    assert visit.start is not None
    week = min(len(mondays) - 1, max(0, (visit.start - mondays[0]).days // 7))
    title = f"{label.letter} · {span_text(visit.start, visit.end)} · {visit.visit_id}"
    return Mark(round(100 * week / len(mondays), 3), visit.kind, label.letter, title)


def _stretches(year: int, mondays: tuple[date, ...], names: tuple[str, ...]) -> tuple[Stripe, ...]:
    starts = [date(year, 1 + n * 12 // len(names), 1) for n in range(len(names))]
    edges = [place(day, mondays) for day in starts] + [place(date(year + 1, 1, 1), mondays)]
    return tuple(
        Stripe(round(a, 3), round(b - a, 3), name)
        for name, (a, b) in zip(names, pairwise(edges), strict=True)
    )
