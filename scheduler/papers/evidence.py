"""Evidence for the PAR index and the follow-up sheet: what was inspected, found and remedied by a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.records import Finding, Office, PastVisit, Plan
from scheduler.papers.letterhead import Desk, numbered, share
from scheduler.papers.names import Names
from scheduler.papers.visits import FORMS, day, severity, span


@dataclass(frozen=True)
class Evidence:
    """The past visits and findings of an office beside the plan, on a day."""

    plan: Plan
    desk: Desk
    names: Names
    office: Office
    on: date

    def follow_up(self) -> dict[str, Any]:
        """Counts of all findings, and a row for each that is open, the longest overdue first."""
        found = [f for f in self.office.findings if f.visit_id in self._done()]
        open_now = sorted(
            (f for f in found if self._open(f)), key=lambda f: (f.remedy_due, f.finding_id)
        )
        late = sum(f.remedy_due < self.on for f in open_now)
        planned = {v.follows: v for v in self.plan.visits if v.follows and v.status == "scheduled"}
        rows = []
        for f in open_now:
            again = planned.get(f.visit_id)
            rows.append({
                "don_vi": self.names.unit(self._done()[f.visit_id].unit_id), "cuoc": f.visit_id,
                "noi_dung": f.text or f.finding_id, "muc_do": severity(f), "han": day(f.remedy_due),
                "qua_han": max(0, (self.on - f.remedy_due).days) or "",
                "tai_kiem_tra": span(again.start, again.end) if again else "",
            })  # fmt: skip
        return {
            "ngay_so_lieu": day(self.on), "danh_sach": numbered(rows),
            "tong": {
                "tat_ca": len(found), "da_xong": len(found) - len(open_now), "chua_xong": len(open_now),
                "qua_han": late, "ty_le": share(len(found) - len(open_now), len(found)),
            },
        }  # fmt: skip

    def shares(self) -> dict[str, Any]:
        """Units in scope that were inspected, findings handled: the year before the plan's, and its own."""
        rules, years = self.desk.rulebook, (self.plan.year - 1, self.plan.year)
        kinds = rules.value("coverage.denominator")
        scope = {
            u.unit_id for u in self.office.units if u.in_scope and (not kinds or u.kind in kinds)
        }
        planned = {v.unit_id for v in self.plan.visits if v.status == "scheduled"} & scope
        told = self.plan.facts.get("coverage", {})
        covered = len(planned) if scope else told.get("covered", "")
        inspected, handled = [], []
        for year in years:
            visits = [v for v in self._done().values() if v.start.year == year]
            units = {v.unit_id for v in visits} & scope
            inspected.append({
                "nam": year, "tong": len(scope) or told.get("in_scope", ""), "da": len(units),
                "ty_le": share(len(units), len(scope)), "ke_hoach": covered if year == self.plan.year else "",
            })  # fmt: skip
            ids = {v.visit_id for v in visits}
            found = [f for f in self.office.findings if f.visit_id in ids]
            left = [f for f in found if self._open(f)]
            handled.append({
                "nam": year, "tong": len(found), "da": len(found) - len(left),
                "ty_le": share(len(found) - len(left), len(found)),
                "qua_han": sum(f.remedy_due < self.on for f in left),
            })  # fmt: skip
        return {
            "ngay_so_lieu": day(self.on), "ty_le_kiem_tra": inspected, "xu_ly": handled,
            "phai_dat": share(round(1000 * rules.value("coverage.target")), 1000),
            "nguon_phai_dat": rules["coverage.target"].source,
            "da_kiem_tra": self._list(years),
        }  # fmt: skip

    def _list(self, years: tuple[int, ...]) -> list[dict[str, Any]]:
        found: Counter[str] = Counter(f.visit_id for f in self.office.findings)
        left: Counter[str] = Counter(f.visit_id for f in self.office.findings if self._open(f))
        visits = sorted(self._done().values(), key=lambda v: (v.start, v.visit_id))
        return numbered(
            {
                "don_vi": self.names.unit(v.unit_id), "hinh_thuc": FORMS.get(v.kind, v.kind),
                "thoi_gian": span(v.start, v.end),
                "van_de": f"{found[v.visit_id]} ({found[v.visit_id] - left[v.visit_id]})",
            }
            for v in visits if v.start.year in years
        )  # fmt: skip

    def _done(self) -> dict[str, PastVisit]:
        return {v.visit_id: v for v in self.office.visits if v.end <= self.on}

    def _open(self, found: Finding) -> bool:
        return found.closed_on is None or found.closed_on > self.on
