"""/plans/{id}/<step>: the buttons of a plan's page, each under the version that was on the screen."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Response

from api.access import MayApprovePlans, MayDraftPlans, MayPublishPlans
from api.deps import JobsDep, Now, SettingsDep, StoreDep, Today
from api.page import Page
from data.store.plans import VISITS
from data.words import Message
from scheduler.journeys.online import lifecycle, plan_papers, plans
from scheduler.journeys.online.plans import Effort

router = APIRouter(prefix="/plans/{plan_id}")
Revision = Annotated[int, Form(ge=1)]
Note = Annotated[str, Form(max_length=4000)]
Back = Annotated[
    Literal["", "/approvals"], Form()
]  # where the form stands; "": on the plan's own page
KEPT = Message("Kế hoạch giữ mọi quy tắc bắt buộc. Bước tiếp theo: trình lãnh đạo.")
BROKEN = Message("Kế hoạch vi phạm quy tắc; xem từng vi phạm bên dưới.")
SUBMITTED = Message("Đã trình lãnh đạo.")
SENT_BACK = Message("Đã trả lại kế hoạch để sửa.")
APPROVED = Message("Đã phê duyệt kế hoạch.")
PUBLISHED = Message("Đã ban hành; kiểm tra viên thấy lịch của mình từ bây giờ.")
CLOSED = Message("Đã khép lại kế hoạch.")
DISCARDED = Message("Đã bỏ dự thảo này.")
AMENDING = Message("Đã yêu cầu lập bản điều chỉnh.")
WRITING = Message("Đã yêu cầu soạn văn bản; xong thì tải ở trang của kế hoạch.")


@router.post("/check")
def check_plan(
    by: MayDraftPlans, page: Page, plan_id: int, revision: Revision, store: StoreDep, now: Now
) -> Response:
    """The plan judged on the accepted data."""
    done = lifecycle.check(store, by, now, VISITS, plan_id, revision, plans.judge)
    return page.go(f"/plans/{plan_id}", BROKEN if done.breaches else KEPT)


@router.post("/submit")
def submit_plan(
    by: MayDraftPlans, page: Page, plan_id: int, revision: Revision, store: StoreDep, now: Now
) -> Response:
    """The checked plan put before the leaders."""
    lifecycle.submit(store, by, now, VISITS, plan_id, revision)
    return page.go(f"/plans/{plan_id}", SUBMITTED)


@router.post("/send-back")
def send_plan_back(
    by: MayApprovePlans, page: Page, plan_id: int, revision: Revision, store: StoreDep, now: Now,
    note: Note = "", back: Back = "",
) -> Response:  # fmt: skip
    """The plan as a draft again, with a word on what to change."""
    lifecycle.send_back(store, by, now, VISITS, plan_id, revision, note)
    return page.go(back or f"/plans/{plan_id}", SENT_BACK)


@router.post("/approve")
def approve_plan(
    by: MayApprovePlans, page: Page, plan_id: int, revision: Revision, store: StoreDep, now: Now,
    note: Note = "", back: Back = "",
) -> Response:  # fmt: skip
    """The plan approved by a leader who neither made, edited nor submitted it."""
    lifecycle.approve(store, by, now, VISITS, plan_id, revision, note)
    return page.go(back or f"/plans/{plan_id}", APPROVED)


@router.post("/publish")
def publish_plan(
    by: MayPublishPlans, page: Page, plan_id: int, revision: Revision, store: StoreDep, now: Now,
    back: Back = "",
) -> Response:  # fmt: skip
    """The plan in force."""
    lifecycle.publish(store, by, now, VISITS, plan_id, revision)
    return page.go(back or f"/plans/{plan_id}", PUBLISHED)


@router.post("/close")
def close_plan(
    by: MayPublishPlans, page: Page, plan_id: int, revision: Revision, store: StoreDep, now: Now
) -> Response:
    """The plan closed: its year is over."""
    lifecycle.close(store, by, now, VISITS, plan_id, revision)
    return page.go(f"/plans/{plan_id}", CLOSED)


@router.post("/discard")
def discard_plan(
    by: MayDraftPlans, page: Page, plan_id: int, revision: Revision, store: StoreDep, now: Now
) -> Response:
    """The draft given up."""
    lifecycle.discard(store, by, now, VISITS, plan_id, revision)
    return page.go("/plans", DISCARDED)


@router.post("/amend")
def amend_plan(
    by: MayDraftPlans, page: Page, plan_id: int, store: StoreDep, jobs: JobsDep, now: Now,
    settings: SettingsDep, on: Annotated[date, Form()],
) -> Response:  # fmt: skip
    """On to the run that changes the plan in force as little as possible from a day on."""
    effort = Effort(settings.effort_s)
    run_id = plans.ask_for_amendment(store, by, now, plan_id, on, None, effort)
    jobs.start(run_id)
    return page.go(f"/runs/{run_id}", AMENDING)


@router.post("/papers")
def write_papers(
    by: MayDraftPlans,
    page: Page,
    plan_id: int,
    store: StoreDep,
    jobs: JobsDep,
    now: Now,
    today: Today,
) -> Response:
    """On to the run that writes every paper of the plan."""
    run_id = plan_papers.ask_for_papers(store, by, now, VISITS, plan_id, today)
    jobs.start(run_id)
    return page.go(f"/runs/{run_id}", WRITING)
