"""What people see of their own account on one page: devices, tokens, calendar address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from data.store.accounts import Account
from data.store.sessions import Session
from data.store.tokens import ApiToken
from scheduler.journeys.online import feeds, own_account, signing_in, tokens

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.store import Store

MOST = 100  # rows of each list


@dataclass(frozen=True)
class OwnPage:
    """One's own account. `feed_made_at`: when the calendar's address was made; None when there is none."""

    account: Account
    sessions: list[Session]
    tokens: list[ApiToken]
    feed_made_at: datetime | None
    has_calendar: bool


def own_page(store: Store, by: Actor, at: datetime, idle: timedelta) -> OwnPage:
    """The account of who asks, with everything that lets somebody in under its name."""
    sessions, _ = signing_in.list_sessions(store, by, at, idle, 0, MOST)
    kept, _ = tokens.list_tokens(store, by, at, 0, MOST)
    calendar = by.may("assignments.read") and bool(by.inspector_id)
    return OwnPage(
        own_account.own_account(store, by), sessions, kept,
        feeds.feed_made_at(store, by) if calendar else None, calendar,
    )  # fmt: skip
