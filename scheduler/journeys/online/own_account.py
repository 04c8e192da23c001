"""What people do with their own account: read it, choose a language, change the password."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from data.store import accounts, sessions, sign_ins
from data.store.accounts import Account
from data.store.errors import NotFound
from scheduler.journeys.online.sign_in_errors import PasswordUnfit, WrongPassword
from scheduler.journeys.online.signing_in import Caller, counted_try
from scheduler.passwords import faults_of_password

if TYPE_CHECKING:
    from data.passwords import Passwords
    from data.records.actors import Actor
    from data.store.store import Store


def own_account(store: Store, by: Actor) -> Account:
    """The account of who asks."""
    with store.reading() as db:
        return accounts.get(db, _id(by))


def change_language(store: Store, by: Actor, at: datetime, revision: int, lang: str) -> Account:
    """The account with another language.

    Raises
    ------
    data.store.errors.Stale
    """
    with store.writing(by, at) as work:
        return accounts.change_lang(work, _id(by), revision, lang)


def change_password(
    store: Store, passwords: Passwords, by: Actor, old: str, new: str, at: datetime, caller: Caller,
    session_id: int | None,
) -> None:  # fmt: skip
    """A new password; every session of this person but the present one ends.

    Raises
    ------
    WrongPassword, PasswordUnfit, TooManyFailures, data.passwords.PasswordsBusy
    """
    account = own_account(store, by)
    faults = faults_of_password(new, account.username, account.name)
    if faults:
        raise PasswordUnfit(faults)
    with counted_try(store, account.username, account, at, caller) as attempt:
        if not passwords.fits(account.password_hash, old):
            raise WrongPassword
        kept = passwords.hash(new)
        with store.writing(by, at) as work:
            now = accounts.get(work.db, account.id, locked=True)
            if not now.active or now.password_hash != account.password_hash:
                raise WrongPassword
            sign_ins.good(work.db, attempt)
            accounts.set_password(work, account.id, kept)
            sessions.end_all(work, account.id, but=session_id)


def _id(by: Actor) -> int:
    if by.account_id is None:
        raise NotFound(accounts.WHAT, by.name)
    return by.account_id
