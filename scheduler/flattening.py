"""The lowest peak to which early moves can bring a wave, proven, and a schedule that reaches it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Flattening:
    """A schedule of one quarter for each person, with the stretch that proves its peak.

    `forced` people can move only in the quarters `first` to `last`; so some quarter of these holds at
    least forced / (last - first + 1) of them, and `peak` is that number rounded up.
    """

    quarter: Ints  # for each person
    peak: int
    first: int
    last: int
    forced: int


def flatten(earliest: Ints, latest: Ints, n_quarters: int) -> Flattening:
    """The schedule with the lowest peak when each person moves once, from `earliest` to `latest`.

    Everybody moves as late as the peak allows: quarters are filled from the last one back, first with
    people whose window opens last. This reaches the bound whenever anything does (jobs of one length
    with release times and deadlines, time turned round).

    Parameters
    ----------
    earliest, latest : first and last quarter of each person, 0 <= earliest <= latest < n_quarters
    """
    windows = np.zeros((n_quarters, n_quarters), dtype=np.int64)
    np.add.at(windows, (earliest, latest), 1)
    peak, first, last, forced = least_peak(windows)
    taken = _fill(windows, peak)
    order = np.lexsort((-latest, earliest))  # by opening of the window, those that close last ahead
    backwards = np.arange(n_quarters)[::-1]
    quarter = np.empty(len(earliest), dtype=np.int64)
    quarter[order] = np.concatenate(
        [np.repeat(backwards, taken[opens, ::-1]) for opens in range(n_quarters)]
    )
    return Flattening(quarter, peak, first, last, forced)


def least_peak(windows: Ints) -> tuple[int, int, int, int]:
    """Lowest possible peak with its proof: (peak, first, last, people who fit only in between).

    Parameters
    ----------
    windows : shape (n, n); how many people may move from quarter [i] to quarter [j]
    """
    n = len(windows)
    inside = windows[::-1].cumsum(axis=0)[::-1].cumsum(axis=1)  # windows within [i, j]
    length = np.arange(n)[None, :] - np.arange(n)[:, None] + 1
    need = np.where(length > 0, -(-inside // np.maximum(length, 1)), 0)
    first, last = np.unravel_index(int(np.argmax(need)), need.shape)
    return (
        int(need[first, last]), int(first), int(last), int(inside[first, last]) * int(need.max() > 0)
    )  # fmt: skip


def _fill(windows: Ints, peak: int) -> Ints:
    """Shape (n, n): of the people whose window opens in [i] how many move in quarter [q]."""
    n = len(windows)
    waiting = np.zeros(n, dtype=np.int64)
    taken = np.zeros((n, n), dtype=np.int64)
    for quarter in range(n - 1, -1, -1):
        waiting += windows[:, quarter]
        room = peak
        for opens in range(quarter, -1, -1):
            moved = min(room, int(waiting[opens]))
            taken[opens, quarter] = moved
            waiting[opens] -= moved
            room -= moved
    return taken
