"""Envelopes of surprise targets: handed in by who releases them, opened by their team, never too early."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from data.draws.keys import KeyRefused
from data.draws.log import LOG
from data.draws.sealing import SealBroken
from data.store import draws, files
from data.store.errors import NotFound
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.draws import open_envelope
from scheduler.surprise.permits import release_fault
from scheduler.surprise.record import RecordState, state_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.records.actors import Actor
    from data.store.store import Store
    from scheduler.journeys.draws.results import Target

WHAT = Message("phong bì")


@dataclass(frozen=True)
class Envelope:
    """A closed envelope: which season and day, which slot, for which team."""

    draw_id: int
    day: date
    slot: int  # from 1, as people count
    team: str

    @property
    def file(self) -> str:
        """Its place among the files of the season."""
        return f"{draws.HANDED}{self.day.isoformat()}/{self.slot}-{self.team}.json"


def hand_in(store: Store, by: Actor, at: datetime, envelope: Envelope, box: str) -> None:
    """Keep a released envelope for its team; `box` is the ciphertext that `congvu draw release --out` wrote.

    Raises
    ------
    data.store.errors.NotFound, Refused
        The record has no line that releases this slot to this team; it is not yet the hour.
    """
    day, slot = envelope.day.isoformat(), envelope.slot - 1
    with store.writing(by, at) as work:
        season = draws.get(work.db, envelope.draw_id)
        state = _state(work.db, season.id)
        if (day, slot, envelope.team) not in state.released:
            raise Refused(Message(
                "Hồ sơ chưa có dòng giao lượt {slot} ngày {day} cho tổ {team}. Gửi hồ sơ có dòng đó trước.",
                {"slot": envelope.slot, "day": f"{envelope.day:%d/%m/%Y}", "team": envelope.team},
            ))  # fmt: skip
        fault = release_fault(state, day, slot, at)
        if fault is not None:
            raise Refused(fault)
        paper = {"day": day, "slot": slot, "team": envelope.team, "box": box}
        files.put(work.db, draws.NOUN, season.id, {envelope.file: json.dumps(paper).encode()})
        work.tell(
            "envelope.handed",
            "draw",
            season.id,
            {"day": day, "slot": slot + 1, "team": envelope.team},
        )


def my_envelopes(store: Store, who: Actor) -> list[Envelope]:
    """The envelopes of the teams that this person is on, newest day first."""
    found: list[Envelope] = []
    with store.reading() as db:
        seasons, _ = draws.page(db, 0, 100)
        for season in seasons:
            teams = _teams_of(db, season.id, who)
            kept = files.listed(db, draws.NOUN, season.id, draws.HANDED) if teams else []
            found += [e for e in (_named(season.id, k.name) for k in kept) if e and e.team in teams]
    return sorted(found, key=lambda e: (e.day, e.slot), reverse=True)


def open_mine(
    store: Store, who: Actor, at: datetime, envelope: Envelope, key: bytes, passphrase: str
) -> Target:
    """The target in an envelope of one's own team, with the team's key; the journal says who opened it.

    Key and passphrase are kept nowhere.

    Raises
    ------
    data.store.errors.NotFound
        It is not there, or is not this person's team's.
    Refused
        The key does not open it.
    """
    with store.reading() as db:
        if envelope.team not in _teams_of(db, envelope.draw_id, who):
            raise NotFound(WHAT, envelope.team)
        paper = files.read(db, draws.NOUN, envelope.draw_id, envelope.file)
    target = _opened(paper, key, passphrase)
    with store.writing(who, at) as work:  # the line is written before anybody sees the target
        work.tell(
            "envelope.opened", "draw", envelope.draw_id,
            {"day": envelope.day.isoformat(), "slot": envelope.slot, "team": envelope.team},
        )  # fmt: skip
    return target


def _opened(paper: bytes, key: bytes, passphrase: str) -> Target:
    with TemporaryDirectory(prefix="congvu-envelope-") as folder:
        envelope, key_file = Path(folder) / "envelope.json", Path(folder) / "team.key"
        envelope.write_bytes(paper)
        key_file.write_bytes(key)
        try:
            return open_envelope(envelope, key_file, lambda name: passphrase)
        except (SealBroken, KeyRefused) as error:
            raise Refused(error.message) from None


def _teams_of(db: Connection, draw_id: int, who: Actor) -> set[str]:
    """Teams of the season that this person is on; nobody's without an inspector id."""
    if not who.inspector_id:
        return set()
    try:
        content = files.read(db, draws.NOUN, draw_id, draws.RECORD + "planner/state.json")
    except NotFound:
        return set()
    teams: list[dict[str, Any]] = json.loads(content)["teams"]
    return {row["team"] for row in teams if who.inspector_id in row["members"]}


def _named(draw_id: int, name: str) -> Envelope | None:
    found = re.fullmatch(rf"{draws.HANDED}(\d{{4}}-\d\d-\d\d)/(\d+)-(.+)\.json", name)
    return (
        Envelope(draw_id, date.fromisoformat(found[1]), int(found[2]), found[3]) if found else None
    )


def _state(db: Connection, draw_id: int) -> RecordState:
    return state_of(files.read(db, draws.NOUN, draw_id, draws.RECORD + LOG).split(b"\n")[:-1])
