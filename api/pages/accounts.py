"""/accounts: who can sign in and with which roles; made, changed, closed, given a link for a password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Form, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from api.access import MayReadAccounts, MayWriteAccounts, Role
from api.deps import Now, StoreDep
from api.fields import Line, RowId, Subject, Username
from api.page import Page
from api.paging import PageDep
from data.store.accounts import AccountText
from data.words import Message
from scheduler.journeys.online import accounts, links

if TYPE_CHECKING:
    from datetime import datetime

    from data.store.store import Store

router = APIRouter(prefix="/accounts")
MADE = Message("Đã lập tài khoản. Tạo liên kết đặt mật khẩu rồi trao cho người dùng.")
CHANGED = Message("Đã lưu tài khoản.")


class AccountForm(BaseModel):
    """What an administrator types about an account."""

    name: Line = Field(min_length=1, max_length=200)
    roles: list[Role] = Field(default=[], max_length=10)
    inspector_id: Line = Field("", max_length=100)
    staff_id: Line = Field("", max_length=100)
    subject: Subject = ""

    def text(self, active: bool) -> AccountText:
        """As the journeys take it."""
        roles = tuple(sorted(set(self.roles)))
        subject = self.subject or None
        return AccountText(self.name, roles, self.inspector_id, self.staff_id, subject, active)


class NewForm(AccountForm):
    """A new account."""

    username: Username
    lang: Literal["vi", "en"] = "vi"


class ChangeForm(AccountForm):
    """An account that was on the screen in some version; a box that is not ticked is not sent."""

    active: bool = False
    revision: int = Field(ge=1, le=999_999_999)


@router.get("")
def list_accounts(by: MayReadAccounts, page: Page, part: PageDep, store: StoreDep) -> HTMLResponse:
    """Accounts by user name."""
    found, total = accounts.list_accounts(store, part.offset, part.limit)
    listing = page.listing(total, part.offset, part.limit)
    return page("accounts/list.html", accounts=found, listing=listing)


@router.get("/new")
def new_account(by: MayWriteAccounts, page: Page) -> HTMLResponse:
    """The form for a new account."""
    return page("accounts/new.html")


@router.post("")
def make_account(
    by: MayWriteAccounts, page: Page, wanted: Annotated[NewForm, Form()], store: StoreDep, now: Now
) -> Response:
    """On to the new account, which has no password yet."""
    text = wanted.text(active=True)
    made = accounts.make_account(store, by, now, wanted.username, wanted.lang, text)
    return page.go(f"/accounts/{made.id}", MADE)


@router.get("/{account_id}")
def show_account(
    by: MayReadAccounts, page: Page, account_id: RowId, store: StoreDep
) -> HTMLResponse:
    """One account, in a form."""
    return _shown(page, store, account_id)


@router.post("/{account_id}")
def change_account(
    by: MayWriteAccounts, page: Page, account_id: RowId, wanted: Annotated[ChangeForm, Form()],
    store: StoreDep, now: Now,
) -> Response:  # fmt: skip
    """The account with another text; other roles end its sessions."""
    text = wanted.text(wanted.active)
    accounts.change_account(store, by, now, account_id, wanted.revision, text)
    return page.go(f"/accounts/{account_id}", CHANGED)


@router.post("/{account_id}/password-link")
def make_password_link(
    by: MayWriteAccounts, page: Page, account_id: RowId, store: StoreDep, now: Now
) -> HTMLResponse:
    """The account with a link that is shown this once: good once, for 24 hours."""
    made = links.make_password_link(store, by, now, account_id)
    link = f"{page.settings.public_url.rstrip('/')}/password?token={made.token}"
    return _shown(page, store, account_id, link=link, link_ends=made.expires_at)


def _shown(
    page: Page, store: Store, account_id: int, link: str = "", link_ends: datetime | None = None
) -> HTMLResponse:
    account = accounts.one_account(store, account_id)
    doubts = accounts.doubts(store, account) if account.active else ()
    return page(
        "accounts/show.html", account=account, doubts=doubts, link=link, link_ends=link_ends
    )
