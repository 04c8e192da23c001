"""A clash in words: the rules with value and article, the rows and visits they meet in, and the ways out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from data.citations import Cited
from data.records import Pin
from data.words import Message
from scheduler.case import Case
from scheduler.clash_rows import row_in_words
from scheduler.errors import Clash, ClashingRow, ClashingRule
from scheduler.relaxations import Change, ladders, only_named, shown_value, ways_out
from scheduler.rulebook import Rulebook, with_trial
from solver.visits.restrict import restrict, without

if TYPE_CHECKING:
    from data.records import Office
    from solver.result import Core
    from solver.visits.problem import Problem

BLAMED_LAST = (
    "capacity.reserve",
    "visit.one-week",
)  # they give way to what a person can see and change
ROWS = (
    "person.absence", "blackout.unit", "blackout.other-body", "interest.declared",
    "interest.home-unit", "interest.former-unit", "interest.relative",
    "independence.previous-leader", "team.skills",
)  # fmt: skip  # rules whose limits each stand for a row of the data

Rebuild = Callable[[Rulebook, "Office"], "Problem"]
FirstFeasible = Callable[[Sequence[Sequence["Problem"]], Sequence[str]], Sequence[int]]


def clash_of(
    core: Core, case: Case, problem: Problem, rebuild: Rebuild, first_feasible: FirstFeasible
) -> Clash:
    """The smallest clashing set of rules of a year proven to have no plan, and what would help.

    Parameters
    ----------
    core : labels and visits that clash, each seen by a solve
    case, problem : the year and its numbers
    rebuild : the year's problem under another rulebook and office (both may change what is owed)
    first_feasible : for each list of problems, the number of the first that has a plan, -1 for none, -2
        for not asked; the ids are those of the clash's visits, which are asked about first
    """
    part = restrict(problem, core.visits)
    rules = tuple(
        _clashing_rule(label, helped, case, part)
        for label, helped in zip(core.labels, core.helped, strict=True)
    )
    rows = tuple(
        ClashingRow(item.label, row_in_words(item, case, core.visits), proven)
        for item, proven in zip(core.items, core.items_helped, strict=True)
    )

    def problem_with(change: Change) -> Problem:
        if change.drop:
            return without(problem, frozenset({change.drop}))
        rules = with_trial(case.rulebook, change.trial) if change.trial else case.rulebook
        return rebuild(rules, change.office or case.office)

    tries = ladders(core.labels, case, core.visits)
    ids = tuple(case.owed[v].visit_id for v in core.visits)
    found, untried = ways_out(
        tries,
        lambda some: first_feasible([[problem_with(c) for c in ladder] for ladder in some], ids),
    )
    return Clash(
        year=case.year, rules=rules, rows=rows,
        visits=tuple(_visit_in_words(case, v) for v in core.visits),
        visit_ids=ids,
        people=len(case.office.inspectors), relaxations=tuple(found),
        named=tuple(only_named(core.labels, tries)), more=core.more,
        tried=sum(len(ladder) for ladder in tries) - untried, untried=untried,
    )  # fmt: skip


def _visit_in_words(case: Case, v: int) -> Message:
    owed = case.owed[v]
    titles = {c.campaign_id: c.title for c in case.office.campaigns}
    return Message(
        "{visit_id}: {kind} tại {unit}, {days} ngày, đoàn {size} người, từ {first} đến {last}",
        {
            "visit_id": owed.visit_id,
            "kind": Message("chuyên đề «{title}»", {"title": titles[owed.campaign_id]})
            if owed.campaign_id in titles
            else KINDS[owed.kind],
            "unit": case.units[owed.unit_id].name,
            "days": owed.days,
            "size": owed.size,
            "first": f"{owed.due_from:%d/%m/%Y}",
            "last": f"{owed.due_to:%d/%m/%Y}",
        },
    )


KINDS = {
    "periodic": Message("kiểm tra định kỳ"),
    "thematic": Message("kiểm tra chuyên đề"),
    "follow_up": Message("tái kiểm tra"),
}


def _pin_in_words(pin: Pin, case: Case) -> Message:
    unit = case.units.get(pin.unit_id)
    day = pin.date or pin.week
    off = pin.date is not None and not case.calendar.is_working(pin.date)
    return Message(
        "{unit} {day} {who} {off}; lý do: {reason}",
        {
            "unit": unit.name if unit else "",
            "day": f"{day:%d/%m/%Y}" if day else "",
            "who": pin.inspector_id,
            "off": Message("(không phải ngày làm việc)") if off else "",
            "reason": pin.reason,
        },
    )


def _clashing_rule(label: str, helped: bool, case: Case, part: Problem) -> ClashingRule:
    """One rule of the clash with its name, value and source, and how much it touches there."""
    touched = sum(limit.label == label for limit in part.limits)
    if label.startswith("pin:"):
        row = int(label.removeprefix("pin:"))
        pin = next(p for p in case.office.pins if p.row == row)
        return ClashingRule(
            label=label,
            title=Message("Yêu cầu ghim của người lập kế hoạch"),
            value=Message("phải có") if pin.must else Message("không được có"),
            source=Message("bảng pins, dòng {row}", {"row": row}),
            touches=_pin_in_words(pin, case),
            verified=helped,
        )
    policy = case.rulebook[label]
    return ClashingRule(
        label=label,
        title=Message(policy.title_vi),
        value=_value_for(label, policy.value, case),
        source=Cited(policy.source),
        touches=Message("liên quan {n} điều kiện", {"n": touched}),
        verified=helped,
    )


def _value_for(label: str, value: object, case: Case) -> str:
    """The value as it binds here: people's own month days come before the rule's."""
    own = sorted({i.max_days_per_month for i in case.office.inspectors} - {None})  # type: ignore[type-var]
    if label == "person.month-days" and own:
        return f"{own[0]}" if len(own) == 1 else f"{own[0]}-{own[-1]}"
    return shown_value(value)
