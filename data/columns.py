"""The tables and columns of a dataset: `columns.toml` as records, for reader, template and help."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

TEXT_TYPES = frozenset({"id", "text", "choice", "ids", "list"})
GUIDE_SHEETS = {"vi": "Hướng dẫn", "en": "Guide"}  # written by the template, skipped by the reader


@dataclass(frozen=True)
class Column:
    """One column: its name in the program, its Vietnamese header, what a cell may hold."""

    name: str
    type: str  # see columns.toml
    header: str  # Vietnamese header that the template prints
    vi: str  # meaning
    en: str
    needed: bool = False
    blank_ok: bool = False  # the column must be there, its cells may be blank
    to: str = ""  # table whose ids the cells name
    choices: Mapping[str, str] = field(default_factory=dict)  # value -> Vietnamese word
    within: tuple[float, float] | None = None
    default: float | None = None
    also: tuple[str, ...] = ()

    def meaning(self, lang: str) -> str:
        """What the column holds, in the reader's language."""
        return self.vi if lang == "vi" else self.en

    def title(self, lang: str) -> str:
        """Header in the reader's language."""
        return self.header if lang == "vi" else self.name


@dataclass(frozen=True)
class Table:
    """One table: columns in order, the key no two rows share, the two dates that bound a row."""

    name: str
    vi: str
    en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    span: tuple[str, ...] = ()

    def meaning(self, lang: str) -> str:
        """What a row stands for, in the reader's language."""
        return self.vi if lang == "vi" else self.en

    def __getitem__(self, name: str) -> Column:
        return self.named[name]

    @cached_property
    def named(self) -> dict[str, Column]:
        """Column name -> column."""
        return {column.name: column for column in self.columns}

    @cached_property
    def headers(self) -> dict[str, Column]:
        """Folded header, in English or Vietnamese -> column."""
        return {
            fold(header): column
            for column in self.columns
            for header in (column.name, column.header, *column.also)
        }


def fold(text: str) -> str:
    """Text without accents, case, spaces and marks, to compare what people type.

    >>> fold(" Mã Đơn-vị ")
    'madonvi'
    """
    return "".join(letter for letter in unaccented(text) if letter.isalnum())


def unaccented(text: str) -> str:
    """Text in small letters without accents: "Không được" is "khong duoc"."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@cache
def tables() -> dict[str, Table]:
    """Table name -> table, in the order of the contract."""
    book = tomllib.loads((files("data") / "columns.toml").read_text(encoding="utf-8"))
    found = {}
    for entry in book["table"]:
        columns = tuple(_column(plain, book["choices"]) for plain in entry.pop("columns"))
        key, span = tuple(entry.pop("key", ())), tuple(entry.pop("span", ()))
        found[entry["name"]] = Table(**entry, columns=columns, key=key, span=span)
    return found


def _column(plain: dict[str, Any], choices: dict[str, dict[str, str]]) -> Column:
    given = dict(plain, also=tuple(plain.get("also", ())))
    if "choices" in plain:
        given["choices"] = choices[plain["choices"]]
    if "within" in plain:
        given["within"] = tuple(plain["within"])
    return Column(**given)
