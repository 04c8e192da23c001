"""Why somebody is not moved to a post: what it would cost, whom it touches, or the rules against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.words import Message
from scheduler.move_options import post_facts, post_words
from scheduler.rotation_names import rules_named
from scheduler.why.answer import Answer, Section
from scheduler.why.staff import points_words
from solver.moves.goals import goal_values

if TYPE_CHECKING:
    from scheduler.rotation_numbers import PlannedRotation
    from solver.moves.problem import MovesSolution
    from solver.moves.single import Post

COST = Message("Giá phải trả")
CHANGES = Message("Những gì thay đổi")
RULES = Message("Các quy tắc không cho phép")


@dataclass(frozen=True)
class MoveWish:
    """Somebody to a post, in a wave if one is given."""

    person: int
    desks: tuple[int, ...]  # the desks of the position
    wave: int = -1  # -1: any

    def wanted(self, desk: int, wave: int) -> bool:
        """Whether a move is as wished."""
        return desk in self.desks and self.wave in (-1, wave)

    def holds(self, plan: MovesSolution) -> bool:
        """Whether a plan has it."""
        return any(
            p == self.person and self.wanted(d, e.wave)
            for e in plan.exchanges
            for p, d in zip(e.people, e.desks, strict=True)
        )


def move_already(year: PlannedRotation, wish: MoveWish) -> Answer:
    """The plan has the move: nothing to pay, nothing to change."""
    zero = dict.fromkeys(year.values, 0)
    facts = {"before": dict(year.values), "after": dict(year.values), "loss": zero}
    short = Message("Kế hoạch đã như vậy: không tốn gì, không đổi gì.")
    return _answer(year, wish, "already", short, (), facts)


def move_can_be(year: PlannedRotation, wish: MoveWish, post: Post) -> Answer:
    """The move with only the person's own exchange undone: the loss, and who moves."""
    facts = {"loss": post.change, "option": post_facts(year, post)}
    short = Message("Làm được: {how}.", {"how": post_words(year, post)})
    cost = Section("cost", COST, (points_words(post.change),), facts)
    return _answer(year, wish, "possible", short, (cost,), facts)


def move_by_others(year: PlannedRotation, wish: MoveWish, plan: MovesSolution) -> Answer:
    """The move in a plan in which other exchanges change, too."""
    after = goal_values(year.problem, plan)
    loss = {name: after[name] - n for name, n in year.values.items()}
    old, new = set(year.solution.exchanges), set(plan.exchanges)
    told = [
        Message("{sign} {people}: {day}", {
            "sign": sign, "day": year.names.day(e.wave),
            "people": "; ".join(
                f"{year.person(year.names.person(p))} → {year.names.post(d)}"
                for p, d in zip(e.people, e.desks, strict=True)
            ),
        })
        for sign, changed in (("−", old - new), ("+", new - old))
        for e in sorted(changed, key=lambda e: (e.wave, e.people))
    ]  # fmt: skip
    facts = {"before": dict(year.values), "after": after, "loss": loss}
    short = Message("Làm được: {change}; {n} nhóm chuyển đổi thay đổi.", {
        "change": points_words(loss), "n": len(new - old),
    })  # fmt: skip
    sections = (
        Section("cost", COST, (points_words(loss),), facts),
        Section("changes", CHANGES, tuple(told)),
    )
    return _answer(year, wish, "possible", short, sections, facts)


def move_cannot_be(
    year: PlannedRotation, wish: MoveWish, labels: Sequence[str], scope: str
) -> Answer:
    """The rules in the way: "each alone", "together", or only with the "others standing" as they are."""
    rules = {"rules": rules_named(year.case, labels)}
    short = (
        Message("Không làm được, vì: {rules}.", rules)
        if scope != "others standing"
        else Message("Khi các chuyển đổi khác giữ nguyên thì không làm được, vì: {rules}.", rules)
    )
    told = [rules_named(year.case, [label]) for label in labels]
    section = Section("rules", RULES, tuple(told), {"rules": list(labels), "scope": scope})
    return _answer(year, wish, "forbidden", short, (section,), {"rules": list(labels)})


def move_not_found(year: PlannedRotation, wish: MoveWish) -> Answer:
    """No exchange brings the person there, and none was found by changing others."""
    short = Message(
        "Không có vòng hay chuỗi nào đưa người này đến đó, kể cả khi đổi các nhóm khác."
    )
    return _answer(year, wish, "unknown", short, (), {})


def _answer(
    year: PlannedRotation, wish: MoveWish, verdict: str, short: Message, sections: Sequence[Section],
    facts: dict[str, Any],
) -> Answer:  # fmt: skip
    who = year.names.person(wish.person)
    words = {"who": year.person(who), "post": year.names.post(wish.desks[0])}
    about = {
        "staff": who, "to": year.problem.desks[wish.desks[0]].label, "wave": wish.wave + 1,
        "verdict": verdict, **facts,
    }  # fmt: skip
    question = Message("Vì sao {who} không chuyển đến {post}?", words)
    return Answer(question, short, tuple(sections), about)
