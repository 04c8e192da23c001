"""Who leads and who keeps the minutes: teams as the plan writes them, and whether a team is whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from solver.visits.teams.problem import Teams

LEAD = 1


def missing(teams: Teams, r: int, team: Sequence[int]) -> int:
    """Mask of the rows of visit `r` that still want a holder, given these members.

    Leader and secretary are two people: with only one of them there, both their bits are given back.
    """
    bits, needs = [int(teams.needs.bits[r, i]) for i in team], teams.needs
    held = 0
    for b in bits:
        held |= b
    secretary = int(needs.secretary[r])
    open_rows = (LEAD | secretary | int(needs.once[r])) & ~held
    for mask, wanted in needs.more[r].items():
        if sum(b & mask > 0 for b in bits) < wanted:
            open_rows |= mask
    if secretary and not open_rows & (LEAD | secretary) and leader_of(teams, r, team) < 0:
        open_rows |= LEAD | secretary
    return open_rows


def quarrels(teams: Teams, r: int, team: Iterable[int]) -> bool:
    """Whether two members stand in one row that bears at most one."""
    seen, apart = 0, int(teams.needs.apart[r])
    for i in team:
        mine = int(teams.needs.bits[r, i]) & apart
        if seen & mine:
            return True
        seen |= mine
    return False


def leader_of(teams: Teams, r: int, team: Sequence[int]) -> int:
    """The first member who can lead while others fill every secretary row, -1 when nobody can."""
    secretary = int(teams.needs.secretary[r])
    for i in sorted(team):
        if teams.needs.bits[r, i] & LEAD:
            held = 0
            for j in team:
                if j != i:
                    held |= int(teams.needs.bits[r, j])
            if secretary & ~held == 0:
                return i
    return -1


def whole(teams: Teams, r: int, team: Sequence[int]) -> bool:
    """Whether these members make a legal team, looked at alone."""
    return (
        len(team) == teams.size[r]
        and all(teams.needs.may[r, i] for i in team)
        and not quarrels(teams, r, team)
        and missing(teams, r, team) == 0
        and leader_of(teams, r, team) >= 0
    )


def seated(teams: Teams, r: int, team: Sequence[int]) -> tuple[int, ...]:
    """The members as the plan writes them: leader, secretary where one is asked for, the others ascending."""
    if not team:
        return ()
    leader = leader_of(teams, r, team)
    others = sorted(set(team) - {leader})
    secretary = int(teams.needs.secretary[r])
    if secretary:
        second = max(
            others, key=lambda i: ((int(teams.needs.bits[r, i]) & secretary).bit_count(), -i)
        )
        others.remove(second)
        others.insert(0, second)
    return (leader, *others)
