"""What a database's own errors mean: away, full, or a value that it cannot keep."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DataError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from data.store.errors import StoreError, StoreFull, StoreUnavailable, Unstorable
from data.words import Message

UNAVAILABLE = Message(
    "Cơ sở dữ liệu tạm thời không trả lời; chưa lưu gì. Đợi một lát rồi thử lại; nếu vẫn vậy, báo người "
    "quản trị."
)
FULL = Message(
    "Máy chủ đã hết chỗ ghi; chưa lưu gì. Báo người quản trị giải phóng dung lượng rồi thử lại."
)
UNSTORABLE = Message(
    "Có giá trị mà cơ sở dữ liệu không giữ được (số quá lớn hoặc ký tự không hợp lệ); chưa lưu gì. Sửa lại "
    "rồi gửi lại."
)
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
PG_FULL, PG_READ_ONLY = "53100", "25006"


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turns what the driver says into what the caller can act on; mistakes of ours stay as they are.

    Raises
    ------
    StoreUnavailable, StoreFull, Unstorable
    """
    try:
        yield
    except (DBAPIError, PoolTimeout, OverflowError, UnicodeEncodeError) as error:
        told = _told(error)
        if told is None:
            raise
        raise told from error


def _told(error: Exception) -> StoreError | None:
    if isinstance(error, DataError | OverflowError | UnicodeEncodeError):
        return Unstorable(UNSTORABLE)
    if isinstance(error, DBAPIError) and _is_full(error.orig):
        return StoreFull(FULL)
    if isinstance(error, OperationalError | PoolTimeout) or _is_broken(error):
        return StoreUnavailable(UNAVAILABLE)
    return None


def _is_full(error: object) -> bool:
    if getattr(error, "sqlstate", None) == PG_FULL:
        return True
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL


def _is_broken(error: Exception) -> bool:
    """Whether the connection, or the file, is no database that can be written."""
    if not isinstance(error, DBAPIError):
        return False
    read_only = getattr(error.orig, "sqlstate", None) == PG_READ_ONLY
    return error.connection_invalidated or read_only or type(error) is DatabaseError
