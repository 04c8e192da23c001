"""The main job on the sample city, whole: the year, a month of draws, flags, forecast, moves, papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from shutil import copytree
from typing import TYPE_CHECKING

from data.sample import sample_tables, write_dataset
from scheduler.journeys.draws import Month, rehearse_month
from scheduler.journeys.flags import FlagSummary, ForecastSummary, flag_staff, forecast_dues
from scheduler.journeys.rotation import Rotated, RotationAsk, rotate
from scheduler.journeys.year import Drafted, OnProgress, draft_year_plan
from solver.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.journeys.papers import PapersWritten

DEMO_YEAR = 2027  # the year that the sample city is made for
DEMO_SECONDS = 30.0
DRAW_MONTH = 3  # of surprise visits that are rehearsed
ROTATION_SECONDS = 20.0
OFFICIALS = 15_000  # made-up people whose careers are flagged and rotated
FORECAST_YEARS = 5


@dataclass(frozen=True)
class Demo:
    """What the demo made, in the order in which it made it."""

    year: Drafted
    month: Month
    flags: FlagSummary
    forecast: ForecastSummary
    rotation: Rotated
    papers: PapersWritten
    rotation_papers: PapersWritten


def demo(
    out: Path, seed: int, workers: int, lang: str = "vi", on_progress: OnProgress | None = None
) -> Demo:
    """The main job on the sample city: data beside the plans, each plan checked and explained."""
    with as_file(files("data") / "city") as city:
        copytree(city, out / "data", dirs_exist_ok=True)
    settings = Settings(time_limit_s=DEMO_SECONDS, seed=seed, workers=workers)
    year = draft_year_plan(out / "data", DEMO_YEAR, out / "plan", settings, on_progress)
    month = rehearse_month(out / "data", out / "plan", out / "draws", DRAW_MONTH, seed, lang)
    officials = out / "officials"
    write_dataset(sample_tables(staff=OFFICIALS, seed=seed, year=DEMO_YEAR), officials)
    on = date(DEMO_YEAR, 1, 1)
    flags = flag_staff(officials, on, out / "flags.xlsx", lang)
    years = (DEMO_YEAR, DEMO_YEAR + FORECAST_YEARS - 1)
    forecast = forecast_dues(officials, years, out / "forecast.html", lang, on)
    # only who writes papers pays for the start of what they need
    from scheduler.journeys.paper_samples import sample_papers, sample_rotation_papers

    ask = RotationAsk(officials, DEMO_YEAR, on, out=out / "rotation", public=True)
    effort = Settings(time_limit_s=ROTATION_SECONDS, seed=seed, workers=workers)
    rotation = rotate(ask, effort, on_progress)
    papers = sample_papers(out / "plan", out / "data", out / "papers")
    more = sample_rotation_papers(out / "rotation", officials, out / "rotation-papers")
    return Demo(year, month, flags, forecast, rotation, papers, more)
