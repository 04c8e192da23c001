"""How the server is: what can be used right now, and the figures that an administrator watches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from data.store import probing, runs, upgrading
from data.store.errors import StoreError
from data.words import Message

if TYPE_CHECKING:
    from data.store.store import Store

LEAST_FREE_MB = 64


@dataclass(frozen=True)
class Check:
    """One thing that must be well; `message` says what is not."""

    name: str  # database, version, disk, jobs
    message: Message | None = None

    @property
    def good(self) -> bool:
        """Whether it is well."""
        return self.message is None


@dataclass(frozen=True)
class Figures:
    """What is counted.

    Attributes
    ----------
    runs : (kind, status) -> number
    gaps : kind of plan -> largest (value - bound) / value of a goal of the newest one
    """

    runs: Mapping[tuple[str, str], int]
    gaps: Mapping[str, float]
    journal_lines: int

    @property
    def queued(self) -> int:
        """Long works that wait."""
        return sum(n for (_, status), n in self.runs.items() if status == runs.QUEUED)

    @property
    def running(self) -> int:
        """Long works under way."""
        return sum(n for (_, status), n in self.runs.items() if status == runs.RUNNING)


def checks(store: Store, jobs_alive: bool) -> list[Check]:
    """What must be well for people to work; asked anew each time."""
    return [
        *_database(store),
        Check("disk", _room(store)),
        Check("jobs", None if jobs_alive else Message("Bộ phận chạy việc dài không hoạt động.")),
    ]


def figures(store: Store) -> Figures:
    """The figures of this moment.

    Raises
    ------
    data.store.errors.StoreUnavailable
    """
    with store.reading() as db:
        facts = probing.newest_facts(db)
        counted, lines = probing.runs_by_kind(db), probing.journal_lines(db)
    gaps = {kind: gap for kind, told in facts.items() if (gap := gap_of(told)) is not None}
    return Figures(counted, gaps, lines)


def gap_of(facts: Mapping[str, Any]) -> float | None:
    """The largest relative gap between a goal and its bound, or None when no goal has a bound.

    >>> gap_of({"goals": [{"value": 10, "bound": 8}, {"value": 0, "bound": 0}]})
    0.2
    """
    gaps = [
        (goal["value"] - goal["bound"]) / abs(goal["value"]) if goal["value"] else 0.0
        for goal in facts.get("goals") or []
        if isinstance(goal, Mapping)
        and isinstance(goal.get("value"), int | float)
        and isinstance(goal.get("bound"), int | float)
    ]
    return max(gaps, default=None)


def _database(store: Store) -> list[Check]:
    try:
        found = probing.written_version(store)
    except StoreError as error:
        return [Check("database", error.message)]
    wanted = _newest()
    wrong = Message(
        "Cơ sở dữ liệu ở phiên bản «{found}», chương trình cần «{wanted}». Chạy lại chương trình để nâng cấp.",
        {"found": found, "wanted": wanted},
    )
    return [Check("database"), Check("version", None if found == wanted else wrong)]


def _room(store: Store) -> Message | None:
    free = probing.free_mb(store)
    if free is None or free >= LEAST_FREE_MB:
        return None
    return Message(
        "Ổ đĩa chỉ còn {free} MB; cần ít nhất {least} MB.", {"free": free, "least": LEAST_FREE_MB}
    )


@cache
def _newest() -> str:
    return upgrading.newest()
