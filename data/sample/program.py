"""What is fixed before the year is planned: campaigns, other bodies' inspections, duties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from data.sample.shape import TEAM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.sample.crew import Crew
    from data.sample.shape import Shape

Window = tuple[date, date]


class Plan(NamedTuple):
    """A campaign before it has units."""

    title: str
    trade: str  # of the units: commune, point, or any body in scope
    share: float  # of the campaigns' work
    first: tuple[int, int]  # month and day
    last: tuple[int, int]
    days: int
    team_size: int
    skills: str


PLANS = (
    Plan(
        "Phường, xã thí điểm cải cách hành chính quý I",
        "commune",
        0.22,
        (1, 11),
        (3, 31),
        2,
        5,
        "cong_vu",
    ),
    Plan(
        "Tiếp nhận, trả kết quả tại Điểm Phục vụ hành chính công",
        "point",
        0.5,
        (4, 12),
        (7, 9),
        1,
        4,
        "tthc",
    ),
    Plan(
        "Kỷ luật, kỷ cương hành chính, đạo đức công vụ",
        "any",
        0.28,
        (9, 6),
        (11, 19),
        2,
        4,
        "cong_vu;tai_chinh",
    ),
)
OTHERS = (  # body, reason, share of the units, fewest and most calendar days
    ("Thanh tra Thành phố", "Thanh tra theo kế hoạch năm {year}", 0.06, 21, 45),
    (
        "Kiểm toán nhà nước khu vực I",
        "Kiểm toán ngân sách và tài chính công năm {year}",
        0.04,
        15,
        32,
    ),
    ("", "Đơn vị tổ chức lễ hội, hội nghị hoặc sửa chữa trụ sở", 0.05, 3, 11),
)
USABLE = 20  # working days that a blackout leaves in every window in which a visit must take place


@dataclass(frozen=True)
class Campaign:
    """A campaign with its window and the rows of its units."""

    campaign_id: str
    plan: Plan
    window: Window
    units: tuple[int, ...]


def make_campaigns(
    shape: Shape, units: pd.DataFrame, quality: NDArray[np.float64], crew: Crew
) -> list[Campaign]:
    """Three campaigns that share no unit, nor a commune with its own service point."""
    rng = shape.rng("campaigns")
    wanted = min(0.36 * shape.units, 0.45 * shape.room)
    taken = set(crew.closed_houses(shape).tolist())
    made = []
    for n, plan in enumerate(PLANS, 1):
        anywhere = plan.trade == "any"
        mine = np.arange(shape.units) if anywhere else np.flatnonzero(units["trade"] == plan.trade)
        free = np.array([row for row in mine.tolist() if row not in taken])
        count = min(len(free) // 3, max(1, round(plan.share * wanted)))
        weight = np.exp(-0.3 * quality[free])
        chosen = np.sort(rng.choice(free, size=count, replace=False, p=weight / weight.sum()))
        taken |= _with_neighbours(units, chosen.tolist())
        window = date(shape.year, *plan.first), date(shape.year, *plan.last)
        made.append(Campaign(f"CD{n}-{shape.year}", plan, window, tuple(chosen.tolist())))
    return made


def campaigns_table(shape: Shape, units: pd.DataFrame, campaigns: list[Campaign]) -> pd.DataFrame:
    """The table `campaigns` as text."""
    names = units["unit_id"].to_numpy(dtype=object)
    rows = []
    for c in campaigns:
        listed, (first, last) = ";".join(names[list(c.units)]), c.window
        days, size = (c.plan.days, c.plan.team_size) if shape.remembers_teams else (1, TEAM)
        dates = str(first), str(last)
        rows.append(
            (c.campaign_id, c.plan.title, *dates, listed, str(days), str(size), c.plan.skills)
        )
    columns = ["campaign_id", "title", "start", "end", "units", "days", "team_size", "skills"]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def blackouts_table(
    shape: Shape, units: pd.DataFrame, campaigns: list[Campaign], follow_ups: dict[str, Window]
) -> pd.DataFrame:
    """The table `blackouts`: the whole city around Tết and at the year's end, and single units."""
    rng = shape.rng("blackouts")
    year = shape.year
    names = units["unit_id"].tolist()
    needed = {name: [window] for name, window in follow_ups.items()}
    for campaign in campaigns:
        for row in campaign.units:
            needed.setdefault(names[row], []).append(campaign.window)
    city = [(*shape.tet_break, "Trước, trong và sau Tết Nguyên đán"),
            (date(year, 12, 27), date(year, 12, 31), "Khóa sổ, tổng kết cuối năm")]  # fmt: skip
    rows = [("", str(first), str(last), reason, "") for first, last, reason in city]
    for row in np.flatnonzero(units["trade"] == "SGDDT").tolist():
        window = date(year, 6, 21), date(year, 7, 2)
        if _leaves_room(shape, window, needed.get(names[row], [])):
            rows.append(
                (
                    names[row],
                    str(window[0]),
                    str(window[1]),
                    "Kỳ thi tốt nghiệp trung học phổ thông",
                    "",
                )
            )
    for body, reason, share, fewest, most in OTHERS:
        for row in rng.permutation(shape.units)[: max(1, round(share * shape.units))].tolist():
            first = date(year, 1, 20) + timedelta(days=int(rng.integers(0, 270)))
            window = first, first + timedelta(days=int(rng.integers(fewest, most + 1)))
            if _leaves_room(shape, window, needed.get(names[row], [])):
                text = reason.format(year=year)
                rows.append((names[row], str(window[0]), str(window[1]), text, body))
    return pd.DataFrame(rows, columns=["unit_id", "start", "end", "reason", "body"], dtype="str")


def duties_table() -> pd.DataFrame:
    """The table `duties`: what every body does each year."""
    communes, offices = "kind=ward;kind=commune", "kind=department;kind=agency"
    return pd.DataFrame(
        [
            ("NV1", "Đối thoại của người đứng đầu với người dân, doanh nghiệp", communes, "2"),
            ("NV2", "Tự kiểm tra cải cách hành chính", f"{offices};{communes}", "1"),
            ("NV3", "Báo cáo công tác cải cách hành chính", f"{offices};{communes}", "4"),
            ("NV4", "Khảo sát mức độ hài lòng tại điểm phục vụ", "kind=service_point", "2"),
        ],
        columns=["duty_id", "title", "units", "times_per_year"],
        dtype="str",
    )


def _with_neighbours(units: pd.DataFrame, rows: list[int]) -> set[int]:
    """These rows, the points of these communes and the communes of these points."""
    row_of = {name: n for n, name in enumerate(units["unit_id"])}
    parent = units["parent_id"].tolist()
    names = {units["unit_id"].iloc[row] for row in rows}
    above = {row_of[parent[row]] for row in rows if parent[row]}
    below = {n for n, name in enumerate(parent) if name in names}
    return set(rows) | above | below


def _leaves_room(shape: Shape, blackout: Window, needed: list[Window]) -> bool:
    first, last = blackout
    for start, end in needed:
        days = shape.calendar.working_days(
            max(start, shape.year_start), min(end, date(shape.year, 12, 26))
        )
        tet = shape.tet_break
        free = [d for d in days if not first <= d <= last and not tet[0] <= d <= tet[1]]
        if days and len(free) < USABLE:
            return False
    return True
