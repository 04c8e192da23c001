"""Questions to a saved plan: opened beside its data, answered from the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from data.exports.answer_page import answer_page
from data.plan_folder import read_plan
from data.rotation_folder import read_rotation
from data.rotation_in import is_rotation
from data.whole_folder import put_file
from data.words import Message
from scheduler.derivation import sentences_of
from scheduler.errors import Refused
from scheduler.journeys.rotation import as_asked, open_rotation
from scheduler.journeys.year import opened_as_made
from scheduler.near import known
from scheduler.plan_numbers import PlannedYear, planned_year
from scheduler.rotation_numbers import PlannedRotation, planned_rotation
from scheduler.why.inspector import why_inspector
from scheduler.why.staff import why_move, why_staff
from scheduler.why.unit import why_unit
from scheduler.why.visit import why_visit

if TYPE_CHECKING:
    from scheduler.why.answer import Answer

VISIT, UNIT = Message("cuộc kiểm tra"), Message("đơn vị")
INSPECTOR, STAFF = Message("cán bộ kiểm tra"), Message("người trong bảng staff")
MOVE = Message("chuyển đổi")


@dataclass(frozen=True)
class AskAbout:
    """What a question is about: exactly one of these ids is given."""

    visit: str = ""
    unit: str = ""
    inspector: str = ""
    move: str = ""
    staff: str = ""

    @property
    def given(self) -> list[str]:
        """Names of the fields that hold an id."""
        return [name for name, value in vars(self).items() if value]


def why(plan: Path, dataset: Path, ask: AskAbout) -> Answer:
    """Why a visit, a unit, an inspector, a move or somebody is as it is in a plan.

    Raises
    ------
    Refused
        The id is unknown, or the plan is of the other kind; near names are suggested.
    data.plan_folder.PlanFileError, data.faults.DatasetError
        Plan or dataset cannot be read.
    """
    _one_of(ask)
    if is_rotation(plan):
        return _about_rotation(open_planned_rotation(plan, dataset), ask)
    return about_year(open_planned_year(plan, dataset), ask)


def write_answer(answer: Answer, out: Path, lang: str) -> None:
    """The answer as one HTML page.

    Raises
    ------
    Refused
        The file is of another kind.
    """
    if out.suffix.lower() not in (".html", ".htm"):
        raise Refused(
            Message(
                "Không ghi được loại tệp «{suffix}». Chọn .html.",
                {"suffix": out.suffix or out.name},
            )
        )
    put_file(out, answer_page(answer.as_json(), lang).encode())


def open_planned_year(plan: Path, dataset: Path) -> PlannedYear:
    """A yearly plan or a scenario beside its year, with what it says it was made with."""
    read = read_plan(plan, scenarios=True)
    desk = opened_as_made(dataset, read)
    return planned_year(read, desk.case, desk.risk)


def open_planned_rotation(plan: Path, dataset: Path) -> PlannedRotation:
    """A rotation plan beside its year."""
    read = read_rotation(plan)
    desk = open_rotation(as_asked(read, dataset))
    return planned_rotation(read, desk.case, desk.problem)


def visit_number(year: PlannedYear, visit_id: str) -> int:
    """Number of a visit of the year by its id."""
    units = {o.visit_id: year.case.units[o.unit_id].name for o in year.case.owed}
    return year.number[known(visit_id, units, VISIT)]


def unit_of(year: PlannedYear, unit_id: str) -> str:
    """A unit by id or name."""
    return known(unit_id, {u.unit_id: u.name for u in year.case.office.units}, UNIT)


def inspector_number(year: PlannedYear, inspector_id: str) -> int:
    """Number of an inspector by id or name."""
    names = {w.inspector_id: w.name for w in year.case.office.inspectors}
    return year.case.inspector_number[known(inspector_id, names, INSPECTOR)]


def staff_of(year: PlannedRotation, staff_id: str) -> str:
    """Somebody of the staff table by id or name."""
    return known(staff_id, {w.staff_id: w.name for w in year.case.office.staff}, STAFF)


def notes_on(facts: dict[str, Any], digest: str, faults: int = 0) -> tuple[Message, ...]:
    """What a reader must know before an answer: a trial, other data, a plan that breaks rules."""
    birth = facts.get("birth", {})
    found = []
    if facts.get("scenario"):
        words = {"name": facts["scenario"].get("name", "")}
        found.append(Message("Đây là kịch bản thử «{name}», không phải kế hoạch.", words))
    elif birth.get("trial"):
        found.append(Message("Kế hoạch thử: có giá trị quy tắc không phải của văn bản."))
    if birth.get("data", digest) != digest:
        found.append(Message("Kế hoạch được lập từ bộ dữ liệu khác với bộ dữ liệu này."))
    if faults:
        words = {"n": faults}
        found.append(Message("Theo dữ liệu này kế hoạch có {n} vi phạm: xem congvu audit.", words))
    return tuple(found)


def year_notes(year: PlannedYear) -> tuple[Message, ...]:
    """The notes on a yearly plan."""
    own = [fault for fault in year.faults if not fault.startswith("pin:0:")]  # of a wish for a unit
    faults = len(own) + len(year.strange)
    return notes_on(year.plan.facts, year.case.office.digest, faults)


def _one_of(ask: AskAbout) -> None:
    if len(ask.given) != 1:
        raise Refused(
            Message("Hỏi về đúng một điều: --visit, --unit, --inspector, --move hoặc --staff.")
        )


def about_year(year: PlannedYear, ask: AskAbout) -> Answer:
    """The answer about a visit, a unit or an inspector of a yearly plan that is already open.

    Raises
    ------
    Refused
    """
    if ask.visit:
        answer = why_visit(year, visit_number(year, ask.visit))
    elif ask.unit:
        answer = why_unit(year, unit_of(year, ask.unit))
    elif ask.inspector:
        answer = why_inspector(year, inspector_number(year, ask.inspector))
    else:
        raise Refused(
            Message("Đây là kế hoạch kiểm tra năm: hỏi --visit, --unit hoặc --inspector.")
        )
    return replace(answer, notes=year_notes(year))


def _about_rotation(year: PlannedRotation, ask: AskAbout) -> Answer:
    if ask.move:
        rows = {m.move_id: year.person(m.staff_id) for m in year.plan.moves}
        move_id = known(ask.move, rows, MOVE)
        move = next(m for m in year.plan.moves if m.move_id == move_id)
        answer = why_move(year, move, clock_of(year, move.staff_id))
    elif ask.staff:
        staff_id = staff_of(year, ask.staff)
        answer = why_staff(year, staff_id, clock_of(year, staff_id))
    else:
        raise Refused(Message("Đây là kế hoạch chuyển đổi: hỏi --move hoặc --staff."))
    return replace(answer, notes=notes_on(year.plan.facts, year.case.office.digest))


def clock_of(year: PlannedRotation, staff_id: str) -> list[tuple[str, str]]:
    """The derivation of somebody's dates, each step in Vietnamese and in English, in the plan's reading."""
    flags = year.case.flags
    mine = np.flatnonzero((flags.frame["staff_id"] == staff_id).to_numpy())
    readings = flags.frame["reading"].to_numpy(object)[mine]
    row = mine[readings == year.case.reading][:1] if len(mine) > 1 else mine[:1]
    if not len(row):
        row = mine[:1]
    said: Iterator[list[list[str]]] = (
        list(sentences_of(flags, row, lang)) for lang in ("vi", "en")
    )
    vi, en = said
    return list(zip(vi[0], en[0], strict=True)) if vi else []
