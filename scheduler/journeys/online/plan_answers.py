"""Questions to a plan on the server: why, why not, what would be best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.answers import AskAbout, about_year
from scheduler.journeys.online.plan_desk import open_plan
from scheduler.journeys.wishing import WishAsk, options, wished

if TYPE_CHECKING:
    from data.store.store import Store
    from scheduler.why.answer import Answer


def why(store: Store, plan_id: int, ask: AskAbout) -> Answer:
    """Why a visit, a unit or an inspector is as it is in a plan.

    Raises
    ------
    Refused
        Not exactly one thing is asked about, or it is unknown; near names are suggested.
    data.store.errors.NotFound
    """
    _one_of(ask)
    return about_year(open_plan(store, plan_id).numbers, ask)


def why_not(store: Store, plan_id: int, ask: WishAsk, seconds: float) -> Answer:
    """What a wish about one visit would cost and change, or what forbids it.

    Raises
    ------
    Refused
        An unknown id, a day of another year, or nothing to wish for.
    data.store.errors.NotFound
    """
    if bool(ask.visit) == bool(ask.unit):
        raise Refused(Message("Hỏi về đúng một điều: một cuộc kiểm tra, hoặc một đơn vị."))
    return wished(open_plan(store, plan_id).numbers, ask, seconds)


def recommend(store: Store, plan_id: int, ask: AskAbout, most: int) -> Answer:
    """Ranked options for a visit, a unit or an inspector.

    Raises
    ------
    Refused
        Not exactly one thing is asked about, or it is unknown.
    data.store.errors.NotFound
    """
    _one_of(ask)
    return options(open_plan(store, plan_id).numbers, ask, most)


def _one_of(ask: AskAbout) -> None:
    if len(ask.given) != 1:
        raise Refused(
            Message(
                "Hỏi về đúng một điều: một cuộc kiểm tra, một đơn vị, hoặc một cán bộ kiểm tra."
            )
        )
