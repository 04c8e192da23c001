"""/rotations/{id}/<step>: the life of a rotation plan, each step under the version that was read."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from api import etags
from api.access import MayApproveRotations, MayDraftRotations, MayPublishRotations
from api.deps import Lang, Now, StoreDep
from api.etags import Revision
from api.narrow import RowId
from api.rotation_shapes import RotationOut, rotation_out
from data.records.actors import Actor
from data.store.plans import MOVES
from scheduler.journeys.online import lifecycle, rotation_asks, rotations

router = APIRouter(prefix="/rotations", tags=["rotations"])


class RotationNote(BaseModel):
    """The leader's word."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field("", max_length=4000, examples=["Đồng ý"])


@router.post("/{rotation_id}/check")
def check_rotation(
    by: MayDraftRotations, rotation_id: RowId, revision: Revision, store: StoreDep, now: Now,
    lang: Lang, response: Response,
) -> RotationOut:  # fmt: skip
    """The plan judged on the accepted data: `checked`, or a draft with its breaches."""
    lifecycle.check(store, by, now, MOVES, rotation_id, revision, rotation_asks.judge)
    return _shown(store, by, rotation_id, lang, response)


@router.post("/{rotation_id}/submit")
def submit_rotation(
    by: MayDraftRotations, rotation_id: RowId, revision: Revision, store: StoreDep, now: Now,
    lang: Lang, response: Response,
) -> RotationOut:  # fmt: skip
    """The checked plan put before the leaders."""
    lifecycle.submit(store, by, now, MOVES, rotation_id, revision)
    return _shown(store, by, rotation_id, lang, response)


@router.post("/{rotation_id}/send-back")
def send_rotation_back(
    by: MayApproveRotations, rotation_id: RowId, word: RotationNote, revision: Revision,
    store: StoreDep, now: Now, lang: Lang, response: Response,
) -> RotationOut:  # fmt: skip
    """The plan as a draft again, with a word on what to change."""
    lifecycle.send_back(store, by, now, MOVES, rotation_id, revision, word.note)
    return _shown(store, by, rotation_id, lang, response)


@router.post("/{rotation_id}/approve")
def approve_rotation(
    by: MayApproveRotations, rotation_id: RowId, word: RotationNote, revision: Revision,
    store: StoreDep, now: Now, lang: Lang, response: Response,
) -> RotationOut:  # fmt: skip
    """The plan approved by a leader who neither made nor submitted it."""
    lifecycle.approve(store, by, now, MOVES, rotation_id, revision, word.note)
    return _shown(store, by, rotation_id, lang, response)


@router.post("/{rotation_id}/publish")
def publish_rotation(
    by: MayPublishRotations, rotation_id: RowId, revision: Revision, store: StoreDep, now: Now,
    lang: Lang, response: Response,
) -> RotationOut:  # fmt: skip
    """The plan in force; nobody changes it any more."""
    lifecycle.publish(store, by, now, MOVES, rotation_id, revision)
    return _shown(store, by, rotation_id, lang, response)


@router.post("/{rotation_id}/close")
def close_rotation(
    by: MayPublishRotations, rotation_id: RowId, revision: Revision, store: StoreDep, now: Now,
    lang: Lang, response: Response,
) -> RotationOut:  # fmt: skip
    """The plan closed: its year is over."""
    lifecycle.close(store, by, now, MOVES, rotation_id, revision)
    return _shown(store, by, rotation_id, lang, response)


@router.post("/{rotation_id}/discard")
def discard_rotation(
    by: MayDraftRotations, rotation_id: RowId, revision: Revision, store: StoreDep, now: Now,
    lang: Lang, response: Response,
) -> RotationOut:  # fmt: skip
    """The draft given up; it stays in the store."""
    lifecycle.discard(store, by, now, MOVES, rotation_id, revision)
    return _shown(store, by, rotation_id, lang, response)


def _shown(
    store: StoreDep, by: Actor, rotation_id: int, lang: str, response: Response
) -> RotationOut:
    shown = rotations.one_rotation(store, by, rotation_id)
    etags.mark(response, shown.version.revision)
    return rotation_out(shown, lang)
