"""Where a thing that was found leads, and how the kinds of things are called and drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from data.words import Message
from scheduler.journeys.online import search
from scheduler.journeys.online.former_units import FORMER
from scheduler.search import Thing

if TYPE_CHECKING:
    from api.navigation import Place
    from data.records.actors import Actor
    from scheduler.journeys.online.search import Found


@dataclass(frozen=True)
class KindWords:
    """How a kind of things is called, and its drawing."""

    words: Message
    icon: str


KINDS = {
    search.PAGE: KindWords(Message("Trang"), "menu-2"),
    search.UNIT: KindWords(Message("Đơn vị"), "building"),
    FORMER: KindWords(Message("Đơn vị trước sắp xếp"), "building"),
    search.VISIT: KindWords(Message("Cuộc kiểm tra"), "calendar-event"),
    search.PERSON: KindWords(Message("Người giữ vị trí"), "user"),
    search.INSPECTOR: KindWords(Message("Kiểm tra viên"), "id"),
    search.PLAN: KindWords(Message("Kế hoạch kiểm tra"), "calendar-stats"),
    search.ROTATION: KindWords(Message("Kế hoạch chuyển đổi vị trí"), "arrows-exchange"),
    search.FINDING: KindWords(Message("Tồn tại, hạn chế"), "clipboard-check"),
    search.RULE: KindWords(Message("Quy tắc"), "gavel"),
}


def pages(places: Iterable[Place], lang: str) -> list[Thing]:
    """The pages of somebody's menu as things to find, by their names in both languages."""
    return [
        Thing(
            search.PAGE, place.path, place.words.say(lang), place.path,
            more=place.words.say("vi" if lang == "en" else "en"),
        )
        for place in places
    ]  # fmt: skip


def path_of(thing: Thing, found: Found, by: Actor) -> str:
    """The page on which this person sees the thing; "" when none of the pages shows it alone."""
    key, under = quote(thing.key, safe=""), quote(thing.under, safe="")
    if thing.kind in (search.UNIT, FORMER, search.INSPECTOR):
        return _row_of(thing, found, by)
    return {
        search.PAGE: thing.key,
        search.PLAN: f"/plans/{key}",
        search.ROTATION: f"/rotations/{key}",
        search.VISIT: f"/plans/{under}/visits/{key}" if under else f"/assignments/{key}",
        search.PERSON: f"/people/{key}",
        search.FINDING: f"/assignments/{under}/findings/{key}" if under else f"/follow-ups/{key}",
        search.RULE: f"/rules#{key}",
    }[thing.kind]


def _row_of(thing: Thing, found: Found, by: Actor) -> str:
    """Units and inspectors have no page of their own: their row of the plan, its people, or their table."""
    unit = thing.kind != search.INSPECTOR
    if by.may("plans.read") and found.plan_id:
        asked = {"q": thing.under or thing.name} if unit else {"view": "team", "team": thing.key}
        return f"/plans/{found.plan_id}/year?{urlencode(asked)}"
    if by.may("datasets.read") and found.dataset_id:
        table = "units" if unit else "inspectors"
        return f"/datasets/{found.dataset_id}/tables/{table}?{urlencode({'q': thing.key})}"
    if unit and by.may("people.read"):
        return f"/people?{urlencode({'unit': thing.key})}"
    return ""
