"""What each person's first page shows: what is due, what waits, what is under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.store import boards, datasets, journal, plans, runs
from data.store.boards import DueFinding, EndingDeferral, MonthOfVisits
from data.store.datasets import StoredDataset
from data.store.journal import Line
from data.store.plans import Version
from data.store.runs import Run
from scheduler.journeys.online import people
from scheduler.journeys.online import plans as plans_online
from scheduler.journeys.online.own_calendar import NearVisits, my_near
from scheduler.journeys.online.people import Listing

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.records.actors import Actor
    from data.store.store import Store

SOON, DEFERRALS_SOON = timedelta(days=30), timedelta(days=60)
PRESSING = ("overdue", "due", "due_soon")
SHORT = 6  # rows of a short list
ALIVE = ("draft", "checked", "submitted", "approved", "published")


@dataclass(frozen=True)
class PlansHome:
    """Versions of one kind of plan: how many are in each state, and the newest that are alive."""

    states: dict[str, int]
    newest: list[Version]


@dataclass(frozen=True)
class DataHome:
    """The dataset in use, the newest that came after it, and runs under way."""

    accepted: StoredDataset | None
    newest: StoredDataset | None
    running: list[Run]


@dataclass(frozen=True)
class DueHome:
    """Findings to be remedied: overdue, and due within `SOON`."""

    overdue: list[DueFinding]
    n_overdue: int
    n_soon: int


@dataclass(frozen=True)
class DeferralsHome:
    """Deferrals that end within `DEFERRALS_SOON`."""

    ending: list[EndingDeferral]
    n_ending: int


@dataclass(frozen=True)
class AccountsHome:
    """Accounts: role -> open ones; open and closed ones in all."""

    roles: dict[str, int]
    n_open: int
    n_closed: int


@dataclass(frozen=True)
class JournalHome:
    """The journal's last line, and the newest lines."""

    seq: int
    hash: str
    newest: list[Line]


@dataclass(frozen=True)
class Home:
    """The parts that this person may see; None for the others. `names`: of units and people in short lists."""

    data: DataHome | None = None
    visits_plans: PlansHome | None = None
    month: MonthOfVisits | None = None
    rotations: PlansHome | None = None
    waiting: list[Version] | None = None
    due: DueHome | None = None
    deferrals: DeferralsHome | None = None
    visits: NearVisits | None = None
    accounts: AccountsHome | None = None
    journal: JournalHome | None = None
    names: Mapping[str, str] = field(default_factory=dict)


def home(store: Store, by: Actor, today: date) -> Home:
    """What this person's first page shows on a day."""
    with store.reading() as db:
        found = Home(
            data=_data(db, by) if by.may("datasets.read") else None,
            visits_plans=_plans(db, plans.VISITS) if by.may("plans.read") else None,
            month=_month(db, today) if by.may("plans.read") else None,
            rotations=_plans(db, plans.MOVES) if by.may("rotations.read") else None,
            waiting=_waiting(db, by),
            due=_due(db, today) if by.may("findings.read") else None,
            deferrals=_deferrals(db, today) if by.may("grounds.read") else None,
            visits=my_near(store, by, today) if by.may("assignments.read") else None,
            accounts=AccountsHome(*boards.account_roles(db)) if by.may("accounts.read") else None,
            journal=_journal(db) if by.may("journal.read") else None,
        )
    return replace(found, names=_names(store, found))


def _names(store: Store, found: Home) -> dict[str, str]:
    names: dict[str, str] = {}
    if found.due and found.due.overdue:
        names |= plans_online.names_of(store)
    if found.deferrals and found.deferrals.ending:
        names |= people.names_of(store, [row.staff_id for row in found.deferrals.ending])
    return names


def people_due(store: Store, by: Actor, today: date, lang: str) -> Listing | None:
    """Officials whose time is up, or soon will be, and how many stand where; None without a dataset."""
    with store.reading() as db:
        if datasets.current(db) is None:
            return None
    return people.list_people(store, by, today, lang, 0, SHORT, standings=PRESSING)


def _data(db: Connection, by: Actor) -> DataHome:
    found, _ = datasets.page(db, 0, 1)
    running, _ = runs.page(db, 0, SHORT, account_id=by.account_id, statuses=runs.OPEN)
    return DataHome(datasets.current(db), found[0] if found else None, running)


def _plans(db: Connection, kind: str) -> PlansHome:
    newest, _ = plans.page(db, kind, 0, SHORT, statuses=ALIVE)
    return PlansHome(boards.plan_states(db, kind), newest)


def _month(db: Connection, today: date) -> MonthOfVisits | None:
    first = today.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return boards.month_of_visits(db, first, last)


def _waiting(db: Connection, by: Actor) -> list[Version] | None:
    kinds = [
        kind
        for kind, right in ((plans.VISITS, "plans.approve"), (plans.MOVES, "rotations.approve"))
        if by.may(right)
    ]
    if not kinds:
        return None
    return [
        row for kind in kinds for row in plans.page(db, kind, 0, 20, statuses=("submitted",))[0]
    ]


def _due(db: Connection, today: date) -> DueHome:
    overdue, n_overdue = boards.due_findings(db, None, today - timedelta(days=1), SHORT)
    _, n_soon = boards.due_findings(db, today, today + SOON, 0)
    return DueHome(overdue, n_overdue, n_soon)


def _deferrals(db: Connection, today: date) -> DeferralsHome:
    return DeferralsHome(*boards.ending_deferrals(db, today, today + DEFERRALS_SOON, SHORT))


def _journal(db: Connection) -> JournalHome:
    newest, _ = journal.lines(db, limit=SHORT + 4)
    return JournalHome(*journal.head(db), newest)
