"""Reads a wording file: plain lines are paragraphs, lines that begin with @ are pieces of the layout.

@head, @title, @subject, @bases, @part, @point, @center, @sign stand for themselves; @signs titles | ...
has the names on the next line; @table widths in mm [size] [each x in list] is followed by the heads and
the rows, cells apart by |, and closed by @end; @annex [wide] is followed by number, title, and with which
paper it comes; @for, @endfor, @if, @endif enclose whole paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator

from data.papers.make import pieces
from data.papers.make.package import word_file

STYLES = {
    "@title": "TenLoai", "@subject": "TrichYeu", "@part": "Phan", "@point": "Muc",
    "@center": "Giua",
}  # fmt: skip
LAST = '<w:p><w:pPr><w:pStyle w:val="Than"/>'
TAGS = {"@for": "for {}", "@if": "if {}", "@endfor": "endfor", "@endif": "endif"}


def template_of(text: str) -> bytes:
    """The Word template that a wording file describes.

    Raises
    ------
    ValueError
        When a line begins with an @ that is not known.
    """
    lines = iter([line.rstrip() for line in text.splitlines() if not line.startswith("#")])
    body: list[str] = []
    wide = False
    for line in lines:
        word, _, rest = line.partition(" ")
        if not line.strip():
            continue
        if not word.startswith("@"):
            body.append(pieces.paragraph("Than", line))
        elif word in STYLES:
            body.append(pieces.paragraph(STYLES[word], rest))
            if word == "@subject":
                body.append(pieces.paragraph("KeTrichYeu"))
        elif word in TAGS:
            body.append(pieces.tag(TAGS[word].format(rest)))
        elif word == "@annex":
            body.append(f'<w:p><w:pPr><w:pStyle w:val="Ngat"/>{pieces.section(wide)}</w:pPr></w:p>')
            wide = rest == "wide"
            for style in ("PhuLuc", "TenPhuLuc", "KemTheo"):
                body.append(pieces.paragraph(style, next(lines)))
        else:
            if word == "@sign" and body[-1].startswith(
                LAST
            ):  # a signature never stands alone on a page
                body[-1] = body[-1].replace(LAST, LAST + "<w:keepNext/>", 1)
            body.append(_piece(word, rest, lines))
    if body[-1].endswith("</w:tbl>"):  # Word wants a paragraph after a table
        body.append(pieces.paragraph("Ngat"))
    return word_file("".join(body), pieces.section(wide))


def _piece(word: str, rest: str, lines: Iterator[str]) -> str:
    if word == "@head":
        return pieces.head_block()
    if word == "@bases":
        return pieces.each("can", "can_cu", "CanCu", "{{ can }}")
    if word == "@sign":
        room = pieces.paragraph("Cach", inside="<w:keepNext/>")
        return room + pieces.signature_block()
    if word == "@signs":
        titles, names = _cells(rest), _cells(next(lines))
        return (
            pieces.paragraph("Cach") + pieces.signatures(titles, names) + pieces.paragraph("Cach")
        )
    if word == "@table":
        return (
            pieces.paragraph("Cach")
            + pieces.lined_table(_grid(rest, lines))
            + pieces.paragraph("Cach")
        )
    message = f"{word} is no piece of a paper"
    raise ValueError(message)


def _grid(rest: str, lines: Iterator[str]) -> pieces.Grid:
    given, _, each = rest.partition(" each ")
    widths, *size = given.split()
    heads = _cells(next(lines))
    rows = []
    for line in lines:
        if line.strip() == "@end":
            break
        rows.append(_cells(line))
    return pieces.Grid(
        [float(w) for w in widths.split(",")], heads, rows, each, int(size[0]) if size else 12
    )


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]
