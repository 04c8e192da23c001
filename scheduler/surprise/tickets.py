"""Whole tickets out of shares: from here on nothing is rounded again (surprise.md, stage 4)."""

from __future__ import annotations

import numpy as np

from scheduler.surprise.service import TICKETS, Floats, Ints


def whole_tickets(q: Floats, total: int = TICKETS) -> Ints:
    """Tickets of each slot and unit; every row adds up to `total` (largest remainder), 0 stays 0.

    >>> whole_tickets(np.array([[0.5, 0.25, 0.25]]), 10)
    array([[5, 3, 2]])
    """
    exact = q * total
    tickets = np.floor(exact).astype(np.int64)
    for row, shares in zip(tickets, exact - np.floor(exact), strict=True):
        order = np.argsort(-shares, kind="stable")
        missing = total - int(row.sum())
        able = order[(shares > 0)[order] | (row > 0)[order]]
        row[able[:missing]] += 1
    return tickets


def shares_of(tickets: Ints) -> Floats:
    """Shares of whole tickets."""
    return np.asarray(tickets / tickets.sum(axis=1, keepdims=True), np.float64)
