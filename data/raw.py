"""A table as found in a file: text cells with their row numbers, before anything is checked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Cells = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]

_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")


@dataclass(frozen=True)
class CodedColumn:
    """A column as its distinct texts (stripped, NFC) and, for each row, the number of its text."""

    texts: list[str]
    codes: Codes

    def blank(self) -> npt.NDArray[np.bool_]:
        """For each row, whether the cell is empty."""
        empty = np.fromiter((not text for text in self.texts), bool, len(self.texts))
        return empty[self.codes] if len(self.texts) else np.zeros(len(self.codes), bool)

    def rows_of(self, numbers: list[int]) -> Numbers:
        """Positions of the rows that hold one of these texts."""
        wanted = np.zeros(len(self.texts), bool)
        wanted[numbers] = True
        return np.flatnonzero(wanted[self.codes])

    def only(self, keep: npt.NDArray[np.bool_]) -> CodedColumn:
        """The same column with some rows left out."""
        return CodedColumn(self.texts, self.codes[keep])


@dataclass(frozen=True)
class RawTable:
    """Header texts, one coded column for each, and the number of each row in the file."""

    name: str
    headers: tuple[str, ...]
    columns: tuple[CodedColumn, ...]
    rows: Numbers
    header_row: int = 1


def raw_table(
    name: str, headers: list[str], columns: list[Cells], rows: Numbers, header_row: int
) -> RawTable:
    """A raw table without its empty rows.

    Parameters
    ----------
    headers : as found, in file order
    columns : one array of str for each header, all of the same length; emptied on the way
    rows : row number in the file of each entry
    header_row : row number of the headers
    """
    coded = [_coded(columns.pop(0)) for _ in headers]  # each is let go at once: they are large
    filled = np.zeros(len(rows), bool)
    for column in coded:
        filled |= ~column.blank()
    return RawTable(
        name,
        tuple(clean(header) for header in headers),
        tuple(column.only(filled) for column in coded),
        rows[filled],
        header_row,
    )


def clean(text: str) -> str:
    """Text without space at its ends and without unseen marks, in NFC."""
    if text.isascii():
        return text.strip()
    if _UNSEEN.search(text):
        text = _UNSEEN.sub("", text)
    return unicodedata.normalize("NFC", text).strip()


def _coded(cells: Cells) -> CodedColumn:
    codes, texts = pd.factorize(cells)
    return CodedColumn([clean(text) for text in texts.tolist()], codes.astype(np.int32))
