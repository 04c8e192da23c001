"""Made-up rotation plans of a believable shape, seeded, for tests of folder, workbook and page."""

from __future__ import annotations

import random
from datetime import date, timedelta

from data.records import (
    Deferral,
    Move,
    Office,
    Position,
    Posting,
    RotationPlan,
    Staff,
    Unit,
    Unplaced,
)
from tests.plans import FAMILY, GIVEN, MIDDLE, fake_office

YEAR = 2027
FIELDS = (
    ("tai_chinh", "Chuyên viên quản lý tài chính, kế toán ngân sách"),
    ("tu_phap", "Công chức tư pháp – hộ tịch, tiếp nhận hồ sơ"),
    ("dat_dai", "Chuyên viên thẩm định hồ sơ đất đai, môi trường"),
    ("mot_cua", "Công chức tiếp nhận và trả kết quả"),
)
GROUNDS = (
    "discipline",
    "investigation",
    "illness",
    "study",
    "secondment",
    "pregnancy_or_child",
)
CLOSED = {
    2: {"vi": "Tết Nguyên đán", "en": "Lunar New Year"},
    12: {"vi": "khóa sổ cuối năm", "en": "year-end closing"},
}
SHAPES = (("swap", 2), ("swap", 2), ("cycle", 3), ("swap", 2), ("chain", 1), ("chain", 2))


def rotation_office(n_people: int, seed: int = 3) -> Office:
    """Units of the city, half of them sections of departments, and a post and a person for each `n`."""
    chance = random.Random(seed)
    bodies = list(fake_office(60).units)
    sections = [
        Unit(f"{body.unit_id}-P{n}", name, "section", parent_id=body.unit_id)
        for body in bodies[::4]
        for n, name in enumerate(("Văn phòng", "Phòng Nghiệp vụ 1"), 1)
    ]
    units = bodies + sections
    positions, staff, postings = [], [], []
    for n in range(n_people + n_people // 5):
        field, title = FIELDS[n % len(FIELDS)]
        unit = chance.choice(units)
        positions.append(
            Position(f"VT{n:05}", unit.unit_id, title, "specialist", field, field, category=field)
        )
    for n in range(n_people):
        name = " ".join(map(chance.choice, (FAMILY, MIDDLE, GIVEN)))
        birth = date(chance.randint(1968, 1999), chance.randint(1, 12), chance.randint(1, 28))
        sex = chance.choice(("male", "female"))
        staff.append(Staff(f"NV{n:05}", name, birth, sex, "civil_servant", "x", "specialist"))
        start = date(YEAR - 5, 1, 1) + timedelta(chance.randint(-200, 500))
        postings.append(Posting(f"NV{n:05}", f"VT{n:05}", start, document_no=f"{n + 1}/QĐ-SNV"))
    return Office(
        units=tuple(units),
        positions=tuple(positions),
        staff=tuple(staff),
        postings=tuple(postings),
    )


def rotation_plan(n_moves: int = 60, seed: int = 5) -> tuple[RotationPlan, Office]:
    """A plan with `n_moves` moves in swaps, cycles and chains, people on every list, and its office."""
    chance = random.Random(seed)
    spared = 4 + n_moves // 10
    office = rotation_office(n_moves + 4 * spared)
    moves: list[Move] = []
    shapes = 0
    vacancy = len(office.staff)
    while len(moves) < n_moves:
        kind, size = SHAPES[shapes % len(SHAPES)]
        shapes += 1
        size = min(size, n_moves - len(moves))
        first, wave = len(moves), chance.choice([m for m in range(1, 13) if m not in CLOSED])
        posts = [f"VT{first + n:05}" for n in range(size)]
        if kind == "chain" or size == 1:
            kind = "chain"
            posts.append(f"VT{vacancy:05}" if vacancy < len(office.positions) else "VT-MOI")
            vacancy += 1
        else:
            posts.append(posts[0])
        cycle = f"V{first + 1:04}"
        for n in range(size):
            moves.append(_move(chance, first + n, posts[n], posts[n + 1], wave, cycle, kind))
    people = [who.staff_id for who in office.staff[n_moves:]]
    unplaced = tuple(
        Unplaced(
            who,
            "Không được nhận vị trí tương đương nào, do: «Chuyển đổi đúng chuyên môn, nghiệp vụ» "
            "(move.profession)",
            ("move.profession", "move.unit-share"),
            "cho thêm một người của Sở Nội vụ rời vị trí trong đợt 15/05/2027; đã tính lại và xếp được: đến "
            "VT00001, đợt 15/05/2027; không ai đã xếp bị mất chỗ; thêm 3 điểm (giữ nguyên các trường hợp "
            "khác)",
        )
        for who in people[:spared]
    )
    facts = _facts(chance, office, moves, people, spared)
    deferrals = tuple(
        Deferral(e["staff_id"], e["ground"], date(2026, 9, 1), evidence="Văn bản 12/CV")
        for e in facts["deferred"]
    )
    office = Office(
        units=office.units, positions=office.positions, staff=office.staff,
        postings=office.postings, deferrals=deferrals,
    )  # fmt: skip
    return RotationPlan(YEAR, tuple(moves), unplaced, facts), office


def _move(
    chance: random.Random, n: int, left: str, taken: str, wave: int, cycle: str, kind: str
) -> Move:
    limit = chance.choice([-40, -3, 0, 12, 45, 90, 160, None])
    return Move(
        f"L{n + 1:05}", f"NV{n:05}", left, taken, wave, date(YEAR, wave, 15),
        chance.choice(("assignment", "transfer", "position_change")), cycle, kind, limit,
        round(chance.uniform(0.4, 38), 1) if n % 9 else None,
        "Thời hạn giữ vị trí đến hết ngày 15/05/2027; nhận vị trí đang trống." if limit is not None
        else "Vị trí ngoài danh mục, chuyển để người đến hạn có vị trí phù hợp; nhận vị trí đang trống.",
    )  # fmt: skip


def _goal(
    name: str, title: tuple[str, str], unit: tuple[str, str], value: int, bound: int | None,
    gap: float | None,
) -> dict[str, object]:  # fmt: skip
    return {
        "name": name, "title_vi": title[0], "title_en": title[1], "unit_vi": unit[0],
        "unit_en": unit[1],
        "value": value, "bound": bound, "gap": gap, "condition": "any plan",
        "condition_vi": "mọi kế hoạch", "condition_en": "any plan",
    }  # fmt: skip


def _facts(
    chance: random.Random, office: Office, moves: list[Move], people: list[str], spared: int
) -> dict[str, object]:
    due = sum(m.days_before_limit is not None for m in moves) + spared
    rows = [people[n * spared : (n + 1) * spared] for n in range(4)]
    units = [
        {
            "unit_id": unit.unit_id, "name": unit.name, "due": 2 + n % 9, "out": n % 9,
            "in": (n + 1) % 9, "overdue_before": (7 * n) % 5, "overdue_after": n % 2,
        }
        for n, unit in enumerate(office.units[:70])
    ]  # fmt: skip
    waves: list[dict[str, object]] = [
        {"wave": n, "date": f"{YEAR}-{n:02}-15", "moves": sum(m.wave == n for m in moves)}
        for n in range(1, 13)
    ]
    for wave in waves:
        if wave["wave"] in CLOSED:
            wave |= {"closed": True, "reason": CLOSED[wave["wave"]]}
    return {
        "year": YEAR, "plan_id": "ab12cd34ef56", "owner": "Sở Nội vụ", "on": "2026-11-22",
        "title": f"Kế hoạch chuyển đổi vị trí công tác năm {YEAR}", "reading": "continuous",
        "birth": {"year": YEAR, "data": "sha256:aa", "rules": "sha256:bb", "seed": 1},
        "goals": [
            _goal("unplaced", ("Người đến hạn chưa xếp được", "People due without a place"),
                  ("người", "people"), spared, spared, 0.0),
            _goal("late", ("Ngày quá hạn lẽ ra tránh được", "Avoidable days overdue"), ("ngày", "days"),
                  54, 50, 0.0741),
            _goal("distance", ("Quãng đường từ nhà đến nơi làm việc mới", "Distance from home to the new post"),
                  ("điểm", "points"), 1234, None, None),
        ],
        "counts": {
            "due": due, "placed": due - spared, "unplaced": spared, "deferred": spared,
            "helpers": sum(m.days_before_limit is None for m in moves), "exempt": spared,
            "single_post": 2, "missing_data": spared, "vacancies": 9,
        },
        "waves": waves, "units": units,
        "deferred": [
            {"staff_id": who, "until": "2027-08-31" if n % 2 else None, "ground": GROUNDS[n % 6]}
            for n, who in enumerate(rows[1])
        ],
        "exempt": [{"staff_id": who} for who in rows[2]],
        "missing": [{"staff_id": who, "reason": "Thiếu ngày bắt đầu giữ vị trí."} for who in rows[3]],
        "single": [
            {"units": [office.units[n].unit_id, office.units[n + 1].unit_id],
             "staff": [office.staff[n].staff_id, office.staff[n + 1].staff_id],
             "proposal": {"vi": "Hoán đổi hai kế toán", "en": "Swap the two accountants"}}
            for n in (0, 4)
        ],
        "greedy": {"unplaced": 17, "late": 98, "distance": 1501}, "greedy_share": 0.61, "seconds": 12.5,
    }  # fmt: skip
