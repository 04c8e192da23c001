"""/rotations: versions of rotation plans, asked for, read, mended, compared; files by what one may know."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response, status
from pydantic import BaseModel, ConfigDict, Field

from api import etags
from api.access import MayDraftRotations, MayReadRotations
from api.asked import RunAsked, started
from api.deps import JobsDep, Lang, Now, SettingsDep, StoreDep
from api.fields import PlainDay, RowId
from api.idempotency import CreationRoute
from api.life_shapes import Status, line_of
from api.paging import Listed, PageDep
from api.rotation_shapes import (
    ChangeOut,
    MoveBreachOut,
    MoveOut,
    RotationLine,
    RotationOut,
    SparedOut,
    UnplacedOut,
    breach_out,
    move_out,
    rotation_out,
    spared_out,
    unplaced_out,
)
from api.sent_files import file_response
from scheduler.journeys.online import rotation_asks, rotations
from scheduler.journeys.online.versions import Effort

router = APIRouter(prefix="/rotations", tags=["rotations"], route_class=CreationRoute)
Seconds = Annotated[
    float | None,
    Field(ge=1, le=3600, description="effort of the search; none: as the server is set", examples=[60]),
]  # fmt: skip
Seed = Annotated[int, Field(ge=0, le=2_000_000_000, examples=[1])]
Code = Annotated[str, Query(max_length=100)]


class RotationAskIn(BaseModel):
    """Which plan is to be made."""

    model_config = ConfigDict(extra="forbid")

    year: int = Field(ge=2020, le=2100, examples=[2027])
    on: PlainDay | None = Field(
        None, description="day of the plan; none: 1 January", examples=["2027-01-01"]
    )
    reading: Literal["", "continuous", "restarted"] = Field(
        "", description="of unclear papers; blank: as the rules say", examples=[""]
    )
    what_if: dict[str, Any] = Field(
        default={}, max_length=100,
        description="rule id -> trial value; such a plan can never be submitted", examples=[{}],
    )  # fmt: skip
    time_limit_s: Seconds = None
    seed: Seed = 1


class RepairAskIn(BaseModel):
    """From which day on a published plan is to be mended, and who falls out."""

    model_config = ConfigDict(extra="forbid")

    on: PlainDay = Field(examples=["2027-06-01"])
    without: list[Annotated[str, Field(max_length=100)]] = Field(
        default=[], max_length=1000, description="staff ids; none: only the data have changed",
        examples=[["CB0042"]],
    )  # fmt: skip
    time_limit_s: Seconds = None
    seed: Seed = 1


class FileOut(BaseModel):
    """A file of a plan."""

    name: str = Field(examples=["public/rotation.xlsx"])
    size: int = Field(examples=[23_377])
    sha256: str = Field(
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]
    )


class DifferenceOut(Listed[ChangeOut]):
    """Everybody who moves in either version, what changed first."""

    old_id: int = Field(examples=[7])
    new_id: int = Field(examples=[8])
    counts: dict[str, int] = Field(examples=[{"changed": 2, "added": 1, "dropped": 1, "kept": 29}])


@router.get("")
def list_rotations(
    by: MayReadRotations, page: PageDep, store: StoreDep, lang: Lang,
    year: Annotated[int | None, Query(ge=2020, le=2100, examples=[2027])] = None,
    status: Annotated[list[Status], Query()] = [],  # noqa: B006
) -> Listed[RotationLine]:  # fmt: skip
    """Versions of rotation plans, newest first."""
    found, total = rotations.list_rotations(
        store, page.offset, page.limit, year=year, statuses=status
    )
    items = [RotationLine(**line_of(version, lang)) for version in found]
    return Listed(total=total, offset=page.offset, items=items)


@router.post("", status_code=status.HTTP_202_ACCEPTED)
def ask_for_rotation(
    by: MayDraftRotations, ask: RotationAskIn, store: StoreDep, now: Now, jobs: JobsDep,
    settings: SettingsDep, response: Response,
) -> RunAsked:  # fmt: skip
    """A draft of a year's rotation plan from the accepted dataset, as long work."""
    effort = Effort(ask.time_limit_s or settings.effort_s, ask.seed)
    run_id = rotation_asks.ask_for_rotation(
        store, by, now, ask.year, ask.on, ask.reading, effort, ask.what_if
    )
    return started(jobs, run_id, response)


@router.get("/{rotation_id}")
def read_rotation(
    by: MayReadRotations, rotation_id: RowId, store: StoreDep, lang: Lang, response: Response
) -> RotationOut:
    """One version: goals with bounds and gaps, counts, waves, who did what when."""
    shown = rotations.one_rotation(store, by, rotation_id)
    etags.mark(response, shown.version.revision)
    return rotation_out(shown, lang)


@router.post("/{rotation_id}/amendments", status_code=status.HTTP_202_ACCEPTED)
def ask_for_repair(
    by: MayDraftRotations, rotation_id: RowId, ask: RepairAskIn, store: StoreDep, now: Now,
    jobs: JobsDep, settings: SettingsDep, response: Response,
) -> RunAsked:  # fmt: skip
    """A new version of the plan in force with the fewest changed moves, as long work."""
    effort = Effort(ask.time_limit_s or settings.effort_s, ask.seed)
    run_id = rotation_asks.ask_for_repair(store, by, now, rotation_id, ask.on, ask.without, effort)
    return started(jobs, run_id, response)


@router.get("/{rotation_id}/moves")
def list_moves(
    by: MayReadRotations, rotation_id: RowId, page: PageDep, store: StoreDep, staff_id: Code = "",
    cycle_id: Code = "",
) -> Listed[MoveOut]:  # fmt: skip
    """The moves, wave by wave, those of one cycle or chain together."""
    found, total, names = rotations.moves_of(
        store, by, rotation_id, page.offset, page.limit, staff_id=staff_id, cycle_id=cycle_id
    )
    return Listed(total=total, offset=page.offset, items=[move_out(move, names) for move in found])


@router.get("/{rotation_id}/unplaced")
def list_unplaced(
    by: MayReadRotations, rotation_id: RowId, page: PageDep, store: StoreDep
) -> Listed[UnplacedOut]:
    """Everybody due without a lawful move, why, and what would help."""
    found, total, names = rotations.unplaced_of(store, by, rotation_id, page.offset, page.limit)
    items = [unplaced_out(row, names) for row in found]
    return Listed(total=total, offset=page.offset, items=items)


@router.get("/{rotation_id}/spared")
def list_spared(
    by: MayReadRotations, rotation_id: RowId, page: PageDep, store: StoreDep, lang: Lang,
    which: Annotated[
        Literal["deferred", "exempt", "spared", "missing", "single"],
        Query(description="`spared`: deferred and exempt as one list, all that may be posted"),
    ],
) -> Listed[SparedOut]:  # fmt: skip
    """One list of the people whom the plan leaves where they are."""
    found, total, names = rotations.spared_of(
        store, by, rotation_id, which, page.offset, page.limit
    )
    items = [spared_out(row, names, lang) for row in found]
    return Listed(total=total, offset=page.offset, items=items)


@router.get("/{rotation_id}/breaches")
def list_breaches(
    by: MayReadRotations, rotation_id: RowId, page: PageDep, store: StoreDep, lang: Lang
) -> Listed[MoveBreachOut]:
    """What the independent checker found last."""
    rows = rotations.one_rotation(store, by, rotation_id).version.breaches
    part = rows[page.offset : page.offset + page.limit]
    return Listed(total=len(rows), offset=page.offset, items=[breach_out(b, lang) for b in part])


@router.get("/{rotation_id}/diff")
def read_difference(
    by: MayReadRotations, rotation_id: RowId, page: PageDep, store: StoreDep,
    against: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="blank: the version that it amends")
    ] = None,
) -> DifferenceOut:  # fmt: skip
    """Two versions side by side, person by person."""
    found = rotations.difference(store, rotation_id, against)
    part = found.rows[page.offset : page.offset + page.limit]
    items = [ChangeOut(**row, name=found.names.people.get(row["staff_id"], "")) for row in part]
    return DifferenceOut(
        total=len(found.rows), offset=page.offset, items=items, old_id=found.old.id,
        new_id=found.new.id, counts=found.counts,
    )  # fmt: skip


@router.get("/{rotation_id}/files")
def list_files(by: MayReadRotations, rotation_id: RowId, store: StoreDep) -> Listed[FileOut]:
    """Files of the plan; whoever may not know grounds sees the copy that may be posted."""
    kept = rotations.files_of(store, by, rotation_id)
    items = [FileOut(name=each.name, size=each.size, sha256=each.sha256) for each in kept]
    return Listed(total=len(kept), offset=0, items=items)


@router.get("/{rotation_id}/files/{name:path}", response_class=Response)
def read_file(by: MayReadRotations, rotation_id: RowId, name: str, store: StoreDep) -> Response:
    """One of these files."""
    return file_response(rotations.file_of(store, by, rotation_id, name), name)
