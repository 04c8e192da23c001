"""Sections of departments and agencies: the divisions of about eight posts in which people sit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from data.sample.posts import Posts
    from data.sample.shape import Objects

FIRST_NAMES = ("Văn phòng", "Phòng Tổ chức cán bộ", "Phòng Kế hoạch - Tài chính")


def seats(units: pd.DataFrame, posts: Posts) -> Objects:
    """Unit id in which each post stands: a section where its body has any, else the body itself."""
    bodies = units["unit_id"].to_numpy(dtype=object)[posts.unit]
    found = bodies.copy()
    inside = np.flatnonzero(posts.division > 0)
    found[inside] = [
        section_id(body, number)
        for body, number in zip(bodies[inside], posts.division[inside].tolist(), strict=True)
    ]
    return found


def section_id(body: str, number: int) -> str:
    """Id of the n-th section of a body, from 1."""
    return f"{body}-P{number:02}"


def sections_table(table: pd.DataFrame, posts: Posts) -> pd.DataFrame:
    """Rows of the table `units` for every section that holds a post, beside `table`'s own columns.

    A section lies where its body lies, is out of scope, and counts the posts in it.
    """
    inside = posts.division > 0
    pairs, headcount = np.unique(
        np.column_stack([posts.unit[inside], posts.division[inside]]), axis=0, return_counts=True
    )
    body = table.iloc[pairs[:, 0]]
    numbers = pairs[:, 1].tolist()
    rows = body.assign(
        unit_id=[section_id(b, n) for b, n in zip(body["unit_id"], numbers, strict=True)],
        name=[f"{_name(n)}, {b}" for b, n in zip(body["name"], numbers, strict=True)],
        kind="section",
        parent_id=body["unit_id"].to_numpy(),
        headcount=headcount.astype(str),
        in_scope="false",
    )
    return rows.reset_index(drop=True)


def _name(number: int) -> str:
    if number <= len(FIRST_NAMES):
        return FIRST_NAMES[number - 1]
    return f"Phòng Nghiệp vụ {number - len(FIRST_NAMES)}"
