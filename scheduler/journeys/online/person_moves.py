"""Where one official stands in the rotation plans that are in force or in the making."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.exports.rotation_public import public_plan
from data.records import Move, RotationPlan
from data.store import moves, plans
from scheduler.journeys.online.people import GROUNDS
from scheduler.journeys.online.rotations import names_in
from scheduler.lifecycle import APPROVED, CHECKED, DRAFT, PUBLISHED, SUBMITTED

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.plans import Version
    from data.store.store import Store

OPEN = (DRAFT, CHECKED, SUBMITTED, APPROVED)
READ = "rotations.read"


@dataclass(frozen=True)
class PlaceInPlan:
    """What a version has for somebody.

    Attributes
    ----------
    move : None for somebody due who has no place in it
    goes_from, goes_to : title and unit of the two posts
    """

    version: Version
    move: Move | None
    goes_from: tuple[str, str]
    goes_to: tuple[str, str]


def places_of(store: Store, by: Actor, staff_id: str, lang: str) -> list[PlaceInPlan]:
    """The version in force, then the newest one in the making; without reasons for who may not know them."""
    if not by.may(READ):
        return []
    with store.reading() as db:
        newest = {
            plan_id: move
            for states in ((PUBLISHED,), OPEN)
            for plan_id, move in moves.of_person(db, staff_id, states)[:1]
        }
        versions = [plans.get(db, plans.MOVES, plan_id) for plan_id in newest]
    posts = {post for m in newest.values() if m for post in (m.from_position, m.to_position)}
    names = names_in(store, None, (), posts).posts

    def named(post: str) -> tuple[str, str]:
        title, _, unit = names.get(post, (post, "", ""))
        return title, unit

    found = []
    for version in versions:
        move = newest[version.id]
        if move and not by.may(GROUNDS):
            (move,) = public_plan(RotationPlan(version.year, (move,), ()), lang).moves
        ends = (
            (named(move.from_position), named(move.to_position)) if move else (("", ""), ("", ""))
        )
        found.append(PlaceInPlan(version, move, *ends))
    return found
