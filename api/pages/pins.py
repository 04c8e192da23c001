"""/pins: what must, and what must not, happen in the next plan; who said so and why."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import HTMLResponse

from api.access import MayReadPins, MayWritePins
from api.deps import Now, StoreDep, Today
from api.page import Page
from api.paging import PageDep
from api.spans import LastDay, Revision, RowNumber
from data.store.pins import PinText
from data.words import Message
from scheduler.journeys.online import pin_page, pins
from scheduler.journeys.online.pins import WRITE

router = APIRouter(prefix="/pins")
ADDED = Message("Đã ghi yêu cầu; có hiệu lực ở lần lập kế hoạch sau.")
WITHDRAWN = Message("Đã rút yêu cầu; lần lập kế hoạch sau không theo nữa.")
Ident = Annotated[str, Form(max_length=100, pattern=r"^[^\x00]*$")]
Asked = Annotated[str, Query(max_length=100)]


@router.get("")
def list_pins(
    by: MayReadPins, page: Page, part: PageDep, store: StoreDep, today: Today
) -> HTMLResponse:
    """Pins that hold, oldest first."""
    found, total = pin_page.seen_pins(store, by, part.offset, part.limit)
    listing = page.listing(total, part.offset, part.limit)
    return page("pins/list.html", rows=found, listing=listing, today=today, write=WRITE)


@router.get("/new")
def new_pin_page(
    by: MayWritePins, page: Page, store: StoreDep, of: Literal["visits", "moves", ""] = "",
    unit_id: Asked = "", staff_id: Asked = "",
) -> HTMLResponse:  # fmt: skip
    """The form for a new pin: of a visit, or of somebody's move."""
    moves = of == "moves" or not by.may(WRITE[False])
    return page(
        "pins/form.html", moves=moves, choices=pin_page.choices(store), unit_id=unit_id,
        staff_id=staff_id, both=all(by.may(right) for right in WRITE.values()),
    )  # fmt: skip


@router.post("")
def add_pin(
    by: MayWritePins, page: Page, store: StoreDep, now: Now, must: Annotated[bool, Form()],
    reason: Annotated[str, Form(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")],
    unit_id: Ident = "", kind: Annotated[Literal["", "periodic", "thematic", "follow_up"], Form()] = "",
    date: LastDay = None, week: LastDay = None, inspector_id: Ident = "", staff_id: Ident = "",
    position_id: Ident = "",
) -> Response:  # fmt: skip
    """A new pin."""
    text = PinText(
        unit_id.strip(), kind, date, week, inspector_id.strip(), staff_id.strip(), position_id.strip(),
        must, reason.strip(),
    )  # fmt: skip
    pins.add_pin(store, by, now, text)
    return page.go("/pins", ADDED)


@router.post("/{pin_id}/withdraw")
def withdraw_pin(
    by: MayWritePins, page: Page, pin_id: RowNumber, revision: Revision, store: StoreDep, now: Now
) -> Response:
    """The pin no longer holds."""
    pins.withdraw_pin(store, by, now, pin_id, revision)
    return page.go("/pins", WITHDRAWN)
