"""From the empty workbook to the first plan: which steps are done, for an installation that is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.store import datasets, plans

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.store import Store


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
