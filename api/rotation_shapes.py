"""What the API says of rotation plans, the same in every answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field

from api.plan_shapes import GoalOut, Status, Who
from scheduler.lifecycle import STATES, open_steps

if TYPE_CHECKING:
    from data.records import Move, Unplaced
    from data.store.plans import Version
    from scheduler.journeys.online.rotations import Names, SeenRotation


class RotationLine(BaseModel):
    """A version in a list."""

    id: int = Field(examples=[7])
    year: int = Field(examples=[2027])
    number: int = Field(description="version of the year's plan", examples=[2])
    name: str = Field(description="digest of its birth certificate", examples=["a1c87d622dd29c87"])
    title: str = Field(examples=["Kế hoạch chuyển đổi vị trí công tác năm 2027"])
    status: Status = Field(examples=["draft"])
    status_words: str = Field(examples=["dự thảo"])
    trial: bool = Field(
        description="made with what-if values; can never be submitted", examples=[False]
    )
    dataset_id: int = Field(description="the dataset that it was made from", examples=[3])
    previous_id: int | None = Field(description="the version that it amends", examples=[None])
    made_at: datetime = Field(examples=["2027-01-04T02:00:00Z"])
    published_at: datetime | None = Field(examples=[None])
    counts: Mapping[str, Any] = Field(examples=[{"due": 31, "placed": 30, "unplaced": 1}])


class WaveOut(BaseModel):
    """One month of the plan."""

    wave: int = Field(examples=[4])
    date: Day = Field(examples=["2027-04-01"])
    moves: int = Field(examples=[12])
    closed: str = Field(description="why nobody moves in it; blank: open", examples=[""])


class RotationOut(RotationLine):
    """A version with its figures and its life; the ETag is its revision."""

    public: bool = Field(
        description="without grounds and words about people, as it may be posted", examples=[False]
    )
    on: Day | None = Field(description="day of the plan", examples=["2027-01-01"])
    reading: str = Field(description="of unclear papers", examples=["continuous"])
    solved: str = Field(description="what the solver says of it", examples=["feasible"])
    steps: list[str] = Field(
        description="steps that lead on from here, for whoever has the right", examples=[["check"]]
    )
    data_changed: bool = Field(
        description="another dataset was accepted since it was checked or made", examples=[False]
    )
    breaches: int = Field(description="of the last check", examples=[0])
    checked_on_id: int | None = Field(description="dataset of the last check", examples=[3])
    checked_at: datetime | None
    made_by: Who | None
    submitted_by: Who | None
    submitted_at: datetime | None
    approved_by: Who | None
    approved_at: datetime | None
    published_by: Who | None
    note: str = Field(description="the leader's last word", examples=[""])
    run_id: str | None = Field(examples=["0b0f3c7e5d1a4c0f9a52d4f0a6f0b1c2"])
    goals: list[GoalOut]
    waves: list[WaveOut]
    warnings: list[str] = Field(examples=[[]])
    provisional: list[str] = Field(
        description="what is not official yet in the year's calendar", examples=[[]]
    )
    birth: Mapping[str, Any] = Field(description="what it follows from", examples=[{"seed": 1}])


class PostOut(BaseModel):
    """A post in a move."""

    position_id: str = Field(examples=["VT0042"])
    title: str = Field(examples=["Công chức địa chính"])
    unit_id: str = Field(examples=["00199"])
    unit_name: str = Field(examples=["Phường Cửa Nam"])


class MoveOut(BaseModel):
    """One person's move."""

    move_id: str = Field(examples=["CD-2027-0001"])
    staff_id: str = Field(examples=["CB0042"])
    name: str = Field(examples=["Nguyễn Thị Lan"])
    leaves: PostOut | None = Field(description="the old post; none: comes from outside")
    takes: PostOut
    wave: int = Field(examples=[4])
    effective_date: Day | None = Field(examples=["2027-04-01"])
    instrument: str = Field(examples=["dieu_dong"])
    cycle_id: str = Field(examples=["V-2027-001"])
    cycle_kind: str = Field(description="swap, cycle or chain", examples=["swap"])
    days_before_limit: int | None = Field(
        description="below zero: too late; none: not due", examples=[31]
    )
    distance_km: float | None = Field(
        description="from home; null in the public copy", examples=[None]
    )
    reason: str = Field(examples=["Đến hạn chuyển đổi; thực hiện trước hạn."])


class PersonName(BaseModel):
    """Somebody, with the name."""

    staff_id: str = Field(examples=["CB0042"])
    name: str = Field(examples=["Nguyễn Thị Lan"])


class UnplacedOut(BaseModel):
    """Somebody due for whom there is no lawful move; why, only for who may know."""

    staff_id: str = Field(examples=["CB0042"])
    name: str = Field(examples=["Nguyễn Thị Lan"])
    reason: str = Field(examples=["Chưa tìm được vị trí hợp lệ trong năm."])
    rules: list[str] = Field(examples=[["move.profession"]])
    relaxation: str = Field(description="what the city could ease", examples=[""])


class SparedOut(BaseModel):
    """Somebody, or some people together, whom the plan leaves where they are."""

    people: list[PersonName]
    ground: str | None = Field(description="null for who may not know it", examples=[None])
    until: str = Field(description="blank: open, or not told", examples=["2027-06-30"])
    basis: str = Field(examples=["Nghị định 59/2019/NĐ-CP"])
    told: str = Field(description="what is missing, or what is proposed", examples=[""])


class MoveBreachOut(BaseModel):
    """One breach of one binding rule; for who may not know grounds only which rule."""

    rule: str = Field(examples=["move.notice"])
    source: str = Field(examples=["Lựa chọn của đơn vị lập kế hoạch"])
    moves: list[str] = Field(description="that it lies in", examples=[["CD-2027-0001"]])
    message: str = Field(examples=["Báo trước khi chuyển đổi"])


Side = Mapping[str, Any]


class ChangeOut(BaseModel):
    """What became of one person's move from one version to the other."""

    staff_id: str = Field(examples=["CB0042"])
    name: str = Field(examples=["Nguyễn Thị Lan"])
    what: Literal["changed", "added", "dropped", "kept"] = Field(examples=["changed"])
    before: Side | None = Field(examples=[None])
    after: Side | None = Field(examples=[{"to_position": "VT0042", "wave": 4}])


def line_of(version: Version, lang: str) -> dict[str, Any]:
    """The fields of a `RotationLine`."""
    return {
        **{name: getattr(version, name) for name in RotationLine.model_fields if hasattr(version, name)},
        "status_words": STATES[version.status].say(lang), "counts": version.facts.get("counts", {}),
    }  # fmt: skip


def rotation_out(shown: SeenRotation, lang: str) -> RotationOut:
    """The version whole."""
    version, facts = shown.version, shown.version.facts

    def who(account_id: int | None) -> Who | None:
        return None if account_id is None else Who(id=account_id, name=shown.people[account_id])

    return RotationOut(
        **line_of(version, lang), public=shown.public, on=facts.get("on") or None,
        reading=facts.get("reading", ""), solved=facts.get("status", ""),
        steps=list(open_steps(version.status)), data_changed=shown.data_changed,
        breaches=len(version.breaches), checked_on_id=version.checked_on_id,
        checked_at=version.checked_at, made_by=who(version.account_id),
        submitted_by=who(version.submitted_by), submitted_at=version.submitted_at,
        approved_by=who(version.approved_by), approved_at=version.approved_at,
        published_by=who(version.published_by), note=version.note, run_id=version.run_id,
        goals=[_goal(goal, lang) for goal in facts.get("goals", ())],
        waves=[_wave(wave, lang) for wave in facts.get("waves", ())],
        warnings=[words[lang] for words in facts.get("warnings", ())],
        provisional=[words[lang] for words in facts.get("provisional", ())],
        birth=facts.get("birth", {}),
    )  # fmt: skip


def move_out(move: Move, names: Names) -> MoveOut:
    """A move with names."""
    plain = {name: getattr(move, name) for name in MoveOut.model_fields if hasattr(move, name)}
    return MoveOut(
        **plain, name=names.people.get(move.staff_id, ""),
        leaves=post_out(move.from_position, names) if move.from_position else None,
        takes=post_out(move.to_position, names),
    )  # fmt: skip


def post_out(position_id: str, names: Names) -> PostOut:
    """A post with its names."""
    title, unit, unit_name = names.posts.get(position_id, ("", "", ""))
    return PostOut(position_id=position_id, title=title, unit_id=unit, unit_name=unit_name)


def unplaced_out(row: Unplaced, names: Names) -> UnplacedOut:
    """Somebody without a place, with the name."""
    return UnplacedOut(
        staff_id=row.staff_id, name=names.people.get(row.staff_id, ""), reason=row.reason,
        rules=list(row.rules), relaxation=row.relaxation,
    )  # fmt: skip


def spared_out(row: Mapping[str, Any], names: Names, lang: str) -> SparedOut:
    """An entry of one of the lists of the facts; which fields it has depends on the list."""
    people = row.get("staff") or [row["staff_id"]]
    told = row.get("reason") or row.get("proposal") or ""
    return SparedOut(
        people=[PersonName(staff_id=who, name=names.people.get(who, "")) for who in people],
        ground=row.get("ground") or None, until=row.get("until", ""), basis=row.get("basis", ""),
        told=told if isinstance(told, str) else told.get(lang, ""),
    )  # fmt: skip


def breach_out(breach: Mapping[str, Any], lang: str) -> MoveBreachOut:
    """A breach as the store keeps it."""
    return MoveBreachOut(
        rule=breach["rule"],
        source=breach["source"],
        moves=list(breach["visits"]),
        message=breach[lang],
    )


def _goal(goal: Mapping[str, Any], lang: str) -> GoalOut:
    return GoalOut(
        name=goal["name"], title=goal[f"title_{lang}"], value=goal["value"], bound=goal["bound"],
        gap=goal["gap"], condition=goal[f"condition_{lang}"], unit=goal[f"unit_{lang}"],
    )  # fmt: skip


def _wave(wave: Mapping[str, Any], lang: str) -> WaveOut:
    closed = (wave.get("reason") or {}).get(lang, "")
    return WaveOut(wave=wave["wave"], date=wave["date"], moves=wave["moves"], closed=closed)
