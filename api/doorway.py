"""What a request must look like before anybody reads it: its line, its headers, its size, its JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fastapi import Request
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from api.problems import Problem, answer
from api.strict_json import fault_of
from data.words import Message

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send
    from starlette.types import Message as Event

    from api.settings import ServerSettings

LONGEST_LINE, LARGEST_HEADERS = 8 * 1024, 32 * 1024
LONGEST_ID = 18  # digits: a longer number is no id of anything, and no database takes it
WITH_BODY = ("POST", "PUT", "PATCH", "DELETE")
JSON = "application/json"
TAKEN = (JSON, "multipart/form-data", "application/x-www-form-urlencoded")

NOWHERE = Problem(
    404, "http-404", Message("Không tìm thấy"), Message("Không có địa chỉ này. Xem lại đường dẫn.")
)
LONG_LINE = Problem(
    414,
    "long-line",
    Message("Địa chỉ quá dài"),
    Message("Địa chỉ của yêu cầu dài hơn mức cho phép."),
)
LONG_HEADERS = Problem(
    431, "long-headers", Message("Tiêu đề quá dài"),
    Message("Các tiêu đề của yêu cầu dài hơn mức cho phép."),
)  # fmt: skip
NUL = Problem(
    422, "request", Message("Yêu cầu không đọc được"),
    Message("Có ký tự NUL trong địa chỉ của yêu cầu. Bỏ ký tự ấy đi."),
)  # fmt: skip
LARGE = Problem(
    413, "http-413", Message("Quá lớn"),
    Message("Nội dung gửi lên lớn hơn mức cho phép. Chia nhỏ hoặc bớt đi."),
)  # fmt: skip
KIND = Problem(
    415, "content-type", Message("Kiểu nội dung không dùng được"),
    Message("Nội dung phải là JSON (Content-Type: application/json); tệp thì gửi bằng biểu mẫu."),
    headers={"Accept": ", ".join(TAKEN)},
)  # fmt: skip


class Doorway:
    """Refuses what no route should have to think about; what it lets through is small and well formed."""

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self.app = app
        self.upload, self.other = settings.upload_mb * 1024 * 1024, settings.body_kb * 1024

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer what is wrong with it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.upload if is_upload(scope) else self.other
        problem = line_fault(scope) or body_fault(scope, limit)
        if problem is None and Headers(scope=scope).get("content-type", "").startswith(JSON):
            problem, receive = await _read_json(receive, limit)
        if problem is not None:
            await answer(Request(scope), problem)(scope, receive, send)
            return
        await self.app(scope, _counted(receive, limit), send)


def is_upload(scope: Scope) -> bool:
    """Whether the address takes files."""
    return str(scope["path"]).endswith("/uploads")


def line_fault(scope: Scope) -> Problem | None:
    """What is wrong with the address or the headers, or None."""
    query = scope["query_string"]
    if len(scope.get("raw_path") or b"") + len(query) > LONGEST_LINE:
        return LONG_LINE
    if sum(len(name) + len(value) for name, value in scope["headers"]) > LARGEST_HEADERS:
        return LONG_HEADERS
    if "\0" in scope["path"] or re.search(rf"/-?\d{{{LONGEST_ID + 1},}}(?:/|$)", scope["path"]):
        return NOWHERE
    return NUL if b"%00" in query or b"\0" in query else None


def body_fault(scope: Scope, limit: int) -> Problem | None:
    """What the headers say that is wrong with the body, or None."""
    headers = Headers(scope=scope)
    length, kind = headers.get("content-length", "0"), headers.get("content-type", "")
    if length.isascii() and length.isdigit() and (len(length) > LONGEST_ID or int(length) > limit):
        return LARGE
    has_body = length != "0" or "transfer-encoding" in headers
    if scope["method"] not in WITH_BODY or not has_body or is_upload(scope):
        return None
    return None if kind.split(";")[0].strip().lower() in TAKEN else KIND


async def _read_json(receive: Receive, limit: int) -> tuple[Problem | None, Receive]:
    """The fault of a JSON body, and a `receive` that gives the body again."""
    body, more = bytearray(), True
    while more:
        event = await receive()
        if event["type"] != "http.request":
            return None, _again(event, receive)
        body += event.get("body", b"")
        if len(body) > limit:
            return LARGE, receive
        more = event.get("more_body", False)
    whole: Event = {"type": "http.request", "body": bytes(body), "more_body": False}
    return (fault_of(bytes(body)) if body else None), _again(whole, receive)


def _again(event: Event, receive: Receive) -> Receive:
    waiting = [event]

    async def given() -> Event:
        return waiting.pop() if waiting else await receive()

    return given


def _counted(receive: Receive, limit: int) -> Receive:
    """`receive` that ends as 413 when more comes than may: a body need not say how long it is."""
    came = 0

    async def given() -> Event:
        nonlocal came
        event = await receive()
        came += len(event.get("body", b""))
        if came > limit:
            raise HTTPException(413)
        return event

    return given
