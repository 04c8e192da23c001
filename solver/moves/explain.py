"""Why somebody due is not moved, and the cheapest relaxation that was seen to place the person.

The first obstacles are read off the lawful arcs. Everything else is asked of the solver itself, in a
block of people around the person with all others standing still, once for each relaxation: nothing is
offered that was not solved, and nobody who was placed before is left without a place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from solver.effort import Effort
from solver.moves.block import Blocks
from solver.moves.easing import full, relaxed, used_by, with_newcomers
from solver.moves.goals import goal_values
from solver.moves.part import Part, exchanges_in, part_of
from solver.moves.problem import (
    Apart,
    Away,
    LeaderCap,
    MovesProblem,
    MovesSolution,
    MustMove,
    UnitCap,
)
from solver.moves.reach import reach_of
from solver.moves.solve_part import solve_part
from solver.moves.structure import structure
from solver.moves.ways import Ways
from solver.moves.why import Kind, Relaxation, Scope, Used, Why, applying
from solver.result import Progress

if TYPE_CHECKING:
    from solver.settings import Settings

SOLVE_SECONDS = 0.02  # effort of one question to a block, on one quiet core
PLACED = 10_000_000  # in a question a place for everybody comes before all other points
SINGLES = 8  # single uses of a relaxation that are tried when it is used several times
NEEDS_EXCHANGES = ("unit_cap", "leader_cap")  # of no use before lawful exchanges exist
NEEDS_ARCS = ("open_wave", *NEEDS_EXCHANGES)
ANY_TIME: tuple[Kind | None, ...] = ("no_common_wave", "cap_full", "apart", "competition", None)


def reasons(
    problem: MovesProblem,
    solution: MovesSolution,
    people: Sequence[int],
    relaxations: Sequence[Relaxation],
    settings: Settings,
    tell: Callable[[Progress], None] | None = None,
) -> list[Why]:
    """For each of these people who are due and not moved: the reason, and what would help."""
    return list(each_reason(problem, solution, people, relaxations, settings, tell))


def each_reason(
    problem: MovesProblem,
    solution: MovesSolution,
    people: Sequence[int],
    relaxations: Sequence[Relaxation],
    settings: Settings,
    tell: Callable[[Progress], None] | None = None,
) -> Iterator[Why]:
    """Reason after reason, as soon as it is known.

    The effort is bounded by `settings.time_limit_s`; when it ends, reasons go on and relaxations are no
    longer tried (`searched` is then False).
    """
    effort = Effort(settings)
    wide = with_newcomers(problem, relaxations)
    ways = Ways(reach_of(problem))
    blocks = Blocks(Ways(reach_of(wide)), solution, _waiting(problem, solution))
    for number, person in enumerate(people, 1):
        yield _why(ways, Question(wide, solution, person, blocks, effort), relaxations)
        if tell is not None:
            note = f"{number}/{len(people)}"
            tell(Progress("explain", effort.seconds, best=number, note=note))


def _waiting(problem: MovesProblem, solution: MovesSolution) -> list[int]:
    moved = {p for e in solution.exchanges for p in e.people}
    return [p for p, who in enumerate(problem.people) if who.due and p not in moved]


class Question:
    """One person, the block around, and what the solver answers when limits are eased."""

    def __init__(
        self,
        problem: MovesProblem,
        solution: MovesSolution,
        person: int,
        blocks: Blocks,
        effort: Effort,
    ) -> None:
        self.person, self.effort = person, effort
        self.problem, self.solution, self.blocks = problem, solution, blocks

    def look_around(self, groups: Iterable[int]) -> None:
        """Choose the block; `groups` may be joined with the person's own."""
        block = self.blocks.around(self.person, groups)
        self.part: Part = part_of(self.problem, self.solution, block.people, block.empty)
        self.number = self.part.number_of(self.person)
        waiting = {
            n
            for n, p in enumerate(self.part.people)
            if p in self.blocks.unplaced and p != self.person
        }
        self.small = only_asked_for(self.part.problem, self.number, waiting)
        self.whole = block.whole
        self.before = exchanges_in(self.part, self.solution)

    def ask(self, problem: MovesProblem) -> MovesSolution | None:
        """A plan for the block in which everybody due is placed; None when none was found."""
        if self.effort.left <= 0:
            return None
        self.effort.charge(SOLVE_SECONDS)
        plan = solve_part(problem, self.number, self.before)
        if plan is None:
            return None
        moved = {p for e in plan.exchanges for p in e.people}
        everybody = all(p in moved for p, who in enumerate(problem.people) if who.due)
        return plan if everybody else None

    def extra(self, plan: MovesSolution) -> int:
        """Points of the goals, apart from people unplaced, that a plan for the block costs more.

        More than the plan as it is, or than a better one that leaves the person out, too.
        """
        out = only_asked_for(self.small, -1, {self.number})
        stays = Away(self.number, tuple(range(len(out.wave_days))), "stays")
        better = self.ask(replace(out, limits=(*out.limits, stays)))
        old = [MovesSolution(self.before), *([better] if better else [])]
        return self._points(plan) - min(map(self._points, old))

    def _points(self, plan: MovesSolution) -> int:
        values = goal_values(self.part.problem, plan)
        return sum(values[name] for name in values if name not in ("unplaced", "changed"))


def only_asked_for(problem: MovesProblem, person: int, waiting: set[int]) -> MovesProblem:
    """The problem in which others who wait for a place may help, but are not what it is about."""
    people = tuple(
        replace(who, due=True) if n == person else replace(who, due=False) if n in waiting else who
        for n, who in enumerate(problem.people)
    )
    limits = tuple(
        x for x in problem.limits if not (isinstance(x, MustMove) and x.person in waiting)
    )
    goals = replace(problem.goals, unplaced=max(problem.goals.unplaced, PLACED))
    return replace(problem, people=people, limits=limits, goals=goals)


@dataclass(frozen=True)
class Answer:
    """A relaxation that works: the plan for the block, and what it uses."""

    relaxation: Relaxation
    used: tuple[Used, ...]
    plan: MovesSolution

    @property
    def price(self) -> int:
        """Points, as often as it is used."""
        return self.relaxation.price * max(1, len(self.used))


def _why(ways: Ways, question: Question, relaxations: Sequence[Relaxation]) -> Why:
    person = question.person
    known = structure(ways, person)
    why = Why(person, known.kind or "competition", known.labels, known.shortest)
    group = ways.reach.problem.people[person].group
    offers = applying(relaxations, group)
    question.look_around(g for r in offers for pair in r.groups if group in pair for g in pair)
    kind = known.kind
    if kind is None:
        plan = question.ask(question.small)
        if plan is not None:
            return _with_plan(replace(why, again=True), question, plan)
        kind, labels = _coupling(question)
        why = replace(why, kind=kind, labels=labels)
    return _with_relaxation(why, question, offers)


def _coupling(question: Question) -> tuple[Kind, tuple[str, ...]]:
    """Whether caps, or caps and people to be kept apart, are all that stands in the way."""
    small = question.small
    ways: tuple[tuple[Kind, tuple[type, ...]], ...] = (
        ("cap_full", (UnitCap, LeaderCap)),
        ("apart", (UnitCap, LeaderCap, Apart)),
    )
    for kind, lifted in ways:
        left = tuple(x for x in small.limits if not isinstance(x, lifted))
        if len(left) == len(small.limits):
            continue
        plan = question.ask(replace(small, limits=left))
        if plan is not None:
            return kind, _broken(small, plan)
    return "competition", ()


def _broken(problem: MovesProblem, plan: MovesSolution) -> tuple[str, ...]:
    from solver.moves.verify import verify

    return tuple(sorted({line.split(": ")[0] for line in verify(problem, plan)}))


def _with_relaxation(why: Why, question: Question, offers: Sequence[Relaxation]) -> Why:
    best: Answer | None = None
    tried: list[Relaxation] = []
    for offer in offers:
        if best is not None and offer.price >= best.price:
            break
        if not _can_help(why.kind, question, offer):
            continue
        answer = _answer(question, offer)
        if answer is None:
            tried.append(offer)
        elif best is None or answer.price < best.price:
            best = answer
    searched = question.effort.left > 0 or best is not None
    why = replace(why, tried=tuple(tried) if searched else (), searched=searched)
    if best is None:
        return replace(why, scope="whole group" if question.whole else "others fixed")
    why = replace(why, relaxation=best.relaxation, used=best.used, price=best.price)
    return _with_plan(why, question, best.plan)


def _can_help(kind: Kind, question: Question, offer: Relaxation) -> bool:
    """False only where a relaxation touches nothing that stands in the way."""
    if offer.kind in NEEDS_EXCHANGES:
        return kind == "cap_full"
    if offer.kind in NEEDS_ARCS:
        return kind in ANY_TIME
    if offer.kind == "limit":
        return relaxed(question.small, question.number, offer).limits != question.small.limits
    return True


def _answer(question: Question, offer: Relaxation) -> Answer | None:
    """How the relaxation places the person, used as seldom as was found."""
    small, number = question.small, question.number
    plan = question.ask(relaxed(small, number, offer))
    if plan is None:
        return None
    best = Answer(offer, used_by(small, number, offer, plan), plan)
    if len(best.used) > 1 and offer.kind not in ("cycle_length", "join"):
        for single in _singles(question, offer, best.used):
            plan = question.ask(relaxed(small, number, offer, single))
            if plan is not None:
                used = used_by(small, number, offer, plan)
                return Answer(offer, used, plan)
    return best


def _singles(question: Question, offer: Relaxation, used: tuple[Used, ...]) -> Iterator[Used]:
    """Single uses worth a try: those that were made, then all others."""
    small = question.small
    if offer.kind == "open_wave":
        every = [Used(wave=w) for w in range(len(small.wave_days))]
    elif offer.kind == "limit":
        every = [Used(person=question.number)]
    elif offer.kind == "helper":
        every = [Used(newcomer=n.person.label) for n in offer.newcomers]
    else:
        every = full(small, offer, MovesSolution(question.before))
    yield from list(dict.fromkeys([*used, *every]))[:SINGLES]


def _with_plan(why: Why, question: Question, plan: MovesSolution) -> Why:
    part, old = question.part, set(question.part.whole(question.before))
    used = tuple(replace(u, person=part.people[u.person]) if u.person >= 0 else u for u in why.used)
    new = tuple(e for e in part.whole(plan.exchanges) if e not in old)
    scope: Scope = "whole group" if question.whole else "others fixed"
    return replace(why, used=used, exchanges=new, extra=question.extra(plan), scope=scope)
