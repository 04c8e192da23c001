"""The report of a plan: one HTML page that needs nothing outside itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from data.collation import person_key, vietnamese_key
from data.drop_reasons import reason_text
from data.exports import labels
from data.exports.bilingual import both, pair
from data.exports.city_map import city_map
from data.exports.environment import environment
from data.exports.week_chart import week_chart
from data.exports.year_grid import sorted_by_day, year_grid
from data.records.changes import KEPT
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.records import Office, Plan, PlannedVisit

RISKS_IN_WORDS = 40  # units whose sum is explained line by line; the workbook has all
LEVELS = (("light", 0.605), ("good", 0.805), ("full", 1.005))  # as the rounded percent shows them
ABSENT: dict[str, Any] = {
    "title": "",
    "owner": "",
    "plan_id": "",
    "status": "",
    "birth": {},
    "scenario": {},
    "goals": [],
    "gap": None,
    "coverage": {},
    "load": {},
    "counts": {},
    "reserve": {},
    "risk": {},
    "provisional": [],
    "to_check": [],
    "holidays": [],
    "warnings": [],
    "replan": {},
}


@dataclass(frozen=True)
class LoadRow:
    """One inspector's days against the days there are; shares are of `available`."""

    inspector_id: str
    name: str
    days: int
    visits: int
    available: int
    target: float
    share: float
    target_share: float
    level: str  # light, good, full, over: up to 60, 80, 100 percent, above


@dataclass(frozen=True)
class RiskRow:
    """One unit's risk with its parts, and the kinds of visit it gets."""

    unit_id: str
    name: str
    score: float
    klass: str
    parts: list[Mapping[str, Any]]
    kinds: str


def report_page(plan: Plan, office: Office, lang: str = "vi") -> str:
    """The page as HTML text, in Vietnamese and English; `lang` is the one shown first.

    Everything that a person wrote is escaped; nothing is loaded from elsewhere. The solver's
    seconds and memory are left out, so that the same plan gives the same page.
    """
    units = {unit.unit_id: unit for unit in office.units}
    names = {who.inspector_id: who.name for who in office.inspectors}
    scheduled = sorted_by_day(
        v for v in plan.visits if v.status == "scheduled" and v.kind in labels.KINDS
    )
    dropped = [v for v in plan.visits if v.status == "dropped" and v.kind in labels.KINDS]
    facts = {**ABSENT, **plan.facts}
    usual = Message("Kế hoạch kiểm tra công vụ năm {year}", {"year": plan.year})
    title = facts["title"] or usual.say(lang)
    seen = {v.unit_id for v in scheduled}
    missed = (u for u in office.units if u.in_scope and u.unit_id not in seen)
    template = environment().get_template("report.html")
    page = template.render(
        lang=lang,
        year=plan.year,
        facts=facts,
        title=title,
        heading=both(usual) if title in (usual.say("vi"), usual.say("en")) else title,
        labels=labels,
        unit_name=lambda unit_id: units[unit_id].name if unit_id in units else unit_id,
        person=lambda who: names.get(who, who),
        visits=scheduled,
        dropped=dropped,
        told_reason=_told_reason,
        changed=[c for c in facts["replan"].get("changes", ()) if c["what"] != KEPT],
        n_units=len(seen),
        grid=year_grid(plan, units),
        not_visited=sorted(missed, key=lambda u: vietnamese_key(u.name)),
        city=city_map(plan, units),
        weeks=week_chart(plan),
        loads=load_rows(facts["load"], names),
        risks=risk_rows(facts["risk"], {u.unit_id: u.name for u in office.units}, scheduled),
        in_words=RISKS_IN_WORDS,
    )
    return re.sub(r"\n\s*\n+", "\n", page)


def _told_reason(vi: str, en: str) -> Markup:
    """A reason that is kept in both languages, in the words of each."""
    told = {"vi": reason_text(vi), "en": reason_text(en)}
    return pair(*(t if isinstance(t, str) else t.say(lang) for lang, t in told.items()))


def load_rows(load: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]) -> list[LoadRow]:
    """One row for each inspector, the fullest first, then by name."""
    rows = []
    for who, fact in load.items():
        days, available = int(fact["days"]), int(fact["available"])
        share = days / available if available else float(days > 0) * 2
        level = next((name for name, top in LEVELS if share < top), "over")
        target = float(fact["target"])
        rows.append(
            LoadRow(
                who,
                names.get(who, who),
                days,
                int(fact["visits"]),
                available,
                target,
                share,
                min(1.0, target / available) if available else 0.0,
                level,
            )
        )
    return sorted(rows, key=lambda r: (-r.share, person_key(r.name), r.inspector_id))


def risk_rows(
    risk: Mapping[str, Mapping[str, Any]], names: Mapping[str, str], visits: list[PlannedVisit]
) -> list[RiskRow]:
    """One row for each unit of the facts, the riskiest first."""
    kinds: dict[str, set[str]] = {}
    for visit in visits:
        kinds.setdefault(visit.unit_id, set()).add(visit.kind)
    rows = [
        RiskRow(
            unit_id,
            names.get(unit_id, unit_id),
            float(fact["score"]),
            str(fact["class"]),
            list(fact["parts"]),
            "".join(labels.KINDS[k].letter for k in labels.KINDS if k in kinds.get(unit_id, ())),
        )
        for unit_id, fact in risk.items()
    ]
    return sorted(rows, key=lambda r: (-r.score, vietnamese_key(r.name), r.unit_id))
