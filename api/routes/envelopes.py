"""/envelopes: closed envelopes of one's own team, from the hour of departure; opened with the team's key."""

from __future__ import annotations

from datetime import date as Day
from typing import Annotated

from fastapi import APIRouter, Path, status
from pydantic import BaseModel, ConfigDict, Field

from api.access import MayKeepDraws, MayOpenDraws
from api.deps import Now, StoreDep
from api.idempotency import CreationRoute
from api.paging import Listed
from scheduler.journeys.online import envelopes
from scheduler.journeys.online.envelopes import Envelope

router = APIRouter(prefix="/envelopes", tags=["draws"], route_class=CreationRoute)
Slot = Annotated[int, Path(ge=1, le=100, examples=[1])]
TEAM = r"^[A-Za-z0-9_-]{1,40}$"
Team = Annotated[str, Path(pattern=TEAM, examples=["T03"])]


class EnvelopeOut(BaseModel):
    """A closed envelope of one's own team."""

    draw_id: int = Field(examples=[1])
    day: Day = Field(examples=["2027-03-04"])
    slot: int = Field(ge=1, le=100, examples=[1])
    team: str = Field(pattern=TEAM, examples=["T03"])


class HandedIn(EnvelopeOut):
    """What `congvu draw release --out` wrote."""

    model_config = ConfigDict(extra="forbid")

    draw_id: int = Field(ge=1, le=2**31 - 1, examples=[1])
    box: str = Field(pattern=r"^[0-9a-f]{2,20000}$", description="ciphertext", examples=["00ff"])


class OpeningKey(BaseModel):
    """The team's key; kept nowhere."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field(max_length=20_000, description="text of the key file", examples=["{}"])
    passphrase: str = Field(max_length=1000, examples=["mười hai con gà"])


class TargetOut(BaseModel):
    """Where the team goes; an empty unit: this team may not go there."""

    day: Day = Field(examples=["2027-03-04"])
    slot: int = Field(examples=[1])
    team: str = Field(examples=["T03"])
    unit_id: str = Field(examples=["00199"])
    name: str = Field(examples=["Phường Hồng Hà"])
    departure: str = Field(examples=["08:00"])


@router.get("")
def list_envelopes(by: MayOpenDraws, store: StoreDep) -> Listed[EnvelopeOut]:
    """Envelopes of one's own teams, newest first."""
    found = envelopes.my_envelopes(store, by)
    items = [EnvelopeOut.model_validate(e, from_attributes=True) for e in found]
    return Listed(total=len(items), offset=0, items=items)


@router.post("", status_code=status.HTTP_201_CREATED)
def hand_in(by: MayKeepDraws, ask: HandedIn, store: StoreDep, now: Now) -> EnvelopeOut:
    """Hand a released envelope to its team."""
    envelope = Envelope(ask.draw_id, ask.day, ask.slot, ask.team)
    envelopes.hand_in(store, by, now, envelope, ask.box)
    return EnvelopeOut.model_validate(envelope, from_attributes=True)


@router.post("/{draw_id}/{day}/{slot}/{team}/open")
def open_envelope(
    by: MayOpenDraws, draw_id: int, day: Day, slot: Slot, team: Team, ask: OpeningKey, store: StoreDep,
    now: Now,
) -> TargetOut:  # fmt: skip
    """The target, opened with the team's key; the journal says who opened it and when."""
    envelope = Envelope(draw_id, day, slot, team)
    target = envelopes.open_mine(store, by, now, envelope, ask.key.encode(), ask.passphrase)
    return TargetOut(
        day=Day.fromisoformat(target.day), slot=slot, team=target.team, unit_id=target.unit_id,
        name=target.name, departure=target.departure,
    )  # fmt: skip
