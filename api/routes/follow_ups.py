"""/follow-ups: the board of findings, from remedy and proof to re-inspection."""

from __future__ import annotations

from datetime import date as Day
from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.access import MayReadFindings
from api.deps import StoreDep, Today
from api.fields import Line500
from api.paging import Listed, PageDep
from api.routes.findings import FindingOut, Severity, out
from data.store.follow_ups import Asked
from scheduler.journeys.online import follow_ups
from scheduler.journeys.online.follow_ups import Card, Visited

router = APIRouter(prefix="/follow-ups", tags=["findings"])
State = Literal["overdue", "due_soon", "open", "proof", "closed"]
Again = Literal["owed", "planned", "done", "none"]


class VisitedOut(BaseModel):
    """A visit; without days when no plan in force and no accepted data know it."""

    visit_id: str = Field(examples=["2027-DK-00199"])
    kind: str = Field(examples=["periodic"])
    start: Day | None = Field(examples=["2027-05-10"])
    end: Day | None = Field(examples=["2027-05-11"])


class WindowOut(BaseModel):
    """The days between which the re-inspection is to begin."""

    first: Day = Field(examples=["2027-08-10"])
    last: Day = Field(examples=["2027-10-06"])


class CardOut(BaseModel):
    """A finding and where it stands today."""

    finding: FindingOut
    state: State = Field(examples=["overdue"])
    unit_name: str = Field(examples=["Phường Ba Đình"])
    visit: VisitedOut
    reinspection: Again = Field(
        description="a visit of a plan in force that looks again; owed while there is none",
        examples=["owed"],
    )
    follow_up: VisitedOut | None
    window: WindowOut | None


class BoardOut(Listed[CardOut]):
    """A page of the board."""

    counts: dict[str, int] = Field(
        description="findings in each state, with the other filters, on all pages",
        examples=[{"overdue": 3, "due_soon": 2, "open": 9, "proof": 1, "closed": 40}],
    )


def _visited(found: Visited) -> VisitedOut:
    return VisitedOut.model_validate(found, from_attributes=True)


def _out(card: Card) -> CardOut:
    return CardOut.model_validate(dict(
        finding=out(card.step.finding), state=card.step.state, unit_name=card.unit_name,
        visit=_visited(card.visit), reinspection=card.step.again,
        follow_up=_visited(card.follow_up) if card.follow_up else None,
        window=WindowOut(first=card.window[0], last=card.window[1]) if card.window else None,
    ))  # fmt: skip


@router.get("")
def follow_up_board(
    by: MayReadFindings, store: StoreDep, today: Today, page: PageDep, state: State | None = None,
    reinspection: Again | None = None, severity: Severity | None = None,
    unit_id: Annotated[Line500, Query()] = "", visit_id: Annotated[Line500, Query()] = "",
    soon: Annotated[int, Query(ge=0, le=365, description="days ahead that count as soon")] = 14,
) -> BoardOut:  # fmt: skip
    """Findings by urgency: overdue, due soon, open, proof given, closed; the earliest due first."""
    asked = Asked(
        today, today + timedelta(days=soon), state or "", reinspection or "", severity or "", unit_id,
        visit_id,
    )  # fmt: skip
    board = follow_ups.follow_up_board(store, asked, page.offset, page.limit)
    cards = [_out(card) for card in board.cards]
    return BoardOut(total=board.total, offset=page.offset, items=cards, counts=dict(board.counts))
