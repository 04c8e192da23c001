"""The evening before, as long work: the day's table is reckoned and sealed, and its line saved with it."""

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.draws.log import LogError
from data.store import draws, files, runs
from scheduler.errors import Refused
from scheduler.journeys.draws import CommitAsk, commit
from scheduler.journeys.online.draws import desk_of, lay_out_season
from scheduler.surprise.record import RecordBroken

if TYPE_CHECKING:
    from scheduler.journeys.online.working import Job


def seal_table(job: Job) -> None:
    """The table of one day of a season, committed; the head of the record has to be posted outside.

    The chance of which teams go comes from the machine and is kept nowhere: who knew it could try out what the
    table may be.

    Raises
    ------
    Refused
        The record does not permit it now.
    """
    folder, day = job.scratch, date.fromisoformat(job.ask["day"])
    record = folder / "record"
    record.mkdir(mode=0o700)
    with job.store.reading() as db:
        season = draws.get(db, int(job.ask["draw_id"]))
        dataset, plan = lay_out_season(db, season, folder)
        files.lay_out(db, draws.NOUN, season.id, record, draws.RECORD)
    (record / ".lock").touch()
    before = _all(record)
    ask = CommitAsk(dataset, plan, day, tuple(job.ask.get("absent", ())))
    try:
        logged = commit(desk_of(record, job.clock()), ask, secrets.randbits(63))
    except (LogError, RecordBroken) as error:
        raise Refused(error.message) from None
    fresh = {name: own for name, own in _all(record).items() if before.get(name) != own}
    with job.store.writing(job.by, job.clock()) as work:
        draws.step(work, season)
        files.put(work.db, draws.NOUN, season.id, {draws.RECORD + n: c for n, c in fresh.items()})
        work.tell(
            "draw.table", "draw", season.id,
            {"day": job.ask["day"], "line": logged.n, "head": logged.head},
        )  # fmt: skip
        runs.finish(
            work, job.run.id,
            {"noun": "draw", "id": season.id, "day": job.ask["day"], "line": logged.n, "head": logged.head},
        )  # fmt: skip


def _all(record: Path) -> dict[str, bytes]:
    return {name: own for name, own in files.gathered(record).items() if name != ".lock"}
