"""/envelopes: surprise targets of one's own teams; opened by a button, told on that answer and nowhere else."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import HTMLResponse

from api.access import MayOpenDraws
from api.deps import Now, StoreDep
from api.page import Page
from api.routes.envelopes import Slot, Team
from scheduler.journeys.online import envelopes
from scheduler.journeys.online.envelopes import Envelope

router = APIRouter(prefix="/envelopes")
Key = Annotated[UploadFile, File(description="the team's key file; kept nowhere")]
Secret = Annotated[str, Form(max_length=1000)]


@router.get("")
def list_envelopes(by: MayOpenDraws, page: Page, store: StoreDep) -> HTMLResponse:
    """Closed envelopes of one's own teams, newest first; none before the hour of departure."""
    return page("envelopes/list.html", found=envelopes.my_envelopes(store, by))


@router.post("/{draw_id}/{day}/{slot}/{team}/open")
def open_envelope(
    by: MayOpenDraws, page: Page, draw_id: int, day: date, slot: Slot, team: Team, key: Key,
    store: StoreDep, now: Now, passphrase: Secret = "",
) -> HTMLResponse:  # fmt: skip
    """The target, once: the answer is not kept by browser, service worker or server."""
    envelope = Envelope(draw_id, day, slot, team)
    target = envelopes.open_mine(store, by, now, envelope, key.file.read(), passphrase)
    template = "envelopes/_target.html" if page.from_script else "envelopes/target.html"
    answer = page(template, target=target, envelope=envelope)
    answer.headers.update({"HX-Retarget": "#target", "HX-Reswap": "innerHTML"})
    return answer
