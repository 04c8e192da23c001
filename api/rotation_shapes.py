"""What the API says of rotation plans, the same in every answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field

from api.life_shapes import LifeOut, VersionLine, life_of, line_of

if TYPE_CHECKING:
    from data.records import Move, Unplaced
    from scheduler.journeys.online.rotations import Names, SeenRotation


class RotationLine(VersionLine):
    """A version in a list."""

    title: str = Field(examples=["Kế hoạch chuyển đổi vị trí công tác năm 2027"])
    counts: Mapping[str, Any] = Field(examples=[{"due": 31, "placed": 30, "unplaced": 1}])


class WaveOut(BaseModel):
    """One month of the plan."""

    wave: int = Field(examples=[4])
    date: Day = Field(examples=["2027-04-01"])
    moves: int = Field(examples=[12])
    closed: str = Field(description="why nobody moves in it; blank: open", examples=[""])


class RotationOut(LifeOut, RotationLine):
    """A version with its figures and its life; the ETag is its revision."""

    public: bool = Field(
        description="without grounds and words about people, as it may be posted", examples=[False]
    )
    on: Day | None = Field(description="day of the plan", examples=["2027-01-01"])
    reading: str = Field(description="of unclear papers", examples=["continuous"])
    solved: str = Field(description="what the solver says of it", examples=["feasible"])
    waves: list[WaveOut]


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


def rotation_out(shown: SeenRotation, lang: str) -> RotationOut:
    """The version whole."""
    facts = shown.version.facts
    return RotationOut(
        **line_of(shown.version, lang), **life_of(shown, lang), public=shown.public,
        on=facts.get("on") or None, reading=facts.get("reading", ""), solved=facts.get("status", ""),
        waves=[_wave(wave, lang) for wave in facts.get("waves", ())],
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


def _wave(wave: Mapping[str, Any], lang: str) -> WaveOut:
    closed = (wave.get("reason") or {}).get(lang, "")
    return WaveOut(wave=wave["wave"], date=wave["date"], moves=wave["moves"], closed=closed)
