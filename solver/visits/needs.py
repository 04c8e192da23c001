"""What the team of each visit must look like, gathered from the limits on teams."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TypeVar

from solver.visits import problem as given
from solver.visits.problem import Problem


@dataclass
class Needs:
    """Limits on one visit's team."""

    barred: set[int] = field(default_factory=set)
    no_lead: set[int] = field(default_factory=set)
    lead: list[int] = field(
        default_factory=list
    )  # pinned leaders; two different ones cannot be met
    secretaries: list[frozenset[int]] = field(default_factory=list)
    covers: list[tuple[frozenset[int], int]] = field(default_factory=list)
    not_together: list[frozenset[int]] = field(default_factory=list)
    not_both: set[int] = field(default_factory=set)  # visits that share nobody with this one


def needs_of(problem: Problem) -> tuple[Needs, ...]:
    """Needs of each visit."""
    needs = tuple(Needs() for _ in problem.visits)
    for limit in problem.limits:
        match limit:
            case given.Barred():
                needs[limit.visit].barred.update(limit.inspectors)
            case given.PinLead():
                needs[limit.visit].lead.append(limit.inspector)
            case given.Cover():
                needs[limit.visit].covers.append((frozenset(limit.inspectors), limit.at_least))
            case given.NotTogether():
                needs[limit.visit].not_together.append(frozenset(limit.inspectors))
            case given.NotBoth():
                for v in limit.visits:
                    needs[v].not_both.update(set(limit.visits) - {v})
            case given.NotLead():
                for each in needs if limit.visit == -1 else (needs[limit.visit],):
                    each.no_lead.update(limit.inspectors)
            case given.Secretary():
                for each in needs if limit.visit == -1 else (needs[limit.visit],):
                    each.secretaries.append(frozenset(limit.inspectors))
    return needs


def last_lead_day(problem: Problem) -> list[int]:
    """Last day on which a visit led by each inspector may end."""
    last = [problem.n_days] * problem.n_inspectors
    for limit in problem.limits:
        if isinstance(limit, given.NotLeadAfter):
            last[limit.inspector] = min(last[limit.inspector], limit.last_end)
    return last


G = TypeVar("G", given.KeepApart, given.AtMostOne)


def groups_by_visit(problem: Problem, kind: type[G]) -> dict[int, list[G]]:
    """Limits of one kind on groups of visits, by each visit in them."""
    found: dict[int, list[G]] = defaultdict(list)
    for limit in problem.limits:
        if isinstance(limit, kind):
            for v in set(limit.visits):
                found[v].append(limit)
    return found
