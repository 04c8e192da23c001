"""Questions to a plan on the server: why, why not, what would be best."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.answers import AskAbout, about_year, notes_on
from scheduler.journeys.online.plan_desk import open_plan
from scheduler.journeys.wishing import WishAsk, options, wished

if TYPE_CHECKING:
    from data.store.store import Store
    from scheduler.journeys.online.plan_desk import OpenPlan
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
    opened = open_plan(store, plan_id)
    return _noted(opened, about_year(opened.numbers, ask))


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
    opened = open_plan(store, plan_id)
    return _noted(opened, wished(opened.numbers, ask, seconds))


def recommend(store: Store, plan_id: int, ask: AskAbout, most: int) -> Answer:
    """Ranked options for a visit, a unit or an inspector.

    Raises
    ------
    Refused
        Not exactly one thing is asked about, or it is unknown.
    data.store.errors.NotFound
    """
    _one_of(ask)
    opened = open_plan(store, plan_id)
    return _noted(opened, options(opened.numbers, ask, most))


def _noted(opened: OpenPlan, answer: Answer) -> Answer:
    """The answer with what the checker finds, in place of what the solver counts.

    Visits that are over stand in the data as well: to the solver they come too soon after themselves.
    """
    notes = notes_on(opened.plan.facts, opened.desk.case.office.digest)
    if opened.breaches:
        broken = Message(
            "Theo dữ liệu đang dùng, kế hoạch này có {n} chỗ vi phạm quy tắc.",
            {"n": len(opened.breaches)},
        )
        notes = (*notes, broken)
    return replace(answer, notes=notes)


def _one_of(ask: AskAbout) -> None:
    if len(ask.given) != 1:
        raise Refused(
            Message(
                "Hỏi về đúng một điều: một cuộc kiểm tra, một đơn vị, hoặc một cán bộ kiểm tra."
            )
        )
