"""A year of rotation: opened, planned, judged, explained, saved; mended; audited."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data import rulefiles
from data.calendar import WorkCalendar
from data.catalogue import read_catalogue
from data.exports.rotation_public import public_office, public_plan
from data.records import RotationPlan, Unplaced
from data.rotation_folder import read_rotation, refuse_rotation_strangers, write_rotation
from data.tables import read_dataset
from data.words import Message
from scheduler import rotation_reports
from scheduler.errors import NoPlanFound, PlanRefused
from scheduler.joint_case import joint_proposals
from scheduler.joint_plan import proposal_rows
from scheduler.journeys.flags import FLAG_TABLES, WHOLE_CITY
from scheduler.journeys.year import OnProgress
from scheduler.rotation_audit import audit_rotation
from scheduler.rotation_case import RotationCase, rotation_case
from scheduler.rotation_plan import to_moves, to_moves_problem
from scheduler.rotation_view import RotationView, clocks_of
from scheduler.rulebook import in_force
from scheduler.unplaced import NO_POST, relaxations, unplaced_rows
from solver.moves import engine
from solver.settings import Settings

if TYPE_CHECKING:
    from data.dataset import Dataset
    from scheduler.rules.base import Breach
    from solver.moves.problem import MovesProblem
    from solver.moves.result import MovesResult

MUST_MOVE = "must move: "  # begins the note of a result that cannot carry out orders
EXPLAIN_SECONDS = 60.0  # of effort at least, for the reasons of the unplaced
EXPLAIN_SHARE = 0.5  # of the time limit, for the reasons of the unplaced
PUBLIC = "public"  # folder of the public copy, beside the files of the plan


@dataclass(frozen=True)
class RotationAsk:
    """What is asked for: which data, year, day of the plan, reading, trial values, where to."""

    dataset: Path
    year: int
    on: date | None = None
    reading: str | None = None
    trial: Mapping[str, Any] = field(default_factory=dict)
    out: Path = Path("rotation")
    public: bool = False


@dataclass(frozen=True)
class RotationDesk:
    """All that planning a year of rotation needs, opened once."""

    case: RotationCase
    digest: str

    @cached_property
    def problem(self) -> MovesProblem:
        """The year as whole numbers."""
        return to_moves_problem(self.case)


@dataclass(frozen=True)
class Rotated:
    """A saved rotation plan and where it is."""

    plan: RotationPlan
    folder: Path


def open_rotation(ask: RotationAsk) -> RotationDesk:
    """Everything for a year of rotation from a dataset.

    Raises
    ------
    data.faults.DatasetError
        With every fault by table, row and column.
    """
    dataset = read_dataset(ask.dataset, needed=FLAG_TABLES, limits=WHOLE_CITY)
    return rotation_desk(dataset, ask)


def rotation_desk(dataset: Dataset, ask: RotationAsk) -> RotationDesk:
    """The same for a dataset that is already read.

    The rules are those of 1 January of the year, or of the day of the plan when that is later.
    """
    on = ask.on or date(ask.year, 1, 1)
    day = max(on, date(ask.year, 1, 1))
    rulebook = in_force(rulefiles.read_rules(), day, ask.trial)
    office = dataset.office()
    case = rotation_case(
        office, dataset.tables, WorkCalendar(office.calendar), rulebook, read_catalogue(day),
        ask.year, on, ask.reading,
    )  # fmt: skip
    return RotationDesk(case, dataset.digest)


def rotate(ask: RotationAsk, settings: Settings, on_progress: OnProgress | None = None) -> Rotated:
    """A year's rotation plan, checked twice, with a reason for everybody unplaced, saved whole.

    Raises
    ------
    data.faults.DatasetError
        The dataset has faults.
    NoPlanFound
        Stopped before the first plan.
    PlanRefused
        The checker found a breach in the solver's plan; nothing is saved.
    """
    refuse_rotation_strangers(ask.out)
    desk = open_rotation(ask)
    result = engine.solve_moves(desk.problem, settings, on_progress)
    plan = finished_rotation(desk, result, settings, on_progress)
    return saved(desk, plan, ask)


def finished_rotation(
    desk: RotationDesk,
    result: MovesResult,
    settings: Settings,
    on_progress: OnProgress | None = None,
) -> RotationPlan:
    """The solver's answer as a plan with dates, reasons and birth certificate.

    Raises
    ------
    NoPlanFound
        When there is no solution.
    """
    case, problem = desk.case, desk.problem
    if result.solution is None:
        raise NoPlanFound(_why_none(case, result))
    moves = to_moves(case, problem, result.solution)
    unplaced = why_not(desk, result, settings, on_progress)
    birth = birth_of(desk, settings)
    told = rotation_reports.facts(case, problem, result, moves, unplaced)
    told["single"] = proposal_rows(joint_proposals(case, alone(unplaced)))
    plan_id = rotation_id(birth) if result.repeatable else rotation_id(birth, moves)
    return RotationPlan(case.year, moves, unplaced, {"plan_id": plan_id, "birth": birth, **told})


def _why_none(case: RotationCase, result: MovesResult) -> Message:
    """Why there is no plan: stopped too early, or orders of the planner that nothing lawful carries out."""
    if not result.note.startswith(MUST_MOVE):
        return Message("Đã dừng trước khi có kế hoạch đầu tiên; không lưu gì.")
    people = result.note.removeprefix(MUST_MOVE).split(", ")
    rows = [str(pin.row) for pin in case.pins if pin.must and pin.staff_id in people]
    return Message(
        "Không có cách chuyển hợp lệ nào làm được các yêu cầu bắt buộc về: {people} (bảng pins, dòng "
        "{rows}). Sửa hoặc bỏ các dòng đó.",
        {"people": ", ".join(people), "rows": ", ".join(rows)},
    )


def why_not(
    desk: RotationDesk, result: MovesResult, settings: Settings, on_progress: OnProgress | None
) -> tuple[Unplaced, ...]:
    """A row for everybody due whom the plan does not move: reason, rules, what would help."""
    assert result.solution is not None
    problem = desk.problem
    moved = {person for exchange in result.solution.exchanges for person in exchange.people}
    left = [n for n, who in enumerate(problem.people) if who.due and n not in moved]
    if not left:
        return ()
    effort = replace(
        settings, time_limit_s=max(EXPLAIN_SECONDS, EXPLAIN_SHARE * settings.time_limit_s)
    )
    eased = relaxations(desk.case, problem)
    whys = engine.why_unplaced(problem, result.solution, left, eased, effort, on_progress)
    told = {row.staff_id: row for row in unplaced_rows(desk.case, problem, whys)}
    nothing = Message("Chưa tìm được vị trí hợp lệ trong năm; phần giải thích bị dừng giữa chừng.")
    return tuple(
        told.get(who) or Unplaced(who, nothing.say("vi"))
        for who in (problem.people[n].label for n in left)
    )


def alone(unplaced: Sequence[Unplaced]) -> tuple[str, ...]:
    """The unplaced for whom no equivalent post was in reach: a joint plan is to look for one."""
    return tuple(row.staff_id for row in unplaced if set(row.rules) == set(NO_POST))


def saved(desk: RotationDesk, plan: RotationPlan, ask: RotationAsk) -> Rotated:
    """The plan after the checker has found nothing, in its folder, with the public copy if asked.

    Raises
    ------
    PlanRefused
        With every breach; nothing is saved.
    """
    # only who writes a plan pays for the start of what its Word file needs
    from scheduler.journeys.plan_document import plan_document

    breaches = audit_rotation(rotation_view(desk, plan))
    if breaches:
        raise PlanRefused(breaches)
    office = desk.case.office
    write_rotation(plan, office, ask.out, more=plan_document(plan, office))
    if ask.public:
        posted = plan_document(public_plan(plan), public_office(office))
        write_rotation(plan, office, ask.out / PUBLIC, public=True, more=posted)
    return Rotated(plan, ask.out)


def breaches_of(desk: RotationDesk, result: MovesResult) -> list[str]:
    """Ids of the rules that the checker finds broken in a solver's answer; for the benchmark."""
    assert result.solution is not None
    problem = desk.problem
    moves = to_moves(desk.case, problem, result.solution)
    moved = {move.staff_id for move in moves}
    left = tuple(Unplaced(w.label, "-") for w in problem.people if w.due and w.label not in moved)
    view = rotation_view(desk, RotationPlan(desk.case.year, moves, left))
    return sorted({breach.rule for breach in audit_rotation(view)})


def rotation_view(desk: RotationDesk, plan: RotationPlan) -> RotationView:
    """A plan beside the office and the rules, for the checker."""
    case = desk.case
    return RotationView(
        plan=plan, office=case.office, calendar=case.calendar, rulebook=case.rulebook,
        catalogue=case.catalogue, on=case.on, clocks=clocks_of(case.flags, case.reading),
    )  # fmt: skip


def audit_rotation_plan(plan_path: Path, dataset: Path) -> tuple[RotationPlan, str, list[Breach]]:
    """The plan read, the digest of the dataset, and every breach of every move rule.

    The plan is a rotation folder, or a workbook or moves.csv edited by hand; day, reading and trial
    values are those that it says it was made with.

    Raises
    ------
    data.plan_files.PlanFileError
        The plan cannot be read.
    data.faults.DatasetError
        The dataset has faults.
    """
    plan = read_rotation(plan_path)
    desk = open_rotation(as_asked(plan, dataset))
    return plan, desk.digest, audit_rotation(rotation_view(desk, plan))


def as_asked(plan: RotationPlan, dataset: Path) -> RotationAsk:
    """What a plan says that it was made from, for a dataset."""
    told, birth = plan.facts, plan.facts.get("birth", {})
    try:
        on = date.fromisoformat(str(told["on"])) if told.get("on") else None
    except ValueError:
        on = None
    reading = told.get("reading") if told.get("reading") in rotation_reports.READINGS else None
    return RotationAsk(dataset, plan.year, on, reading, birth.get("trial") or {})


def birth_of(desk: RotationDesk, settings: Settings) -> dict[str, Any]:
    """What a plan follows from: the same certificate gives the same plan."""
    effort = {k: v for k, v in asdict(settings).items() if k in ("time_limit_s", "repeatable")}
    case = desk.case
    return {
        "year": case.year, "on": case.on.isoformat(), "reading": case.reading, "data": desk.digest,
        "rules": case.rulebook.digest, "trial": dict(case.rulebook.trial), "seed": settings.seed,
        "version": version("congvu"), "ortools": version("ortools"), "settings": effort,
    }  # fmt: skip


def rotation_id(birth: Mapping[str, Any], rows: Sequence[object] = ()) -> str:
    """Short name of a plan: digest of its birth certificate, and of its rows when they do not follow."""
    facts = json.dumps(birth, sort_keys=True, ensure_ascii=False, default=str)
    content = facts + "".join(map(repr, rows))
    return hashlib.sha256(content.encode()).hexdigest()[:16] + ("-x" if rows else "")
