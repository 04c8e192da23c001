"""The papers of a rotation plan: the plan with its annexes, decisions, handover, result report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from scheduler.papers.kinds import BY_KEY, Kind, Paper
from scheduler.papers.letterhead import letterhead, numbered, share
from scheduler.papers.rotation_people import GROUNDS, People, is_due, limit_of
from scheduler.papers.visits import day


def rotation_papers(people: People, chosen: Sequence[str], each: bool) -> list[Paper]:
    """Every paper of a rotation plan; of a public copy only the plan.

    Parameters
    ----------
    chosen : ids of the people who get papers of their own; everybody who moves when empty
    each : decisions and records person by person, not wave by wave
    """
    plan = Paper(
        BY_KEY["ke-hoach-chuyen-doi"], (("", _head(people, "ke-hoach-chuyen-doi") | _plan(people)),)
    )
    if people.public:
        return [plan]
    movers = people.movers()
    own = [m for m in movers if not chosen or m["ma"] in chosen]
    papers = [plan, _waves(people, movers)]
    if each or chosen:
        papers.append(_per_person(people, BY_KEY["quyet-dinh-chuyen-doi"], own))
    papers.append(_per_person(people, BY_KEY["ban-giao"], own))
    report = _head(people, "bao-cao-chuyen-doi") | _report(people)
    return [*papers, Paper(BY_KEY["bao-cao-chuyen-doi"], (("", report),))]


def _head(people: People, key: str, copy: str = "") -> dict[str, Any]:
    return letterhead(people.desk, BY_KEY[key], copy)


def _per_person(people: People, kind: Kind, movers: Sequence[Mapping[str, Any]]) -> Paper:
    return Paper(kind, tuple(
        (who["ma"], letterhead(people.desk, kind, who["ma"]) | {"nguoi": who}) for who in movers
    ))  # fmt: skip


def _waves(people: People, movers: Sequence[dict[str, Any]]) -> Paper:
    kind = BY_KEY["quyet-dinh-chuyen-doi-chung"]
    copies: list[tuple[str, dict[str, Any]]] = []
    for wave, when in sorted({(who["dot"], who["thuc_hien"]) for who in movers}):
        rows = numbered(w for w in movers if (w["dot"], w["thuc_hien"]) == (wave, when))
        same = [c for c, _ in copies if c.startswith(f"thang-{wave:02}")]
        name = f"thang-{wave:02}" + (f"-{len(same) + 1}" if same else "")
        dot = {"thang": wave, "ngay": when, "danh_sach": rows}
        copies.append((name, letterhead(people.desk, kind, name) | {"dot": dot}))
    return Paper(kind, tuple(copies))


def _plan(people: People) -> dict[str, Any]:
    plan, rules = people.plan, people.desk.rulebook
    counts = plan.facts.get("counts", {})
    apart = not people.public  # a posted list of the exempt alone would tell who is near retirement
    deferred = people.deferred() if apart else people.spared()
    exempt, single = people.exempt() if apart else [], people.single()
    must = numbered([*people.movers(), *people.unplaced()])
    papers = {
        paper: n
        for n, paper in enumerate(dict.fromkeys(w["van_ban"] for w in must if w["van_ban"]), 1)
    }
    for who in must:
        if who.get("cung_chuyen"):
            who["thuc_hien"] += "\n(chuyển cùng)"
        if who["van_ban"]:
            who["thoi_han"] = f"{who['thoi_han']} ({papers[who['van_ban']]})"
    ends = rules.value("papers.report-day")
    waves = Counter((m.wave, m.effective_date) for m in plan.moves if m.effective_date)
    low = rules.value("rotation.ceiling")
    return {
        "so_nguoi": {
            "phai_chuyen": counts.get("due", len(must)),
            "da_xep": counts.get("placed", len(plan.moves)),
            "chua_xep": len(plan.unplaced),
            "cung_chuyen": counts.get("helpers", ""),
            "chua_thuc_hien": len(deferred), "khong_thuc_hien": len(exempt),
            "duy_nhat": counts.get("single_post", len(single)),
        },
        "thoi_han": f"theo văn bản của từng ngành, lĩnh vực, nhiều nhất {low} tháng",
        "dot": [
            {"thang": wave, "ngay": day(when), "so_luot": n} for (wave, when), n in sorted(waves.items())
        ],
        "han_bao_cao": day(date(plan.year, ends["month"], ends["day"])),
        "van_ban_quy_dinh": [{"tt": n, "ten": paper} for paper, n in papers.items()],
        "tach_phu_luc": apart, "gop_phu_luc": not apart,
        "ten_phu_luc_hai": "CHƯA THỰC HIỆN" if apart else "CHƯA THỰC HIỆN, KHÔNG THỰC HIỆN",
        "phai_chuyen": must, "chua_thuc_hien": deferred, "khong_thuc_hien": exempt, "duy_nhat": single,
    }  # fmt: skip


def _report(people: People) -> dict[str, Any]:
    plan, on = people.plan, people.figures_on
    due = {m.staff_id for m in plan.moves if is_due(m, plan.year)}
    done = [m for m in plan.moves if m.effective_date and m.effective_date <= on]
    moved = sum(m.staff_id in due for m in done)
    whole = len(due) + len(plan.unplaced)
    late = _late(people, on)
    rows = [("Số người phải chuyển đổi", whole, ""), ("Đã chuyển đổi", moved, share(moved, whole)),
            ("Chưa chuyển đổi", whole - moved, share(whole - moved, whole)),
            ("Trong đó quá hạn", late, share(late, whole)),
            ("Chuyển cùng (chưa đến hạn)", len(done) - moved, "")]  # fmt: skip
    reasons: Counter[str] = Counter()
    reasons["Theo kế hoạch, chưa đến ngày thực hiện"] = len(due) - moved
    reasons["Chưa xếp được vị trí hợp lệ"] = len(plan.unplaced)
    for entry in plan.facts.get("deferred") or ():
        ground = str(entry.get("ground") or "") if isinstance(entry, dict) else ""
        reasons[f"Chưa thực hiện: {GROUNDS.get(ground, ground or 'có lý do').lower()}"] += 1
    reasons["Không thực hiện (Điều 39, khoản 2)"] = len(plan.facts.get("exempt") or ())
    reasons["Vị trí duy nhất, chờ kế hoạch chuyển đổi chung"] = plan.facts.get("counts", {}).get(
        "single_post", 0
    )
    return {
        "ngay_so_lieu": day(on), "ket_qua": [{"ten": t, "so": n, "ty_le": s} for t, n, s in rows],
        "chua_chuyen": [{"ten": name, "so": n} for name, n in reasons.items() if n],
        "theo_don_vi": _by_unit(people, due, on),
    }  # fmt: skip


def _late(people: People, on: date) -> int:
    """People past their limit on a day who have not moved by then."""
    moved = {m.staff_id for m in people.plan.moves if m.effective_date and m.effective_date <= on}
    limits = {m.staff_id: limit_of(m) for m in people.plan.moves}
    late = sum(
        limit is not None and limit < on and who not in moved for who, limit in limits.items()
    )
    return late + sum(limit < on for limit in people.unplaced_limits())


def _by_unit(people: People, due: set[str], on: date) -> list[dict[str, Any]]:
    must: Counter[str] = Counter()
    done: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for move in people.plan.moves:
        if move.staff_id not in due:
            continue
        unit = people.names.post(move.from_position).unit
        must[unit] += 1
        moved = move.effective_date is not None and move.effective_date <= on
        done[unit] += moved
        limit = limit_of(move)
        late[unit] += not moved and limit is not None and limit < on
    for row in people.unplaced():
        must[row["don_vi"]] += 1
    return numbered(
        {
            "don_vi": unit or "(không rõ)", "phai": n, "da": done[unit], "chua": n - done[unit],
            "qua_han": late[unit], "ty_le": share(done[unit], n),
        }
        for unit, n in sorted(must.items(), key=lambda pair: (-pair[1], pair[0]))
    )  # fmt: skip
