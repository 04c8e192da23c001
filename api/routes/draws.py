"""/draws: seasons of surprise visits, their records, the evening's table, the check that anybody can repeat."""

from __future__ import annotations

from datetime import date as Day
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, File, Query, Response, UploadFile, status
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api import etags
from api.access import MayKeepDraws, MayPlanDraws, MayReadDraws
from api.deps import JobsDep, Lang, Now, StoreDep
from api.idempotency import CreationRoute
from api.paging import Listed, PageDep
from scheduler.journeys.online import draw_steps, draw_tables, draws
from scheduler.journeys.online.draws import Standing

router = APIRouter(prefix="/draws", tags=["draws"], route_class=CreationRoute)
Zip = Annotated[UploadFile, File(description="the folder of the record as a .zip, without any key")]

ZIP: dict[int | str, dict[str, Any]] = {200: {"content": {"application/zip": {}}}}
CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}
Anchors = Annotated[
    list[Annotated[str, StringConstraints(pattern=r"^\d{1,9}:[0-9a-f]{64}$")]] | None,
    Query(max_length=20, description="N:HASH as it was posted", examples=[[]]),
]


class SeasonOut(BaseModel):
    """A season in a list."""

    id: int = Field(examples=[1])
    name: str = Field(examples=["Sở Nội vụ 2027"])
    rehearsal: bool = Field(examples=[False])
    plan_id: int | None = Field(examples=[7])
    made_at: datetime


class StandingOut(SeasonOut):
    """A season and where its record stands."""

    line: int = Field(description="number of the last line", examples=[41])
    head: str = Field(description="hash of the last line, to be posted outside", examples=["9f2c…"])
    first: Day = Field(examples=["2027-03-04"])
    last: Day = Field(examples=["2027-12-30"])
    days: int = Field(examples=[201])
    drawn: int = Field(examples=[40])
    revealed: int = Field(examples=[12])
    teams: list[str] = Field(examples=[["T01", "T02"]])
    notes: list[str] = Field(
        description="where it stands and what comes next, in words", examples=[[]]
    )


class DayOut(BaseModel):
    """What the record says of one day; never a target."""

    day: Day = Field(examples=["2027-03-04"])
    slots: int | None = Field(
        description="teams that go; none before the table is sealed", examples=[2]
    )
    attempts: int = Field(examples=[1])
    drawn: bool = Field(examples=[True])
    without: bool = Field(examples=[False])
    released: list[str] = Field(
        description="teams whose envelope was handed out", examples=[["T01"]]
    )
    revealed: bool = Field(examples=[False])


class TableAsk(BaseModel):
    """Which day's table is to be sealed."""

    model_config = ConfigDict(extra="forbid")

    day: Day = Field(examples=["2027-03-05"])
    absent: list[str] = Field(
        default=[], max_length=100, description="teams that are away", examples=[[]]
    )


class RunOut(BaseModel):
    """Where the long work can be followed."""

    run_id: str = Field(examples=["5f0c8f0e4b0f4e0c9d7c2d6a3a1b9c8d"])


class VerdictOut(BaseModel):
    """What the stand-alone verifier says."""

    good: bool = Field(examples=[True])
    lines: list[str] = Field(description="the verifier's own words", examples=[["OK"]])
    notes: list[str] = Field(examples=[[]])


def _out(found: Standing, lang: str) -> StandingOut:
    season, state = found.season, found.state
    return StandingOut(
        id=season.id, name=season.name, rehearsal=season.rehearsal, plan_id=season.plan_id,
        made_at=season.made_at, line=state.n - 1, head=state.head, first=Day.fromisoformat(state.days[0]),
        last=Day.fromisoformat(state.days[-1]), days=len(state.days), drawn=len(state.draws),
        revealed=len(state.revealed), teams=[team["team"] for team in state.setup["teams"]],
        notes=[note.say(lang) for note in found.notes],
    )  # fmt: skip


@router.get("")
def list_draws(by: MayReadDraws, page: PageDep, store: StoreDep) -> Listed[SeasonOut]:
    """Seasons, newest first."""
    found, total = draws.list_draws(store, page.offset, page.limit)
    items = [SeasonOut.model_validate(season, from_attributes=True) for season in found]
    return Listed(total=total, offset=page.offset, items=items)


@router.post("/uploads", status_code=status.HTTP_201_CREATED)
def add_draw(
    by: MayPlanDraws, file: Zip, store: StoreDep, now: Now, lang: Lang, response: Response
) -> StandingOut:
    """A new season from the record that the ceremony made on a machine of its own."""
    made = draw_steps.add_draw(store, by, now, file.file.read())
    found = draws.standing(store, made, now)
    etags.mark(response, found.season.revision)
    response.headers["Location"] = f"/api/v1/draws/{made}"
    return _out(found, lang)


@router.get("/{draw_id}")
def read_draw(
    by: MayReadDraws, draw_id: int, store: StoreDep, now: Now, lang: Lang, response: Response
) -> StandingOut:
    """One season: where its record stands, and what comes next."""
    found = draws.standing(store, draw_id, now)
    etags.mark(response, found.season.revision)
    return _out(found, lang)


@router.get("/{draw_id}/days")
def list_days(
    by: MayReadDraws, draw_id: int, page: PageDep, store: StoreDep, now: Now
) -> Listed[DayOut]:
    """What the record says of each day."""
    rows = draws.days_of(draws.standing(store, draw_id, now).state)
    part = rows[page.offset : page.offset + page.limit]
    return Listed(total=len(rows), offset=page.offset, items=[DayOut(**row) for row in part])


@router.get("/{draw_id}/lines")
def list_lines(
    by: MayReadDraws, draw_id: int, page: PageDep, store: StoreDep
) -> Listed[dict[str, Any]]:
    """The lines of the record as they stand, oldest first."""
    rows = draws.lines_of(store, draw_id)
    part = rows[page.offset : page.offset + page.limit]
    return Listed(total=len(rows), offset=page.offset, items=part)


@router.get("/{draw_id}/record", response_class=Response, responses=ZIP)
def download_record(by: MayReadDraws, draw_id: int, store: StoreDep) -> Response:
    """The public record with its stand-alone verifier: sealed and opened papers, hashes."""
    return _zip(draws.record_of(store, draw_id), f"record-{draw_id}.zip")


@router.get("/{draw_id}/planner-record", response_class=Response, responses=ZIP)
def download_planners_record(by: MayPlanDraws, draw_id: int, store: StoreDep) -> Response:
    """The record with the planner's state, for signed steps on the planner's own machine."""
    return _zip(draws.planners_record(store, draw_id), f"planner-record-{draw_id}.zip")


@router.post("/{draw_id}/steps/uploads")
def add_step(
    by: MayKeepDraws,
    draw_id: int,
    file: Zip,
    store: StoreDep,
    now: Now,
    lang: Lang,
    response: Response,
) -> StandingOut:
    """The record come back longer: a draw, a release, an opening, a signed exception."""
    found = draw_steps.add_step(store, by, now, draw_id, file.file.read())
    etags.mark(response, found.season.revision)
    return _out(found, lang)


@router.post("/{draw_id}/tables", status_code=status.HTTP_202_ACCEPTED)
def seal_table(
    by: MayPlanDraws, draw_id: int, ask: TableAsk, store: StoreDep, now: Now, jobs: JobsDep,
    response: Response,
) -> RunOut:  # fmt: skip
    """Reckon and seal the table of a day, the evening before."""
    run_id = draw_tables.ask_table(store, by, now, draw_id, ask.day, ask.absent)
    jobs.start(run_id)
    response.headers["Location"] = f"/api/v1/runs/{run_id}"
    return RunOut(run_id=run_id)


@router.post("/{draw_id}/verify")
def verify_record(
    by: MayReadDraws, draw_id: int, store: StoreDep, lang: Lang, anchor: Anchors = None
) -> VerdictOut:
    """Check the record with the stand-alone verifier, against heads that were posted outside."""
    found = draws.verified(store, draw_id, anchor or [])
    return VerdictOut(
        good=found.good, lines=list(found.lines), notes=[note.say(lang) for note in found.notes]
    )


@router.get("/{draw_id}/chances", response_class=Response, responses=CSV)
def read_chances(by: MayPlanDraws, draw_id: int, store: StoreDep, now: Now) -> Response:
    """Each unit's chances, for the planner's eyes only."""
    content = draws.chances(store, draw_id, now)
    named = {"Content-Disposition": f'attachment; filename="chances-{draw_id}.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=named)


def _zip(content: bytes, name: str) -> Response:
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/zip", headers=named)
