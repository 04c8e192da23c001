"""The copy of a rotation plan that may be posted: names and moves, never why a person was spared.

It holds what is listed here and nothing else; whatever a person wrote about a person stays inside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from data.columns import fold, tables, unaccented
from data.exports.rotation_labels import MARKS, WITH_REASON, mark_of
from data.exports.rotation_rows import entries
from data.records import Office
from data.words import Message

if TYPE_CHECKING:
    from data.records import Move, RotationPlan

PLAIN_FACTS = (
    "year", "plan_id", "title", "owner", "on", "reading", "status", "goals", "counts", "greedy",
    "greedy_share", "seconds", "waves", "units", "provisional", "to_check",
)  # fmt: skip
BIRTH = ("year", "data", "rules", "trial", "seed", "version", "ortools", "settings")
SPARED = ("deferred", "exempt")  # one list: whoever is exempt is near retirement
PEOPLE = ("spared", "missing")  # of these only who it is
SINGLE = ("units", "staff", "positions", "level", "proposal")
CLOCK = ("clock_start", "months_served", "latest_date", "term_months", "legal_basis")
NO_PLACE = Message("Chưa tìm được vị trí hợp lệ trong năm.")
MORE_WORDS = (  # without accents, as they stand in sentences
    "benh", "om", "dieu tri", "thai san", "mang thai", "mang bau", "nuoi con", "con nho", "ky luat",
    "dieu tra", "xac minh", "truy to", "xet xu", "khoi to", "dinh chi", "tam thoi chuyen", "biet phai",
    "di hoc", "hoc tap", "health", "ill", "illness", "sick", "disease", "treatment", "pregnant",
    "pregnancy", "maternity", "child", "children", "disciplinary", "discipline", "disciplined",
    "investigated", "investigation", "prosecution", "prosecuted", "suspended", "suspension", "study",
    "studies", "secondment", "seconded",
)  # fmt: skip

OF_OFFICES = ("benh vien", "kiem soat benh tat", "khen thuong ky luat")  # names of bodies and posts


def public_plan(plan: RotationPlan, lang: str = "vi") -> RotationPlan:
    """The plan without grounds, free text about people, or distances from their homes.

    Reasons are said anew from the move's own dates. Why somebody has no place is left out, rules and
    all: a rule may speak of kin.
    """
    return replace(
        plan,
        moves=tuple(_plain_move(move, lang) for move in plan.moves),
        unplaced=tuple(
            replace(row, reason=NO_PLACE.say(lang), rules=(), relaxation="")
            for row in plan.unplaced
        ),
        facts=_plain_facts(plan.facts, lang),
    )


def public_office(office: Office) -> Office:
    """Units, posts and people, and since when they serve; no deferrals, kin, wishes, papers, homes."""
    return Office(
        units=office.units,
        positions=office.positions,
        staff=tuple(replace(s, lat=None, lon=None, home_unit_id="") for s in office.staff),
        postings=tuple(replace(p, document_no="") for p in office.postings),
    )


def tells_ground(text: str) -> bool:
    """Whether a text speaks of health, family, discipline, study ...: in doubt it does."""
    plain = re.sub(r"[^a-z0-9]+", " ", unaccented(text))
    for name in OF_OFFICES:
        plain = plain.replace(name, " ")
    return _grounds().search(plain) is not None


@cache
def _grounds() -> re.Pattern[str]:
    choices = tables()["deferrals"]["ground"].choices
    given = [re.sub(r"[^a-z0-9]+", " ", unaccented(w)) for w in (*choices, *choices.values())]
    return re.compile(r"\b(?:" + "|".join(map(re.escape, (*given, *MORE_WORDS))) + r")\b")


def _plain_move(move: Move, lang: str) -> Move:
    mark = mark_of(move.days_before_limit)
    if mark == "none":
        reason = Message("Chuyển để vòng chuyển đổi thực hiện được.")
    else:
        reason = Message("Đến hạn chuyển đổi; thực hiện {when}.", {"when": MARKS[mark].name})
    return replace(move, reason=reason.say(lang), distance_km=None)


def _plain_facts(facts: Mapping[str, Any], lang: str) -> dict[str, Any]:
    spared = WITH_REASON.say(lang)
    plain = {key: _without(facts[key], spared) for key in PLAIN_FACTS if key in facts}
    plain["birth"] = {
        k: _without(v, spared) for k, v in facts.get("birth", {}).items() if k in BIRTH
    }
    plain["counts"] = _together(plain.get("counts", {}))
    for key in PEOPLE:
        lists = (key, *SPARED) if key == "spared" else (key,)
        who = [str(e.get("staff_id", "")) for name in lists for e in entries(facts, name)]
        plain[key] = [{"staff_id": each, "reason": spared} for each in sorted(who)]
    if "single" in facts:
        plain["single"] = [
            {key: _without(e[key], spared) for key in SINGLE if key in e}
            for e in entries(facts, "single")
        ]
    if "clock" in facts:
        plain["clock"] = {
            who: {key: _without(row[key], spared) for key in CLOCK if key in row}
            for who, row in facts["clock"].items()
        }
    return plain | {"public": True}


def _together(counts: Mapping[str, Any]) -> dict[str, Any]:
    """The counts with one figure for everybody who is spared."""
    kept = {name: n for name, n in counts.items() if name not in SPARED}
    told = [counts[name] for name in SPARED if name in counts]
    return kept | ({"spared": sum(told)} if told else {})


def _without(value: Any, spared: str) -> Any:
    """The value with every text that tells a ground replaced; names of units and posts stay."""
    if isinstance(value, str):
        return spared if tells_ground(value) else value
    if isinstance(value, Mapping):
        return {
            key: v if fold(str(key)) in ("name", "title", "owner") else _without(v, spared)
            for key, v in value.items()
            if not tells_ground(str(key))
        }
    if isinstance(value, Sequence):
        return [_without(v, spared) for v in value]
    return value
