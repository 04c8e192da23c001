"""/other-plans: plans of other bodies, matched to our units, confirmed row by row, laid beside our plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, File, Form, Query, Response, UploadFile
from fastapi.responses import HTMLResponse

from api.access import MayReadDatasets, MayWriteDatasets
from api.deps import JobsDep, Now, StoreDep, Today
from api.page import Page
from api.paging import PageDep
from data.matching.names import LEAST, SURE
from data.records import Blackout
from data.words import Message
from scheduler.journeys.online import (
    other_plan_overlaps,
    other_plan_rows,
    other_plan_withdrawal,
    other_plans,
    plan_overview,
)
from scheduler.journeys.online.other_plan_rows import Choice

router = APIRouter(prefix="/other-plans")
ROWS = 150  # of a page: each has six fields, and a form has at most a thousand
AHEAD = timedelta(days=90)  # towards the end of a year, plans of the next come
NOT_OURS, BY_HAND = "-", "?"  # instead of a unit's id
CAME = Message("Đã đọc kế hoạch. Xem từng dòng, sửa đơn vị và ngày nếu sai, rồi xác nhận.")
TAKEN = Message(
    "Đã ghi {n} dòng. Bộ dữ liệu mới đang được soát; các ngày này chỉ có hiệu lực sau khi nhận bộ ấy."
)
GONE = Message("Đã rút kế hoạch. Không có ngày nào của kế hoạch ấy trong dữ liệu đang dùng.")
WAITED = Message("Đã rút kế hoạch. Không nhận bộ dữ liệu {sets} nữa: bộ ấy còn các ngày đã rút.")
TAKEN_OUT = Message(
    "Đã rút kế hoạch. Bộ dữ liệu bỏ các ngày ấy đang được soát; nhận bộ ấy thì các ngày mới hết hiệu lực."
)
NOTED = Message("Đã ghi {n} dòng. Không có ngày nào mới cho dữ liệu.")
Revision = Annotated[int, Form(ge=1)]
Words = Annotated[list[Annotated[str, Form(max_length=300)]], Form(max_length=ROWS)]
Numbers = Annotated[list[Annotated[int, Form(ge=1)]], Form(max_length=ROWS)]


def _choices(
    confirm: Numbers = [], number: Numbers = [], unit: Words = [], other: Words = [],  # noqa: B006
    start: Words = [], end: Words = [],  # noqa: B006
) -> list[Choice]:  # fmt: skip
    """The rows that were ticked, with what stands in their fields."""
    rows = {
        n: Choice(n, by_hand if chosen == BY_HAND else chosen, _day(first), _day(last), chosen != NOT_OURS)
        for n, chosen, by_hand, first, last in zip(number, unit, other, start, end, strict=False)
    }  # fmt: skip
    return [rows.get(n, Choice(n, "", None, None)) for n in confirm]


@router.get("")
def list_other_plans(
    by: MayReadDatasets, page: Page, part: PageDep, store: StoreDep
) -> HTMLResponse:
    """Plans of other bodies, newest first, with what is still open in each."""
    found, total = other_plans.list_other_plans(store, part.offset, part.limit)
    listing = page.listing(total, part.offset, part.limit)
    return page("other_plans/list.html", plans=found, listing=listing)


@router.get("/new")
def new_other_plan(by: MayWriteDatasets, page: Page, store: StoreDep, today: Today) -> HTMLResponse:
    """The form for another body's plan; what to do first when there are no data."""
    return page(
        "other_plans/new.html", has_data=plan_overview.has_data(store), year=(today + AHEAD).year,
        bodies=other_plans.known_bodies(store),
    )  # fmt: skip


@router.post("/uploads")
def upload_other_plan(
    by: MayWriteDatasets, page: Page, file: Annotated[UploadFile, File()],
    body: Annotated[str, Form(min_length=1, max_length=200)],
    year: Annotated[int, Form(ge=2020, le=2100)], store: StoreDep, now: Now,
) -> Response:  # fmt: skip
    """On to its rows, each with the unit that it may mean."""
    content = file.file.read()
    made = other_plans.keep_other_plan(store, by, now, file.filename or "", content, body, year)
    return page.go(f"/other-plans/{made}", CAME)


@router.get("/{other_plan_id}")
def show_other_plan(
    by: MayReadDatasets, page: Page, other_plan_id: int, store: StoreDep,
    tick: Literal["sure", ""] = "", which: Literal["all", "open"] = "all",
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> HTMLResponse:  # fmt: skip
    """Every row: as they wrote it, which unit it may be and why, where it meets our plan."""
    shown = other_plans.show_other_plan(store, other_plan_id)
    rows = [row for row in shown.rows if which == "all" or row.state == "open"]
    ours = other_plan_overlaps.our_plans(store, by, shown.plan.year)
    return page(
        "other_plans/show.html", shown=shown, plan=shown.plan, rows=rows[offset : offset + ROWS],
        listing=page.listing(len(rows), offset, ROWS), ours=ours, tick=tick, which=which,
        sure_from=SURE, like_from=LEAST,
        datasets=sorted({
            row.decision.dataset_id
            for row in shown.rows
            if row.state == "waiting" and row.decision and row.decision.dataset_id
        }),
    )  # fmt: skip


@router.get("/{other_plan_id}/rows/{number}/meetings")
def show_meetings(
    by: MayReadDatasets, page: Page, other_plan_id: int, number: int, store: StoreDep,
    unit: Annotated[str, Query(max_length=300)] = "", other: Annotated[str, Query(max_length=300)] = "",
    start: Annotated[str, Query(max_length=10)] = "", end: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:  # fmt: skip
    """Where a row meets our plan with the unit and days that stand in its fields now; nothing is saved."""
    shown = other_plans.show_other_plan(store, other_plan_id)
    ours = other_plan_overlaps.our_plans(store, by, shown.plan.year)
    found = other_plan_rows.unit_of(shown.names, other if unit == BY_HAND else unit)
    first, last = _day(start), _day(end)
    known = found in shown.names and first is not None and last is not None
    theirs = Blackout(found, first, last, "", shown.plan.body) if first and last else None
    met = ours.meetings(theirs) if known and theirs else []
    return page("other_plans/_meetings.html", met=met, known=known, ours=ours)


@router.post("/{other_plan_id}/accept")
def accept_rows(
    by: MayWriteDatasets, page: Page, other_plan_id: int, revision: Revision, store: StoreDep, now: Now,
    jobs: JobsDep, choices: Annotated[list[Choice], Depends(_choices)],
) -> Response:  # fmt: skip
    """On to the dataset that brings the days of the rows taken; back here when there is none."""
    done = other_plan_rows.take_rows(store, by, now, other_plan_id, revision, choices)
    n = {"n": len(choices)}
    if done.dataset is None:
        return page.go(f"/other-plans/{other_plan_id}", replace(NOTED, params=n))
    jobs.start(done.dataset.run_id or "")
    return page.go(f"/datasets/{done.dataset.id}", replace(TAKEN, params=n))


@router.post("/{other_plan_id}/withdraw")
def withdraw_other_plan(
    by: MayWriteDatasets, page: Page, other_plan_id: int, revision: Revision, store: StoreDep, now: Now,
    jobs: JobsDep,
) -> Response:  # fmt: skip
    """On to the dataset without its days; to the list when none of them is in use."""
    done = other_plan_withdrawal.withdraw_other_plan(store, by, now, other_plan_id, revision)
    if done.dataset is None:
        if done.waiting:
            sets = ", ".join(f"#{one}" for one in done.waiting)
            return page.go("/other-plans", replace(WAITED, params={"sets": sets}))
        return page.go("/other-plans", GONE)
    jobs.start(done.dataset.run_id or "")
    return page.go(f"/datasets/{done.dataset.id}", TAKEN_OUT)


def _day(text: str) -> date | None:
    """The day in a field of a form; none when there is none that can be read."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
