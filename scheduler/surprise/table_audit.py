"""What an opened table claims, reckoned again from its own tickets, rates and debts (surprise.md, A1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from scheduler.surprise.day_table import half_of
from scheduler.surprise.debt import day_target, next_debt
from scheduler.surprise.entropy import law_of
from scheduler.surprise.epochs import as_shares, as_whole
from scheduler.surprise.service import TICKETS, DayAsk, Floats

EXACT = 1e-6  # relative error of a chance that is claimed


def chance_error(table: Mapping[str, Any]) -> float:
    """The largest relative error of a chance that the table claims, against what its tickets give."""
    slots, claimed = table["slots"], as_shares(table["chance"])
    tickets = np.zeros((len(slots), len(claimed)))
    for row, slot in enumerate(slots):
        tickets[row, slot["units"]] = slot["tickets"]
    exact = np.zeros(len(claimed))
    for own in half_of(len(slots)):
        exact += law_of(tickets[own] / TICKETS).chance.sum(axis=0)
    return _worst(exact, claimed)


def target_error(table: Mapping[str, Any]) -> float:
    """The same for the targets, which follow from the announced rates and the debt, and for the new debt."""
    n = len(table["units"])
    planned = np.zeros(n, np.bool_)
    planned[table["planned"]] = True
    rate = as_shares(table["rates"])
    ask = DayAsk(
        rate, float(rate.sum()), np.ones((len(table["slots"]), n), np.bool_), planned,
        as_shares(table["debt_before"]),
    )  # fmt: skip
    after = next_debt(ask, as_shares(table["chance"]))
    moved = np.abs(after - as_shares(table["debt_after"])) / np.maximum(rate, EXACT)
    return max(_worst(day_target(ask), as_shares(table["target"])), float(moved.max()))


def tables_before(lines: Iterable[Mapping[str, Any]]) -> dict[str, str | None]:
    """Digest of each sealed table -> that of the table whose debt it takes over; None: the first one.

    It is the one of the last earlier day that had a table, and was not closed, when this one was sealed:
    days may be sealed in any order, and a day anew after a later one.
    """
    found: dict[str, str | None] = {}
    newest: dict[str, str] = {}
    for line in lines:
        day = line.get("day", "")
        if line["type"] == "no-draw":
            newest.pop(day, None)
        elif line["type"] == "commit":
            earlier = max((d for d in newest if d < day), default=None)
            found.setdefault(line["input"], newest[earlier] if earlier else None)
            newest[day] = line["input"]
    return found


def broken_debts(
    tables: Mapping[str, Mapping[str, Any]], before: Mapping[str, str | None]
) -> list[str]:
    """Days whose debt is not what the table before left, nothing before the first; by digest of the table.

    A table after one that is not open cannot be judged.
    """
    broken = []
    for hashed, table in tables.items():
        source = before[hashed]
        owed = [0] * len(table["units"])
        if source is not None:
            owed = tables[source]["debt_after"] if source in tables else table["debt_before"]
        if owed != table["debt_before"]:
            broken.append(table["day"])
    return broken


def _worst(exact: Floats, claimed: Floats) -> float:
    whole = np.abs(as_whole(exact) - as_whole(claimed)) / TICKETS
    return float((whole / np.maximum(exact, EXACT)).max())
