"""How much of the wanted shares kept teams can serve, and which classes together ask too much."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

FEW = 12  # teams up to which every set of them is looked at; above, a flow is quicker
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Tightest:
    """The largest set of classes that asks most beyond what the teams able to serve it have."""

    lack: int  # what it asks beyond that; 0: nobody asks too much
    classes: Bools  # shape (n_classes,); all False when nothing lacks


def tightest(asked: Ints, room: Ints, may: Bools) -> Tightest:
    """The set S of classes with the greatest asked(S) - room(teams that may serve some of S).

    By max-flow and min-cut `lack` is what no distribution can serve. The set is complete: what a set asks too
    much is supermodular, so any other set that asks too much does so by its part inside this one.

    Parameters
    ----------
    asked : shape (n_classes,), >= 0
    room : shape (n_teams,), >= 0
    may : shape (n_classes, n_teams)
    """
    whole = int(asked.sum())
    if whole == 0:
        return Tightest(0, np.zeros(len(asked), np.bool_))
    able = np.flatnonzero(room)
    if len(able) <= FEW:
        return _by_sets(asked, room[able], may[:, able])
    return _by_flow(asked, room, may, whole)


def _by_sets(asked: Ints, room: Ints, may: Bools) -> Tightest:
    """Every set A of teams in turn: what the classes that only A may serve ask, less what A has."""
    n = len(room)
    teams_of = may @ (1 << np.arange(n))
    over = np.bincount(teams_of, asked, 1 << n).astype(np.int64)
    for bit in range(n):
        halves = over.reshape(-1, 2, 1 << bit)
        halves[:, 1] += halves[:, 0]
    has = np.zeros(1, np.int64)
    for own in room:
        has = np.concatenate([has, has + own])
    over -= has
    lack = int(over.max())
    if lack <= 0:
        return Tightest(0, np.zeros(len(asked), np.bool_))
    widest = int(np.bitwise_or.reduce(np.flatnonzero(over == lack)))
    return Tightest(lack, (teams_of & ~widest == 0) & (asked > 0))


def _by_flow(asked: Ints, room: Ints, may: Bools, whole: int) -> Tightest:
    """A largest flow from classes over the teams that may serve them, and its cut nearest to the teams."""
    n_classes, n_teams = may.shape
    source, sink = n_classes + n_teams, n_classes + n_teams + 1
    one, other = np.nonzero(may)
    start = np.concatenate([np.full(n_classes, source), one, n_classes + np.arange(n_teams)])
    end = np.concatenate([np.arange(n_classes), n_classes + other, np.full(n_teams, sink)])
    size = np.concatenate([asked, np.full(len(one), whole), room]).astype(np.int32)
    graph = csr_array((size, (start, end)), shape=(sink + 1, sink + 1))
    flow = maximum_flow(graph, source, sink)
    if flow.flow_value >= whole:
        return Tightest(0, np.zeros(n_classes, np.bool_))
    left = csr_array(graph - flow.flow)
    left.eliminate_zeros()
    served = breadth_first_order(left.T.tocsr(), sink, return_predecessors=False)
    classes = ~np.isin(np.arange(n_classes), served)
    return Tightest(whole - int(flow.flow_value), classes & (asked > 0))
