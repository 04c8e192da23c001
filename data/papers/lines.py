"""The line under a name: as long as the decree asks, whatever the name.

Decree 30/2020, Annex I: a third to a half of the line of text above it.
"""

from __future__ import annotations

import re

SHARE = 0.42  # of the text above, between a third and a half
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_LINE = re.compile(r'<w:pPr>(<w:pStyle w:val="(KeCoQuan|KeTrichYeu)"/>)</w:pPr>')
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_ROOM = {"KeCoQuan": (68.0, 12.0), "KeTrichYeu": (160.0, 14.0)}  # mm, points of the text above
_NARROW = set("iljtfIr .,-()'1/")
_WIDE = set("mwMWOQGƠÔÒÓỌỎÕỒỐỘỔỖỜỚỢỞỠ%")


def fit_lines(xml: str) -> str:
    """The text with each line under a name cut to its share of that name's last line."""
    out, end, above = [], 0, ""
    for found in _PARAGRAPH.finditer(xml):
        kind = _LINE.search(found[0])
        if kind:
            room, size = _ROOM[kind[2]]
            wide = min(width(above, size), 0.9 * room)
            side = round((room - SHARE * wide) / 2 * 1440 / 25.4)
            fitted = found[0].replace(
                kind[1], f'{kind[1]}<w:ind w:left="{side}" w:right="{side}"/>', 1
            )
            out += [xml[end : found.start()], fitted]
            end = found.end()
        above = "".join(_TEXT.findall(found[0])) or above
    return "".join(out) + xml[end:]


def width(text: str, size: float) -> float:
    """About how wide a bold text is in Times at a size in points, in mm; within a tenth or so.

    >>> 22 < width("SỞ NỘI VỤ", 12) < 30
    True
    """
    ems = sum(
        0.31 if c in _NARROW else 0.9 if c in _WIDE else 0.7 if c.isupper() else 0.51 for c in text
    )
    return ems * size * 25.4 / 72
