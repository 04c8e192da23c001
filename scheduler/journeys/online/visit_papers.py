"""The papers of one visit, for the people who carry it out: never those of a draft, never another visit's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store import assignments, files
from data.store.errors import NotFound
from scheduler.journeys.online.plan_papers import NOUN, Paper, Shelf, shelf_of
from scheduler.papers.year_papers import PER_VISIT

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.store import Store


def papers_of_visit(shelf: Shelf, visit_id: str) -> dict[str, Paper]:
    """Short name ("bien-ban.docx") -> the files of this visit alone, of a plan's shelf."""
    if shelf.made is None or shelf.made.draft or visit_id not in shelf.made.visits:
        return {}
    mine = shelf.made.visits[visit_id]
    return {
        f"{paper.kind}.{paper.name.rpartition('.')[2]}": paper
        for paper in shelf.papers
        if paper.copy == mine and paper.kind in PER_VISIT
    }


def read_visit_paper(store: Store, by: Actor, visit_id: str, name: str) -> tuple[Paper, bytes]:
    """One paper of an own visit, by its short name.

    Raises
    ------
    data.store.errors.NotFound
        There is no such paper, or the visit is not this person's.
    """
    with store.reading() as db:
        visit = assignments.get(db, by.inspector_id, visit_id)
        found = papers_of_visit(shelf_of(db, visit.plan_id), visit_id).get(name)
        if found is None:
            raise NotFound(files.WHAT, name)
        return found, files.read(db, NOUN, visit.plan_id, found.name)
