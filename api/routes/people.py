"""/people: officials in sensitive posts, by when each has to leave, and why."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from api.access import MayReadGrounds, MayReadPeople
from api.deps import Lang, StoreDep, Today
from api.paging import Listed, PageDep
from api.people_shapes import (
    DerivedOut,
    DuesOut,
    ForecastOut,
    PeopleOut,
    PersonInFull,
    PersonOut,
    PostingOut,
    RelativeOut,
    SpanOut,
    Standing,
    TakenOut,
    UnclearOut,
)
from scheduler.journeys.online import forecasts, people
from scheduler.journeys.online.people import Reading
from scheduler.officials import Official

router = APIRouter(prefix="/people", tags=["people"])
LAST_DAY = date(2100, 12, 31)
Day = Annotated[date | None, Query(le=LAST_DAY, description="day of the check; today when blank")]
Search = Annotated[
    str, Query(max_length=200, description="name, code or unit; accents may be left out")
]
Unit = Annotated[str, Query(max_length=100)]


@router.get("")
def list_people(
    by: MayReadPeople, page: PageDep, store: StoreDep, today: Today, lang: Lang, on: Day = None,
    q: Search = "", unit: Unit = "",
    status: Annotated[list[Standing] | None, Query(description="blank: all but not_subject")] = None,
    sort: Literal["days_left", "name", "unit"] = "days_left",
    unclear: Annotated[bool, Query(description="only people with two readings")] = False,
) -> PeopleOut:  # fmt: skip
    """Officials in sensitive posts; `sort=name` by given name in Vietnamese order."""
    found = people.list_people(
        store, by, on or today, lang, page.offset, page.limit, q=q, unit=unit,
        standings=status or (), sort=sort, unclear=unclear,
    )  # fmt: skip
    items = [PersonOut(**_person(who, readings)) for who, readings in found.items]
    return PeopleOut(total=found.total, offset=page.offset, items=items, counts=found.counts)


@router.get("/unclear")
def unclear(
    by: MayReadPeople, page: PageDep, store: StoreDep, today: Today, on: Day = None,
    unit: Unit = "",
) -> Listed[UnclearOut]:  # fmt: skip
    """Postings of which nobody has said whether the reorganisation continued the work."""
    found, total = people.unclear_people(store, by, on or today, unit, page.offset, page.limit)
    items = [
        UnclearOut.model_validate({
            **{name: getattr(row, name) for name in row.__slots__},
            "unit_name": unit_name, "from_unit_name": former,
        })
        for row, unit_name, former in found
    ]  # fmt: skip
    return Listed(total=total, offset=page.offset, items=items)


@router.get("/forecast")
def forecast(
    by: MayReadPeople, store: StoreDep, today: Today, lang: Lang,
    first: Annotated[int, Query(alias="from", ge=2000, le=LAST_DAY.year, examples=[2027])],
    last: Annotated[int, Query(alias="to", ge=2000, le=LAST_DAY.year, examples=[2031])], on: Day = None,
    unit: Unit = "",
) -> ForecastOut:  # fmt: skip
    """Dues of these years by quarter, in both readings, and how low the peak can be made."""
    found = forecasts.coming_dues(store, by, (first, last), on or today, lang, unit)
    return ForecastOut(on=on or today, readings=[DuesOut(**each) for each in found])


@router.get("/{staff_id}")
def read_person(
    by: MayReadPeople, staff_id: str, store: StoreDep, today: Today, lang: Lang, on: Day = None
) -> PersonInFull:
    """One official: the career, how each reading came about, what puts a move off."""
    found = people.one_person(store, by, staff_id, on or today, lang)
    return PersonInFull(
        **_person(found.official, found.readings), on=on or today,
        postings=[PostingOut(**row) for row in found.postings],
        derivations=[DerivedOut(**told) for told in found.derivations],
        deferrals=[SpanOut(**row) for row in found.deferrals],
        measures=[TakenOut(**row) for row in found.measures],
    )  # fmt: skip


@router.get("/{staff_id}/relatives")
def relatives(
    by: MayReadGrounds, staff_id: str, store: StoreDep, today: Today
) -> Listed[RelativeOut]:
    """Kin of one official who serve as well."""
    found = people.relatives_of(store, by, staff_id, today)
    return Listed(total=len(found), offset=0, items=[RelativeOut(**row) for row in found])


def _person(who: Official, readings: list[Reading]) -> dict[str, Any]:
    first = readings[0].cells
    return {
        **{name: getattr(who, name) for name in PersonOut.model_fields if hasattr(who, name)},
        "deadline": first["latest_date"], "readings": [
            {**each.cells, "overlay_since": each.since, "legal_basis": each.basis}
            for each in readings
        ],
    }  # fmt: skip
