"""An inspector's calendar under a private address: made, renewed, ended, read without signing in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version as program
from itertools import groupby
from typing import TYPE_CHECKING

from data.exports.ics import feed
from data.exports.ics_changes import amended
from data.records import Inspector, Office, Plan
from data.store import accounts, assignments, dataset_rows, feeds, plans
from data.store.errors import NotFound
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online.assignments import unit_of
from scheduler.journeys.online.stored_plans import visit_plan

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.records.actors import Actor
    from data.store.accounts import Account
    from data.store.plans import Version
    from data.store.store import Store

WHAT = Message("lịch")
NO_IDENT = "…"  # the address is a secret: no answer and no log repeats it
May = Callable[["Account"], bool]


@dataclass(frozen=True)
class Read:
    """A calendar with its tag; no content when the reader has this state already."""

    tag: str
    content: bytes | None


def renew_feed(store: Store, by: Actor, at: datetime) -> str:
    """A new secret for the address of the own calendar; the old one is void.

    Raises
    ------
    Refused
        The account is not tied to an inspector.
    """
    if not by.inspector_id or by.account_id is None:
        raise Refused(Message(
            "Tài khoản này chưa gắn với người đi kiểm tra nào, nên không có lịch. Hỏi người quản trị."
        ))  # fmt: skip
    with store.writing(by, at) as work:
        return feeds.renew(work, by.account_id)


def end_feed(store: Store, by: Actor, at: datetime) -> None:
    """The address of the own calendar is void."""
    assert by.account_id is not None
    with store.writing(by, at) as work:
        feeds.end(work, by.account_id)


def feed_made_at(store: Store, by: Actor) -> datetime | None:
    """When the address that is good was made; None when there is none."""
    assert by.account_id is not None
    with store.reading() as db:
        return feeds.made_at(db, by.account_id)


def read_feed(store: Store, token: str, may: May, known: str | None = None) -> Read:
    """The calendar of a secret address: visits of plans in force, moved and cancelled ones told as such.

    Parameters
    ----------
    may : whether an account may still see its assignments
    known : tag of the state that the reader has

    Raises
    ------
    data.store.errors.NotFound
        No such address, the account is shut, or it may see no assignments: all in the same words.
    """
    with store.reading() as db:
        account = _owner(db, token, may)
        tag = _tag(account, plans.marks(db, plans.VISITS, assignments.EVER))
        if known == tag:
            return Read(tag, None)
        issued = plans.issued(db, plans.VISITS, assignments.EVER)
        years = [list(versions) for _, versions in groupby(issued, key=lambda v: v.year)]
        parts = [_year(db, versions) for versions in years if _stands(versions)]
    who = account.inspector_id
    name = next((i.name for _, office in reversed(parts) for i in office.inspectors
                 if i.inspector_id == who), account.name)  # fmt: skip
    return Read(tag, feed(parts, who, name, account.lang))


def _owner(db: Connection, token: str, may: May) -> Account:
    found = feeds.owner(db, token)
    account = accounts.get(db, found) if found is not None else None
    if account is None or not account.active or not account.inspector_id or not may(account):
        raise NotFound(WHAT, NO_IDENT)
    return account


def _tag(account: Account, marks: list[tuple[int, str, int]]) -> str:
    """Tells one state of the calendar from another without making it."""
    state = [program("congvu"), account.inspector_id, account.name, account.lang, marks]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()[:32]


def _stands(versions: list[Version]) -> bool:
    return any(version.status in assignments.IN_FORCE for version in versions)


def _year(db: Connection, versions: list[Version]) -> tuple[Plan, Office]:
    """A year's plan in force, told against each version that was in force before it."""
    first, *others = versions
    plan = replace(visit_plan(db, first), facts={})  # nobody had an event before the first
    for version in others:
        plan = amended(visit_plan(db, version), plan)
    dataset = versions[-1].checked_on_id or versions[-1].dataset_id
    units = dataset_rows.rows_of(db, dataset, "units")
    people = dataset_rows.rows_of(db, dataset, "inspectors")
    return plan, Office(
        units=tuple(unit_of(row, row["unit_id"], "") for row in units),
        inspectors=tuple(Inspector(row["inspector_id"], row["name"], "") for row in people),
    )
