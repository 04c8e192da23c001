"""/plans: versions of yearly plans, asked for, read, amended, compared."""

from __future__ import annotations

from datetime import date as Day
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response, status
from pydantic import BaseModel, ConfigDict, Field

from api import breaches, etags
from api.access import MayDraftPlans, MayReadPlans
from api.asked import RunAsked, started
from api.breaches import BreachOut
from api.deps import JobsDep, Lang, Now, SettingsDep, StoreDep
from api.idempotency import CreationRoute
from api.life_shapes import Status
from api.paging import Listed, PageDep
from api.plan_shapes import PlanLine, PlanOut, line_of, plan_out
from scheduler.journeys.online import plans
from scheduler.journeys.online.versions import Effort

router = APIRouter(prefix="/plans", tags=["plans"], route_class=CreationRoute)
Year = Annotated[int, Field(ge=2020, le=2100, examples=[2027])]
Seconds = Annotated[
    float | None,
    Field(
        ge=1, le=3600, description="effort of the search; none: as the server is set", examples=[60]
    ),
]
Seed = Annotated[int, Field(ge=0, le=2_000_000_000, examples=[1])]


class PlanAsk(BaseModel):
    """Which plan is to be made."""

    model_config = ConfigDict(extra="forbid")

    year: Year
    time_limit_s: Seconds = None
    seed: Seed = 1
    what_if: dict[str, Any] = Field(
        default={}, max_length=100,
        description="rule id -> trial value; such a plan can never be submitted", examples=[{}],
    )  # fmt: skip


class AmendmentAsk(BaseModel):
    """From which day on a published plan is to be changed, and by how much at most."""

    model_config = ConfigDict(extra="forbid")

    on: Day = Field(examples=["2027-06-01"])
    max_changes: int | None = Field(
        None, ge=0, le=10_000, description="none: as few as possible", examples=[None]
    )
    time_limit_s: Seconds = None
    seed: Seed = 1


class RiskPartOut(BaseModel):
    """One part of a unit's risk."""

    name: str = Field(examples=["age"])
    title: str = Field(examples=["Lâu chưa kiểm tra"])
    points: float = Field(examples=[20])
    value: float = Field(examples=[30])
    note: str = Field(examples=["…"])


class RiskOut(BaseModel):
    """How a unit's risk came about."""

    unit_id: str = Field(examples=["00199"])
    score: float = Field(examples=[61])
    risk_class: str = Field(examples=["high"])
    parts: list[RiskPartOut]


@router.get("")
def list_plans(
    by: MayReadPlans, page: PageDep, store: StoreDep, lang: Lang,
    year: Annotated[int | None, Query(ge=2020, le=2100, examples=[2027])] = None,
    status: Annotated[list[Status], Query()] = [],  # noqa: B006
) -> Listed[PlanLine]:  # fmt: skip
    """Versions of yearly plans, newest first."""
    found, total = plans.list_plans(store, page.offset, page.limit, year=year, statuses=status)
    items = [PlanLine(**line_of(version, lang)) for version in found]
    return Listed(total=total, offset=page.offset, items=items)


@router.post("", status_code=status.HTTP_202_ACCEPTED)
def ask_for_plan(
    by: MayDraftPlans, ask: PlanAsk, store: StoreDep, now: Now, jobs: JobsDep, settings: SettingsDep,
    response: Response,
) -> RunAsked:  # fmt: skip
    """A draft of a year's plan from the accepted dataset, as long work."""
    effort = Effort(ask.time_limit_s or settings.effort_s, ask.seed)
    run_id = plans.ask_for_plan(store, by, now, ask.year, effort, ask.what_if)
    return started(jobs, run_id, response)


@router.get("/{plan_id}")
def read_plan(
    by: MayReadPlans, plan_id: int, store: StoreDep, lang: Lang, response: Response
) -> PlanOut:
    """One version: goals with bounds and gaps, coverage, counts, load, warnings, who did what when."""
    shown = plans.one_plan(store, plan_id)
    etags.mark(response, shown.version.revision)
    return plan_out(shown, lang)


@router.post("/{plan_id}/amendments", status_code=status.HTTP_202_ACCEPTED)
def ask_for_amendment(
    by: MayDraftPlans, plan_id: int, ask: AmendmentAsk, store: StoreDep, now: Now, jobs: JobsDep,
    settings: SettingsDep, response: Response,
) -> RunAsked:  # fmt: skip
    """A new version of the plan in force, changed for the accepted dataset from a day on, as long work."""
    effort = Effort(ask.time_limit_s or settings.effort_s, ask.seed)
    run_id = plans.ask_for_amendment(store, by, now, plan_id, ask.on, ask.max_changes, effort)
    return started(jobs, run_id, response)


@router.get("/{plan_id}/breaches")
def list_breaches(
    by: MayReadPlans, plan_id: int, page: PageDep, store: StoreDep, lang: Lang
) -> Listed[BreachOut]:
    """What the independent checker found last."""
    rows = plans.one_plan(store, plan_id).version.breaches
    part = rows[page.offset : page.offset + page.limit]
    items = [breaches.kept(row, lang) for row in part]
    return Listed(total=len(rows), offset=page.offset, items=items)


@router.get("/{plan_id}/risk/{unit_id}")
def read_risk(by: MayReadPlans, plan_id: int, unit_id: str, store: StoreDep, lang: Lang) -> RiskOut:
    """The parts of a unit's risk that the plan was made with."""
    risk = plans.risk_of(store, plan_id, unit_id)
    parts = [
        RiskPartOut(
            name=part["name"], title=part[f"title_{lang}"], points=part["points"],
            value=part["value"], note=part[f"note_{lang}"],
        )
        for part in risk["parts"]
    ]  # fmt: skip
    return RiskOut(unit_id=unit_id, score=risk["score"], risk_class=risk["class"], parts=parts)
