"""Seeded years to plan, for tests and for measuring: city, big, tight, and any size between.

Made-up but shaped like the real thing: periodic visits with a wished window, campaigns and follow-ups
with hard windows, leave, blackouts, skills, last year's teams, a reserve for surprise visits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from solver.visits import problem as given
from solver.visits.problem import GoalData, Limit, Problem, Visit

HOLIDAYS = {(1, 1), (4, 30), (5, 1), (9, 1), (9, 2), (2, 15), (2, 16), (2, 17), (2, 18), (2, 19)}


@dataclass(frozen=True)
class Size:
    """How large and how tight a made-up year is."""

    units: int
    visits: int
    inspectors: int
    teams_per_day: int
    month_cap: int
    used: float  # person-days of all visits over the sum of month caps
    window: int = 252  # a periodic visit starts within so many days of its wished dates


CITY = Size(200, 150, 50, 4, 6, 0.31)
BIG = Size(600, 700, 100, 8, 6, 0.74)
BIG_WINDOWS = Size(600, 700, 100, 8, 6, 0.74, window=30)
TIGHT = Size(200, 150, 25, 5, 4, 0.95)
TIGHT_WINDOWS = Size(200, 150, 25, 5, 4, 0.95, window=30)


@dataclass(frozen=True)
class Year:
    """Working days of a made-up year as numbers."""

    weeks: tuple[int, ...]
    months: tuple[int, ...]

    @classmethod
    def of_2027(cls) -> Year:
        """2027 without its fixed holidays."""
        first = date(2027, 1, 1)
        days = [first + timedelta(days=n) for n in range(365)]
        days = [d for d in days if d.weekday() < 5 and (d.month, d.day) not in HOLIDAYS]
        mondays = sorted({d - timedelta(days=d.weekday()) for d in days})
        number = {monday: w for w, monday in enumerate(mondays)}
        return cls(
            tuple(number[d - timedelta(days=d.weekday())] for d in days),
            tuple(d.month - 1 for d in days),
        )


def make(size: Size, seed: int) -> Problem:
    """A year of this size; the same seed gives the same year."""
    rng = Random(seed)
    year = Year.of_2027()
    n_days, n_weeks = len(year.weeks), year.weeks[-1] + 1
    where = [rng.randrange(12) for _ in range(size.units)]
    places = [(rng.uniform(0, 400), rng.uniform(0, 400)) for _ in range(12)]
    units = [_near(rng, places[c], 40) for c in where]
    homes = [_near(rng, rng.choice(places), 60) for _ in range(size.inspectors)]
    shapes = _shapes(rng, size)
    first = min(size.visits - size.visits // 10, size.units)
    of_unit = rng.sample(range(size.units), first)
    of_unit += rng.sample(of_unit, size.visits - first)
    limits: list[Limit] = []
    visits = []
    for v, unit in enumerate(of_unit):
        days, people = shapes[v]
        kind = "follow_up" if v >= first else rng.choices(["periodic", "thematic"], [7, 3])[0]
        risk = rng.randint(10, 90)
        cost, closed, must = _dates(rng, kind, risk, n_days, size.window)
        closed |= {s for s in range(n_days - days + 1) if year.weeks[s] != year.weeks[s + days - 1]}
        if closed:
            limits.append(given.ForbidStarts(v, tuple(sorted(closed)), "window"))
        if must or risk > 80:
            limits.append(given.Must(v, "must"))
        visits.append(Visit(f"V{v:03}", unit, where[unit], days, people, risk, cost))
    limits += _between_visits(rng, of_unit, size)
    limits += _capacity(size, year, n_weeks)
    people, skills = _people(rng, size, n_days)
    limits += people
    limits += _teams(rng, visits, size.inspectors, skills)
    lost = {limit.inspector: len(limit.days) for limit in people if isinstance(limit, given.Absent)}
    worked = sum(v.days for v in visits)
    goals = GoalData(
        available=tuple(n_days - lost.get(i, 0) for i in range(size.inspectors)),
        past_days=tuple(rng.randint(0, 12) for _ in range(size.inspectors)),
        pair_limit=2 if size.visits < 400 else 4,
        cluster_limit=4 if size.visits < 400 else 8,
        distance=tuple(tuple(_far(home, unit) for unit in units) for home in homes),
        week_target=tuple(round(worked * year.weeks.count(w) / n_days) for w in range(n_weeks)),
    )
    quarters = tuple(m // 3 for m in year.months)
    return Problem(
        n_days, size.inspectors, size.units, year.weeks, year.months, quarters,
        tuple(visits), tuple(limits), goals,
    )  # fmt: skip


def _near(rng: Random, place: tuple[float, float], spread: float) -> tuple[float, float]:
    return rng.gauss(place[0], spread), rng.gauss(place[1], spread)


def _far(a: tuple[float, float], b: tuple[float, float]) -> int:
    return round(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)


def _shapes(rng: Random, size: Size) -> list[tuple[int, int]]:
    """Days and people of each visit, adding up to the wished use of people."""
    goal = round(size.used * size.inspectors * 12 * size.month_cap)
    shapes = [
        (rng.randint(1, 3), rng.choices([3, 4, 5], [35, 40, 25])[0]) for _ in range(size.visits)
    ]
    for _ in range(100 * size.visits):
        total = sum(d * n for d, n in shapes)
        if total == goal:
            break
        v = rng.randrange(size.visits)
        days, people = shapes[v]
        change = 1 if total < goal else -1
        if 3 <= people + change <= 5 and abs(goal - total) >= days:
            shapes[v] = (days, people + change)
        elif 1 <= days + change <= 3 and abs(goal - total) >= people:
            shapes[v] = (days + change, people)
    return shapes


def _dates(
    rng: Random, kind: str, risk: int, n_days: int, window: int
) -> tuple[tuple[int, ...], set[int], bool]:
    """Start costs, days that are closed, and whether the visit must take place.

    Wished dates crowd around the third quarter, as they do where reports are due in December.
    """
    opens = int(rng.triangular(0, n_days - 45, 0.7 * n_days))
    if kind == "periodic":
        last = opens + rng.randint(0, 10)
        cost = tuple(risk * (10 * max(0, s - last) + max(0, opens - s)) for s in range(n_days))
        black = rng.randrange(n_days)
        closed = set(range(black, min(n_days, black + rng.randint(0, 20))))
        closed |= {s for s in range(n_days) if not opens - window <= s <= last + window}
        return cost, closed, False
    closed = {s for s in range(n_days) if not opens <= s < opens + 40}
    return tuple(risk * max(0, s - opens) // 4 for s in range(n_days)), closed, kind == "follow_up"


def _between_visits(rng: Random, of_unit: list[int], size: Size) -> list[Limit]:
    limits: list[Limit] = []
    by_unit: dict[int, list[int]] = {}
    for v, unit in enumerate(of_unit):
        by_unit.setdefault(unit, []).append(v)
    for visits in by_unit.values():
        if len(visits) > 1:
            limits.append(given.KeepApart(tuple(visits), 15, "gap"))
            limits.append(given.NotBoth(tuple(visits), "previous"))
    groups = list(by_unit.values())
    for _ in range(size.units // 20):
        a, b = rng.sample(groups, 2)
        limits.append(given.KeepApart((a[0], b[0]), 10, "co-located"))
    groups_of = tuple(tuple(visits) for visits in groups)
    limits.append(
        given.CoverAtLeast(groups_of, min(len(groups), int(0.3 * size.units)), "coverage")
    )
    return limits


def _capacity(size: Size, year: Year, n_weeks: int) -> list[Limit]:
    teams = size.teams_per_day
    whole = [teams * year.weeks.count(w) for w in range(n_weeks)]
    kept = [days // 5 for days in whole]
    return [
        given.DayCapacity((teams,) * len(year.weeks), "teams"),
        given.WeekCapacity(tuple(a - b for a, b in zip(whole, kept, strict=True)), "reserve"),
        given.OnePlace("one-place"),
    ]


def _people(rng: Random, size: Size, n_days: int) -> tuple[list[Limit], dict[str, tuple[int, ...]]]:
    everybody = range(size.inspectors)
    skills = {
        "lead": tuple(sorted(rng.sample(everybody, -(-size.inspectors * 2 // 5)))),
        "secretary": tuple(sorted(rng.sample(everybody, -(-size.inspectors * 2 // 5)))),
        "money": tuple(sorted(rng.sample(everybody, -(-size.inspectors // 4)))),
        "data": tuple(sorted(rng.sample(everybody, -(-size.inspectors // 4)))),
    }
    juniors = tuple(i for i in everybody if i not in skills["lead"])
    limits: list[Limit] = [
        given.NotLead(-1, juniors, "leader"),
        given.Secretary(-1, skills["secretary"], "secretary"),
    ]
    for i in everybody:
        off: set[int] = set()
        for _ in range(2):
            start = rng.randrange(n_days)
            off |= set(range(start, min(n_days, start + rng.randint(3, 8))))
        limits.append(given.Absent(i, tuple(sorted(off)), "absence"))
        limits.append(given.MonthDays(i, (size.month_cap,) * 12, "month-days"))
    for i in rng.sample(skills["lead"], max(1, len(skills["lead"]) // 10)):
        limits.append(given.NotLeadAfter(i, rng.randrange(n_days // 2, n_days), "rotation"))
    return limits, skills


def _teams(
    rng: Random, visits: list[Visit], n_inspectors: int, skills: dict[str, tuple[int, ...]]
) -> list[Limit]:
    limits: list[Limit] = []
    for v, _ in enumerate(visits):
        previous = rng.sample(range(n_inspectors), 4)
        limits.append(given.Barred(v, tuple(sorted(previous[:1])), "previous-leader"))
        if rng.random() < 0.5:
            limits.append(given.NotTogether(v, tuple(sorted(previous)), "previous-pair"))
        if rng.random() < 0.3:
            limits.append(given.Barred(v, (rng.randrange(n_inspectors),), "interest"))
        if rng.random() < 0.4:
            limits.append(given.Cover(v, skills[rng.choice(["money", "data"])], 1, "skills"))
    return [*limits, _keep_free(visits, skills)]


def _keep_free(visits: list[Visit], skills: dict[str, tuple[int, ...]]) -> given.KeepFree:
    n_weeks = Year.of_2027().weeks[-1] + 1
    return given.KeepFree((4,) * n_weeks, 4, skills["lead"], (skills["money"],), "reserve")
