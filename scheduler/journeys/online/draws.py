"""Seasons of surprise draws on the server: the record is kept, grows by checked steps, and is handed out.

No key comes here: custodians, releaser and audit work on their own machines with `congvu draw` on a copy of
the record and send it back longer (`draw_steps.py`). What the server does itself needs no key: the evening's
table (`draw_work.py`), and handing a released envelope to its team (`envelopes.py`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from data.draws.log import LOG, STATE, LogError
from data.draws.record_zip import written_zip
from data.store import draws, files
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.draws import chances as chances_csv
from scheduler.journeys.draws import open_desk, status, verify
from scheduler.journeys.online.opened import accepted, lay_out_dataset
from scheduler.surprise.record import RecordBroken, RecordState, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from data.store.draws import Season
    from data.store.store import Store
    from scheduler.journeys.draws import Desk
    from scheduler.journeys.draws.results import Verified

PRIVATE = f"planner/{STATE}"  # of the record, but for the planner only


@dataclass(frozen=True)
class Standing:
    """A season, what its lines say together, and what comes next."""

    season: Season
    state: RecordState
    notes: tuple[Message, ...]


def no_passphrase(name: str) -> str:
    """Nobody types a passphrase here."""
    raise Refused(Message("Máy chủ không nhận mật khẩu của khóa «{name}».", {"name": name}))


@contextmanager
def laid_out(db: Connection, draw_id: int) -> Iterator[Path]:
    """The record as a folder, gone afterwards."""
    with TemporaryDirectory(prefix="congvu-draw-") as folder:
        target = Path(folder) / "record"
        target.mkdir(mode=0o700)
        files.lay_out(db, draws.NOUN, draw_id, target, draws.RECORD)
        (target / ".lock").touch()
        yield target


def desk_of(record: Path, now: datetime) -> Desk:
    """The record at the server's clock.

    Raises
    ------
    Refused
        The record is broken.
    """
    try:
        return open_desk(record, now, False, no_passphrase)
    except (LogError, RecordBroken) as error:
        raise Refused(error.message) from None


def list_draws(store: Store, offset: int, limit: int) -> tuple[list[Season], int]:
    """A page of the seasons, newest first, and how many there are."""
    with store.reading() as db:
        return draws.page(db, offset, limit)


def standing(store: Store, draw_id: int, now: datetime) -> Standing:
    """One season with what its record says.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        season = draws.get(db, draw_id)
        state = state_of(_lines(files.read(db, draws.NOUN, draw_id, draws.RECORD + LOG)))
        with laid_out(db, draw_id) as record:
            return Standing(season, state, status(desk_of(record, now)))


def record_of(store: Store, draw_id: int) -> bytes:
    """The public record as a zip: everything but the planner's own state.

    Raises
    ------
    data.store.errors.NotFound
    """
    return _zipped(store, draw_id, private=False)


def planners_record(store: Store, draw_id: int) -> bytes:
    """The record with the planner's state, for work on the planner's own machine.

    Raises
    ------
    data.store.errors.NotFound
    """
    return _zipped(store, draw_id, private=True)


def verified(store: Store, draw_id: int, anchors: Sequence[str]) -> Verified:
    """The verdict of the stand-alone verifier; `anchors`: "N:HASH" that were posted outside.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        draws.get(db, draw_id)
        with laid_out(db, draw_id) as record:
            return verify(record, anchors)


def chances(store: Store, draw_id: int, now: datetime) -> bytes:
    """Each unit's chances as CSV, for the planner only.

    Raises
    ------
    data.store.errors.NotFound, Refused
    """
    with store.reading() as db, TemporaryDirectory(prefix="congvu-draw-") as folder:
        season = draws.get(db, draw_id)
        dataset, plan = lay_out_season(db, season, Path(folder))
        with laid_out(db, draw_id) as record:
            out = chances_csv(desk_of(record, now), dataset, plan, Path(folder) / "chances.csv")
        return out.read_bytes()


def lay_out_season(db: Connection, season: Season, folder: Path) -> tuple[Path, Path]:
    """The accepted dataset and the season's plan as folders.

    Raises
    ------
    Refused
        No dataset has been accepted.
    """
    dataset, plan = folder / "dataset", folder / "plan"
    for made in (dataset, plan):
        made.mkdir()
    lay_out_dataset(db, accepted(db).id, dataset)
    files.lay_out(db, "plan", season.plan_id or 0, plan)
    return dataset, plan


def _zipped(store: Store, draw_id: int, private: bool) -> bytes:
    with store.reading() as db:
        draws.get(db, draw_id)
        with laid_out(db, draw_id) as record:
            contents = files.gathered(record)
    kept = {n: c for n, c in contents.items() if n != ".lock" and (private or n != PRIVATE)}
    return written_zip(kept)


def _lines(log: bytes) -> list[bytes]:
    return log.split(b"\n")[:-1]


def days_of(state: RecordState) -> list[dict[str, Any]]:
    """What the record says of each day, in order: no target, ever."""
    return [
        {
            "day": day,
            "slots": state.commits[day].slots if day in state.commits else None,
            "attempts": state.commits[day].attempt + 1 if day in state.commits else 0,
            "drawn": day in state.draws, "without": day in state.without,
            "released": sorted(team for d, _, team in state.released if d == day),
            "revealed": day in state.revealed,
        }
        for day in state.days
    ]  # fmt: skip


def lines_of(store: Store, draw_id: int) -> list[dict[str, Any]]:
    """The lines of the record, oldest first.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        draws.get(db, draw_id)
        return [
            json.loads(x) for x in _lines(files.read(db, draws.NOUN, draw_id, draws.RECORD + LOG))
        ]
