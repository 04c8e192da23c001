"""The facts of a rotation plan for rotation.json: goals in words, counts, waves, units, lists, marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from data.words import LANGUAGES, Message
from scheduler.derivation import sentences_of
from scheduler.legal_basis import terms_of
from scheduler.reports import CUT_SHORT, NOTES, both

if TYPE_CHECKING:
    from data.records import Move, Unplaced
    from scheduler.rotation_case import RotationCase
    from solver.moves.problem import Goals, MovesProblem
    from solver.moves.result import MovesResult
    from solver.result import Goal

TITLES: dict[str, tuple[Message, Message]] = {
    "unplaced": (Message("Người đến hạn chưa xếp được"), Message("người")),
    "late": (Message("Ngày quá hạn lẽ ra tránh được"), Message("ngày")),
    "helpers": (Message("Người chưa đến hạn phải chuyển cùng"), Message("điểm")),
    "distance": (Message("Quãng đường từ nhà đến nơi làm việc mới (lũy tiến)"), Message("điểm")),
    "wishes": (Message("Nguyện vọng (âm là được đáp ứng)"), Message("bậc")),
    "touched": (Message("Đơn vị có người đi, người đến"), Message("lượt")),
    "early": (Message("Chuyển sớm hơn hạn"), Message("tháng")),
    "changed": (Message("Thay đổi so với kế hoạch đã công bố"), Message("lượt chuyển")),
    "total": (Message("Tổng chi phí, kể cả người chưa xếp được"), Message("điểm")),
}
CONDITIONS = {
    "any plan": Message("mọi kế hoạch"),
    "goals before": Message("khi giữ các mục tiêu đứng trước"),
}
CLOSED = {
    "move.closed": Message("khóa sổ, đánh giá cuối năm"),
    "move.tet": Message("sát kỳ nghỉ Tết Nguyên đán"),
    "move.notice": Message("trong thời gian báo trước"),
}


def prices_of(goals: Goals) -> dict[str, int]:
    """How many points make one unit that people count in, goal by goal."""
    return {
        "unplaced": goals.unplaced, "late": goals.late_day, "wishes": goals.wish,
        "touched": goals.touched, "early": goals.early_month, "changed": goals.changed,
    }  # fmt: skip


OF_THE_SEARCH = ("greedy", "greedy_share", "solver")  # facts that hold for the plan as it was found


def goal_facts(goals: Iterable[Goal], prices: Goals) -> list[dict[str, Any]]:
    """Each goal in units that people count in: value, proven bound, gap, what the proof rests on."""
    rows = []
    for goal in goals:
        title, unit = TITLES[goal.name]
        price = max(1, prices_of(prices).get(goal.name, 1))
        rows.append({
            "name": goal.name, "title_vi": title.say("vi"), "title_en": title.say("en"),
            "value": goal.value // price, "bound": -(-goal.bound // price),
            "gap": round(goal.gap, 4), "points": goal.value, "bound_points": goal.bound,
            "condition": goal.condition,
            "condition_vi": CONDITIONS[goal.condition].say("vi"),
            "condition_en": CONDITIONS[goal.condition].say("en"),
            "unit_vi": unit.say("vi"), "unit_en": unit.say("en"),
        })  # fmt: skip
    return rows


def counts(
    case: RotationCase, moves: Sequence[Move], unplaced: Sequence[Unplaced]
) -> dict[str, int]:
    """Everybody in the staff table exactly once by part, and what became of those who are due."""
    due = set(case.part("due"))
    parts = case.counts
    placed = sum(move.staff_id in due for move in moves)
    return {
        "staff": len(case.people), "due": parts["due"], "placed": placed, "unplaced": len(unplaced),
        "helpers": len(moves) - placed, "deferred": parts["deferred"], "exempt": parts["exempt"],
        "single_post": parts["single"], "missing_data": parts["missing"],
        "not_due": parts["not_due"], "may_help": parts["helper"], "outside": parts["outside"],
        "vacancies": int(case.posts["vacant"].sum()),
    }  # fmt: skip


def wave_facts(case: RotationCase, moves: Sequence[Move]) -> list[dict[str, Any]]:
    """Each month: its day, how many moves, and why it is closed."""
    per_wave = Counter(move.wave for move in moves)
    rows = []
    for number, day in enumerate(case.waves):
        shut = [rule for rule, waves in case.closed.items() if number in waves]
        row: dict[str, Any] = {
            "wave": number + 1, "date": day.isoformat(), "moves": per_wave[number + 1],
        }  # fmt: skip
        if shut:
            words = [CLOSED[rule] for rule in shut]
            row["closed"] = True
            row["reason"] = {
                lang: "; ".join(word.say(lang) for word in words) for lang in ("vi", "en")
            }
            row["rules"] = shut
        rows.append(row)
    return rows


def unit_facts(case: RotationCase, moves: Sequence[Move]) -> list[dict[str, Any]]:
    """Each unit with people due or moves: leaving, coming, over the limit at year's end without and with."""
    people = case.people
    unit = people["unit_id"].to_numpy(object)
    late = (people["latest_date"].to_numpy("datetime64[D]") < np.datetime64(f"{case.year}-12-31")) & (
        people["part"].isin(["due", "deferred", "single"]).to_numpy(bool)
    )  # fmt: skip
    moved = people.index.isin([move.staff_id for move in moves])
    due = Counter(unit[(people["part"] == "due").to_numpy(bool)])
    before, after = Counter(unit[late]), Counter(unit[late & ~moved])
    out: Counter[str] = Counter()
    into: Counter[str] = Counter()
    for move in moves:
        if move.from_position:
            out[case.jobs[move.from_position][0]] += 1
        into[case.jobs[move.to_position][0]] += 1
    names = dict(zip(case.tables["units"]["unit_id"], case.tables["units"]["name"], strict=True))
    return [
        {
            "unit_id": unit_id, "name": name, "due": due[unit_id], "out": out[unit_id],
            "in": into[unit_id], "overdue_before": before[unit_id], "overdue_after": after[unit_id],
        }
        for unit_id, name in names.items()
        if due[unit_id] or out[unit_id] or into[unit_id] or before[unit_id]
    ]  # fmt: skip


def people_lists(case: RotationCase) -> dict[str, list[dict[str, Any]]]:
    """Who is deferred (with ground and end), exempt, or without the dates that a clock needs."""
    ends: dict[str, Any] = {}
    for row in case.office.deferrals:
        known = ends.get(row.staff_id)
        if known is None or row.end is None or (known.end is not None and row.end > known.end):
            ends[row.staff_id] = row
    deferred = []
    for who in case.part("deferred"):
        last = ends.get(who)
        article = case.flags.law.grounds.get(last.ground, "") if last else ""
        deferred.append({
            "staff_id": who, "ground": last.ground if last else "",
            "until": last.end.isoformat() if last and last.end else "",
            "basis": f"Nghị định 59/2019/NĐ-CP, {article}" if article else "",
        })  # fmt: skip
    exempt = [
        {"staff_id": who, "basis": case.flags.law.sources["exempt-months"]}
        for who in case.part("exempt")
    ]
    return {"deferred": deferred, "exempt": exempt, "missing": missing_facts(case)}


def missing_facts(case: RotationCase) -> list[dict[str, Any]]:
    """People whose clock cannot be reckoned, each with what is missing, as the derivation says it."""
    wanted = set(case.part("missing"))
    frame = case.flags.frame
    ids = frame["staff_id"].to_numpy(object)
    first = ~frame["staff_id"].duplicated(keep="last" if case.reading == "restarted" else "first")
    rows = np.flatnonzero(first.to_numpy(bool) & np.isin(ids, list(wanted)))
    told = {
        lang: [steps[-1] for steps in sentences_of(case.flags, rows, lang)] for lang in LANGUAGES
    }
    return [
        {"staff_id": ids[row], "reason": {lang: told[lang][n] for lang in LANGUAGES}}
        for n, row in enumerate(rows)
    ]


def clock_facts(case: RotationCase, staff_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Clock start, months served, limit, term and its paper of some people, for the annex."""
    frame = case.flags.frame
    rows = frame[frame["reading"] == case.reading] if case.reading == "restarted" else frame
    rows = rows.drop_duplicates("staff_id")
    wanted = rows[rows["staff_id"].isin(list(staff_ids)) & rows["latest_date"].notna()]
    terms = terms_of(case.flags, wanted.index.to_numpy())
    return {
        who: {
            "clock_start": start.date().isoformat(), "months_served": int(served),
            "latest_date": latest.date().isoformat(), "term_months": months, "legal_basis": paper,
        }
        for who, start, served, latest, (months, paper) in zip(
            wanted["staff_id"], wanted["clock_start"], wanted["months_served"],
            wanted["latest_date"], terms, strict=True,
        )
    }  # fmt: skip


def facts(
    case: RotationCase,
    problem: MovesProblem,
    result: MovesResult,
    moves: Sequence[Move],
    unplaced: Sequence[Unplaced],
) -> dict[str, Any]:
    """Everything of rotation.json but the birth certificate and the joint plans."""
    return {
        "year": case.year, "on": case.on.isoformat(), "reading": case.reading,
        "title": Message(
            "Kế hoạch chuyển đổi vị trí công tác năm {year}", {"year": case.year}
        ).say("vi"),
        "owner": case.rulebook.value("plan.owner"), "status": str(result.status),
        "goals": goal_facts(result.goals, problem.goals), **greedy_facts(problem, result),
        **standing_facts(case, moves, unplaced),
        "warnings": [both(message) for message in warnings(case, result)],
        "provisional": [both(m) for m in case.calendar.provisional(case.year)],
        "to_check": [
            {"id": p.id, "title_vi": p.title_vi, "title_en": p.title_en, "source": p.source}
            for p in case.rulebook.to_be_checked()
            if p.id.startswith(("move.", "rotation."))
        ],
        "solver": {
            "seconds": round(result.seconds, 2), "phases": {k: round(s, 2) for k, s in result.phases},
            "peak_memory_mb": result.peak_memory_mb, "repeatable": result.repeatable,
            "note": result.note,
        },
    }  # fmt: skip


def mended_facts(
    case: RotationCase,
    problem: MovesProblem,
    result: MovesResult,
    moves: Sequence[Move],
    unplaced: Sequence[Unplaced],
) -> dict[str, Any]:
    """What a mended plan says anew; little is proven about its goals. `OF_THE_SEARCH` falls away."""
    return {
        "status": str(result.status), "goals": goal_facts(result.goals, problem.goals),
        **standing_facts(case, moves, unplaced),
    }  # fmt: skip


def standing_facts(
    case: RotationCase, moves: Sequence[Move], unplaced: Sequence[Unplaced]
) -> dict[str, Any]:
    """What the rows alone say: counts, waves, units, clocks, lists of people."""
    listed = {move.staff_id for move in moves} | {row.staff_id for row in unplaced}
    return {
        "counts": counts(case, moves, unplaced), "waves": wave_facts(case, moves),
        "units": unit_facts(case, moves), "clock": clock_facts(case, listed), **people_lists(case),
    }  # fmt: skip


def greedy_facts(problem: MovesProblem, result: MovesResult) -> dict[str, Any]:
    """What plain pairwise swaps reach, in the units of the goals, and our share of their cost."""
    if not result.greedy:
        return {}
    per = prices_of(problem.goals)
    ours = sum(goal.value for goal in result.goals if goal.name != "total")
    return {
        "greedy": {
            name: value // max(1, per.get(name, 1)) for name, value in result.greedy.items()
        },
        "greedy_share": round(ours / max(1, sum(result.greedy.values())), 4),
    }


def warnings(case: RotationCase, result: MovesResult) -> list[Message]:
    """What a reader should know before signing: how the plan came about, and doubtful papers."""
    found = [NOTES[word] for word in result.note.split() if word in NOTES]
    if not result.repeatable and not found:
        found.append(CUT_SHORT)
    twice = case.flags.frame["staff_id"].duplicated()
    if twice.any():
        found.append(Message(
            "{n} người có giấy tờ chưa rõ công việc có tiếp tục sau sắp xếp hay không; kế hoạch dùng cách "
            "hiểu «{reading}». Trả lời bằng bảng successions hoặc cột continues_previous.",
            {"n": int(twice.sum()), "reading": READINGS[case.reading]},
        ))  # fmt: skip
    if case.counts["missing"]:
        found.append(Message(
            "{n} người thiếu dữ liệu nên không tính được thời hạn; xem danh sách và bổ sung giấy tờ.",
            {"n": case.counts["missing"]},
        ))  # fmt: skip
    if not case.open_waves:
        found.append(Message("Không còn đợt nào mở trong năm: mọi tháng đều bị khóa."))
    return found


READINGS = {
    "continuous": Message("tính liên tục"),
    "restarted": Message("tính lại từ đầu"),
}
