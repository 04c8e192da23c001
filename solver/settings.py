"""How hard to try: one frozen record, with presets by intent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Effort of a solve.

    In the repeatable mode effort is counted in work done (deterministic time, annealing moves,
    steps), derived from `time_limit_s` by fixed rates; the wall clock only cuts a run that is far
    behind, and the result then says `repeatable=False`. One seed, one version: the same plan, on
    any number of workers.
    """

    time_limit_s: float = 60.0
    seed: int = 1
    workers: int = 2  # processes or threads that may compute at once
    repeatable: bool = True
    memory_limit_mb: int = 6000


QUICK = Settings(time_limit_s=5.0)
PUBLISHED = Settings(time_limit_s=60.0)
NIGHTLY = Settings(time_limit_s=600.0)
