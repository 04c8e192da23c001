"""Compile what the solvers need, once: `python -m solver.warm` after installing."""

from __future__ import annotations

from solver.moves import warm as moves
from solver.visits.teams import warm as teams


def warm_up() -> None:
    """Everything that would otherwise be compiled while somebody waits."""
    teams.warm_up()
    moves.warm_up()


if __name__ == "__main__":
    warm_up()
