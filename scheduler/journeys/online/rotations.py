"""Rotation plans on the server: read with or without grounds, compared; their files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.exports.rotation_public import public_plan
from data.records import Move, RotationPlan, Unplaced
from data.store import files, moves, plans
from data.store.errors import NotFound
from scheduler.journeys.online.opened import open_dataset
from scheduler.journeys.online.people import GROUNDS
from scheduler.journeys.online.recent import Recent
from scheduler.journeys.online.versions import Living, living, other_side, other_versions
from scheduler.journeys.rotation import PUBLIC
from scheduler.move_changes import CHANGES, move_changes

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.files import Kept
    from data.store.plans import Version
    from data.store.store import Store

SHOWN = PUBLIC + "/"  # all that who may not know grounds sees of a plan's folder
INTERNAL = ("deferred", "exempt", "missing", "single")  # lists of facts of people who are not moved
POSTED = ("spared", "missing", "single")  # the same where grounds are not known
NOT_OF_THE_FOLDER = ("papers/", plans.MADE)
_posted: Recent[Mapping[str, Any]] = Recent(
    4
)  # facts without grounds: a third of a second for 5,000 moves


@dataclass(frozen=True)
class SeenRotation(Living):
    """A version as this person may see it; `public`: without grounds, kin and free words about people."""

    public: bool


@dataclass(frozen=True)
class Names:
    """Names of the people and posts of some rows, as the plan's dataset has them."""

    people: Mapping[str, str]
    posts: Mapping[str, tuple[str, str, str]]  # post -> title, unit, name of the unit


@dataclass(frozen=True)
class Difference:
    """What became of everybody's move from one version to the other."""

    old: Version
    new: Version
    rows: list[dict[str, Any]]
    counts: dict[str, int]
    names: Names


def list_rotations(
    store: Store, offset: int, limit: int, *, year: int | None = None, statuses: Collection[str] = ()
) -> tuple[list[Version], int]:  # fmt: skip
    """Versions of rotation plans, newest first, and how many there are."""
    with store.reading() as db:
        return plans.page(db, plans.MOVES, offset, limit, year=year, statuses=statuses)


def one_rotation(store: Store, by: Actor, plan_id: int) -> SeenRotation:
    """One version; for who may not know grounds with the facts and faults that may be posted.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        found = living(db, plans.MOVES, plan_id)
    shown = seen(found.version, by)
    return SeenRotation(shown, found.people, found.data_changed, not by.may(GROUNDS))


def moves_of(
    store: Store, by: Actor, plan_id: int, offset: int, limit: int, *, staff_id: str = "",
    cycle_id: str = "",
) -> tuple[list[Move], int, Names]:  # fmt: skip
    """A page of the moves, how many there are, and the names in them.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        version = plans.get(db, plans.MOVES, plan_id)
        found, total = moves.page(db, plan_id, offset, limit, staff_id=staff_id, cycle_id=cycle_id)
    shown = found
    if not by.may(GROUNDS):
        shown = [*public_plan(RotationPlan(version.year, tuple(found), ())).moves]
    posts = {post for move in found for post in (move.from_position, move.to_position)}
    return (
        shown,
        total,
        names_in(store, version.dataset_id, {move.staff_id for move in found}, posts),
    )


def unplaced_of(
    store: Store, by: Actor, plan_id: int, offset: int, limit: int
) -> tuple[list[Unplaced], int, Names]:
    """A page of the people without a place, how many there are, and their names.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        version = plans.get(db, plans.MOVES, plan_id)
        found, total = moves.unplaced_page(db, plan_id, offset, limit)
    shown = found
    if not by.may(GROUNDS):
        shown = [*public_plan(RotationPlan(version.year, (), tuple(found))).unplaced]
    return shown, total, names_in(store, version.dataset_id, {row.staff_id for row in found})


def spared_of(
    store: Store, by: Actor, plan_id: int, which: str, offset: int, limit: int
) -> tuple[list[Mapping[str, Any]], int, Names]:
    """A page of one list of the people whom the plan does not move: see `INTERNAL`.

    Raises
    ------
    data.store.errors.NotFound
    """
    version = one_rotation(store, by, plan_id).version
    rows = list(version.facts.get(which) or ())
    shown = rows[offset : offset + limit]
    people = {who for row in shown for who in _people_in(row)}
    return shown, len(rows), names_in(store, version.dataset_id, people)


def others_of(store: Store, version: Version) -> list[Version]:
    """Versions of the same year, newest first, without this one."""
    with store.reading() as db:
        return other_versions(db, version)


def difference(store: Store, plan_id: int, against: int | None) -> Difference:
    """The version against another one, or against the one that it amends.

    Raises
    ------
    Refused
        It amends none and no other is named.
    data.store.errors.NotFound
    """
    with store.reading() as db:
        new = plans.get(db, plans.MOVES, plan_id)
        old = plans.get(db, plans.MOVES, other_side(new, against))
        rows = move_changes(moves.all_rows(db, old.id), moves.all_rows(db, new.id))
    counts = {what: sum(row["what"] == what for row in rows) for what in CHANGES}
    posts = {
        side[post]
        for row in rows
        for side in (row["before"], row["after"])
        if side
        for post in ("from_position", "to_position")
    }
    names = names_in(store, new.dataset_id, {row["staff_id"] for row in rows}, posts)
    return Difference(old, new, rows, counts, names)


def files_of(store: Store, by: Actor, plan_id: int) -> list[Kept]:
    """Files of a plan; for who may not know grounds those of the copy that may be posted.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        plans.get(db, plans.MOVES, plan_id)
        folder = "" if by.may(GROUNDS) else SHOWN
        kept = files.listed(db, "plan", plan_id, folder)
    return [each for each in kept if not each.name.startswith(NOT_OF_THE_FOLDER)]


def file_of(store: Store, by: Actor, plan_id: int, name: str) -> bytes:
    """The content of one of these files.

    Raises
    ------
    data.store.errors.NotFound
    """
    if name not in {kept.name for kept in files_of(store, by, plan_id)}:
        raise NotFound(files.WHAT, name)
    with store.reading() as db:
        return files.read(db, "plan", plan_id, name)


def seen(version: Version, by: Actor) -> Version:
    """The version as this person may see it.

    A fault may speak of kin or of the planner's words on a person: who may not know grounds gets its rule.
    """
    if by.may(GROUNDS):
        return version
    key = (version.id, version.run_id, version.name, version.made_at)
    facts = _posted.get(
        key, lambda: public_plan(RotationPlan(version.year, (), (), dict(version.facts))).facts
    )
    faults: list[Mapping[str, Any]] = [
        {**fault, "vi": fault.get("title_vi", ""), "en": fault.get("title_en", "")}
        for fault in version.breaches
    ]
    return replace(version, facts=facts, breaches=faults)


def names_in(
    store: Store, dataset_id: int | None, people: Collection[str], posts: Collection[str] = ()
) -> Names:
    """Names of these people and posts in a dataset; None: in the accepted one."""
    tables = open_dataset(store, dataset_id).tables
    staff, positions, units = tables["staff"], tables["positions"], tables["units"]
    mine = staff[staff["staff_id"].isin(list(people))]
    held = positions[positions["position_id"].isin(list(posts))]
    called = dict(zip(units["unit_id"], units["name"], strict=True))
    return Names(
        dict(zip(mine["staff_id"], mine["name"], strict=True)),
        {
            post: (title, unit, called.get(unit, ""))
            for post, title, unit in zip(
                held["position_id"], held["title"], held["unit_id"], strict=True
            )
        },
    )


def _people_in(row: Mapping[str, Any]) -> list[str]:
    told = row.get("staff") or row.get("staff_id") or ()
    return [told] if isinstance(told, str) else [str(who) for who in told]
