"""The last two years of visits: who was inspected when, by which team."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.records import PastVisit
from data.sample.shape import TEAM, tet_break

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.sample.crew import Crew
    from data.sample.findings import Book
    from data.sample.shape import Shape

KINDS = {"periodic": 0.66, "thematic": 0.22, "surprise": 0.12}
FOLLOWED = 0.09  # follow-ups for each visit of a year
APART = 40  # calendar days between two visits to one unit


@dataclass
class History:
    """Visits as they are written down, one after the other."""

    shape: Shape
    units: pd.DataFrame
    crew: Crew
    barred: dict[int, set[int]]  # row of the unit -> inspectors who may not go there
    visits: list[PastVisit] = field(default_factory=list)
    busy: dict[date, set[int]] = field(default_factory=lambda: defaultdict(set))
    load: NDArray[np.float64] = field(init=False)
    last: dict[int, PastVisit] = field(default_factory=dict)  # row of the unit -> its latest visit

    def __post_init__(self) -> None:
        """Start with nobody burdened."""
        self.load = np.zeros(len(self.crew.home))
        self.names = self.crew.ids()
        self.number = {name: k for k, name in enumerate(self.names)}

    def days_of(self, year: int) -> list[date]:
        """Days on which a visit could begin: not around Tết, at the year's ends or after today."""
        calendar = self.shape.calendar
        first, last = tet_break(calendar, year)
        until = min(date(year, 12, 10), self.shape.today - timedelta(days=8))
        days = calendar.working_days(date(year, 1, 11), until)
        return [day for day in days if not first <= day <= last]

    def add(self, rng: np.random.Generator, unit: int, kind: str, start: date) -> PastVisit | None:
        """Write a visit down; None when the unit was just visited or nobody is free."""
        previous = self.last.get(unit)
        if previous and abs((start - previous.end).days) < APART:
            return None
        end = self._end(rng, unit, start)
        team = self._team(rng, unit, start, end, previous)
        if team is None:
            return None
        self.busy[start] |= set(team)
        self.busy[end] |= set(team)
        self.load[list(team)] += (end - start).days + 1
        names = [str(self.names[k]) for k in team]
        visit = PastVisit(
            f"?{len(self.visits)}", str(self.units["unit_id"].iloc[unit]), kind, start, end,
            names[0] if names else "", tuple(names[1:]),
        )  # fmt: skip
        self.visits.append(visit)
        if previous is None or previous.end < end:
            self.last[unit] = visit
        return visit

    def _end(self, rng: np.random.Generator, unit: int, start: date) -> date:
        office = self.units["trade"].iloc[unit] not in ("commune", "point")
        two = rng.random() < (0.8 if office else 0.15)
        after = self.shape.calendar.add(start, 1)
        same_week = after - timedelta(days=after.weekday()) == start - timedelta(
            days=start.weekday()
        )
        return after if two and same_week else start

    def _team(
        self,
        rng: np.random.Generator,
        unit: int,
        start: date,
        end: date,
        previous: PastVisit | None,
    ) -> list[int] | None:
        """Leader, secretary and two more, the least burdened first; [] when teams are not kept."""
        if not self.shape.remembers_teams:
            return []
        out = self.barred.get(unit, set()) | self.busy[start] | self.busy[end]
        if previous:
            out |= {self.number[name] for name in (previous.lead, *previous.members) if name}
        order = np.argsort(self.load + rng.random(len(self.load)) * 6, kind="stable")
        free = [k for k in order.tolist() if k not in out]
        lead = next((k for k in free if self.crew.leads[k]), None)
        secretary = next((k for k in free if k != lead and self.crew.skills[k, -1]), None)
        if lead is None or secretary is None or len(free) < TEAM:
            return None
        others = [k for k in free if k not in (lead, secretary)][: TEAM - 2]
        return [lead, secretary, *others]


def follow_ups(
    history: History, rng: np.random.Generator, book: Book, year: int, wanted: int
) -> list[PastVisit]:
    """Follow-ups of a year after visits of the year before that had findings."""
    row = {unit_id: n for n, unit_id in enumerate(history.units["unit_id"])}
    days = history.days_of(year)
    due: dict[str, date] = {}
    for finding in book.findings:
        due[finding.visit_id] = max(finding.remedy_due, due.get(finding.visit_id, date.min))
    candidates = [v for v in history.visits if v.start.year == year - 1 and v.visit_id in due]
    made: list[PastVisit] = []
    for at in rng.permutation(len(candidates)).tolist():
        visit = candidates[at]
        first, last = book.window(due[visit.visit_id])
        inside = [day for day in days if first <= day <= last]
        if inside and len(made) < wanted and visit.unit_id not in book.windows:
            start = inside[int(rng.integers(0, len(inside)))]
            again = history.add(rng, row[visit.unit_id], "follow_up", start)
            made += [again] if again else []
    return made


def visits_of_year(
    history: History, rng: np.random.Generator, year: int, quality: NDArray[np.float64], wanted: int
) -> list[PastVisit]:
    """About `wanted` planned and surprise visits of one year, weaker bodies a little more often."""
    n = history.shape.units
    weight = np.exp(-0.25 * quality[:n])
    weight[history.crew.closed_houses(history.shape)] = 0.0
    units = rng.choice(n, size=min(n - 1, wanted), replace=False, p=weight / weight.sum())
    days = history.days_of(year)
    if not days:
        return []
    kinds = rng.choice(list(KINDS), size=len(units), p=list(KINDS.values()))
    starts = np.sort(rng.integers(0, len(days), len(units)))
    made = [
        history.add(rng, int(unit), str(kind), days[int(at)])
        for unit, kind, at in zip(units, kinds, starts, strict=True)
    ]
    return [visit for visit in made if visit is not None]


def in_order(visits: list[PastVisit]) -> tuple[list[PastVisit], dict[str, str]]:
    """Visits by date with their final ids, and old id -> final id."""
    ordered = sorted(visits, key=lambda v: (v.start, v.unit_id))
    counts: dict[int, int] = defaultdict(int)
    named, new = [], {}
    for visit in ordered:
        counts[visit.start.year] += 1
        new[visit.visit_id] = f"KT{visit.start.year}-{counts[visit.start.year]:03}"
        named.append(replace(visit, visit_id=new[visit.visit_id]))
    return named, new


def visits_table(visits: list[PastVisit]) -> pd.DataFrame:
    """The table `visits` as text."""
    return pd.DataFrame(
        [
            (v.visit_id, v.unit_id, v.kind, str(v.start), str(v.end), v.lead, ";".join(v.members))
            for v in visits
        ],
        columns=["visit_id", "unit_id", "kind", "start", "end", "lead", "members"],
        dtype="str",
    )
