"""Made-up offices and plans of a believable shape, seeded, for tests of exports."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from data.records import Inspector, Office, Plan, PlannedVisit, ReserveWeek, Unit

YEAR = 2027
KINDS = {"phuong": "ward", "xa": "commune", "so": "department"}
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Vũ", "Bùi", "Đỗ", "Ngô")
MIDDLE = ("Thị", "Văn", "Minh", "Thu", "Đức", "Ngọc", "Quang", "Thanh")
GIVEN = (
    "An",
    "Ánh",
    "Bình",
    "Châu",
    "Dũng",
    "Đạt",
    "Giang",
    "Hà",
    "Hương",
    "Khánh",
    "Lan",
    "Mai",
    "Ổn",
    "Sơn",
    "Yến",
)
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


@cache
def _reference() -> tuple[dict[str, str], ...]:
    text = (files("data") / "reference" / "units.csv").read_text(encoding="utf-8-sig")
    return tuple(csv.DictReader(text.splitlines()))


def fake_office(n_units: int = 143, n_inspectors: int = 50, seed: int = 7) -> Office:
    """An office of the city's units (repeated beyond 143) with made-up inspectors."""
    chance = random.Random(seed)
    rows = _reference()
    units = []
    for n in range(n_units):
        row = rows[n % len(rows)]
        again = n // len(rows)
        units.append(
            Unit(
                unit_id=row["code"] + (f"-{again}" if again else ""),
                name=row["name_vi"] + (f" {again + 1}" if again else ""),
                kind=KINDS.get(row["kind"], "agency"),
                cluster=row["former_district"],
                lat=float(row["lat"]) + again * 0.004 if row["lat"] else None,
                lon=float(row["lon"]) + again * 0.005 if row["lon"] else None,
            )
        )
    inspectors = tuple(
        Inspector(
            f"TV{n:03}",
            f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}",
            units[n % len(units)].unit_id,
            can_lead=n % 3 == 0,
        )
        for n in range(n_inspectors)
    )
    return Office(units=tuple(units), inspectors=inspectors, digest="sha256:" + "0a" * 32)


def fake_plan(office: Office, n_visits: int | None = None, seed: int = 7) -> Plan:
    """A plan with every kind of row, drops, reserve and all the facts a report shows."""
    chance = random.Random(seed)
    units = list(office.units)
    chance.shuffle(units)
    wanted = n_visits or round(1.05 * len(units))
    ids = [who.inspector_id for who in office.inspectors]
    visits = [_visit(n, units, ids, chance) for n in range(wanted)]
    visits += [
        PlannedVisit(
            f"{YEAR}-DK-X{n}",
            unit.unit_id,
            "periodic",
            status="dropped",
            owner="HN-SNV",
            reason="person.month-days, blackout.unit: không còn tuần nào đủ người",
        )
        for n, unit in enumerate(units[-3:])
    ]
    visits.sort(key=lambda v: (v.start or date.max, v.visit_id))
    mondays = [date(YEAR, 1, 4) + timedelta(weeks=w) for w in range(52)]
    reserve = tuple(ReserveWeek(m, 6, (n // 9) % 4) for n, m in enumerate(mondays))
    return Plan(YEAR, tuple(visits), reserve, _facts(office, visits, reserve, chance))


def _visit(n: int, units: list[Unit], ids: list[str], chance: random.Random) -> PlannedVisit:
    kind = chance.choices(("periodic", "thematic", "follow_up"), (6, 3, 2))[0]
    unit = units[n % round(len(units) * 0.72)]
    days = chance.choice((1, 2, 2, 3))
    off = {date.fromisoformat(day) for day, _, _ in HOLIDAYS}
    start = date(YEAR, 1, 4) + timedelta(
        weeks=chance.randrange(52), days=chance.randrange(6 - days)
    )
    while start in off:
        start += timedelta(days=7)
    team = chance.sample(ids, 4)
    return PlannedVisit(
        f"{YEAR}-{kind[:2].upper()}-{n:04}",
        unit.unit_id,
        kind,
        campaign_id="CD-2027-1" if kind == "thematic" else "",
        follows=f"2026-DK-{n:04}" if kind == "follow_up" else "",
        start=start,
        end=start + timedelta(days=days - 1),
        days=days,
        lead=team[0],
        members=tuple(team[1:]),
        reason={
            "periodic": "Rủi ro cao, 26 tháng kể từ lần kiểm tra gần nhất",
            "thematic": "Chuyên đề: giải quyết thủ tục hành chính tại bộ phận một cửa",
            "follow_up": "Tái kiểm tra: 2 tồn tại đến hạn khắc phục ngày 15/03/2027",
        }[kind],
        owner="HN-SNV",
    )


def _facts(
    office: Office,
    visits: list[PlannedVisit],
    reserve: tuple[ReserveWeek, ...],
    chance: random.Random,
) -> dict[str, Any]:
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
    return [dict(zip(names, row, strict=True)) for row in rows]


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
