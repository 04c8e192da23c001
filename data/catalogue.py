"""The catalogue of rotating positions: which rotate, after how many months, by which paper."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One kind of post that rotates; terms in whole months."""

    category: str
    field: str
    term_min: int
    term_max: int
    excludes_probation: bool
    source: str
    confidence: str


@cache
def read_catalogue() -> dict[str, CatalogueRow]:
    """Category id -> its row, for the posts under the statute (R1)."""
    text = (files("data") / "reference" / "rotation_positions.csv").read_text(encoding="utf-8-sig")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["regime"] == "R1"]
    return {
        row["category_id"]: CatalogueRow(
            category=row["category_id"],
            field=row["field"],
            term_min=int(row["term_min_months"]),
            term_max=int(row["term_max_months"]),
            excludes_probation=row["excludes_probation"] == "true",
            source=row["source"],
            confidence=row["confidence"],
        )
        for row in rows
    }
