"""Why somebody due is not moved and what would help, as plain data; and relaxations as data.

A relaxation is something the planner may decide; what the law gives is not in the list. Its price says
how much it is worth avoiding: they are tried from the cheapest on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solver.moves.problem import Desk, Exchange, Limit, Person

Kind = Literal[
    "no_desk",  # no other desk in the group
    "own_unit",  # every other desk of the group stands in the own unit and is no other place
    "barred",  # labels bar every other desk
    "no_taker",  # labels bar everybody from the own desk, or nobody is there
    "no_way_round",  # no cycle of any length and no chain leads through the person
    "longer_cycle",  # only cycles with more people than are allowed
    "no_common_wave",  # exchanges exist, but all who take part can never move together
    "cap_full",  # lifting caps alone would place the person
    "apart",  # lifting caps and what keeps two people apart would
    "competition",  # others need the desks
]
Lever = Literal["unit_cap", "leader_cap", "open_wave", "cycle_length", "limit", "join", "helper"]
Scope = Literal["whole group", "others fixed"]


@dataclass(frozen=True)
class Newcomer:
    """Somebody outside the problem who could help, with the own desk.

    `limits` (Away, BarredUnit, BarredDesk) are the person's, whatever person number stands in them;
    units, waves and desks are those of the problem.
    """

    person: Person
    desk: Desk
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True)
class Relaxation:
    """One thing that may be eased for one person, and its price in points for each time it is used.

    unit_cap, leader_cap: one more move of one unit in one wave. open_wave: one wave closed by `label` is
    opened. cycle_length: cycles of up to `most` people. limit: limits with `label` are left out for the
    person, or for who takes the own desk (`pin:` labels: for everybody). join: the person may take desks of
    a group joined by `groups` and somebody of it the own desk. helper: one of `newcomers` may move.
    """

    kind: Lever
    price: int
    label: str
    most: int = 0
    groups: tuple[tuple[int, int], ...] = ()
    newcomers: tuple[Newcomer, ...] = ()


@dataclass(frozen=True)
class Used:
    """How a relaxation is used by the plan that was found; -1 and "" where it does not apply."""

    unit: int = -1
    wave: int = -1
    size: int = -1  # people in a longer cycle
    person: int = -1  # for whom a limit is left out, or who changes group
    group: int = -1
    newcomer: str = ""


@dataclass(frozen=True)
class Why:
    """Why a due person is not moved, and the cheapest relaxation that was seen to place the person.

    `exchanges` is the part of the plan that changes, after the relaxation, in numbers of the problem
    (newcomers are numbered behind the problem's people and desks, in the order of the relaxations);
    everybody placed before stays placed. `again` says that solving again, without any relaxation,
    placed the person.
    """

    person: int
    kind: Kind
    labels: tuple[str, ...] = ()
    shortest: int = 0  # people in the shortest cycle through the person; 0: none
    relaxation: Relaxation | None = None
    used: tuple[Used, ...] = ()
    price: int = 0  # of the relaxation, as often as it is used
    extra: int = 0  # points of the other goals that the plan costs more
    scope: Scope = "others fixed"
    again: bool = False
    exchanges: tuple[Exchange, ...] = ()
    tried: tuple[Relaxation, ...] = ()  # without success, all at their price or below
    searched: bool = True  # False: effort ran out before all relaxations were tried


def applying(relaxations: Iterable[Relaxation], group: int) -> list[Relaxation]:
    """The relaxations that can mean anything to people of a group, the cheapest first."""
    return sorted(
        (
            r
            for r in relaxations
            if (r.kind != "join" or any(group in pair for pair in r.groups))
            and (r.kind != "helper" or any(n.person.group == group for n in r.newcomers))
        ),
        key=lambda r: r.price,
    )
