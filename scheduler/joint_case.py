"""The single posts of a rotation year, and what forbids their holders each other's units."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from scheduler.clock import add_months
from scheduler.joint_plan import JointPrices, SinglePost, joint_plan

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import pandas as pd

    from scheduler.joint_plan import JointProposal
    from scheduler.rotation_case import RotationCase


def joint_proposals(
    case: RotationCase, unplaced: Collection[str] = ()
) -> tuple[JointProposal, ...]:
    """Joint plans for every holder of a single post who would be due, and for these unplaced people.

    Parameters
    ----------
    unplaced : staff ids of due people whom the plan could not place for want of another desk
    """
    posts = single_posts(case, unplaced)
    kin, former = _kin_units(case, posts), _former_units(case, posts)

    def may_take(who: SinglePost, to: SinglePost) -> bool:
        return to.unit_id not in kin[who.staff_id] and to.unit_id not in former[who.staff_id]

    classes = [frozenset(c) for c in case.rulebook.value("joint.professions")]

    def related(one: str, other: str) -> bool:
        return one == other or any(one in c and other in c for c in classes)

    prices = JointPrices(
        adjacent=case.rulebook.value("joint.adjacent-price"),
        helper=case.rulebook.value("joint.helper-price"),
    )
    return joint_plan(posts, may_take, related, prices)


def single_posts(case: RotationCase, unplaced: Collection[str] = ()) -> tuple[SinglePost, ...]:
    """Single posts whose holder is due this year, or may be moved along.

    Who moves along holds a single post, is past the earliest date by the year's end, and is neither
    deferred nor exempt.
    """
    people = case.people
    due = (people["part"] == "single").to_numpy() | people.index.isin(list(unplaced))
    ripe = people["earliest_date"].to_numpy("datetime64[D]") <= np.datetime64(
        date(case.year, 12, 31)
    )
    shown = people["overlay"].to_numpy(object) == "single_post"
    seated = (people["position_id"] != "").to_numpy()
    wanted = set(people.index[due])
    chosen = people[seated & (due | (shown & ripe))]
    rows = zip(*(chosen[name] for name in ("position_id", "lat", "lon")), strict=True)
    staff = _rows(case.tables["staff"], "staff_id", chosen.index)
    posts = _rows(case.tables["positions"], "position_id", chosen["position_id"])
    units = _rows(case.tables["units"], "unit_id", case.tables["units"]["unit_id"])
    return tuple(
        _single(staff[who], posts[position], units, (lat, lon), due=who in wanted)
        for who, (position, lat, lon) in zip(chosen.index, rows, strict=True)
    )


def _rows(table: pd.DataFrame, key: str, wanted: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Rows of a table by their key, those that are wanted."""
    mine = table[table[key].isin(list(wanted))]
    names = [str(name) for name in mine.columns]
    rows = mine.itertuples(index=False, name=None)
    return {
        str(found): dict(zip(names, row, strict=True))
        for found, row in zip(mine[key], rows, strict=True)
    }


def _single(
    who: Mapping[str, Any],
    post: Mapping[str, Any],
    units: Mapping[str, Mapping[str, Any]],
    home: tuple[float, float],
    *,
    due: bool,
) -> SinglePost:
    unit = units[post["unit_id"]]
    above = units.get(unit["parent_id"], {})
    return SinglePost(
        position_id=post["position_id"], staff_id=who["staff_id"], name=who["name"],
        unit_id=unit["unit_id"], unit_name=unit["name"], title=post["title"],
        profession=post["profession"], rank_group=post["rank_group"], due=due,
        kind=unit["kind"], parent_id=unit["parent_id"], parent_name=above.get("name", ""),
        cluster=unit["cluster"], lat=_number(unit["lat"]), lon=_number(unit["lon"]),
        home_lat=_number(home[0]), home_lon=_number(home[1]),
    )  # fmt: skip


def _number(value: float) -> float | None:
    return None if value != value else float(value)


def _kin_units(case: RotationCase, posts: tuple[SinglePost, ...]) -> dict[str, set[str]]:
    """Staff id -> units in which kin are in post (rule move.kin)."""
    found: dict[str, set[str]] = defaultdict(set)
    mine = {post.staff_id for post in posts}
    unit_of = case.people["unit_id"]
    for row in case.office.relatives:
        for who, kin in ((row.staff_id, row.relative_id), (row.relative_id, row.staff_id)):
            if who in mine:
                found[who].add(str(unit_of.get(kin, "")))
    return found


def _former_units(case: RotationCase, posts: tuple[SinglePost, ...]) -> dict[str, set[str]]:
    """Staff id -> units left too short ago to return, on the day of the plan (rule move.return)."""
    months = case.rulebook.value("move.return")
    unit_of = case.posts["unit_id"]
    mine = {post.staff_id for post in posts}
    rows = case.tables["postings"]
    rows = rows[rows["staff_id"].isin(mine) & rows["end"].notna()]
    found: dict[str, set[str]] = defaultdict(set)
    for who, position, end in zip(rows["staff_id"], rows["position_id"], rows["end"], strict=True):
        if add_months(end.date(), months) > case.on:
            found[who].add(str(unit_of.get(position, "")))
    return found
