"""/search: everything that the caller may read by name or id."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.access import SignedIn
from api.deps import Lang, StoreDep, Today
from api.found_places import path_of
from api.paging import PageDep
from data.words import Message
from scheduler.journeys.online.search import search

router = APIRouter(prefix="/search", tags=["search"])
Kind = Literal[
    "unit", "former_unit", "visit", "person", "inspector", "plan", "rotation", "finding", "rule"
]


class ThingOut(BaseModel):
    """Something that was found."""

    key: str = Field(description="its id", examples=["00199"])
    name: str = Field(examples=["Phường Đống Đa"])
    note: str = Field(description="what tells it from others", examples=["Phường"])
    under: str = Field(
        description="the plan of a visit; the visit of an own finding", examples=[""]
    )
    page: str = Field(
        description="path of the page that shows it, if one does",
        examples=["/people?unit=00199"],
    )


class GroupOut(BaseModel):
    """What was found of one kind."""

    kind: Kind
    total: int = Field(examples=[1])
    items: list[ThingOut]


class FoundOut(BaseModel):
    """What was found, the kind with the nearest thing first."""

    total: int = Field(description="things of all kinds", examples=[1])
    groups: list[GroupOut]


@router.get("")
def search_all(
    by: SignedIn, part: PageDep, store: StoreDep, today: Today, lang: Lang,
    q: Annotated[
        str,
        Query(
            max_length=200, examples=["dong da"],
            description="beginnings of words of a name, or an id; accents may be left out",
        ),
    ],
    kind: Annotated[Kind | None, Query(description="blank: every kind")] = None,
) -> FoundOut:  # fmt: skip
    """Units, visits, people, plans, findings and rules by name or id; kinds that one may not read are left out.

    `offset` and `limit` hold for each kind.
    """
    found = search(store, by, today, lang, q, kind=kind or "", offset=part.offset, limit=part.limit)

    def said(note: str | Message) -> str:
        return note.say(lang) if isinstance(note, Message) else note

    return FoundOut(total=found.total, groups=[
        GroupOut.model_validate({
            "kind": group.kind, "total": group.total, "items": [
                ThingOut(
                    key=thing.key, name=thing.name, note=said(thing.note), under=thing.under,
                    page=path_of(thing, found, by),
                )
                for thing in group.things
            ],
        })
        for group in found.groups
    ])  # fmt: skip
