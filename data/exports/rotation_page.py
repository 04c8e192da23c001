"""The report of a rotation plan: one HTML page that needs nothing outside itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from data.drop_reasons import title_of
from data.exports import labels, rotation_labels
from data.exports.bilingual import both
from data.exports.cycle_drawing import Drawing, draw, exchanges
from data.exports.environment import environment
from data.exports.rotation_lists import SingleRow, people_rows, single_rows, unplaced_rows
from data.exports.rotation_rows import Register, by_limit, day_of, move_rows, told, unit_rows
from data.words import LANGUAGES, Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.exports.rotation_rows import MoveRow
    from data.records import Office, RotationPlan

DRAWN = 1500  # exchanges that are drawn; the list and the workbook have all
NARROW = {"moved": Message("Thực hiện"), "limit": Message("Hạn cuối")}  # heads on a narrow screen
ABSENT: dict[str, Any] = {
    "title": "", "owner": "", "plan_id": "", "on": "", "reading": "", "status": "", "birth": {},
    "goals": [], "counts": {}, "greedy": {}, "greedy_share": None, "waves": [], "units": [], "warnings": [],
    "provisional": [], "to_check": [], "public": False,
}  # fmt: skip

__all__ = ["Goal", "SingleRow", "Wave", "rotation_page"]


@dataclass(frozen=True)
class Wave:
    """One month of the plan: its day, moves by kind of exchange, drawings, why it is closed."""

    wave: int
    day: str
    moves: int
    kinds: dict[str, int]
    closed: bool
    why: tuple[str, str]
    drawings: tuple[Drawing, ...] = ()


@dataclass(frozen=True)
class Goal:
    """A goal in words; `bound` is None when nothing was proven, `first` is that of the pair swaps."""

    title: tuple[str, str]
    unit: tuple[str, str]
    value: float
    bound: float | None
    gap: float
    best: bool  # proven
    condition: tuple[str, str]
    first: float | None


def rotation_page(plan: RotationPlan, office: Office, lang: str = "vi") -> str:
    """The page as HTML text, in Vietnamese and English; `lang` is the one shown first.

    Everything that a person wrote is escaped; nothing is loaded from elsewhere. The solver's
    seconds are left out, so that the same plan gives the same page.
    """
    facts = {**ABSENT, **plan.facts}
    register = Register(office, day_of(plan))
    rows = by_limit(move_rows(plan.moves, register))
    usual = Message("Kế hoạch chuyển đổi vị trí công tác năm {year}", {"year": plan.year})
    title = facts["title"] or usual.say(lang)
    units = unit_rows(facts, register)
    waves = wave_rows(facts["waves"], rows)
    page = environment().get_template("rotation.html").render(
        lang=lang,
        year=plan.year,
        facts=facts,
        title=title,
        heading=both(usual) if title in (usual.say("vi"), usual.say("en")) else title,
        labels=labels,
        names=rotation_labels,
        rows=rows,
        units=units,
        n_exchanges=len({r.move.cycle_id or r.move.move_id for r in rows}),
        waves=waves,
        most=max((wave.moves for wave in waves), default=0) or 1,
        largest=max((max(unit.before, unit.after) for unit in units), default=0) or 1,
        drawn=DRAWN,
        narrow={code: {k: w.say(code) for k, w in NARROW.items()} for code in LANGUAGES},
        counts=head_counts(plan, rows, facts["counts"]),
        goals=goal_rows(facts["goals"], facts["greedy"]),
        unplaced=unplaced_rows(plan, register),
        title_of=title_of,
        deferred=people_rows(facts, "deferred", register),
        exempt=people_rows(facts, "exempt", register),
        spared=people_rows(facts, "spared", register),
        missing=people_rows(facts, "missing", register),
        single=single_rows(facts, register),
    )  # fmt: skip
    return re.sub(r"\n\s*\n+", "\n", page)


def head_counts(
    plan: RotationPlan, rows: Sequence[MoveRow], counts: Mapping[str, Any]
) -> dict[str, int]:
    """The figures for the leader; those that the facts do not give are counted from the rows."""
    with_limit = sum(row.limit is not None for row in rows)
    units = plan.facts.get("units", ())
    counted = {
        "placed": with_limit,
        "unplaced": len(plan.unplaced),
        "due": with_limit + len(plan.unplaced),
        "helpers": len(rows) - with_limit,
        "overdue_before": sum(int(unit.get("overdue_before") or 0) for unit in units),
        "overdue_after": sum(int(unit.get("overdue_after") or 0) for unit in units),
    }
    return counted | {k: int(v) for k, v in counts.items() if isinstance(v, (int, float))}


def goal_rows(goals: Sequence[Mapping[str, Any]], greedy: Mapping[str, Any]) -> list[Goal]:
    """The goals of the facts in their order."""
    rows = []
    for goal in goals:
        name = str(goal.get("name", ""))
        title = told(goal, "title")
        bound = goal.get("bound")
        first = greedy.get(name)
        rows.append(
            Goal(
                title if title[0] else (name, name),
                told(goal, "unit"),
                float(goal.get("value") or 0),
                None if bound is None else float(bound),
                float(goal.get("gap") or 0),
                bound is not None and not goal.get("gap") and goal.get("value", 0) <= bound,
                told(goal, "condition"),
                None if first is None else float(first),
            )
        )
    return rows


def wave_rows(waves: Sequence[Mapping[str, Any]], rows: Sequence[MoveRow]) -> list[Wave]:
    """Every wave of the facts and of the moves, by month; at most `DRAWN` exchanges are drawn."""
    facts = {int(wave["wave"]): wave for wave in waves if wave.get("wave")}
    drawings: dict[int, list[Drawing]] = {}
    for moves in exchanges(rows)[:DRAWN]:
        drawings.setdefault(moves[0].move.wave, []).append(draw(moves))
    found = []
    for number in sorted(facts.keys() | {row.move.wave for row in rows}):
        wave = facts.get(number, {})
        mine = [row.move for row in rows if row.move.wave == number]
        days = sorted({m.effective_date for m in mine if m.effective_date})
        why = told(wave, "reason")
        closed = wave.get("closed")
        if not why[0] and isinstance(closed, (str, dict)):
            why = told(wave, "closed")
        found.append(
            Wave(
                number,
                _day_text(wave.get("date")) or (labels.day_text(days[0]) if days else ""),
                len(mine),
                {k: sum(m.cycle_kind == k for m in mine) for k in rotation_labels.CYCLE_KINDS},
                bool(closed) or (bool(why[0]) and not mine),
                why,
                tuple(drawings.get(number, ())),
            )
        )
    return found


def _day_text(value: Any) -> str:
    try:
        return labels.day_text(date.fromisoformat(str(value)))
    except ValueError:
        return ""
