"""The papers of the yearly plan of inspections: the plan, the teams, what each unit gets, forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from data.records import Plan
from scheduler.papers.evidence import Evidence
from scheduler.papers.kinds import BY_KEY, Kind, Paper
from scheduler.papers.letterhead import letterhead, numbered, share
from scheduler.papers.visits import FORMS, PLANNED, Visits, day, dropped_because, in_order

QUARTERS = ("Quý I", "Quý II", "Quý III", "Quý IV")
PER_VISIT = ("quyet-dinh-doan", "thong-bao", "bien-ban", "phieu-ket-qua", "thong-bao-ket-qua")


def year_papers(
    plan: Plan, visits: Visits, evidence: Evidence, chosen: Sequence[str]
) -> list[Paper]:
    """Every paper of a yearly plan but the amendment.

    Parameters
    ----------
    chosen : ids of the visits that get papers of their own; every scheduled one when empty
    """
    told = {v.visit_id: visits.one(v, n) for n, v in enumerate(in_order(plan.visits), 1)}
    whole: dict[str, Callable[[], dict[str, Any]]] = {
        "ke-hoach": lambda: _plan(plan, visits, list(told.values())),
        "quyet-dinh-doan-chung": lambda: {"danh_sach": numbered(told.values())},
        "de-cuong": lambda: _outline(visits),
        "theo-doi-khac-phuc": evidence.follow_up,
        "minh-chung": evidence.shares,
    }
    papers = [
        Paper(kind, (("", letterhead(visits.desk, kind) | values()),))
        for kind, values in ((BY_KEY[key], values) for key, values in whole.items())
    ]
    own = [visit_id for visit_id in told if not chosen or visit_id in chosen]
    papers += [_per_visit(BY_KEY[key], visits, {v: told[v] for v in own}) for key in PER_VISIT]
    return papers


def _per_visit(kind: Kind, visits: Visits, told: dict[str, dict[str, Any]]) -> Paper:
    rules = visits.desk.rulebook
    common = {
        "han": _deadlines(visits),
        "noi_dung": numbered(
            {"ten": name, "chi_tiet": inside, "yeu_cau": asked}
            for name, inside, asked in rules.value("papers.contents")
        ),
    }
    return Paper(kind, tuple(
        (visit_id, letterhead(visits.desk, kind, visit_id) | common | {"cuoc": cuoc})
        for visit_id, cuoc in told.items()
    ))  # fmt: skip


def _plan(plan: Plan, visits: Visits, told: list[dict[str, Any]]) -> dict[str, Any]:
    scheduled = in_order(plan.visits)
    kinds = Counter(visit.kind for visit in scheduled)
    quarters = surprise_by_quarter(plan)
    cover = plan.facts.get("coverage", {})
    rules = visits.desk.rulebook
    return {
        "noi_dung": [
            {"tt": n, "ten": name, "chi_tiet": f"{inside}."}
            for n, (name, inside, _) in enumerate(rules.value("papers.contents"), 1)
        ],
        "so_cuoc": {
            "tong": len(scheduled), "don_vi": len({v.unit_id for v in scheduled}),
            "dinh_ky": kinds["periodic"], "chuyen_de": kinds["thematic"],
            "tai_kiem_tra": kinds["follow_up"], "dot_xuat": sum(quarters),
        },
        "bao_phu": {
            "da": cover.get("covered", ""), "tong": cover.get("in_scope", ""),
            "ty_le": share(cover.get("covered", 0), cover.get("in_scope", 0)),
            "phai_dat": share(round(1000 * rules.value("coverage.target")), 1000),
        },
        "tu_ngay": day(min((v.start for v in scheduled if v.start), default=None)),
        "den_ngay": day(max((v.end for v in scheduled if v.end), default=None)),
        "thoi_ky": visits.period(), "han": _deadlines(visits),
        "danh_sach": numbered(told),
        "dot_xuat": [
            {"quy": name, "so_luot": number, "ghi_chu": ""}
            for name, number in zip(QUARTERS, quarters, strict=True)
        ],
        "khong_xep_duoc": numbered(
            {
                "don_vi": visits.names.unit(v.unit_id), "hinh_thuc": FORMS.get(v.kind, v.kind),
                "ly_do": dropped_because(v.reason, rules),
            }
            for v in plan.visits if v.status == "dropped" and v.kind in PLANNED
        ),
    }  # fmt: skip


def surprise_by_quarter(plan: Plan) -> list[int]:
    """Team-days kept free for surprise visits in each quarter, a visit a team-day; never a unit or day."""
    kept = [0, 0, 0, 0]
    for week in plan.reserve:
        inside = week.week_start if week.week_start.year == plan.year else None
        kept[(inside.month - 1) // 3 if inside else 0] += week.team_days
    return kept


def _outline(visits: Visits) -> dict[str, Any]:
    rules = visits.desk.rulebook
    return {
        "thoi_ky": visits.period().lower(),
        "noi_dung": [
            {"tt": n, "ten": name, "chi_tiet": f"Kết quả về: {inside}."}
            for n, (name, inside, _) in enumerate(rules.value("papers.contents"), 1)
        ],
        "so_lieu": numbered({"ten": name} for name in rules.value("papers.figures")),
    }


def _deadlines(visits: Visits) -> dict[str, int]:
    days = visits.desk.rulebook.value("papers.days")
    return {
        "thong_bao": days["notice"], "bao_cao": days["report"],
        "ket_qua": days["result"], "khac_phuc": days["remedy"],
    }  # fmt: skip
