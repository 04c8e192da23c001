"""The server from start to end: home, door, database, long work, then requests until it is told to go."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

import uvicorn

from api import logs
from api.app import create_app
from api.jobs import open_jobs
from data.store.alone import alone
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online import opening

if TYPE_CHECKING:
    from types import FrameType

    from api.settings import ServerSettings
    from data.store.store import Store

LOCK = "server.lock"
GRACE_S = 5  # open streams do not hold a restart up for longer


def serve(
    settings: ServerSettings, host: str, port: int, *, migrate: bool, greet: Callable[[Store], None]
) -> None:
    """Answer requests until a signal comes; `greet` is called when the door is open.

    Raises
    ------
    Refused, OSError, data.store.errors.StoreUnavailable
        It cannot start, and why.
    """
    logs.configure()
    signal.signal(signal.SIGTERM, _leave)
    with (
        own_home(settings),
        closing(door(host, port)) as listening,
        closing(opening.open_store(settings.store_url)) as store,
    ):
        opening.bring_up(store, migrate=migrate)
        with own_name(store, settings.server_name), closing(open_jobs(settings, store)) as jobs:
            app = create_app(settings, store, jobs)
            config = uvicorn.Config(  # `api/callers.py` reads what proxies say, `api/asking.py` logs
                app, lifespan="off", log_config=None, access_log=False, server_header=False,
                timeout_graceful_shutdown=GRACE_S, proxy_headers=False,
            )  # fmt: skip
            greet(store)
            with suppress(KeyboardInterrupt):
                Server(config).run(sockets=[listening])


class Server(uvicorn.Server):
    """A server that lets its streams know when it is told to go."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to close."""
        self.config.app.state.leaving = True  # type: ignore[union-attr]
        super().handle_exit(sig, frame)


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


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
