"""Commands of the exchange with others: edits made in Excel, calendars, other bodies' plans."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Annotated

import typer

from api.commands import exchange_texts, texts
from api.commands.options import DatasetPath, Lang, Out
from data.words import say


def import_edits(
    file: Annotated[Path, typer.Argument(help="tệp .xlsx hoặc .csv đã sửa / edited file")],
    plan: Annotated[Path, typer.Argument(help="thư mục của kế hoạch / the plan's folder")],
    data: Annotated[
        Path | None, typer.Option("--data", help="bộ dữ liệu, để xét vi phạm / dataset, for judging")
    ] = None,
    accept: Annotated[
        str | None, typer.Option("--accept", help="dòng và mã được nhận: 5,7-9,MÃ / rows and ids taken")
    ] = None,
    accept_all: Annotated[bool, typer.Option("--accept-all", help="nhận tất cả / take all")] = False,
    reason: Annotated[
        list[str] | None, typer.Option("--reason", help="LÝ_DO hoặc MÃ=LÝ_DO / why a row is given up")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="thư mục kế hoạch mới / folder of the new plan")
    ] = None,
    by: Annotated[str, typer.Option("--by", help="người quyết định / who decided")] = "",
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d", "%d/%m/%Y"], help="ngày / day")
    ] = None,
    lang: Lang = "vi",
) -> None:  # fmt: skip
    """Nhận lại kế hoạch đã sửa trong Excel, từng dòng / take back a plan edited in Excel, row by row."""
    from scheduler import journeys

    if accept and accept_all:
        raise typer.BadParameter(say(lang, "Chỉ dùng một trong hai: --accept, --accept-all."))
    ask = journeys.EditsAsk(
        file, plan, data, "*" if accept_all else accept, _reasons(reason or []), out, by,
        on.date() if on else None,
    )  # fmt: skip
    with texts.ends_clearly(lang):
        shown = journeys.import_edits(ask)
        exchange_texts.print_edits(shown, lang)
    if shown.unlawful:
        raise typer.Exit(1)


def _reasons(given: list[str]) -> dict[str, str]:
    """Row id -> reason; "" holds the one for all."""
    found = {}
    for text in given:
        row, equals, reason = text.partition("=")
        single = bool(equals) and " " not in row.strip()
        found[row.strip() if single else ""] = (reason if single else text).strip()
    return found


def calendar(
    plan: Annotated[Path, typer.Argument(help="thư mục hoặc tệp của kế hoạch / a plan")],
    dataset: DatasetPath,
    out: Out,
    against: Annotated[
        Path | None, typer.Option("--against", help="kế hoạch cũ, để báo đổi, báo hủy / the older plan")
    ] = None,
    hours: Annotated[
        str | None, typer.Option("--hours", help="giờ làm việc, như 08:00-17:00 / timed events")
    ] = None,
    lang: Lang = "vi",
) -> None:  # fmt: skip
    """Lịch iCalendar của từng người, có báo đổi và báo hủy / everybody's calendar, with changes."""
    from scheduler import journeys

    span = _hours(hours, lang) if hours else None
    with texts.ends_clearly(lang):
        made = journeys.write_calendars(plan, dataset, out, against, span, lang)
        exchange_texts.print_calendars(made, lang)


def _hours(text: str, lang: str) -> tuple[time, time]:
    try:
        first, last = (time.fromisoformat(part.strip().zfill(5)) for part in text.split("-"))
    except ValueError:
        first, last = time(1), time(0)
    if first >= last:
        raise typer.BadParameter(
            say(lang, "Giờ «{found}» không đọc được. Ghi như 08:00-17:00.", found=text)
        )
    return first, last


def import_plan(
    file: Annotated[Path, typer.Argument(help="kế hoạch của cơ quan khác / the other body's plan")],
    dataset: DatasetPath,
    body: Annotated[str, typer.Option("--body", help="tên cơ quan đó / name of the body")],
    out: Annotated[Path, typer.Option("--out", help="tệp đề xuất, hoặc bảng blackouts / result file")],
    year: Annotated[
        int | None, typer.Option("--year", min=2020, max=2100, help="năm của kế hoạch / its year")
    ] = None,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="TỆP là tệp đề xuất đã xác nhận / FILE holds confirmed rows")
    ] = False,
    sure: Annotated[
        bool, typer.Option("--sure", help="nhận cả các dòng chắc / take the sure rows, too")
    ] = False,
    plan: Annotated[
        Path | None, typer.Option("--plan", help="kế hoạch của ta, để xem trùng / our plan, for overlaps")
    ] = None,
    old_names: Annotated[
        Path | None, typer.Option("--old-names", help="bảng tên cũ của cơ quan / the office's old names")
    ] = None,
    lang: Lang = "vi",
) -> None:  # fmt: skip
    """Nhập kế hoạch của cơ quan khác: khớp tên, xác nhận, xem trùng / another body's plan, matched."""
    from scheduler import journeys

    if not confirm and year is None:
        raise typer.BadParameter(say(lang, "Cần --year: năm của kế hoạch đó."))
    ask = journeys.OtherPlanAsk(file, dataset, body, out, year or 0, old_names, plan, sure)
    with texts.ends_clearly(lang):
        if confirm:
            exchange_texts.print_taken(journeys.confirm_units(ask), lang)
        else:
            exchange_texts.print_proposals(journeys.propose_units(ask, lang), lang)


def register(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    for command in (import_edits, calendar, import_plan):
        app.command(command.__name__.replace("_", "-"))(command)
