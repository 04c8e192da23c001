"""Who signs in to the demonstration: one account a role, one password for all, kept in the home folder."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from data.records.actors import Actor
from data.store.accounts import AccountText
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online import accounts, links
from scheduler.journeys.online.signing_in import Caller

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from data.passwords import Passwords
    from data.store.accounts import Account
    from data.store.store import Store

NOTE = "demo.json"  # in the home folder: it also says that everything there is made up
HERE = Caller("127.0.0.1", "congvu demo")
LETTERS = "abcdefghkmnpqrstuvwxyz23456789"  # none that look alike
PEOPLE = {  # role -> user name, name
    "planner": ("ke.hoach", "Cán bộ lập kế hoạch"),
    "hr": ("to.chuc", "Cán bộ tổ chức"),
    "inspector": ("kiem.tra", "Kiểm tra viên"),
    "leader": ("lanh.dao", "Lãnh đạo Sở"),
    "administrator": ("quan.tri", "Quản trị viên"),
    "auditor": ("giam.sat", "Người giám sát"),
}


@dataclass(frozen=True)
class DemoAccount:
    """Somebody whom the sign-in page of a demonstration offers."""

    role: str
    username: str
    name: str


@dataclass(frozen=True)
class SignIns:
    """The accounts of a demonstration and the password of them all."""

    password: str
    accounts: tuple[DemoAccount, ...]


def new_password() -> str:
    """A password that nobody else has: three groups of four, easy to read out."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def write_note(home: Path, sign_ins: SignIns) -> None:
    """Keep the accounts and their password in the home folder, for its owner alone."""
    path = home / NOTE
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(sign_ins), ensure_ascii=False), encoding="utf-8")
    os.chmod(path, 0o600)


def sign_ins(home: Path) -> SignIns | None:
    """The accounts of the demonstration in this home folder; None where there is none.

    Raises
    ------
    Refused
        The note cannot be read.
    """
    path = home / NOTE
    if not path.is_file():
        return None
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        people = tuple(DemoAccount(**one) for one in told["accounts"])
        return SignIns(str(told["password"]), people)
    except (ValueError, TypeError, KeyError) as error:
        raise Refused(Message(
            "Không đọc được tệp «{file}». Xóa cả thư mục «{home}» rồi chạy lại để làm lại từ đầu.",
            {"file": path, "home": home},
        )) from error  # fmt: skip


def make_accounts(
    store: Store, passwords: Passwords, acting: Callable[[Account], Actor], at: datetime, password: str
) -> dict[str, Actor]:  # fmt: skip
    """Role -> who has it; all sign in with this password. The administrator comes first and lets the others in.

    `acting` : an account as the journeys see it, with the rights of its roles

    Raises
    ------
    scheduler.journeys.online.sign_in_errors.PasswordUnfit, Refused
    """
    token = links.first_admin_link(store, at)
    if token is None:
        raise Refused(Message("Thư mục này đã có người quản trị; không làm bản dùng thử trong đó."))
    username, name = PEOPLE["administrator"]
    admin = acting(
        links.use_first_admin_link(store, passwords, token, username, name, password, at, HERE)
    )
    found = {"administrator": admin}
    for role in PEOPLE.keys() - found.keys():
        username, name = PEOPLE[role]
        made = accounts.make_account(store, admin, at, username, "vi", AccountText(name, (role,)))
        link = links.make_password_link(store, admin, at, made.id)
        found[role] = acting(
            links.use_password_link(store, passwords, link.token, password, at, HERE)
        )
    return found


def bind_inspector(
    store: Store, admin: Actor, at: datetime, who: Actor, inspector_id: str, name: str,
    acting: Callable[[Account], Actor],
) -> Actor:  # fmt: skip
    """The inspector's account as somebody whom the plan sends out, with this person's made-up name.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale
    """
    assert who.account_id is not None
    account = accounts.one_account(store, who.account_id)
    text = AccountText(name, account.roles, inspector_id=inspector_id)
    changed = accounts.change_account(store, admin, at, account.id, account.revision, text)
    return acting(changed)


def listed(store: Store, people: Mapping[str, Actor]) -> tuple[DemoAccount, ...]:
    """The accounts in the order in which the pages name the roles."""
    found = []
    for role in PEOPLE:
        who = people[role].account_id
        assert who is not None
        account = accounts.one_account(store, who)
        found.append(DemoAccount(role, account.username, account.name))
    return tuple(found)
