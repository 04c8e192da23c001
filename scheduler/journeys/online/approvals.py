"""What waits for a leader's word, and all that one page says of a plan before it is signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from data.rulefiles import read_rules
from data.store import accounts, plan_edits, plans
from scheduler.approval import LeftOut, dropped_by_reason, is_switch, unplaced_by_reason
from scheduler.changes import summary
from scheduler.journeys.online import plan_diff, plan_overview, rotations, rules
from scheduler.lifecycle import APPROVED, SUBMITTED

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.records.actors import Actor
    from data.store.plans import Version
    from data.store.store import Store
    from data.words import Message
    from scheduler.journeys.online.plan_diff import Difference
    from scheduler.journeys.online.plan_overview import YearOverview
    from scheduler.journeys.online.rotations import Names, SeenRotation
    from scheduler.journeys.online.rules import ShownRule

RIGHTS = {plans.VISITS: "plans.approve", plans.MOVES: "rotations.approve"}
WAITS = (SUBMITTED, APPROVED)
MOST = 10_000  # more rows than any plan leaves out


@dataclass(frozen=True)
class Waiting:
    """A version that waits: to be judged, or approved and not yet in force.

    Attributes
    ----------
    people : account id -> name, of everybody in its life
    own : whether who asks made, edited or submitted it, and so may not judge it
    """

    version: Version
    people: Mapping[int, str]
    own: bool


@dataclass(frozen=True)
class Doubts:
    """Rules behind a plan whose source is not certain.

    Attributes
    ----------
    switches : those that are switched on, or chosen between two readings
    others : how many more have a value of uncertain source
    """

    switches: Sequence[ShownRule]
    others: int


@dataclass(frozen=True)
class VisitSheet:
    """All that the page of a waiting yearly plan says.

    Attributes
    ----------
    left_out : by reason; keys are visits
    titles : id of a rule -> its title in Vietnamese and English
    change : against the version in force; None when there is none
    """

    found: YearOverview
    own: bool
    left_out: Sequence[LeftOut]
    titles: Mapping[str, tuple[str, str]]
    doubts: Doubts
    change: Difference | None
    change_told: Message | None


@dataclass(frozen=True)
class MoveSheet:
    """All that the page of a waiting rotation plan says; `left_out` keys are people."""

    seen: SeenRotation
    own: bool
    left_out: Sequence[LeftOut]
    titles: Mapping[str, tuple[str, str]]
    doubts: Doubts
    names: Names
    change: rotations.Difference | None


def waiting(store: Store, by: Actor) -> list[Waiting]:
    """What waits for this leader: submitted ones first, then those approved and not yet in force."""
    with store.reading() as db:
        found = [
            version
            for status in WAITS
            for kind, right in RIGHTS.items()
            if by.may(right)
            for version in plans.page(db, kind, 0, 100, statuses=(status,))[0]
        ]
        return [Waiting(v, _people(db, v), _is_own(db, v, by)) for v in found]


def visit_sheet(store: Store, by: Actor, plan_id: int) -> VisitSheet:
    """The page of a yearly plan.

    Raises
    ------
    data.store.errors.NotFound
    """
    found = plan_overview.overview(store, by, plan_id)
    version = found.version
    titles = rule_titles()
    with store.reading() as db:
        own, before = _is_own(db, version, by), plans.published(db, plans.VISITS, version.year)
    change = None
    if before is not None and before.id != plan_id:
        change = plan_diff.difference(store, plan_id, before.id)
    return VisitSheet(
        found, own,
        dropped_by_reason(
            [visit.row for visit in found.dropped], version.facts.get("risk", {}), titles
        ),
        titles, doubts_of(version), change, summary(change.counts) if change else None,
    )  # fmt: skip


def move_sheet(store: Store, by: Actor, plan_id: int) -> MoveSheet:
    """The page of a rotation plan, as far as this person may see it.

    Raises
    ------
    data.store.errors.NotFound
    """
    seen = rotations.one_rotation(store, by, plan_id)
    unplaced, _, names = rotations.unplaced_of(store, by, plan_id, 0, MOST)
    with store.reading() as db:
        own = _is_own(db, seen.version, by)
        before = plans.published(db, plans.MOVES, seen.version.year)
    change = None
    if before is not None and before.id != plan_id:
        change = rotations.difference(store, plan_id, before.id)
    return MoveSheet(
        seen,
        own,
        unplaced_by_reason(unplaced),
        rule_titles(),
        doubts_of(seen.version),
        names,
        change,
    )


def doubts_of(version: Version) -> Doubts:
    """The rules of uncertain source on which a version rests, as its facts name them."""
    ids = {told["id"] for told in version.facts.get("to_check", ())}
    if version.kind == plans.VISITS:
        ids = {one for one in ids if not one.startswith(rules.NOT_OF_PLANS)}
    known = [rule for rule in rules.list_rules(date(version.year, 1, 1)) if rule.id in ids]
    switches = [rule for rule in known if rule.now and is_switch(_unit(rule), rule.now.value)]
    return Doubts(switches, len(ids) - len(switches))


def rule_titles() -> dict[str, tuple[str, str]]:
    """Id of every rule -> its title in Vietnamese and English."""
    return {row.id: (row.title_vi, row.title_en) for row in read_rules()}


def _unit(rule: ShownRule) -> str:
    return rule.row.unit.partition(";")[0]


def _people(db: Connection, version: Version) -> dict[int, str]:
    ids = {version.account_id, version.submitted_by, version.approved_by}
    return {who: accounts.get(db, who).name for who in ids if who is not None}


def _is_own(db: Connection, version: Version, by: Actor) -> bool:
    behind: set[Any] = {version.account_id, version.submitted_by}
    return by.account_id in behind | plan_edits.editors(db, version.id)
