"""What versions of yearly and of rotation plans share: who is in their life, which one may be amended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.store import accounts, datasets, plans
from data.words import Message
from scheduler.errors import Refused
from scheduler.lifecycle import PUBLISHED, STATES

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.store.plans import Version


@dataclass(frozen=True)
class Living:
    """A version in the middle of its life.

    Attributes
    ----------
    people : account id -> name, of everybody in its life
    data_changed : whether another dataset has been accepted since it was checked, or made
    """

    version: Version
    people: Mapping[int, str]
    data_changed: bool


@dataclass(frozen=True)
class Effort:
    """How long a solve may take, and its seed."""

    time_limit_s: float
    seed: int = 1


def living(db: Connection, kind: str, plan_id: int) -> Living:
    """One version with the people of its life.

    Raises
    ------
    data.store.errors.NotFound
    """
    version = plans.get(db, kind, plan_id)
    ids = {version.account_id, version.submitted_by, version.approved_by, version.published_by}
    people = {who: accounts.get(db, who).name for who in ids if who is not None}
    current = datasets.current(db)
    known = version.checked_on_id or version.dataset_id
    return Living(version, people, current is None or current.id != known)


def in_force(db: Connection, kind: str, plan_id: int) -> Version:
    """The version, which is published: the only state in which a plan is amended.

    Raises
    ------
    Refused, data.store.errors.NotFound
    """
    version = plans.get(db, kind, plan_id)
    if version.status != PUBLISHED:
        raise Refused(Message(
            "Chỉ điều chỉnh được kế hoạch đang có hiệu lực; kế hoạch này đang ở trạng thái «{state}».",
            {"state": STATES[version.status]},
        ))  # fmt: skip
    return version


def other_versions(db: Connection, version: Version) -> list[Version]:
    """Versions of the same kind and year, newest first, without this one."""
    found, _ = plans.page(db, version.kind, 0, 100, year=version.year)
    return [other for other in found if other.id != version.id]


def other_side(version: Version, against: int | None) -> int:
    """The version that this one is compared with: the one named, or the one that it amends.

    Raises
    ------
    Refused
        It amends none and no other is named.
    """
    other = version.previous_id if against is None else against
    if other is None:
        raise Refused(Message(
            "Kế hoạch này không điều chỉnh từ bản nào. Nêu bản để so bằng tham số against."
        ))  # fmt: skip
    return other
