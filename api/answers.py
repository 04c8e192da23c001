"""The commands that question a plan: why, why-not, recommend, compare, scenario, frontier."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api import texts
from api.options import DatasetPath, Lang

if TYPE_CHECKING:
    from scheduler.why.answer import Answer

PlanPath = Annotated[Path, typer.Argument(help="thư mục kế hoạch / plan folder")]
AsJson = Annotated[bool, typer.Option("--json", help="in JSON / print JSON")]
Html = Annotated[Path | None, typer.Option("--html", help="ghi một trang HTML / write a page")]
Visit = Annotated[str, typer.Option("--visit", help="mã cuộc kiểm tra / visit id")]
UnitId = Annotated[str, typer.Option("--unit", help="mã hoặc tên đơn vị / unit id or name")]
Inspector = Annotated[str, typer.Option("--inspector", help="mã hoặc tên cán bộ / inspector")]
MoveId = Annotated[str, typer.Option("--move", help="mã chuyển đổi / move id")]
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


COMMANDS = {"why": why}


def register(app: typer.Typer) -> None:
    """Adds the commands to the program."""
    for name, command in COMMANDS.items():
        app.command(name)(command)
