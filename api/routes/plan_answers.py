"""/plans/{id}/why, why-not, recommend: questions to a plan, answered from its model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.access import MayReadPlans
from api.deps import Lang, StoreDep
from scheduler.journeys.answers import AskAbout
from scheduler.journeys.online import plan_answers
from scheduler.journeys.wishing import SECONDS, WishAsk

if TYPE_CHECKING:
    from scheduler.why.answer import Answer

router = APIRouter(prefix="/plans/{plan_id}", tags=["plans"])
IdOrName = Annotated[str, Query(max_length=300, description="id, or full name")]
Name = Annotated[str, StringConstraints(max_length=300)]


class SectionOut(BaseModel):
    """One part of an answer."""

    name: str = Field(examples=["week"])
    title: str = Field(examples=["Vì sao là tuần này"])
    sentences: list[str] = Field(examples=[["Đơn vị đến hạn từ 01/04/2027."]])
    facts: Mapping[str, Any] = Field(description="the numbers behind the sentences", examples=[{}])


class AnswerOut(BaseModel):
    """What was asked, in short what is so, and why."""

    question: str = Field(examples=["Vì sao đơn vị này có trong kế hoạch?"])
    short: str = Field(examples=["Vì rủi ro cao."])
    notes: list[str] = Field(description="what a reader must know first", examples=[[]])
    sections: list[SectionOut]
    about: Mapping[str, Any] = Field(examples=[{"unit": "00199"}])


class WishIn(BaseModel):
    """A wish about one visit, or one visit of a unit."""

    model_config = ConfigDict(extra="forbid")

    visit: Name = Field("", examples=[""])
    unit: Name = Field("", description="id or full name", examples=["00199"])
    on: Name = Field("", description="a day or a week: 2027-03-15, 2027-W11", examples=["2027-W11"])
    team: list[Name] = Field(default=[], max_length=20, description="the whole team", examples=[[]])
    with_people: list[Name] = Field(default=[], max_length=20, examples=[["TV0007"]])
    without_people: list[Name] = Field(default=[], max_length=20, examples=[[]])
    seconds: float = Field(SECONDS, ge=0.5, le=20, description="effort of the search", examples=[2])


@router.get("/why")
def ask_why(
    by: MayReadPlans, plan_id: int, store: StoreDep, lang: Lang, visit: IdOrName = "",
    unit: IdOrName = "", inspector: IdOrName = "",
) -> AnswerOut:  # fmt: skip
    """Why a visit, a unit or an inspector is as it is in the plan; exactly one is named."""
    return _out(plan_answers.why(store, plan_id, AskAbout(visit, unit, inspector)), lang)


@router.post("/why-not")
def ask_why_not(
    by: MayReadPlans, plan_id: int, wish: WishIn, store: StoreDep, lang: Lang
) -> AnswerOut:
    """What a wish would cost and change, or the rules that forbid it; nothing is saved."""
    ask = WishAsk(
        wish.visit, wish.unit, wish.on, tuple(wish.team), tuple(wish.with_people),
        tuple(wish.without_people),
    )  # fmt: skip
    return _out(plan_answers.why_not(store, plan_id, ask, wish.seconds), lang)


@router.get("/recommend")
def ask_what_is_best(
    by: MayReadPlans, plan_id: int, store: StoreDep, lang: Lang, visit: IdOrName = "",
    unit: IdOrName = "", inspector: IdOrName = "", most: Annotated[int, Query(ge=1, le=50)] = 10,
) -> AnswerOut:  # fmt: skip
    """Ranked options for a visit, a unit or an inspector; exactly one is named."""
    ask = AskAbout(visit, unit, inspector)
    return _out(plan_answers.recommend(store, plan_id, ask, most), lang)


def _out(answer: Answer, lang: str) -> AnswerOut:
    return AnswerOut(
        question=answer.question.say(lang), short=answer.short.say(lang),
        notes=[note.say(lang) for note in answer.notes],
        sections=[
            SectionOut(
                name=s.name, title=s.title.say(lang), sentences=[m.say(lang) for m in s.sentences],
                facts=dict(s.facts),
            )
            for s in answer.sections
        ],
        about=dict(answer.about),
    )  # fmt: skip
