"""A checked dataset: typed tables, their digest, and the records that the plan reads."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from data import records
from data.columns import Column, tables
from data.words import Message

_RECORDS: dict[str, Any] = {
    "units": records.Unit, "indicators": records.Indicator, "inspectors": records.Inspector,
    "absences": records.Absence, "conflicts": records.Conflict, "blackouts": records.Blackout,
    "campaigns": records.Campaign, "visits": records.PastVisit, "findings": records.Finding,
    "calendar": records.CalendarDay, "positions": records.Position, "staff": records.Staff,
    "postings": records.Posting, "relatives": records.Relative, "pins": records.Pin,
    "deferrals": records.Deferral, "wishes": records.Wish,
    "successions": records.Succession,
}  # fmt: skip
_EPOCH = date(1970, 1, 1)
_NO_DAY = np.iinfo(np.int64).min


@dataclass(frozen=True)
class Dataset:
    """One frozen, checked picture of the user's tables.

    Attributes
    ----------
    tables : name -> frame, every table of the contract, indexed by row number in the file; columns
        as `data.typed.typed_frame` gives them
    digest : "sha256:..." of the content. The same for CSV and XLSX, for any order of tables and
        columns, extra columns, empty rows; the order of rows counts, for ties in a plan follow it
    source : file or folder name, without its path
    warnings : what the user should know though nothing is refused
    """

    tables: Mapping[str, pd.DataFrame]
    digest: str
    source: str
    warnings: tuple[Message, ...] = ()

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    def office(self, like: tuple[Dataset, records.Office] | None = None) -> records.Office:
        """All that planning reads, as records in row order.

        like : another dataset and its office: tables that both share are not turned into records again
        """
        parts = {
            name: getattr(like[1], name)
            if like and name != "pins" and like[0].tables[name] is self.tables[name]
            else tuple(_records(name, kind, self.tables[name]))
            for name, kind in _RECORDS.items()
        }
        pins = parts.pop("pins")
        return records.Office(
            **parts,
            pins=tuple(pin for pin in pins if not pin.staff_id),
            move_pins=tuple(pin for pin in pins if pin.staff_id),
            digest=self.digest,
        )


def digest_of(frames: Mapping[str, pd.DataFrame]) -> str:
    """Digest "sha256:..." of the values of all tables that have rows."""
    total = hashlib.sha256()
    for name, table in sorted(tables().items()):
        frame = frames[name]
        if len(frame):
            total.update(f"{name} {len(frame)}\0".encode())
            for column in table.columns:
                total.update(f"{column.name}\0".encode())
                total.update(_bytes(column, frame[column.name]))
    return f"sha256:{total.hexdigest()}"


def _bytes(column: Column, values: pd.Series[Any]) -> bytes:
    if values.dtype.kind == "M":
        return values.to_numpy("datetime64[D]").astype("<i8").tobytes()
    if column.type == "flag":
        return values.to_numpy(bool).tobytes()
    if column.type in ("number", "whole"):
        plain = values.to_numpy(dtype="<f8", na_value=np.nan)
        return np.where(plain == 0, 0.0, plain).tobytes()  # -0.0 is 0
    return "\0".join(values.tolist()).encode()


def _records(name: str, kind: Any, frame: pd.DataFrame) -> list[Any]:
    table = tables()[name]
    columns = []
    for part in fields(kind):
        if part.name == "row":
            columns.append(frame.index.tolist())
        else:
            columns.append(_plain(table[part.name], frame[part.name]))
    return [kind(*row) for row in zip(*columns, strict=True)]


def _plain(column: Column, values: pd.Series[Any]) -> list[Any]:
    """Values as plain Python: None for a missing number or date, tuples for lists."""
    if column.type in ("ids", "list"):
        return [tuple(text.split(";")) if text else () for text in values.tolist()]
    if values.dtype.kind == "M":
        numbers = values.to_numpy("datetime64[D]").astype("int64")
        distinct, place = np.unique(numbers, return_inverse=True)  # careers share few thousand days
        days = np.array([_day(n) for n in distinct.tolist()], dtype=object)
        plain: list[Any] = days[place].tolist()
        return plain
    if column.type == "whole":
        return [None if pd.isna(value) else int(value) for value in values.tolist()]
    if column.type == "number":
        return [None if value != value else value for value in values.tolist()]
    return values.tolist()


def _day(number: int) -> date | None:
    return None if number == _NO_DAY else _EPOCH + timedelta(days=number)
