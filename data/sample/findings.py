"""What visits found, by when it had to be mended, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.records import Finding, PastVisit

if TYPE_CHECKING:
    from data.sample.shape import Shape

SEVERITY = {"minor": 0.55, "major": 0.37, "critical": 0.08}
TEXTS = (
    "Hồ sơ thủ tục hành chính trả kết quả chậm, chưa có văn bản xin lỗi",
    "Chưa công khai đầy đủ thủ tục hành chính tại bộ phận một cửa",
    "Cán bộ vắng mặt trong giờ làm việc không báo cáo",
    "Chưa xây dựng kế hoạch cải cách hành chính năm",
    "Tỷ lệ hồ sơ trực tuyến toàn trình thấp hơn chỉ tiêu được giao",
    "Chưa tổ chức đủ hai cuộc đối thoại với người dân trong năm",
    "Chưa số hóa kết quả giải quyết thủ tục hành chính theo quy định",
    "Chậm thực hiện chuyển đổi vị trí công tác theo kế hoạch",
    "Phản ánh, kiến nghị của người dân xử lý quá hạn",
    "Chưa niêm yết số điện thoại đường dây nóng, lịch tiếp công dân",
    "Thu phí, lệ phí chưa đúng quy trình thanh toán trực tuyến",
    "Quy chế làm việc, phân công nhiệm vụ chưa được cập nhật sau sắp xếp",
)  # fmt: skip
REPORT_DAYS, REMEDY_DAYS = 15, 30  # working days to the report, calendar days to the remedy


@dataclass
class Book:
    """Findings as they are written down; at most `may_stay_open` visits keep one open."""

    shape: Shape
    may_stay_open: int
    findings: list[Finding] = field(default_factory=list)
    windows: dict[str, tuple[date, date]] = field(default_factory=dict)  # unit -> follow-up window

    def write(
        self, rng: np.random.Generator, visit: PastVisit, badness: float, open_chance: float
    ) -> list[Finding]:
        """Findings of one visit: on the average a little over one, more where the work is bad."""
        middle = 0.2 if visit.kind == "follow_up" else 0.95 * float(np.exp(0.35 * badness))
        count = int(rng.poisson(middle))
        due = self.due(visit)
        stays = rng.random() < open_chance and len(self.windows) < self.may_stay_open
        stays = stays and visit.unit_id not in self.windows and self._can_follow(due)
        found = []
        for n in range(count):
            is_open = stays and (n == 0 or rng.random() < 0.6)
            minor = timedelta(days=0 if n == 0 else int(rng.integers(0, 12)))
            severity = str(rng.choice(list(SEVERITY), p=list(SEVERITY.values())))
            closed_on = None if is_open else self._closed(rng, visit)
            text = TEXTS[int(rng.integers(0, len(TEXTS)))]
            found.append(Finding("", visit.visit_id, severity, due - minor, closed_on, text))
        if stays and found:
            self.windows[visit.unit_id] = self.window(due)
        self.findings += found
        return found

    def due(self, visit: PastVisit) -> date:
        """Fifteen working days to the report, a month to mend what it names."""
        calendar = self.shape.calendar
        day = calendar.add(visit.end, REPORT_DAYS) + timedelta(days=REMEDY_DAYS)
        return day if calendar.is_working(day) else calendar.add(day, 1)

    def window(self, due: date) -> tuple[date, date]:
        """When the follow-up is wanted: 20 to 60 working days after the remedy is due."""
        return self.shape.calendar.add(due, 20), self.shape.calendar.add(due, 60)

    def _can_follow(self, due: date) -> bool:
        """Whether the follow-up is long due, or has a month of usable days in the year."""
        first, last = self.window(due)
        start, end = self.shape.year_start, date(self.shape.year, 12, 31)
        if last < start:
            return True
        if first > end:
            return False
        off_first, off_last = self.shape.tet_break
        days = self.shape.calendar.working_days(max(first, start), min(last, end))
        return sum(not off_first <= day <= off_last for day in days) >= 25

    def _closed(self, rng: np.random.Generator, visit: PastVisit) -> date:
        latest = self.shape.today - timedelta(days=2)
        return min(latest, visit.end + timedelta(days=int(rng.integers(12, 110))))


def renamed(findings: list[Finding], new: dict[str, str]) -> list[Finding]:
    """Findings in the order of their visits, with the visits' final ids."""
    final = [replace(f, visit_id=new[f.visit_id]) for f in findings]
    return sorted(final, key=lambda f: f.visit_id)


def findings_table(findings: list[Finding]) -> pd.DataFrame:
    """The table `findings` as text."""
    return pd.DataFrame(
        [
            (f"TT{n:05}", f.visit_id, f.severity, str(f.remedy_due), str(f.closed_on or ""), f.text)
            for n, f in enumerate(findings, 1)
        ],
        columns=["finding_id", "visit_id", "severity", "remedy_due", "closed_on", "text"],
        dtype="str",
    )
