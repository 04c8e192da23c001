"""A year of rotation as numbers: case -> MovesProblem. The way back: `rotation_rows`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scheduler.move_rules import MOVE_RULES
from scheduler.rotation_rows import to_moves
from solver.moves.problem import Desk, Goals, Limit, MovesProblem, Person

__all__ = ["move_limits", "to_moves", "to_moves_problem"]

if TYPE_CHECKING:
    from scheduler.rotation_case import RotationCase


def to_moves_problem(case: RotationCase) -> MovesProblem:
    """The year as whole numbers; person and desk numbers are those of the case.

    Only groups that hold somebody due, or somebody whom a pin orders to move, are part of it.
    """
    first = date(case.year, 1, 1)
    units = case.tables["units"]
    places = zip(units["lat"].tolist(), units["lon"].tolist(), strict=True)
    return MovesProblem(
        people=_people(case),
        desks=_desks(case),
        unit_places=tuple(
            None if lat != lat or lon != lon else (float(lat), float(lon)) for lat, lon in places
        ),
        wave_days=tuple((day - first).days for day in case.waves),
        limits=move_limits(case),
        wishes=_wishes(case),
        goals=Goals(**case.rulebook.value("move.weights")),
    )


def move_limits(case: RotationCase) -> tuple[Limit, ...]:
    """Every limit that the binding rules ask for."""
    policies = case.rulebook.policies
    return tuple(
        limit
        for rule in MOVE_RULES
        if rule.id in policies and policies[rule.id].binding == "must"
        for limit in rule.enforce(policies[rule.id], case)
    )


def _groups(case: RotationCase) -> tuple[list[int], list[int]]:
    """Group of each person, and of each desk.

    Whoever does not fit the own post has a group to himself, without a desk. A desk for which
    somebody is named already, or that papers give to several people, belongs to no group: of several
    holders all but one may leave, and nobody comes.
    """
    movers = case.movers
    codes, kinds = pd.factorize(movers["kind"].to_numpy(object))
    fits = movers["fits"].to_numpy(bool)
    people = np.where(fits, codes, len(kinds) + np.arange(len(codes)))
    number = {kind: n for n, kind in enumerate(kinds)}
    posts = case.posts.reindex(list(case.desks))
    barred = posts["promised"].to_numpy(bool) | np.isin(case.desks, list(_staying(case)))
    desks = [
        -1 if shut else number[kind]
        for kind, shut in zip(posts["kind"].tolist(), barred.tolist(), strict=True)
    ]
    return people.tolist(), desks


def _staying(case: RotationCase) -> dict[str, int]:
    """Posts that papers give to several people at once -> how many of these cannot move this year."""
    held = case.people["position_id"].value_counts()
    several = held[(held > 1) & (held.index != "")]
    movers = case.movers["position_id"].value_counts()
    return {str(post): int(n) - int(movers.get(post, 0)) for post, n in several.items()}


def _spare(case: RotationCase) -> NDArray[np.bool_]:
    """For each desk, whether its holder may leave it to somebody else who stays there.

    Of several holders who could all move, the last one stays: helpers come after people who are due.
    """
    spare = np.zeros(len(case.desks), bool)
    for post, staying in _staying(case).items():
        numbers = case.desk_numbers.get(post, ())
        spare[list(numbers if staying else numbers[:-1])] = True
    return spare


def _people(case: RotationCase) -> tuple[Person, ...]:
    movers, costs = case.movers, case.rulebook.value("move.helper-costs")
    due = (movers["part"] == "due").to_numpy(bool)
    first = np.datetime64(date(case.year, 1, 1))
    limit = (movers["latest_date"].to_numpy("datetime64[D]") - first).astype(np.int64)
    price = np.where(movers["rotating"].to_numpy(bool), costs["sensitive"], costs["other"])
    return tuple(map(
        Person,
        movers.index.tolist(),
        movers["desk"].tolist(),
        _groups(case)[0],
        due.tolist(),
        np.where(due, limit, 0).tolist(),
        np.where(due, 0, price).tolist(),
        _numbers(movers["lat"]),
        _numbers(movers["lon"]),
    ))  # fmt: skip


def _desks(case: RotationCase) -> tuple[Desk, ...]:
    posts = case.posts.reindex(list(case.desks))
    area = case.movers["area"][case.movers["desk"] >= 0].tolist() + [""] * len(case.vacancies)
    return tuple(map(
        Desk,
        case.desks,
        [case.units[unit_id] for unit_id in posts["unit_id"].tolist()],
        _groups(case)[1],
        _codes(posts["field"].tolist()),
        _codes(area),
        (posts["rotating"].to_numpy(bool) & ~_spare(case)).tolist(),
        posts["leads"].astype(bool).tolist(),
    ))  # fmt: skip


def _codes(words: list[str]) -> list[int]:
    """A number for each distinct text, -1 for blank."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(word, len(numbers)) if word else -1 for word in words]


def _numbers(column: pd.Series[Any]) -> list[float | None]:
    return [None if value != value else float(value) for value in column.tolist()]


def _wishes(case: RotationCase) -> tuple[tuple[int, int, int], ...]:
    wishes = case.tables["wishes"]
    rows = zip(
        wishes["staff_id"].tolist(),
        wishes["unit_id"].tolist(),
        wishes["weight"].tolist(),
        strict=True,
    )
    return tuple(
        (case.mover_number[staff_id], case.units[unit_id], steps)
        for staff_id, unit_id, weight in rows
        if staff_id in case.mover_number and (steps := round(weight))
    )
