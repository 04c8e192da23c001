"""The command `papers`: official papers of a plan, ready to sign."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands import texts
from api.commands.options import Lang
from data.words import say

if TYPE_CHECKING:
    from scheduler.journeys.papers import PapersWritten

DAYS = ["%Y-%m-%d", "%d/%m/%Y"]


def papers(
    plan: Annotated[
        Path | None, typer.Argument(help="thư mục kế hoạch, .xlsx / plan folder or .xlsx")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="thư mục kết quả / result folder")] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="bộ dữ liệu: tên, chức vụ / dataset for names, titles")
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", help="kế hoạch cũ được điều chỉnh / the plan that is amended")
    ] = None,
    organisation: Annotated[
        Path | None, typer.Option("--organisation", help="tệp TOML: cơ quan, người ký / who issues and signs")
    ] = None,
    templates: Annotated[
        Path | None, typer.Option("--templates", help="thư mục mẫu Word riêng / your own Word templates")
    ] = None,
    numbers: Annotated[
        Path | None, typer.Option("--numbers", help="CSV paper,id,number,date: số, ngày / numbers, days")
    ] = None,
    on: Annotated[
        datetime | None, typer.Option("--on", formats=DAYS, help="ngày chốt số liệu / day of the figures")
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help="mỗi cuộc, mỗi người một tệp / a file for each visit or person")
    ] = False,
    chosen: Annotated[
        list[str] | None, typer.Option("--id", help="chỉ cuộc, người này / only this visit or person")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="chỉ loại văn bản này / only this kind: ke-hoach ...")
    ] = None,
    write_templates: Annotated[
        Path | None,
        typer.Option("--write-templates", help="ghi mẫu gốc để sửa / the shipped templates, to change"),
    ] = None,
    lang: Lang = "vi",
) -> None:  # fmt: skip
    """Văn bản trình ký của một kế hoạch: Word và PDF/A / official papers of a plan, ready to sign."""
    from scheduler.journeys.paper_choices import PapersAsk
    from scheduler.journeys.papers import write_papers
    from scheduler.journeys.papers import write_templates as shipped

    if write_templates is not None:
        with texts.ends_clearly(lang):
            for name in shipped(write_templates):
                typer.echo(write_templates / name)
    if plan is None or out is None:
        if write_templates is not None and plan is None and out is None:
            return
        raise typer.BadParameter(
            say(lang, "Ghi KẾ-HOẠCH và --out THƯ-MỤC, hoặc --write-templates THƯ-MỤC.")
        )
    ask = PapersAsk(
        plan, out, data, against, organisation, templates, numbers, on.date() if on else None, each,
        tuple(chosen or ()), tuple(only or ()),
    )  # fmt: skip
    with texts.ends_clearly(lang):
        print_papers(write_papers(ask, on_paper=_shown if sys.stderr.isatty() else None), lang)


def _shown(name: str) -> None:
    typer.echo(f"  {name}", err=True)


def print_papers(done: PapersWritten, lang: str) -> None:
    """How many papers, where they are, what to look at before signing."""
    for remark in done.remarks:
        typer.echo("! " + remark.say(lang))
    where = {"n": len(done.files), "folder": done.folder}
    typer.echo(say(lang, "{n} văn bản Word, mỗi văn bản kèm PDF/A, ở {folder}.", **where))
    if "phieu-trinh" in done.files:
        typer.echo(
            say(lang, "Đọc phieu-trinh trước khi ký: nguồn cần kiểm tra lại, phần còn thiếu.")
        )
