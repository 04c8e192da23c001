"""Numba where it counts: compiled at first use, kept on disk where a folder can be written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])


def _digest() -> str:
    """Fingerprint of all compiled sources: numba itself notes only the file that a function stands in."""
    here = Path(__file__).parent
    sources = (
        here / name for name in ("compiled.py", "state.py", "moves.py", "chain.py", "cheapest.py")
    )
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]


config: Any = numba.config
if not config.CACHE_DIR:
    config.CACHE_DIR = str(Path(__file__).parent / "__pycache__" / f"compiled-{_digest()}")


def compiled(function: F) -> F:
    """The function compiled at its first call, without the interpreter's lock."""
    try:
        return cast("F", numba.njit(nogil=True, cache=True, error_model="numpy")(function))
    except RuntimeError:  # no folder can hold the cache: compile anew in each process
        return cast("F", numba.njit(nogil=True, error_model="numpy")(function))
