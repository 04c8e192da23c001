"""/draws: seasons of surprise visits; where each record stands, its next step, the check anybody can repeat."""

from __future__ import annotations

from datetime import date as Day
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile
from fastapi.responses import HTMLResponse

from api.access import MayKeepDraws, MayPlanDraws, MayReadDraws
from api.deps import JobsDep, Now, StoreDep, Today
from api.page import Page
from api.paging import PageDep
from data.words import Message
from scheduler.journeys.online import draw_page, draw_steps, draw_tables, draws

router = APIRouter(prefix="/draws")
BEGUN = Message("Đã mở mùa rút thăm từ hồ sơ của buổi lễ.")
LONGER = Message("Hồ sơ đã dài thêm; mọi dòng mới đều qua bộ kiểm chứng.")
SEALING = Message("Đang tính và niêm phong bảng rút thăm.")
ANCHORS = r"^\s*(\d{1,9}:[0-9a-f]{64}(\s+|$))*$"  # as they were posted, one a line
Zip = Annotated[UploadFile, File()]


@router.get("")
def list_draws(by: MayReadDraws, page: Page, part: PageDep, store: StoreDep) -> HTMLResponse:
    """Seasons, newest first."""
    found, total = draws.list_draws(store, part.offset, part.limit)
    listing = page.listing(total, part.offset, part.limit)
    return page("draws/list.html", seasons=found, listing=listing)


@router.post("/uploads")
def add_draw(by: MayPlanDraws, page: Page, file: Zip, store: StoreDep, now: Now) -> Response:
    """On to the new season, from the record that the ceremony made on a machine of its own."""
    made = draw_steps.add_draw(store, by, now, file.file.read())
    return page.go(f"/draws/{made}", BEGUN)


@router.get("/{draw_id}")
def show_draw(
    by: MayReadDraws,
    page: Page,
    draw_id: int,
    part: PageDep,
    store: StoreDep,
    now: Now,
    today: Today,
) -> HTMLResponse:
    """Where the record stands, what comes next, and what it says of each day."""
    found = draw_page.draw_page(store, draw_id, now, today)
    listing = page.listing(len(found.days), part.offset, part.limit)
    rows = found.days[part.offset : part.offset + part.limit]
    return page("draws/show.html", found=found, rows=rows, listing=listing)


@router.post("/{draw_id}/steps/uploads")
def add_step(
    by: MayKeepDraws, page: Page, draw_id: int, file: Zip, store: StoreDep, now: Now
) -> Response:
    """The record come back longer from somebody's own machine."""
    draw_steps.add_step(store, by, now, draw_id, file.file.read())
    return page.go(f"/draws/{draw_id}", LONGER)


@router.post("/{draw_id}/tables")
def seal_table(
    by: MayPlanDraws, page: Page, draw_id: int, store: StoreDep, now: Now, jobs: JobsDep,
    day: Annotated[Day, Form()], absent: Annotated[list[str] | None, Form(max_length=100)] = None,
) -> Response:  # fmt: skip
    """On to the run that reckons and seals the table of a day, the evening before."""
    run_id = draw_tables.ask_table(store, by, now, draw_id, day, absent or [])
    jobs.start(run_id)
    return page.go(f"/runs/{run_id}", SEALING)


@router.post("/{draw_id}/verify")
def verify_record(
    by: MayReadDraws, page: Page, draw_id: int, store: StoreDep, now: Now,
    anchors: Annotated[str, Form(max_length=2000, pattern=ANCHORS)] = "",
) -> HTMLResponse:  # fmt: skip
    """The verdict of the stand-alone verifier, against heads that were posted outside."""
    verdict = draws.verified(store, draw_id, anchors.split())
    season = draws.standing(store, draw_id, now).season
    return page("draws/verdict.html", season=season, verdict=verdict, anchors=anchors)
