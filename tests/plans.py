"""Made-up offices and plans of a believable shape, seeded, for tests of exports."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from data.records import Inspector, Office, Plan, PlannedVisit, ReserveWeek, Unit
from tests.plan_facts import HOLIDAYS, YEAR, fake_facts

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
            reason="person.month-days; blackout.unit: không còn tuần nào đủ người",
        )
        for n, unit in enumerate(units[-3:])
    ]
    visits.sort(key=lambda v: (v.start or date.max, v.visit_id))
    mondays = [date(YEAR, 1, 4) + timedelta(weeks=w) for w in range(52)]
    reserve = tuple(ReserveWeek(m, 6, (n // 9) % 4) for n, m in enumerate(mondays))
    return Plan(YEAR, tuple(visits), reserve, fake_facts(office, visits, reserve, chance))


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
