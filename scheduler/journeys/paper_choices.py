"""What is asked for when papers are written, and what of it there is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.faults import Fault, Spelling
from data.papers.organisation_in import PapersRefused
from data.records import Plan, RotationPlan
from data.words import Message
from scheduler.papers.kinds import BY_KEY, OF_ROTATION, OF_YEAR, Paper
from scheduler.papers.letterhead import Numbered
from scheduler.papers.visits import in_order

NEEDS = {  # papers that need something more than the plan
    "dieu-chinh": "--against", "theo-doi-khac-phuc": "--data", "minh-chung": "--data",
    "quyet-dinh-chuyen-doi": "--each",
}  # fmt: skip


@dataclass(frozen=True)
class PapersAsk:
    """What is asked for: which plan, where to, and what the papers are told besides."""

    plan: Path
    out: Path
    data: Path | None = None  # the dataset, for names, titles, findings
    against: Path | None = None  # the plan that this one amends
    organisation: Path | None = None
    templates: Path | None = None
    numbers: Path | None = None
    on: date | None = None  # day of the figures
    each: bool = False  # a file for each visit or person, not one for all
    chosen: Sequence[str] = ()  # visits or people that get papers of their own; empty: all
    only: Sequence[str] = ()  # kinds of papers; empty: all
    draft: bool = False  # the plan is not in force yet: the papers say so
    issuer: Sequence[Mapping[str, object]] = ()  # dated blocks, instead of the file `organisation`


def refuse_choices(
    ask: PapersAsk, plan: Plan | RotationPlan, numbers: Mapping[tuple[str, str], Numbered]
) -> None:
    """Raises PapersRefused for visits, people or kinds of papers that there are not, all at once."""
    if isinstance(plan, RotationPlan):
        kinds, ids = OF_ROTATION, {move.staff_id for move in plan.moves}
    else:
        kinds, ids = OF_YEAR, {visit.visit_id for visit in in_order(plan.visits)}
    faults = []
    for given, known, column in ((ask.only, set(kinds), "--only"), (ask.chosen, ids, "--id")):
        faults += [_absent(found, known, column) for found in given if found not in known]
    for key, copy in numbers:
        per = BY_KEY[key].per
        if key in kinds and per == "year" and copy:
            message = Message("Văn bản này chỉ có một; để trống cột id.")
            faults.append(Fault("numbers", 0, "id", copy, message))
        elif key in kinds and per in ("visit", "person") and copy not in ids:
            faults.append(_absent(copy, ids, "id"))
    if ask.against is not None and isinstance(plan, RotationPlan):
        message = Message("--against chỉ dùng cho kế hoạch kiểm tra. Bỏ --against.")
        faults.append(Fault("", 0, "--against", "", message))
    if faults:
        raise PapersRefused(faults, ask.plan.name)


def _absent(found: str, known: Iterable[str], column: str) -> Fault:
    hint = Spelling(sorted(known)).hint(found)
    message = Message(
        "Không có «{found}» trong kế hoạch này.{hint}", {"found": found, "hint": hint}
    )
    return Fault("", 0, column, found, message)


def refuse_absent(only: Sequence[str], papers: Sequence[Paper]) -> None:
    """Raises PapersRefused for kinds of papers that need an option which was not given."""
    made = {paper.kind.key for paper in papers}
    faults = [
        Fault("", 0, "--only", key, Message(
            "Văn bản «{key}» cần thêm {option}.", {"key": key, "option": NEEDS[key]}
        ))
        for key in only if key not in made and key in NEEDS
    ]  # fmt: skip
    if faults:
        raise PapersRefused(faults, "--only")
