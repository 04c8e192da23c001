"""All that one page shows of a version of a rotation plan, as far as a person may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.store import moves, plans
from scheduler.journeys.online import plan_papers, rotations
from scheduler.journeys.online.plan_overview import Overview
from scheduler.journeys.online.versions import other_versions

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.store import Store


@dataclass(frozen=True)
class RotationOverview(Overview):
    """A version of a rotation plan.

    Attributes
    ----------
    public : without grounds, kin and free words about people
    moves : how many people move
    unplaced : how many are due and have no place
    """

    public: bool
    moves: int
    unplaced: int


def overview(store: Store, by: Actor, plan_id: int) -> RotationOverview:
    """The version and what stands around it.

    Raises
    ------
    data.store.errors.NotFound
    """
    shown = rotations.one_rotation(store, by, plan_id)
    kept = rotations.files_of(store, by, plan_id)
    shelf = plan_papers.list_papers(store, by, plans.MOVES, plan_id)
    with store.reading() as db:
        _, n_moves = moves.page(db, plan_id, 0, 0)
        _, n_unplaced = moves.unplaced_page(db, plan_id, 0, 0)
        others = other_versions(db, shown.version)
    return RotationOverview(shown, kept, True, shelf, others, shown.public, n_moves, n_unplaced)
