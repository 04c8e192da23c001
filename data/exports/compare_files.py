"""Two plans side by side as one HTML page or a CSV table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from data.exports.environment import environment
from data.whole_folder import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping


def compare_page(
    told: Mapping[str, Any], states: Mapping[str, tuple[str, str]], lang: str = "vi"
) -> str:
    """The page as HTML text in both languages; what is equal is dimmed.

    Parameters
    ----------
    told : a comparison as JSON values (format congvu-comparison/1)
    states : state of a row -> its name in Vietnamese and English
    """
    template = environment().get_template("compare.html")
    return re.sub(r"\n\s*\n+", "\n", template.render(lang=lang, told=told, states=states))


def compare_csv(told: Mapping[str, Any]) -> bytes:
    """One line for each figure, person and row: what it is, its state, A, B."""
    lines: list[list[object]] = [["part", "id", "name", "state", "a", "b"]]
    for part in ("figures", "loads"):
        for pair in told[part]:
            state = "same" if pair["same"] else "differs"
            lines.append([part, pair["name"], pair["title"]["vi"], state, pair["a"], pair["b"]])
    for row in told["rows"]:
        lines.append(["rows", row["label"], row["about"], row["state"], row["a"], row["b"]])
    return csv_bytes(lines)
