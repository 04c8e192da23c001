"""Compile what the moves need, once: part of `python -m solver.warm` after installing."""

from __future__ import annotations

from solver.moves.plan import make_plan
from solver.moves.problem import (
    ChainLength,
    CycleLength,
    Desk,
    Elsewhere,
    MovesProblem,
    Person,
    UnitCap,
)
from solver.settings import Settings


def warm_up() -> None:
    """Compiled code in memory and, where the folder can be written, on disk for the next process."""
    people = tuple(Person(str(n), n, 0, due=n < 6, lat=21.0 + n / 9, lon=105.8) for n in range(9))
    desks = tuple(Desk(str(n), n % 5, 0, must_fill=n < 7) for n in range(10))
    limits = (
        Elsewhere("e"), UnitCap((1,) * 5, "u"), CycleLength(3, "c"), ChainLength(3, "n"),
    )  # fmt: skip
    places = tuple((21.0, 105.7 + unit / 9) for unit in range(5))
    tiny = MovesProblem(people, desks, places, (31, 59), limits)
    make_plan(tiny, Settings(time_limit_s=1.0), lambda progress, solution: None)
