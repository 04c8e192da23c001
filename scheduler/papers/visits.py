"""The visits of a yearly plan as papers say them: names, dates, team, contents, deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.calendar import WorkCalendar
from data.drop_reasons import reason_of
from data.records import Finding, Office, PlannedVisit
from scheduler.papers.letterhead import Desk, numbered
from scheduler.papers.names import Names
from scheduler.rulebook import Rulebook

FORMS = {
    "periodic": "Định kỳ",
    "thematic": "Chuyên đề",
    "follow_up": "Tái kiểm tra",
    "surprise": "Đột xuất",
}
PLANNED = ("periodic", "thematic", "follow_up")
NO_RULE = "plan.complete"  # only says that the plan had to leave something out
SEVERITIES = {"minor": "Nhẹ", "major": "Nặng", "critical": "Nghiêm trọng"}


@dataclass(frozen=True)
class Visits:
    """What the visits of a plan are told from; without a dataset the office is empty."""

    desk: Desk
    names: Names
    office: Office
    calendar: WorkCalendar

    def one(self, visit: PlannedVisit, number: int) -> dict[str, Any]:
        """One visit, scheduled, as the field `cuoc` of the templates."""
        days = self.desk.rulebook.value("papers.days")
        team = self._team(visit)
        others = [f"{who['ho_ten']} ({who['nhiem_vu'].lower()})" for who in team[1:]]
        return {
            "ma": visit.visit_id,
            "don_vi": self.names.unit(visit.unit_id),
            "hinh_thuc": FORMS.get(visit.kind, visit.kind),
            "noi_dung": self.contents(visit),
            "noi_dung_ngan": "Các nội dung tại Phần II"
            if visit.kind == "periodic"
            else self.contents(visit),
            "thoi_ky": self.period(),
            "thoi_ky_ngan": self.period().removeprefix("Từ ngày "),
            "thoi_gian": span(visit.start, visit.end),
            "khoang_ngay": _from_to(visit.start, visit.end),
            "tu_ngay": day(visit.start),
            "so_ngay": f"{visit.days:02}",
            "doan": f"Đoàn số {number:02}",
            "so_doan": f"{number:02}",
            "truong_doan": team[0]["ho_ten"] if visit.lead else "",
            "thu_ky": self.names.inspector(visit.members[0]).name if visit.members else "",
            "thanh_vien": team,
            "thanh_vien_ke": ", ".join(others),
            "thanh_vien_khac": "\n".join(others),
            "ton_tai": numbered(self._findings(visit)),
            "han_bao_cao": day(self._working(visit.start, -days["report"])),
            "han_ket_qua": day(self._working(visit.end, days["result"])),
        }

    def contents(self, visit: PlannedVisit) -> str:
        """What a visit looks at, in one line."""
        if visit.kind == "follow_up":
            after = f" đã nêu tại cuộc kiểm tra {visit.follows}" if visit.follows else ""
            return f"Việc khắc phục tồn tại, hạn chế{after}"
        titles = {campaign.campaign_id: campaign.title for campaign in self.office.campaigns}
        if visit.kind == "thematic":
            return f"Chuyên đề: {titles.get(visit.campaign_id, visit.campaign_id)}"
        first, *others = (name for name, *_ in self.desk.rulebook.value("papers.contents"))
        return "; ".join([first, *(name[0].lower() + name[1:] for name in others)])

    def period(self) -> str:
        """The period covered."""
        first = date(self.desk.year - self.desk.rulebook.value("papers.period"), 1, 1)
        return f"Từ ngày {day(first)} đến thời điểm kiểm tra"

    def _team(self, visit: PlannedVisit) -> list[dict[str, Any]]:
        tasks = ["Trưởng đoàn", "Thư ký", *["Thành viên"] * len(visit.members)]
        people = [self.names.inspector(who) for who in (visit.lead, *visit.members)]
        return numbered(
            {"ho_ten": who.name, "chuc_vu": who.post, "nhiem_vu": task}
            for who, task in zip(people, tasks, strict=False)
        )

    def _findings(self, visit: PlannedVisit) -> Iterable[dict[str, Any]]:
        if visit.kind != "follow_up" or not visit.follows:
            return ()
        return [
            {
                "noi_dung": found.text or found.finding_id, "muc_do": severity(found),
                "han": day(found.remedy_due), "tinh_trang": "Chưa khắc phục",
            }
            for found in self.office.findings
            if found.visit_id == visit.follows and found.closed_on is None
        ]  # fmt: skip

    def _working(self, start: date | None, days: int) -> date | None:
        return self.calendar.add(start, days) if start else None


def dropped_because(reason: str, rulebook: Rulebook) -> str:
    """Why a visit was dropped, as a paper says it: titles of rules, never their ids."""
    found = reason_of(reason, rulebook.policies)
    if not found.rules:
        return found.words
    said = found.words[:1].upper() + found.words[1:]
    titles = "; ".join(f"«{rulebook[rule].title_vi}»" for rule in found.rules if rule != NO_RULE)
    return f"{said}, do: {titles}" if titles else said


def severity(found: Finding) -> str:
    """How grave something found is, in Vietnamese."""
    return SEVERITIES.get(found.severity, found.severity)


def in_order(visits: Iterable[PlannedVisit]) -> list[PlannedVisit]:
    """The scheduled visits by date, none of them a surprise; the number of a team is its place here."""
    kept = [v for v in visits if v.status == "scheduled" and v.start and v.kind in PLANNED]
    return sorted(kept, key=lambda v: (v.start or date.max, v.visit_id))


def day(found: date | None) -> str:
    """dd/mm/yyyy, "" for no day."""
    return f"{found:%d/%m/%Y}" if found else ""


def span(start: date | None, end: date | None) -> str:
    """From-to as short as it stays clear.

    >>> span(date(2027, 3, 15), date(2027, 3, 17))
    '15–17/03/2027'
    """
    if start is None or end is None or start == end:
        return day(start or end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start:%d}–{day(end)}"
    return f"{day(start)}–{day(end)}"


def _from_to(start: date | None, end: date | None) -> str:
    if start == end:
        return f"ngày {day(start)}"
    return f"từ ngày {day(start)} đến ngày {day(end)}"
