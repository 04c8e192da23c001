"""Work and reserve of each week as one column chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from data.exports.year_grid import mondays_of

if TYPE_CHECKING:
    from data.records import Plan

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 1060.0, 230.0, 34.0, 24.0, 8.0


@dataclass(frozen=True)
class Week:
    """Team-days of one week: on planned visits, kept for surprise, expected for follow-ups."""

    monday: date
    planned: int
    surprise: int
    follow_up: int

    @property
    def total(self) -> int:
        """Team-days of all three."""
        return self.planned + self.surprise + self.follow_up


@dataclass(frozen=True)
class Bar:
    """One rectangle of the chart."""

    x: float
    y: float
    width: float
    height: float
    series: str
    title: str


@dataclass(frozen=True)
class WeekChart:
    """The bars, the level lines (y, value) and the month labels (x, month)."""

    weeks: tuple[Week, ...]
    bars: tuple[Bar, ...]
    levels: tuple[tuple[float, int], ...]
    months: tuple[tuple[float, int], ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    base: float = HEIGHT - BOTTOM


def weeks_of(plan: Plan) -> tuple[Week, ...]:
    """Every week of the plan's year. A visit counts in the week of its start."""
    planned: dict[date, int] = {}
    for visit in plan.visits:
        if visit.status == "scheduled" and visit.start:
            monday = visit.start - timedelta(days=visit.start.weekday())
            planned[monday] = planned.get(monday, 0) + visit.days
    kept = {week.week_start: week for week in plan.reserve}
    mondays = sorted({*mondays_of(plan.year), *kept})
    return tuple(
        Week(
            monday,
            planned.get(monday, 0),
            kept[monday].team_days if monday in kept else 0,
            kept[monday].follow_up_days if monday in kept else 0,
        )
        for monday in mondays
    )


def week_chart(plan: Plan) -> WeekChart:
    """Stacked columns: planned visits below, reserve for surprise and for follow-ups above."""
    weeks = weeks_of(plan)
    step = _step(max((week.total for week in weeks), default=1))
    top = step * max(1, ceil(max((week.total for week in weeks), default=1) / step))
    scale = (HEIGHT - BOTTOM - TOP) / top
    pitch = (WIDTH - LEFT) / len(weeks)
    bars: list[Bar] = []
    for n, week in enumerate(weeks):
        y = HEIGHT - BOTTOM
        title = f"{week.monday:%d/%m/%Y}: {week.planned} + {week.surprise} + {week.follow_up}"
        for series, value in (
            ("planned", week.planned),
            ("surprise", week.surprise),
            ("expected", week.follow_up),
        ):
            if value:
                y -= value * scale
                bars.append(
                    Bar(
                        round(LEFT + n * pitch + 1.5, 1),
                        round(y, 1),
                        round(pitch - 3, 1),
                        round(value * scale, 1),
                        series,
                        title,
                    )
                )
    levels = tuple((round(HEIGHT - BOTTOM - v * scale, 1), v) for v in range(0, top + 1, step))
    firsts = {
        n: week.monday.month
        for n, week in enumerate(weeks)
        if week.monday.day <= 7 and week.monday.year == plan.year
    }
    months = tuple((round(LEFT + n * pitch, 1), month) for n, month in firsts.items())
    return WeekChart(weeks, tuple(bars), levels, months)


def _step(top: int) -> int:
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500):
        if top <= 6 * step:
            return step
    return 1000
