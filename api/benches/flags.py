"""`congvu bench flags-N`: the flags of N people, whole tables against a loop over rows, on the same data."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from api.benches.flags_loop import Told, flags_by_loop
from scheduler import journeys

ON = date(2027, 1, 1)
LOOPED = 150_000  # people; above it the loop takes this many of them, and says so


def measured(name: str, staff: int, seed: int) -> dict[str, Any]:
    """One row of figures: seconds to read, to reckon, to put into words, and of the row loop."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        journeys.make_sample(data, 143, 50, staff, seed, 2027, 6)
        began = time.perf_counter()
        desk = journeys.open_flags(data, ON)
        read = time.perf_counter()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        flags = journeys.reckon_flags(desk)
        reckoned = time.perf_counter()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in journeys.worded_flags(flags, "vi"):
            pass
        worded = time.perf_counter()
    few = min(staff, LOOPED)
    looped = time.perf_counter()
    by_loop = flags_by_loop(desk.tables, desk.catalogue, desk.rulebook, ON, few)
    loop_seconds = time.perf_counter() - looped
    return {
        "instance": name, "seed": seed, "staff": staff, "postings": len(desk.tables["postings"]),
        "read_s": round(read - began, 2), "flags_s": round(reckoned - read, 3),
        "words_s": round(worded - reckoned, 2), "peak_memory_mb": peak // 1024,
        "flags_memory_mb": max(0, peak - before) // 1024,
        "loop_staff": few, "loop_s": round(loop_seconds, 2),
        "loop_to_ours": round(loop_seconds / few * staff / (reckoned - read), 1),
        "differing_rows": differing(flags.frame, by_loop),
    }  # fmt: skip


def differing(frame: pd.DataFrame, by_loop: list[Told]) -> int:
    """Rows of the flags that the loop, for the people it took, sees otherwise."""
    first = frame.iloc[: len(by_loop)]
    days = ([_day(value) for value in first[name]] for name in ("earliest_date", "latest_date"))
    ours = zip(first["staff_id"], first["reading"], first["status"], *days, strict=True)
    return sum(one != other for one, other in zip(ours, by_loop, strict=True))


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else value.date()


def line(row: Mapping[str, Any]) -> str:
    """The row for people."""
    return (
        f"{row['instance']:<16}{row['staff']:>9} people {row['postings']:>9} rows  read {row['read_s']} s  "
        f"flags {row['flags_s']} s  in words {row['words_s']} s  peak {row['peak_memory_mb']} MB "
        f"(flags alone +{row['flags_memory_mb']})  row loop {row['loop_s']} s for {row['loop_staff']} people "
        f"= {row['loop_to_ours']}x ours; rows that differ: {row['differing_rows']}"
    )
