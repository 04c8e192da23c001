"""Standing teams for surprise visits, formed out of the inspectors, and on which days each can go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from data.words import Message

if TYPE_CHECKING:
    from data.records import Inspector

FEWEST = 2  # teams: with one, everybody knows who comes


@dataclass(frozen=True)
class SurpriseTeam:
    """A standing team; the first member leads while present."""

    team: str
    members: tuple[str, ...]  # inspector ids


class NoTeams(Exception):
    """Too few inspectors, or too few who may lead, for two teams."""

    def __init__(self, people: int, leaders: int, size: int) -> None:
        self.message = Message(
            "Cần ít nhất {teams} tổ {size} người, mỗi tổ có người đủ điều kiện làm trưởng đoàn; hiện có "
            "{people} người, {leaders} người đủ điều kiện. Bổ sung bảng inspectors.",
            {"teams": FEWEST, "size": size, "people": people, "leaders": leaders},
        )
        super().__init__(self.message.say("en"))


def form_teams(inspectors: Sequence[Inspector], size: int) -> tuple[SurpriseTeam, ...]:
    """Disjoint teams, each with somebody who may lead, skills dealt out evenly; always the same.

    Raises
    ------
    NoTeams
        When there are not two.
    """
    people = sorted(inspectors, key=lambda who: who.inspector_id)
    leaders = [who for who in people if who.can_lead]
    count = min(len(people) // size, len(leaders))
    if count < FEWEST:
        raise NoTeams(len(people), len(leaders), size)
    teams: list[list[Inspector]] = [[who] for who in leaders[:count]]
    rest = [who for who in people if who not in leaders[:count]]
    while any(len(team) < size for team in teams):
        for team in sorted(teams, key=len):
            if len(team) < size:
                best = max(rest, key=lambda who: (_adds(team, who), -rest.index(who)))
                team.append(best)
                rest.remove(best)
    return tuple(
        SurpriseTeam(f"T{number:02}", tuple(who.inspector_id for who in team))
        for number, team in enumerate(teams, start=1)
    )


def _adds(team: Sequence[Inspector], who: Inspector) -> tuple[int, bool]:
    """New skills first, then a colleague: people of one unit are barred from the same places.

    Dealt out over all teams they would bar every team from their own unit, and nobody could ever go there.
    """
    held = {skill for member in team for skill in member.skills}
    return len(set(who.skills) - held), who.home_unit_id in {m.home_unit_id for m in team}


def can_go(
    team: SurpriseTeam, people: Mapping[str, Inspector], busy: frozenset[str], fewest: int
) -> bool:
    """Whether enough of a team, with somebody who may lead, are neither away nor on a planned visit."""
    there = [people[who] for who in team.members if who in people and who not in busy]
    return len(there) >= fewest and any(who.can_lead for who in there)


def busy_by_day(
    stays: Sequence[tuple[str, date, date]], days: Sequence[date]
) -> dict[date, frozenset[str]]:
    """Day -> who is away or on a visit, out of (person, first day, last day)."""
    found: dict[date, set[str]] = defaultdict(set)
    for who, first, last in stays:
        for day in days:
            if first <= day <= last:
                found[day].add(who)
    return {day: frozenset(found[day]) for day in days}
