"""The capacity frontier as one HTML page with picture and table, as CSV, or as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.exports.environment import environment
from data.whole_folder import csv_bytes
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TITLE = Message("Bao nhiêu người thì bao phủ được đến đâu")
SHOWN = (
    (Message("Đơn vị được kiểm tra"), "covered_share", "covered_most_share"),
    (Message("Rủi ro bao phủ"), "reached_share", "reached_most_share"),
)
LEFT, RIGHT, TOP, BASE = 44.0, 332.0, 10.0, 150.0  # of the picture


@dataclass(frozen=True)
class Panel:
    """One picture: the plans' line, the bound's, and the numbers below."""

    title: Message
    line: str
    bound: str
    ticks: tuple[tuple[float, str], ...]


def frontier_bytes(points: Sequence[Mapping[str, Any]], suffix: str, lang: str = "vi") -> bytes:
    """The content of a file of this kind (.html, .csv, .json)."""
    if suffix == ".json":
        told = {"format": "congvu-frontier/1", "points": list(points)}
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    if suffix == ".csv":
        names = list(points[0]) if points else []
        return csv_bytes([list[object](names), *([p[name] for name in names] for p in points)])
    page = environment().get_template("frontier.html").render(
        lang=lang, points=points, title=TITLE, panels=[_panel(points, *shown) for shown in SHOWN],
    )  # fmt: skip
    return re.sub(r"\n\s*\n+", "\n", page).encode()


def _panel(points: Sequence[Mapping[str, Any]], title: Message, plan: str, bound: str) -> Panel:
    step = (RIGHT - LEFT) / max(1, len(points) - 1)
    places = [round(LEFT + step * n, 1) for n in range(len(points))]
    ticks = tuple(
        (x, f"{p['inspectors']}×{p['teams']}") for x, p in zip(places, points, strict=True)
    )

    def line(name: str) -> str:
        return " ".join(
            f"{x},{round(BASE - (BASE - TOP) * p[name], 1)}"
            for x, p in zip(places, points, strict=True)
        )

    return Panel(title, line(plan), line(bound), ticks)
