"""The buttons of a plan's page, of visits or of moves, each under the version that was on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Path, Response

from api.access import MayDraftPlans, MayDraftRotations
from api.deps import JobsDep, Now, SettingsDep, StoreDep, Today
from api.fields import LARGEST_ID
from api.page import Page
from api.plan_life import LIFE, ROTATION, YEARLY, LifeStep, PlanKind
from data.records.actors import Actor
from data.words import Message
from scheduler.journeys.online import plan_papers, rotation_asks
from scheduler.journeys.online import plans as yearly
from scheduler.journeys.online.versions import Effort

Revision = Annotated[int, Form(ge=1)]
Note = Annotated[str, Form(max_length=4000)]
Back = Annotated[
    Literal["", "/approvals"], Form()
]  # where the form stands; "": on the plan's own page
KEPT = Message("Kế hoạch giữ mọi quy tắc bắt buộc. Bước tiếp theo: trình lãnh đạo.")
BROKEN = Message("Kế hoạch vi phạm quy tắc; xem từng vi phạm bên dưới.")
TOLD: Mapping[str, Message] = MappingProxyType({
    "check": KEPT,
    "submit": Message("Đã trình lãnh đạo."),
    "send-back": Message("Đã trả lại kế hoạch để sửa."),
    "approve": Message("Đã phê duyệt kế hoạch."),
    "close": Message("Đã khép lại kế hoạch."),
    "discard": Message("Đã bỏ dự thảo này."),
})  # fmt: skip
PUBLISHED: Mapping[PlanKind, Message] = MappingProxyType({
    YEARLY: Message("Đã ban hành; kiểm tra viên thấy lịch của mình từ bây giờ."),
    ROTATION: Message("Đã ban hành kế hoạch chuyển đổi; không ai sửa bản này nữa."),
})  # fmt: skip
AMENDING = Message("Đã yêu cầu lập bản điều chỉnh.")
WRITING = Message("Đã yêu cầu soạn văn bản; xong thì tải ở trang của kế hoạch.")


def _router(kind: PlanKind) -> APIRouter:
    router = APIRouter(prefix=f"{kind.path}/{{plan_id}}")
    for step in LIFE:
        router.add_api_route(f"/{step.path}", _step(kind, step), methods=["POST"])
    router.add_api_route("/papers", _papers(kind), methods=["POST"])
    return router


def _step(kind: PlanKind, step: LifeStep) -> Callable[..., Any]:
    may = Depends(kind.requires(step.right))

    def take(
        by: Actor = may, plan_id: int = NUMBER, *, page: Page, revision: Revision, store: StoreDep, now: Now,
        note: Note = "", back: Back = "",
    ) -> Response:  # fmt: skip
        done = step.take(store, by, now, kind, plan_id, revision, note)
        told = BROKEN if step.path == "check" and done.breaches else TOLD.get(step.path)
        over = step.path == "discard"
        own = kind.path if over else f"{kind.path}/{plan_id}"
        return page.go(back or own, told or PUBLISHED[kind])

    return take


def _papers(kind: PlanKind) -> Callable[..., Any]:
    may = Depends(kind.requires("draft"))

    def write_papers(
        by: Actor = may, plan_id: int = NUMBER, *, page: Page, store: StoreDep, jobs: JobsDep, now: Now,
        today: Today,
    ) -> Response:  # fmt: skip
        run_id = plan_papers.ask_for_papers(store, by, now, kind.kind, plan_id, today)
        jobs.start(run_id)
        return page.go(f"/runs/{run_id}", WRITING)

    return write_papers


NUMBER: Any = Path(ge=1, le=LARGEST_ID)
plans, rotations = _router(YEARLY), _router(ROTATION)


@plans.post("/amend")
def amend_plan(
    by: MayDraftPlans, page: Page, plan_id: int, store: StoreDep, jobs: JobsDep, now: Now,
    settings: SettingsDep, on: Annotated[date, Form()],
) -> Response:  # fmt: skip
    """On to the run that changes the plan in force as little as possible from a day on."""
    effort = Effort(settings.effort_s)
    run_id = yearly.ask_for_amendment(store, by, now, plan_id, on, None, effort)
    jobs.start(run_id)
    return page.go(f"/runs/{run_id}", AMENDING)


@rotations.post("/amend")
def amend_rotation(
    by: MayDraftRotations, page: Page, plan_id: int, store: StoreDep, jobs: JobsDep, now: Now,
    settings: SettingsDep, on: Annotated[date, Form()],
    without: Annotated[list[Annotated[str, Form(max_length=100)]], Form(max_length=1000)] = [],  # noqa: B006
) -> Response:  # fmt: skip
    """On to the run that mends the plan in force with the fewest changed moves, without some people."""
    effort = Effort(settings.effort_s)
    run_id = rotation_asks.ask_for_repair(store, by, now, plan_id, on, without, effort)
    jobs.start(run_id)
    return page.go(f"/runs/{run_id}", AMENDING)
