"""/plans/{id}/<step> and /rotations/{id}/<step>: a plan's life, each step under the version that was read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from api import etags
from api.deps import Lang, Now, StoreDep
from api.etags import Revision
from api.fields import LARGEST_ID
from api.plan_life import LIFE, ROTATION, YEARLY, LifeStep, PlanKind
from api.plan_shapes import PlanOut, plan_out
from api.rotation_shapes import RotationOut, rotation_out
from data.records.actors import Actor
from data.store.store import Store
from scheduler.journeys.online import plans as yearly
from scheduler.journeys.online import rotations as moving

Shown = tuple[int, BaseModel]  # revision, and the version as the API says it


class NoteIn(BaseModel):
    """The leader's word."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field("", max_length=4000, examples=["Đồng ý"])


def _router(
    kind: PlanKind, out: type[BaseModel], shown: Callable[[Store, Actor, int, str], Shown]
) -> APIRouter:
    router = APIRouter(prefix=kind.path, tags=[f"{kind.noun}s"])
    for step in LIFE:
        first, *rest = step.path.split("-")
        router.add_api_route(
            f"/{{{kind.noun}_id}}/{step.path}", _route(kind, step, shown), methods=["POST"],
            name="_".join((first, kind.noun, *rest)), description=step.says, response_model=out,
        )  # fmt: skip
    return router


def _route(
    kind: PlanKind, step: LifeStep, shown: Callable[[Store, Actor, int, str], Shown]
) -> Callable[..., Any]:
    may = Depends(kind.requires(step.right))
    number = Path(alias=f"{kind.noun}_id", ge=1, le=LARGEST_ID, examples=[7])

    def take(
        by: Actor = may, plan_id: int = number, *, revision: Revision, store: StoreDep, now: Now, lang: Lang,
        response: Response,
    ) -> BaseModel:  # fmt: skip
        step.take(store, by, now, kind, plan_id, revision, "")
        return told(by, plan_id, store, lang, response)

    def take_with_note(
        by: Actor = may, plan_id: int = number, *, word: NoteIn, revision: Revision, store: StoreDep, now: Now,
        lang: Lang, response: Response,
    ) -> BaseModel:  # fmt: skip
        step.take(store, by, now, kind, plan_id, revision, word.note)
        return told(by, plan_id, store, lang, response)

    def told(by: Actor, plan_id: int, store: Store, lang: str, response: Response) -> BaseModel:
        revision, out = shown(store, by, plan_id, lang)
        etags.mark(response, revision)
        return out

    return take_with_note if step.noted else take


def _plan(store: Store, by: Actor, plan_id: int, lang: str) -> Shown:
    found = yearly.one_plan(store, plan_id)
    return found.version.revision, plan_out(found, lang)


def _rotation(store: Store, by: Actor, plan_id: int, lang: str) -> Shown:
    found = moving.one_rotation(store, by, plan_id)
    return found.version.revision, rotation_out(found, lang)


plans = _router(YEARLY, PlanOut, _plan)
rotations = _router(ROTATION, RotationOut, _rotation)
