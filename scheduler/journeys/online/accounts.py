"""Accounts kept by an administrator: listed, made, changed, closed and opened again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from data.store import accounts, datasets, links, sessions, tokens
from data.store.accounts import Account, AccountText
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online.links import ADMINISTRATOR
from scheduler.journeys.online.opened import open_dataset

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.store import Store, Writing

LAST = Message(
    "Đây là người quản trị cuối cùng còn đăng nhập được; chưa lưu gì. Giao quyền quản trị cho người khác trước."
)


def list_accounts(store: Store, offset: int, limit: int) -> tuple[list[Account], int]:
    """A page of the accounts by user name, and how many there are."""
    with store.reading() as db:
        return accounts.page(db, offset, limit)


def one_account(store: Store, account_id: int) -> Account:
    """One account.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        return accounts.get(db, account_id)


def doubts(store: Store, account: Account) -> list[Message]:
    """What keeps somebody from working with this account: no role, or a code that the data do not have."""
    found = []
    if not account.roles:
        found.append(Message("Chưa có vai trò: đăng nhập được nhưng không làm được việc gì."))
    if "inspector" in account.roles and not account.inspector_id:
        found.append(Message("Kiểm tra viên chưa có mã người đi kiểm tra: lịch sẽ trống."))
    with store.reading() as db:
        if datasets.current(db) is None:
            return found
    tables = open_dataset(store).tables
    for code, table, column in (
        (account.inspector_id, "inspectors", "inspector_id"), (account.staff_id, "staff", "staff_id"),
    ):  # fmt: skip
        if code and not (tables[table][column] == code).any():
            found.append(Message("Dữ liệu đang dùng không có ai mang mã «{code}».", {"code": code}))
    return found


def make_account(
    store: Store, by: Actor, at: datetime, username: str, lang: str, text: AccountText
) -> Account:
    """A new account, without a password: the person sets it by a one-time link.

    Raises
    ------
    data.store.errors.Taken
    """
    with store.writing(by, at) as work:
        accounts.able(work.db, ADMINISTRATOR, locked=True)  # one after the other
        accounts.refuse_second_holder(work.db, text.inspector_id, None)
        made = accounts.make(
            work, username, text.name, text.roles, subject=text.subject, lang=lang,
            inspector_id=text.inspector_id, staff_id=text.staff_id,
        )  # fmt: skip
        return accounts.get(work.db, made)


def change_account(
    store: Store, by: Actor, at: datetime, account_id: int, revision: int, text: AccountText
) -> Account:
    """The account with another text; other roles end its sessions, closing it also its tokens and links.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale, data.store.errors.Taken, Refused
    """
    with store.writing(by, at) as work:
        keepers = accounts.able(work.db, ADMINISTRATOR, locked=True)
        was = accounts.get(work.db, account_id, locked=True)
        if text.active and (text.inspector_id != was.inspector_id or not was.active):
            accounts.refuse_second_holder(work.db, text.inspector_id, account_id)
        now = accounts.change(work, account_id, revision, text)
        if [a.id for a in keepers] == [account_id] and not accounts.able(work.db, ADMINISTRATOR):
            raise Refused(LAST)
        _shut_out(work, was, now)
        return now


def _shut_out(work: Writing, was: Account, now: Account) -> None:
    if was.active and not now.active:
        work.tell("account.closed", "account", now.id)
        links.void(work, links.PASSWORD, now.id)
        tokens.end_all(work, now.id)
    if now.active and not was.active:
        work.tell("account.opened", "account", now.id)
    if set(was.roles) != set(now.roles) or was.active != now.active:
        sessions.end_all(work, now.id)
