"""Numba where it counts: compiled at first use, kept on disk where the folder can be written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """The function compiled at its first call, without the interpreter's lock."""
    try:
        return cast("F", numba.njit(nogil=True, cache=True, error_model="numpy")(function))
    except RuntimeError:  # no folder can hold the cache: compile anew in each process
        return cast("F", numba.njit(nogil=True, error_model="numpy")(function))
