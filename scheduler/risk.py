"""How risky each unit is: a transparent sum of points that answers "why is this unit on the list".

The score orders work; it is never a verdict on a unit. It reads nothing about who inspected before.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from data.records import Office
    from scheduler.rulebook import Rulebook


@dataclass(frozen=True)
class RiskPart:
    """One line of the sum: points of at most the weight in force."""

    name: str
    points: float
    weight: float
    note: Message


@dataclass(frozen=True)
class UnitRisk:
    """A unit's score from 0 to 100, its class and its parts."""

    unit_id: str
    score: float
    klass: str  # high, middle, low
    parts: tuple[RiskPart, ...]


def unit_risks(
    office: Office, rulebook: Rulebook, overdue: Mapping[str, int], on: date
) -> dict[str, UnitRisk]:
    """Risk of every unit on a day.

    score = 100 x sum(points) / sum(weights); each part gives between 0 and its weight. The riskiest
    share of the units in scope is the class "high", the next share "middle" (rule risk.classes).

    Parameters
    ----------
    office : units, indicators, visits and findings
    rulebook : rules risk.weights, risk.targets and risk.classes
    overdue : unit id -> people past the last lawful day in their post
    on : the day; later indicators and visits do not count

    Returns
    -------
    dict of unit id -> UnitRisk, for every unit.
    """
    weights = rulebook.value("risk.weights")
    values = _latest_values(office, on)
    last_end, findings = (
        _last_ends(office, on),
        _open_findings(office, rulebook.value("risk.severity"), on),
    )
    parts = {
        unit.unit_id: _parts(
            rulebook, values.get(unit.unit_id, {}), _months(last_end.get(unit.unit_id), on),
            findings.get(unit.unit_id, 0), overdue.get(unit.unit_id, 0),
        )
        for unit in office.units
    }  # fmt: skip
    whole = sum(weights.values())
    scores = {unit_id: 100 * sum(p.points for p in ps) / whole for unit_id, ps in parts.items()}
    klass = _classes(office, scores, rulebook)
    return {
        unit_id: UnitRisk(unit_id, round(scores[unit_id], 1), klass[unit_id], tuple(parts[unit_id]))
        for unit_id in parts
    }


def _latest_values(office: Office, on: date) -> dict[str, dict[str, float]]:
    values: dict[str, dict[str, float]] = defaultdict(dict)
    for row in sorted(office.indicators, key=lambda r: r.as_of):
        if row.as_of <= on:
            values[row.unit_id][row.name] = row.value
    return values


def _parts(
    rulebook: Rulebook, mine: Mapping[str, float], months: int | None, findings: float, late: int
) -> list[RiskPart]:
    weights, counts = rulebook.value("risk.weights"), rulebook.value("risk.counts")
    unseen = min(1.0, months / counts["months_unseen"]) if months is not None else 1.0
    seen = (
        Message("{months} tháng kể từ lần kiểm tra gần nhất", {"months": months})
        if months is not None
        else Message("chưa từng được kiểm tra")
    )
    shares = {
        "indicators": _shortfall(mine, rulebook),
        "last_visit": (unseen, seen),
        "open_findings": (
            min(1.0, findings / counts["open_findings"]),
            Message("tồn tại chưa khắc phục, quy đổi theo mức độ: {n}", {"n": findings}),
        ),
        "complaints": _complaints(mine, counts),
        "overdue_rotations": (
            min(1.0, late / counts["overdue_rotations"]),
            Message("{n} người quá hạn chuyển đổi vị trí công tác", {"n": late}),
        ),
        "head_changed": (
            1.0 if mine.get("head_changed_recently", 0) > 0 else 0.0,
            Message("mới thay đổi người đứng đầu")
            if mine.get("head_changed_recently", 0) > 0
            else Message("không thay đổi người đứng đầu"),
        ),
    }
    return [
        RiskPart(name, round(weight * shares[name][0], 2), weight, shares[name][1])
        for name, weight in weights.items()
    ]


def _shortfall(mine: Mapping[str, float], rulebook: Rulebook) -> tuple[float, Message]:
    """Mean over the known indicators of (target - value) / (target - floor), each within 0..1."""
    targets, floors = rulebook.value("risk.targets"), rulebook.value("risk.floors")
    known = [name for name in targets if name in mine]
    if not known:
        return 0.0, Message("không có số liệu chỉ số")
    short = {
        name: min(1.0, max(0.0, (targets[name] - mine[name]) / (targets[name] - floors[name])))
        for name in known
    }
    worst = max(known, key=lambda name: (short[name], name))
    note = Message(
        "{k}/{n} chỉ số dưới chỉ tiêu; thấp nhất so với chỉ tiêu: {name} {value:g}/{target:g}",
        {"k": sum(s > 0 for s in short.values()), "n": len(known), "name": INDICATORS.get(worst, worst),
         "value": mine[worst], "target": targets[worst]},
    )  # fmt: skip
    return sum(short.values()) / len(known), note


def _complaints(mine: Mapping[str, float], counts: Mapping[str, float]) -> tuple[float, Message]:
    names = [
        n
        for n in ("n_complaints", "n_denunciations", "n_pakn_overdue", "n_discipline_cases")
        if n in mine
    ]
    if not names:
        return 0.0, Message("không có số liệu khiếu nại, tố cáo, phản ánh")
    share = sum(min(1.0, mine[name] / counts[name]) for name in names) / len(names)
    total = sum(mine[name] for name in names)
    return share, Message("{n:g} vụ khiếu nại, tố cáo, phản ánh quá hạn, kỷ luật", {"n": total})


def _months(last: date | None, on: date) -> int | None:
    if last is None:
        return None
    return (on.year - last.year) * 12 + on.month - last.month - (on.day < last.day)


def _last_ends(office: Office, on: date) -> dict[str, date]:
    return {v.unit_id: v.end for v in sorted(office.visits, key=lambda v: v.end) if v.end < on}


def _open_findings(office: Office, severity: Mapping[str, float], on: date) -> dict[str, float]:
    unit_of = {v.visit_id: v.unit_id for v in office.visits}
    weighed: dict[str, float] = defaultdict(float)
    for finding in office.findings:
        if finding.closed_on is None or finding.closed_on > on:
            weighed[unit_of.get(finding.visit_id, "")] += severity.get(finding.severity, 1)
    return weighed


def _classes(office: Office, scores: Mapping[str, float], rulebook: Rulebook) -> dict[str, str]:
    shares = rulebook.value("risk.classes")
    ranked = sorted((u.unit_id for u in office.units if u.in_scope), key=lambda u: (-scores[u], u))
    n_high, n_middle = round(shares["high"] * len(ranked)), round(shares["middle"] * len(ranked))
    klass = dict.fromkeys(scores, "low")
    klass.update(dict.fromkeys(ranked[:n_high], "high"))
    klass.update(dict.fromkeys(ranked[n_high : n_high + n_middle], "middle"))
    return klass


INDICATORS = {
    "pct_on_time": Message("hồ sơ đúng hạn"),
    "pct_online_full": Message("dịch vụ công trực tuyến toàn trình"),
    "pct_online": Message("hồ sơ trực tuyến"),
    "pct_electronic": Message("văn bản điện tử"),
    "sipas": Message("chỉ số hài lòng SIPAS"),
    "par_index": Message("Chỉ số CCHC"),
}
PARTS = {
    "indicators": Message("Chỉ số dưới chỉ tiêu"),
    "last_visit": Message("Thời gian từ lần kiểm tra gần nhất"),
    "open_findings": Message("Tồn tại chưa khắc phục"),
    "complaints": Message("Khiếu nại, tố cáo, phản ánh, kỷ luật"),
    "overdue_rotations": Message("Quá hạn chuyển đổi vị trí công tác"),
    "head_changed": Message("Thay đổi người đứng đầu"),
}
