"""Plans that were edited in Excel: what changed, what it breaks, and a new plan of what is accepted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data import rulefiles
from data.calendar import WorkCalendar
from data.drop_reasons import BY_HAND, reason_again
from data.exports.book import in_cell
from data.exports.ics_changes import amended
from data.plan_folder import refuse_strangers, write_plan
from data.plan_in import read_edited_plan, read_plan
from data.raw import clean
from data.records import Plan, RotationPlan
from data.rotation_folder import refuse_rotation_strangers, write_rotation
from data.rotation_in import is_rotation, read_edited_rotation, read_rotation
from data.words import Message
from scheduler.audit import audit
from scheduler.edits import (
    Edit,
    Judged,
    chosen,
    journal,
    judged,
    lawful_part,
    name_of,
    new_breaches,
)
from scheduler.errors import Refused
from scheduler.journeys.edited import edited_rotation, edited_year
from scheduler.journeys.rotation import as_asked, open_rotation, rotation_view
from scheduler.journeys.year import open_year, plan_view
from scheduler.move_edits import move_edits
from scheduler.rotation_audit import audit_rotation
from scheduler.rulebook import Rulebook, in_force
from scheduler.visit_edits import visit_edits
from scheduler.yearly_plan import year_start

if TYPE_CHECKING:
    from scheduler.rules.base import Breach


@dataclass(frozen=True)
class EditsAsk:
    """What is asked for.

    Attributes
    ----------
    file, plan : the edited workbook (or CSV), and the folder of the plan that it came from
    dataset : for judging; without it the changes are only listed
    accept : rows and ids ("5,7-9"), "*" for all, None to show only
    reasons : visit or move id, or "" for all -> why it is given up
    out : folder of the new plan
    by, on : who decided and when, for the journal
    """

    file: Path
    plan: Path
    dataset: Path | None = None
    accept: str | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    out: Path | None = None
    by: str = ""
    on: date | None = None


@dataclass(frozen=True)
class EditsShown:
    """What was found, and what became of it.

    Attributes
    ----------
    main : name of the table whose rows are named by their number
    rows : every change; `alone` is empty when there is no dataset
    together : what all changes, or the accepted ones, break together
    accepted, refused : the changes taken and left; both empty when only shown
    lawful : names of changes that could be accepted together, when the accepted ones could not
    plan, folder : the new plan, when one was written
    """

    main: str
    rows: Sequence[Judged]
    together: Sequence[Breach]
    judged: bool
    accepted: Sequence[Edit] = ()
    refused: Sequence[Edit] = ()
    lawful: Sequence[str] = ()
    plan: Plan | RotationPlan | None = None
    folder: Path | None = None

    @property
    def unlawful(self) -> bool:
        """Whether something was accepted that cannot be: nothing was written then."""
        return bool(self.accepted) and self.plan is None


def import_edits(ask: EditsAsk) -> EditsShown:
    """The changes of an edited workbook, judged; those accepted as a new plan in its own folder.

    Raises
    ------
    data.plan_files.PlanFileError
        The workbook or the plan cannot be read, or the folder `out` holds something else.
    data.faults.DatasetError
        The dataset has faults.
    Refused
        The workbook is of another plan; something is asked for that is not there.
    """
    if ask.accept is not None and (ask.dataset is None or ask.out is None):
        raise Refused(
            Message("Muốn nhận thay đổi cần có bộ dữ liệu (--data) và thư mục mới (--out).")
        )
    return _rotation_edits(ask) if is_rotation(ask.plan) else _visit_edits(ask)


def same_cell(old: Any, new: Any) -> bool:
    """Whether a workbook that was never touched would give the new value back for the old one."""
    if isinstance(old, str) and isinstance(new, str):
        return old == new or new in (clean(in_cell(old)), clean(in_cell(reason_again(old))))
    return bool(old == new)


def _visit_edits(ask: EditsAsk) -> EditsShown:
    # only who writes a plan pays for the start of what its Word file needs
    from scheduler.journeys.plan_document import plan_document

    if ask.out is not None:
        refuse_strangers(ask.out)
    old = read_plan(ask.plan)
    new, given = read_edited_plan(ask.file, old.year)
    _same_plan(old, new)
    trial = old.facts.get("birth", {}).get("trial") or {}
    desk = open_year(ask.dataset, old.year, trial) if ask.dataset else None
    calendar = desk.case.calendar if desk else WorkCalendar()
    rules = desk.case.rulebook if desk else _rules(old.year)
    found = visit_edits(old, new, given, same_cell, calendar, rules, ask.reasons)
    if desk is None:
        return EditsShown("visits", [Judged(e, ()) for e in found.edits], (), judged=False)
    opened = desk

    def breaches(edits: Sequence[Edit]) -> list[Breach]:
        return audit(plan_view(found.applied(edits), opened))

    def put(edits: Sequence[Edit], folder: Path) -> Plan:
        plan = edited_year(old, found.applied(edits), _told(old, edits, ask), opened.case)
        plan = amended(plan, old)
        office = opened.case.office
        write_plan(plan, office, folder, more=plan_document(plan, office))
        return plan

    return _decided(ask, "visits", found.edits, breaches, put)


def _rotation_edits(ask: EditsAsk) -> EditsShown:
    # only who writes a plan pays for the start of what its Word file needs
    from scheduler.journeys.plan_document import plan_document

    if ask.out is not None:
        refuse_rotation_strangers(ask.out)
    old = read_rotation(ask.plan)
    new, given = read_edited_rotation(ask.file, old.year)
    _same_plan(old, new)
    desk = open_rotation(as_asked(old, ask.dataset)) if ask.dataset else None
    rules = desk.case.rulebook if desk else _rules(old.year)
    clocks = rotation_view(desk, old).clocks if desk else {}
    latest = {who: clock.latest for who, clock in clocks.items()}
    due = frozenset(desk.case.part("due")) if desk else frozenset()
    letters = int(rules.value(BY_HAND))
    found = move_edits(old, new, given, same_cell, latest, due, letters, ask.reasons)
    if desk is None:
        return EditsShown("moves", [Judged(e, ()) for e in found.edits], (), judged=False)
    view, opened = rotation_view(desk, old), desk

    def breaches(edits: Sequence[Edit]) -> list[Breach]:
        return audit_rotation(replace(view, plan=found.applied(edits)))

    def put(edits: Sequence[Edit], folder: Path) -> RotationPlan:
        plan = edited_rotation(old, found.applied(edits), _told(old, edits, ask), opened.case)
        office = opened.case.office
        write_rotation(plan, office, folder, more=plan_document(plan, office))
        return plan

    return _decided(ask, "moves", found.edits, breaches, put)


def _rules(year: int) -> Rulebook:
    return in_force(rulefiles.read_rules(), year_start(year))


def _same_plan(old: Plan | RotationPlan, new: Plan | RotationPlan) -> None:
    ids = [plan.facts.get("plan_id", "") for plan in (old, new)]
    if all(ids) and ids[0] != ids[1]:
        raise Refused(Message(
            "Sổ tính được xuất từ kế hoạch {file}, không phải từ kế hoạch {plan}. "
            "Chỉ đến thư mục của kế hoạch {file}.", {"file": ids[1], "plan": ids[0]},
        ))  # fmt: skip
    if old.year != new.year:
        raise Refused(Message(
            "Sổ tính là của năm {file}, kế hoạch là của năm {plan}.",
            {"file": new.year, "plan": old.year},
        ))  # fmt: skip


def _decided(
    ask: EditsAsk,
    main: str,
    edits: Sequence[Edit],
    breaches: Callable[[Sequence[Edit]], list[Breach]],
    put: Callable[[Sequence[Edit], Path], Plan | RotationPlan],
) -> EditsShown:
    """The changes judged, and those accepted written if they break nothing."""
    rows, together = judged(edits, breaches)
    if ask.accept is None or ask.out is None:
        return EditsShown(main, rows, together, judged=True)
    wanted = list(edits) if ask.accept == "*" else chosen(edits, ask.accept, main)
    silent = [name_of(edit, main) for edit in wanted if edit.wants_reason]
    if silent:
        raise Refused(Message(
            "Bỏ một cuộc hoặc một lượt thì phải có lý do: {rows}. Thêm --reason MÃ=LÝ_DO, hoặc --reason "
            "LÝ_DO cho mọi dòng.", {"rows": ", ".join(silent)},
        ))  # fmt: skip
    refused = [edit for edit in edits if edit not in wanted]
    broken = new_breaches(breaches(wanted), breaches(()))
    if broken:
        able = [e for e in lawful_part(wanted, breaches) if not e.wants_reason]
        lawful = [name_of(edit, main) for edit in able]
        return EditsShown(main, rows, broken, True, wanted, refused, lawful)
    if not wanted:
        return EditsShown(main, rows, (), True)
    plan = put(wanted, ask.out)
    return EditsShown(main, rows, (), True, wanted, refused, (), plan, ask.out)


def _told(old: Plan | RotationPlan, edits: Sequence[Edit], ask: EditsAsk) -> list[dict[str, Any]]:
    """The accepted changes for the journal of the new plan."""
    on = ask.on.isoformat() if ask.on else ""
    return journal(edits, str(old.facts.get("plan_id", "")), ask.by, on)
