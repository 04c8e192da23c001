"""From the empty workbook to the first plan: which steps are done, for an installation that is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.store import boards, datasets, plans

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.store import Store


WRITERS, APPROVERS = {"planner", "hr"}, {"leader"}  # roles


@dataclass(frozen=True)
class FirstSteps:
    """How far a new installation is. `newest`: id of the dataset that waits to be mended or accepted."""

    uploaded: bool
    ready: bool
    accepted: bool
    planned: bool
    newest: int | None

    @property
    def over(self) -> bool:
        """Whether nobody needs to be led any more."""
        return self.accepted and self.planned


@dataclass(frozen=True)
class FirstPeople:
    """How far a new installation is, as its administrator sees it.

    Attributes
    ----------
    workers, leaders : whether somebody may write plans; may approve them
    inside : whether one of either can sign in
    accepted, planned : whether there are data in use; a plan
    """

    workers: bool
    leaders: bool
    inside: bool
    accepted: bool
    planned: bool

    @property
    def over(self) -> bool:
        """Whether nobody needs to be led any more."""
        return self.workers and self.leaders and self.inside and self.planned


def first_people(store: Store) -> FirstPeople:
    """From nobody but the administrator to the first plan: who is there, and what they have made."""
    with store.reading() as db:
        there, inside = boards.account_roles(db)[0].keys(), boards.roles_inside(db)
        accepted = datasets.current(db) is not None
        planned = any(plans.page(db, kind, 0, 1)[1] for kind in (plans.VISITS, plans.MOVES))
    return FirstPeople(
        bool(there & WRITERS), bool(there & APPROVERS), bool(inside & WRITERS and inside & APPROVERS),
        accepted, planned,
    )  # fmt: skip


def first_steps(store: Store, by: Actor) -> FirstSteps:
    """What has been done of upload, check, acceptance and first plan, of the kinds this person may read."""
    kinds = [
        kind
        for kind, right in ((plans.VISITS, "plans.read"), (plans.MOVES, "rotations.read"))
        if by.may(right)
    ]
    with store.reading() as db:
        newest, total = datasets.page(db, 0, 1)
        accepted = datasets.current(db) is not None
        planned = any(plans.page(db, kind, 0, 1)[1] for kind in kinds)
    last = newest[0] if newest else None
    ready = accepted or (last is not None and last.status == datasets.READY)
    return FirstSteps(total > 0, ready, accepted, planned, last.id if last else None)
