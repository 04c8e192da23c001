"""What mending a plan gives back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from solver.moves.problem import MovesSolution
from solver.moves.wire import exchanges_in, exchanges_out

Move = tuple[int, int, int]  # person, desk, wave


@dataclass(frozen=True)
class Repaired:
    """A mended plan.

    `proven`: no plan that differs in the broken groups alone, the rest standing still, and that leaves
    nobody out whose exchange still stands, has fewer people unplaced, or as few with fewer changed moves.
    """

    solution: MovesSolution
    removed: tuple[Move, ...]
    added: tuple[Move, ...]
    lost: tuple[
        int, ...
    ]  # due people who had a place before and have none now; without those who are out
    proven: bool

    @property
    def changed(self) -> int:
        """Moves that no longer stand, and new ones."""
        return len(self.removed) + len(self.added)


def repaired_out(repaired: Repaired) -> dict[str, Any]:
    """A mended plan as plain lists, for the line between processes."""
    plain = {f.name: getattr(repaired, f.name) for f in fields(repaired)}
    return {**plain, "solution": exchanges_out(repaired.solution.exchanges)}


def repaired_in(plain: dict[str, Any]) -> Repaired:
    """The mended plan that `repaired_out` made plain."""
    return Repaired(
        MovesSolution(exchanges_in(plain["solution"])),
        tuple((p, d, w) for p, d, w in plain["removed"]),
        tuple((p, d, w) for p, d, w in plain["added"]),
        tuple(plain["lost"]),
        plain["proven"],
    )
