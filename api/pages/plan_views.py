"""/plans/{id}/compare, /load and /map: a version beside another, over its people, over the city."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.access import MayReadPlans
from api.deps import StoreDep
from api.page import Page
from api.paging import PageDep
from api.plan_goals import both_goals
from api.plan_life import YEARLY
from data.exports import labels
from data.exports.city_map import city_map
from data.exports.page import load_rows
from data.records.changes import KEPT, STANDS, WHAT
from scheduler.changes import summary
from scheduler.journeys.online import plan_diff, plan_overview, plans

router = APIRouter(prefix="/plans/{plan_id}")


@router.get("/compare")
def compare_plans(
    by: MayReadPlans, page: Page, plan_id: int, store: StoreDep, part: PageDep,
    against: int | None = None,
    what: Annotated[
        Literal["all", "changed", "kept", "moved", "new_team", "added", "dropped"], Query()
    ] = "changed",
) -> HTMLResponse:  # fmt: skip
    """Two versions of a year side by side; which other one is asked for when none is named."""
    version = plans.one_plan(store, plan_id).version
    others = [v for v in plans.list_plans(store, 0, 100, year=version.year)[0] if v.id != plan_id]
    older = against or version.previous_id
    if older is None:
        return page("versions/compare_which.html", plan_kind=YEARLY, version=version, others=others)
    found = plan_diff.difference(store, plan_id, older)
    wanted = {"all": set(WHAT), "changed": set(WHAT) - {KEPT}}.get(what, {what})
    rows = [change for change in found.changes if change["what"] in wanted]
    return page(
        "plans/compare.html", plan_kind=YEARLY, version=version, found=found,
        rows=rows[part.offset :][: part.limit],
        listing=page.listing(len(rows), part.offset, part.limit), what=what, kinds=WHAT, others=others,
        stands=STANDS, names=plans.names_of(store), told_summary=summary(found.counts),
        goals=both_goals(found.old, found.new, page.lang),
        figures=[p for p in found.figures if "." in p.name and not p.name.endswith(".bound")],
    )  # fmt: skip


@router.get("/load")
def show_load(by: MayReadPlans, page: Page, plan_id: int, store: StoreDep) -> HTMLResponse:
    """Each inspector's days against the days there are, the fullest first."""
    version = plans.one_plan(store, plan_id).version
    rows = load_rows(version.facts.get("load", {}), plans.names_of(store))
    return page("plans/load.html", plan_kind=YEARLY, version=version, rows=rows)


@router.get("/map")
def show_map(by: MayReadPlans, page: Page, plan_id: int, store: StoreDep) -> HTMLResponse:
    """The city as points: where each unit is, how risky it is, which visits it gets."""
    plan, units = plan_overview.placed(store, plan_id)
    version = plans.one_plan(store, plan_id).version
    return page(
        "plans/map.html", plan_kind=YEARLY, version=version, city=city_map(plan, units),
        kinds=tuple(labels.KINDS),
    )  # fmt: skip
