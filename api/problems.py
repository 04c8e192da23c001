"""Errors as problem+json (RFC 9457) in the caller's language: the one place that knows statuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.access import RightMissing, SignInNeeded
from api.deps import language
from api.problem_pages import page_of, wants_page
from api.problem_words import HTTP, ODD, WRONG
from data.faults import DatasetError
from data.passwords import PasswordsBusy
from data.plan_files import PlanFileError
from data.store.errors import (
    NotFound,
    Stale,
    StoreError,
    StoreFull,
    StoreUnavailable,
    Taken,
    Unstorable,
)
from data.store.trouble import FULL, NO_ROOM
from data.upload_names import UploadRefused
from data.words import Message
from scheduler.errors import NoPlanFound, NoPlanPossible, NotAllowed, PlanRefused, Refused
from scheduler.journeys.online.sign_in_errors import (
    LinkRefused,
    NoAccount,
    PasswordUnfit,
    SignInRefused,
    TooManyFailures,
    WrongPassword,
)
from scheduler.rulebook import TrialRefused

if TYPE_CHECKING:
    from fastapi import FastAPI

log = structlog.get_logger("congvu")
LARGEST_ID = 2**31 - 1
MEDIA = "application/problem+json"


@dataclass(frozen=True)
class Problem:
    """What became of a request that could not be answered well.

    Attributes
    ----------
    slug : last part of the problem's `type`, the same in every language
    faults : each with `message` and what says where (`table`, `row`, `column`, `rule`, `field`)
    """

    status: int
    slug: str
    title: Message
    detail: Message
    faults: Sequence[Mapping[str, Any]] = ()
    headers: Mapping[str, str] | None = None


class ProblemError(Exception):
    """A problem that a door itself found: a missing header, a wrong page."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.slug)


def answer(request: Request, problem: Problem) -> Response:
    """The problem as a response in the caller's language: a page for browsers, else problem+json."""
    lang = language(request)
    if wants_page(request):
        return page_of(request, problem, lang)
    body: dict[str, Any] = {
        "type": f"/problems/{problem.slug}", "title": problem.title.say(lang),
        "status": problem.status, "detail": problem.detail.say(lang),
        "instance": getattr(request.state, "request_id", ""),
    }  # fmt: skip
    if problem.faults:
        body["faults"] = [
            {k: v.say(lang) if isinstance(v, Message) else v for k, v in fault.items()}
            for fault in problem.faults
        ]
    headers = {"Content-Language": lang, "Cache-Control": "no-store", **(problem.headers or {})}
    return JSONResponse(body, problem.status, headers, media_type=MEDIA)


def problem_of(error: Exception) -> Problem:
    """The problem that a known error is; raises it again when it is not known."""
    for kind, told in KNOWN.items():
        if isinstance(error, kind):
            return told(error)
    raise error


def _sign_in(_error: Any) -> Problem:
    return Problem(
        401, "sign-in", Message("Cần đăng nhập"),
        Message("Chưa đăng nhập, hoặc phiên làm việc đã hết hạn. Đăng nhập lại."),
        headers={"WWW-Authenticate": 'Bearer realm="congvu"'},
    )  # fmt: skip


def _sign_in_refused(error: SignInRefused) -> Problem:
    return Problem(
        401, "sign-in-refused", Message("Không đăng nhập được"), error.message,
        headers={"WWW-Authenticate": 'Bearer realm="congvu"'},
    )  # fmt: skip


def _too_many(error: TooManyFailures) -> Problem:
    return Problem(
        429, "too-many", Message("Phải đợi"), error.message,
        headers={"Retry-After": str(error.wait_s)},
    )  # fmt: skip


def _busy(_error: Any) -> Problem:
    return Problem(
        503, "busy", Message("Máy chủ đang bận"),
        Message("Nhiều người đang đăng nhập cùng lúc. Đợi vài giây rồi thử lại."),
        headers={"Retry-After": "3"},
    )  # fmt: skip


def _unfit(error: PasswordUnfit) -> Problem:
    rows = [{"field": "password", "message": fault} for fault in error.faults]
    return Problem(422, "password", Message("Mật khẩu chưa đạt"), error.message, rows)


def _right(_error: Any) -> Problem:
    return Problem(
        403, "right", Message("Không có quyền"),
        Message("Tài khoản này không có quyền làm việc đó. Nếu cần, hỏi người quản trị."),
    )  # fmt: skip


def _told(status: int, slug: str, title: Message) -> Callable[[Any], Problem]:
    return lambda error: Problem(status, slug, title, error.message)


def _faults(error: Any) -> Problem:
    rows = [
        {"table": f.table, "row": f.row, "column": f.column, "found": f.value, "message": f.message}
        for f in error.faults
    ]
    return Problem(
        422, "data", Message("Dữ liệu có lỗi"),
        Message("Có {n} chỗ cần sửa; chưa lưu gì.", {"n": len(rows)}), rows,
    )  # fmt: skip


def _breaches(error: PlanRefused) -> Problem:
    rows = [
        {**vars(b), "visits": list(b.visits), "rows": [row for row in b.rows if row]}
        for b in error.breaches
    ]
    return Problem(
        409, "breaches", Message("Kế hoạch vi phạm quy tắc"),
        Message("Bộ kiểm tra độc lập phát hiện {n} vi phạm; chưa lưu gì.", {"n": len(rows)}), rows,
    )  # fmt: skip


def _clash(error: NoPlanPossible) -> Problem:
    rules = [{"rule": r.label, "message": r.title} for r in error.clash.rules]
    return Problem(
        409, "clash", Message("Không có kế hoạch nào"),
        Message("Các quy tắc bắt buộc xung đột với nhau; chưa lưu gì."), rules,
    )  # fmt: skip


def _trial(error: TrialRefused) -> Problem:
    return Problem(
        422, "trial", Message("Giá trị thử không dùng được"), Message("Xem từng lỗi; chưa lưu gì."),
        [{"message": fault} for fault in error.faults],
    )  # fmt: skip


def _request(error: RequestValidationError) -> Problem:
    rows = [
        {"field": ".".join(map(str, e["loc"])), "kind": e["type"], "message": WRONG.get(e["type"], ODD)}
        for e in error.errors()
    ]  # fmt: skip
    return Problem(
        422, "request", Message("Yêu cầu không đọc được"),
        Message("Có {n} trường không đúng; chưa lưu gì.", {"n": len(rows)}), rows,
    )  # fmt: skip


def _http(error: HTTPException) -> Problem:
    title, detail = HTTP.get(
        error.status_code,
        (Message("Không làm được"), Message("Máy chủ không nhận yêu cầu này.")),
    )
    return Problem(
        error.status_code, f"http-{error.status_code}", title, detail, headers=error.headers
    )


def _disk(error: OSError) -> Problem:
    if error.errno not in NO_ROOM:
        raise error
    return _full(StoreFull(FULL))


def _full(error: StoreFull) -> Problem:
    return Problem(
        507, "full", Message("Máy chủ hết chỗ ghi"), error.message, headers={"Retry-After": "60"}
    )


KNOWN: dict[type[Exception], Callable[[Any], Problem]] = {
    ProblemError: lambda error: error.problem,
    SignInNeeded: _sign_in,
    RightMissing: _right,
    NotFound: _told(404, "not-found", Message("Không tìm thấy")),
    Stale: _told(412, "stale", Message("Đã có bản mới hơn")),
    Taken: _told(409, "taken", Message("Đã có rồi")),
    StoreFull: _full,
    OSError: _disk,
    StoreUnavailable: lambda e: Problem(
        503, "store", Message("Máy chủ tạm thời không ghi được"), e.message,
        headers={"Retry-After": "10"},
    ),
    Unstorable: _told(422, "value", Message("Giá trị không lưu được")),
    StoreError: _told(409, "store", Message("Không lưu được")),
    DatasetError: _faults,
    PlanFileError: _faults,
    PlanRefused: _breaches,
    NoPlanPossible: _clash,
    NoPlanFound: _told(409, "no-plan", Message("Chưa tìm được kế hoạch")),
    TrialRefused: _trial,
    NotAllowed: _told(403, "right", Message("Không có quyền")),
    UploadRefused: _told(422, "upload", Message("Tệp tải lên không dùng được")),
    SignInRefused: _sign_in_refused,
    NoAccount: _told(403, "no-account", Message("Chưa có tài khoản")),
    WrongPassword: _told(403, "wrong-password", Message("Sai mật khẩu")),
    TooManyFailures: _too_many,
    PasswordUnfit: _unfit,
    LinkRefused: _told(410, "link", Message("Liên kết không dùng được")),
    PasswordsBusy: _busy,
    Refused: _told(409, "refused", Message("Không làm được")),
    RequestValidationError: _request,
    HTTPException: _http,
}  # fmt: skip


def _no_id(value: object) -> bool:
    """Whether a part of the address is a number larger than any id."""
    text = str(value).removeprefix("-")
    return text.isascii() and text.isdigit() and int(text) > LARGEST_ID


def install(app: FastAPI) -> None:
    """Tell the app to answer every known error this way; unknown ones end as a 500 without a traceback."""

    def handle(request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        if isinstance(error, Unstorable) and any(map(_no_id, request.path_params.values())):
            problem = problem_of(HTTPException(404))
        if problem.status >= 500:
            told = error if isinstance(error, StoreError | OSError) else None
            log.warning("problem", status=problem.status, slug=problem.slug, exc_info=told)
        return answer(request, problem)

    for kind in KNOWN:
        app.add_exception_handler(kind, handle)
