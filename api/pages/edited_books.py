"""/plans/{id}/edits: the plan's workbook comes back from Excel; each change is seen, judged, accepted."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from fastapi.responses import HTMLResponse

from api import edit_words
from api.access import MayDraftPlans
from api.deps import Now, StoreDep
from api.page import Page
from data.plan_columns import SHEETS
from data.plan_files import PlanFileError
from data.words import Message
from scheduler.edits import name_of
from scheduler.journeys.online import edited_books, plans
from scheduler.lifecycle import EDITABLE
from scheduler.visit_edits import MAIN

router = APIRouter(prefix="/plans/{plan_id}/edits")
Revision = Annotated[int, Form(ge=1)]
Words = Annotated[list[Annotated[str, Form(max_length=2000)]], Form(max_length=1000)]


@router.get("")
def new_book(by: MayDraftPlans, page: Page, plan_id: int, store: StoreDep) -> HTMLResponse:
    """The form for the workbook, and from where to take the one to edit."""
    return page("edited_books/new.html", faults=(), **_around(store, plan_id))


@router.post("/uploads")
def upload_book(
    by: MayDraftPlans, page: Page, plan_id: int, file: Annotated[UploadFile, File()], store: StoreDep,
    now: Now,
) -> Response:  # fmt: skip
    """On to the changes of the workbook; every cell that cannot be read is named by sheet and row."""
    content = file.file.read()
    try:
        book = edited_books.keep_book(store, by, now, plan_id, file.filename or "", content)
    except PlanFileError as error:
        template = "edited_books/_faults.html" if page.from_script else "edited_books/new.html"
        around = _around(store, plan_id)
        return page(
            template, status=422, faults=error.faults, sheets=SHEETS, words=edit_words, **around
        )
    return page.go(f"/plans/{plan_id}/edits/{book}")


@router.get("/{book_id}")
def show_book(
    by: MayDraftPlans, page: Page, plan_id: int, book_id: str, store: StoreDep,
    rules: Annotated[Literal["kept", "broken"], Query()] = "kept",
) -> HTMLResponse:  # fmt: skip
    """Every change row by row, what it breaks, and a box to accept it; `rules=broken`: even so."""
    found = edited_books.judge_book(store, plan_id, book_id)
    return page(
        "edited_books/show.html", found=found, version=found.version, main=MAIN, name_of=name_of,
        force=rules == "broken", names=plans.names_of(store), words=edit_words,
        counts={w: sum(row.edit.what == w for row in found.rows) for w in edit_words.WHATS},
    )  # fmt: skip


@router.post("/{book_id}")
def accept_book(
    by: MayDraftPlans, page: Page, plan_id: int, book_id: str, revision: Revision, store: StoreDep,
    now: Now, accept: Words = [], given_up: Words = [], reason: Words = [],  # noqa: B006
    force: Annotated[Literal["yes", ""], Form()] = "",
) -> Response:  # fmt: skip
    """Back to the plan with the rows that were ticked, as one edit; nothing is saved when one is refused."""
    reasons = {key: text for key, text in zip(given_up, reason, strict=False) if text.strip()}
    edited_books.accept_book(
        store, by, now, plan_id, revision, book_id, accept, reasons, force == "yes"
    )
    told = Message(
        "Đã nhận {n} dòng từ bảng Excel đã sửa. Muốn trả lại như trước: Ctrl+Z ở lịch năm.",
        {"n": len(set(accept))},
    )
    return page.go(f"/plans/{plan_id}", told)


def _around(store: StoreDep, plan_id: int) -> dict[str, Any]:
    """The plan, whether it may be edited, and whether its workbook is that of its rows as they are now."""
    version = plans.one_plan(store, plan_id).version
    kept, fresh = plans.files_of(store, plan_id)
    return {
        "version": version, "editable": version.status in EDITABLE,
        "fresh": fresh and any(file.name == "plan.xlsx" for file in kept),
    }  # fmt: skip
