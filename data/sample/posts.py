"""Posts of every unit: who is head, deputy, at a listed desk; a few stand empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.sample.sections import seats
from data.sample.shape import Ints, Objects, ids
from data.sample.trades import CATEGORIES, Template, templates

if TYPE_CHECKING:
    from data.sample.crew import Crew
    from data.sample.shape import Shape

VACANT = 0.05  # posts that stand empty, for each one that is held
OFFICE_WEIGHT = 0.6  # departments report fewer of their many posts than communes do
TOP, DIVISION = 3, 8  # head and two deputies, then divisions of so many posts
ROOMY = 30  # posts of a commune that has a desk for receiving citizens


@dataclass(frozen=True)
class Posts:
    """Posts as arrays: the k-th is held by the k-th person; those from `held` on are vacant."""

    unit: Ints  # row of the unit
    template: Ints
    division: Ints  # number of the section within the unit; 0: directly in the unit
    held: int

    def of(self, name: str) -> Objects:
        """A field of the template of each post."""
        return np.array([getattr(t, name) for t in templates()], dtype=object)[self.template]


def make_posts(shape: Shape, units: pd.DataFrame, crew: Crew) -> Posts:
    """The inspectors' posts first, then every unit's own, then the vacant ones."""
    rng = shape.rng("posts")
    roles = {t.role: n for n, t in enumerate(templates()) if not t.trade}
    own = np.array([roles[role] for role in crew.roles], dtype=np.int64)
    n_others = max(0, shape.staff - shape.inspectors)
    n_empty = round(n_others * VACANT)
    unit, template, division = _spread(rng, units, n_others + n_empty)
    desk = np.array([t.role in ("desk", "only", "plain") for t in templates()])[template]
    candidates = np.flatnonzero(desk)
    empty = rng.choice(candidates, size=min(n_empty, len(candidates)), replace=False)
    filled = np.setdiff1d(np.arange(len(unit)), empty)[:n_others]
    order = np.concatenate([filled, np.sort(empty)])
    return Posts(
        np.concatenate([crew.home, unit[order]]), np.concatenate([own, template[order]]),
        division=np.concatenate([np.zeros_like(own), division[order]]),
        held=shape.inspectors + len(filled),
    )  # fmt: skip


def positions_table(shape: Shape, units: pd.DataFrame, posts: Posts) -> pd.DataFrame:
    """The table `positions` as text."""
    rng = shape.rng("terms")
    terms = np.array([t.term for t in templates()])[posts.template]
    fixed = (rng.random(len(terms)) < 0.15) & (terms[:, 1] > terms[:, 0])
    months = terms[:, 0] + 12 * np.round(rng.random(len(terms)) * (terms[:, 1] - terms[:, 0]) / 12)
    pool = np.array([*map(str, range(61)), ""], dtype=object)
    yes = np.array(["false", "true"], dtype=object)
    return pd.DataFrame({
        "position_id": ids("VT", len(posts.unit)),
        "unit_id": seats(units, posts),
        "title": posts.of("title"), "field": posts.of("field"), "category": posts.of("category"),
        "rank_group": posts.of("rank_group"), "profession": posts.of("profession"),
        "is_lead": yes[posts.of("is_lead").astype(int)],
        "faces_public": yes[posts.of("faces_public").astype(int)],
        "term_months": pool[np.where(fixed, np.maximum(months, terms[:, 0]), 61).astype(int)],
    })  # fmt: skip


def _spread(rng: np.random.Generator, units: pd.DataFrame, total: int) -> tuple[Ints, Ints, Ints]:
    """Unit, template and division of `total` posts, shared out by headcount."""
    office = ~units["trade"].isin(["commune", "point"]).to_numpy()
    weight = units["headcount"].to_numpy() * np.where(office, OFFICE_WEIGHT, 1.0)
    share = weight / weight.sum() * total
    count = np.floor(share).astype(np.int64)
    rest = np.argsort(-(share - count), kind="stable")[: total - int(count.sum())]
    count[rest] += 1
    unit = np.repeat(np.arange(len(units)), count)
    place = np.arange(total) - np.repeat(np.cumsum(count) - count, count)
    trade = units["trade"].to_numpy(dtype=object)[unit]
    template = np.empty(total, dtype=np.int64)
    for name in CATEGORIES:
        mine = np.flatnonzero(trade == name)
        template[mine] = _of_trade(rng, name, place[mine], count[unit[mine]])
    inside = office[unit] & (place >= TOP) & (count[unit] >= DIVISION)
    return unit, template, np.where(inside, (place - TOP) // DIVISION + 1, 0)


def _of_trade(rng: np.random.Generator, trade: str, place: Ints, of: Ints) -> Ints:
    """Templates of posts by their place in the unit: head, deputies, then divisions of eight."""
    mine = [(n, t) for n, t in enumerate(templates()) if t.trade == trade]
    by_role = {t.role: n for n, t in mine if t.is_lead}
    usual = [(n, t) for n, t in mine if t.role in ("desk", "plain")]
    desks = np.array([n for n, _ in usual])
    chosen = rng.choice(desks, size=len(place), p=_weights([t for _, t in usual]))
    chosen = np.where(place == 0, by_role["head"], chosen)
    chosen = np.where((place == 1) & (of >= 5), by_role["deputy"], chosen)
    if "division_head" in by_role:
        chosen = np.where((place == 2) & (of >= 12), by_role["deputy"], chosen)
        head, deputy = by_role["division_head"], by_role["deputy_division_head"]
        chosen = np.where((place % DIVISION == TOP) & (of >= DIVISION), head, chosen)
        chosen = np.where((place % DIVISION == TOP + 1) & (of >= DIVISION), deputy, chosen)
    for n in (n for n, t in mine if t.role == "only"):
        chosen = np.where((place == TOP + 2) & (of >= ROOMY), n, chosen)
    return chosen


def _weights(desks: list[Template]) -> list[float]:
    weight = [1.0 if t.category else 0.6 for t in desks]
    return [w / sum(weight) for w in weight]
