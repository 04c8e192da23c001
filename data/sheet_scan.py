"""What a sheet's XML tells besides the values: extent, merged, hidden, uncomputed cells, errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PREFIX = rb"(?:[^\s<>/:\"'=]*:)?"
_START = re.compile(rb"<" + _PREFIX + rb"(?:c|row)(?=[\s/>])")
_TAG = re.compile(
    rb"<" + _PREFIX + rb"(c|row)(?=[\s/>])(?:\s+r=\"([A-Za-z]{0,3})(\d{1,7})\")?+"
    rb"((?:\s+[^\s=<>\"'/]+=(?:\"[^\"<]*\"|'[^'<]*'))*+)\s*+/?>"
)  # fmt: skip
_LATER_R = re.compile(rb"\sr=[\"']([^\"']*)[\"']")
_PLACE = re.compile(rb"([A-Za-z]{0,3})(\d{1,7})")
_HIDDEN = re.compile(rb"\shidden=[\"'](?:1|true)[\"']")
_CLOSE = re.compile(rb"</" + _PREFIX + rb"c\s*>")
_VALUE = re.compile(rb"<" + _PREFIX + rb"v(?:\s[^<>]*)?>([^<]+)<")
_FORMULA = re.compile(rb"<" + _PREFIX + rb"f[\s>/]")
_IN_ERROR = re.compile(rb"\st=[\"']e[\"']")
_EMPTY_TEXT = re.compile(rb"\st=[\"']str[\"']")  # a formula whose result is ""
_MERGED = re.compile(rb"<" + _PREFIX + rb"mergeCell\s[^<>]*\bref=[\"']([A-Z]+\d+:[A-Z]+\d+)[\"']")


class OddSheet(Exception):
    """The XML holds cells whose place cannot be told."""


@dataclass(frozen=True)
class SheetFacts:
    """Cells by reference ("B12"), rows by number, merged ranges ("B3:B7")."""

    last_row: int
    last_column: int
    merged: tuple[str, ...]
    hidden_rows: tuple[int, ...]
    uncomputed: tuple[str, ...]  # formulas that were saved without their value
    errors: tuple[tuple[str, str], ...]  # cell, #REF! and the like


def scan(xml: bytes) -> SheetFacts:
    """The facts of one worksheet's XML, in time linear in its length.

    Raises
    ------
    OddSheet
        When a cell or row is written so that its place is uncertain: a reader that lays out a grid
        of cells must not be handed such a sheet.
    """
    rows: set[bytes] = set()
    columns: set[bytes] = set()
    hidden: list[int] = []
    tags = unplaced_rows = unplaced_cells = run = 0
    for kind, letters, number, rest in _tags(xml):
        tags += 1
        if kind == b"row":
            run = 0
            unplaced_rows += not number
            if b"hidden" in rest and _HIDDEN.search(rest):
                hidden.append(int(number or 0))
        elif not number:
            run += 1
            unplaced_cells = max(unplaced_cells, run)
        if number:
            rows.add(number)
            columns.add(letters)
    if tags != sum(1 for _ in _START.finditer(xml)):
        raise OddSheet
    uncomputed, errors = _odd_cells(xml)
    return SheetFacts(
        max(map(int, rows), default=0) + unplaced_rows,
        max((column_number(letters.decode()) for letters in columns), default=0) + unplaced_cells,
        tuple(cells.decode() for cells in _MERGED.findall(xml)),
        tuple(hidden),
        uncomputed,
        errors,
    )


def column_number(letters: str) -> int:
    """Number of a column, from 1: "A" is 1, "AA" is 27; 0 for no letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def place(cell: str) -> tuple[int, int]:
    """Row and column of a cell, both from 1: "B12" is (12, 2)."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), column_number(letters)


def _tags(xml: bytes) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
    """Kind (c or row), letters, row number (b"" where not written) and other attributes of each."""
    for match in _TAG.finditer(xml):
        kind, letters, number, rest = match.groups()
        if number is None or (b"r=" in rest and _LATER_R.search(rest)):
            later = _LATER_R.findall(rest)
            if len(later) + (number is not None) > 1:
                raise OddSheet
            known = _PLACE.fullmatch(later[0]) if later else None
            if later and not known:
                raise OddSheet
            letters, number = known.groups() if known else (b"", b"")
        if number and bool(letters) == (kind == b"row"):
            raise OddSheet
        yield kind, letters, number, rest


def _odd_cells(xml: bytes) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Formulas without a value, and cells in error."""
    uncomputed: list[str] = []
    errors: list[tuple[str, str]] = []
    if not _FORMULA.search(xml) and not _IN_ERROR.search(xml):
        return (), ()
    for piece in _CLOSE.split(xml):
        opened = [match for match in _TAG.finditer(piece) if match[1] == b"c" and match[3]]
        if not opened:
            continue
        cell = (opened[-1][2] + opened[-1][3]).decode().upper()
        attributes, body = opened[-1][4], piece[opened[-1].end() :]
        value = _VALUE.search(body)
        if _IN_ERROR.search(attributes):
            errors.append((cell, value[1].decode("utf-8", "replace") if value else "#?"))
        elif _FORMULA.search(body) and not value and not _EMPTY_TEXT.search(attributes):
            uncomputed.append(cell)
    return tuple(uncomputed), tuple(errors)
