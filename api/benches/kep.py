"""`congvu bench kep`: the column model on public kidney-exchange pools (an adapter of the checkout)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import typer

from data.words import say


def measured(folder: Path | None, seconds: float) -> Iterator[dict[str, Any]]:
    """One row for each pool and setting of a folder of PrefLib pools.

    Raises
    ------
    typer.BadParameter
        Without a folder, or outside a checkout: the adapter stands in tests/benchmarks.
    """
    if folder is None or not folder.is_dir():
        raise typer.BadParameter(
            say("vi", "kep cần thư mục chứa các tệp công khai: congvu bench kep --folder THƯ-MỤC")
        )
    try:
        adapter = import_module("tests.benchmarks.kep")
    except ModuleNotFoundError:
        raise typer.BadParameter(
            say("vi", "kep chỉ chạy trong bản mã nguồn (cần tests/benchmarks).")
        ) from None
    yield from adapter.run(folder, seconds)


def line(row: Mapping[str, Any]) -> str:
    """A pool and setting for people."""
    known = "" if row.get("optimum") is None else f"  optimum {row['optimum']:g}"
    proven = "proven" if row["proven"] else "NOT PROVEN"
    return (
        f"{row['instance']:<12}{row['setting']:<16}{row.get('exchanges', ''):>8} exchanges  "
        f"weight {row['weight']:g} {proven}{known}  {row['seconds']:.2f} s"
    )


def comparison(rows: list[dict[str, Any]]) -> str:
    """How many pools are proven, and how many agree with the published optimum."""
    known = [row for row in rows if row.get("optimum") is not None]
    agree = sum(abs(row["weight"] - row["optimum"]) < 1e-6 for row in known)
    proven = sum(bool(row["proven"]) for row in rows)
    seconds = sum(row["seconds"] for row in rows)
    return f"{proven} of {len(rows)} proven, {agree} of {len(known)} as published, {seconds:.1f} s in all"
