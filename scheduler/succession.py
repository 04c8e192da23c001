"""Whether a posting continues the one before: what the row says, else what the department's event says.

The succession table answers for a whole unit at once what the reorganisations of 2025 left open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping

Ints = NDArray[np.signedinteger[Any]]
BLANK, YES, NO, UNKNOWN = range(4)
NAMES = ("position_id", "from_position_id", "unit_id", "from_unit_id")  # closest first
ANSWERS = {"": BLANK, "yes": YES, "no": NO, "unknown": UNKNOWN}


def written_answers(postings: pd.DataFrame) -> NDArray[np.int8]:
    """For each posting what its own `continues_previous` says, as a code."""
    codes, words = pd.factorize(postings["continues_previous"].to_numpy(object))
    meaning = np.array([ANSWERS[str(word)] for word in words] or [BLANK], np.int8)
    return meaning[codes]


def events_of(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame | None:
    """The succession table, or None where the dataset has none or it is empty."""
    events = tables.get("successions")
    return events if events is not None and len(events) else None


def event_rows(
    tables: Mapping[str, pd.DataFrame], posts: pd.Index[Any], rows: Ints, predecessors: Ints
) -> Ints:
    """For each posting the place of the event that answers for it, -1 where none does.

    An event speaks of postings that start on its date in its unit or post, coming out of its former
    unit or post where it names one. Of several the one that names most closely speaks: the new post,
    then the former post, then the units; of these a yes, then the first event and paper by the alphabet.

    Parameters
    ----------
    posts : ids of the table of positions
    rows, predecessors : places in the table of postings; -1 for no predecessor
    """
    answer = np.full(len(rows), -1, np.int64)
    events = events_of(tables)
    if events is None or not len(rows):
        return answer
    days = events["date"].to_numpy("datetime64[D]")
    starts = tables["postings"]["start"].to_numpy("datetime64[D]")[rows]
    there = np.flatnonzero(np.isin(starts, days))
    named = events[list(NAMES)].to_numpy(object) != ""
    order = _first_of_equals(events)
    known = _places(tables, posts, rows[there], predecessors[there])
    known["date"] = starts[there].astype(np.int64).tolist()
    for pattern in sorted(
        {tuple(row) for row in named.tolist()}
    ):  # closest last, so that it stands
        columns = ["date", *(name for name, given in zip(NAMES, pattern, strict=True) if given)]
        if not (pattern[0] or pattern[2]):
            continue
        mine = order[(named[order] == pattern).all(axis=1)]
        keys = [days.astype(np.int64)[mine].tolist()]
        keys += [events[name].to_numpy(object)[mine].tolist() for name in columns[1:]]
        first: dict[tuple[Any, ...], int] = {}
        for place, key in zip(mine.tolist(), zip(*keys, strict=True), strict=True):
            first.setdefault(key, place)
        asked = zip(*(known[name] for name in columns), strict=True)
        found = np.fromiter((first.get(key, -1) for key in asked), np.int64, len(there))
        answer[there] = np.where(found >= 0, found, answer[there])
    return answer


def event_answers(tables: Mapping[str, pd.DataFrame], places: Ints) -> NDArray[np.int8]:
    """The answer code of each event by its place."""
    continues = tables["successions"]["continues"].to_numpy(bool)
    return np.where(continues[places], YES, NO).astype(np.int8)


def _first_of_equals(events: pd.DataFrame) -> Ints:
    """Places of the events; of several that answer equally closely the first one here speaks."""
    cells = zip(
        ~events["continues"].to_numpy(bool), events["event"].tolist(), events["document_no"].tolist(),
        range(len(events)), strict=True,
    )  # fmt: skip
    return np.array([place for *_, place in sorted(cells)], np.int64)


def _places(
    tables: Mapping[str, pd.DataFrame], posts: pd.Index[Any], rows: Ints, predecessors: Ints
) -> dict[str, list[Any]]:
    """What an event can name of each posting, by the event's columns."""
    units = np.append(tables["positions"]["unit_id"].to_numpy(object), "")
    post = tables["postings"]["position_id"].to_numpy(object)
    now = post[rows]
    then = np.where(predecessors >= 0, post[predecessors], "")
    return {
        "position_id": now.tolist(),
        "from_position_id": then.tolist(),
        "unit_id": units[posts.get_indexer(pd.Index(now))].tolist(),
        "from_unit_id": units[posts.get_indexer(pd.Index(then))].tolist(),
    }
