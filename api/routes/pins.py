"""/pins: what must, or must not, happen in the next plan."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date as Day
from typing import Literal

from fastapi import APIRouter, Response, status
from pydantic import BaseModel, ConfigDict, Field

from api import etags
from api.access import MayReadPins, MayWritePins
from api.deps import Now, StoreDep
from api.etags import Revision
from api.idempotency import CreationRoute
from api.paging import Listed, PageDep
from data.store.pins import PinText, StoredPin
from scheduler.journeys.online import pins

router = APIRouter(prefix="/pins", tags=["pins"], route_class=CreationRoute)


class PinIn(BaseModel):
    """What a pin says."""

    model_config = ConfigDict(extra="forbid")

    unit_id: str = Field("", max_length=100, description="blank: any unit", examples=["00199"])
    kind: Literal["", "periodic", "thematic", "follow_up"] = Field("", examples=["periodic"])
    date: Day | None = Field(None, description="a day of the visit", examples=["2027-05-10"])
    week: Day | None = Field(None, description="any day of the week", examples=[None])
    inspector_id: str = Field("", max_length=100, examples=["TV0007"])
    staff_id: str = Field(
        "", max_length=100, description="who is, or is not, to move", examples=[""]
    )
    position_id: str = Field("", max_length=100, examples=[""])
    must: bool = Field(description="true: has to happen; false: must not", examples=[True])
    reason: str = Field(min_length=1, max_length=2000, examples=["Theo đề nghị của đơn vị"])


class PinOut(PinIn):
    """A pin that holds."""

    id: int = Field(examples=[7])
    dataset_id: int | None = Field(description="the dataset it came with", examples=[None])


def _out(pin: StoredPin) -> PinOut:
    return PinOut(id=pin.id, dataset_id=pin.dataset_id, **asdict(pin.text))


@router.get("")
def list_pins(by: MayReadPins, page: PageDep, store: StoreDep) -> Listed[PinOut]:
    """Pins that hold, oldest first."""
    found, total = pins.list_pins(store, by, page.offset, page.limit)
    return Listed(total=total, offset=page.offset, items=[_out(pin) for pin in found])


@router.get("/{pin_id}")
def read_pin(by: MayReadPins, pin_id: int, store: StoreDep, response: Response) -> PinOut:
    """One pin."""
    pin = pins.one_pin(store, by, pin_id)
    etags.mark(response, pin.revision)
    return _out(pin)


@router.post("", status_code=status.HTTP_201_CREATED)
def add_pin(by: MayWritePins, text: PinIn, store: StoreDep, now: Now, response: Response) -> PinOut:
    """A new pin."""
    pin = pins.add_pin(store, by, now, PinText(**text.model_dump()))
    etags.mark(response, pin.revision)
    response.headers["Location"] = f"/api/v1/pins/{pin.id}"
    return _out(pin)


@router.put("/{pin_id}")
def change_pin(
    by: MayWritePins, pin_id: int, text: PinIn, revision: Revision, store: StoreDep, now: Now,
    response: Response,
) -> PinOut:  # fmt: skip
    """The pin with another text."""
    pin = pins.change_pin(store, by, now, pin_id, revision, PinText(**text.model_dump()))
    etags.mark(response, pin.revision)
    return _out(pin)


@router.delete("/{pin_id}", status_code=status.HTTP_204_NO_CONTENT)
def withdraw_pin(
    by: MayWritePins, pin_id: int, revision: Revision, store: StoreDep, now: Now
) -> None:
    """The pin no longer holds."""
    pins.withdraw_pin(store, by, now, pin_id, revision)
