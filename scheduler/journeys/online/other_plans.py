"""Plans of other bodies on the server: read, matched to our units, confirmed row by row into a new dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from data.calendar import WorkCalendar
from data.matching.names import Units
from data.matching.old_names import reference_names
from data.other_plan_in import OtherPlan, read_other_plan
from data.proposals import Proposed, Taken
from data.raw import clean
from data.records import Blackout
from data.store import datasets, other_plans
from data.upload_names import checked_table
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online.memory import remembered
from scheduler.journeys.online.opened import open_office

if TYPE_CHECKING:
    from datetime import datetime

    from data.records import Office
    from data.records.actors import Actor
    from data.store.other_plans import Decision, StoredOtherPlan
    from data.store.store import Store

MOST = 1_000  # names in one plan; a city has some 150 bodies
WAITING = (datasets.CHECKING, datasets.READY)
State = Literal["open", "foreign", "taken", "waiting", "lost"]


@dataclass(frozen=True)
class OtherPlanRow:
    """One name in another body's plan.

    Attributes
    ----------
    number : from 1 in reading order
    state : open; foreign (none of our units); taken (in the accepted data); waiting (in a dataset that
        is not accepted yet); lost (its dataset was given up, or its days were taken out since)
    """

    number: int
    proposed: Proposed
    decision: Decision | None
    state: State

    @property
    def unit_id(self) -> str:
        """The unit that was decided, else the one that is proposed; "" for none."""
        return self.decision.unit_id if self.decision else self.proposed.proposal.unit_id

    def taken(self) -> Taken:
        """The row as it was decided, else as it is proposed."""
        read, told = self.proposed.row, self.decision
        if told:
            return Taken(told.unit_id, told.start, told.end, told.reason)
        period = read.period
        start, end = (period.start, period.end) if period else (None, None)
        return Taken(self.unit_id, start, end, read.content)


@dataclass(frozen=True)
class OtherPlanShown:
    """Another body's plan beside our units.

    Attributes
    ----------
    rows : every name that was read, whether matched or not
    skipped : sheet and row of lines that name nothing, such as headings inside the table
    names : unit id -> name
    """

    plan: StoredOtherPlan
    rows: Sequence[OtherPlanRow]
    skipped: Sequence[tuple[str, int]]
    names: Mapping[str, str]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by how sure their unit is, those without days, and those by state."""
        sure = sum(row.proposed.sure for row in self.rows)
        none = sum(not row.proposed.proposal.unit_id for row in self.rows)
        states = [row.state for row in self.rows]
        return {
            "rows": len(self.rows), "sure": sure, "look": len(self.rows) - sure - none, "none": none,
            "undated": sum(row.proposed.row.period is None for row in self.rows),
            **{state: states.count(state) for state in ("open", "foreign", "taken", "waiting", "lost")},
        }  # fmt: skip


def keep_other_plan(
    store: Store, by: Actor, at: datetime, name: str, content: bytes, body: str, year: int
) -> int:
    """The id of another body's plan, kept as it came; nothing of ours changes.

    Raises
    ------
    data.upload_names.UploadRefused, data.faults.DatasetError
        The file is no table, cannot be read, or has no column of units and times.
    Refused
        No dataset has been accepted, no body is named, or the table names nobody or too many.
    """
    name, body = checked_table(name, content), " ".join(clean(body).split())
    if not body or not body.isprintable():
        raise Refused(Message("Ghi tên cơ quan có kế hoạch này."))
    found = _read(name, content, year, open_office(store))
    if not found.rows or len(found.rows) > MOST:
        raise Refused(Message(
            "Bảng nêu {n} tên đơn vị; cần từ 1 đến {most}. Xem lại cột tên đơn vị, hoặc chia tệp.",
            {"n": len(found.rows), "most": MOST},
        ))  # fmt: skip
    with store.writing(by, at) as work:
        return other_plans.add(work, name, content, body, year, len(found.rows))


def list_other_plans(store: Store, offset: int, limit: int) -> tuple[list[StoredOtherPlan], int]:
    """Plans of other bodies, newest first, and how many there are."""
    with store.reading() as db:
        return other_plans.page(db, offset, limit)


def show_other_plan(store: Store, other_plan_id: int) -> OtherPlanShown:
    """Every row with the unit that it may mean, and what was decided of it.

    Raises
    ------
    data.store.errors.NotFound
    Refused
        No dataset has been accepted.
    """
    with store.reading() as db:
        plan = other_plans.get(db, other_plan_id)
        content = other_plans.content(db, plan)
        sets = {row.dataset_id for row in plan.decided.values() if row.dataset_id is not None}
        status = {found: datasets.get(db, found).status for found in sets}
    office = open_office(store)
    read, proposed = remembered(
        store, ("other plan", plan.id, office.digest),
        lambda: _matched(store, _read(plan.name, content, plan.year, office), office),
    )  # fmt: skip
    there = frozenset(office.blackouts)
    rows = [
        OtherPlanRow(n, row, plan.decided.get(n), _state(plan, n, there, status))
        for n, row in enumerate(proposed, 1)
    ]
    names = {unit.unit_id: unit.name for unit in office.units}
    return OtherPlanShown(plan, rows, read.skipped, names)


def known_bodies(store: Store) -> list[str]:
    """Other bodies that the accepted data name, by name; none before the first dataset."""
    with store.reading() as db:
        if datasets.current(db) is None:
            return []
    return sorted({row.body for row in open_office(store).blackouts if row.body})


def blackout_of(decision: Decision, body: str) -> Blackout | None:
    """The days of a row that was taken for a unit of ours; None for one of nobody of ours."""
    if not decision.unit_id or decision.start is None or decision.end is None:
        return None
    return Blackout(decision.unit_id, decision.start, decision.end, decision.reason, body)


def _state(
    plan: StoredOtherPlan, number: int, there: frozenset[Blackout], status: Mapping[int, str]
) -> State:
    decision = plan.decided.get(number)
    if decision is None:
        return "open"
    days = blackout_of(decision, plan.body)
    if days is None:
        return "foreign"
    if days in there:
        return "taken"
    waits = decision.dataset_id is not None and status[decision.dataset_id] in WAITING
    return "waiting" if waits else "lost"


def _read(name: str, content: bytes, year: int, office: Office) -> OtherPlan:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"plan{Path(name).suffix.lower()}"
        path.write_bytes(content)
        return read_other_plan(path, year, WorkCalendar(office.calendar))


def _matched(store: Store, read: OtherPlan, office: Office) -> tuple[OtherPlan, Sequence[Proposed]]:
    units = remembered(
        store, ("units", office.digest), lambda: Units(office.units, reference_names())
    )
    return replace(read, rows=()), [Proposed(row, units.propose(row.name)) for row in read.rows]
