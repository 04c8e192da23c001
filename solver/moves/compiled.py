"""Numba for the moves: compiled at first use, kept on disk where a folder can be written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])
KERNELS = (
    "compiled.py",
    "lawful.py",
    "near.py",
    "prune.py",
    "enumerate.py",
    "swaps.py",
    "rounding.py",
)


def _digest() -> str:
    """Fingerprint of all compiled sources: numba itself notes only the file that a function stands in."""
    here = Path(__file__).parent
    sources = (here / name for name in KERNELS if (here / name).exists())
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]


FOLDER = str(Path(__file__).parent / "__pycache__" / f"compiled-{_digest()}")
config: Any = numba.config


def compiled(function: F) -> F:
    """The function compiled at its first call, without the interpreter's lock."""
    given = config.CACHE_DIR
    config.CACHE_DIR = os.environ.get("NUMBA_CACHE_DIR") or FOLDER
    try:
        return cast("F", numba.njit(nogil=True, cache=True, error_model="numpy")(function))
    except RuntimeError:  # no folder can hold the cache: compile anew in each process
        return cast("F", numba.njit(nogil=True, error_model="numpy")(function))
    finally:
        config.CACHE_DIR = given
