"""What the commands that question a plan print: two plans side by side, a frontier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from api.commands.texts import number, percent
from data.words import say
from scheduler.compare import STATES

if TYPE_CHECKING:
    from scheduler.compare import Comparison
    from scheduler.frontier import Point

SHOWN = 20


def print_comparison(found: Comparison, lang: str) -> None:
    """Marks, figures that differ, how many rows differ and how, and the first of them."""
    for side, title in zip("AB", found.titles, strict=True):
        typer.echo(f"{side}: {title}")
    for mark in found.marks:
        typer.echo("! " + mark.say(lang))
    for pair in found.figures:
        sign = "=" if pair.same else "≠"
        title = pair.title[lang == "en"]
        typer.echo(f"  {sign} {title}: {_shown(pair.a, lang)} | {_shown(pair.b, lang)}")
    for state, n in found.counts.items():
        typer.echo(f"  {STATES[state].say(lang)}: {n}")
    for row in [r for r in found.rows if r.state != "same"][:SHOWN]:
        typer.echo(f"    {row.label} {row.about}: {STATES[row.state].say(lang)}")
        typer.echo(f"      A {row.a or '–'}")
        typer.echo(f"      B {row.b or '–'}")


def print_point(point: Point, lang: str) -> None:
    """One line of the frontier: what is reached, and the bound that no plan beats."""
    told = point.as_json()
    shares = {name: percent(told[name], lang) for name in told if name.endswith("share")}
    counts = {name: told[name] for name in told if name not in shares}
    typer.echo(say(
        lang,
        "{inspectors} người, {teams} đoàn mỗi ngày: {placed}/{owed} cuộc; {covered} đơn vị = {covered_share} "
        "(cận {covered_most_share}); rủi ro {reached_share} (cận {reached_most_share}); "
        "{must_left} việc bắt buộc bị bỏ; {seconds} giây.",
        **counts, **shares,
    ))  # fmt: skip


def _shown(value: Any, lang: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, int | float):
        return number(value, lang, 4 if isinstance(value, float) else 0)
    return str(value)
