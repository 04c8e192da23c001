"""Whether a page keeps the layout of Decree 30/2020, for templates that an office has made its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from data.words import Message

MM = 72 / 25.4  # points
SLACK = 0.3  # mm; Word rounds
NAMES = {
    "top": Message("lề trên"), "bottom": Message("lề dưới"),
    "left": Message("lề trái"), "right": Message("lề phải"),
}  # fmt: skip


def layout_remarks(
    file: str, pages: Iterable[Mapping[str, float]], allowed: Mapping[str, Any]
) -> list[Message]:
    """A remark for each margin or paper size outside the decree, once for each side.

    Parameters
    ----------
    pages : width, height, top, bottom, left, right of each section, in points
    allowed : value of the rule papers.page: least and most mm of each side
    """
    found: dict[str, Message] = {}
    for page in pages:
        sides = sorted((page["width"] / MM, page["height"] / MM))
        if any(abs(mm - a4) > 1 for mm, a4 in zip(sides, (210, 297), strict=True)):
            found["size"] = Message("{file}: khổ giấy không phải A4.", {"file": file})
        for side, name in NAMES.items():
            least, most = allowed[side]
            mm = page[side] / MM
            if not least - SLACK <= mm <= most + SLACK:
                found[side] = Message(
                    "{file}: {side} {found} mm, thể thức quy định từ {least} đến {most} mm.",
                    {"file": file, "side": name, "found": round(mm), "least": least, "most": most},
                )
    return list(found.values())
