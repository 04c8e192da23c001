"""The commands that question a plan: why, why-not, recommend, compare, scenario, frontier."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands import answers_texts, texts
from api.commands.options import DatasetPath, Lang, Out, Seed, TimeLimit, WhatIf, Workers, Year

if TYPE_CHECKING:
    from scheduler.why.answer import Answer

PlanPath = Annotated[Path, typer.Argument(help="thư mục kế hoạch / plan folder")]
AsJson = Annotated[bool, typer.Option("--json", help="in JSON / print JSON")]
Html = Annotated[Path | None, typer.Option("--html", help="ghi một trang HTML / write a page")]
Visit = Annotated[str, typer.Option("--visit", help="mã cuộc kiểm tra / visit id")]
UnitId = Annotated[str, typer.Option("--unit", help="mã hoặc tên đơn vị / unit id or name")]
Inspector = Annotated[str, typer.Option("--inspector", help="mã hoặc tên cán bộ / inspector")]
MoveId = Annotated[str, typer.Option("--move", help="mã chuyển đổi / move id")]
People = Annotated[
    list[str] | None, typer.Option("--team", help="cả đoàn, mã cách nhau dấu phẩy / whole team")
]
Staff = Annotated[str, typer.Option("--staff", help="mã nhân sự / staff id")]


def why(
    plan: PlanPath, dataset: DatasetPath, visit: Visit = "", unit: UnitId = "",
    inspector: Inspector = "", move: MoveId = "", staff: Staff = "", as_json: AsJson = False,
    html: Html = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Vì sao kế hoạch như vậy / why a plan is as it is."""
    from scheduler import journeys

    ask = journeys.AskAbout(visit, unit, inspector, move, staff)
    with texts.ends_clearly(lang):
        show(journeys.why(plan, dataset, ask), as_json, html, lang)


def show(answer: Answer, as_json: bool, html: Path | None, lang: str) -> None:
    """An answer as text or JSON on the terminal, and as a page when one is asked for."""
    from scheduler import journeys

    if html is not None:
        journeys.write_answer(answer, html, lang)
    if as_json:
        typer.echo(json.dumps(answer.as_json(), ensure_ascii=False, indent=1, default=str))
    else:
        typer.echo(answer.text(lang))


def recommend(
    plan: PlanPath, dataset: DatasetPath, visit: Visit = "", unit: UnitId = "",
    inspector: Inspector = "", staff: Staff = "",
    most: Annotated[int, typer.Option(min=1, help="số lựa chọn / options")] = 10,
    as_json: AsJson = False, html: Html = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Nên xếp vào đâu, ai nên đi / ranked options with what each costs."""
    from scheduler import journeys

    ask = journeys.AskAbout(visit, unit, inspector, staff=staff)
    with texts.ends_clearly(lang):
        show(journeys.recommend(plan, dataset, ask, most), as_json, html, lang)


def why_not(
    plan: PlanPath, dataset: DatasetPath, visit: Visit = "", unit: UnitId = "",
    on: Annotated[str, typer.Option("--on", help="2027-03-15 | 2027-W11")] = "",
    team: People = None,
    with_: Annotated[list[str] | None, typer.Option("--with", help="có người này / with")] = None,
    without: Annotated[list[str] | None, typer.Option(help="không có người này / without")] = None,
    staff: Staff = "",
    to: Annotated[str, typer.Option(help="vị trí / position id")] = "",
    wave: Annotated[int, typer.Option(min=0, max=12, help="đợt 1-12 / wave")] = 0,
    as_json: AsJson = False, html: Html = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Vì sao không / why not: solved again around the wish, with its price or what forbids it."""
    from scheduler import journeys

    with texts.ends_clearly(lang):
        if staff:
            answer = journeys.why_not_move(plan, dataset, staff, to, wave)
        else:
            people = (_split(team), _split(with_), _split(without))
            answer = journeys.why_not(plan, dataset, journeys.WishAsk(visit, unit, on, *people))
        show(answer, as_json, html, lang)


def _split(people: list[str] | None) -> tuple[str, ...]:
    """Ids from options that may be repeated or hold several, separated by commas."""
    return tuple(who.strip() for text in people or [] for who in text.split(",") if who.strip())


def scenario(
    dataset: DatasetPath, year: Year, out: Out,
    name: Annotated[str, typer.Option("--name", help="tên kịch bản / name")],
    what_if: WhatIf = None,
    inspectors: Annotated[int, typer.Option(help="thêm, bớt người / more, fewer people: +2, -1")] = 0,
    teams: Annotated[int, typer.Option(help="thêm, bớt đoàn mỗi ngày / teams a day: +1, -1")] = 0,
    time_limit: TimeLimit = 60, seed: Seed = 1, workers: Workers = 2, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Một năm giả định, không phải kế hoạch / a year as it would be; never a plan."""
    from api.commands.progress import shown
    from scheduler import journeys
    from solver.settings import Settings

    settings = Settings(time_limit_s=time_limit, seed=seed, workers=workers)
    with texts.ends_clearly(lang):
        trial = texts.trial_values(what_if or [], lang)
        asked = journeys.Scenario(name, trial, inspectors, teams)
        ask = journeys.ScenarioAsk(dataset, year, asked, out)
        with shown(lang) as progress:
            drafted = journeys.draft_scenario(ask, settings, progress)
        typer.echo("! " + drafted.plan.facts["title"])
        for change in drafted.plan.facts["scenario"]["changes"]:
            typer.echo("! " + change[lang])
        texts.print_plan(drafted, lang)


def compare(
    plan_a: PlanPath, plan_b: PlanPath,
    dataset: Annotated[Path | None, typer.Argument(help="để lấy tên / for names")] = None,
    out: Annotated[Path | None, typer.Option("--out", help=".html | .csv | .json")] = None,
    lang: Lang = "vi",
) -> None:  # fmt: skip
    """Hai kế hoạch cạnh nhau / two plans side by side."""
    from scheduler import journeys

    with texts.ends_clearly(lang):
        answers_texts.print_comparison(journeys.compare(plan_a, plan_b, dataset, out, lang), lang)
        if out is not None:
            typer.echo(out)


def frontier(
    dataset: DatasetPath, year: Year,
    inspectors: Annotated[str, typer.Option("--inspectors", help="20,30,40")],
    teams: Annotated[str, typer.Option("--teams", help="đoàn mỗi ngày / teams a day: 4,6,8")] = "",
    out: Annotated[Path | None, typer.Option("--out", help=".html | .csv | .json")] = None,
    time_limit: TimeLimit = 10, seed: Seed = 1, workers: Workers = 2, as_json: AsJson = False,
    lang: Lang = "vi",
) -> None:  # fmt: skip
    """Bao nhiêu người thì bao phủ được đến đâu / coverage and risk against people, with bounds."""
    from scheduler import journeys
    from solver.settings import Settings

    settings = Settings(time_limit_s=time_limit, seed=seed, workers=workers)
    with texts.ends_clearly(lang):
        if out is not None:
            journeys.check_frontier_file(out)
        numbers = (_numbers(inspectors), _numbers(teams))
        points = []
        for point in journeys.frontier(dataset, year, *numbers, settings):
            points.append(point)
            if not as_json:
                answers_texts.print_point(point, lang)
        if as_json:
            typer.echo(json.dumps([p.as_json() for p in points], indent=1))
        if out is not None:
            journeys.write_frontier(points, out, lang)


def _numbers(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdecimal() for part in parts):
        raise typer.BadParameter(text)
    return [int(part) for part in parts]


COMMANDS: tuple[tuple[str, Callable[..., None]], ...] = (
    ("why", why),
    ("why-not", why_not),
    ("recommend", recommend),
    ("compare", compare),
    ("scenario", scenario),
    ("frontier", frontier),
)


def register(app: typer.Typer) -> None:
    """Adds the commands to the program."""
    for name, command in COMMANDS:
        app.command(name)(command)
