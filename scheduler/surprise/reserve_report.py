"""A plan's reserve for plan.json and its readers: numbers, shortfalls, and units in the plan's shadow.

No team is named for a day: a calendar of teams would tell the units when nobody can come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from data.words import Message
from scheduler.surprise.hall import day_spans, shadows, week_spans
from scheduler.surprise.service import Bools, Floats, Ints, Service
from scheduler.surprise.unreachable import unreachable

if TYPE_CHECKING:
    from data.records import Plan
    from scheduler.case import Case
    from scheduler.surprise.teams import SurpriseTeam

NAMED = 5  # units in the shadow that are named in the warnings; the facts hold all


@dataclass(frozen=True, eq=False)
class Kept:
    """A season with the teams kept in it; they alone are on call where `service.on_call` says so."""

    service: Service
    teams: Sequence[SurpriseTeam]
    kept: Bools  # (n_teams, n_days)
    quota: Sequence[int]  # visits that each week's reserve is for
    theta: float
    note: str = ""  # of the solver
    repeatable: bool = True  # else the clock ended the search

    @property
    def room(self) -> Floats:
        """Slots that each team can fill on each day: kept ones, or an equal part for every free one."""
        if self.service.on_call is not None:
            return self.service.on_call.astype(np.float64)
        free = self.service.free
        return np.asarray(free * self.service.slots / np.maximum(1, free.sum(axis=0)), np.float64)


@dataclass(frozen=True)
class Shadowed:
    """A unit that no team can reach often enough from one day to another, and what stands in the way."""

    unit_id: str
    first: date
    last: date
    visits: tuple[str, ...]  # planned visits that hold people of the teams that may go there
    away: int  # absences of people of these teams
    way: tuple[str, date] | None = None  # a visit that may lawfully be on another day, and that day


def shadowed(case: Case, plan: Plan, season: Kept) -> list[Shadowed]:
    """Every unit in the shadow, by day and unit: days on which no free teams suffice, whole weeks after.

    A day is judged as if every free team were kept, so that only leave and planned visits can be the reason; a
    week is judged by the teams that are on call.
    """
    service = season.service
    free = service.free.astype(np.float64)
    found = [
        *shadows(service, free, day_spans(service), season.theta),
        *shadows(service, season.room, week_spans(service), season.theta),
    ]
    days_of: dict[int, set[int]] = {}
    for shadow in found:
        for unit in shadow.units.tolist():
            days_of.setdefault(unit, set()).update(shadow.days)
    rows = [
        _shadowed(case, plan, season, unit, span)
        for unit, days in days_of.items()
        for span in _runs(sorted(days))
    ]
    return sorted(rows, key=lambda row: (row.first, row.unit_id))


def _runs(days: list[int]) -> list[list[int]]:
    """Consecutive days together.

    >>> _runs([1, 2, 5])
    [[1, 2], [5]]
    """
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _shadowed(case: Case, plan: Plan, season: Kept, unit: int, span: list[int]) -> Shadowed:
    service = season.service
    visits: dict[str, None] = {}
    away: set[int] = set()
    for n in span:
        day = case.days[n]
        stuck = np.flatnonzero(service.eligible[:, unit] & ~service.free[:, n])
        people = {who for team in stuck.tolist() for who in season.teams[team].members}
        for row in plan.visits:
            there = row.start and row.end and row.start <= day <= row.end
            if there and row.status == "scheduled" and people & {row.lead, *row.members}:
                visits[row.visit_id] = None
        away |= {
            number
            for number, a in enumerate(case.office.absences)
            if a.inspector_id in people and a.start <= day <= a.end
        }
    first, last = case.days[span[0]], case.days[span[-1]]
    return Shadowed(service.units[unit], first, last, tuple(visits), len(away))


def reserve_facts(case: Case, season: Kept, rows: Sequence[Shadowed]) -> dict[str, Any]:
    """What plan.json holds about the reserve; plain JSON values."""
    service, kept = season.service, season.kept.sum(axis=0)
    short = _short(season, kept)
    never = list(unreachable(service))
    notes = _week_notes(case, season, rows, short)
    return {
        "teams": len(service.teams), "mode": "pool" if service.on_call is None else "roster",
        "theta": season.theta, "wanted": int(sum(season.quota)), "kept": int(kept.sum()),
        "days": [
            {"date": day.isoformat(), "wanted": int(wanted), "kept": int(n)}
            for day, wanted, n in zip(case.days, service.slots, kept, strict=True)
        ],
        "weeks": [
            {"week_start": monday.isoformat(), "wanted": quota, "kept": quota - lack,
             "note": [{"vi": m.say("vi"), "en": m.say("en")} for m in note]}
            for monday, quota, lack, note in zip(case.weeks, season.quota, short, notes, strict=True)
        ],
        "shadow": [
            {"unit_id": row.unit_id, "first": row.first.isoformat(), "last": row.last.isoformat(),
             "visits": list(row.visits), "away": row.away,
             "way": [row.way[0], row.way[1].isoformat()] if row.way else None}
            for row in rows
        ],
        "never": never, "unreached": round(_unreached(season), 4), "solver_note": season.note,
        "said": [{"vi": m.say("vi"), "en": m.say("en")} for m in _said(season, kept)],
    }  # fmt: skip


def _short(season: Kept, kept: Ints) -> list[int]:
    """Team-days of each week's quota for which no team can be kept."""
    week = season.service.week
    return [quota - int(kept[week == number].sum()) for number, quota in enumerate(season.quota)]


def _unreached(season: Kept) -> float:
    """Mean share of the open units that no team on call may go to, over the days with visits."""
    service = season.service
    days = np.flatnonzero(service.slots)
    reached = (service.eligible.T.astype(np.int64) @ (season.room[:, days] > 0)) > 0
    opened = service.open[:, days]
    return float((opened & ~reached).sum() / max(1, opened.sum()))


def _said(season: Kept, kept: Ints) -> list[Message]:
    service = season.service
    on = int((service.slots > 0).sum())
    told = [
        Message(
            "{teams} tổ đột xuất; giữ được {kept} trên {wanted} ngày đoàn, {days} ngày có lượt, mỗi ngày nhiều "
            "nhất {most}.",
            {"teams": len(service.teams), "kept": int(kept.sum()), "wanted": int(sum(season.quota)),
             "days": on, "most": int(kept.max(initial=0))},
        )
    ]  # fmt: skip
    told.append(
        Message("Tổ trực từng ngày được phân trước và giữ kín, không công bố lịch của tổ.")
        if service.on_call is not None
        else Message(
            "Mọi tổ rảnh cùng trực; tổ đi trong ngày được chọn ngẫu nhiên lúc niêm phong bảng vé."
        )
    )
    return told


def _week_notes(
    case: Case, season: Kept, rows: Sequence[Shadowed], short: Sequence[int]
) -> list[list[Message]]:
    notes = []
    ends = [*case.weeks[1:], date.max]
    for monday, after, lack in zip(case.weeks, ends, short, strict=True):
        own = [row for row in rows if monday <= row.first < after]
        note = [Message("Thiếu {n} ngày đoàn vì không đủ tổ rảnh.", {"n": lack})] if lack else []
        notes.append(note + [_in_words(case, row) for row in own])
    return notes


def reserve_warnings(
    case: Case, season: Kept, rows: Sequence[Shadowed], facts: dict[str, Any]
) -> list[Message]:
    """A sentence for each thing that a planner should look at; empty when the reserve is whole."""
    told = []
    lacking = [week for week in facts["weeks"] if week["kept"] < week["wanted"]]
    if lacking:
        worst = max(lacking, key=lambda week: week["wanted"] - week["kept"])
        told.append(Message(
            "Dự phòng đột xuất thiếu {n} ngày đoàn trong {weeks} tuần vì không đủ tổ rảnh, nhiều nhất tuần "
            "{week}. Dời bớt cuộc kiểm tra của tuần đó hoặc bổ sung người.",
            {"n": sum(week["wanted"] - week["kept"] for week in lacking), "weeks": len(lacking),
             "week": f"{date.fromisoformat(worst['week_start']):%d/%m/%Y}"},
        ))  # fmt: skip
    told += [_in_words(case, row) for row in rows[:NAMED]]
    if len(rows) > NAMED:
        told.append(Message(
            "Còn {n} khoảng thời gian như vậy; xem cột ghi chú của trang dự phòng.", {"n": len(rows) - NAMED}
        ))  # fmt: skip
    if facts["never"]:
        told.append(Message(
            "{n} đơn vị không tổ đột xuất nào được đến (xung đột lợi ích, cấp của trưởng đoàn): {units}. Cần "
            "mượn người hoặc lập tổ khác.",
            {"n": len(facts["never"]), "units": ", ".join(case.units[u].name for u in facts["never"][:NAMED])},
        ))  # fmt: skip
    if season.note:
        told.append(Message(
            "Bộ giải không xong phần dự phòng; dùng cách chia nhanh, vẫn giữ mọi giới hạn nghỉ của tổ."
        ))  # fmt: skip
    return told


def _in_words(case: Case, row: Shadowed) -> Message:
    first, last = f"{row.first:%d/%m/%Y}", f"{row.last:%d/%m/%Y}"
    when = (
        Message("ngày {first}", {"first": first})
        if row.first == row.last
        else Message("từ {first} đến {last}", {"first": first, "last": last})
    )
    named: dict[str, object] = {"unit": case.units[row.unit_id].name, "when": when}
    if not row.visits and not row.away:
        return Message(
            "{unit}: {when} phần đột xuất nhận được chưa đủ mức công bằng dù các tổ vẫn rảnh, vì có quá ít tổ "
            "được đến.",
            named,
        )
    visits = Message("các cuộc {ids}", {"ids": ", ".join(row.visits[:NAMED])})
    away = Message("{n} lượt nghỉ", {"n": row.away})
    both = Message("{visits} và {away}", {"visits": visits, "away": away})
    reason = both if row.visits and row.away else visits if row.visits else away
    if row.way:
        fields = {**named, "reason": reason, "visit": row.way[0], "day": f"{row.way[1]:%d/%m/%Y}"}
        return Message(
            "{unit}: {when} không tổ đột xuất nào đến được, vì {reason}. Dời cuộc {visit} sang ngày {day} thì "
            "hết, và mọi quy tắc vẫn giữ được.",
            fields,
        )
    return Message(
        "{unit}: {when} không đủ tổ đột xuất được đến, vì {reason}.", {**named, "reason": reason}
    )
