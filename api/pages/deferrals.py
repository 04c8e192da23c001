"""/deferrals: who must not be moved yet, until when and why; written, changed and withdrawn by HR."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import HTMLResponse

from api.access import MayReadGrounds, MayWriteDeferrals
from api.deps import Now, StoreDep, Today
from api.page import Page, local, person_path
from api.paging import PageDep
from api.routes.deferrals import Ground
from api.spans import SOON_DAYS, Code, FirstDay, LastDay, Paper, Revision, RowNumber
from data.store.deferrals import DeferralText
from data.words import Message
from scheduler.journeys.online import deferrals, people
from scheduler.journeys.online.deferrals import SeenDeferral

router = APIRouter(prefix="/deferrals")
Back = Annotated[str, Form(max_length=500)]
Which = Literal["now", "soon", "all"]
WITHDRAWN = Message("Đã rút trường hợp tạm hoãn; thời hạn được tính lại như cũ.")


@router.get("")
def list_deferrals(
    by: MayReadGrounds, page: Page, part: PageDep, store: StoreDep, today: Today,
    which: Which = "now", staff_id: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:  # fmt: skip
    """Those that hold today, those that end soon, or all; the next to end first."""
    soon = today + timedelta(days=SOON_DAYS)
    found, total = deferrals.list_deferrals(
        store, by, part.offset, part.limit, staff_id=staff_id.strip(),
        on=today if which == "now" else None, ends=(today, soon) if which == "soon" else None,
    )  # fmt: skip
    listing = page.listing(total, part.offset, part.limit)
    return page(
        "deferrals/list.html", rows=found, listing=listing, which=which, staff_id=staff_id,
        today=today, soon=soon,
    )  # fmt: skip


@router.get("/new")
def new_deferral_page(
    by: MayWriteDeferrals, page: Page, store: StoreDep, today: Today,
    staff_id: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:  # fmt: skip
    """The form for a new deferral."""
    name = people.names_of(store, [staff_id]).get(staff_id, "")
    return page(
        "deferrals/form.html", seen=None, staff_id=staff_id, name=name, today=today,
        grounds=deferrals.grounds_on(today),
        back=person_path(staff_id) if staff_id else "/deferrals",
    )  # fmt: skip


@router.post("")
def add_deferral(
    by: MayWriteDeferrals, page: Page, store: StoreDep, now: Now, today: Today,
    staff_id: Annotated[str, Code], ground: Annotated[Ground, Form()], start: FirstDay,
    evidence: Annotated[str, Paper], end: LastDay = None, back: Back = "/deferrals",
) -> Response:  # fmt: skip
    """A new deferral; back to where one came from, with what to know about it."""
    who = deferrals.staff_id_of(store, by, today, staff_id)
    text = DeferralText(who, ground, start, end, evidence)
    seen = deferrals.add_deferral(store, by, now, today, text)
    return page.go(local(back), _told(Message("Đã ghi tạm hoãn cho {who}."), seen))


@router.get("/{deferral_id}")
def change_deferral_page(
    by: MayWriteDeferrals, page: Page, deferral_id: RowNumber, store: StoreDep, today: Today
) -> HTMLResponse:
    """The form with what the deferral says now."""
    seen = deferrals.one_deferral(store, by, deferral_id)
    who = seen.stored.text.staff_id
    return page(
        "deferrals/form.html", seen=seen, staff_id=who, name=seen.name, today=today,
        grounds=deferrals.grounds_on(today),
        back=person_path(who),
    )  # fmt: skip


@router.post("/{deferral_id}")
def change_deferral(
    by: MayWriteDeferrals, page: Page, deferral_id: RowNumber, store: StoreDep, now: Now,
    today: Today, staff_id: Annotated[str, Code], ground: Annotated[Ground, Form()],
    start: FirstDay, evidence: Annotated[str, Paper], revision: Revision, end: LastDay = None,
    back: Back = "/deferrals",
) -> Response:  # fmt: skip
    """The deferral with another text."""
    text = DeferralText(staff_id.strip(), ground, start, end, evidence)
    seen = deferrals.change_deferral(store, by, now, today, deferral_id, revision, text)
    return page.go(local(back), _told(Message("Đã sửa tạm hoãn của {who}."), seen))


@router.post("/{deferral_id}/withdraw")
def withdraw_deferral(
    by: MayWriteDeferrals, page: Page, deferral_id: RowNumber, revision: Revision, store: StoreDep,
    now: Now, back: Back = "/deferrals",
) -> Response:  # fmt: skip
    """The deferral no longer holds."""
    deferrals.withdraw_deferral(store, by, now, deferral_id, revision)
    return page.go(local(back), WITHDRAWN)


def _told(done: Message, seen: SeenDeferral) -> Message:
    """What was done, and the warnings after it."""
    told = replace(done, params={"who": seen.name or seen.stored.text.staff_id})
    for warning in seen.warnings:
        told = Message("{said} {more}", {"said": told, "more": warning})
    return told
