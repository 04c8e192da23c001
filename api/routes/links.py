"""One-time links: made by an administrator, used by who has no password yet.

None of these routes takes an idempotency key: what is kept for a repetition would be a secret.
"""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, status
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from api.access import MayWriteAccounts
from api.deps import CallerDep, Now, PasswordsDep, StoreDep
from api.fields import Line, RowId, Username
from scheduler.journeys.online import links

router = APIRouter(tags=["accounts"])
SECRET = "Vd8…"
PASSWORD = "ba con gà trống"


class LinkOut(BaseModel):
    """A link just made: the token is shown once."""

    token: str = Field(examples=[SECRET])
    expires_at: datetime = Field(examples=["2027-03-02T02:00:00Z"])


class PasswordIn(BaseModel):
    """A new password, by a one-time link."""

    model_config = ConfigDict(extra="forbid")

    token: SecretStr = Field(max_length=200, examples=[SECRET])
    password: SecretStr = Field(max_length=1000, examples=[PASSWORD])


class FirstAdminIn(PasswordIn):
    """The first administrator."""

    username: Username = Field(examples=["quan.tri"])
    name: Line = Field(min_length=1, max_length=200, examples=["Trần Văn Minh"])


class UserOut(BaseModel):
    """Who can sign in now."""

    username: str = Field(examples=["quan.tri"])


@router.post("/accounts/{account_id}/password-links", status_code=status.HTTP_201_CREATED)
def make_password_link(
    by: MayWriteAccounts, account_id: RowId, store: StoreDep, now: Now
) -> LinkOut:
    """A link by which this person sets a password: good once, for 24 hours; it voids older ones."""
    made = links.make_password_link(store, by, now, account_id)
    return LinkOut(token=made.token, expires_at=made.expires_at)


@router.post("/passwords")
def use_password_link(
    wanted: PasswordIn, store: StoreDep, passwords: PasswordsDep, now: Now, caller: CallerDep
) -> UserOut:
    """Set the password of a link; every session and API token of the account ends."""
    token, password = wanted.token.get_secret_value(), wanted.password.get_secret_value()
    account = links.use_password_link(store, passwords, token, password, now, caller)
    return UserOut(username=account.username)


@router.post("/first-admin", status_code=status.HTTP_201_CREATED)
def make_first_admin(
    wanted: FirstAdminIn, store: StoreDep, passwords: PasswordsDep, now: Now, caller: CallerDep
) -> UserOut:
    """The first administrator, by the link that the server printed when it started."""
    token, password = wanted.token.get_secret_value(), wanted.password.get_secret_value()
    account = links.use_first_admin_link(
        store, passwords, token, wanted.username, wanted.name, password, now, caller
    )
    return UserOut(username=account.username)
