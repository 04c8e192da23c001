"""A year of rotation as whole numbers: people, desks, waves, limits with rule labels, goals.

A move puts a person at another desk in one wave. Moves come in exchanges: in a cycle everybody takes
the desk of the next one; in a chain the first takes an empty desk, each following one the desk of the
one before, and the last one's own desk stays empty. The solver knows no law: a rule that is left out
is a Problem without its limits.

A person may take a desk of the own `group` only. Waves are numbered from 0, days from 1 January = 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Desk:
    """A place at which one person works: held by somebody who may move, or empty.

    Desks of people who cannot move this year are not part of the problem.
    """

    label: str  # position id, echoed in answers
    unit: int  # 0..n_units-1
    group: int  # desks that can stand for each other; -1: nobody can take it
    field: int = -1  # -1: not known
    area: int = -1
    must_fill: bool = (
        True  # if its holder leaves, somebody takes it in the same wave (if Tail holds)
    )
    leads: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody who may move once: due this year, or a helper."""

    label: str  # staff id
    desk: int  # number of the own desk; -1: a recruit
    group: int  # desks of this group may be taken
    due: bool
    limit: int = 0  # last lawful day in the present post, as day number; read only when due
    helper_cost: int = 0  # price of moving somebody who is not due
    lat: float | None = None  # home
    lon: float | None = None


@dataclass(frozen=True)
class Closed:
    """No move takes place in these waves."""

    waves: tuple[int, ...]
    label: str
    type: Literal["closed"] = "closed"


@dataclass(frozen=True)
class Away:
    """The person does not move in these waves."""

    person: int
    waves: tuple[int, ...]
    label: str
    type: Literal["away"] = "away"


@dataclass(frozen=True)
class Elsewhere:
    """A move leads to another unit, or another known field, or another known area."""

    label: str
    type: Literal["elsewhere"] = "elsewhere"


@dataclass(frozen=True)
class BarredUnit:
    """The person moves to no desk of the unit in these waves."""

    person: int
    unit: int
    waves: tuple[int, ...]  # () = all
    label: str
    type: Literal["barred_unit"] = "barred_unit"


@dataclass(frozen=True)
class BarredDesk:
    """The person does not take the desk."""

    person: int
    desk: int
    label: str
    type: Literal["barred_desk"] = "barred_desk"


@dataclass(frozen=True)
class Apart:
    """Not both persons move to desks of one unit."""

    first: int
    second: int
    label: str
    type: Literal["apart"] = "apart"


@dataclass(frozen=True)
class UnitCap:
    """In one wave at most `cap[u]` people leave desks of unit u, less what `taken` already uses."""

    cap: tuple[int, ...]  # shape (n_units,)
    label: str
    taken: tuple[tuple[int, int, int], ...] = ()  # (unit, wave, moves of published exchanges)
    type: Literal["unit_cap"] = "unit_cap"


@dataclass(frozen=True)
class LeaderCap:
    """In one wave at most `cap` people leave leading desks of one unit."""

    cap: int
    label: str
    taken: tuple[tuple[int, int, int], ...] = ()
    type: Literal["leader_cap"] = "leader_cap"


@dataclass(frozen=True)
class CycleLength:
    """A cycle holds at most `most` people."""

    most: int
    label: str
    type: Literal["cycle_length"] = "cycle_length"


@dataclass(frozen=True)
class ChainLength:
    """A chain holds at most `most` people; 0: no chains."""

    most: int
    label: str
    type: Literal["chain_length"] = "chain_length"


@dataclass(frozen=True)
class Tail:
    """The desk that a chain leaves empty is not one that must be filled; or its tail is a recruit."""

    label: str
    type: Literal["tail"] = "tail"


@dataclass(frozen=True)
class MustMove:
    """The person moves: to one of these desks (() = any) in one of these waves (() = any)."""

    person: int
    desks: tuple[int, ...]
    waves: tuple[int, ...]
    label: str
    type: Literal["must_move"] = "must_move"


Limit = (
    Closed | Away | Elsewhere | BarredUnit | BarredDesk | Apart | UnitCap | LeaderCap | CycleLength
    | ChainLength | Tail | MustMove
)  # fmt: skip


@dataclass(frozen=True)
class Goals:
    """Prices in points; the plan with the fewest points is best (see goals.py)."""

    unplaced: int = 100_000  # for everybody due who does not move
    late_day: int = 200  # for each day past the limit that an earlier wave would have avoided
    distance_square: int = 40  # d km cost d + d * d / this, so that nobody is sent very far
    wish: int = 10  # for each step of a wish, -3 to 3
    touched: int = 6  # for each unit left or entered by a move
    early_month: int = 2  # for each whole month of 30 days that a due person moves before the limit
    changed: int = 2_000  # for each published move that does not stand, and each new one


@dataclass(frozen=True)
class Exchange:
    """Moves that happen together: person `people[i]` takes desk `desks[i]`, all in one wave."""

    kind: Literal["cycle", "chain"]
    people: tuple[int, ...]
    desks: tuple[int, ...]
    wave: int


@dataclass(frozen=True)
class MovesProblem:
    """People and desks of a year of rotation."""

    people: tuple[Person, ...]
    desks: tuple[Desk, ...]
    unit_places: tuple[tuple[float, float] | None, ...]  # lat, lon of each unit
    wave_days: tuple[int, ...]  # day number of each wave; ascending
    limits: tuple[Limit, ...]
    wishes: tuple[tuple[int, int, int], ...] = ()  # (person, unit, weight -3..3)
    goals: Goals = Goals()
    published: tuple[Exchange, ...] = ()  # what a repair should keep
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class MovesSolution:
    """Exchanges that take place; nobody and no desk stands in two."""

    exchanges: tuple[Exchange, ...]
