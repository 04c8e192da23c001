"""A wish about one visit - a day or week, a team, somebody on it or off it - as limits labelled "wish"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.errors import Refused
from scheduler.why.answer import listed
from solver.visits.problem import Barred, Cover, ForbidStarts, Limit, Must, Problem, Solution

if TYPE_CHECKING:
    from scheduler.case import Case

WISH = "wish"  # label of its limits


@dataclass(frozen=True)
class Wish:
    """What somebody would like of one visit; what is not given stays open."""

    visit: int
    first: date | None = None  # begins on one of these days
    last: date | None = None
    team: tuple[int, ...] = ()  # on the team, and nobody else when it is complete
    without: tuple[int, ...] = ()  # not on the team

    def limits(self, case: Case) -> tuple[Limit, ...]:
        """The wish as limits; the visit must then take place."""
        owed = case.owed[self.visit]
        found: list[Limit] = [Must(self.visit, WISH)]
        if self.first is not None and self.last is not None:
            wrong = tuple(
                s for s, day in enumerate(case.days) if not self.first <= day <= self.last
            )
            found.append(ForbidStarts(self.visit, wrong, WISH))
        found += [Cover(self.visit, (who,), 1, WISH) for who in self.team]
        out = set(self.without)
        if len(self.team) >= owed.size:
            out |= set(range(len(case.office.inspectors))) - set(self.team)
        if out:
            found.append(Barred(self.visit, tuple(sorted(out)), WISH))
        return tuple(found)

    def added(self, problem: Problem, case: Case) -> Problem:
        """The problem with the wish forced."""
        return replace(problem, limits=(*problem.limits, *self.limits(case)))

    def holds(self, case: Case, plan: Solution) -> bool:
        """Whether a plan already is as wished."""
        start, team = plan.starts[self.visit], set(plan.teams[self.visit])
        if start < 0 or not team >= set(self.team) or team & set(self.without):
            return False
        return (
            self.first is None or self.last is None or self.first <= case.days[start] <= self.last
        )

    def closed(self, case: Case) -> tuple[str, ...]:
        """Id of the rule of the calendar for which no wished day can be the first of the visit, if so."""
        if self.first is None or self.last is None:
            return ()
        open_days = [n for n, day in enumerate(case.days) if self.first <= day <= self.last]
        if not open_days:
            return ("calendar.working-days",)
        fits = open_days[0] + case.owed[self.visit].days <= len(case.days)
        return () if fits else ("calendar.in-year",)

    def words(self, case: Case) -> Message:
        """The wish in words."""
        people = case.office.inspectors
        said = []
        if self.first is not None and self.last is not None:
            days = {"first": f"{self.first:%d/%m/%Y}", "last": f"{self.last:%d/%m/%Y}"}
            same = self.first == self.last
            said.append(
                Message("bắt đầu ngày {first}", days)
                if same
                else Message("bắt đầu trong tuần {first} - {last}", days)
            )
        if self.team:
            who = ", ".join(f"{people[i].name} ({people[i].inspector_id})" for i in self.team)
            said.append(Message("có {who} trong đoàn", {"who": who}))
        if self.without:
            who = ", ".join(f"{people[i].name} ({people[i].inspector_id})" for i in self.without)
            said.append(Message("không có {who} trong đoàn", {"who": who}))
        return listed(said) if said else Message("có trong kế hoạch")


def days_of(text: str, year: int) -> tuple[date, date]:
    """The days that a text means: one date (2027-03-15, 15/03/2027), or a whole week (2027-W11).

    Raises
    ------
    Refused
        When it is neither, or not in the year.

    Examples
    --------
    >>> [day.isoformat() for day in days_of("2027-W11", 2027)]
    ['2027-03-15', '2027-03-21']
    """
    wrong = Refused(Message(
        "Không hiểu «{day}». Viết ngày (2027-03-15 hoặc 15/03/2027) hoặc tuần (2027-W11) của năm {year}.",
        {"day": text, "year": year},
    ))  # fmt: skip
    try:
        if "/" in text:
            day, month, whole = (int(part) for part in text.split("/"))
            first = last = date(whole, month, day)
        elif "W" in text.upper():
            whole, week = (int(part) for part in text.upper().split("-W"))
            first = date.fromisocalendar(whole, week, 1)
            last = first + timedelta(days=6)
        else:
            first = last = date.fromisoformat(text)
    except ValueError:
        raise wrong from None
    if year not in (first.year, last.year):
        raise wrong
    return first, last
