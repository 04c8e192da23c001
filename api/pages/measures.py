"""/measures: the register of temporary measures, apart from rotation; written and withdrawn by HR."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import HTMLResponse

from api.access import MayWriteMeasures
from api.deps import Now, StoreDep, Today
from api.page import Page, local, person_path
from api.paging import PageDep
from api.routes.measures import Kind
from api.spans import Code, FirstDay, LastDay, Revision, RowNumber
from data.store.measures import MeasureText
from data.words import Message
from scheduler.journeys.online import measures, people
from scheduler.journeys.online.deferrals import staff_id_of
from scheduler.journeys.online.measures import SeenMeasure

router = APIRouter(prefix="/measures")
KINDS = ("temporary_transfer", "suspension", "warning")
Number = Form(min_length=1, max_length=300, pattern=r"^[^\x00]*$")
Back = Annotated[str, Form(max_length=500)]
WITHDRAWN = Message("Đã rút biện pháp khỏi sổ.")


@router.get("")
def list_measures(
    by: MayWriteMeasures, page: Page, part: PageDep, store: StoreDep, today: Today,
    which: Literal["now", "all"] = "now", staff_id: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:  # fmt: skip
    """Those that hold today, or all; the latest first."""
    found, total = measures.list_measures(
        store, by, part.offset, part.limit, staff_id=staff_id.strip(), on=today if which == "now" else None
    )  # fmt: skip
    listing = page.listing(total, part.offset, part.limit)
    return page(
        "measures/list.html", rows=found, listing=listing, which=which, staff_id=staff_id, today=today
    )  # fmt: skip


@router.get("/new")
def new_measure_page(
    by: MayWriteMeasures, page: Page, store: StoreDep, today: Today,
    staff_id: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:  # fmt: skip
    """The form for a new measure."""
    name = people.names_of(store, [staff_id]).get(staff_id, "")
    back = person_path(staff_id) if staff_id else "/measures"
    return page(
        "measures/form.html", seen=None, staff_id=staff_id, name=name, today=today, kinds=KINDS, back=back
    )  # fmt: skip


@router.post("")
def add_measure(
    by: MayWriteMeasures, page: Page, store: StoreDep, now: Now, today: Today,
    staff_id: Annotated[str, Code], kind: Annotated[Kind, Form()], start: FirstDay,
    decision_no: Annotated[str, Number], end: LastDay = None, back: Back = "/measures",
) -> Response:  # fmt: skip
    """A new measure; back to where one came from."""
    who = staff_id_of(store, by, today, staff_id)
    text = MeasureText(who, kind, start, end, decision_no)
    seen = measures.add_measure(store, by, now, today, text)
    return page.go(local(back), _told(Message("Đã ghi biện pháp đối với {who}."), seen))


@router.get("/{measure_id}")
def change_measure_page(
    by: MayWriteMeasures, page: Page, measure_id: RowNumber, store: StoreDep, today: Today
) -> HTMLResponse:
    """The form with what the measure says now."""
    seen = measures.one_measure(store, by, measure_id)
    who = seen.stored.text.staff_id
    return page(
        "measures/form.html", seen=seen, staff_id=who, name=seen.name, today=today, kinds=KINDS,
        back=person_path(who),
    )  # fmt: skip


@router.post("/{measure_id}")
def change_measure(
    by: MayWriteMeasures, page: Page, measure_id: RowNumber, store: StoreDep, now: Now, today: Today,
    staff_id: Annotated[str, Code], kind: Annotated[Kind, Form()], start: FirstDay,
    decision_no: Annotated[str, Number], revision: Revision, end: LastDay = None,
    back: Back = "/measures",
) -> Response:  # fmt: skip
    """The measure with another text."""
    text = MeasureText(staff_id.strip(), kind, start, end, decision_no)
    seen = measures.change_measure(store, by, now, today, measure_id, revision, text)
    return page.go(local(back), _told(Message("Đã sửa biện pháp đối với {who}."), seen))


@router.post("/{measure_id}/withdraw")
def withdraw_measure(
    by: MayWriteMeasures, page: Page, measure_id: RowNumber, revision: Revision, store: StoreDep,
    now: Now, back: Back = "/measures",
) -> Response:  # fmt: skip
    """The measure leaves the register."""
    measures.withdraw_measure(store, by, now, measure_id, revision)
    return page.go(local(back), WITHDRAWN)


def _told(done: Message, seen: SeenMeasure) -> Message:
    return replace(done, params={"who": seen.name or seen.stored.text.staff_id})
