"""The home folder of a demonstration: made whole beside its place, then put there; no half one is served."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

from api import opening
from api.holding import LOCK, own_home
from api.identity import actor_of
from data.passwords import Passwords
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online.demo_people import sign_ins
from scheduler.journeys.online.demo_stage import Effort

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from api.settings import ServerSettings
    from scheduler.journeys.online.demo_people import SignIns
    from scheduler.journeys.online.demo_stage import Told
    from solver.result import Progress

WHOLE = Effort()


def ready(
    settings: ServerSettings, moment: Callable[[], datetime], told: Told,
    tell: Callable[[Progress], None] = lambda progress: None, effort: Effort = WHOLE,
) -> SignIns:  # fmt: skip
    """Who may sign in to the demonstration in this home; it is made when the folder is not there.

    Raises
    ------
    Refused
        The folder holds something else, or another process is making it.
    data.faults.DatasetError, OSError
    """
    home = settings.home
    found = sign_ins(home)
    if found is not None:
        return found
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise Refused(Message(
            "Thư mục «{home}» không phải của một bản dùng thử; không ghi gì vào đó. Chọn thư mục khác bằng "
            "--out, hoặc chạy máy chủ thật bằng «congvu serve --home».",
            {"home": home.resolve()},
        ))  # fmt: skip
    fresh = home.with_name(f".{home.name}.new")
    with own_home(settings.model_copy(update={"home": fresh})):
        _cleared(fresh)
        made = _prepared(settings.model_copy(update={"home": fresh}), moment(), told, tell, effort)
        fresh.rename(home)
    return made


def _prepared(
    settings: ServerSettings, moment: datetime, told: Told, tell: Callable[[Progress], None],
    effort: Effort,
) -> SignIns:  # fmt: skip
    # pandas and the solver: only who makes a demonstration pays for their start
    from scheduler.journeys.online.demo_server import Ground, prepare

    with closing(opening.open_store(settings.store_url)) as store:
        opening.bring_up(store)
        ground = Ground(store, settings.home, Passwords(), actor_of)
        return prepare(ground, moment, effort, told, tell)


def _cleared(folder: Path) -> None:
    """Takes away what a start that was broken off left behind; the lock is ours."""
    for path in folder.iterdir():
        if path.name != LOCK:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
