"""What a sheet's XML tells besides the values: merged, hidden, uncomputed cells, cells in error."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = rb"(?:[A-Za-z_][\w.-]*:)?"
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_CLOSE = re.compile(rb"</" + _NAME + rb"c>")
_OPEN = re.compile(rb"<" + _NAME + rb"c\b([^<>]*)>")
_VALUE = re.compile(rb"<" + _NAME + rb"v\b[^<>]*>([^<]+)<")
_FORMULA = re.compile(rb"<" + _NAME + rb"f[\s>/]")
_IN_ERROR = re.compile(rb"\bt=[\"']e[\"']")
_EMPTY_TEXT = re.compile(rb"\bt=[\"']str[\"']")  # a formula whose result is ""
_MERGED = re.compile(rb"<" + _NAME + rb"mergeCell\b[^<>]*\bref=[\"']([A-Z]+\d+:[A-Z]+\d+)[\"']")
_ROW = re.compile(rb"<" + _NAME + rb"row\b([^<>]*)>")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")


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
    """The facts of one worksheet's XML, in time linear in its length."""
    last_row = 0
    columns: set[bytes] = set()
    for match in _REFERENCE.finditer(xml):
        columns.add(match[1])
        last_row = max(last_row, int(match[2]))
    uncomputed, errors = _odd_cells(xml)
    return SheetFacts(
        last_row,
        max((column_number(letters.decode()) for letters in columns), default=0),
        tuple(ref.decode() for ref in _MERGED.findall(xml)),
        _hidden_rows(xml),
        uncomputed,
        errors,
    )


def column_number(letters: str) -> int:
    """Number of a column, from 1: "A" is 1, "AA" is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def place(cell: str) -> tuple[int, int]:
    """Row and column of a cell, both from 1: "B12" is (12, 2)."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), column_number(letters)


def _hidden_rows(xml: bytes) -> tuple[int, ...]:
    if b"hidden" not in xml:
        return ()
    rows = (_ROW_NUMBER.search(row) for row in _ROW.findall(xml) if _HIDDEN.search(row))
    return tuple(int(number[1]) for number in rows if number)


def _odd_cells(xml: bytes) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Formulas without a value, and cells in error."""
    uncomputed: list[str] = []
    errors: list[tuple[str, str]] = []
    if not _FORMULA.search(xml) and not _IN_ERROR.search(xml):
        return (), ()
    for piece in _CLOSE.split(xml):
        opened = list(_OPEN.finditer(piece))
        if not opened:
            continue
        attributes, body = opened[-1][1], piece[opened[-1].end() :]
        if _IN_ERROR.search(attributes):
            errors.append((_cell(attributes), _shown(body)))
        elif (
            _FORMULA.search(body) and not _VALUE.search(body) and not _EMPTY_TEXT.search(attributes)
        ):
            uncomputed.append(_cell(attributes))
    return tuple(uncomputed), tuple(errors)


def _cell(attributes: bytes) -> str:
    match = _REFERENCE.search(attributes)
    return (match[1] + match[2]).decode() if match else "A1"


def _shown(body: bytes) -> str:
    match = _VALUE.search(body)
    return match[1].decode("utf-8", "replace") if match else "#?"
