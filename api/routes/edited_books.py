"""/plans/{id}/edits/uploads: the plan's workbook comes back edited; each change is judged, then accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, File, Response, UploadFile, status
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api import breaches, etags
from api.access import MayDraftPlans
from api.breaches import BreachOut
from api.deps import Lang, Now, StoreDep
from api.etags import Revision
from api.idempotency import CreationRoute
from api.plan_shapes import PlanOut, plan_out
from api.routes.visits import CellOut
from scheduler.edits import name_of
from scheduler.journeys.online import edited_books, plans
from scheduler.journeys.online.plan_rows import shown_cell
from scheduler.visit_edits import MAIN

if TYPE_CHECKING:
    from scheduler.edits import Judged
    from scheduler.journeys.online.edited_books import BookJudged

router = APIRouter(
    prefix="/plans/{plan_id}/edits/uploads", tags=["plans"], route_class=CreationRoute
)
Book = Annotated[UploadFile, File(description="plan.xlsx of this plan after edits, or visits.csv")]
Word = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class RowOut(BaseModel):
    """One change, and what it breaks when it is the only one."""

    name: str = Field(description="how `accept` names it: row of the file, or id", examples=["14"])
    table: str = Field(examples=["visits"])
    key: str = Field(examples=["V-00199"])
    what: Literal["changed", "added", "removed"] = Field(examples=["changed"])
    cells: list[CellOut]
    wants_reason: bool = Field(description="gives a visit up and says no reason", examples=[False])
    broken: list[BreachOut] = Field(examples=[[]])


class BookOut(BaseModel):
    """The changes of a workbook; the ETag is the plan's revision."""

    id: str = Field(examples=["5f2d1c….xlsx"])
    rows: list[RowOut]
    together: list[BreachOut] = Field(description="what all of them break together", examples=[[]])
    lawful: list[str] = Field(
        description="those that can be accepted together; empty when there are too many to try",
        examples=[["14", "15"]],
    )


class AcceptIn(BaseModel):
    """Which changes are accepted."""

    model_config = ConfigDict(extra="forbid")

    accept: list[Word] = Field(
        min_length=1, max_length=1000, description='rows ("5", "7-9") or ids; "*": all',
        examples=[["14", "17-19"]],
    )  # fmt: skip
    reasons: dict[str, Annotated[str, StringConstraints(max_length=2000)]] = Field(
        default={}, max_length=1000, description='visit id, or "" for all: why it is given up',
        examples=[{}],
    )  # fmt: skip
    force: bool = Field(
        False, description="save a draft that breaks rules; it cannot be checked", examples=[False]
    )


@router.post("", status_code=status.HTTP_201_CREATED)
def add_book(
    by: MayDraftPlans, plan_id: int, file: Book, store: StoreDep, now: Now, lang: Lang,
    response: Response,
) -> BookOut:  # fmt: skip
    """An edited workbook, kept and judged row by row; the plan stays as it is."""
    ident = edited_books.keep_book(store, by, now, plan_id, file.filename or "", file.file.read())
    found = edited_books.judge_book(store, plan_id, ident)
    response.headers["Location"] = f"/api/v1/plans/{plan_id}/edits/uploads/{found.id}"
    etags.mark(response, found.version.revision)
    return _out(found, lang)


@router.get("/{book_id}")
def read_book(
    by: MayDraftPlans, plan_id: int, book_id: str, store: StoreDep, lang: Lang, response: Response
) -> BookOut:
    """The same workbook judged against the plan as it is now."""
    found = edited_books.judge_book(store, plan_id, book_id)
    etags.mark(response, found.version.revision)
    return _out(found, lang)


@router.post("/{book_id}/accept")
def accept_book(
    by: MayDraftPlans, plan_id: int, book_id: str, ask: AcceptIn, revision: Revision, store: StoreDep,
    now: Now, lang: Lang, response: Response,
) -> PlanOut:  # fmt: skip
    """The plan with the accepted changes, as one edit that one undo takes back."""
    version = edited_books.accept_book(
        store, by, now, plan_id, revision, book_id, ask.accept, ask.reasons, ask.force
    )
    etags.mark(response, version.revision)
    return plan_out(plans.one_plan(store, plan_id), lang)


def _out(found: BookJudged, lang: str) -> BookOut:
    return BookOut(
        id=found.id, rows=[_row(row, lang) for row in found.rows],
        together=[breaches.found(breach, lang) for breach in found.together],
        lawful=list(found.lawful),
    )  # fmt: skip


def _row(row: Judged, lang: str) -> RowOut:
    edit = row.edit
    cells = [
        CellOut(column=c.column, old=shown_cell(c.old), new=shown_cell(c.new)) for c in edit.cells
    ]
    return RowOut(
        name=name_of(edit, MAIN), table=edit.table, key=edit.key, what=edit.what, cells=cells,
        wants_reason=edit.wants_reason, broken=[breaches.found(b, lang) for b in row.alone],
    )  # fmt: skip
