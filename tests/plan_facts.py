"""Made-up facts of a plan, as plan.json holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.exports.labels import CONDITIONS
from data.words import LANGUAGES

if TYPE_CHECKING:
    import random

    from data.records import Office, PlannedVisit, ReserveWeek

YEAR = 2027
HOLIDAYS = (
    ("2027-01-01", "Tết Dương lịch", "New Year's Day"),
    *((f"2027-02-{d:02}", "Tết Nguyên đán", "Lunar New Year") for d in range(5, 11)),
    ("2027-04-16", "Giỗ Tổ Hùng Vương", "Hung Kings' Day"),
    ("2027-04-30", "Ngày Chiến thắng", "Reunification Day"),
    ("2027-05-03", "Quốc tế Lao động (nghỉ bù)", "Labour Day (in lieu)"),
    ("2027-09-02", "Quốc khánh", "National Day"),
    ("2027-09-03", "Quốc khánh", "National Day"),
)
PARTS = (
    ("indicators", "Chỉ số dưới chỉ tiêu", "Indicators short of target", 40),
    ("last_visit", "Thời gian từ lần kiểm tra gần nhất", "Time since the last visit", 25),
    ("open_findings", "Tồn tại chưa khắc phục", "Open findings", 20),
    ("complaints", "Khiếu nại, tố cáo, phản ánh, kỷ luật", "Complaints and discipline", 15),
)


def fake_facts(
    office: Office,
    visits: list[PlannedVisit],
    reserve: tuple[ReserveWeek, ...],
    chance: random.Random,
) -> dict[str, Any]:
    """All the facts that a report shows, made up around the rows."""
    rows = [v for v in visits if v.status == "scheduled"]
    covered, whole = len({v.unit_id for v in rows}), len(office.units)
    kinds = {k: sum(v.kind == k for v in rows) for k in ("periodic", "thematic", "follow_up")}
    days = {
        i.inspector_id: [v.days for v in rows if i.inspector_id in (v.lead, *v.members)]
        for i in office.inspectors
    }
    return {
        "year": YEAR,
        "plan_id": "7f3a9c21d4e8",
        "title": f"Kế hoạch kiểm tra công vụ năm {YEAR}",
        "owner": "Sở Nội vụ thành phố Hà Nội",
        "birth": {
            "data": office.digest,
            "rules": "sha256:" + "b1" * 32,
            "seed": 7,
            "version": "0.1.0",
            "ortools": "9.15.6755",
            "settings": {"time_limit": 60, "workers": 1},
        },
        "status": "feasible",
        "goals": _goals(),
        "objective": {"value": 120, "parts": {"drops": 120}},
        "bound": 120,
        "gap": 0.0,
        "coverage": {
            "in_scope": whole,
            "covered": covered,
            "share": round(covered / whole, 4),
            "must_share": 0.3,
            "must_units": -(-whole * 3 // 10),
            "wanted_share": 0.5,
            "wanted_units": -(-whole // 2),
        },
        "load": {
            who: {
                "days": sum(d),
                "available": chance.choice((40, 60, 96, 110)),
                "target": 23.4,
                "visits": len(d),
            }
            for who, d in days.items()
        },
        "counts": {
            **kinds,
            "scheduled": len(rows),
            "dropped": len(visits) - len(rows),
            "surprise_team_days": sum(w.team_days for w in reserve),
            "expected_follow_ups": sum(w.follow_up_days for w in reserve),
        },
        "risk": {unit.unit_id: _risk(chance) for unit in office.units},
        "provisional": [
            {
                "vi": "Lịch nghỉ năm 2027 tính theo âm lịch, chưa có quyết định chính thức.",
                "en": "The 2027 holidays are computed from the lunar calendar; no decision yet.",
            }
        ],
        "to_check": [
            {
                "id": "unit.gap",
                "title_vi": "Khoảng cách giữa hai cuộc kiểm tra tại một đơn vị",
                "title_en": "Time between two visits to a unit",
                "source": "Đề xuất của đơn vị lập kế hoạch",
            }
        ],
        "holidays": [
            {"date": d, "name_vi": vi, "name_en": en, "provisional": True} for d, vi, en in HOLIDAYS
        ],
        "warnings": [],
        "solver": {
            "seconds": 12.5,
            "phases": {"days": 3.1, "teams": 9.4},
            "peak_memory_mb": 410,
            "repeatable": True,
        },
    }


def _goals() -> list[dict[str, Any]]:
    rows = (
        (
            "drops",
            "Việc không xếp được, tính theo rủi ro",
            "Work left out, by risk",
            120,
            120,
            0.0,
            "any plan",
            "điểm rủi ro",
            "risk points",
        ),
        (
            "timing",
            "Đúng thời hạn: sớm hoặc muộn, tính theo rủi ro",
            "On time: early or late, by risk",
            5630,
            5630,
            0.0,
            "any plan",
            "điểm × ngày",
            "points × days",
        ),
        (
            "load_max",
            "Tải cao nhất của một người",
            "Highest load of one person",
            312,
            304,
            0.0256,
            "these days",
            "phần nghìn số ngày có thể đi",
            "thousandths of usable days",
        ),
        (
            "travel",
            "Quãng đường từ nơi ở đến đơn vị",
            "Distance from home to unit",
            118204,
            105466,
            0.1078,
            "these days and loads",
            "trăm mét",
            "hundred metres",
        ),
    )
    names = (
        "name",
        "title_vi",
        "title_en",
        "value",
        "bound",
        "gap",
        "condition",
        "unit_vi",
        "unit_en",
    )
    goals = [dict(zip(names, row, strict=True)) for row in rows]
    for goal in goals:
        words = CONDITIONS[str(goal["condition"])]
        goal |= {f"condition_{lang}": words.say(lang) for lang in LANGUAGES}
    return goals


def _risk(chance: random.Random) -> dict[str, Any]:
    parts = [
        {
            "name": name,
            "title_vi": vi,
            "title_en": en,
            "points": round(weight * chance.random() ** 2, 2),
            "value": weight,
            "note_vi": "3/5 chỉ số dưới chỉ tiêu",
            "note_en": "3 of 5 indicators short of target",
        }
        for name, vi, en, weight in PARTS
    ]
    score = round(sum(float(p["points"]) for p in parts), 1)
    return {
        "score": score,
        "class": "high" if score > 50 else "middle" if score > 30 else "low",
        "parts": parts,
    }
