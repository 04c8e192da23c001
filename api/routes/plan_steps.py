"""/plans/{id}/<step>: the life of a yearly plan, each step under the version that was read."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from api import etags
from api.access import MayApprovePlans, MayDraftPlans, MayPublishPlans
from api.deps import Lang, Now, StoreDep
from api.etags import Revision
from api.plan_shapes import PlanOut, plan_out
from data.store.plans import VISITS
from scheduler.journeys.online import lifecycle, plans

router = APIRouter(prefix="/plans", tags=["plans"])


class NoteIn(BaseModel):
    """The leader's word."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field("", max_length=4000, examples=["Đồng ý"])


@router.post("/{plan_id}/check")
def check_plan(
    by: MayDraftPlans, plan_id: int, revision: Revision, store: StoreDep, now: Now, lang: Lang,
    response: Response,
) -> PlanOut:  # fmt: skip
    """The plan judged on the accepted data: `checked`, or a draft with its breaches. Writes its files anew."""
    lifecycle.check(store, by, now, VISITS, plan_id, revision, plans.judge)
    return _shown(store, plan_id, lang, response)


@router.post("/{plan_id}/submit")
def submit_plan(
    by: MayDraftPlans, plan_id: int, revision: Revision, store: StoreDep, now: Now, lang: Lang,
    response: Response,
) -> PlanOut:  # fmt: skip
    """The checked plan put before the leaders."""
    lifecycle.submit(store, by, now, VISITS, plan_id, revision)
    return _shown(store, plan_id, lang, response)


@router.post("/{plan_id}/send-back")
def send_plan_back(
    by: MayApprovePlans, plan_id: int, word: NoteIn, revision: Revision, store: StoreDep, now: Now,
    lang: Lang, response: Response,
) -> PlanOut:  # fmt: skip
    """The plan as a draft again, with a word on what to change."""
    lifecycle.send_back(store, by, now, VISITS, plan_id, revision, word.note)
    return _shown(store, plan_id, lang, response)


@router.post("/{plan_id}/approve")
def approve_plan(
    by: MayApprovePlans, plan_id: int, word: NoteIn, revision: Revision, store: StoreDep, now: Now,
    lang: Lang, response: Response,
) -> PlanOut:  # fmt: skip
    """The plan approved by a leader who neither made, edited nor submitted it."""
    lifecycle.approve(store, by, now, VISITS, plan_id, revision, word.note)
    return _shown(store, plan_id, lang, response)


@router.post("/{plan_id}/publish")
def publish_plan(
    by: MayPublishPlans, plan_id: int, revision: Revision, store: StoreDep, now: Now, lang: Lang,
    response: Response,
) -> PlanOut:  # fmt: skip
    """The plan in force; inspectors see it from now on, and nobody changes it any more."""
    lifecycle.publish(store, by, now, VISITS, plan_id, revision)
    return _shown(store, plan_id, lang, response)


@router.post("/{plan_id}/close")
def close_plan(
    by: MayPublishPlans, plan_id: int, revision: Revision, store: StoreDep, now: Now, lang: Lang,
    response: Response,
) -> PlanOut:  # fmt: skip
    """The plan closed: its year is over."""
    lifecycle.close(store, by, now, VISITS, plan_id, revision)
    return _shown(store, plan_id, lang, response)


@router.post("/{plan_id}/discard")
def discard_plan(
    by: MayDraftPlans, plan_id: int, revision: Revision, store: StoreDep, now: Now, lang: Lang,
    response: Response,
) -> PlanOut:  # fmt: skip
    """The draft given up; it stays in the store."""
    lifecycle.discard(store, by, now, VISITS, plan_id, revision)
    return _shown(store, plan_id, lang, response)


def _shown(store: StoreDep, plan_id: int, lang: str, response: Response) -> PlanOut:
    shown = plans.one_plan(store, plan_id)
    etags.mark(response, shown.version.revision)
    return plan_out(shown, lang)
