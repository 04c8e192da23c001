"""/sessions: sign in, see where I am signed in, sign out.

No idempotency keys: signing in twice makes two sessions, and the answer's cookie is not to be kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from fastapi import APIRouter, Response, status
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from api import etags
from api.access import InPerson
from api.deps import CallerDep, Now, PasswordsDep, SessionId, SettingsDep, StoreDep
from api.fields import RowId
from api.identity import drop_session, keep_session
from api.paging import Listed, PageDep
from api.routes.me import MeOut, me_out
from data.store.sessions import Session
from scheduler.journeys.online import signing_in

router = APIRouter(prefix="/sessions", tags=["sessions"])


class SignIn(BaseModel):
    """User name and password."""

    model_config = ConfigDict(extra="forbid")

    username: str = Field(max_length=200, examples=["lan.nguyen"])
    password: SecretStr = Field(max_length=1000, examples=["ba con gà trống"])


class SessionOut(BaseModel):
    """A device on which I am signed in."""

    id: int = Field(examples=[12])
    device: str = Field(examples=["Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"])
    address: str = Field(examples=["203.0.113.7"])
    made_at: datetime = Field(examples=["2027-03-01T02:00:00Z"])
    seen_at: datetime = Field(examples=["2027-03-01T02:30:00Z"])
    expires_at: datetime = Field(examples=["2027-03-01T14:00:00Z"])
    current: bool = Field(description="the one of this request", examples=[True])


class Ended(BaseModel):
    """How many sessions ended."""

    ended: int = Field(examples=[2])


def _out(session: Session, current: int | None) -> SessionOut:
    return SessionOut(
        id=session.id, device=session.device, address=session.address, made_at=session.made_at,
        seen_at=session.seen_at, expires_at=session.expires_at, current=session.id == current,
    )  # fmt: skip


@router.post("", status_code=status.HTTP_201_CREATED)
def sign_in(
    wanted: SignIn, store: StoreDep, passwords: PasswordsDep, settings: SettingsDep, now: Now,
    caller: CallerDep, response: Response,
) -> MeOut:  # fmt: skip
    """Sign in: the answer sets the cookie of a new session."""
    account, secret = signing_in.sign_in(
        store, passwords, wanted.username, wanted.password.get_secret_value(), now, caller,
        settings.session_hours,
    )  # fmt: skip
    keep_session(response, settings, secret)
    etags.mark(response, account.revision)
    response.headers["Location"] = "/api/v1/me"
    return me_out(account)


@router.get("")
def list_sessions(
    by: InPerson, page: PageDep, store: StoreDep, settings: SettingsDep, now: Now,
    session_id: SessionId,
) -> Listed[SessionOut]:  # fmt: skip
    """My open sessions, the last used first."""
    idle = timedelta(minutes=settings.session_idle_min)
    found, total = signing_in.list_sessions(store, by, now, idle, page.offset, page.limit)
    items = [_out(session, session_id) for session in found]
    return Listed(total=total, offset=page.offset, items=items)


@router.delete("")
def end_other_sessions(by: InPerson, store: StoreDep, now: Now, session_id: SessionId) -> Ended:
    """End my sessions on all other devices."""
    return Ended(ended=signing_in.end_other_sessions(store, by, now, session_id or 0))


@router.delete("/current", status_code=status.HTTP_204_NO_CONTENT)
def sign_out(
    by: InPerson, store: StoreDep, settings: SettingsDep, now: Now, session_id: SessionId,
    response: Response,
) -> None:  # fmt: skip
    """Sign out on this device."""
    signing_in.sign_out(store, by, now, session_id or 0)
    drop_session(response, settings)


@router.delete("/{session_id}", status_code=status.HTTP_204_NO_CONTENT)
def end_session(by: InPerson, session_id: RowId, store: StoreDep, now: Now) -> None:
    """End one of my sessions."""
    signing_in.sign_out(store, by, now, session_id)
