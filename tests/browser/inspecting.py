"""An office whose inspectors are out: visits around today at real places, a paper, findings in every state."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import insert

from data.records import PlannedVisit
from data.store import files
from data.store.tables.ledgers import findings
from scheduler.journeys.online.plan_papers import MADE, NOUN

if TYPE_CHECKING:
    from tests.clients import Office

LAN, HAI, HA = "TV0012", "TV0003", "TV0013"  # Lan and Hà go together, Hải alone
TODAY = date(2027, 3, 1)
UNITS = ("00004", "00097", "00160", "00229", "00322", "00364")
TEXTS = (
    "Chưa công khai đầy đủ thủ tục hành chính tại nơi tiếp nhận hồ sơ",
    "Sổ theo dõi hồ sơ ghi thiếu ngày trả kết quả",
    "Phân công trực chưa có văn bản",
)


def begin(office: Office) -> int:
    """Fill the office; gives the id of the plan in force."""
    office.dataset()
    plan = office.version([*_of_lan(), *_of_hai()])
    with office.store.upkeep() as db:
        places = [
            UNITS[n] for n in (0, 4, 2, 3)
        ]  # the second's visit is over, the last two lie ahead
        for number in range(14):
            db.execute(insert(findings).values(
                finding_id=f"TT-2027-{number:05}", visit_id=f"2027-DK-{places[number % 4]}",
                unit_id=places[number % 4], severity=("major", "minor", "critical")[number % 3],
                remedy_due=TODAY + timedelta(days=7 * number - 30), text=TEXTS[number % 3],
                proof="Báo cáo số 15/BC-UBND" if number % 5 == 3 else "",
                proof_on=TODAY if number % 5 == 3 else None,
                closed_on=TODAY if number == 8 else None, made_at=office.now, revision=1,
            ))  # fmt: skip
        made = {
            "run": "r", "at": office.now.isoformat(), "on": TODAY.isoformat(), "draft": False, "rows": "",
            "visits": {"2027-DK-00004": "2027-DK-00004"},
        }  # fmt: skip
        files.put(db, NOUN, plan, {
            MADE: json.dumps(made).encode(), "bien-ban/2027-DK-00004.docx": b"PK" + b"0" * 24_000,
        })  # fmt: skip
    return plan


def _visit(unit: str, days: int, length: int = 1, **more: object) -> PlannedVisit:
    start = TODAY + timedelta(days=days)
    more = {"kind": "periodic", "lead": LAN, "members": (HA, "TV0005"), **more}
    return PlannedVisit(
        f"2027-DK-{unit}",
        unit,
        start=start,
        end=start + timedelta(days=length - 1),
        days=length,
        **more,
    )  # type: ignore[arg-type]


def _of_lan() -> list[PlannedVisit]:
    return [
        _visit("00004", 0, 2),
        _visit("00097", 3, kind="thematic"),
        _visit("00160", 7, lead=HA, members=(LAN,)),
        _visit("00229", 8),  # the day after those that are kept
        _visit("00322", -14, kind="follow_up"),
    ]


def _of_hai() -> list[PlannedVisit]:
    return [_visit("00364", 1, lead=HAI, members=("TV0010",))]
