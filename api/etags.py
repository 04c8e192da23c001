"""Versions of things as ETags: who changes something says which version was on the screen."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Header, Response

from api.problems import Problem, ProblemError
from data.words import Message

MISSING = Problem(
    428, "if-match", Message("Thiếu phiên bản"),
    Message("Gửi kèm tiêu đề If-Match với ETag đã đọc, để không ghi đè sửa đổi của người khác."),
)  # fmt: skip
UNREADABLE = Problem(
    412, "stale", Message("Đã có bản mới hơn"),
    Message("Phiên bản trong If-Match không phải của mục này. Mở lại rồi sửa trên bản mới."),
)  # fmt: skip


def mark(response: Response, revision: int) -> None:
    """Give the response the ETag of this revision."""
    response.headers["ETag"] = f'"r{revision}"'


def _revision(
    if_match: Annotated[
        str | None, Header(description="ETag that was read", examples=['"r1"'])
    ] = None,
) -> int:
    if if_match is None:
        raise ProblemError(MISSING)
    found = re.fullmatch(r'(?:W/)?"r(\d{1,9})"', if_match.strip())
    if not found:
        raise ProblemError(UNREADABLE)
    return int(found[1])


Revision = Annotated[int, Depends(_revision)]
