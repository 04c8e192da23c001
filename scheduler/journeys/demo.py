"""The main job on the sample city, whole."""

from __future__ import annotations

from importlib.resources import as_file, files
from shutil import copytree
from typing import TYPE_CHECKING

from scheduler.journeys.year import Drafted, OnProgress, draft_year_plan
from solver.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

DEMO_YEAR = 2027  # the year that the sample city is made for
DEMO_SECONDS = 30.0


def demo(out: Path, seed: int, workers: int, on_progress: OnProgress | None = None) -> Drafted:
    """The main job on the sample city: data copied beside the plan, year planned and checked."""
    with as_file(files("data") / "city") as city:
        copytree(city, out / "data", dirs_exist_ok=True)
    settings = Settings(time_limit_s=DEMO_SECONDS, seed=seed, workers=workers)
    return draft_year_plan(out / "data", DEMO_YEAR, out / "plan", settings, on_progress)
