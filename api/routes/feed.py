"""/me/feed and /feeds: the own calendar under a private address, for calendar programs.

No idempotency key here: it would keep the secret of the answer for a day, in clear.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Header, Path, Request, Response, status
from pydantic import BaseModel, Field

from api.access import MayReadAssignments, rights_of
from api.deps import Now, StoreDep
from scheduler.journeys.online import feeds

if TYPE_CHECKING:
    from data.store.accounts import Account

router = APIRouter(tags=["feed"])
KEEP = {"Cache-Control": "private, no-cache"}


class FeedOut(BaseModel):
    """A new private address; it is shown this once and kept nowhere."""

    url: str = Field(examples=["https://congvu.example/api/v1/feeds/9h2Vv….ics"])
    token: str = Field(examples=["9h2Vv…"])


class FeedStateOut(BaseModel):
    """Whether there is an address, never which."""

    made_at: datetime | None = Field(examples=["2027-03-01T02:00:00Z"])


def _may(account: Account) -> bool:
    return "assignments.read" in rights_of(account.roles)


@router.get("/me/feed")
def feed_state(by: MayReadAssignments, store: StoreDep) -> FeedStateOut:
    """When the address of the own calendar was made; null when there is none."""
    return FeedStateOut(made_at=feeds.feed_made_at(store, by))


@router.post("/me/feed", status_code=status.HTTP_201_CREATED)
def renew_feed(by: MayReadAssignments, store: StoreDep, now: Now, request: Request) -> FeedOut:
    """A new private address of the own calendar; the old one is void from now on."""
    token = feeds.renew_feed(store, by, now)
    return FeedOut(url=str(request.url_for("read_feed", token=token)), token=token)


@router.delete("/me/feed", status_code=status.HTTP_204_NO_CONTENT)
def end_feed(by: MayReadAssignments, store: StoreDep, now: Now) -> None:
    """The address is void from now on."""
    feeds.end_feed(store, by, now)


@router.get("/feeds/{token}.ics", response_class=Response)
def read_feed(
    token: Annotated[str, Path(max_length=200)], store: StoreDep,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:  # fmt: skip
    """The calendar of a private address, as iCalendar (RFC 5545)."""
    known = (if_none_match or "").strip().removeprefix("W/").strip('"')
    read = feeds.read_feed(store, token, _may, known)
    headers = {"ETag": f'"{read.tag}"', **KEEP}
    if read.content is None:
        return Response(status_code=status.HTTP_304_NOT_MODIFIED, headers=headers)
    return Response(read.content, headers=headers, media_type="text/calendar; charset=utf-8")
