"""Rows of another body's plan, taken by a person: their days become part of a new dataset to be accepted."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from data.columns import fold
from data.faults import DatasetError, Fault
from data.proposals import Taken, blackouts_csv
from data.records import Blackout
from data.store import datasets, other_plans
from data.store.other_plans import Decision
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online.datasets import put_upload
from scheduler.journeys.online.opened import accepted, open_office
from scheduler.journeys.online.other_plans import WAITING, blackout_of, show_other_plan

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection

    from data.records.actors import Actor
    from data.store.datasets import StoredDataset
    from data.store.other_plans import StoredOtherPlan
    from data.store.store import Store, Writing
    from scheduler.journeys.online.other_plans import OtherPlanShown

TABLE = "blackouts.csv"
MOST_PLANS = 10_000
NO_UNIT = Message("Chọn đơn vị của ta, hoặc chọn «không phải đơn vị của ta».")
OVER = Message(
    "Bộ dữ liệu đang dùng vừa được thay; chưa ghi gì. Mở lại trang để xem trên bộ mới, rồi xác nhận lại."
)


@dataclass(frozen=True)
class Choice:
    """What a person says of one row.

    Attributes
    ----------
    unit : id of our unit, or its name; "" when `ours` is false
    start, end : the days on which the other body is there
    """

    number: int
    unit: str
    start: date | None
    end: date | None
    ours: bool = True


@dataclass(frozen=True)
class RowsTaken:
    """The plan with its decisions, and the dataset that brings the days, when there are new ones."""

    plan: StoredOtherPlan
    taken: int
    foreign: int
    dataset: StoredDataset | None


def take_rows(
    store: Store, by: Actor, at: datetime, other_plan_id: int, revision: int, choices: Sequence[Choice]
) -> RowsTaken:  # fmt: skip
    """Exactly these rows decided; their days, and those that wait from before, as a dataset being checked.

    What the accepted data have stays. Nothing is in use before somebody accepts the new dataset.

    Raises
    ------
    data.faults.DatasetError
        With every row that lacks a unit or its days; nothing is saved.
    Refused
        Nothing is chosen, a row is not there or in the data already, another dataset was just accepted.
    data.store.errors.NotFound, data.store.errors.Stale
    """
    with store.reading() as db:
        other_plans.at_revision(db, other_plan_id, revision)
        base = accepted(db).id
    shown, office = show_other_plan(store, other_plan_id), open_office(store)
    _refuse_odd(shown, [choice.number for choice in choices])
    decided = _decided(shown, choices, by, at)
    with store.writing(by, at) as work:
        datasets.lock(work)
        if accepted(work.db).id != base:
            raise Refused(OVER)
        plan = other_plans.at_revision(work.db, other_plan_id, revision)
        made = _dataset(work, plan, decided, office.blackouts)
        into = made.id if made else None
        now = other_plans.decide(
            work, plan, [replace(d, dataset_id=into if d.unit_id else None) for d in decided]
        )
        foreign = sum(not d.unit_id for d in decided)
        told = {
            "taken": [d.number for d in decided if d.unit_id],
            "foreign": [d.number for d in decided if not d.unit_id],
            "dataset": made.id if made else None,
        }
        work.tell("other_plan.decided", other_plans.NOUN, plan.id, told)
    return RowsTaken(now, len(decided) - foreign, foreign, made)


def unit_of(names: Mapping[str, str], written: str) -> str:
    """The id of the unit that somebody wrote: its id, "Name (id)", or its name; else the text as it is.

    >>> names = {"00097": "Phường Hồng Hà", "00004": "Phường Ba Đình"}
    >>> unit_of(names, "00004"), unit_of(names, "Phường Hồng Hà (00097)"), unit_of(names, "phuong ba dinh")
    ('00004', '00097', '00004')
    >>> unit_of(names, "Ba Đình")
    'Ba Đình'
    """
    written = written.strip()
    inside = re.search(r"\(([^()]+)\)$", written)
    if written in names or (inside and inside[1] in names):
        return written if written in names else str(inside and inside[1])
    alike = [unit for unit, name in names.items() if fold(name) == fold(written)]
    return alike[0] if len(alike) == 1 else written


def waiting_days(db: Connection, without: Collection[tuple[int, int]]) -> list[Blackout]:
    """Days of every plan in datasets that are not accepted yet, but those of these rows of plans."""
    plans, _ = other_plans.page(db, 0, MOST_PLANS)
    status: dict[int, str] = {}
    found = []
    for plan in reversed(plans):
        for number, decision in plan.decided.items():
            days = blackout_of(decision, plan.body)
            if days is None or decision.dataset_id is None or (plan.id, number) in without:
                continue
            known = status.setdefault(
                decision.dataset_id, datasets.get(db, decision.dataset_id).status
            )
            found += [days] if known in WAITING else []
    return found


def _refuse_odd(shown: OtherPlanShown, numbers: Sequence[int]) -> None:
    states = {row.number: row.state for row in shown.rows}
    if not numbers:
        raise Refused(Message("Chưa xác nhận dòng nào. Đánh dấu ít nhất một dòng."))
    odd = [n for n in numbers if n not in states or numbers.count(n) > 1]
    if odd:
        raise Refused(Message(
            "Không có dòng số {numbers}, hoặc dòng được nêu hai lần.",
            {"numbers": ", ".join(map(str, sorted(set(odd))))},
        ))  # fmt: skip
    over = [n for n in numbers if states[n] == "taken"]
    if over:
        raise Refused(Message(
            "Dòng số {numbers} đã có trong dữ liệu đang dùng. Muốn đổi thì sửa bảng blackouts rồi tải lên.",
            {"numbers": ", ".join(map(str, over))},
        ))  # fmt: skip


def _decided(
    shown: OtherPlanShown, choices: Sequence[Choice], by: Actor, at: datetime
) -> list[Decision]:
    """The choices as decisions; DatasetError with all that lack something."""
    rows = {row.number: row.proposed.row for row in shown.rows}
    faults, found = [], []
    for choice in choices:
        row = rows[choice.number]
        place = row.sheet or shown.plan.name
        if not choice.ours:
            found.append(Decision(choice.number, "", None, None, row.content, None, by.name, at))
        elif not choice.unit.strip():
            faults.append(Fault(place, row.row, "", "", NO_UNIT))
        else:
            unit = unit_of(shown.names, choice.unit)
            taken = Taken(unit, choice.start, choice.end, row.content)
            days = taken.judged(place, row.row, shown.plan.body, shown.names)
            if isinstance(days, Fault):
                faults.append(days)
                continue
            found.append(
                Decision(choice.number, unit, days.start, days.end, days.reason, None, by.name, at)
            )
    if faults:
        raise DatasetError(faults, shown.plan.name)
    return found


def _dataset(
    work: Writing, plan: StoredOtherPlan, decided: Sequence[Decision], there: Sequence[Blackout]
) -> StoredDataset | None:
    """The table of days anew: those there, those that wait in datasets not yet accepted, those decided now."""
    now = [days for d in decided if (days := blackout_of(d, plan.body))]
    waiting = waiting_days(work.db, {(plan.id, d.number) for d in decided})
    known = set(there)
    new = [row for row in dict.fromkeys([*waiting, *now]) if row not in known]
    if not now or not new:
        return None
    name = Message("Kế hoạch của {body}", {"body": plan.body}).say("vi")
    content = blackouts_csv([*there, *new])
    return put_upload(work, f"{name}, {plan.year}", {TABLE: content}, "current")
