"""What a server keeps for itself while it runs: its home folder, its door, its name on a shared database."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from data.store.alone import alone
from data.words import Message
from scheduler.errors import Refused

if TYPE_CHECKING:
    from api.settings import ServerSettings
    from data.store.store import Store

LOCK = "server.lock"


@contextmanager
def own_home(settings: ServerSettings) -> Iterator[None]:
    """The home folder, made if need be, readable for nobody else, and kept for this process alone.

    Raises
    ------
    Refused
        Another server works there.
    OSError
    """
    os.umask(0o077)
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings.home / LOCK).open("a", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(
                Message(
                    "Một máy chủ khác đang dùng thư mục «{home}». Dừng máy chủ đó trước, hoặc chọn thư mục "
                    "khác bằng --home.",
                    {"home": settings.home.resolve()},
                )
            ) from error
        yield


@contextmanager
def own_name(store: Store, name: str) -> Iterator[None]:
    """The server's name on a shared database, kept for this process alone.

    Raises
    ------
    Refused
    """
    with alone(store, name) as is_alone:
        if not is_alone:
            raise Refused(
                Message(
                    "Một máy chủ tên «{name}» đang dùng cơ sở dữ liệu này. Dừng máy chủ đó trước, hoặc đặt "
                    "CONGVU_SERVER_NAME khác.",
                    {"name": name},
                )
            )
        yield


def door(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises
    ------
    Refused
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refused(
                Message(
                    "Cổng {port} đang được chương trình khác dùng. Chọn cổng khác bằng --port.",
                    {"port": port},
                )
            ) from error
        raise Refused(
            Message(
                "Không mở được cổng {port} ở địa chỉ {host}: {reason}.",
                {"port": port, "host": host, "reason": error.strerror or error},
            )
        ) from error
