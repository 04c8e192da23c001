"""Cycles and chains as drawings: posts one below the other, people going along the arrows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from data.collation import vietnamese_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from data.exports.rotation_rows import MoveRow, Post

WIDTH, EDGE, TOP, BOX, GAP = 340, 30, 4, 62, 24
BOX_WIDTH = WIDTH - EDGE - 3  # the way back runs on the left
LETTERS = {"unit": 34, "person": 36, "title": 42}  # how many fit on a line of the box


@dataclass(frozen=True)
class Stop:
    """A post in the drawing, and who leaves it; `empty`: nobody holds it."""

    y: int
    unit: str
    person: str
    title: str
    hint: str  # all of it, not cut
    empty: bool = False
    outside: bool = False  # a recruit comes from no post


@dataclass(frozen=True)
class Drawing:
    """One exchange: its stops from the top down, arrows as SVG paths, the size of the picture."""

    cycle_id: str
    kind: str
    wave: int
    day: date | None
    stops: tuple[Stop, ...]
    arrows: tuple[str, ...]
    height: int
    width: int = WIDTH
    left: int = EDGE
    box_width: int = BOX_WIDTH
    box_height: int = BOX


def exchanges(rows: Iterable[MoveRow]) -> list[list[MoveRow]]:
    """The moves that happen together, each exchange in the order of its arrows; waves in order.

    A move without a cycle stands alone.
    """
    groups: dict[tuple[int, str], list[MoveRow]] = {}
    for row in rows:
        key = row.move.cycle_id or f"\0{row.move.move_id}"
        groups.setdefault((row.move.wave, key), []).append(row)
    keys = sorted(groups, key=lambda k: (k[0], vietnamese_key(k[1]), k[1]))
    return [along(groups[key]) for key in keys]


def along(moves: Sequence[MoveRow]) -> list[MoveRow]:
    """The moves so that each one's new post is the post that the next one leaves, where possible.

    A chain starts with the person whose old post nobody takes.
    """
    left = list(moves)
    taken = {row.move.to_position for row in left}
    ordered: list[MoveRow] = []
    while left:
        wanted = ordered[-1].move.to_position if ordered else ""
        nearest = next((r for r in left if wanted and r.move.from_position == wanted), None)
        start = next((r for r in left if r.move.from_position not in taken), left[0])
        ordered.append(nearest or start)
        left.remove(ordered[-1])
    return ordered


def draw(moves: Sequence[MoveRow]) -> Drawing:
    """The picture of one exchange, given in the order of its arrows."""
    stops: list[Stop] = []
    arrows: list[str] = []
    started = 0
    for n, row in enumerate(moves):
        stops.append(_stop(len(stops), row.left, row.person, outside=not row.move.from_position))
        arrows.append(_down(len(stops) - 1))
        if n + 1 < len(moves) and moves[n + 1].move.from_position == row.move.to_position:
            continue
        if row.move.to_position == moves[started].move.from_position:
            arrows[-1] = _back(len(stops) - 1, stops[started].y)
        else:
            stops.append(_stop(len(stops), row.taken, "", empty=True))
        started = n + 1
    first = moves[0].move
    height = stops[-1].y + BOX + TOP + 2
    return Drawing(
        first.cycle_id, first.cycle_kind, first.wave, first.effective_date,
        tuple(stops), tuple(arrows), height,
    )  # fmt: skip


def _stop(n: int, post: Post, person: str, empty: bool = False, outside: bool = False) -> Stop:
    whole = " – ".join(part for part in (person, post.title, post.unit) if part)
    return Stop(
        TOP + n * (BOX + GAP),
        _cut(post.unit, LETTERS["unit"]),
        _cut(person, LETTERS["person"]),
        _cut(post.title, LETTERS["title"]),
        whole,
        empty,
        outside,
    )


def _down(n: int) -> str:
    start = TOP + n * (BOX + GAP) + BOX
    return f"M{EDGE + BOX_WIDTH // 2} {start}v{GAP - 7}"


def _back(n: int, top: int) -> str:
    """From the left side of a box up to the left side of the box at `top`."""
    low, high = TOP + n * (BOX + GAP) + BOX // 2, top + BOX // 2
    if low == high:  # a post that is left for itself: only in a plan that was edited wrongly
        return f"M{EDGE} {low - 12}h-16v24h9"
    return f"M{EDGE} {low}h-8q-10 0 -10 -10V{high + 10}q0 -10 10 -10h1"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
