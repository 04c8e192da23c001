"""The database brought to the state that this program needs, before anybody is let in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from data.store import upgrading
from data.store.errors import StoreUnavailable
from data.store.store import Store
from data.words import Message
from scheduler.errors import Refused


@dataclass(frozen=True)
class Brought:
    """From which version to which; equal when there was nothing to do, "" for an empty database."""

    before: str
    after: str


def open_store(url: str) -> Store:
    """The store at this address; nothing is connected yet.

    Raises
    ------
    Refused
    """
    try:
        return Store(url)
    except (ArgumentError, NoSuchModuleError) as error:
        raise Refused(
            Message(
                "CONGVU_DATABASE_URL không đúng dạng. Ghi như postgresql://người:mật-khẩu@máy/tên, "
                "hoặc bỏ trống để dùng SQLite."
            )
        ) from error


def bring_up(store: Store, *, migrate: bool = True) -> Brought:
    """The database at the newest version.

    Raises
    ------
    Refused
        It does not open, is of a newer program, or is behind while `migrate` is off.
    """
    try:
        before = upgrading.current(store)
        if not upgrading.is_known(before):
            raise Refused(
                Message(
                    "Cơ sở dữ liệu có phiên bản {found}, mới hơn chương trình này ({newest}). Cập nhật "
                    "chương trình, hoặc khôi phục bản sao lưu cũ.",
                    {"found": before, "newest": upgrading.newest()},
                )
            )
        if before == upgrading.newest():
            return Brought(before, before)
        if not migrate:
            raise Refused(
                Message(
                    "Cơ sở dữ liệu có phiên bản {found}, chương trình cần {newest}. Sao lưu, rồi gọi "
                    "«congvu migrate».",
                    {"found": before or "0", "newest": upgrading.newest()},
                )
            )
        return Brought(before, upgrading.upgrade(store))
    except (StoreUnavailable, DBAPIError) as error:
        raise Refused(
            Message(
                "Không mở được cơ sở dữ liệu: không trả lời, hoặc tệp hỏng. Kiểm tra địa chỉ, mật khẩu, quyền "
                "ghi; nếu tệp hỏng, khôi phục bản sao lưu."
            )
        ) from error


def open_kept(url: str) -> Store:
    """The store at this address, which must be there: a wrong folder makes no new database.

    Raises
    ------
    Refused
    """
    store = open_store(url)
    path = store.engine.url.database if store.dialect == "sqlite" else None
    if path and not Path(path).exists():
        raise Refused(
            Message(
                "Không có cơ sở dữ liệu ở «{file}». Ghi đúng thư mục bằng --home hoặc CONGVU_HOME.",
                {"file": path},
            )
        )
    return store
