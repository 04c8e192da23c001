"""Progress of a solve in the terminal: phase, best, bound, seconds; else a line a phase."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.table import Table

from api.phases import PHASES
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from solver.result import Progress


@contextmanager
def shown(lang: str) -> Iterator[Callable[[Progress], None]]:
    """A receiver of progress that draws one live line, or prints a line at each new phase."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plain(lang)
        return
    with Live(console=console, refresh_per_second=4, transient=True) as live:
        yield lambda progress: live.update(_row(progress, lang))


def _name(progress: Progress, lang: str) -> str:
    known = PHASES.get(progress.phase)
    return known.say(lang) if known else progress.phase


def _row(progress: Progress, lang: str) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2))
    best = Message("tốt nhất {n}", {"n": progress.best if progress.best is not None else "–"})
    bound = Message("cận {n}", {"n": progress.bound if progress.bound is not None else "–"})
    table.add_row(
        f"{progress.seconds:6.1f} s",
        _name(progress, lang),
        best.say(lang),
        bound.say(lang),
        progress.note,
    )
    return table


def _plain(lang: str) -> Callable[[Progress], None]:
    last = ""

    def show(progress: Progress) -> None:
        nonlocal last
        if progress.phase != last:
            last = progress.phase
            print(
                f"{progress.seconds:6.1f} s  {_name(progress, lang)}", file=sys.stderr, flush=True
            )

    return show
