"""A clash in words: the rules with value and article, the visits they meet in, and the ways out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.clash import clashing_labels, clashing_visits, proven_impossible, without
from scheduler.errors import Clash, ClashingRule
from scheduler.relaxations import Change, changes, shown_value, ways_out
from scheduler.rulebook import Rulebook, with_trial
from solver.result import Status
from solver.visits.problem import Problem
from solver.visits.restrict import restrict

if TYPE_CHECKING:
    from scheduler.case import Case

Solves = Callable[[Sequence[Problem]], list[Status]]


def explain_clash(
    case: Case, problem: Problem, rebuild: Callable[[Rulebook], Problem], solves: Solves
) -> Clash:
    """The smallest clashing set of rules of a year proven to have no plan, and what would help.

    Parameters
    ----------
    case, problem : the year and its numbers
    rebuild : the year's problem under another rulebook (trial values change what is owed, too)
    solves : feasibility of problems
    """
    rulebook = case.rulebook
    visits = clashing_visits(problem, solves)
    part = restrict(problem, visits)
    labels, helped = clashing_labels(part, solves)
    rules = tuple(clashing_rule(label, helped[label], case, part) for label in labels)
    more = proven_impossible(without(problem, frozenset(labels)), solves)

    def problem_with(change: Change) -> Problem:
        if change.value is None:
            return without(problem, frozenset({change.label}))
        return rebuild(with_trial(rulebook, {change.label: change.value}))

    tries = list(changes(labels, rulebook))
    found = ways_out(tries, problem_with, solves) if not more else []
    names = tuple(case.owed[v].visit_id for v in visits)
    return Clash(case.year, rules, names, tuple(found), more, len(tries))


def clashing_rule(label: str, helped: bool, case: Case, part: Problem) -> ClashingRule:
    """One rule of the clash with its name, value and source, and how much it touches there."""
    touched = sum(limit.label == label for limit in part.limits)
    if label.startswith("pin:"):
        row = int(label.removeprefix("pin:"))
        pin = next(p for p in case.office.pins if p.row == row)
        return ClashingRule(
            label, Message("Yêu cầu ghim của người lập kế hoạch"), "phải" if pin.must else "không",
            f"pins, dòng {row}", Message("lý do: {reason}", {"reason": pin.reason}), helped,
        )  # fmt: skip
    policy = case.rulebook[label]
    return ClashingRule(
        label, Message(policy.title_vi), shown_value(policy.value), policy.source,
        Message("{n} điều kiện trong các cuộc kiểm tra này", {"n": touched}), helped,
    )  # fmt: skip
