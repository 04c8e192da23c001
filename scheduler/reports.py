"""The facts of a plan for plan.json: goals in words, coverage, loads, risk, marks."""

from __future__ import annotations

from collections import Counter
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any

from data.columns import tables
from data.words import Listed, Message
from scheduler.goal_data import available_days
from scheduler.risk import PARTS, UnitRisk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.records import PlannedVisit, ReserveWeek
    from scheduler.case import Case
    from solver.result import Goal, Result

GOALS: dict[str, tuple[Message, Message]] = {
    "drops": (Message("Việc không xếp được, tính theo rủi ro"), Message("điểm rủi ro")),
    "timing": (Message("Đúng thời hạn: sớm hoặc muộn, tính theo rủi ro"), Message("điểm × ngày")),
    "load_max": (Message("Tải cao nhất của một người"), Message("phần nghìn số ngày có thể đi")),
    "load_spread": (Message("Chênh lệch tải giữa mọi người"), Message("phần mười ngày")),
    "pairs": (Message("Cặp cán bộ đi cùng nhau quá mức"), Message("lượt")),
    "clusters": (Message("Một người trở lại một cụm quá mức"), Message("lượt")),
    "travel": (Message("Quãng đường từ nơi ở đến đơn vị"), Message("trăm mét")),
    "spread": (Message("Rải đều theo tuần"), Message("ngày đoàn")),
}
CONDITIONS = {
    "any plan": Message("mọi kế hoạch"),
    "these days": Message("với các ngày đã chọn"),
    "these loads": Message("với mức tải đã chọn"),
    "these days and loads": Message("với các ngày và mức tải đã chọn"),
    "these changes": Message(
        "khi chỉ các cuộc này đổi, với chừng ấy người và ngày mới, giữ các mục tiêu đứng trước"
    ),
}
NOTES = {
    "interrupted": Message("Đã dừng theo yêu cầu: đây là kế hoạch tốt nhất tìm được đến lúc dừng."),
    "crashed": Message("Bộ giải gặp sự cố và đã chạy lại; kế hoạch vẫn qua đủ hai lần kiểm tra."),
    "greedy": Message("Chỉ có kế hoạch đầu tiên, chưa được cải thiện; nên chạy lại."),
    "out-of-time": Message("Bộ giải không kết thúc đúng hạn; giữ kế hoạch tốt nhất đến lúc đó."),
    "unsound": Message("Một kế hoạch của bộ giải không qua kiểm tra số học và đã bị loại."),
}
CUT_SHORT = Message("Đồng hồ đã cắt ngang phần tính; chạy lại có thể cho kế hoạch khác.")


def both(message: Message) -> dict[str, str]:
    """The message in both languages."""
    return {"vi": message.say("vi"), "en": message.say("en")}


def goal_facts(goals: tuple[Goal, ...]) -> list[dict[str, Any]]:
    """Each goal with its names, value, proven bound, gap and the condition of the proof."""
    rows = []
    for goal in goals:
        title, unit = GOALS[goal.name]
        rows.append({
            "name": goal.name, "title_vi": title.say("vi"), "title_en": title.say("en"),
            "value": goal.value, "bound": goal.bound, "gap": round(goal.gap, 4),
            "condition": goal.condition,
            "condition_vi": CONDITIONS[goal.condition].say("vi"),
            "condition_en": CONDITIONS[goal.condition].say("en"),
            "unit_vi": unit.say("vi"), "unit_en": unit.say("en"),
        })  # fmt: skip
    return rows


def coverage(case: Case, rows: tuple[PlannedVisit, ...]) -> dict[str, Any]:
    """How many units in scope are reached, against the share that must and the share that should be."""
    kinds = case.rulebook.value("coverage.denominator")
    in_scope = {
        u.unit_id for u in case.office.units if u.in_scope and (not kinds or u.kind in kinds)
    }
    covered = len({r.unit_id for r in rows if r.status == "scheduled"} & in_scope)
    rulebook = case.rulebook
    must, wanted = rulebook.value("coverage.target"), rulebook.value("coverage.wanted")
    return {
        "in_scope": len(in_scope), "covered": covered,
        "share": round(covered / len(in_scope), 4) if in_scope else 0.0,
        "must_share": must, "must_units": ceil(must * len(in_scope) - 1e-9),
        "wanted_share": wanted, "wanted_units": ceil(wanted * len(in_scope) - 1e-9),
    }  # fmt: skip


def loads(case: Case, rows: tuple[PlannedVisit, ...]) -> dict[str, Any]:
    """Inspector id -> days on visits, usable days, fair share, number of visits."""
    days: Counter[str] = Counter()
    visits: Counter[str] = Counter()
    for row in rows:
        if row.status == "scheduled":
            for who in (row.lead, *row.members):
                days[who] += row.days
                visits[who] += 1
    usable = {i.inspector_id: available_days(case, i) for i in case.office.inspectors}
    whole, work = sum(usable.values()) or 1, sum(days.values())
    return {
        who: {
            "days": days[who], "available": n, "target": round(work * n / whole, 1), "visits": visits[who],
        }
        for who, n in usable.items()
    }  # fmt: skip


def risk_facts(risk: Mapping[str, UnitRisk]) -> dict[str, Any]:
    """Unit id -> score, class and parts, with notes in both languages."""
    return {
        unit_id: {
            "score": r.score, "class": r.klass,
            "parts": [
                {
                    "name": p.name, "title_vi": PARTS[p.name].say("vi"), "title_en": PARTS[p.name].say("en"),
                    "points": p.points, "value": p.weight,
                    "note_vi": p.note.say("vi"), "note_en": p.note.say("en"),
                }
                for p in r.parts
            ],
        }
        for unit_id, r in risk.items()
    }  # fmt: skip


def counts(rows: tuple[PlannedVisit, ...], reserve: tuple[ReserveWeek, ...]) -> dict[str, int]:
    """Visits by kind, scheduled and dropped, and what is kept free."""
    scheduled = [r for r in rows if r.status == "scheduled"]
    kinds = Counter(r.kind for r in scheduled)
    return {
        **{kind: kinds[kind] for kind in ("periodic", "thematic", "follow_up")},
        "scheduled": len(scheduled), "dropped": len(rows) - len(scheduled),
        "surprise_team_days": sum(w.team_days for w in reserve),
        "expected_follow_ups": sum(w.follow_up_days for w in reserve),
    }  # fmt: skip


def objective(result: Result) -> dict[str, Any]:
    """The goals that are proven for any plan as one sum, its bound and its gap.

    Goals of one plan have different units and are ranked, not added; `value` and `bound` are those of the
    first goal that is not zero (drops, else timing), `parts` holds all of them.
    """
    first = next(
        (g for g in result.goals if g.value > 0), result.goals[0] if result.goals else None
    )
    return {
        "value": first.value if first else 0, "of": first.name if first else "",
        "bound": first.bound if first else 0, "gap": round(first.gap, 4) if first else 0.0,
        "parts": {g.name: g.value for g in result.goals},
    }  # fmt: skip


def marks(case: Case) -> dict[str, Any]:
    """What is not certain: days that are not official yet, rules whose source is to be checked."""
    off = [
        {
            "date": found.day.isoformat(), "name_vi": found.name_vi, "name_en": found.name_en,
            "provisional": found.confidence != "high",
        }
        for found in case.calendar.days_off(case.year)
    ]  # fmt: skip
    return {
        "provisional": [both(m) for m in case.calendar.provisional(case.year)],
        "holidays": off,
        "to_check": [
            {"id": p.id, "title_vi": p.title_vi, "title_en": p.title_en, "source": p.source}
            for p in case.rulebook.to_be_checked()
            if not p.id.startswith(("act.", "papers."))  # told in the covering note of the papers
        ],
    }


def facts(
    case: Case,
    risk: Mapping[str, UnitRisk],
    rows: tuple[PlannedVisit, ...],
    reserve: tuple[ReserveWeek, ...],
    result: Result,
) -> dict[str, Any]:
    """Everything of plan.json but the birth certificate."""
    sums = objective(result)
    return {
        "year": case.year, "status": str(result.status),
        "goals": goal_facts(result.goals), "objective": sums,
        "bound": sums["bound"], "gap": sums["gap"],
        "coverage": coverage(case, rows), "load": loads(case, rows),
        "counts": counts(rows, reserve), "risk": risk_facts(risk), **marks(case),
        "warnings": [
            both(message)
            for message in (*solver_notes(result), *gaps_in_data(case), *thin_reserve(case, rows, reserve))
        ],
        "solver": {
            "seconds": round(result.seconds, 2), "phases": {k: round(s, 2) for k, s in result.phases},
            "peak_memory_mb": result.peak_memory_mb, "repeatable": result.repeatable, "note": result.note,
        },
    }  # fmt: skip


def solver_notes(result: Result) -> list[Message]:
    """What a reader should know about how the plan came about; empty after a normal run."""
    notes = [NOTES[word] for word in result.note.split() if word in NOTES]
    return notes if result.repeatable or notes else [CUT_SHORT]


def why_no_plan(result: Result) -> Message:
    """Why a solve ended with neither a plan nor a proof, and what to do."""
    if "interrupted" in result.note.split():
        return Message("Đã dừng trước khi có kế hoạch đầu tiên; không lưu gì.")
    return Message(
        "Sau {seconds:.0f} giây chưa tìm được kế hoạch giữ mọi quy tắc bắt buộc, cũng chưa chứng minh "
        "được là không có. Tăng --time-limit, hoặc bổ sung người, hoặc xem lại quy tắc.",
        {"seconds": result.seconds},
    )


def gaps_in_data(case: Case) -> list[Message]:
    """Tables that say nothing about the plan's year, as when last year's file is used again."""
    first, last = date(case.year, 1, 1), date(case.year, 12, 31)
    office = case.office
    spans: dict[str, list[tuple[date, date]]] = {
        "absences": [(a.start, a.end) for a in office.absences],
        "blackouts": [(b.start, b.end) for b in office.blackouts],
        "campaigns": [(c.start, c.end) for c in office.campaigns],
    }
    empty = [
        name
        for name, rows in spans.items()
        if not any(start <= last and end >= first for start, end in rows)
    ]
    if any(day and day.year != case.year for pin in office.pins for day in (pin.date, pin.week)):
        empty.append("pins")
    if not empty:
        return []
    known = tables()
    return [
        Message(
            "Không có dòng nào, hoặc có dòng không thuộc năm {year}, trong các bảng: {tables}. "
            "Kiểm tra lại trước khi dùng.",
            {
                "year": case.year,
                "tables": Listed((known[name].vi, known[name].en) for name in empty),
            },
        )
    ]


def thin_reserve(
    case: Case, rows: tuple[PlannedVisit, ...], reserve: tuple[ReserveWeek, ...]
) -> list[Message]:
    """A word when the days left to people could not fill the reserve, were it all drawn."""
    size = case.rulebook.value("surprise.team")["size"]
    wanted = size * sum(week.team_days + week.follow_up_days for week in reserve)
    usable = sum(available_days(case, who) for who in case.office.inspectors)
    left = usable - sum(r.days * (1 + len(r.members)) for r in rows if r.status == "scheduled")
    if left >= wanted:
        return []
    return [
        Message(
            "Dự phòng nếu dùng hết cần {wanted} ngày công; sau kế hoạch, hạn mức tháng của mọi người chỉ còn "
            "{left} ngày công.",
            {"wanted": wanted, "left": left},
        )
    ]
