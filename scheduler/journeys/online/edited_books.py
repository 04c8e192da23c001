"""A plan's workbook that was edited in Excel comes back: kept, judged row by row, accepted in part or whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from data.plan_in import read_edited_plan
from data.store import files
from data.words import Message
from scheduler.edits import (
    Edit,
    Judged,
    chosen,
    judged,
    lawful_part,
    name_of,
    new_breaches,
)
from scheduler.errors import PlanRefused, Refused
from scheduler.journeys.exchange import same_cell
from scheduler.journeys.online.plan_desk import OpenPlan, open_plan
from scheduler.journeys.online.plan_rows import stored_rows
from scheduler.journeys.online.visits import open_to_edit, save_edit
from scheduler.visit_edits import MAIN, VisitEdits, visit_edits

if TYPE_CHECKING:
    from datetime import datetime

    from data.records import Plan
    from data.records.actors import Actor
    from data.store.plans import Version
    from data.store.store import Store
    from scheduler.rulebook import Rulebook
    from scheduler.rules.base import Breach

NOUN = "plan_edits"  # of the kept workbooks
NO_REASONS: Mapping[str, str] = {}
MOST, TRIED = 300, 40  # changes that are judged one by one; that are tried together in parts


@dataclass(frozen=True)
class BookJudged:
    """The changes of an edited workbook.

    Attributes
    ----------
    id : under which the workbook is kept
    rows : every change, and what it breaks when it is the only one
    together : what all of them break together
    lawful : names of those that can be accepted together; none when they are more than `TRIED`
    rulebook : by which they were judged
    """

    id: str
    version: Version
    rows: Sequence[Judged]
    together: Sequence[Breach]
    lawful: Sequence[str]
    rulebook: Rulebook


def keep_book(
    store: Store, by: Actor, at: datetime, plan_id: int, name: str, content: bytes
) -> str:
    """The id of the workbook, which is kept beside the plan; the plan stays as it is.

    Raises
    ------
    data.plan_files.PlanFileError
        The workbook cannot be read.
    Refused
        It is of another plan or of an older state of this one, or the plan is past editing.
    data.store.errors.NotFound
    """
    opened = open_plan(store, plan_id)
    open_to_edit(store, plan_id, opened.version.revision)
    ident = hashlib.sha256(content).hexdigest()[:32] + _suffix(name)
    found = _read(opened, ident, content, NO_REASONS)
    with store.writing(by, at) as work:
        files.put(work.db, NOUN, plan_id, {ident: content})
        work.tell("plan.book_came", "plan", plan_id, {"book": ident, "changes": len(found.edits)})
    return ident


def judge_book(store: Store, plan_id: int, ident: str) -> BookJudged:
    """The changes of a workbook that is kept, against the plan as it is now.

    Raises
    ------
    data.store.errors.NotFound, Refused
    """
    opened = open_plan(store, plan_id)
    return _judged(opened, ident, _read(opened, ident, _kept(store, plan_id, ident), NO_REASONS))


def accept_book(
    store: Store, by: Actor, at: datetime, plan_id: int, revision: int, ident: str,
    accept: Sequence[str], reasons: Mapping[str, str], force: bool = False,
) -> Version:  # fmt: skip
    """The plan with the changes that are accepted: as one edit, which one undo takes back.

    Parameters
    ----------
    accept : rows of the file ("5", "7-9") or ids; "*" for all
    reasons : visit id, or "" for all -> why it is given up

    Raises
    ------
    PlanRefused
        Together they break rules that the plan kept, and are not forced; nothing is saved.
    Refused, data.store.errors.NotFound, data.store.errors.Stale
    """
    opened = open_to_edit(store, plan_id, revision)
    found = _read(opened, ident, _kept(store, plan_id, ident), reasons)
    wanted = list(found.edits) if "*" in accept else chosen(found.edits, ",".join(accept), MAIN)
    if not wanted:
        raise Refused(Message("Chưa chọn thay đổi nào để nhận."))
    silent = [edit.key for edit in wanted if edit.wants_reason]
    if silent:
        raise Refused(Message(
            "Bỏ một cuộc khỏi kế hoạch thì phải ghi lý do: {rows}.", {"rows": ", ".join(silent)}
        ))  # fmt: skip
    broken = new_breaches(opened.breaches_of(found.applied(wanted)), opened.standing)
    if broken and not force:
        raise PlanRefused(list(broken))
    with store.writing(by, at) as work:
        told = {"book": ident, "rows": [edit.key for edit in wanted], "forced": bool(broken)}
        work.tell("plan.edited", "plan", plan_id, told)
        return save_edit(work, opened, stored_rows(opened.sources.now, wanted))


def _kept(store: Store, plan_id: int, ident: str) -> bytes:
    with store.reading() as db:
        return files.read(db, NOUN, plan_id, ident)


def _suffix(name: str) -> str:
    return ".csv" if name.lower().endswith(".csv") else ".xlsx"


def _read(opened: OpenPlan, ident: str, content: bytes, reasons: Mapping[str, str]) -> VisitEdits:
    old, case = opened.plan, opened.desk.case
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"book{_suffix(ident)}"
        path.write_bytes(content)
        new, given = read_edited_plan(path, old.year)
    _refuse_other(old, new)
    found = visit_edits(old, new, given, same_cell, case.calendar, case.rulebook, reasons)
    if len(found.edits) > MOST:
        raise Refused(Message(
            "Sổ tính có {n} dòng thay đổi, nhiều hơn {most}. Sửa từng phần, hoặc lập lại kế hoạch.",
            {"n": len(found.edits), "most": MOST},
        ))  # fmt: skip
    return found


def _refuse_other(old: Plan, new: Plan) -> None:
    ids = [str(plan.facts.get("plan_id", "")) for plan in (old, new)]
    if all(ids) and ids[0] != ids[1]:
        raise Refused(Message(
            "Sổ tính được xuất từ bản {file}, còn kế hoạch bây giờ là bản {plan}. Tải sổ tính mới rồi sửa trên "
            "đó.", {"file": ids[1], "plan": ids[0]},
        ))  # fmt: skip
    if old.year != new.year:
        raise Refused(Message(
            "Sổ tính là của năm {file}, kế hoạch là của năm {plan}.",
            {"file": new.year, "plan": old.year},
        ))  # fmt: skip


def _judged(opened: OpenPlan, ident: str, found: VisitEdits) -> BookJudged:
    def breaches(edits: Sequence[Edit]) -> list[Breach]:
        return opened.breaches_of(found.applied(edits))

    rows, together = judged(found.edits, breaches)
    able: Sequence[Edit] = found.edits
    if together:
        able = lawful_part(found.edits, breaches) if len(found.edits) <= TRIED else ()
    names = [name_of(edit, MAIN) for edit in able if not edit.wants_reason]
    return BookJudged(ident, opened.version, rows, together, names, opened.desk.case.rulebook)
