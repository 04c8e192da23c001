"""The people of a rotation plan as papers say them: who moves, who is deferred, exempt, alone in a post."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from data.catalogue import CatalogueRow
from data.collation import person_key
from data.records import Move, Office, Position, RotationPlan
from scheduler.papers.letterhead import Desk, numbered
from scheduler.papers.names import Names, Post, current_postings
from scheduler.papers.visits import day

INSTRUMENTS = {
    "assignment": "Phân công, bố trí", "transfer": "Điều động", "position_change": "Thay đổi vị trí việc làm",
}  # fmt: skip
DECIDED = {
    "assignment": "Phân công, bố trí ông (bà)", "transfer": "Điều động ông (bà)",
    "position_change": "Thay đổi vị trí việc làm đối với ông (bà)",
}  # fmt: skip
SEXES = {"male": "Nam", "female": "Nữ"}
WITH_REASON = "Có lý do"  # all that a public paper says
DOTS = "." * 20
NO_PLACE = "Chưa xếp được"
GROUNDS = {
    "discipline": "Đang bị xem xét kỷ luật", "investigation": "Đang bị kiểm tra, xác minh, điều tra",
    "illness": "Đang điều trị bệnh hiểm nghèo", "study": "Đi học tập trung", "secondment": "Đang biệt phái",
    "pregnancy_or_child": "Mang thai hoặc nuôi con nhỏ",
}  # fmt: skip
EXEMPT = "Còn ít thời gian công tác trước tuổi nghỉ hưu"


@dataclass(frozen=True)
class People:
    """What the people of a plan are told from; without a dataset the office is empty."""

    plan: RotationPlan
    desk: Desk
    names: Names
    office: Office
    catalogue: Mapping[str, CatalogueRow]
    on: date  # the day on which the plan looked at the people
    figures_on: date  # the day of the figures in the report

    @property
    def public(self) -> bool:
        """Whether this is the copy that may be posted."""
        return bool(self.plan.facts.get("public"))

    def movers(self) -> list[dict[str, Any]]:
        """Everybody who moves, the earliest limit first, then by given name: the field `nguoi`."""
        moves = [m for m in self.plan.moves if m.effective_date]
        return [self.one(m) for m in sorted(moves, key=self._place)]

    def one(self, move: Move) -> dict[str, Any]:
        """One person who moves."""
        taken = self.names.post(move.to_position)
        left = self.names.post(move.from_position) if move.from_position else Post("")
        heir = self._heirs.get(move.from_position) if move.from_position else None
        heir_name = self.names.person(heir.staff_id) if heir else ""
        limit = limit_of(move)
        told = self._person(move.staff_id, left, move.from_position, limit)
        return told | {
            "ma": move.staff_id, "dot": move.wave,
            "vi_tri_moi": taken.title, "don_vi_moi": taken.unit,
            "cac_don_vi": ", ".join(dict.fromkeys(u for u in (left.unit, taken.unit) if u)),
            "quyet_dinh": DECIDED.get(move.instrument, "Chuyển đổi vị trí công tác đối với ông (bà)"),
            "hinh_thuc": INSTRUMENTS.get(move.instrument, move.instrument),
            "du_kien": "\n".join(filter(None, (
                taken.title, taken.unit, f"({INSTRUMENTS.get(move.instrument, move.instrument).lower()})"
            ))),
            "thuc_hien": day(move.effective_date),
            "cung_chuyen": not is_due(move, self.plan.year),
            "nguoi_nhan": f"{heir_name}, chuyển đến từ vị trí {self._from(heir)}." if heir else DOTS,
            "ten_nguoi_nhan": heir_name,
        }  # fmt: skip

    def doubtful(self) -> list[str]:
        """Citations of the terms printed in annex I that are not certain."""
        held = [m.from_position for m in self.plan.moves]
        rows = [self.catalogue.get(p.category) for h in held if (p := self._positions.get(h))]
        return sorted({row.citation for row in rows if row and row.confidence != "high"})

    def unplaced(self) -> list[dict[str, Any]]:
        """Everybody due whom the plan does not move."""
        rows = []
        for row in self.plan.unplaced:
            held = self._held.get(row.staff_id)
            where = held.position_id if held else ""
            person = self._person(
                row.staff_id, self.names.post(where) if where else Post(""), where, None
            )
            rows.append(person | {"du_kien": NO_PLACE, "thuc_hien": ""})
        return rows

    def unplaced_limits(self) -> list[date]:
        """The last lawful days of those whom the plan does not move, where they are known."""
        clock = self.plan.facts.get("clock", {})
        found = [
            _date(clock.get(row.staff_id, {}).get("latest_date")) for row in self.plan.unplaced
        ]
        return [limit for limit in found if limit]

    def deferred(self) -> list[dict[str, Any]]:
        """Annex II: who is not moved for now, until when, by which article; a public copy says no ground."""
        proofs = {
            d.staff_id: d.evidence
            for d in self.office.deferrals
            if d.start <= self.on and (d.end is None or self.on <= d.end)
        }
        return self._list("deferred", lambda entry: {
            "ly_do": _said(GROUNDS.get(str(entry.get("ground")), str(entry.get("ground") or "")), entry),
            "den_ngay": day(_date(entry.get("until"))),
            "minh_chung": proofs.get(str(entry.get("staff_id")), ""),
        })  # fmt: skip

    def exempt(self) -> list[dict[str, Any]]:
        """Annex III: who is not moved at all."""
        return self._list("exempt", lambda entry: {"ly_do": _said(EXEMPT, entry)})

    def spared(self) -> list[dict[str, Any]]:
        """Annexes II and III in one, of a copy that may be posted: who is not moved, never why."""
        return self._list("spared", lambda entry: {})

    def single(self) -> list[dict[str, Any]]:
        """Annex IV: joint plans that are proposed to the superior body."""
        rows = []
        for entry in _entries(self.plan.facts, "single"):
            who = [str(s) for s in entry.get("staff") or ()]
            proposal = entry.get("proposal")
            text = proposal.get("vi", "") if isinstance(proposal, dict) else str(proposal or "")
            for staff_id in who:
                text = re.sub(rf" ?\({re.escape(staff_id)}\)", "", text)
            rows.append({
                "don_vi": "\n".join(self.names.unit(str(u)) for u in entry.get("units") or ()),
                "nguoi": "\n".join(map(self.names.person, who)), "de_xuat": text,
            })  # fmt: skip
        return numbered(rows)

    def _list(self, key: str, more: Any) -> list[dict[str, Any]]:
        hidden = {"ly_do": WITH_REASON, "den_ngay": "", "minh_chung": ""}
        rows = []
        for entry in _entries(self.plan.facts, key):
            who = str(entry.get("staff_id", ""))
            held = self._held.get(who)
            post = self.names.post(held.position_id) if held else Post("")
            rows.append({
                "ho_ten": self.names.person(who), "don_vi": post.unit, "vi_tri": post.title,
                **(hidden if self.public else more(entry)),
            })  # fmt: skip
        return numbered(sorted(rows, key=lambda row: person_key(row["ho_ten"])))

    def _person(self, who: str, post: Post, position_id: str, limit: date | None) -> dict[str, Any]:
        record, held = self._staff.get(who), self._held.get(who)
        clock = self.plan.facts.get("clock", {}).get(who, {})
        position = self._positions.get(position_id)
        row = self.catalogue.get(position.category) if position else None
        basis = clock.get("legal_basis", "") or (row.citation if row else "")
        since = _date(clock.get("clock_start")) or (held.start if held else None)
        paper = held.document_no if held else ""
        work = [(held.field if held else "") or post.field, held.area if held else ""]
        born = f"{record.birth_date.year}\n({SEXES.get(record.sex, '')})" if record else ""
        return {
            "ho_ten": self.names.person(who),
            "nam_sinh": "" if self.public else born,
            "don_vi": post.unit, "vi_tri": post.title, "linh_vuc": ", ".join(filter(None, work)),
            "bat_dau": "\n".join(filter(None, (day(since), f"({paper})" if paper else ""))),
            "so_thang": clock.get("months_served", ""),
            "thoi_han": clock.get("term_months") or self._term(position, row),
            "van_ban": basis,
            "ngay_phai_chuyen": day(limit or _date(clock.get("latest_date"))),
        }  # fmt: skip

    def _term(self, position: Position | None, row: CatalogueRow | None) -> object:
        if position is not None and position.term_months:
            return position.term_months
        return row.term_max if row else ""

    def _from(self, move: Move) -> str:
        post = self.names.post(move.from_position) if move.from_position else Post("")
        return ", ".join(filter(None, (post.title, post.unit))) or "khác"

    def _place(self, move: Move) -> tuple[Any, ...]:
        return (
            limit_of(move) or date.max,
            person_key(self.names.person(move.staff_id)),
            move.staff_id,
        )

    @cached_property
    def _heirs(self) -> dict[str, Move]:
        return {m.to_position: m for m in self.plan.moves}

    @cached_property
    def _held(self) -> Mapping[str, Any]:
        return current_postings(self.office.postings, self.on)

    @cached_property
    def _staff(self) -> Mapping[str, Any]:
        return {s.staff_id: s for s in self.office.staff}

    @cached_property
    def _positions(self) -> Mapping[str, Position]:
        return {p.position_id: p for p in self.office.positions}


def limit_of(move: Move) -> date | None:
    """The last lawful day in the present post; None when no limit applies."""
    if move.effective_date is None or move.days_before_limit is None:
        return None
    return move.effective_date + timedelta(move.days_before_limit)


def is_due(move: Move, year: int) -> bool:
    """Whether a move is owed this year: others only make a cycle possible."""
    limit = limit_of(move)
    return limit is not None and limit <= date(year, 12, 31)


def _said(reason: str, entry: Mapping[str, Any]) -> str:
    basis = str(entry.get("basis") or "")
    return f"{reason} ({basis})" if reason and basis else reason or basis


def _entries(facts: Mapping[str, Any], key: str) -> Iterable[Mapping[str, Any]]:
    return [e if isinstance(e, dict) else {"staff_id": str(e)} for e in facts.get(key) or ()]


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
