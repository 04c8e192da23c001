"""How a paragraph of a Word file looks: defaults, then its style and what that is based on, then itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element, fromstring

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINE = 240  # twentieths of a point of a single line, or 240ths of a line

Look = dict[str, Any]  # see `paragraph_look` and `run_look`
_ALIGN = {
    "both": "justify",
    "center": "center",
    "right": "right",
    "end": "right",
    "distribute": "justify",
}
_OFF = ("0", "false", "none", "off")


def value(element: Element | None, name: str = "val") -> str:
    """An attribute in Word's namespace, "" when it is not there."""
    return "" if element is None else element.get(W + name, "")


def points(text: str) -> float:
    """Twentieths of a point as points; 0 for what is no number."""
    try:
        return int(text) / 20
    except ValueError:
        return 0.0


def paragraph_look(properties: Element | None) -> Look:
    """align; left, right, first, before, after (points); line (lines, below 0: points); keep, border, dots."""
    look: Look = {}
    if properties is None:
        return look
    if (jc := properties.find(W + "jc")) is not None:
        look["align"] = _ALIGN.get(value(jc), "left")
    if (ind := properties.find(W + "ind")) is not None:
        for name, keys in (("left", ("left", "start")), ("right", ("right", "end"))):
            for key in keys:
                if value(ind, key):
                    look[name] = points(value(ind, key))
        if value(ind, "firstLine"):
            look["first"] = points(value(ind, "firstLine"))
        if value(ind, "hanging"):
            look["first"] = -points(value(ind, "hanging"))
    if (spacing := properties.find(W + "spacing")) is not None:
        for name in ("before", "after"):
            if value(spacing, name):
                look[name] = points(value(spacing, name))
        if value(spacing, "line"):
            exact = value(spacing, "lineRule") in ("exact", "atLeast")
            line = points(value(spacing, "line"))
            look["line"] = -line if exact else line * 20 / LINE
    if (keep := properties.find(W + "keepNext")) is not None:
        look["keep"] = value(keep) not in _OFF
    if (border := properties.find(f"{W}pBdr/*")) is not None:
        look["border"] = "below" if border.tag == W + "bottom" else "above"
    if (tabs := properties.find(W + "tabs")) is not None:
        look["dots"] = any(value(tab, "leader") == "dot" for tab in tabs)
    return look


def run_look(properties: Element | None) -> Look:
    """size (points), bold, italic, under, caps."""
    look: Look = {}
    if properties is None:
        return look
    for name, tag in (("bold", "b"), ("italic", "i"), ("caps", "caps")):
        if (found := properties.find(W + tag)) is not None:
            look[name] = value(found) not in _OFF
    if (under := properties.find(W + "u")) is not None:
        look["under"] = value(under) != "none"
    if (size := properties.find(W + "sz")) is not None:
        look["size"] = points(value(size)) * 10
    return look


def has_lines(table: Element) -> bool:
    """Whether a table, a cell of it or a style of tables draws lines."""
    borders = (
        *table.findall(f"{W}tblPr/{W}tblBorders"),
        *table.findall(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders"),
    )
    return any(value(side) not in ("none", "nil", "") for border in borders for side in border)


@dataclass(frozen=True)
class Styles:
    """The styles of a Word file; `look(style)` gives those of its paragraphs and of their runs."""

    xml: bytes
    _known: dict[str, tuple[Look, Look]] = field(default_factory=dict)

    @cached_property
    def _table(self) -> dict[str, Element]:
        return {value(s, "styleId"): s for s in self._root.iter(W + "style")}

    @cached_property
    def _root(self) -> Element:
        return fromstring(self.xml)

    @cached_property
    def _defaults(self) -> tuple[Look, Look]:
        start: Look = {"align": "left", "left": 0.0, "right": 0.0, "first": 0.0, "before": 0.0,
                       "after": 0.0, "line": 1.0}  # fmt: skip
        root = self._root
        block = root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
        run = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        return start | paragraph_look(block), {"size": 10.0} | run_look(run)

    @cached_property
    def first(self) -> str:
        """Id of the style of paragraphs that name none."""
        for key, style in self._table.items():
            if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true"):
                return key
        return ""

    def lined(self, style: str) -> bool:
        """Whether a style of tables, or what it is based on, draws lines."""
        seen: set[str] = set()
        while style in self._table and style not in seen:
            seen.add(style)
            if has_lines(self._table[style]):
                return True
            style = value(self._table[style].find(W + "basedOn"))
        return False

    def look(self, style: str, seen: tuple[str, ...] = ()) -> tuple[Look, Look]:
        """Paragraph's and runs' looks of a style by its id."""
        if style in self._known:
            return self._known[style]
        found = self._table.get(style)
        if found is None or style in seen:
            return self._defaults
        block, run = self.look(value(found.find(W + "basedOn")), (*seen, style))
        both = (
            block | paragraph_look(found.find(W + "pPr")),
            run | run_look(found.find(W + "rPr")),
        )
        self._known[style] = both
        return both
