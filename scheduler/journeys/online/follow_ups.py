"""The follow-up board: each finding with unit and visit, its remedy, its proof, its re-inspection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from data.collation import sought
from data.store import assignments, dataset_rows, datasets, follow_ups
from data.store.errors import NotFound
from data.store.findings import WHAT
from data.store.follow_ups import OWED, STATES, Asked, Step
from scheduler.journeys.online.assignments import place_of, rules_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.store.assignments import Assigned
    from data.store.store import Store


@dataclass(frozen=True)
class Visited:
    """The visit that found it; without days when no plan and no dataset knows it any more."""

    visit_id: str
    kind: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Card:
    """One finding on the board.

    Attributes
    ----------
    follow_up : the visit of a plan in force that looks again, if there is one
    window : first and last day for it to begin (rule follow-up.window), while one is owed
    """

    step: Step
    unit_name: str
    visit: Visited
    follow_up: Visited | None
    window: tuple[date, date] | None


@dataclass(frozen=True)
class Board:
    """A page of the board; `counts`: findings in each state, whatever state was asked for."""

    cards: list[Card]
    total: int
    counts: Mapping[str, int]


def follow_up_board(store: Store, asked: Asked, offset: int, limit: int) -> Board:
    """The findings that are asked for, overdue ones first."""
    with store.reading() as db:
        steps, total, counts = follow_ups.page(db, asked, offset, limit)
        return Board(_cards(db, asked, steps), total, counts)


def follow_up_columns(store: Store, asked: Asked, most: int) -> dict[str, Board]:
    """State -> the first findings in it, for a board with a column a state; of one state if it is asked for."""
    shown = (asked.state,) if asked.state else STATES
    with store.reading() as db:
        found = {}
        for state in shown:
            steps, total, counts = follow_ups.page(db, replace(asked, state=state), 0, most)
            found[state] = Board(_cards(db, asked, steps), total, counts)
    return found


def units_called(store: Store, text: str) -> set[str]:
    """Ids of the units whose id this is, or else in whose names these words stand, with or without accents."""
    with store.reading() as db:
        dataset = datasets.current(db)
        units = place_of(db, dataset.id if dataset else None).units
    if text in units or not units:
        return {text}
    return {unit for unit, row in units.items() if sought(text) in sought(str(row.get("name", "")))}


def follow_up_card(store: Store, on: date, ident: int) -> Card:
    """One finding as the board tells it.

    Raises
    ------
    data.store.errors.NotFound
        There is none, or it was withdrawn.
    """
    asked = Asked(on, on, ident=ident)
    with store.reading() as db:
        steps, _, _ = follow_ups.page(db, asked, 0, 1)
        if not steps:
            raise NotFound(WHAT, ident)
        return _cards(db, asked, steps)[0]


def _cards(db: Connection, asked: Asked, steps: list[Step]) -> list[Card]:
    ids = sorted({step.finding.visit_id for step in steps})
    dataset = datasets.current(db)
    known = dataset.id if dataset else None
    planned, again = assignments.of_ids(db, ids), assignments.following(db, ids)
    past, due = dataset_rows.past_visits(db, known), follow_ups.latest_due(db, ids)
    place, rule = place_of(db, known), rules_of(asked.on.year).value("follow-up.window")
    cards = []
    for step in steps:
        visit_id, unit_id = step.finding.visit_id, step.finding.unit_id
        visit = Visited(visit_id)
        if visit_id in planned:
            visit = _visited(planned[visit_id])
        elif visit_id in past:
            found = past[visit_id]
            visit = Visited(visit_id, found.kind, found.start, found.end)
        looks = _visited(again[visit_id]) if visit_id in again else None
        window = None
        if step.again == OWED and visit_id in due:
            add = place.calendar.add
            window = add(due[visit_id], rule["first"]), add(due[visit_id], rule["last"])
        name = place.units.get(unit_id, {}).get("name") or (
            planned[visit_id].unit_name if visit_id in planned else ""
        )
        cards.append(Card(step, name or unit_id, visit, looks, window))
    return cards


def _visited(found: Assigned) -> Visited:
    return Visited(found.row.visit_id, found.row.kind, *found.days)
