"""/accounts: who can sign in, and with which roles."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Response, status
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api import etags
from api.access import MayReadAccounts, MayWriteAccounts, Role
from api.deps import Now, StoreDep
from api.etags import Revision
from api.fields import Line, RowId, Subject, Username
from api.idempotency import CreationRoute
from api.paging import Listed, PageDep
from data.store.accounts import Account, AccountText
from scheduler.journeys.online import accounts

router = APIRouter(prefix="/accounts", tags=["accounts"], route_class=CreationRoute)


class AccountChange(BaseModel):
    """What an administrator says about an account."""

    model_config = ConfigDict(extra="forbid")

    name: Line = Field(min_length=1, max_length=200, examples=["Nguyễn Thị Lan"])
    roles: Annotated[list[Role], AfterValidator(lambda r: sorted(set(r)))] = Field(
        max_length=10, examples=[["inspector"]]
    )
    inspector_id: Line = Field("", max_length=100, examples=["TV0007"])
    staff_id: Line = Field("", max_length=100, examples=[""])
    subject: Subject = Field(
        "", examples=[""],
        description="who this is to the city's own sign-in: its `sub`; or `@name`, the name there, "
        "which becomes the `sub` at the first sign-in",
    )  # fmt: skip
    active: bool = Field(True, description="false: cannot sign in", examples=[True])

    def text(self) -> AccountText:
        """As the journeys take it."""
        return AccountText(
            self.name, tuple(self.roles), self.inspector_id, self.staff_id, self.subject or None,
            self.active,
        )  # fmt: skip


class AccountIn(AccountChange):
    """A new account; its password is set by a one-time link."""

    username: Username = Field(examples=["lan.nguyen"])
    lang: Literal["vi", "en"] = Field("vi", examples=["vi"])
    active: Literal[True] = Field(True, examples=[True])


class AccountOut(BaseModel):
    """An account."""

    id: int = Field(examples=[7])
    username: str = Field(examples=["lan.nguyen"])
    name: str = Field(examples=["Nguyễn Thị Lan"])
    roles: list[str] = Field(examples=[["inspector"]])
    inspector_id: str = Field(examples=["TV0007"])
    staff_id: str = Field(examples=[""])
    subject: str = Field(examples=[""])
    active: bool = Field(examples=[True])
    lang: str = Field(examples=["vi"])
    has_password: bool = Field(examples=[True])
    made_at: datetime = Field(examples=["2027-03-01T02:00:00Z"])
    password_set_at: datetime | None = Field(examples=["2027-03-01T02:10:00Z"])


def _out(account: Account, response: Response | None = None) -> AccountOut:
    if response is not None:
        etags.mark(response, account.revision)
    return AccountOut(
        id=account.id, username=account.username, name=account.name, roles=list(account.roles),
        inspector_id=account.inspector_id, staff_id=account.staff_id, subject=account.subject or "",
        active=account.active, lang=account.lang, has_password=account.password_hash is not None,
        made_at=account.made_at, password_set_at=account.password_set_at,
    )  # fmt: skip


@router.get("")
def list_accounts(by: MayReadAccounts, page: PageDep, store: StoreDep) -> Listed[AccountOut]:
    """Accounts by user name."""
    found, total = accounts.list_accounts(store, page.offset, page.limit)
    return Listed(total=total, offset=page.offset, items=[_out(account) for account in found])


@router.get("/{account_id}")
def read_account(
    by: MayReadAccounts, account_id: RowId, store: StoreDep, response: Response
) -> AccountOut:
    """One account."""
    return _out(accounts.one_account(store, account_id), response)


@router.post("", status_code=status.HTTP_201_CREATED)
def make_account(
    by: MayWriteAccounts, wanted: AccountIn, store: StoreDep, now: Now, response: Response
) -> AccountOut:
    """A new account, without a password yet."""
    text = wanted.text()
    made = accounts.make_account(store, by, now, wanted.username, wanted.lang, text)
    response.headers["Location"] = f"/api/v1/accounts/{made.id}"
    return _out(made, response)


@router.put("/{account_id}")
def change_account(
    by: MayWriteAccounts, account_id: RowId, wanted: AccountChange, revision: Revision,
    store: StoreDep, now: Now, response: Response,
) -> AccountOut:  # fmt: skip
    """The account with another text; `active` closes it and opens it again."""
    text = wanted.text()
    return _out(accounts.change_account(store, by, now, account_id, revision, text), response)
