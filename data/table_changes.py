"""What is different between two contents of a table: rows that came, went, or say something else."""

from __future__ import annotations

import io
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from data.columns import Table

EXAMPLES = 20  # of each kind
ALIKE: Mapping[str, tuple[str, ...]] = MappingProxyType({  # who is meant, in tables without a key
    "absences": ("inspector_id", "start"),
    "conflicts": ("inspector_id", "unit_id"),
    "blackouts": ("unit_id", "start"),
    "postings": ("staff_id", "position_id", "start"),
    "relatives": ("staff_id", "relative_id"),
    "successions": ("date", "unit_id", "position_id", "from_unit_id", "from_position_id"),
})  # fmt: skip


def table_changes(table: Table, before: bytes, after: bytes) -> dict[str, Any] | None:
    r"""Counts and examples as plain JSON values; None when nothing is different.

    `before`, `after` : CSV of checked tables (`data.csv_rows`), b"" for no table

    >>> from data.columns import tables
    >>> told = table_changes(tables()["wishes"], b"", b"staff_id,unit_id,weight\nA,U1,3\n")
    >>> told["added"], told["removed"], told["changed"], told["examples"]["added"]
    (1, 0, 0, [{'staff_id': 'A', 'unit_id': 'U1', 'weight': '3'}])
    """
    if before == after:
        return None
    names = [column.name for column in table.columns]
    old, new = plain_frame(table, before), plain_frame(table, after)
    who = list(table.key or ALIKE.get(table.name) or names)
    for frame in (old, new):
        frame["#"] = frame.groupby(who, sort=False).cumcount()  # the same one several times
    both = old.merge(new, on=[*who, "#"], how="outer", indicator=True, suffixes=("", "\0"))
    rest = [name for name in names if name not in who]
    differs = pd.DataFrame({name: both[name] != both[f"{name}\0"] for name in rest})
    here = both["_merge"] == "both"
    changed = both[here & differs.any(axis=1)] if rest else both[:0]
    added, removed = both[both["_merge"] == "right_only"], both[both["_merge"] == "left_only"]
    if not len(added) + len(removed) + len(changed):
        return None
    return {
        "table": table.name, "before": len(old), "after": len(new),
        "added": len(added), "removed": len(removed), "changed": len(changed),
        "examples": {
            "added": [_row(row, who, rest, "\0") for row in _first(added)],
            "removed": [_row(row, who, rest, "") for row in _first(removed)],
            "changed": [_change(row, who, rest) for row in _first(changed)],
        },
    }  # fmt: skip


def plain_frame(table: Table, content: bytes) -> pd.DataFrame:
    """The table as text, column by column; without rows when there is no content."""
    names = [column.name for column in table.columns]
    if not content:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in names})
    frame = pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False, na_filter=False)
    return frame[names]


def _first(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.head(EXAMPLES).to_dict("records")


def _row(row: dict[Any, Any], who: list[str], rest: list[str], side: str) -> dict[str, str]:
    return {name: row[name] for name in who} | {name: row[f"{name}{side}"] for name in rest}


def _change(row: dict[Any, Any], who: list[str], rest: list[str]) -> dict[str, Any]:
    return {
        "who": {name: row[name] for name in who},
        "columns": {
            name: {"before": row[name], "after": row[f"{name}\0"]}
            for name in rest
            if row[name] != row[f"{name}\0"]
        },
    }
