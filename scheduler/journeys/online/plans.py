"""Yearly plans on the server: asked for, listed, read, judged, compared; their files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data import rulefiles
from data.collation import told_apart
from data.plan_folder import plan_files
from data.store import datasets, files, plan_edits, plans, runs, visits
from data.store.errors import NotFound
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online.lifecycle import Verdict
from scheduler.journeys.online.opened import accepted, open_office
from scheduler.journeys.online.plan_desk import open_plan
from scheduler.journeys.online.plan_work import PLAN, REPLAN
from scheduler.journeys.online.versions import Effort, Living, in_force, living
from scheduler.replan_facts import refusals
from scheduler.rulebook import in_force as rules_in_force
from scheduler.yearly_plan import year_start

if TYPE_CHECKING:
    from datetime import date, datetime

    from data.records.actors import Actor
    from data.store.files import Kept
    from data.store.plans import Version
    from data.store.store import Store

UNIT = Message("đơn vị")
STALE_FILES = Message(
    "Kế hoạch đã được sửa sau khi ghi các tệp. Kiểm tra theo quy tắc để ghi lại tệp rồi tải về."
)


@dataclass(frozen=True)
class Shown(Living):
    """A version as a page shows it, with the number of edits that can be undone."""

    undoable: int


def list_plans(
    store: Store, offset: int, limit: int, *, year: int | None = None, statuses: Collection[str] = ()
) -> tuple[list[Version], int]:  # fmt: skip
    """Versions of yearly plans, newest first, and how many there are."""
    with store.reading() as db:
        return plans.page(db, plans.VISITS, offset, limit, year=year, statuses=statuses)


def one_plan(store: Store, plan_id: int) -> Shown:
    """One version.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        found = living(db, plans.VISITS, plan_id)
        return Shown(found.version, found.people, found.data_changed, plan_edits.count(db, plan_id))


def ask_for_plan(
    store: Store, by: Actor, at: datetime, year: int, effort: Effort, what_if: Mapping[str, Any]
) -> str:
    """A run that makes a plan of the year from the accepted dataset; gives its id.

    Raises
    ------
    Refused
        No dataset has been accepted.
    scheduler.rulebook.TrialRefused
        A what-if value names no rule, or is of another kind.
    """
    rules_in_force(rulefiles.read_rules(), year_start(year), what_if)
    with store.writing(by, at) as work:
        wanted = {
            "year": year, "dataset_id": accepted(work.db).id, "time_limit_s": effort.time_limit_s,
            "seed": effort.seed, "what_if": dict(what_if),
        }  # fmt: skip
        return runs.ask(work, PLAN, wanted)


def ask_for_amendment(
    store: Store, by: Actor, at: datetime, plan_id: int, on: date, max_changes: int | None,
    effort: Effort,
) -> str:  # fmt: skip
    """A run that changes a published plan for the accepted dataset, from a day on; gives its id.

    Raises
    ------
    Refused
        The plan is not in force, the day is not in its year, or no dataset has been accepted.
    data.store.errors.NotFound
    """
    with store.writing(by, at) as work:
        version = in_force(work.db, plans.VISITS, plan_id)
        if on.year != version.year:
            raise Refused(Message(
                "Ngày {day} không thuộc năm {year} của kế hoạch.",
                {"day": f"{on:%d/%m/%Y}", "year": version.year},
            ))  # fmt: skip
        wanted = {
            "plan_id": plan_id, "dataset_id": accepted(work.db).id, "on": on.isoformat(),
            "max_changes": max_changes, "time_limit_s": effort.time_limit_s, "seed": effort.seed,
        }  # fmt: skip
        return runs.ask(work, REPLAN, wanted)


def judge(store: Store, version: Version) -> Verdict:
    """What the checker says of the version on the accepted data; its files anew if it was edited."""
    # only who writes a plan pays for the start of what its Word file needs
    from scheduler.journeys.plan_document import plan_document

    opened = open_plan(store, version.id)
    broken = [refusals(breach) for breach in opened.breaches]
    if broken or not version.edited:
        return Verdict(opened.dataset_id, broken)
    office = opened.desk.case.office
    content = {**plan_files(opened.plan, office), **plan_document(opened.plan, office)}
    return Verdict(opened.dataset_id, (), content)


def risk_of(store: Store, plan_id: int, unit_id: str) -> Mapping[str, Any]:
    """Score, class and parts of a unit's risk, as the plan was made with.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        version = plans.get(db, plans.VISITS, plan_id)
    found: Mapping[str, Any] | None = version.facts.get("risk", {}).get(unit_id)
    if found is None:
        raise NotFound(UNIT, unit_id)
    return found


def names_of(store: Store) -> dict[str, str]:
    """Unit id or inspector id -> name, of the accepted dataset; empty before the first."""
    with store.reading() as db:
        if datasets.current(db) is None:
            return {}
    office = open_office(store)
    units = {unit.unit_id: unit.name for unit in office.units}
    return {**units, **told_apart({who.inspector_id: who.name for who in office.inspectors})}


def files_of(store: Store, plan_id: int) -> tuple[list[Kept], bool]:
    """Files of a plan, and whether they belong to its rows as they are now.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        version = plans.get(db, plans.VISITS, plan_id)
        kept = [f for f in files.listed(db, "plan", plan_id) if not f.name.startswith(plans.MADE)]
        return kept, not version.edited


def file_of(store: Store, plan_id: int, name: str) -> bytes:
    """The content of one file of a plan.

    Raises
    ------
    Refused
        The rows were edited since it was written.
    data.store.errors.NotFound
    """
    with store.reading() as db:
        version = plans.get(db, plans.VISITS, plan_id)
        if name.startswith(plans.MADE):
            raise NotFound(files.WHAT, name)
        if version.edited:
            raise Refused(STALE_FILES)
        return files.read(db, "plan", plan_id, name)


def rows_of(store: Store, plan_id: int) -> tuple[Version, Any]:
    """A version with its rows.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        version = plans.get(db, plans.VISITS, plan_id)
        return version, visits.all_rows(db, plan_id)
