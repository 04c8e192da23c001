"""The differences between two plans of one year, for the decision that amends the plan."""

from __future__ import annotations

from typing import Any

from data.records import Plan, PlannedVisit
from scheduler.papers.kinds import BY_KEY, Paper
from scheduler.papers.letterhead import letterhead, numbered
from scheduler.papers.visits import FORMS, Visits, dropped_because, in_order, span


def amendment(old: Plan, new: Plan, visits: Visits) -> Paper:
    """The amending decision: visits added, dropped and changed, by their codes; what stays is counted."""
    before = {v.visit_id: v for v in in_order(old.visits)}
    after = {v.visit_id: v for v in in_order(new.visits)}
    why = {v.visit_id: v.reason for v in new.visits if v.status == "dropped"}
    rows, counts = [], {"them": 0, "bo": 0, "doi": 0, "giu": 0}
    for key in sorted(before | after, key=lambda k: _place(after.get(k) or before[k])):
        was, now = before.get(key), after.get(key)
        what = _what(was, now)
        counts[what] += 1
        if what == "giu":
            continue
        shown = now or was
        assert shown is not None
        cells = _changes(was, now, visits)
        rows.append({
            "don_vi": visits.names.unit(shown.unit_id), "hinh_thuc": FORMS[shown.kind], **cells,
            "ghi_chu": dropped_because(why.get(key, ""), visits.desk.rulebook) if what == "bo" else "",
        })  # fmt: skip
    kind = BY_KEY["dieu-chinh"]
    values = {"so_cuoc": counts, "thay_doi": numbered(rows)}
    return Paper(kind, (("", letterhead(visits.desk, kind) | values),))


def _place(visit: PlannedVisit) -> tuple[Any, ...]:
    return (visit.start, visit.visit_id)


def _what(was: PlannedVisit | None, now: PlannedVisit | None) -> str:
    if was is None:
        return "them"
    if now is None:
        return "bo"
    return "giu" if _facts(was) == _facts(now) else "doi"


def _facts(visit: PlannedVisit) -> tuple[Any, ...]:
    return (
        visit.unit_id, visit.kind, visit.campaign_id, visit.follows, visit.start, visit.end, visit.lead,
        visit.members[:1], tuple(sorted(visit.members)),
    )  # fmt: skip


def _changes(was: PlannedVisit | None, now: PlannedVisit | None, visits: Visits) -> dict[str, str]:
    """What changes, how it was, how it is; of a visit added or dropped the whole of it."""
    if was is None or now is None:
        whole = [
            "\n".join(told for _, told in _told(visit, visits)) if visit else ""
            for visit in (was, now)
        ]
        return {"loai": "Bổ sung" if was is None else "Bỏ", "cu": whole[0], "moi": whole[1]}
    differing = [
        (name, one, other)
        for (name, one), (_, other) in zip(_told(was, visits), _told(now, visits), strict=True)
        if one != other
    ]
    return {
        "loai": "; ".join(name for name, *_ in differing),
        "cu": "\n".join(one for _, one, _ in differing),
        "moi": "\n".join(other for *_, other in differing),
    }


def _told(visit: PlannedVisit, visits: Visits) -> list[tuple[str, str]]:
    names = [visits.names.inspector(who).name for who in visit.members]
    return [
        ("Đơn vị", visits.names.unit(visit.unit_id)),
        ("Hình thức, nội dung", f"{FORMS[visit.kind]}: {visits.contents(visit)}"),
        ("Thời gian", span(visit.start, visit.end)),
        ("Trưởng đoàn", f"Trưởng đoàn: {visits.names.inspector(visit.lead).name}"),
        ("Thư ký", f"Thư ký: {names[0]}" if names else ""),
        ("Thành viên", f"Thành viên: {', '.join(sorted(names[1:]))}"),
    ]
