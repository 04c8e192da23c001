"""What `congvu draw simulate` prints: figures in plain words with their limits, and how far it is."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from math import isfinite
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from data.exports.hazard_picture import safe_days
from data.exports.hazard_words import STATES, figure_rows, value_text
from data.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scheduler.journeys.draws.simulate import SimulatedService

MARKS = {"met": "  ", "missed": "✗ ", "unsure": "? ", "told": "  "}
PLAIN_STEPS = 10  # lines of progress where no terminal is


@contextmanager
def steps_shown(lang: str) -> Iterator[Callable[[int, int], None]]:
    """A receiver of done and all steps: a bar in a terminal, else about ten lines on the error stream."""
    console = Console(stderr=True)
    words = say(lang, "năm đã chạy thử")
    if not console.is_terminal:
        yield lambda done, of: _plain(done, of, words)
        return
    columns = (TextColumn("{task.completed}/{task.total} {task.description}"), BarColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _plain(done: int, of: int, words: str) -> None:
    if done == of or done % max(1, of // PLAIN_STEPS) == 0:
        print(f"{done}/{of} {words}", file=sys.stderr, flush=True)


def print_simulated(simulated: SimulatedService, lang: str, as_json: bool) -> None:
    """Every figure with its limit and whether it is met, or one JSON object."""
    if as_json:
        typer.echo(json.dumps(as_data(simulated, lang), ensure_ascii=False, allow_nan=False))
        return
    found = simulated.found
    typer.echo(simulated.about.say(lang))
    for title, rows in figure_rows(found.figures, lang):
        typer.echo(f"\n{title}")
        for row in rows:
            limit = f"  ({row.limit})" if row.limit else ""
            typer.echo(f"{MARKS[row.state]}{row.words}: {row.value}{limit}  {row.verdict}")
    typer.echo("")
    typer.echo(
        say(
            lang,
            "Sau một lượt: rút thăm {ours} lần mức đã công bố ngay ngày sau; kế hoạch rải đều cho "
            "{days} ngày an toàn.",
            ours=value_text("after_1", found.ours[0], lang),
            days=safe_days(found.even),
        )
    )
    for note in simulated.notes:
        typer.echo("! " + note.say(lang))
    typer.echo(_summary(simulated, lang))
    if simulated.out:
        typer.echo(say(lang, "Hình và bảng số: {file}", file=simulated.out))


def _summary(simulated: SimulatedService, lang: str) -> str:
    counts = {
        state: sum(figure.state == state for figure in simulated.found.figures) for state in STATES
    }
    return say(
        lang,
        "{met} ngưỡng đạt, {missed} không đạt, {unsure} chưa đủ mẫu để khẳng định.",
        met=counts["met"], missed=counts["missed"], unsure=counts["unsure"],
    )  # fmt: skip


def as_data(simulated: SimulatedService, lang: str = "vi") -> dict[str, Any]:
    """All figures as plain data; a limit or number that does not exist is null."""
    found = simulated.found
    return {
        "units": found.units, "teams": found.teams, "years": found.years, "tables": found.tables,
        "visits_a_year": found.visits, "figures": [
            {
                "test": f.test, "name": f.name, "value": _finite(f.value), "least": _finite(f.least),
                "most": _finite(f.most), "error": _finite(f.error), "state": f.state,
            }
            for f in found.figures
        ],
        "hazard_after_a_visit": {"ours": list(found.ours), "even_spread": list(found.even)},
        "shadows": [
            {"unit": s.unit, "week_from": s.first_day, "ratio": s.ratio, "busy": list(s.busy)}
            for s in found.shadows
        ],
        "notes": [note.say(lang) for note in simulated.notes],
    }  # fmt: skip


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None
