"""/rotations: versions of rotation plans, a new one asked for, one with all that stands around it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import HTMLResponse

from api.access import MayDraftRotations, MayReadRotations
from api.deps import JobsDep, Now, SettingsDep, StoreDep, Today
from api.fields import PlainDay, RowId
from api.labels import LABELS
from api.life_shapes import Status
from api.page import Page
from api.paging import PageDep
from api.plan_goals import goal_lines
from api.plan_life import ROTATION
from data.words import Message
from scheduler.journeys.online import plan_overview, rotation_asks, rotation_overview, rotations
from scheduler.journeys.online.versions import Effort
from scheduler.lifecycle import open_steps

router = APIRouter(prefix="/rotations")
READINGS = ("continuous", "restarted")
ASKED = Message(
    "Đã yêu cầu lập kế hoạch chuyển đổi. Trang này tự cập nhật; đóng trang cũng không dừng."
)
Blank = Literal[""]  # a field of a form that was left empty


@router.get("")
def list_rotations(
    by: MayReadRotations, page: Page, part: PageDep, store: StoreDep,
    year: Annotated[str, Query(pattern=r"^(20\d\d)?$")] = "",
    status: Annotated[Status | Blank, Query()] = "",
) -> HTMLResponse:  # fmt: skip
    """Versions, newest first, under their years."""
    found, total = rotations.list_rotations(
        store, part.offset, part.limit, year=int(year) if year else None,
        statuses=(status,) if status else (),
    )  # fmt: skip
    return page(
        "rotations/list.html", plan_kind=ROTATION, plans=found, year=year, state=status,
        listing=page.listing(total, part.offset, part.limit), has_data=plan_overview.has_data(store),
    )  # fmt: skip


@router.get("/new")
def new_rotation_page(
    by: MayDraftRotations, page: Page, store: StoreDep, today: Today, settings: SettingsDep
) -> HTMLResponse:
    """The form for a new plan; what to do first when there are no data."""
    return page(
        "rotations/new.html", has_data=plan_overview.has_data(store), year=today.year + 1,
        effort=settings.effort_s,
        readings=[(code, LABELS[f"reading.{code}"].say(page.lang)) for code in READINGS],
    )  # fmt: skip


@router.post("")
def ask_for_rotation(
    by: MayDraftRotations, page: Page, store: StoreDep, jobs: JobsDep, now: Now,
    year: Annotated[int, Form(ge=2020, le=2100)], effort: Annotated[float, Form(ge=1, le=3600)],
    on: Annotated[PlainDay | Blank, Form()] = "",
    reading: Annotated[Literal["", "continuous", "restarted"], Form()] = "",
    seed: Annotated[int, Form(ge=0, le=2_000_000_000)] = 1,
) -> Response:  # fmt: skip
    """On to the progress of the run that makes the plan."""
    run_id = rotation_asks.ask_for_rotation(
        store, by, now, year, on or None, reading, Effort(effort, seed), {}
    )
    jobs.start(run_id)
    return page.go(f"/runs/{run_id}", ASKED)


@router.get("/{plan_id}")
def show_rotation(
    by: MayReadRotations, page: Page, plan_id: RowId, store: StoreDep
) -> HTMLResponse:
    """One version: its life, key figures, goals, files and papers, as far as one may know."""
    found = rotation_overview.overview(store, by, plan_id)
    facts = found.version.facts
    return page(
        "rotations/show.html", plan_kind=ROTATION, found=found, version=found.version,
        goals=goal_lines(facts.get("goals", ()), page.lang), steps=open_steps(found.version.status),
    )  # fmt: skip
