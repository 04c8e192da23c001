"""Commands of the rotation half: flags, forecast, rotate."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.commands import rotation_texts, texts
from api.commands.options import DatasetPath, Lang, On, Out, Seed, TimeLimit, WhatIf, Workers, Year
from data.words import say

READINGS = ("continuous", "restarted")


def flags(
    dataset: DatasetPath,
    on: On,
    out: Annotated[
        Path | None, typer.Option("--out", help="tệp .csv, .xlsx, .parquet / result file")
    ] = None,
    staff: Annotated[
        str | None, typer.Option("--staff", help="một người / one person: mã nhân sự / staff id")
    ] = None,
    what_if: WhatIf = None,
    lang: Lang = "vi",
) -> None:
    """Thời hạn chuyển đổi vị trí công tác của từng người / rotation deadlines of everybody."""
    from scheduler import journeys

    if (out is None) == (staff is None):
        raise typer.BadParameter(say(lang, "Ghi --out TỆP, hoặc --staff MÃ cho một người."))
    with texts.ends_clearly(lang):
        trial = texts.trial_values(what_if or [], lang)
        if staff is not None:
            one = journeys.flags_of_one(dataset, on.date(), staff, lang, trial)
            rotation_texts.print_person(one, lang)
        elif out is not None:
            summary = journeys.flag_staff(dataset, on.date(), out, lang, trial)
            rotation_texts.print_flags(summary, lang)


def forecast(
    dataset: DatasetPath,
    first: Annotated[int, typer.Option("--from", min=2020, max=2100, help="năm đầu / first year")],
    last: Annotated[int, typer.Option("--to", min=2020, max=2100, help="năm cuối / last year")],
    out: Annotated[Path, typer.Option("--out", help="tệp .csv, .xlsx, .html / result file")],
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d", "%d/%m/%Y"], help="ngày xét / day of the check"),
    ] = None,
    what_if: WhatIf = None,
    lang: Lang = "vi",
) -> None:
    """Dự báo người đến hạn theo quý / dues by unit, field and quarter."""
    from scheduler import journeys

    if last < first or last - first > 19:
        raise typer.BadParameter(
            say(lang, "--to phải từ --from trở đi, không quá 20 năm: {first}–{last}.",
                first=first, last=last)
        )  # fmt: skip
    with texts.ends_clearly(lang):
        trial = texts.trial_values(what_if or [], lang)
        day = on.date() if on else None
        summary = journeys.forecast_dues(dataset, (first, last), out, lang, day, trial)
        rotation_texts.print_forecast(summary, lang)


def rotate(
    dataset: DatasetPath,
    year: Year,
    out: Out,
    time_limit: TimeLimit = 60,
    seed: Seed = 1,
    workers: Workers = 2,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d", "%d/%m/%Y"],
                     help="ngày lập kế hoạch; mặc định 01/01 / day of the plan"),
    ] = None,
    reading: Annotated[
        str, typer.Option(help="continuous | restarted: khi giấy tờ chưa rõ / if papers are unclear")
    ] = "continuous",
    public: Annotated[
        bool, typer.Option("--public", help="thêm bản công khai / a public copy besides")
    ] = False,
    repair: Annotated[
        Path | None, typer.Option("--repair", help="kế hoạch cần sửa / plan to mend")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", help="mã người không chuyển nữa / who falls out")
    ] = None,
    what_if: WhatIf = None,
    lang: Lang = "vi",
) -> None:  # fmt: skip
    """Kế hoạch chuyển đổi vị trí công tác năm / the year's rotation plan, or a mended one."""
    from api.commands.progress import shown
    from scheduler import journeys
    from scheduler.journeys import RotationAsk
    from solver.settings import Settings

    if reading not in READINGS:
        raise typer.BadParameter(" | ".join(READINGS))
    if without and repair is None:
        raise typer.BadParameter(say(lang, "--without MÃ đi cùng --repair KẾ-HOẠCH."))
    settings = Settings(time_limit_s=time_limit, seed=seed, workers=workers)
    with texts.ends_clearly(lang):
        trial = texts.trial_values(what_if or [], lang)
        day = on.date() if on else None
        ask = RotationAsk(dataset, year, day, reading, trial, out, public=public)
        with shown(lang) as progress:
            if repair is not None:
                done = journeys.repair_rotation(ask, repair, without or [], settings, progress)
            else:
                done = journeys.rotate(ask, settings, progress)
        rotation_texts.print_rotation(done, lang)
