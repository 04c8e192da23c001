"""Views of a rotation plan: its moves, who stays, another version beside it, the form that amends it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.access import MayDraftRotations, MayReadRotations
from api.deps import StoreDep, Today
from api.fields import LARGEST_ID, RowId
from api.page import Page
from api.paging import PageDep
from api.plan_goals import both_goals
from api.plan_life import ROTATION
from api.year_days import first_day
from data.exports.cycle_drawing import draw
from data.exports.rotation_labels import CYCLE_KINDS, INSTRUMENTS, MARKS
from data.records.changes import WHAT
from scheduler.journeys.online import rotation_moves, rotation_stays, rotations
from scheduler.journeys.online.rotation_moves import MovesAsk
from scheduler.move_changes import CHANGES

router = APIRouter(prefix="/rotations/{plan_id}")
MOST = 20  # exchanges on a page: each brings a drawing and its twin as a table
OFFERED = 12  # people whom a search offers
Text = Annotated[str, Query(max_length=200)]
Code = Annotated[str, Query(max_length=100)]


@router.get("/moves")
def show_moves(
    by: MayReadRotations, page: Page, plan_id: RowId, store: StoreDep, part: PageDep, q: Text = "",
    wave: Annotated[str, Query(pattern=r"^([1-9]|1[0-2])?$")] = "", unit: Code = "",
    kind: Literal["", "swap", "cycle", "chain"] = "",
) -> HTMLResponse:  # fmt: skip
    """Exchange by exchange: each as a drawing with arrows and as a table."""
    limit = min(part.limit, MOST)
    ask = MovesAsk(q, int(wave) if wave else None, unit, kind)
    found = rotation_moves.find_moves(store, by, plan_id, ask, part.offset, limit, page.lang)
    return page(
        "rotations/moves.html", plan_kind=ROTATION, version=found.version, found=found,
        drawn=[(each, draw(each.rows)) for each in found.shown], kinds=CYCLE_KINDS,
        instruments=INSTRUMENTS, marks=MARKS, q=q, wave=wave, unit=unit, kind=kind,
        listing=page.listing(found.total, part.offset, limit),
    )  # fmt: skip


@router.get("/staying")
def show_staying(
    by: MayReadRotations, page: Page, plan_id: RowId, store: StoreDep, part: PageDep,
    which: Literal["unplaced", "deferred", "exempt", "spared", "missing", "single"] = "unplaced",
    q: Text = "",
) -> HTMLResponse:  # fmt: skip
    """Who is due and has no place, and who is not moved for another reason, list by list."""
    found = rotation_stays.find_staying(
        store, by, plan_id, which, q, part.offset, part.limit, page.lang
    )
    return page(
        "rotations/staying.html", plan_kind=ROTATION, version=found.version, found=found, q=q,
        listing=page.listing(found.total, part.offset, part.limit),
    )  # fmt: skip


@router.get("/compare")
def compare_rotations(
    by: MayReadRotations, page: Page, plan_id: RowId, store: StoreDep, part: PageDep,
    against: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
    what: Literal["all", "different", "changed", "added", "dropped", "kept"] = "different",
) -> HTMLResponse:  # fmt: skip
    """Two versions side by side, person by person; which other one is asked for when none is named."""
    version = rotations.one_rotation(store, by, plan_id).version
    older = against or version.previous_id
    if older is None:
        others = rotations.others_of(store, version)
        return page(
            "versions/compare_which.html", plan_kind=ROTATION, version=version, others=others
        )
    found = rotations.difference(store, plan_id, older)
    wanted = {"all": set(CHANGES), "different": set(CHANGES) - {"kept"}}.get(what, {what})
    rows = [row for row in found.rows if row["what"] in wanted]
    return page(
        "rotations/compare.html", plan_kind=ROTATION, version=version, found=found, what=what, kinds=WHAT,
        rows=rows[part.offset :][: part.limit], instruments=INSTRUMENTS,
        goals=both_goals(found.old, found.new, page.lang),
        listing=page.listing(len(rows), part.offset, part.limit),
    )  # fmt: skip


@router.get("/amend")
def amend_page(
    by: MayDraftRotations, page: Page, plan_id: RowId, store: StoreDep, today: Today, q: Text = "",
    on: date | Literal[""] = "",
    without: Annotated[list[Code], Query(max_length=1000)] = [],  # noqa: B006
) -> HTMLResponse:  # fmt: skip
    """From which day on the plan is to be mended, and who falls out: people of the plan, found by name."""
    version = rotations.one_rotation(store, by, plan_id).version
    people = rotation_moves.movers(store, by, version, page.lang)
    chosen = [people[who] for who in dict.fromkeys(without) if who in people]
    found = rotation_moves.movers_like(people, q) if q else []
    return page(
        "rotations/amend.html", plan_kind=ROTATION, version=version, chosen=chosen, q=q,
        found=found[:OFFERED], more=max(0, len(found) - OFFERED),
        on=on or first_day(version.year, today), today=today,
    )  # fmt: skip
