"""The log: one JSON object a line on stderr (readable lines on a terminal), without secrets.

Every line carries what was bound to its context: `request_id`, `account`, `run_id`.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, TextIO

import structlog
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from structlog.typing import Processor

HIDDEN = "[ẩn]"
SECRET_NAMES = re.compile(
    r"authorization|cookie|passw|passphrase|token|secret|\blinks?\b|credential|api.?key", re.I
)
SECRET_VALUES = (
    (re.compile(r"\bcv[a-z]?_[A-Za-z0-9_-]{8,}"), HIDDEN),  # tokens of ours
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]+"), rf"\1 {HIDDEN}"),
    (re.compile(r"(//[^/\s:@]*:)[^/\s@]+@"), rf"\1{HIDDEN}@"),  # password in an address
    (re.compile(r"(\?)[^\s\"'<>)]*=[^\s\"'<>)]*"), rf"\1{HIDDEN}"),  # query of an address
    (re.compile(r"(?i)((?:__Host-)?congvu=)[^;\s]+"), rf"\1{HIDDEN}"),  # the session cookie
    (re.compile(r"\$argon2[^\s'\"]+"), HIDDEN),
)
QUIET = (
    "uvicorn.access",
    "alembic",
    "httpx",
    "httpx2",
)  # of these only warnings: ours say it already
DEEPEST = 6


def configure(
    level: str = "INFO", stream: TextIO | None = None, as_json: bool | None = None
) -> None:
    """Send every log line of this process, also those of libraries, through one form.

    `as_json`: None means JSON unless `stream` (stderr) is a terminal.
    """
    stream = stream or sys.stderr
    as_json = not stream.isatty() if as_json is None else as_json
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper("iso", utc=True, key="at"),
        _plain_line,
        trace,
        hide,
    ]
    last: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False, default=repr)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger, logger_factory=structlog.stdlib.LoggerFactory(),
    )  # fmt: skip


def _plain_line(
    _logger: object, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    line.pop("color_message", None)  # uvicorn's own line once more, for terminals
    return line


def trace(
    _logger: object, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """The traceback of the exception as text: places and kinds, never values of variables."""
    error = line.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    elif isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        line["exception"] = told_trace(error)
    return line


def told_trace(error: BaseException) -> str:
    """The chain of exceptions, the first cause first; what a database or a form says of values is left out."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    head = told_trace(before) + "\n" if before is not None and before is not error else ""
    stack = "".join(traceback.format_tb(error.__traceback__))
    return f"{head}{stack}{type(error).__module__}.{type(error).__name__}: {_said(error)}"


def _said(error: BaseException) -> str:
    """What an exception says, when it cannot hold what somebody typed."""
    if isinstance(error, DBAPIError):
        error = error.orig or error
    if isinstance(error, ValidationError):
        return f"{error.error_count()} faults in {error.title}"
    state = getattr(error, "sqlstate", None)
    if state or type(error).__module__.startswith("psycopg"):
        return f"SQLSTATE {state}"
    return str(error)[:1000]


def hide(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The line without secrets, whether their name or their form gives them away."""
    return {name: _hidden(name, value) for name, value in line.items()}


def _hidden(name: str, value: Any, depth: int = 0) -> Any:
    if name.startswith("_"):
        return value  # structlog's own
    if SECRET_NAMES.search(name):
        return HIDDEN
    if isinstance(value, str | bytes):
        text = value.decode(errors="replace") if isinstance(value, bytes) else value
        for pattern, shown in SECRET_VALUES:
            text = pattern.sub(shown, text)
        return text
    if depth > DEEPEST or value is None or isinstance(value, bool | int | float):
        return value if depth <= DEEPEST else HIDDEN
    if isinstance(value, Mapping):
        return {str(k): _hidden(str(k), v, depth + 1) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_hidden("", part, depth + 1) for part in value]
    return _hidden("", repr(value), depth)
