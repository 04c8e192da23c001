"""Two versions of yearly plans side by side, visit by visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.records import Plan
from data.store import plans, visits
from data.words import Message
from scheduler.changes import counted, told
from scheduler.compare import Pair, compare_years
from scheduler.errors import Refused
from scheduler.journeys.online.versions import other_side
from scheduler.visit_changes import changes_between

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.store.plans import Version
    from data.store.store import Store


@dataclass(frozen=True)
class Difference:
    """What became of every visit from one version to another.

    Attributes
    ----------
    counts : kind of change -> visits
    changes : one for each visit of either version, as `scheduler.changes.told` gives them
    figures : goals, coverage and counts in both
    """

    old: Version
    new: Version
    counts: Mapping[str, int]
    changes: Sequence[Mapping[str, Any]]
    figures: Sequence[Pair]


def difference(store: Store, plan_id: int, against: int | None = None) -> Difference:
    """The version against another one, or against the one that it amends.

    Raises
    ------
    Refused
        It amends none and no other is named, or the years differ.
    data.store.errors.NotFound
    """
    with store.reading() as db:
        new, rows = _whole(db, plan_id)
        old, before = _whole(db, other_side(new, against))
    if old.year != new.year:
        raise Refused(Message(
            "Hai bản thuộc hai năm khác nhau ({a}, {b}): không so được.",
            {"a": old.year, "b": new.year},
        ))  # fmt: skip
    changes = changes_between(before.visits, rows.visits)
    amends = new.previous_id == old.id
    known = {c["id"]: c for c in (new.facts.get("replan") or {}).get("changes", ()) if amends}
    figures = compare_years(replace(before, visits=()), replace(rows, visits=()), {}).figures
    return Difference(
        old, new, counted(changes), [_with_reasons(told(c), known) for c in changes], figures
    )


def _whole(db: Connection, plan_id: int) -> tuple[Version, Plan]:
    version = plans.get(db, plans.VISITS, plan_id)
    return version, Plan(version.year, visits.all_rows(db, plan_id), (), dict(version.facts))


def _with_reasons(
    change: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Any]:
    """The change with the reasons and marks that the amendment itself tells of the same change."""
    other = known.get(change["id"])
    if other is None or other["what"] != change["what"]:
        return change
    return {**change, **{k: other[k] for k in ("stands", "reasons_vi", "reasons_en")}}
