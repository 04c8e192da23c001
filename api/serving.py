"""The server from start to end: home, door, database, long work, then requests until it is told to go."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import structlog
import uvicorn

from api import logs, opening
from api.clock import wall_clock
from api.holding import door, own_home, own_name

if TYPE_CHECKING:
    from types import FrameType

    from api.settings import ServerSettings
    from data.store.store import Store

log = structlog.get_logger("congvu")
GRACE_S = 5  # open streams do not hold a restart up for longer


def serve(
    settings: ServerSettings, host: str, port: int, *, migrate: bool, greet: Callable[[Store], None]
) -> None:
    """Answer requests until a signal comes; `greet` is called when the door is open.

    Raises
    ------
    Refused, OSError
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
        from api.app import create_app  # takes seconds: whoever cannot start hears of it before
        from api.jobs import open_jobs

        with own_name(store, settings.server_name), closing(open_jobs(settings, store)) as jobs:
            app = create_app(settings, store, jobs)
            config = uvicorn.Config(  # `api/callers.py` reads what proxies say, `api/asking.py` logs
                app, lifespan="off", log_config=None, access_log=False, server_header=False,
                timeout_graceful_shutdown=GRACE_S, proxy_headers=False,
            )  # fmt: skip
            greet(store)
            threading.Thread(target=_warm, args=(store,), name="warming", daemon=True).start()
            with suppress(KeyboardInterrupt):
                Server(config).run(sockets=[listening])


def _warm(store: Store) -> None:
    from api.deps import VIETNAM
    from scheduler.journeys.online.warming import warm

    try:
        warm(store, wall_clock().astimezone(VIETNAM).date())
    except Exception:  # whoever asks for the page hears what is wrong
        log.exception("warming.failed")


class Server(uvicorn.Server):
    """A server that lets its streams know when it is told to go."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to close."""
        self.config.app.state.leaving = True  # type: ignore[union-attr]
        super().handle_exit(sig, frame)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
