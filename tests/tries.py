"""How often chance is tried: CONGVU_THOROUGH=1 tries what a gate of a quarter of an hour has no time for."""

from __future__ import annotations

import os

THOROUGH = bool(os.environ.get("CONGVU_THOROUGH"))


def tries(thorough: int) -> int:
    """That many examples when asked for, a quarter of them otherwise."""
    return thorough if THOROUGH else -(-thorough // 4)
