"""Accounts of people who sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from data.store.errors import NotFound, Taken
from data.store.tables.people import accounts as table
from data.words import Message

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from data.store.store import Writing

WHAT = Message("tài khoản")


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in. `password_hash` never leaves the store's users."""

    id: int
    username: str
    name: str
    roles: tuple[str, ...]
    password_hash: str | None
    subject: str | None
    inspector_id: str
    staff_id: str
    lang: str
    active: bool
    made_at: datetime
    password_set_at: datetime | None
    revision: int


def fold_username(username: str) -> str:
    """The form in which user names are compared and kept.

    >>> fold_username(" Lan.Anh ")
    'lan.anh'
    """
    return username.strip().casefold()


def make(
    work: Writing, username: str, name: str, roles: tuple[str, ...], *, password_hash: str | None = None,
    subject: str | None = None, inspector_id: str = "", staff_id: str = "", lang: str = "vi",
) -> int:  # fmt: skip
    """A new account; gives its id.

    Raises
    ------
    Taken
        The user name is in use.
    """
    folded = fold_username(username)
    if work.db.execute(select(table.c.id).where(table.c.username == folded)).first():
        raise Taken(Message("Tên đăng nhập «{name}» đã có người dùng.", {"name": folded}))
    made = work.db.execute(
        insert(table).values(
            username=folded, name=name, roles=list(roles), password_hash=password_hash, subject=subject,
            inspector_id=inspector_id, staff_id=staff_id, lang=lang, active=True, made_at=work.at,
            password_set_at=work.at if password_hash else None, revision=1,
        ).returning(table.c.id)
    ).scalar_one()  # fmt: skip
    work.tell("account.made", "account", made, {"username": folded, "roles": list(roles)})
    return int(made)


def get(db: Connection, account_id: int) -> Account:
    """The account.

    Raises
    ------
    NotFound
    """
    found = db.execute(select(table).where(table.c.id == account_id)).first()
    if found is None:
        raise NotFound(WHAT, account_id)
    return _account(found)


def find(db: Connection, username: str) -> Account | None:
    """The account of this user name, or None."""
    found = db.execute(select(table).where(table.c.username == fold_username(username))).first()
    return _account(found) if found else None


def page(db: Connection, offset: int, limit: int) -> tuple[list[Account], int]:
    """Accounts by user name, and how many there are."""
    total = db.execute(select(func.count()).select_from(table)).scalar_one()
    rows = db.execute(select(table).order_by(table.c.username).offset(offset).limit(limit))
    return [_account(row) for row in rows], total


def _account(row: Row[Any]) -> Account:
    known = dict(row._mapping)
    return Account(
        **{
            **known, "roles": tuple(row.roles), "inspector_id": row.inspector_id or "",
            "staff_id": row.staff_id or "",
        }
    )  # fmt: skip
