"""How near to its old team a visit can be on each day: people that are missing, and a team that fills up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from solver.visits.around.base import Base
from solver.visits.roster import Roster

FILLED = 2  # people missing from a team up to whom every way of filling it is looked at


def missing(roster: Roster, base: Base, v: int, starts: Iterable[int]) -> dict[int, int]:
    """For each start, the fewest new members that the visit needs then, beside the roster."""
    team, size = set(base.plan.teams[v]), roster.size(v)
    found = {}
    for s in starts:
        left = team.intersection(roster.candidates(v, s))
        whole = len(left) == size and (
            roster.in_roles(v, s, sorted(left)) is None or not _fits(roster, v, left)
        )
        found[s] = max(0, size - len(left)) + whole
    return found


def _fits(roster: Roster, v: int, team: Collection[int]) -> bool:
    """Holders for every cover, and nobody with whom not to be together."""
    needs = roster.needs[v]
    return all(len(held.intersection(team)) >= least for held, least in needs.covers) and all(
        len(group.intersection(team)) <= 1 for group in needs.not_together
    )


def team_near(roster: Roster, base: Base, v: int, start: int) -> tuple[int, ...] | None:
    """A team on that day with as many of the old members as can come; None when none is found quickly."""
    who = roster.candidates(v, start)
    left = [i for i in base.plan.teams[v] if i in who]
    for keep in range(min(len(left), roster.size(v)), 0, -1):
        lack = roster.size(v) - keep
        if lack > FILLED:
            break
        fresh = [i for i in who if i not in left]
        for stay in combinations(left, keep):
            for join in combinations(fresh, lack):
                team = [*stay, *join]
                seats = roster.in_roles(v, start, team) if _fits(roster, v, team) else None
                if seats is not None:
                    was = base.place(v)[1]
                    return was if sorted(was) == sorted(seats) else seats
    return roster.team_for(v, start)


def insert_near(roster: Roster, base: Base, v: int) -> bool:
    """Puts a visit where the fewest new members are needed, then where it costs least."""
    open_starts = roster.open_starts(v).tolist()
    lack = missing(roster, base, v, open_starts) if base.plan.teams[v] else {}
    was = base.plan.starts[v]
    for start in sorted(open_starts, key=lambda s: (lack.get(s, 0), s != was)):
        team = team_near(roster, base, v, start)
        if team is not None:
            roster.take(v, start, team)
            if roster.kept_free([v]):
                return True
            roster.drop(v)
    return False


@dataclass(frozen=True)
class Reach:
    """Days and people to choose from; the fewest new members in all, and with these the fewest moved visits."""

    starts: Mapping[int, Sequence[int]]
    members: Mapping[int, Sequence[int]]
    people: int = 0
    moved: int = 0


def reach(
    roster: Roster,
    base: Base,
    starts: Mapping[int, Sequence[int]],
    members: Mapping[int, Sequence[int]],
    most_people: int | None,
    most_moved: int | None = None,
) -> Reach:
    """What is left of the choices with at most so many people new and visits moved; nothing lawful is lost.

    The roster holds the visits that stay; the freed ones are looked at one by one beside it.
    """
    lacks = {v: missing(roster, base, v, starts[v]) for v in starts if base.plan.teams[v]}
    fewest = {v: min(lack.values(), default=0) for v, lack in lacks.items()}
    least = sum(fewest.values())
    if most_people is None or most_people < least:
        return Reach(starts, members, least, 0)
    slack = most_people - least
    days, people = dict(starts), dict(members)
    for v, lack in lacks.items():
        days[v] = [s for s in starts[v] if lack[s] <= fewest[v] + slack]
        if fewest[v] + slack == 0:
            people[v] = [i for i in members[v] if i in base.plan.teams[v]]
    stay = {v: base.plan.starts[v] for v in lacks if base.plan.starts[v] in days[v]}
    moved = len(lacks) - len(stay)
    if moved == most_moved:
        days |= {v: [start] for v, start in stay.items()}
    return Reach(days, people, least, moved)
