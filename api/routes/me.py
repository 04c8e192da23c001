"""/me: who I am here, my language, my password."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Response, status
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from api import etags
from api.access import InPerson, SignedIn, rights_of
from api.deps import CallerDep, Now, PasswordsDep, SessionId, StoreDep
from api.etags import Revision
from data.store.accounts import Account
from scheduler.journeys.online import own_account

router = APIRouter(prefix="/me", tags=["me"])


class MeIn(BaseModel):
    """What people say about themselves."""

    model_config = ConfigDict(extra="forbid")

    lang: Literal["vi", "en"] = Field(examples=["vi"])


class MeOut(BaseModel):
    """Who asks, and what this person, or this API token, may do."""

    username: str = Field(examples=["lan.nguyen"])
    name: str = Field(examples=["Nguyễn Thị Lan"])
    roles: list[str] = Field(examples=[["inspector"]])
    rights: list[str] = Field(examples=[["assignments.read", "draws.open", "findings.report"]])
    inspector_id: str = Field(examples=["TV0007"])
    staff_id: str = Field(examples=[""])
    lang: str = Field(examples=["vi"])
    password_set_at: datetime | None = Field(examples=["2027-03-01T02:10:00Z"])


class PasswordChange(BaseModel):
    """A new password, and the present one."""

    model_config = ConfigDict(extra="forbid")

    old: SecretStr = Field(max_length=1000, examples=["năm con vịt bơi"])
    new: SecretStr = Field(max_length=1000, examples=["ba con gà trống"])


def me_out(account: Account, rights: frozenset[str] | None = None) -> MeOut:
    """The account as its owner sees it."""
    return MeOut(
        username=account.username, name=account.name, roles=list(account.roles),
        rights=sorted(rights_of(account.roles) if rights is None else rights),
        inspector_id=account.inspector_id, staff_id=account.staff_id, lang=account.lang,
        password_set_at=account.password_set_at,
    )  # fmt: skip


@router.get("")
def read_me(by: SignedIn, store: StoreDep, response: Response) -> MeOut:
    """Who I am, and what I may do."""
    account = own_account.own_account(store, by)
    etags.mark(response, account.revision)
    return me_out(account, by.rights)


@router.put("")
def change_me(
    by: InPerson, wanted: MeIn, revision: Revision, store: StoreDep, now: Now, response: Response
) -> MeOut:
    """My language."""
    account = own_account.change_language(store, by, now, revision, wanted.lang)
    etags.mark(response, account.revision)
    return me_out(account, by.rights)


@router.put("/password", status_code=status.HTTP_204_NO_CONTENT)
def change_password(
    by: InPerson, wanted: PasswordChange, store: StoreDep, passwords: PasswordsDep, now: Now,
    caller: CallerDep, session_id: SessionId,
) -> None:  # fmt: skip
    """A new password; every other session of mine ends."""
    old, new = wanted.old.get_secret_value(), wanted.new.get_secret_value()
    own_account.change_password(store, passwords, by, old, new, now, caller, session_id)
