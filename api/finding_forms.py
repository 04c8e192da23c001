"""What the forms of findings send, on the inspector's pages and on the board, and what is said once saved."""

from __future__ import annotations

from pydantic import Field

from api.routes.findings import FindingIn, ProofIn, WithdrawalIn
from data.words import Message

ADDED = Message("Đã ghi tồn tại.")
CHANGED = Message("Đã sửa tồn tại.")
PROVED = Message("Đã ghi minh chứng.")
CLOSED = Message("Đã ghi là khắc phục xong.")
WITHDRAWN = Message("Đã rút tồn tại; lý do được giữ lại.")


class Found(FindingIn):
    """A finding as it is changed."""

    revision: int = Field(ge=1, le=10**9)


class Proved(ProofIn):
    """What shows that it was remedied."""

    revision: int = Field(ge=1, le=10**9)


class Withdrawn(WithdrawalIn):
    """Why it no longer counts."""

    revision: int = Field(ge=1, le=10**9)
