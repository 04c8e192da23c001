"""One-time links: the first administrator, and a new password for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from data.records.actors import PROGRAM, Actor
from data.store import accounts, links, sessions, tokens
from data.store.accounts import Account
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online.sign_in_errors import LinkRefused, PasswordUnfit
from scheduler.journeys.online.signing_in import Caller, acting
from scheduler.passwords import faults_of_password

if TYPE_CHECKING:
    from data.passwords import Passwords
    from data.store.store import Store

ADMINISTRATOR = "administrator"  # the role without which nobody can let anybody in


@dataclass(frozen=True)
class NewLink:
    """A link just made: its secret is shown once."""

    token: str
    expires_at: datetime


def first_admin_link(store: Store, at: datetime) -> str | None:
    """The secret of a link that makes the first administrator; None when one can sign in already.

    A new link voids the old one.
    """
    with store.reading() as db:
        if accounts.able(db, ADMINISTRATOR):
            return None
    with store.writing(PROGRAM, at) as work:
        return links.make(work, links.FIRST_ADMIN)


def use_first_admin_link(
    store: Store, passwords: Passwords, token: str, username: str, name: str, password: str,
    at: datetime, caller: Caller,
) -> Account:  # fmt: skip
    """The first administrator's account.

    Raises
    ------
    LinkRefused, PasswordUnfit, data.store.errors.Taken, data.passwords.PasswordsBusy
    """
    with store.reading() as db:
        if not links.is_good(db, token, links.FIRST_ADMIN, at):
            raise LinkRefused
    kept = _hashed(passwords, password, username, name)
    by = Actor(None, accounts.fold_username(username), request_id=caller.request_id)
    with store.writing(by, at) as work:
        if not links.use(work, token, links.FIRST_ADMIN) or accounts.able(
            work.db, ADMINISTRATOR, locked=True
        ):
            raise LinkRefused
        made = accounts.make(work, username, name, (ADMINISTRATOR,), password_hash=kept)
        return accounts.get(work.db, made)


def make_password_link(store: Store, by: Actor, at: datetime, account_id: int) -> NewLink:
    """A link by which this person sets a password, for 24 hours, once; older ones are void.

    Raises
    ------
    data.store.errors.NotFound, Refused
    """
    with store.writing(by, at) as work:
        if not accounts.get(work.db, account_id, locked=True).active:
            raise Refused(Message("Tài khoản này đã khóa. Mở lại trước, rồi mới đặt mật khẩu."))
        return NewLink(links.make(work, links.PASSWORD, account_id), at + links.GOOD_FOR)


def account_of_password_link(store: Store, token: str, at: datetime) -> Account:
    """Whose password a link sets.

    Raises
    ------
    LinkRefused
    """
    with store.reading() as db:
        account_id = links.account_of(db, token, links.PASSWORD, at)
        if account_id is None:
            raise LinkRefused
        return accounts.get(db, account_id)


def use_password_link(
    store: Store, passwords: Passwords, token: str, password: str, at: datetime, caller: Caller
) -> Account:
    """The account with the new password; whoever was signed in with it, and its API tokens, are out.

    Raises
    ------
    LinkRefused, PasswordUnfit, data.passwords.PasswordsBusy
    """
    account = account_of_password_link(store, token, at)
    kept = _hashed(passwords, password, account.username, account.name)
    with store.writing(acting(account, caller), at) as work:
        active = accounts.get(work.db, account.id, locked=True).active
        if not links.use(work, token, links.PASSWORD) or not active:
            raise LinkRefused
        accounts.set_password(work, account.id, kept)
        sessions.end_all(work, account.id)
        tokens.end_all(work, account.id)
        return accounts.get(work.db, account.id)


def _hashed(passwords: Passwords, password: str, username: str, name: str) -> str:
    faults = faults_of_password(password, username, name)
    if faults:
        raise PasswordUnfit(faults)
    return passwords.hash(password)
