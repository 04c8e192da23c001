"""Posts for one person of a rotation plan, ranked, everybody else's moves standing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.words import Message
from scheduler.errors import Refused
from scheduler.recommend import MOST, OPTIONS
from scheduler.why.answer import Answer, Section
from scheduler.why.staff import PART_WORDS, points_words
from solver.moves.single import Post, posts

if TYPE_CHECKING:
    from scheduler.rotation_numbers import PlannedRotation


def mover(year: PlannedRotation, staff_id: str) -> int:
    """Number of somebody who may move this year.

    Raises
    ------
    Refused
        With why the person is not among those who may.
    """
    if staff_id not in year.number:
        words = {
            "who": year.person(staff_id), "part": PART_WORDS[str(year.case.people.at[staff_id, "part"])],
        }  # fmt: skip
        raise Refused(Message("{who} không chuyển được trong năm này: {part}.", words))
    return year.number[staff_id]


def posts_for(year: PlannedRotation, staff_id: str, most: int = MOST) -> Answer:
    """The posts that somebody could take with only the own exchange undone, the cheapest first."""
    found = posts(year.problem, year.solution, mover(year, staff_id), most)
    question = Message("{who} nên chuyển đến đâu?", {"who": year.person(staff_id)})
    short = (
        Message("{n} vị trí tốt nhất, các chuyển đổi khác giữ nguyên.", {"n": len(found)})
        if found
        else Message("Khi các chuyển đổi khác giữ nguyên, không có vị trí nào người này đến được.")
    )
    section = Section("options", OPTIONS, tuple(post_words(year, p) for p in found), {
        "options": [post_facts(year, post) for post in found]
    })  # fmt: skip
    return Answer(question, short, (section,), {"staff": staff_id})


def post_words(year: PlannedRotation, post: Post) -> Message:
    """Where, when, with whom, at what price."""
    person = post.exchange.people[post.exchange.desks.index(post.desk)]
    others = [year.person(year.names.person(p)) for p in post.exchange.people if p != person]
    words = {
        "post": year.names.post(post.desk), "day": year.names.day(post.exchange.wave),
        "others": ", ".join(others), "change": points_words(post.change),
    }  # fmt: skip
    if others:
        return Message("{post}, đợt {day}, cùng {others}; {change}", words)
    return Message("{post}, đợt {day}; {change}", words)


def post_facts(year: PlannedRotation, post: Post) -> dict[str, Any]:
    """A post as plain values."""
    problem, exchange = year.problem, post.exchange
    return {
        "position": problem.desks[post.desk].label, "wave": exchange.wave + 1, "kind": exchange.kind,
        "moves": [
            {"staff": problem.people[p].label, "to": problem.desks[d].label}
            for p, d in zip(exchange.people, exchange.desks, strict=True)
        ],
        "loss": post.change,
    }  # fmt: skip
