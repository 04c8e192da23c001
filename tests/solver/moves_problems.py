"""Made-up years of rotation, for tests and for measuring; the same seed gives the same year.

Shaped like a city: some hundred units on the map of Hanoi, equivalence groups of very uneven size
(a few hold half of all people), limits over the whole year and some overdue, three closed waves.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from solver.moves import problem as given
from solver.moves.problem import Desk, Exchange, Goals, Limit, MovesProblem, Person

# first workday of each month of 2027
WAVE_DAYS = (3, 31, 59, 90, 123, 151, 181, 213, 245, 273, 304, 334)
CLOSED = (0, 1, 11)
MIDDLE, KM = (21.03, 105.83), (1 / 111.2, 1 / 103.8)  # degrees of latitude, longitude to a km
STAFF = 18  # staff of a unit for each ten who stand in the problem: the cap counts them all


@dataclass
class City:
    """A year in the making."""

    dice: Random
    units: list[tuple[float, float]]
    people: list[Person] = field(default_factory=list)
    desks: list[Desk] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)

    def home(self, unit: int, spread: float = 6.0) -> tuple[float, float]:
        """Somewhere around a unit."""
        lat, lon = self.units[unit]
        gauss = self.dice.gauss
        return lat + gauss(0, spread) * KM[0], lon + gauss(0, spread) * KM[1]

    def desk(self, unit: int, group: int, leads: bool, must_fill: bool = True) -> int:
        """A new desk's number."""
        field_, area = self.dice.randrange(-1, 4), self.dice.randrange(-1, 3)
        label = f"V{len(self.desks)}"
        self.desks.append(Desk(label, unit, group, field_, area, must_fill, leads))
        return len(self.desks) - 1


def year(
    due: int = 500,
    seed: int = 1,
    *,
    spike: bool = False,
    helpers: float = 1.0,
    outside: float = 0.5,
    vacant: float = 0.04,
    share: float = 0.2,
    overdue: float = 0.12,
) -> MovesProblem:
    """A year with so many due people; `helpers`, `outside` and `vacant` are numbers for each due one.

    `spike` puts 60 % of the limits into one month, as after a reorganisation; `share` is the cap of
    a unit's staff in one wave.
    """
    dice = Random(seed)
    n_units = round(12.7 * due**0.39)
    city = City(dice, [_place(dice) for _ in range(n_units)])
    size = list(accumulate(dice.paretovariate(1.6) for _ in range(n_units)))
    groups = _groups(dice, due, n_units)
    steepness = 0.75 if due < 1500 else 1.08
    weights = list(accumulate((k + 1) ** -steepness for k in range(len(groups))))
    for number in range(round(due * (1 + helpers + outside + vacant))):
        group = bisect(weights, dice.random() * weights[-1])
        leads, at = groups[group]
        unit = at[dice.randrange(len(at))] if leads else bisect(size, dice.random() * size[-1])
        is_due, sensitive = number < due, number < due * (1 + helpers)
        held = number < due * (1 + helpers + outside)
        desk = city.desk(unit, group, leads, must_fill=sensitive or not held)
        if held:
            _person(city, desk, group, is_due, sensitive, _limit(dice, spike, overdue))
    _limits(city, share)
    wishes = {
        (p, dice.randrange(n_units)): dice.choice([-3, -2, -1, 1, 2, 3])
        for p in range(len(city.people))
        if dice.random() < 0.15
    }
    return MovesProblem(
        tuple(city.people), tuple(city.desks), tuple(city.units), WAVE_DAYS, tuple(city.limits),
        tuple((p, u, weight) for (p, u), weight in wishes.items()),
    )  # fmt: skip


def _place(dice: Random) -> tuple[float, float]:
    spread = dice.choice([5, 5, 12, 22])
    return (
        MIDDLE[0] + dice.gauss(0, spread) * KM[0],
        MIDDLE[1] + dice.gauss(0, spread) * KM[1],
    )


def _groups(dice: Random, due: int, n_units: int) -> list[tuple[bool, list[int]]]:
    """(leads, units that have such a desk) of each group, the largest first."""
    count = round(6.5 * due**0.31)
    return [(k % 6 == 4, dice.sample(range(n_units), max(4, n_units // 3))) for k in range(count)]


def _limit(dice: Random, spike: bool, overdue: float) -> int:
    if spike and dice.random() < 0.6:
        return dice.randrange(181, 212)
    return -dice.randrange(1, 600) if dice.random() < overdue else dice.randrange(365)


def _person(city: City, desk: int, group: int, due: bool, sensitive: bool, limit: int) -> None:
    lat, lon = city.home(city.desks[desk].unit)
    cost = 0 if due else 150 if sensitive else 50
    label = f"C{len(city.people)}"
    city.people.append(Person(label, desk, group, due, limit if due else 0, cost, lat, lon))


def _limits(city: City, share: float) -> None:
    dice, n_units = city.dice, len(city.units)
    staff = [0] * n_units
    for desk in city.desks:
        staff[desk.unit] += 1
    cap = tuple(max(1, int(share * n * STAFF / 10)) for n in staff)
    limits: list[Limit] = [
        given.Closed(CLOSED, "closed"), given.Elsewhere("elsewhere"), given.UnitCap(cap, "unit-cap"),
        given.LeaderCap(1, "leader-cap"), given.CycleLength(3, "cycle"), given.ChainLength(3, "chain"),
        given.Tail("tail"),
    ]  # fmt: skip
    for number in range(len(city.people)):
        if dice.random() < 0.6:  # a unit left less than 24 months ago
            until = dice.randrange(1, 25)
            waves = tuple(range(min(12, until)))
            limits.append(given.BarredUnit(number, dice.randrange(n_units), waves, "return"))
        if dice.random() < 0.03:
            limits.append(given.BarredUnit(number, dice.randrange(n_units), (), "kin"))
        if dice.random() < 0.02:
            first = dice.randrange(12)
            limits.append(given.Away(number, tuple(range(first, min(12, first + 3))), "overlay"))
        if dice.random() < 0.005:
            other = dice.randrange(len(city.people))
            if other != number:
                limits.append(given.Apart(number, other, "kin"))
    city.limits = limits


def tiny(dice: Random, most: int = 6) -> MovesProblem:
    """A handful of people with every kind of limit by chance, small enough to list all plans."""
    n_units, n_waves, n_groups = dice.randint(2, 4), dice.randint(1, 3), dice.randint(1, 2)
    city = City(dice, [_place(dice) for _ in range(n_units)])
    for number in range(dice.randint(2, most)):
        group, kind = dice.randrange(n_groups), dice.random()
        lat, lon = city.home(dice.randrange(n_units))
        if dice.random() < 0.1:
            lat = lon = None
        own = -1
        if kind < 0.9:
            own_group = group if dice.random() < 0.9 else -1
            own = city.desk(
                dice.randrange(n_units), own_group, dice.random() < 0.3, dice.random() < 0.6
            )
        due = own >= 0 and dice.random() < 0.6
        limit = dice.randrange(-40, 150) if due else 0
        cost = 0 if due else dice.choice([50, 150])
        city.people.append(Person(f"C{number}", own, group, due, limit, cost, lat, lon))
    for _ in range(dice.randint(0, 2)):
        city.desk(dice.randrange(n_units), dice.randrange(n_groups), False)
    days = tuple(sorted(dice.sample(range(10, 130), n_waves)))
    wishes = {
        (dice.randrange(len(city.people)), dice.randrange(n_units)): dice.randint(-3, 3)
        for _ in range(dice.randint(0, 4))
    }
    places = [place if dice.random() < 0.9 else None for place in city.units]
    goals = Goals(
        unplaced=dice.choice([500, 100_000]),
        late_day=dice.choice([2, 200]),
        touched=dice.choice([0, 6]),
    )
    limits = random_limits(dice, len(city.people), len(city.desks), n_units, n_waves)
    return MovesProblem(
        tuple(city.people), tuple(city.desks), tuple(places), days, limits,
        tuple((p, u, weight) for (p, u), weight in wishes.items()), goals,
    )  # fmt: skip


def random_limits(
    dice: Random, n_people: int, n_desks: int, n_units: int, n_waves: int
) -> tuple[Limit, ...]:
    """Limits of every kind, each with some chance of being there."""

    def person() -> int:
        return dice.randrange(n_people)

    def waves(fewest: int = 0) -> tuple[int, ...]:
        return tuple(
            sorted(dice.sample(range(n_waves), dice.randint(min(fewest, n_waves), n_waves)))
        )

    def chance(part: float) -> bool:
        return dice.random() < part

    limits: list[Limit] = []
    if chance(0.3) and n_waves > 1:
        limits.append(given.Closed((dice.randrange(n_waves),), "closed"))
    if chance(0.7):
        limits.append(given.Elsewhere("elsewhere"))
    taken = tuple(
        (dice.randrange(n_units), dice.randrange(n_waves), 1) for _ in range(dice.randint(0, 1))
    )
    if chance(0.6):
        cap = tuple(dice.randint(1, 3) for _ in range(n_units))
        limits.append(given.UnitCap(cap, "unit-cap", taken if chance(0.3) else ()))
    if chance(0.6):
        limits.append(given.LeaderCap(1, "leader-cap", taken if chance(0.2) else ()))
    if chance(0.9):
        limits.append(given.CycleLength(dice.choice([2, 3, 3, 4]), "cycle"))
    if chance(0.8):
        limits.append(given.ChainLength(dice.choice([0, 1, 2, 3]), "chain"))
    if chance(0.8):
        limits.append(given.Tail("tail"))
    for _ in range(dice.randint(0, 3)):
        kind = dice.randrange(5)
        if kind == 0:
            limits.append(given.Away(person(), waves(), "away"))
        elif kind == 1:
            limits.append(given.BarredUnit(person(), dice.randrange(n_units), waves(), "return"))
        elif kind == 2 and n_desks:
            limits.append(given.BarredDesk(person(), dice.randrange(n_desks), "barred"))
        elif kind == 3 and n_people > 1:
            limits.append(given.Apart(*dice.sample(range(n_people), 2), "apart"))
        elif chance(0.4):
            desks = tuple(dice.sample(range(n_desks), min(n_desks, dice.choice([0, 3]))))
            limits.append(given.MustMove(person(), desks, waves(1) if chance(0.5) else (), "pin:1"))
    return tuple(limits)


def swap(*people: int, wave: int, desks: tuple[int, ...]) -> Exchange:
    """A cycle, written short."""
    return Exchange("cycle", people, desks, wave)
