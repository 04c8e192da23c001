"""What a Word file says and how it is laid out, as plain values from which the PDF is made.

So the PDF holds what the Word file holds, also when an office has changed the template. What it cannot
take over (pictures, automatic numbers, footnotes, text boxes ...) is named, not lost in silence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from data.papers.word_styles import (
    Look,
    Styles,
    W,
    has_lines,
    paragraph_look,
    points,
    run_look,
    value,
)

Block = dict[str, Any]
LEFT_OUT = {
    "drawing": "hình", "pict": "hình", "AlternateContent": "hình", "object": "đối tượng nhúng",
    "numPr": "đánh số tự động",
    "footnoteReference": "chú thích cuối trang", "endnoteReference": "chú thích cuối văn bản",
    "txbxContent": "hộp chữ", "sdt": "ô điều khiển nội dung", "ins": "sửa đổi đang theo dõi",
}  # fmt: skip


@dataclass
class Sheet:
    """A section: page (points), whether pages are numbered and the first too, blocks in their order."""

    page: dict[str, float]
    numbered: bool
    first_numbered: bool
    restart: bool
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Read:
    """A Word file as sections, and what in it a PDF made from it will lack."""

    sheets: list[Sheet]
    left_out: tuple[str, ...]


class _Reader:
    def __init__(self, parts: dict[str, bytes]) -> None:
        self.styles = Styles(parts.get("word/styles.xml", b"<styles/>"))
        self.headers = _headers_with_numbers(parts)
        self.left_out: dict[str, None] = {}

    def note(self, element: Element) -> None:
        """Remembers what is left out."""
        name = LEFT_OUT.get(element.tag.rpartition("}")[2])
        if name or any(text.text for text in element.iter(W + "t")):
            self.left_out[name or "phần khác"] = None

    def paragraph(self, element: Element) -> Block:
        properties = element.find(W + "pPr")
        style = "" if properties is None else value(properties.find(W + "pStyle"))
        block, run = self.styles.look(style or self.styles.first)
        look = block if properties is None else block | paragraph_look(properties)
        if properties is not None and properties.find(W + "numPr") is not None:
            self.left_out[LEFT_OUT["numPr"]] = None
        made: Block = {"kind": "p", **look}
        made["runs"] = self._runs(element, run)
        made["size"] = run["size"]
        made.pop("dots", None)
        if not look.get("dots"):
            for piece in made["runs"]:
                if piece["text"] == "\t":
                    piece["text"] = "    "
        return made

    def _runs(self, parent: Element, base: Look) -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = []
        for child in parent:
            if child.tag == W + "r":
                look = base | run_look(child.find(W + "rPr"))
                for piece in child:
                    text = self._piece(piece)
                    if not text:
                        continue
                    if (
                        made
                        and made[-1]["look"] == look
                        and text != "\t"
                        and made[-1]["text"] != "\t"
                    ):
                        made[-1]["text"] += text
                    else:
                        made.append({"text": text, "look": look})
            elif child.tag in (W + "hyperlink", W + "smartTag", W + "fldSimple"):
                made += self._runs(child, base)
            else:
                self.note(child)
        return [{"text": run["text"], **run["look"]} for run in made]

    def _piece(self, piece: Element) -> str:
        if piece.tag == W + "t":
            return piece.text or ""
        if piece.tag == W + "tab":
            return "\t"
        if piece.tag in (W + "br", W + "cr"):
            return "\n"
        if piece.tag == W + "noBreakHyphen":
            return "\u2011"
        self.note(piece)
        return ""

    def table(self, element: Element) -> Block:
        properties = element.find(W + "tblPr")
        margins = None if properties is None else properties.find(f"{W}tblCellMar/{W}left")
        style = "" if properties is None else value(properties.find(W + "tblStyle"))
        lined = has_lines(element) or self.styles.lined(style)
        rows = []
        for row in element.findall(W + "tr"):
            head = row.find(f"{W}trPr/{W}tblHeader") is not None
            cells = [self._cell(cell) for cell in row.findall(W + "tc")]
            rows.append({"head": head, "cells": cells})
        return {
            "kind": "t", "lined": lined, "pad": points(value(margins, "w")) if margins is not None else 5.4,
            "widths": [points(value(col, "w")) for col in element.findall(f"{W}tblGrid/{W}gridCol")],
            "rows": _with_heights(rows),
        }  # fmt: skip

    def _cell(self, cell: Element) -> dict[str, Any]:
        properties = cell.find(W + "tcPr")
        span = value(properties.find(W + "gridSpan")) if properties is not None else ""
        merge = properties.find(W + "vMerge") if properties is not None else None
        valign = value(properties.find(W + "vAlign")) if properties is not None else ""
        return {
            "span": int(span) if span.isdecimal() else 1, "middle": valign == "center",
            "merged": merge is not None and value(merge) != "restart",
            "blocks": self.blocks(cell),
        }  # fmt: skip

    def blocks(self, parent: Element) -> list[Block]:
        made = []
        for child in parent:
            if child.tag == W + "p":
                made.append(self.paragraph(child))
            elif child.tag == W + "tbl":
                made.append(self.table(child))
            else:
                self.note(child)
        return made

    def sheet(self, section: Element | None) -> Sheet:
        size = section.find(W + "pgSz") if section is not None else None
        sides = section.find(W + "pgMar") if section is not None else None
        page = {
            "width": points(value(size, "w")) or 595.3,
            "height": points(value(size, "h")) or 841.9,
        }
        for side in ("top", "bottom", "left", "right"):
            page[side] = points(value(sides, side)) or 56.7
        title = section is not None and section.find(W + "titlePg") is not None
        restart = section.find(W + "pgNumType") if section is not None else None
        links = [] if section is None else [
            (value(link, "type"), next((v for k, v in link.attrib.items() if k.endswith("}id")), ""))
            for link in section.iter(W + "headerReference")
        ]  # fmt: skip
        numbered = any(kind == "default" and link in self.headers for kind, link in links)
        first = any(kind == "first" and link in self.headers for kind, link in links)
        return Sheet(page, numbered, first if title else numbered, value(restart, "start") != "")


def read_word(parts: dict[str, bytes], xml: str) -> Read:
    """The sections of a Word file whose text part is `xml`."""
    reader = _Reader(parts)
    body = fromstring(xml).find(W + "body")
    sheets: list[Sheet] = []
    blocks: list[Block] = []
    for child in body if body is not None else ():
        if child.tag == W + "p":
            section = child.find(f"{W}pPr/{W}sectPr")
            if section is None:
                blocks.append(reader.paragraph(child))
                continue
            ends = reader.paragraph(child)
            if ends["runs"]:
                blocks.append(ends)
        elif child.tag == W + "tbl":
            blocks.append(reader.table(child))
            continue
        elif child.tag == W + "sectPr":
            section = child
        else:
            reader.note(child)
            continue
        sheet = reader.sheet(section)
        sheet.blocks = blocks
        sheets.append(sheet)
        blocks = []
    return Read(sheets, tuple(reader.left_out))


def _headers_with_numbers(parts: dict[str, bytes]) -> set[str]:
    """Relationship ids of the page headers that hold a page number."""
    links = parts.get("word/_rels/document.xml.rels")
    found = set()
    for link in fromstring(links) if links else ():
        target = "word/" + link.get("Target", "")
        if target in parts and b"PAGE" in parts[target]:
            found.add(link.get("Id", ""))
    return found


def _with_heights(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with cells that go on below one another joined: the first has the height of all."""
    above: dict[int, dict[str, Any]] = {}
    for row in rows:
        column, kept = 0, []
        for cell in row["cells"]:
            if cell.pop("merged") and column in above:
                above[column]["height"] += 1
            else:
                cell["height"] = 1
                above[column] = cell
                kept.append(cell)
            column += cell["span"]
        row["cells"] = kept
    return rows
