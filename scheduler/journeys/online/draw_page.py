"""One season of draws as its page shows it: where it stands, its days, the day whose table is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from scheduler.journeys.online import draws
from scheduler.journeys.online.draws import Standing

if TYPE_CHECKING:
    from data.store.store import Store


@dataclass(frozen=True)
class DrawPage:
    """A season. `next_day`: the first day after today whose table is not sealed yet; None at the end."""

    standing: Standing
    days: list[dict[str, Any]]
    next_day: str | None

    @property
    def sealed(self) -> int:
        """Days whose table has been sealed."""
        return sum(row["slots"] is not None for row in self.days)


def draw_page(store: Store, draw_id: int, now: datetime, today: date) -> DrawPage:
    """A season and what its record says of each day; never a target.

    Raises
    ------
    data.store.errors.NotFound
    """
    standing = draws.standing(store, draw_id, now)
    days = draws.days_of(standing.state)
    ahead = [row["day"] for row in days if row["day"] > today.isoformat() and row["slots"] is None]
    return DrawPage(standing, days, ahead[0] if ahead else None)
