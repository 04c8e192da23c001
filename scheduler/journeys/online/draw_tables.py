"""The evening's table asked for; `draw_work.py` carries it out."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from data.draws.log import LOG
from data.store import draws, files, runs
from scheduler.errors import Refused
from scheduler.surprise.permits import commit_fault
from scheduler.surprise.record import state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.records.actors import Actor
    from data.store.store import Store


def ask_table(
    store: Store, by: Actor, at: datetime, draw_id: int, day: date, absent: Sequence[str]
) -> str:
    """A run that seals the table of a day; gives its id.

    Raises
    ------
    data.store.errors.NotFound
    Refused
        The record does not permit it: a day outside the season, too late, a second table.
    """
    with store.writing(by, at) as work:
        season = draws.get(work.db, draw_id)
        log = files.read(work.db, draws.NOUN, season.id, draws.RECORD + LOG)
        fault = commit_fault(state_of(log.split(b"\n")[:-1]), day.isoformat(), at, "")
        if fault is not None:
            raise Refused(fault)
        wanted = {"draw_id": season.id, "day": day.isoformat(), "absent": list(absent)}
        return runs.ask(work, "tables", wanted)
