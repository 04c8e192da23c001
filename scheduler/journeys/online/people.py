"""Officials in sensitive posts on the server: listed and searched, one in full, what comes, what is open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from data.rulefiles import RuleFilesError
from data.store import datasets
from data.store.errors import NotFound
from data.words import Message
from scheduler.deferred import UNSAID, without_grounds
from scheduler.derivation import sentences_of
from scheduler.errors import Refused
from scheduler.flags import flag_table
from scheduler.journeys.flags import flag_desk
from scheduler.journeys.online.opened import open_dataset
from scheduler.journeys.online.plain_rows import plain, rows_of
from scheduler.journeys.online.recent import Recent
from scheduler.legal_basis import legal_bases
from scheduler.officials import Official, Officials, OpenQuestion, officials_of

if TYPE_CHECKING:
    from data.dataset import Dataset
    from data.records.actors import Actor
    from data.store.store import Store

WHAT = Message("người")
GROUNDS = "grounds.read"
_recent: Recent[Officials] = Recent(6)


@dataclass(frozen=True)
class Reading:
    """One reading of a person's clock: a row of the flags, with the articles on which it rests."""

    cells: dict[str, Any]
    since: date | None  # first day of the deferral that is shown
    basis: str


@dataclass(frozen=True)
class Listing:
    """One page of officials, how many there are, how many stand where, and the units to search by."""

    items: list[tuple[Official, list[Reading]]]
    total: int
    counts: dict[str, int]
    units: list[tuple[str, str]]


@dataclass(frozen=True)
class Person:
    """One official in full; what tells grounds is None for who may not know them."""

    official: Official
    readings: list[Reading]
    derivations: list[dict[str, Any]]
    postings: list[dict[str, Any]]
    deferrals: list[dict[str, Any]]
    measures: list[dict[str, Any]]


def officials(store: Store, by: Actor, on: date) -> Officials:
    """Everybody on a day as this person may see them; kept in memory while the data stay the same.

    Raises
    ------
    Refused
        No dataset was accepted, or no rule was in force on the day.
    """
    return board(store, on, named=by.may(GROUNDS))


def board(store: Store, on: date, *, named: bool) -> Officials:
    """The same, with or without what tells grounds.

    Raises
    ------
    Refused
    """
    dataset = open_dataset(store)
    return _recent.get((dataset.digest, on, named), lambda: _officials(dataset, on, named))


def _officials(dataset: Dataset, on: date, named: bool) -> Officials:
    try:
        desk = flag_desk(dataset, on)
        tables = desk.tables if named else without_grounds(desk.tables)
        return officials_of(flag_table(tables, desk.catalogue, desk.rulebook, on))
    except RuleFilesError as error:
        raise Refused(error.faults[0].message) from None


def list_people(
    store: Store, by: Actor, on: date, lang: str, offset: int, limit: int, *, q: str = "",
    unit: str = "", standings: Collection[str] = (), sort: str = "days_left", unclear: bool = False,
) -> Listing:  # fmt: skip
    """A page of the officials sought."""
    board = officials(store, by, on)
    found, counts = board.found(q, unit, standings, sort, unclear=unclear)
    shown = found[offset : offset + limit]
    readings = _readings(board, shown, lang, named=by.may(GROUNDS))
    return Listing(list(zip(shown, readings, strict=True)), len(found), counts, board.bodies)


def has_people(store: Store) -> bool:
    """Whether a dataset was accepted, so that there is somebody to list."""
    with store.reading() as db:
        return datasets.current(db) is not None


def one_person(store: Store, by: Actor, staff_id: str, on: date, lang: str) -> Person:
    """One official: both readings step by step, the career, what puts a move off, the measures.

    Raises
    ------
    NotFound
    """
    board, named = officials(store, by, on), by.may(GROUNDS)
    who = official_of(board, staff_id)
    flags, rows = board.flags, np.array(who.rows, np.int64)
    secret = {"deferrals": ("ground", "evidence"), "measures": ("kind", "decision_no")}
    told = {
        name: [
            row if named else {**row, **dict.fromkeys(secret[name])}
            for row in rows_of(flags.tables[name], staff_id)
        ]
        for name in secret
    }
    readings = _readings(board, [who], lang, named=named)[0]
    derivations = [
        {"reading": reading.cells["reading"], "steps": steps}
        for reading, steps in zip(readings, sentences_of(flags, rows, lang), strict=True)
    ]
    career = _career(flags.tables, staff_id)
    return Person(who, readings, derivations, career, told["deferrals"], told["measures"])


def relatives_of(store: Store, by: Actor, staff_id: str, on: date) -> list[dict[str, Any]]:
    """Kin of one official in the table of relatives, whichever of the two wrote it.

    Raises
    ------
    NotFound
    """
    board = officials(store, by, on)
    official_of(board, staff_id)
    table, found = board.flags.tables["relatives"], []
    mine = (table["staff_id"] == staff_id) | (table["relative_id"] == staff_id)
    for row in plain(table[mine]):
        other = row["relative_id"] if row["staff_id"] == staff_id else row["staff_id"]
        known = board.by_id.get(other)
        found.append({
            "staff_id": other, "name": known.name if known else "", "relation": row["relation"],
            "told_by": row["staff_id"], "unit_id": known.unit_id if known else "",
            "unit_name": known.unit_name if known else "",
        })  # fmt: skip
    return found


def kin_beside(store: Store, by: Actor, staff_id: str, on: date) -> list[dict[str, Any]]:
    """Kin of one official who serve under the same body; nobody for who may not know.

    Raises
    ------
    NotFound
    """
    if not by.may(GROUNDS):
        return []
    board = officials(store, by, on)
    me = official_of(board, staff_id)
    body = me.body_id or me.unit_id
    beside = {w.staff_id for w in board.people if body and body in (w.body_id, w.unit_id)}
    return [row for row in relatives_of(store, by, staff_id, on) if row["staff_id"] in beside]


def unclear_people(
    store: Store, by: Actor, on: date, unit: str, offset: int, limit: int
) -> tuple[list[tuple[OpenQuestion, str, str]], int]:
    """Postings of which nobody has said whether they continued, with names of new and former unit."""
    board = officials(store, by, on)
    rows = [r for r in board.questions if not unit or unit in (r.unit_id, r.from_unit_id)]
    return _with_units(board, rows[offset : offset + limit]), len(rows)


def questions_of(
    store: Store, by: Actor, staff_id: str, on: date
) -> list[tuple[OpenQuestion, str, str]]:
    """The postings of one person of which nobody has said whether they continued."""
    board = officials(store, by, on)
    return _with_units(board, [row for row in board.questions if row.staff_id == staff_id])


def _with_units(
    board: Officials, rows: Collection[OpenQuestion]
) -> list[tuple[OpenQuestion, str, str]]:
    units = board.flags.tables["units"]
    names = dict(zip(units["unit_id"], units["name"], strict=True))
    return [(r, names.get(r.unit_id, ""), names.get(r.from_unit_id, "")) for r in rows]


def official_of(board: Officials, staff_id: str) -> Official:
    """The official of this id.

    Raises
    ------
    NotFound
    """
    who = board.by_id.get(staff_id)
    if who is None:
        raise NotFound(WHAT, staff_id)
    return who


def names_of(store: Store, staff_ids: Collection[str]) -> dict[str, str]:
    """Staff id -> name, of those who are in the accepted dataset."""
    try:
        staff = open_dataset(store).tables["staff"]
    except Refused:
        return {}
    mine = staff[staff["staff_id"].isin(list(staff_ids))]
    return dict(zip(mine["staff_id"], mine["name"], strict=True))


def _readings(
    board: Officials, people: Collection[Official], lang: str, *, named: bool
) -> list[list[Reading]]:
    flags = board.flags
    rows = np.array([row for who in people for row in who.rows], np.int64)
    bases = legal_bases(flags, rows, lang)
    since = flags.deferred.since[flags.steps.person[rows]].astype("datetime64[D]").tolist()
    told = iter(zip(plain(flags.frame.iloc[rows]), since, bases, strict=True))
    found = []
    for who in people:
        mine = []
        for _ in who.rows:
            cells, first, basis = next(told)
            if not named or cells["ground"] in ("", UNSAID):
                cells["ground"] = None
            shown = first if cells["overlay"] == "deferred" else None
            mine.append(Reading(cells, shown, basis))
        found.append(mine)
    return found


def _career(tables: Any, staff_id: str) -> list[dict[str, Any]]:
    """The postings of one person by start, with title and unit of each post."""
    posts, units = tables["positions"], tables["units"]
    mine = rows_of(tables["postings"], staff_id)
    wanted = posts[posts["position_id"].isin([row["position_id"] for row in mine])]
    of_post = {row["position_id"]: row for row in wanted.to_dict("records")}
    names = dict(zip(units["unit_id"], units["name"], strict=True))
    for row in mine:
        post = of_post.get(row["position_id"], {})
        unit = post.get("unit_id", "")
        row |= {"title": post.get("title", ""), "unit_id": unit, "unit_name": names.get(unit, "")}
    return sorted(mine, key=lambda row: (row["start"] or date.min, row["position_id"]))
