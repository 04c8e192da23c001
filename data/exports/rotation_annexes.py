"""Annexes I to IV of a rotation plan as sheets: to be moved, deferred, exempt, single posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from data.drop_reasons import said_reason
from data.exports.book import Head
from data.exports.rotation_labels import INSTRUMENTS, MARKS
from data.exports.rotation_lists import people_rows, single_rows
from data.exports.rotation_rows import by_limit, move_rows
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.exports.rotation_rows import Post, Register
    from data.records import RotationPlan

NUMBER = (Message("TT"), 5)
NAME = (Message("Họ và tên"), 24)
UNIT = (Message("Phòng, đơn vị"), 32)
POST = (Message("Vị trí công tác hiện nay"), 32)
SEXES = {"male": Message("Nam"), "female": Message("Nữ")}
DUE_HEADS = (
    NUMBER,
    NAME,
    (Message("Năm sinh"), 9),
    (Message("Giới tính"), 8),
    UNIT,
    POST,
    (Message("Lĩnh vực, địa bàn"), 20),
    (Message("Ngày bắt đầu giữ vị trí"), 12),
    (Message("Số văn bản"), 18),
    (Message("Thời gian giữ (tháng)"), 10),
    (Message("Thời hạn quy định (văn bản)"), 26),
    (Message("Ngày phải chuyển"), 12),
    (Message("Vị trí dự kiến"), 40),
    (Message("Hình thức"), 20),
    (Message("Thời gian thực hiện"), 12),
    (Message("Ghi chú"), 40),
)
ANNEXES = (
    ("Phụ lục I", "Annex I"),
    ("Phụ lục II", "Annex II"),
    ("Phụ lục III", "Annex III"),
    ("Phụ lục IV", "Annex IV"),
)
PUBLIC_ANNEXES = (
    ANNEXES[0],
    ("Phụ lục II, III", "Annexes II, III"),
    ANNEXES[3],
)


@dataclass(frozen=True)
class Annex:
    """One sheet: its names in Vietnamese and English, its heads, its rows."""

    names: tuple[str, str]
    heads: Sequence[Head]
    rows: Sequence[Sequence[Any]]


def annex_sheets(plan: RotationPlan, register: Register, lang: str) -> list[Annex]:
    """The four annexes in their order, in one language; a public copy has II and III as one."""
    public = bool(plan.facts.get("public"))
    who = 0 if lang == "vi" else 1
    deferred = [
        [n, p.person, p.post.unit, p.post.title, p.reason[who], p.basis, p.until, p.evidence]
        for n, p in enumerate(people_rows(plan.facts, "deferred", register), 1)
    ]
    exempt = [
        [n, p.person, p.post.unit, p.post.title, p.reason[who], p.basis]
        for n, p in enumerate(people_rows(plan.facts, "exempt", register), 1)
    ]
    spared = [
        [n, p.person, p.post.unit, p.post.title, p.reason[who]]
        for n, p in enumerate(people_rows(plan.facts, "spared", register), 1)
    ]
    single = [
        [n, s.units, s.people, s.proposal[who]]
        for n, s in enumerate(single_rows(plan.facts, register), 1)
    ]
    reason, basis = (Message("Lý do"), 40), (Message("Căn cứ"), 26)
    until, proof = (Message("Đến ngày"), 13), (Message("Minh chứng"), 26)
    units, people = (Message("Đơn vị"), 50), (Message("Người"), 40)
    lists: list[tuple[tuple[tuple[Message, float], ...], list[list[Any]]]] = [
        (DUE_HEADS, _due(plan, register, lang)),
        *(
            [((NUMBER, NAME, UNIT, POST, reason), spared)]
            if public
            else [
                ((NUMBER, NAME, UNIT, POST, reason, basis, until, proof), deferred),
                ((NUMBER, NAME, UNIT, POST, reason, basis), exempt),
            ]
        ),
        ((NUMBER, units, people, (Message("Đề xuất"), 70)), single),
    ]
    return [
        Annex(names, [Head(title.say(lang), width) for title, width in heads], rows)
        for names, (heads, rows) in zip(PUBLIC_ANNEXES if public else ANNEXES, lists, strict=True)
    ]


def _due(plan: RotationPlan, register: Register, lang: str) -> list[list[Any]]:
    """Those who move, limit first on top, then those without a place."""
    clock = plan.facts.get("clock", {})
    public = bool(plan.facts.get("public"))
    rows = []
    for r in by_limit(move_rows(plan.moves, register)):
        move, word = r.move, INSTRUMENTS.get(r.move.instrument)
        note = MARKS[r.mark].name.say(lang)
        rows.append(
            [
                *_person(move.staff_id, r.left, register, clock, public, lang, r.limit),
                ", ".join(part for part in (r.taken.title, r.taken.unit) if part),
                word.say(lang) if word else move.instrument,
                move.effective_date,
                f"{note}. {said_reason(move.reason, lang)}" if move.reason else note,
            ]
        )
    for who in plan.unplaced:
        post = register.post_of(who.staff_id)
        person = _person(who.staff_id, post, register, clock, public, lang, None)
        rows.append(
            [*person, Message("chưa xếp được").say(lang), "", None, said_reason(who.reason, lang)]
        )
    return [[n, *row] for n, row in enumerate(rows, 1)]


def _person(
    staff_id: str, post: Post, register: Register, clock: Mapping[str, Any], public: bool,
    lang: str, limit: date | None,
) -> list[Any]:  # fmt: skip
    """From the name to the day by which the person has to move; a public copy has no year of birth."""
    record, posting = register.record(staff_id), register.posting(staff_id)
    told = clock.get(staff_id, {})
    area = [posting.field or post.field, posting.area] if posting else [post.field]
    sex = SEXES[record.sex].say(lang) if record and record.sex in SEXES else ""
    return [
        register.person(staff_id),
        record.birth_date.year if record and not public else None,
        sex if not public else "",
        post.unit,
        post.title,
        ", ".join(part for part in area if part),
        _day(told.get("clock_start")) or (posting.start if posting else None),
        posting.document_no if posting else "",
        told.get("months_served"),
        _term(told, lang),
        limit or _day(told.get("latest_date")),
    ]


def _term(told: Mapping[str, Any], lang: str) -> str:
    """The months that the limit leaves, and the paper that says so; "" where the plan tells neither."""
    months, paper = told.get("term_months"), str(told.get("legal_basis", ""))
    if not months:
        return paper
    return Message("{n} tháng ({paper})", {"n": months, "paper": paper}).say(lang)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
