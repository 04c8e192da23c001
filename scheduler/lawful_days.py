"""Until when each person may stay in a post, for the yearly plan: the last lawful day, cautiously read.

The yearly plan needs two things of the rotation clock: whether a leader is still in post when the
report is due, and how many people of a unit are past their limit. Where papers leave open whether a
reorganisation continued the work, the earlier deadline counts.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, get_type_hints

import pandas as pd

from data.records import Office, Position, Posting, Succession, Unit
from scheduler.careers import read_careers
from scheduler.day_columns import as_dates
from scheduler.desks import read_desks
from scheduler.flags import DATED, clocked
from scheduler.rotation_law import rotation_law

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from data.catalogue import CatalogueRow
    from scheduler.rulebook import Rulebook


def last_lawful_days(
    office: Office, catalogue: Mapping[str, CatalogueRow], rulebook: Rulebook, on: date
) -> dict[str, date]:
    """Staff id -> last lawful day in the present post, for everyone who is subject to a limit.

    The earlier of the two readings; overlays do not move it (rotation.md, The clock 8).
    """
    tables = {
        "units": _table(Unit, office.units),
        "positions": _table(Position, office.positions),
        "postings": _table(Posting, office.postings),
        "successions": _table(Succession, office.successions),
    }
    law = rotation_law(rulebook, catalogue)
    people = pd.Index(tables["postings"]["staff_id"].unique())
    posts = pd.Index(tables["positions"]["position_id"])
    careers = read_careers(tables, people, posts, law.gap_days, on)
    steps = clocked(tables, posts, careers, read_desks(tables, catalogue, law), law)
    dated = steps.reason == DATED
    names = people.take(steps.person[dated]).tolist()
    days = as_dates(steps.latest, dated)[dated].astype("datetime64[D]").tolist()
    found: dict[str, date] = {}
    for name, day in zip(names, days, strict=True):
        found[name] = min(day, found.get(name, day))
    return found


def _table(kind: Any, rows: Iterable[Any]) -> pd.DataFrame:
    """Records as a table with the columns and types of the reader."""
    hints = get_type_hints(kind)
    rows = list(rows)
    columns = {}
    for part in fields(kind):
        values = [getattr(row, part.name) for row in rows]
        hint = str(hints[part.name])
        dtype = "datetime64[us]" if "date" in hint else None
        dtype = dtype or {"<class 'bool'>": "bool", "<class 'str'>": "str"}.get(hint)
        dtype = dtype or ("Int64" if "int" in hint else "float64")
        columns[part.name] = pd.Series(values, dtype=dtype)
    return pd.DataFrame(columns)
