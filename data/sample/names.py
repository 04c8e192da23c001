"""Names of people, made up from the commonest Vietnamese family, middle and given names."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.sample.shape import Objects


def full_names(rng: np.random.Generator, female: NDArray[np.bool_]) -> Objects:
    """One full name for each person, family name first."""
    family = np.array(list(_names()["family"].values()), dtype=float)
    n_middle, n_given = len(_names()["male"]["middle"]), len(_names()["male"]["given"])
    first = rng.choice(len(family), size=len(female), p=family / family.sum())
    second = rng.integers(0, n_middle, size=len(female))
    last = rng.integers(0, n_given, size=len(female))
    sex = female.astype(np.int64)
    named: Objects = _pool()[((sex * len(family) + first) * n_middle + second) * n_given + last]
    return named


@cache
def _names() -> dict[str, Any]:
    return tomllib.loads((files("data") / "sample" / "names.toml").read_text(encoding="utf-8"))


@cache
def _pool() -> Objects:
    names = _names()
    return np.array(
        [
            f"{first} {second} {last}"
            for sex in ("male", "female")
            for first in names["family"]
            for second in names[sex]["middle"]
            for last in names[sex]["given"]
        ],
        dtype=object,
    )
