"""/plans: versions of yearly plans, a new one asked for, one with all that stands around it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import HTMLResponse

from api.access import MayDraftPlans, MayReadPlans
from api.deps import JobsDep, Now, SettingsDep, StoreDep, Today
from api.life_shapes import Status
from api.page import Page
from api.paging import PageDep
from api.plan_goals import goal_lines
from api.plan_life import YEARLY
from api.year_days import first_day
from data.words import Message
from scheduler.journeys.online import plan_overview, plans
from scheduler.journeys.online.versions import Effort
from scheduler.lifecycle import open_steps

router = APIRouter(prefix="/plans")
ASKED = Message("Đã yêu cầu lập kế hoạch. Trang này tự cập nhật; đóng trang cũng không dừng.")


@router.get("")
def list_plans(
    by: MayReadPlans, page: Page, part: PageDep, store: StoreDep,
    year: Annotated[str, Query(pattern=r"^(20\d\d)?$")] = "",
    status: Annotated[Status | None, Query()] = None,
) -> HTMLResponse:  # fmt: skip
    """Versions, newest first, under their years."""
    found, total = plans.list_plans(
        store, part.offset, part.limit, year=int(year) if year else None,
        statuses=(status,) if status else (),
    )  # fmt: skip
    listing = page.listing(total, part.offset, part.limit)
    has_data = plan_overview.has_data(store)
    return page(
        "plans/list.html", plan_kind=YEARLY, plans=found, listing=listing, year=year, state=status or "",
        has_data=has_data,
    )  # fmt: skip


@router.get("/new")
def new_plan_page(
    by: MayDraftPlans, page: Page, store: StoreDep, today: Today, settings: SettingsDep
) -> HTMLResponse:
    """The form for a new plan; what to do first when there are no data."""
    return page(
        "plans/new.html",
        has_data=plan_overview.has_data(store),
        year=today.year + 1,
        effort=settings.effort_s,
    )


@router.post("")
def ask_for_plan(
    by: MayDraftPlans, page: Page, store: StoreDep, jobs: JobsDep, now: Now,
    year: Annotated[int, Form(ge=2020, le=2100)], effort: Annotated[float, Form(ge=1, le=3600)],
    seed: Annotated[int, Form(ge=0, le=2_000_000_000)] = 1,
) -> Response:  # fmt: skip
    """On to the progress of the run that makes the plan."""
    run_id = plans.ask_for_plan(store, by, now, year, Effort(effort, seed), {})
    jobs.start(run_id)
    return page.go(f"/runs/{run_id}", ASKED)


@router.get("/{plan_id}")
def show_plan(
    by: MayReadPlans, page: Page, plan_id: int, store: StoreDep, today: Today
) -> HTMLResponse:
    """One version: its life, key figures, goals, what was left out, files and papers."""
    found = plan_overview.overview(store, by, plan_id)
    goals = goal_lines(found.version.facts.get("goals", ()), page.lang)
    return page(
        "plans/show.html", plan_kind=YEARLY, found=found, version=found.version, goals=goals,
        steps=open_steps(found.version.status), amends_from=first_day(found.version.year, today),
    )  # fmt: skip
