"""The budgets of changes compared: table, JSON, and a page with a picture beside the table."""

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

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 330.0, 150.0, 56.0, 12.0, 12.0, 26.0


@dataclass(frozen=True)
class Panel:
    """One goal's line over the budgets: points in the picture, the lowest and highest value, the names."""

    name: str
    title_vi: str
    title_en: str
    unit_vi: str
    unit_en: str
    points: tuple[tuple[float, float, int, float], ...]  # x, y, changed visits, value
    low: float
    high: float


def budget_files(about: Mapping[str, Any], lang: str = "vi") -> dict[str, bytes]:
    """budgets.csv, budgets.json and budgets.html; `about` has `on`, `of`, `goals` and `rows`."""
    plain = json.dumps(about, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    return {
        "budgets.csv": _csv(about),
        "budgets.json": plain.encode(),
        "budgets.html": budget_page(about, lang).encode(),
    }


def _csv(about: Mapping[str, Any]) -> bytes:
    names = [goal["name"] for goal in about["goals"]]
    head: list[object] = ["budget", "changed", "least", "people", *names]
    rows: list[list[object]] = [
        [
            row["budget"],
            row["changed"],
            row["least"],
            row["people"],
            *(row["goals"][n] for n in names),
        ]
        for row in about["rows"]
    ]
    return csv_bytes([head, *rows])


def budget_page(about: Mapping[str, Any], lang: str = "vi") -> str:
    """The page as HTML text in both languages; `lang` is the one shown first."""
    page = environment().get_template("budget.html").render(
        lang=lang, about=about, panels=panels(about), width=WIDTH, height=HEIGHT, base=HEIGHT - BOTTOM,
        left=LEFT, title=Message("Đổi bao nhiêu cuộc thì được gì"),
    )  # fmt: skip
    return re.sub(r"\n\s*\n+", "\n", page)


def panels(about: Mapping[str, Any]) -> list[Panel]:
    """One small picture for each goal; goals that never differ have a flat line."""
    rows: Sequence[Mapping[str, Any]] = about["rows"]
    most = max((row["changed"] for row in rows), default=0) or 1
    found = []
    for goal in about["goals"]:
        values = [row["goals"][goal["name"]] / goal["scale"] for row in rows]
        low, high = min(values, default=0), max(values, default=0)
        span = (high - low) or 1
        points = tuple(
            (
                round(LEFT + (WIDTH - LEFT - RIGHT) * row["changed"] / most, 1),
                round(TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / span, 1),
                row["changed"],
                value,
            )
            for row, value in zip(rows, values, strict=True)
        )
        found.append(
            Panel(
                goal["name"], goal["title_vi"], goal["title_en"], goal["unit_vi"], goal["unit_en"],
                points, low, high,
            )
        )  # fmt: skip
    return found
