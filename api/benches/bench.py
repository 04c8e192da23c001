"""`congvu bench`: speed and quality beside what people do today, one file for each thing measured.

Figures are only comparable within one run: the ratios count, not the seconds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from api.benches import (
    answers,
    flags,
    kep,
    names,
    replan,
    reserve,
    rotation,
    surprise,
    verify,
    visits,
)
from data.words import Message

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Ask:
    """What to measure, for how long, with which chance, and the folder of public instances."""

    name: str
    seconds: float
    seed: int
    folder: Path | None

    @property
    def size(self) -> int:
        """The number at the end of the name; 0 without one."""
        found = re.search(r"-(\d+)$", self.name)
        return int(found[1]) if found else 0


@dataclass(frozen=True)
class Bench:
    """One kind of measurement: its names, its rows, and how they are told."""

    knows: Callable[[str], object]  # whether a name is its own
    shown: Iterable[str]  # names to offer
    rows: Callable[[Ask], Iterator[dict[str, Any]]]
    line: Callable[[Row], str]
    comparison: Callable[[list[dict[str, Any]]], str] = lambda rows: ""


def _like(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).fullmatch


BENCHES = (
    Bench(
        visits.INSTANCES.__contains__,
        visits.INSTANCES,
        lambda ask: visits.measured(ask.name, ask.seconds, ask.seed),
        visits.line, visits.comparison,
    ),
    Bench(
        rotation.INSTANCES.__contains__,
        rotation.INSTANCES,
        lambda ask: rotation.measured(ask.name, ask.seconds, ask.seed),
        rotation.line, rotation.comparison,
    ),
    Bench(
        _like(r"flags-\d+"), ("flags-150000",),
        lambda ask: iter([flags.measured(ask.name, ask.size, ask.seed)]), flags.line,
    ),
    Bench(
        reserve.INSTANCES.__contains__,
        reserve.INSTANCES,
        lambda ask: reserve.measured(ask.name, ask.seconds, ask.seed),
        reserve.line, reserve.comparison,
    ),
    Bench(
        _like(r"surprise(-\d+)?"), ("surprise",),
        lambda ask: surprise.measured(ask.name, ask.size or surprise.YEARS, ask.seed),
        surprise.line, surprise.comparison,
    ),
    Bench(
        _like(r"verify-\d+"), ("verify-600",),
        lambda ask: iter([verify.measured(ask.name, ask.size, ask.seed)]), verify.line,
    ),
    Bench(
        replan.INSTANCES.__contains__,
        replan.INSTANCES,
        lambda ask: replan.measured(ask.name, ask.seconds, ask.seed),
        replan.line, replan.comparison,
    ),
    Bench(
        _like("answers"), ("answers",),
        lambda ask: answers.measured(ask.seconds, ask.seed),
        answers.line, answers.comparison,
    ),
    Bench(
        _like("names"), ("names",),
        lambda ask: iter([names.measured(ask.seed)]), names.line,
    ),
    Bench(
        _like("kep"), ("kep",), lambda ask: kep.measured(ask.folder, ask.seconds),
        kep.line, kep.comparison,
    ),
)  # fmt: skip


def run(
    names: list[str], seconds: float, seed: int, as_json: bool, folder: Path | None = None
) -> None:
    """Measures every method on every instance and prints one row each, or JSON lines."""
    found = {
        name: _bench(name) for name in names
    }  # a wrong name is told before anything is measured
    for name, bench in found.items():
        shown = []
        for row in bench.rows(Ask(name, seconds, seed, folder)):
            shown.append(row)
            typer.echo(json.dumps(row, ensure_ascii=False) if as_json else bench.line(row))
        if not as_json and len(shown) > 1 and (told := bench.comparison(shown)):
            typer.echo(told)


def _bench(name: str) -> Bench:
    for bench in BENCHES:
        if bench.knows(name):
            return bench
    known = ", ".join(shown for bench in BENCHES for shown in bench.shown)
    raise typer.BadParameter(
        Message("Không có «{name}»; có: {known}", {"name": name, "known": known}).say("vi")
    )
