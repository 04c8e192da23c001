"""Signing in and out: every try is counted before it is looked at, so that many at once are counted, too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from data.passwords import Passwords, PasswordsBusy
from data.records.actors import Actor
from data.store import accounts, sessions, sign_ins
from data.store.accounts import Account
from scheduler.journeys.online.sign_in_errors import NoAccount, SignInRefused, TooManyFailures
from scheduler.throttle import FORGIVEN, NONE, OF_A_NAME, OF_AN_ADDRESS, Failures

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.store.sessions import Session
    from data.store.store import Store


@dataclass(frozen=True)
class Caller:
    """From where a request comes.

    Attributes
    ----------
    address : of the person, not of our own proxy
    device : what the browser says it is
    """

    address: str
    device: str = ""
    request_id: str = ""


def sign_in(
    store: Store, passwords: Passwords, username: str, password: str, at: datetime, caller: Caller,
    session_hours: int,
) -> tuple[Account, str]:  # fmt: skip
    """The account, and the secret of its new session for the cookie.

    Raises
    ------
    SignInRefused, TooManyFailures, data.passwords.PasswordsBusy
    """
    with store.reading() as db:
        account = accounts.find(db, username)
    kept = account.password_hash if account and account.active else None
    with counted_try(store, username, account, at, caller) as attempt:
        if not passwords.fits(kept, password):
            raise SignInRefused
        assert account is not None
        assert kept is not None
        better = passwords.hash(password) if passwords.is_old(kept) else None
        with store.writing(acting(account, caller), at) as work:
            now = accounts.get(work.db, account.id, locked=True)
            if not now.active or now.password_hash != kept:  # changed while we were hashing
                raise SignInRefused
            sign_ins.good(work.db, attempt)
            if better:
                accounts.rehash(work, account.id, better)
            token = sessions.begin(work, account.id, session_hours, caller.device, caller.address)
    return account, token


def sign_in_vouched(
    store: Store, subject: str, username: str, at: datetime, caller: Caller, session_hours: int
) -> str:
    """The secret of a session for whom the city's own sign-in vouches.

    `username` is the name there: an account entered for «@name» keeps `subject` from now on.

    Raises
    ------
    NoAccount
    """
    with store.reading() as db:
        account = _vouched(db, subject, username)
    if account is None or not account.active:
        nobody = Actor(None, "nobody", request_id=caller.request_id)
        with store.writing(nobody, at) as work:
            told = {"address": caller.address, "by": "oidc"}
            work.tell("sign_in.failed", "account", account.id if account else "", told)
        raise NoAccount(subject)
    with store.writing(acting(account, caller), at) as work:
        now = accounts.get(work.db, account.id, locked=True)
        if not now.active or now.subject != account.subject:  # changed by somebody meanwhile
            raise NoAccount(subject)
        if now.subject != subject:
            accounts.keep_subject(work, account.id, subject)
        return sessions.begin(work, account.id, session_hours, caller.device, caller.address)


def _vouched(db: Connection, subject: str, username: str) -> Account | None:
    if subject.startswith(accounts.BY_NAME):  # would be taken for a name
        return None
    known = accounts.find_subject(db, subject)
    if known or not username.strip():
        return known
    return accounts.find_subject(db, accounts.BY_NAME + username)


def sign_out(store: Store, by: Actor, at: datetime, session_id: int) -> None:
    """The session is over.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.writing(by, at) as work:
        sessions.end(work, by.account_id or 0, session_id)


def list_sessions(
    store: Store, by: Actor, at: datetime, idle: timedelta, offset: int, limit: int
) -> tuple[list[Session], int]:
    """The person's own open sessions, the last used first, and how many there are."""
    with store.reading() as db:
        return sessions.page(db, by.account_id or 0, at, idle, offset, limit)


def end_other_sessions(store: Store, by: Actor, at: datetime, this: int) -> int:
    """End the person's sessions on all other devices; gives how many ended."""
    with store.writing(by, at) as work:
        return sessions.end_all(work, by.account_id or 0, but=this)


def acting(account: Account, caller: Caller) -> Actor:
    """Somebody who is about to sign in, for the journal."""
    return Actor(account.id, account.username, request_id=caller.request_id)


@contextmanager
def counted_try(
    store: Store, username: str, account: Account | None, at: datetime, caller: Caller
) -> Iterator[int]:
    """A try at a password, which counts as failed unless the block marks it as good; gives its id.

    Raises
    ------
    TooManyFailures
        Before the block is entered.
    """
    name = account.username if account else sign_ins.bucket_of(username)
    with store.upkeep() as db:
        sign_ins.one_at_a_time(db)
        wait = _wait(db, name, caller.address, at)
        attempt = 0 if wait else sign_ins.begin(db, name, caller.address, at)
    if wait:
        raise TooManyFailures(wait)
    try:
        yield attempt
    except PasswordsBusy:
        with store.upkeep() as db:
            sign_ins.forget(db, attempt)
        raise
    except Exception:
        _tell_failed(store, name, account, at, caller)
        raise


def _tell_failed(
    store: Store, name: str, account: Account | None, at: datetime, caller: Caller
) -> None:
    """Write the failed try into the journal, and the wait that it starts."""
    nobody = Actor(None, "nobody", request_id=caller.request_id)
    who = ("account", account.id if account else "", {"address": caller.address})
    with store.writing(nobody, at) as work:
        work.tell("sign_in.failed", *who)
        wait = _wait(work.db, name, caller.address, at)
        if wait:
            work.tell("sign_in.locked", *who[:2], {**who[2], "wait_s": round(wait.total_seconds())})


def _wait(db: Connection, name: str, address: str, at: datetime) -> timedelta:
    of_name = Failures(*sign_ins.failures_of_name(db, name, at - OF_A_NAME.counted))
    since = at - OF_AN_ADDRESS.counted
    failed, last = sign_ins.failures_of_address(db, address, since)
    forgiven = FORGIVEN * sign_ins.people_of_address(db, address, since) if failed else 0
    of_address = Failures(failed - forgiven, last)
    return max(NONE, OF_A_NAME.left(of_name, at), OF_AN_ADDRESS.left(of_address, at))
