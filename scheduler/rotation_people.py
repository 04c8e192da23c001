"""Everybody in the dataset as one frame for a rotation year: post, clock, and days without a move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scheduler.clock import day_number
from scheduler.day_columns import NO_DAY, day_numbers, months_later
from scheduler.retirement import retirement_dates
from scheduler.rotation_posts import alike, kinds

if TYPE_CHECKING:
    from scheduler.flags import Flags
    from scheduler.rulebook import Rulebook

Grid = NDArray[np.bool_]  # shape (people, waves)
SHOWN = (
    "position_id", "unit_id", "status", "regime", "earliest_date", "latest_date", "overlay",
    "overlay_until", "ground",
)  # fmt: skip


def people_frame(
    flags: Flags, posts: pd.DataFrame, rulebook: Rulebook, reading: str
) -> pd.DataFrame:
    """Everybody, indexed by staff id, in the order of the staff table.

    Parameters
    ----------
    reading : which row of the flags counts for people who have two

    Returns
    -------
    DataFrame with position_id and unit_id ("" without exactly one current post), status, regime,
    earliest_date, latest_date, overlay, overlay_until, ground as the flags show them; kind (of the
    post held; without one, of the own profession and rank), fits (the own profession is that of the
    post), rotating, single, leads, recruit (no posting at all), on_probation, area (of the present
    assignment), lat, lon, retires (day number).
    """
    staff, shown = flags.tables["staff"], flags.frame
    second = shown["staff_id"].duplicated(keep=False) & (shown["reading"] != reading)
    rows = np.flatnonzero(~second.to_numpy(bool))
    people = shown.iloc[rows][list(SHOWN)].set_index(pd.Index(staff["staff_id"]))
    held = flags.steps.desk[rows]
    seated = held >= 0
    people["single"] = flags.steps.single[rows]
    for name in ("rotating", "leads"):
        people[name] = seated & _taken(posts[name], held, False)
    own = kinds(staff["profession"], staff["rank_group"], rulebook)
    people["kind"] = np.where(seated, _taken(posts["kind"], held, ""), own)
    profession = alike(staff["profession"], rulebook.value("move.profession"))
    of_kind = [kind.split("\n")[0] for kind in people["kind"].tolist()]
    people["fits"] = profession == np.array(of_kind, object)
    postings = flags.tables["postings"]
    people["recruit"] = ~people.index.isin(postings["staff_id"])
    people["area"], people["on_probation"] = present_papers(postings, people.index, flags.on)
    people["lat"], people["lon"] = staff["lat"].to_numpy(), staff["lon"].to_numpy()
    female = (staff["sex"] == "female").to_numpy(bool)
    born = day_numbers(staff["birth_date"])
    people["retires"] = retirement_dates(born, female, flags.law.retirement)
    return people


def present_papers(
    postings: pd.DataFrame, people: pd.Index[Any], on: date
) -> tuple[NDArray[Any], Grid]:
    """Area of each person's present assignment, the one that starts last, and whether on probation."""
    day = np.datetime64(on)
    start = postings["start"].to_numpy("datetime64[D]")
    end = postings["end"].to_numpy("datetime64[D]")
    now = np.flatnonzero((start <= day) & (np.isnat(end) | (end >= day)))
    now = now[np.argsort(start[now], kind="stable")]
    place = people.get_indexer(postings["staff_id"].array.take(now))
    area, probation = np.full(len(people), "", object), np.zeros(len(people), bool)
    area[place] = postings["area"].to_numpy(object)[now]  # the last one stands
    probation[place] = postings["is_probation"].to_numpy(bool)[now]
    return area, probation


def _taken(column: pd.Series[Any], rows: NDArray[np.int64], without: bool | str) -> NDArray[Any]:
    """Cells by row; `without` for row -1."""
    cells = np.empty(len(column) + 1, object)
    cells[:-1], cells[-1] = column.to_numpy(object), without
    taken: NDArray[Any] = cells[rows]
    return taken.astype(bool) if isinstance(without, bool) else taken


def exempt_waves(people: pd.DataFrame, waves: Sequence[date], months: int) -> Grid:
    """Who retires less than `months` after the later of the wave and the own latest date."""
    latest = day_numbers(people["latest_date"])
    retires = people["retires"].to_numpy(np.int64)
    return np.column_stack(
        [retires < months_later(np.maximum(latest, day_number(day)), months) for day in waves]
    )


def deferred_waves(deferrals: pd.DataFrame, ids: pd.Index[str], waves: Sequence[date]) -> Grid:
    """Whose rotation is put off on the day of each wave; a deferral without an end is open."""
    grid = np.zeros((len(ids), len(waves)), bool)
    place = ids.get_indexer(pd.Index(deferrals["staff_id"]))
    start, end = day_numbers(deferrals["start"]), day_numbers(deferrals["end"])
    for wave, day in enumerate(map(day_number, waves)):
        covers = (start != NO_DAY) & (start <= day) & ((end == NO_DAY) | (end >= day))
        covers &= place >= 0
        grid[place[covers], wave] = True
    return grid


def elsewhere_waves(postings: pd.DataFrame, people: pd.DataFrame, waves: Sequence[date]) -> Grid:
    """Who, as far as papers tell, is on the day of a wave not in the present post, or in two posts.

    A recruit is in no post, as long as no paper names one.
    """
    place = people.index.get_indexer(pd.Index(postings["staff_id"]))
    same = postings["position_id"].to_numpy(object) == people["position_id"].to_numpy(object)[place]
    start, end = day_numbers(postings["start"]), day_numbers(postings["end"])
    recruit = people["recruit"].to_numpy(bool)
    grid = np.zeros((len(people), len(waves)), bool)
    for wave, day in enumerate(map(day_number, waves)):
        covers = (start != NO_DAY) & (start <= day) & ((end == NO_DAY) | (end >= day))
        here = np.zeros(len(people), bool)
        here[place[covers & same]] = True
        grid[:, wave] = ~here & ~recruit
        grid[place[covers & ~same], wave] = True
    return grid
