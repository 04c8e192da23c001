"""Pieces of a Word document in the layout of Decree 30/2020, Annex I: paragraphs, tables, sections.

Sizes are of that annex: national name 12, motto 13, number and place 13, body 14, recipients 11 and 12.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

MARGINS = {
    "top": 20,
    "bottom": 20,
    "left": 30,
    "right": 20,
}  # mm; Annex I allows 20-25, 30-35, 15-20
PAGE = (210, 297)  # mm, A4
HEAD_COLUMNS = (68, 92)  # mm: the issuing body; the national name
_MARK = re.compile(r"(\*\*.+?\*\*|__.+?__|\[\.\.\.\])")


@dataclass(frozen=True)
class Grid:
    """A table to be drawn: widths in mm, heads, rows of cells; `each` loops over the last row."""

    widths: Sequence[float]
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    each: str = ""
    size: int = 12


def twips(mm: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(mm * 1440 / 25.4)


def runs(text: str, extra: str = "") -> str:
    """Text with **bold**, __italic__ and [...] (dots to the end of the line) as runs."""
    made = []
    for part in _MARK.split(text):
        if not part:
            continue
        look = extra
        if part == "[...]":
            made.append(f"<w:r>{_look(look)}<w:tab/></w:r>")
            continue
        if part.startswith("**"):
            part, look = part[2:-2], "<w:b/>" + look
        elif part.startswith("__"):
            part, look = part[2:-2], "<w:i/>" + look
        made.append(f'<w:r>{_look(look)}<w:t xml:space="preserve">{escape(part)}</w:t></w:r>')
    return "".join(made)


def _look(inside: str) -> str:
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def paragraph(style: str, text: str = "", inside: str = "") -> str:
    """One paragraph in a named style; `inside` is more of its properties."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{inside}</w:pPr>{runs(text)}</w:p>'


def tag(text: str, style: str = "Than") -> str:
    """A paragraph that only holds a tag for a loop or a condition over paragraphs: it disappears."""
    return paragraph(style, f"{{%p {text} %}}")


def each(name: str, things: str, style: str, text: str) -> str:
    """A paragraph for every thing of a list."""
    return tag(f"for {name} in {things}", style) + paragraph(style, text) + tag("endfor", style)


def _cell(width: float, content: str, more: str = "") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{more}</w:tcPr>{content}</w:tc>'
    )


def _row(cells: Sequence[str], more: str = "") -> str:
    rules = f"<w:trPr><w:cantSplit/>{more}</w:trPr>"
    return f"<w:tr>{rules}{''.join(cells)}</w:tr>"


def _table(widths: Sequence[float], rows: Sequence[str], lined: bool) -> str:
    kind = "single" if lined else "none"
    sides = "".join(
        f'<w:{side} w:val="{kind}" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    pad = twips(1.2 if lined else 0)
    columns = "".join(f'<w:gridCol w:w="{twips(w)}"/>' for w in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{pad}" w:type="dxa"/><w:right w:w="{pad}" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def lined_table(grid: Grid) -> str:
    """A table with lines: heads on every page; a head that ends in ^ has centred cells below it."""
    size = f'<w:sz w:val="{2 * grid.size}"/><w:szCs w:val="{2 * grid.size}"/>'
    middle = '<w:vAlign w:val="center"/>'
    heads = [
        _cell(w, _small("BangDau", head.rstrip("^"), size), middle)
        for w, head in zip(grid.widths, grid.heads, strict=True)
    ]
    centred = [head.endswith("^") for head in grid.heads]
    rows = [
        _row([
            _cell(w, _small("BangGiua" if mid else "Bang", text, size))
            for w, text, mid in zip(grid.widths, cells, centred, strict=True)
        ])
        for cells in grid.rows
    ]  # fmt: skip
    if grid.each:
        rows[-1] = _loop_row(grid, f"for {grid.each}") + rows[-1] + _loop_row(grid, "endfor")
    return _table(grid.widths, [_row(heads, "<w:tblHeader/>"), *rows], lined=True)


def _loop_row(grid: Grid, text: str) -> str:
    cells = [_cell(w, paragraph("Bang")) for w in grid.widths]
    cells[0] = _cell(grid.widths[0], paragraph("Bang", f"{{%tr {text} %}}"))
    return _row(cells)


def _small(style: str, text: str, size: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs(text, size)}</w:p>'


def head_block() -> str:
    """Issuing body and national name side by side, number and place below them."""
    left = (
        each("dong", "co_quan_chu_quan", "CoQuanChuQuan", "{{ dong }}")
        + each("dong", "co_quan", "CoQuan", "{{ dong }}")
        + paragraph("KeCoQuan")
    )
    right = (
        paragraph("QuocHieu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + paragraph("TieuNgu", "Độc lập - Tự do - Hạnh phúc")
        + paragraph("KeTieuNgu")
    )
    number, place = paragraph("SoKyHieu", "{{ so }}"), paragraph("DiaDanh", "{{ dia_danh_ngay }}")
    rows = [
        _row([_cell(w, content) for w, content in zip(HEAD_COLUMNS, cells, strict=True)])
        for cells in ((left, right), (number, place))
    ]
    return _table(HEAD_COLUMNS, rows, lined=False)


def signature_block() -> str:
    """Recipients on the left; authority, title and name of who signs on the right."""
    left = paragraph("NoiNhan", "Nơi nhận:") + each("noi", "noi_nhan", "NoiNhanDong", "{{ noi }}")
    right = (
        each("dong", "chu_ky", "ChuKy", "{{ dong }}")
        + paragraph("ChoKy") + paragraph("ChuKy", "{{ nguoi_ky }}")
    )  # fmt: skip
    widths = (78, 82)
    return _table(widths, [_row([_cell(78, left), _cell(82, right)])], lined=False)


def signatures(titles: Sequence[str], names: Sequence[str]) -> str:
    """Several people side by side, each with room to sign."""
    width = 160 / len(titles)
    cells = [
        _cell(width, paragraph("ChuKy", title) + paragraph("KyGhi", "(Ký, ghi rõ họ tên)")
              + paragraph("ChoKy") + paragraph("ChuKy", name))
        for title, name in zip(titles, names, strict=True)
    ]  # fmt: skip
    return _table([width] * len(titles), [_row(cells)], lined=False)


def section(wide: bool) -> str:
    """Page, margins and page numbers from the second page on, counted from 1 in each section."""
    width, height = reversed(PAGE) if wide else PAGE
    turned = ' w:orient="landscape"' if wide else ""
    sides = " ".join(f'w:{side}="{twips(mm)}"' for side, mm in MARGINS.items())
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
        '<w:headerReference w:type="first" r:id="rId4"/>'
        f'<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{turned}/>'
        f'<w:pgMar {sides} w:header="{twips(10)}" w:footer="{twips(10)}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )
