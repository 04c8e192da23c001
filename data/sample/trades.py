"""What posts each kind of body has: templates out of the catalogue of rotating positions."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

# Trade of a body -> numbers of the catalogue rows (R1-nnn) that its posts fall under.
CATEGORIES = {
    "VPUB": (2, 14, 15, 105), "SNV": (2, 6, 7, 8, 9, 10, 11, 12), "STP": (2, 69, 70, 71, 72, 73),
    "STC": (1, 2, 3, 4, 5, 19, 20, 21, 24, 25), "SCT": (2, 47, 48, 49, 50, 51, 52),
    "SNNMT": (2, 26, 27, 28, 30, 32, 33, 34, 35), "SXD": (2, 36, 38, 39, 40, 41, 42, 43, 45, 46),
    "SKHCN": (2, 65, 66, 67, 81, 82, 83, 84, 85), "SVHTT": (2, 60, 61, 62, 64), "SDL": (2, 63),
    "SGDDT": (2, 86, 87, 88, 89, 90), "SYT": (2, 53, 54, 55, 56, 57, 58, 80), "SQHKT": (2, 37),
    "SDTTG": (2, 14, 16), "TTTP": (13, 14, 15, 16, 17), "BQLKCN": (2, 18, 20, 23, 36),
    "TTHCC": (2, 104, 105), "commune": (98, 99, 100, 101, 102, 103, 105), "point": (104,),
}  # fmt: skip
ONLY = 14  # receiving citizens: one desk in a commune that is large enough, equal to no other there
_PROFESSIONS = (  # last catalogue number of each stretch -> profession
    (5, "tài chính - kế toán"),
    (12, "tổ chức cán bộ"),
    (17, "thanh tra - pháp chế"),
    (25, "đầu tư - kế hoạch"),
    (30, "đất đai - môi trường"),
    (35, "nông nghiệp"),
    (42, "xây dựng"),
    (46, "giao thông"),
    (52, "công thương"),
    (59, "y tế"),
    (64, "văn hóa - du lịch"),
    (68, "công nghệ thông tin"),
    (74, "tư pháp"),
    (80, "lao động - xã hội"),
    (85, "khoa học công nghệ"),
    (90, "giáo dục"),
    (97, "khác"),
    (98, "đất đai - môi trường"),
    (99, "tài chính - kế toán"),
    (100, "tư pháp"),
    (101, "văn hóa - xã hội"),
    (102, "văn phòng"),
    (103, "tổ chức cán bộ"),
    (105, "hành chính công"),
)
_TITLES = {
    2: "Kế toán viên",
    13: "Chuyên viên thanh tra",
    33: "Kiểm lâm viên",
    49: "Kiểm soát viên thị trường",
    98: "Công chức địa chính - xây dựng - đô thị - môi trường",
    99: "Công chức tài chính - kế toán",
    100: "Công chức tư pháp - hộ tịch",
    101: "Công chức văn hóa - xã hội",
    102: "Công chức văn phòng - thống kê",
    103: "Công chức tổ chức cán bộ",
    104: "Nhân viên tiếp nhận và trả kết quả",
    105: "Chuyên viên giải quyết hồ sơ thủ tục hành chính",
}
_PUBLIC = frozenset(
    {13, 14, 15, 24, 26, 28, 38, 45, 54, 63, 70, 71, 75, 76, 80, 98, 99, 100, 101, 102, 104, 105}
)


@dataclass(frozen=True)
class Template:
    """A post before it stands in a unit."""

    title: str
    field: str
    category: str
    rank_group: str
    profession: str
    is_lead: bool
    faces_public: bool
    role: str  # head, deputy, division_head, deputy_division_head, desk, only, plain, inspector ...
    trade: str
    term: tuple[int, int] = (0, 0)  # legal range in months, when listed


@cache
def templates() -> tuple[Template, ...]:
    """Every template, grouped by trade; the inspectors' own posts come last."""
    catalogue = _catalogue()
    found = []
    for trade, numbers in CATEGORIES.items():
        found += [*_leaders(trade), *(_desk(trade, n, catalogue[f"R1-{n:03}"]) for n in numbers)]
        found += _plain(trade)
    only = _desk("commune", ONLY, catalogue[f"R1-{ONLY:03}"])
    return (*found, replace(only, role="only"), *_inspectors())


def _catalogue() -> dict[str, dict[str, str]]:
    text = (files("data") / "reference" / "rotation_positions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["category_id"]: row for row in rows if not row["valid_to"]}


def _profession(n: int) -> str:
    return next(profession for last, profession in _PROFESSIONS if n <= last)


def _desk(trade: str, n: int, row: dict[str, str]) -> Template:
    position = row["position_vi"]
    title = _TITLES.get(n, f"Chuyên viên {position[:1].lower()}{position[1:]}")
    return Template(
        title, row["field"], f"R1-{n:03}", "employee" if n == 104 else "specialist", _profession(n),
        is_lead=False, faces_public=n in _PUBLIC, role="desk", trade=trade,
        term=(int(row["term_min_months"]), int(row["term_max_months"])),
    )  # fmt: skip


_LADDERS = {  # title, rank group, role
    "commune": (
        ("Chủ tịch Ủy ban nhân dân", "commune_leader", "head"),
        ("Phó Chủ tịch Ủy ban nhân dân", "commune_leader", "deputy"),
        ("Trưởng phòng", "division_head", "division_head"),
        ("Phó Trưởng phòng", "deputy_division_head", "deputy_division_head"),
    ),
    "point": (
        ("Trưởng điểm phục vụ hành chính công", "deputy_division_head", "head"),
        ("Phó trưởng điểm phục vụ hành chính công", "deputy_division_head", "deputy"),
    ),
    "department": (
        ("Giám đốc", "director", "head"),
        ("Phó Giám đốc", "deputy_director", "deputy"),
        ("Trưởng phòng", "division_head", "division_head"),
        ("Phó Trưởng phòng", "deputy_division_head", "deputy_division_head"),
    ),
    "agency": (
        ("Thủ trưởng", "director", "head"),
        ("Phó Thủ trưởng", "deputy_director", "deputy"),
        ("Trưởng phòng", "division_head", "division_head"),
        ("Phó Trưởng phòng", "deputy_division_head", "deputy_division_head"),
    ),
}


def _leaders(trade: str) -> list[Template]:
    main = _profession(CATEGORIES[trade][-1])
    office = "department" if trade.startswith("S") else "agency"
    return [
        Template(
            title, "", "", rank, main, is_lead=True, faces_public=role != "head", role=role,
            trade=trade,
        )
        for title, rank, role in _LADDERS[trade if trade in _LADDERS else office]
    ]  # fmt: skip


def _plain(trade: str) -> list[Template]:
    """Posts that the catalogue does not list."""
    if trade == "point":
        return []
    main = _profession(CATEGORIES[trade][-1])
    posts = (
        ("Chuyên viên tổng hợp", "specialist", main),
        ("Văn thư - lưu trữ", "employee", "văn phòng"),
    )
    return [
        Template(
            title,
            "",
            "",
            rank,
            profession,
            is_lead=False,
            faces_public=False,
            role="plain",
            trade=trade,
        )
        for title, rank, profession in posts
    ]


def _inspectors() -> list[Template]:
    posts = (
        ("Phó Giám đốc phụ trách cải cách hành chính", "deputy_director", True, "inspector_deputy"),
        ("Trưởng phòng cải cách hành chính - kiểm tra", "division_head", True, "inspector_lead"),
        ("Chuyên viên cải cách hành chính - kiểm tra", "specialist", False, "inspector"),
    )
    return [
        Template(
            title,
            "",
            "",
            rank,
            "tổ chức cán bộ",
            is_lead=lead,
            faces_public=True,
            role=role,
            trade="",
        )
        for title, rank, lead, role in posts
    ]
