"""The moves of a rotation plan exchange by exchange, searched and a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.collation import folded, vietnamese_key
from data.exports.cycle_drawing import exchanges
from data.exports.rotation_public import public_plan
from data.exports.rotation_rows import Register, day_of, move_rows
from data.records import RotationPlan
from data.store import moves, plans
from scheduler.journeys.online.opened import open_dataset, open_office
from scheduler.journeys.online.people import GROUNDS
from scheduler.journeys.online.recent import Recent

if TYPE_CHECKING:
    from data.exports.rotation_rows import MoveRow
    from data.records.actors import Actor
    from data.store.plans import Version
    from data.store.store import Store

SECTION = "section"  # kind of a unit that people name with the body it belongs to


@dataclass(frozen=True)
class Exchange:
    """Moves that happen together, in the order of their arrows.

    Attributes
    ----------
    texts : of each move what is sought in, without accents
    bodies : units with which they have to do, sections under their bodies
    """

    rows: tuple[MoveRow, ...]
    texts: tuple[str, ...]
    bodies: frozenset[str]


@dataclass(frozen=True)
class Exchanges:
    """Every exchange of a version by wave, and the bodies in them by name: (id, name)."""

    all: Sequence[Exchange]
    bodies: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class MovesAsk:
    """Which moves: `text` is sought in people and posts without accents; blank filters let all through."""

    text: str = ""
    wave: int | None = None
    body: str = ""
    kind: str = ""


@dataclass(frozen=True)
class MovesFound:
    """A page of the exchanges sought.

    Attributes
    ----------
    total, people : how many exchanges were found, and how many people move in them
    waves : wave -> moves, of all that the other filters let through
    hits : ids of the moves in which the text itself stands
    """

    version: Version
    shown: Sequence[Exchange]
    total: int
    people: int
    waves: Mapping[int, int]
    bodies: Sequence[tuple[str, str]]
    hits: frozenset[str]


_recent: Recent[Exchanges] = Recent(4)
_registers: Recent[Register] = Recent(3)


def find_moves(
    store: Store, by: Actor, plan_id: int, ask: MovesAsk, offset: int, limit: int, lang: str
) -> MovesFound:
    """The exchanges sought, wave by wave; a reason says only what this person may know.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        version = plans.get(db, plans.MOVES, plan_id)
    known = exchanges_of(store, by, version, lang)
    text = folded(ask.text)
    every_wave = [each for each in known.all if _wanted(each, ask, text)]
    waves = Counter({each.rows[0].move.wave: 0 for each in every_wave})
    for each in every_wave:
        waves[each.rows[0].move.wave] += len(each.rows)
    found = [e for e in every_wave if ask.wave is None or e.rows[0].move.wave == ask.wave]
    shown = found[offset : offset + limit]
    hits = {
        row.move.move_id
        for each in shown
        for row, words in zip(each.rows, each.texts, strict=True)
        if text and text in words
    }
    people = sum(len(each.rows) for each in found)
    return MovesFound(version, shown, len(found), people, waves, known.bodies, frozenset(hits))


def exchanges_of(store: Store, by: Actor, version: Version, lang: str) -> Exchanges:
    """Every exchange of a version, kept in memory: its rows never change."""
    named, digest = by.may(GROUNDS), open_dataset(store, version.dataset_id).digest
    key = (version.id, version.run_id, version.name, version.made_at, digest, named, lang)
    return _recent.get(key, lambda: _exchanges(store, version, named, lang))


def movers(store: Store, by: Actor, version: Version, lang: str) -> dict[str, MoveRow]:
    """Everybody who moves, by id, in the order of their moves."""
    every = exchanges_of(store, by, version, lang).all
    return {row.move.staff_id: row for each in every for row in each.rows}


def movers_like(people: Mapping[str, MoveRow], text: str) -> list[MoveRow]:
    """Those whose name or code has this text, without accents."""
    wanted = folded(text)
    return [row for who, row in people.items() if wanted in folded(f"{row.person} | {who}")]


def register_of(store: Store, version: Version) -> Register:
    """Names of the people, posts and units of the dataset that the plan was made from, on its day."""
    digest, on = open_dataset(store, version.dataset_id).digest, day_of(_bare(version))
    return _registers.get(
        (digest, on), lambda: Register(open_office(store, version.dataset_id), on)
    )


def _exchanges(store: Store, version: Version, named: bool, lang: str) -> Exchanges:
    register = register_of(store, version)
    with store.reading() as db:
        found = moves.all_rows(db, version.id)
    if not named:
        found = public_plan(RotationPlan(version.year, found, ()), lang).moves
    every = [_exchange(rows, register) for rows in exchanges(move_rows(found, register))]
    names = {body: register.unit(body) for each in every for body in each.bodies}
    bodies = sorted(names.items(), key=lambda pair: (vietnamese_key(pair[1]), pair[0]))
    return Exchanges(every, bodies)


def _exchange(rows: Sequence[MoveRow], register: Register) -> Exchange:
    texts = tuple(
        folded(" | ".join((
            row.person, row.move.staff_id, row.move.move_id, row.move.cycle_id, row.left.title, row.left.unit,
            row.taken.title, row.taken.unit,
        )))
        for row in rows
    )  # fmt: skip
    units = {post.unit_id for row in rows for post in (row.left, row.taken) if post.unit_id}
    return Exchange(tuple(rows), texts, frozenset(_body(unit, register) for unit in units))


def _body(unit_id: str, register: Register) -> str:
    unit = register.units.get(unit_id)
    return unit.parent_id if unit and unit.kind == SECTION and unit.parent_id else unit_id


def _wanted(exchange: Exchange, ask: MovesAsk, text: str) -> bool:
    if ask.body and ask.body not in exchange.bodies:
        return False
    if ask.kind and exchange.rows[0].move.cycle_kind != ask.kind:
        return False
    return not text or any(text in words for words in exchange.texts)


def _bare(version: Version) -> RotationPlan:
    return RotationPlan(version.year, (), (), dict(version.facts))
