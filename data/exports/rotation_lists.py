"""The people whom the plan does not move, as rows with names: no place, deferred, exempt, single."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from data.collation import person_key
from data.exports.labels import day_text
from data.exports.rotation_labels import GROUNDS, WITH_REASON
from data.exports.rotation_rows import entries, told
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.exports.rotation_rows import Post, Register
    from data.records import RotationPlan, Unplaced

PRINTED = {"exempt": Message("Còn ít thời gian công tác trước tuổi nghỉ hưu")}


@dataclass(frozen=True)
class UnplacedRow:
    """Somebody due without a place."""

    row: Unplaced
    person: str
    post: Post


@dataclass(frozen=True)
class PersonRow:
    """Somebody on a list: reason in Vietnamese and English, article, until when, by which paper."""

    staff_id: str
    person: str
    post: Post
    reason: tuple[str, str]
    basis: str
    until: str
    evidence: str


@dataclass(frozen=True)
class SingleRow:
    """A joint plan that is proposed to the superior body: units, people, what is proposed."""

    units: str
    people: str
    proposal: tuple[str, str]


def unplaced_rows(plan: RotationPlan, register: Register) -> list[UnplacedRow]:
    """Those for whom no lawful move was found, in the order of the plan."""
    return [
        UnplacedRow(row, register.person(row.staff_id), register.post_of(row.staff_id))
        for row in plan.unplaced
    ]


def people_rows(facts: Mapping[str, Any], key: str, register: Register) -> list[PersonRow]:
    """The people of one list of the facts ("deferred", "exempt", "spared", "missing") by given name."""
    public = bool(facts.get("public"))
    rows = []
    for entry in entries(facts, key):
        who = str(entry.get("staff_id", ""))
        rows.append(
            PersonRow(
                who,
                register.person(who),
                register.post_of(who),
                _pair(WITH_REASON) if public else _reason(entry, key),
                "" if public else str(entry.get("basis") or entry.get("legal_basis") or ""),
                "" if public else _until(entry.get("until")),
                register.evidence.get(who, "") if key == "deferred" and not public else "",
            )
        )
    return sorted(rows, key=lambda r: (person_key(r.person), r.staff_id))


def single_rows(facts: Mapping[str, Any], register: Register) -> list[SingleRow]:
    """The joint plans that are proposed for posts that have no peer in their unit."""
    rows = []
    for entry in entries(facts, "single"):
        units = [register.unit(str(unit)) for unit in _listed(entry.get("units"))]
        people = _listed(entry.get("staff") or entry.get("staff_id"))
        if not units:
            units = [name for who in people if (name := register.post_of(who).unit)]
        proposal = entry.get("proposal")
        if isinstance(proposal, (list, tuple)):
            parts = [told({"p": part}, "p") for part in proposal]
            both = "; ".join(vi for vi, _ in parts), "; ".join(en for _, en in parts)
        else:
            both = told(entry, "proposal")
        names = {who: register.person(who) for who in people}
        called = _called(both[0], names), _called(both[1], names)
        rows.append(SingleRow(", ".join(dict.fromkeys(units)), ", ".join(names.values()), called))
    return rows


def _called(text: str, names: Mapping[str, str]) -> str:
    """The text with people's names in place of their codes, where it does not name them itself."""
    for who, name in names.items():
        if name in text:
            continue
        text = re.sub(rf"(?<!\w){re.escape(who)}(?!\w)", name.replace("\\", r"\\"), text)
    return text


def _listed(value: Any) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [str(v) for v in value]
    return [str(value)] if value else []


def _reason(entry: Mapping[str, Any], key: str) -> tuple[str, str]:
    ground = str(entry.get("ground") or "")
    if ground in GROUNDS:
        return _pair(GROUNDS[ground])
    given = told(entry, "reason")
    if given[0]:
        return given
    return (ground, ground) if ground else _pair(PRINTED[key]) if key in PRINTED else ("", "")


def _pair(message: Message) -> tuple[str, str]:
    return message.say("vi"), message.say("en")


def _until(value: Any) -> str:
    """dd/mm/yyyy; blank when the end is open."""
    try:
        return day_text(date.fromisoformat(str(value)))
    except ValueError:
        return ""
