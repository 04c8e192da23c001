"""Conflicts of interest: interest.declared, home-unit, former-unit, relative.

`enforce` has no dates for people: somebody who becomes free during the year is barred from a visit
unless free on the first day on which it may begin. That is stricter than the rule, never laxer;
`check` is exact by date.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.clock import add_months
from scheduler.rules.base import Breach, Policy, Rule
from scheduler.rules.findings import breach, on_paper, person, team, unit_name
from scheduler.rules.starts import earliest_start
from solver.visits.problem import Barred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

    from data.records import Office, Posting, Unit
    from scheduler.case import Case
    from scheduler.plan_view import PlanView


def enforce_declared(policy: Policy, case: Case) -> Iterator[Barred]:
    """Whoever declared a conflict that may still hold is barred from the unit."""
    until: dict[tuple[str, str], date] = {}
    for conflict in case.office.conflicts:
        key = conflict.unit_id, conflict.inspector_id
        until[key] = max(conflict.until or date.max, until.get(key, date.min))
    yield from _bar(policy, case, {
        number: {
            who
            for (unit_id, who), last in until.items()
            if unit_id == owed.unit_id and last >= earliest_start(case, number)
        }
        for number, owed in enumerate(case.owed)
    })  # fmt: skip


def check_declared(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Nobody on a team has a declared conflict with the unit that holds when the visit begins."""
    for visit in view.scheduled:
        for conflict in view.office.conflicts:
            if conflict.unit_id != visit.unit_id or conflict.inspector_id not in team(visit):
                continue
            if visit.start and visit.start <= (conflict.until or date.max):
                yield breach(policy, [visit], Message(
                    "{who} đã khai xung đột lợi ích với {unit}: {reason}.", {
                        "who": person(view, conflict.inspector_id),
                        "unit": unit_name(view, visit.unit_id), "reason": conflict.reason,
                    },
                ))  # fmt: skip


def enforce_home(policy: Policy, case: Case) -> Iterator[Barred]:
    """Nobody inspects the own unit, its parent or its children."""
    of_unit: dict[str, set[str]] = defaultdict(set)
    for who in case.office.inspectors:
        home = case.units.get(who.home_unit_id)
        near = {who.home_unit_id, home.parent_id if home else ""}
        for unit_id in near - {""}:
            of_unit[unit_id].add(who.inspector_id)
    yield from _bar(policy, case, {
        number: of_unit[owed.unit_id] | _at_home(case, case.units[owed.unit_id].parent_id)
        for number, owed in enumerate(case.owed)
    })  # fmt: skip


def _at_home(case: Case, unit_id: str) -> set[str]:
    return {w.inspector_id for w in case.office.inspectors if unit_id and w.home_unit_id == unit_id}


def check_home(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Home unit and inspected unit are neither the same nor parent and child."""
    for visit in view.scheduled:
        for who in team(visit):
            home_id = view.inspectors[who].home_unit_id if who in view.inspectors else ""
            home, unit = view.units.get(home_id), view.units.get(visit.unit_id)
            above = home is not None and home.parent_id == visit.unit_id
            below = unit is not None and unit.parent_id == home_id
            if home_id and (home_id == visit.unit_id or above or below):
                yield breach(policy, [visit], Message(
                    "{who} công tác tại {home}; không kiểm tra {unit}.", {
                        "who": person(view, who), "home": unit_name(view, home_id),
                        "unit": unit_name(view, visit.unit_id),
                    },
                ))  # fmt: skip


def enforce_former(policy: Policy, case: Case) -> Iterator[Barred]:
    """Whoever served in the unit, or a section of it, is barred until free again."""
    year_end = date(case.year, 12, 31)
    free_from: dict[str, dict[str, date]] = defaultdict(dict)  # unit -> inspector -> first free day
    badge = {w.staff_id: w.inspector_id for w in case.office.inspectors if w.staff_id}
    for posting, unit_ids in _served(case.office, case.units, badge.keys()):
        if posting.start is None or posting.start <= year_end:
            gone = posting.end is not None and posting.end <= year_end
            free = add_months(posting.end, policy.value) if posting.end and gone else date.max
            who = badge[posting.staff_id]
            for unit_id in unit_ids:
                free_from[unit_id][who] = max(free, free_from[unit_id].get(who, date.min))
    yield from _bar(policy, case, {
        number: {
            who
            for who, free in free_from[owed.unit_id].items()
            if free > earliest_start(case, number)
        }
        for number, owed in enumerate(case.owed)
    })  # fmt: skip


def check_former(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Counts full months from the last day in each former post to the first day of the visit."""
    badges = {w.inspector_id: w.staff_id for w in view.office.inspectors if w.staff_id}
    served: dict[tuple[str, str], list[Posting]] = defaultdict(list)
    for posting, unit_ids in _served(view.office, view.units, set(badges.values())):
        for unit_id in unit_ids:
            served[posting.staff_id, unit_id].append(posting)
    for visit in view.scheduled:
        for who in team(visit):
            for posting in served.get((badges.get(who, ""), visit.unit_id), ()):
                if _still_close(posting, visit.start, policy.value):
                    yield breach(policy, [visit], Message(
                        "{who} giữ vị trí {posting}, thuộc {unit}; chưa đủ {months} tháng kể từ ngày "
                        "rời đi.", {
                            "who": person(view, who), "posting": _named(view.office, posting),
                            "unit": unit_name(view, visit.unit_id), "months": policy.value,
                        },
                    ))  # fmt: skip
                    break


def _still_close(posting: Posting, day: date | None, months: int) -> bool:
    if day is None or (posting.start and posting.start > day):
        return False
    left = posting.end
    if left is None or left >= day:
        return True
    same_day = min(left.day, monthrange(day.year, day.month)[1])
    full = 12 * (day.year - left.year) + day.month - left.month - (day.day < same_day)
    return full < months


def enforce_relative(policy: Policy, case: Case) -> Iterator[Barred]:
    """Whoever has kin in the unit, or in a section of it, during the year is barred."""
    kin = _kin(case.office)
    year_end = date(case.year, 12, 31)
    kin_at: dict[str, list[Posting]] = defaultdict(list)
    relatives = {r for w in case.office.inspectors for r in kin.get(w.staff_id, ())}
    for posting, unit_ids in _served(case.office, case.units, relatives):
        if posting.start is None or posting.start <= year_end:
            for unit_id in unit_ids:
                kin_at[unit_id].append(posting)
    yield from _bar(policy, case, {
        number: {
            w.inspector_id
            for posting in kin_at[owed.unit_id]
            if posting.end is None or posting.end >= earliest_start(case, number)
            for w in case.office.inspectors
            if posting.staff_id in kin.get(w.staff_id, ())
        }
        for number, owed in enumerate(case.owed)
    })  # fmt: skip


def check_relative(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """No relative of anybody on the team is in post at the unit on a day of the visit."""
    kin = _kin(view.office)
    everyone = {r for relatives in kin.values() for r in relatives}
    at_unit: dict[str, list[Posting]] = defaultdict(list)
    for posting, unit_ids in _served(view.office, view.units, everyone):
        for unit_id in unit_ids:
            at_unit[unit_id].append(posting)
    for visit in view.scheduled:
        if visit.start is None or visit.end is None:
            continue
        here = {
            p.staff_id: p
            for p in at_unit[visit.unit_id]
            if (p.start or date.min) <= visit.end and (p.end or date.max) >= visit.start
        }
        for who in team(visit):
            staff_id = view.inspectors[who].staff_id if who in view.inspectors else ""
            near = sorted(here.keys() & kin.get(staff_id, set())) if staff_id else []
            if near:
                yield breach(policy, [visit], Message(
                    "{who} có người thân ({kin}) giữ vị trí {posting}, thuộc {unit}.", {
                        "who": person(view, who), "kin": near[0],
                        "posting": _named(view.office, here[near[0]]),
                        "unit": unit_name(view, visit.unit_id),
                    },
                ))  # fmt: skip


def _named(office: Office, posting: Posting) -> Message:
    """Title and dates of a posting, as papers say them."""
    title = next((p.title for p in office.positions if p.position_id == posting.position_id), "")
    first = on_paper(posting.start) if posting.start else Message("không rõ")
    last = on_paper(posting.end) if posting.end else Message("nay")
    return Message(
        "«{title}» từ {first} đến {last}",
        {"title": title or posting.position_id, "first": first, "last": last},
    )


def _kin(office: Office) -> dict[str, set[str]]:
    kin: dict[str, set[str]] = defaultdict(set)
    for row in office.relatives:
        kin[row.staff_id].add(row.relative_id)
        kin[row.relative_id].add(row.staff_id)
    return dict(kin)


def _served(
    office: Office, units: Mapping[str, Unit], staff_ids: Set[str]
) -> Iterator[tuple[Posting, tuple[str, ...]]]:
    """Postings of these people, each with the unit it was in and the one directly above."""
    unit_of = {p.position_id: p.unit_id for p in office.positions}
    for posting in office.postings:
        if posting.staff_id in staff_ids and posting.position_id in unit_of:
            unit_id = unit_of[posting.position_id]
            above = units[unit_id].parent_id if unit_id in units else ""
            yield posting, tuple(u for u in (unit_id, above) if u)


def _bar(policy: Policy, case: Case, who: Mapping[int, set[str]]) -> Iterator[Barred]:
    for visit, ids in who.items():
        numbers = sorted(case.inspector_number[i] for i in ids if i in case.inspector_number)
        if numbers:
            yield Barred(visit, tuple(numbers), policy.id)


INTEREST = (
    Rule("interest.declared", enforce_declared, check_declared),
    Rule("interest.home-unit", enforce_home, check_home),
    Rule("interest.former-unit", enforce_former, check_former),
    Rule("interest.relative", enforce_relative, check_relative),
)
