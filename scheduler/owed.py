"""The visits owed in a year: follow-ups, campaigns, periodic ones, each with its reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.case import Owed
from scheduler.clock import add_months

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.calendar import WorkCalendar
    from data.records import Campaign, Finding, Office, PastVisit, Unit
    from scheduler.risk import UnitRisk
    from scheduler.rulebook import Rulebook

CODES = {"periodic": "DK", "thematic": "CD", "follow_up": "TK"}


@dataclass(frozen=True)
class YearOfWork:
    """What `visits_owed` reads besides the year itself."""

    office: Office
    calendar: WorkCalendar
    rulebook: Rulebook
    risk: Mapping[str, UnitRisk]  # unit id -> risk

    def days_for(self, unit: Unit) -> int:
        """Working days on the spot for a periodic or follow-up visit (rule visit.days)."""
        table = self.rulebook.value("visit.days")
        large = (unit.headcount or 0) >= table["large_headcount"]
        return int(table.get(unit.kind, 1)) + (int(table["large_extra"]) if large else 0)

    def size_for(self, kind: str) -> int:
        """People in a team for a kind of visit (rule team.size)."""
        table = self.rulebook.value("team.size")
        return int(table.get(kind, table["default"]))

    def weight(self, unit_id: str) -> int:
        """Risk of a unit as a whole number from 1 to 100."""
        return max(1, round(self.risk[unit_id].score)) if unit_id in self.risk else 1


def visits_owed(
    work: YearOfWork, year: int, keep: frozenset[str] = frozenset()
) -> tuple[Owed, ...]:
    """Every visit that the rules ask for in a year, ordered by id.

    A unit listed in a campaign has its planned visit there and gets no periodic one besides
    (rule unit.once-a-year). When the periodic visits due and the campaigns reach fewer units than the
    wanted coverage, the units next in line are added; those may be dropped. Units in `keep` come before
    others there, wanted or not: a plan that is published already visits them.

    Raises
    ------
    KeyError
        When a rule that gives a value is missing from the rulebook.
    """
    thematic = _thematic(work, year)
    in_campaign = {owed.unit_id for owed in thematic}
    periodic = _periodic(work, year, in_campaign, keep)
    owed = [*_follow_ups(work, year), *thematic, *periodic]
    return tuple(sorted([*owed, *_pinned(work, year, owed)], key=lambda o: o.visit_id))


def _pinned(work: YearOfWork, year: int, owed: list[Owed]) -> list[Owed]:
    """Periodic visits that only a planner's pin asks for."""
    have = {(o.unit_id, kind) for o in owed for kind in (o.kind, "")}
    units = {u.unit_id: u for u in work.office.units}
    added: dict[str, Owed] = {}
    for pin in work.office.pins:
        known = pin.unit_id in units and pin.kind in ("", "periodic")
        if pin.must and known and (pin.unit_id, pin.kind) not in have:
            visit = _periodic_visit(work, year, units[pin.unit_id], date(year + 1, 1, 1), None)
            added[pin.unit_id] = replace(
                visit, why=Message("Người lập kế hoạch yêu cầu: {reason}", {"reason": pin.reason})
            )
    return list(added.values())


def campaign_units(campaign: Campaign, units: tuple[Unit, ...]) -> tuple[str, ...]:
    """Ids of the units that a campaign lists, `kind=ward` spelled out, each once."""
    found: dict[str, None] = {}
    for entry in campaign.units:
        if entry.startswith("kind="):
            kind = entry.removeprefix("kind=").strip()
            found.update((u.unit_id, None) for u in units if u.kind == kind)
        else:
            found[entry] = None
    return tuple(found)


def _thematic(work: YearOfWork, year: int) -> list[Owed]:
    owed = []
    for campaign in work.office.campaigns:
        first = max(campaign.start, date(year, 1, 1))
        last = min(campaign.end, date(year, 12, 31))
        if first > last:
            continue
        for unit_id in campaign_units(campaign, work.office.units):
            owed.append(Owed(
                visit_id=f"{year}-{CODES['thematic']}-{campaign.campaign_id}-{unit_id}",
                unit_id=unit_id, kind="thematic", days=campaign.days,
                size=campaign.team_size or work.size_for("thematic"),
                risk=work.weight(unit_id), due_from=first, due_to=last, skills=campaign.skills,
                campaign_id=campaign.campaign_id, must="campaign.window",
                why=Message("Thuộc chuyên đề «{title}»", {"title": campaign.title}),
            ))  # fmt: skip
    return owed


def _follow_ups(work: YearOfWork, year: int) -> list[Owed]:
    units = {u.unit_id: u for u in work.office.units}
    open_findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in work.office.findings:
        if finding.closed_on is None:
            open_findings[finding.visit_id].append(finding)
    owed = []
    for visit in work.office.visits:
        findings = open_findings.get(visit.visit_id)
        window = follow_up_window(work, findings, year) if findings else None
        if not findings or window is None or visit.unit_id not in units:
            continue
        first, last, must = window
        owed.append(Owed(
            visit_id=f"{year}-{CODES['follow_up']}-{visit.visit_id}",
            unit_id=visit.unit_id, kind="follow_up", days=work.days_for(units[visit.unit_id]),
            size=work.size_for("follow_up"), risk=work.weight(visit.unit_id),
            due_from=first, due_to=last, follows=visit.visit_id,
            must="follow-up.window" if must else "",
            why=Message("Còn {n} tồn tại chưa khắc phục sau lần kiểm tra {visit}, hạn {due}",
                        {"n": len(findings), "visit": visit.visit_id,
                         "due": max(f.remedy_due for f in findings).strftime("%d/%m/%Y")}),
        ))  # fmt: skip
    return owed


def follow_up_window(
    work: YearOfWork, findings: list[Finding], year: int
) -> tuple[date, date, bool] | None:
    """First and last lawful start of a follow-up this year, and whether it must be this year.

    None when the window opens after the year. A window that closed before the year is replaced by the
    first working days of it (`late_within`); one that runs into the next year may wait until then.
    """
    rule = work.rulebook.value("follow-up.window")
    due = max(finding.remedy_due for finding in findings)
    first, last = work.calendar.add(due, rule["first"]), work.calendar.add(due, rule["last"])
    opens, closes = date(year, 1, 1), date(year, 12, 31)
    if first > closes:
        return None
    if last < opens:
        days = work.calendar.year(year)
        return days[0], days[min(rule["late_within"], len(days)) - 1], True
    return max(first, opens), min(last, closes), last <= closes


def _periodic(
    work: YearOfWork, year: int, in_campaign: set[str], keep: frozenset[str]
) -> list[Owed]:
    last_seen: dict[str, PastVisit] = {}
    for visit in sorted(work.office.visits, key=lambda v: v.end):
        if visit.kind != "follow_up":
            last_seen[visit.unit_id] = visit
    candidates = []
    for unit in work.office.units:
        if unit.in_scope and unit.unit_id not in in_campaign:
            ideal = _ideal_date(work, unit, last_seen.get(unit.unit_id), year)
            candidates.append((ideal, -work.weight(unit.unit_id), unit))
    year_end = date(year, 12, 31)
    candidates.sort(
        key=lambda c: (c[0] > year_end, c[2].unit_id not in keep, c[0], c[1], c[2].unit_id)
    )
    kinds = work.rulebook.value("coverage.denominator")
    in_scope = [
        u.unit_id for u in work.office.units if u.in_scope and (not kinds or u.kind in kinds)
    ]
    wanted = work.rulebook.value("coverage.wanted") * len(in_scope)
    counted = set(in_scope)
    reached = len(counted & in_campaign)
    owed = []
    for ideal, _, unit in candidates:
        if ideal <= year_end or unit.unit_id in keep or reached < wanted:
            owed.append(_periodic_visit(work, year, unit, ideal, last_seen.get(unit.unit_id)))
            reached += unit.unit_id in counted
    return owed


def _ideal_date(work: YearOfWork, unit: Unit, last: PastVisit | None, year: int) -> date:
    if last is None:
        return date(year, 1, 1)
    months = work.rulebook.value(f"frequency.{work.risk[unit.unit_id].klass}")
    return max(add_months(last.end, months), date(year, 1, 1))


def _periodic_visit(
    work: YearOfWork, year: int, unit: Unit, ideal: date, last: PastVisit | None
) -> Owed:
    klass = work.risk[unit.unit_id].klass
    year_end = date(year, 12, 31)
    margin = work.rulebook.value("visit.due-window")
    calendar = work.calendar
    must = "frequency.high" if klass == "high" and ideal <= year_end else ""
    if ideal > year_end:
        due_from, due_to = date(year, 1, 1), year_end
        why = Message(
            "Thêm để đạt tỷ lệ kiểm tra mong muốn; nhóm rủi ro {klass}", {"klass": KLASS[klass]}
        )
    else:
        due_from = max(calendar.add(ideal, -margin), date(year, 1, 1))
        due_to = min(calendar.add(ideal, margin), year_end)
        why = Message("Đến kỳ kiểm tra: nhóm rủi ro {klass}, {last}", {
            "klass": KLASS[klass],
            "last": Message("lần trước {day}", {"day": last.end.strftime("%d/%m/%Y")})
            if last else Message("chưa từng được kiểm tra"),
        })  # fmt: skip
    return Owed(
        visit_id=f"{year}-{CODES['periodic']}-{unit.unit_id}",
        unit_id=unit.unit_id, kind="periodic", days=work.days_for(unit),
        size=work.size_for("periodic"), risk=work.weight(unit.unit_id),
        due_from=due_from, due_to=due_to, must=must, why=why,
    )  # fmt: skip


KLASS = {"high": Message("cao"), "middle": Message("trung bình"), "low": Message("thấp")}
