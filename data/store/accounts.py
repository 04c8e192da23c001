"""Accounts of people who sign in."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from data.store.errors import NotFound, Stale, Taken
from data.store.tables.people import accounts as table
from data.words import Message

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from data.store.store import Writing

WHAT = Message("tài khoản")
BY_NAME = "@"  # a subject «@name»: known by its name until it signs in, then by its true subject


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in. `password_hash` never leaves the store's users."""

    id: int
    username: str
    name: str
    roles: tuple[str, ...]
    password_hash: str | None = field(repr=False)
    subject: str | None
    inspector_id: str
    staff_id: str
    lang: str
    active: bool
    made_at: datetime
    password_set_at: datetime | None
    revision: int

    @property
    def can_sign_in(self) -> bool:
        """Whether there is a way in: a password, or the city's own sign-in."""
        return self.active and bool(self.password_hash or self.subject)


@dataclass(frozen=True)
class AccountText:
    """What an administrator says about an account, beside its user name."""

    name: str
    roles: tuple[str, ...]
    inspector_id: str = ""
    staff_id: str = ""
    subject: str | None = None
    active: bool = True


def fold_username(username: str) -> str:
    """The form in which user names are compared and kept.

    >>> fold_username(" Lan.Anh ")
    'lan.anh'
    """
    return unicodedata.normalize("NFC", username.strip().casefold())


def fold_subject(subject: str | None) -> str | None:
    """The form in which subjects are compared and kept: a name as a user name, else as it is.

    >>> fold_subject("@Lan.Anh"), fold_subject("A7-f"), fold_subject("")
    ('@lan.anh', 'A7-f', None)
    """
    if subject and subject.startswith(BY_NAME):
        return BY_NAME + fold_username(subject.removeprefix(BY_NAME))
    return subject or None


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
    _free_subject(work.db, subject)
    made = work.db.execute(
        insert(table).values(
            username=folded, name=name, roles=list(roles), password_hash=password_hash,
            subject=fold_subject(subject), inspector_id=inspector_id, staff_id=staff_id, lang=lang,
            active=True, made_at=work.at, password_set_at=work.at if password_hash else None,
            revision=1,
        ).returning(table.c.id)
    ).scalar_one()  # fmt: skip
    work.tell("account.made", "account", made, {"username": folded, "roles": list(roles)})
    return int(made)


def change(work: Writing, account_id: int, revision: int, text: AccountText) -> Account:
    """The account with another text.

    Raises
    ------
    NotFound, Stale, Taken
    """
    text = replace(text, subject=fold_subject(text.subject))
    was = get(work.db, account_id, locked=True)
    if was.revision != revision:
        raise Stale(WHAT, was.revision)
    if text.subject != was.subject:
        _free_subject(work.db, text.subject)
    _set(work, account_id, **{**asdict(text), "roles": list(text.roles)})
    changed = [name for name, value in asdict(text).items() if value != getattr(was, name)]
    roles = {"roles": list(text.roles), "before": list(was.roles)} if "roles" in changed else {}
    work.tell("account.changed", "account", account_id, {"changed": changed, **roles})
    return get(work.db, account_id)


def change_lang(work: Writing, account_id: int, revision: int, lang: str) -> Account:
    """The account with another language.

    Raises
    ------
    NotFound, Stale
    """
    was = get(work.db, account_id, locked=True)
    if was.revision != revision:
        raise Stale(WHAT, was.revision)
    _set(work, account_id, lang=lang)
    work.tell("account.language", "account", account_id, {"lang": lang})
    return get(work.db, account_id)


def set_password(work: Writing, account_id: int, password_hash: str) -> None:
    """A new password."""
    _set(work, account_id, password_hash=password_hash, password_set_at=work.at)
    work.tell("account.password", "account", account_id)


def rehash(work: Writing, account_id: int, password_hash: str) -> None:
    """The same password, hashed with more work; nobody's revision is stale after it."""
    work.db.execute(
        update(table).where(table.c.id == account_id).values(password_hash=password_hash)
    )
    work.tell("account.rehashed", "account", account_id)


def keep_subject(work: Writing, account_id: int, subject: str) -> None:
    """Who this is to the city's own sign-in, from now on."""
    _set(work, account_id, subject=subject)
    work.tell("account.subject", "account", account_id)


def get(db: Connection, account_id: int, *, locked: bool = False) -> Account:
    """The account; `locked`: nobody else changes it before this transaction ends.

    Raises
    ------
    NotFound
    """
    asked = select(table).where(table.c.id == account_id)
    found = db.execute(asked.with_for_update() if locked else asked).first()
    if found is None:
        raise NotFound(WHAT, account_id)
    return _account(found)


def find(db: Connection, username: str) -> Account | None:
    """The account of this user name, or None."""
    folded = fold_username(username)
    if not folded.isprintable():  # PostgreSQL takes no NUL
        return None
    found = db.execute(select(table).where(table.c.username == folded)).first()
    return _account(found) if found else None


def find_subject(db: Connection, subject: str) -> Account | None:
    """The account of this person of the city's own sign-in, or None."""
    folded = fold_subject(subject) or ""
    if not folded.isprintable():
        return None
    found = db.execute(select(table).where(table.c.subject == folded)).first()
    return _account(found) if found else None


def refuse_second_holder(db: Connection, inspector_id: str, account_id: int | None) -> None:
    """One inspector, one open account: what is entered under either would be everybody's.

    Raises
    ------
    Taken
        Another open account than `account_id` has this inspector id.
    """
    if not inspector_id:
        return
    asked = select(table).where(table.c.inspector_id == inspector_id, table.c.active)
    others = [row for row in db.execute(asked) if row.id != account_id]
    if others:
        raise Taken(
            Message(
                "Mã kiểm tra viên «{id}» đã gắn với tài khoản «{name}». Bỏ mã ở tài khoản ấy, hoặc khóa tài "
                "khoản ấy trước.",
                {"id": inspector_id, "name": others[0].username},
            )
        )


def able(db: Connection, role: str, *, locked: bool = False) -> list[Account]:
    """Accounts of this role that can sign in; `locked`: they stay so until this transaction ends."""
    asked = select(table).where(table.c.active).order_by(table.c.id)
    rows = db.execute(asked.with_for_update() if locked else asked)
    known = [_account(row) for row in rows]
    return [account for account in known if role in account.roles and account.can_sign_in]


def page(db: Connection, offset: int, limit: int) -> tuple[list[Account], int]:
    """Accounts by user name, and how many there are."""
    total = db.execute(select(func.count()).select_from(table)).scalar_one()
    rows = db.execute(select(table).order_by(table.c.username).offset(offset).limit(limit))
    return [_account(row) for row in rows], total


def _set(work: Writing, account_id: int, **values: Any) -> None:
    work.db.execute(
        update(table)
        .where(table.c.id == account_id)
        .values(**values, revision=table.c.revision + 1)
    )


def _free_subject(db: Connection, subject: str | None) -> None:
    if subject and find_subject(db, subject):
        raise Taken(Message("Mã đăng nhập chung này đã gắn với một tài khoản khác."))


def _account(row: Row[Any]) -> Account:
    known = dict(row._mapping)
    return Account(
        **{
            **known, "roles": tuple(row.roles), "inspector_id": row.inspector_id or "",
            "staff_id": row.staff_id or "",
        }
    )  # fmt: skip
