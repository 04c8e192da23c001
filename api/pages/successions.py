"""/successions: what the papers of a reorganisation leave open, and the answers that hold."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Response
from fastapi.responses import HTMLResponse

from api.access import MayWriteSuccessions
from api.deps import Now, StoreDep
from api.page import Page, local
from api.paging import PageDep
from api.spans import FirstDay, Revision, RowNumber
from data.store.successions import SuccessionText
from data.words import Message
from scheduler.journeys.online import successions

router = APIRouter(prefix="/successions")
Place = Annotated[str, Form(max_length=100)]
Back = Annotated[str, Form(max_length=500)]
ANSWERED = Message("Đã ghi câu trả lời; thời hạn liên quan được tính lại theo một cách.")
WITHDRAWN = Message("Đã rút câu trả lời; thời hạn liên quan lại có hai cách tính.")


@router.get("")
def list_successions(
    by: MayWriteSuccessions, page: Page, part: PageDep, store: StoreDep
) -> HTMLResponse:
    """Answers that hold, by date."""
    found, total = successions.list_successions(store, part.offset, part.limit)
    listing = page.listing(total, part.offset, part.limit)
    names = successions.names_in(store, found)
    return page("successions/list.html", rows=found, listing=listing, names=names)


@router.post("")
def add_succession(
    by: MayWriteSuccessions, page: Page, store: StoreDep, now: Now, date: FirstDay,
    continues: Annotated[bool, Form()], scope: Annotated[Literal["unit", "post"], Form()] = "unit",
    unit_id: Place = "", position_id: Place = "", from_unit_id: Place = "",
    from_position_id: Place = "", event: Annotated[str, Form(max_length=500)] = "",
    document_no: Annotated[str, Form(max_length=300)] = "", back: Back = "/successions",
) -> Response:  # fmt: skip
    """A new answer: for everybody of the same day and units, or for one post only."""
    posts = (position_id, from_position_id) if scope == "post" else ("", "")
    text = SuccessionText(
        date, continues, unit_id, posts[0], from_unit_id, posts[1], event, document_no
    )
    successions.add_succession(store, by, now, text)
    return page.go(local(back), ANSWERED)


@router.post("/{succession_id}/withdraw")
def withdraw_succession(
    by: MayWriteSuccessions, page: Page, succession_id: RowNumber, revision: Revision,
    store: StoreDep, now: Now, back: Back = "/successions",
) -> Response:  # fmt: skip
    """The answer no longer holds."""
    successions.withdraw_succession(store, by, now, succession_id, revision)
    return page.go(local(back), WITHDRAWN)
