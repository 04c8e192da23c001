"""The clock: read here, at the door, and handed to everything else."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def wall_clock() -> datetime:
    """The moment now."""
    return datetime.fromtimestamp(time.time(), UTC)
