"""Flags as the rows of a flags file: the compact table with names, articles and derivations beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.derivation import derivations
from scheduler.legal_basis import legal_bases

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from scheduler.flags import Flags

COLUMNS = (
    "staff_id", "name", "unit_id", "position_id", "category", "regime", "clock_start",
    "months_served", "earliest_date", "latest_date", "status", "days_left", "overlay",
    "overlay_until", "ground", "legal_basis", "reading", "derivation",
)  # fmt: skip
CHUNK = 50_000


def flag_rows(flags: Flags, rows: NDArray[np.int64], lang: str) -> pd.DataFrame:
    """These rows of the flags with every column of a flags file, texts in the reader's language."""
    told = flags.frame.iloc[rows].assign(
        name=flags.tables["staff"]["name"].array.take(flags.steps.person[rows]),
        legal_basis=legal_bases(flags, rows, lang),
        derivation=derivations(flags, rows, lang),
    )
    return told[[*COLUMNS]]


def flag_chunks(flags: Flags, lang: str, size: int = CHUNK) -> Iterator[pd.DataFrame]:
    """All rows of a flags file, `size` at a time, in order; one empty chunk when there is nobody."""
    for first in range(0, max(1, len(flags)), size):
        yield flag_rows(flags, np.arange(first, min(first + size, len(flags))), lang)
