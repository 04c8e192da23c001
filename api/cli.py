"""The command line: the same journeys as the pages, for a terminal.

Exit status: 0 good, 1 the data or the plan is at fault, 2 wrong use.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands import (
    answers,
    backup,
    demo,
    draw,
    exchange,
    journal,
    papers,
    replan,
    rotation,
    serve,
    texts,
)
from api.commands.options import DatasetPath, Lang, Out, Seed, TimeLimit, WhatIf, Workers, Year

app = typer.Typer(
    name="congvu", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Công Vụ: kế hoạch kiểm tra công vụ và chuyển đổi vị trí công tác hằng năm / "
    "yearly plans of public-duty inspections and of rotation.",
)  # fmt: skip


@app.command("check-data")
def check_data(dataset: DatasetPath, lang: Lang = "vi") -> None:
    """Lỗi của một bộ dữ liệu / faults of a dataset."""
    from scheduler import journeys

    with texts.ends_clearly(lang):
        texts.print_dataset(journeys.check_data(dataset), lang)


@app.command()
def template(folder: Path, lang: Lang = "vi") -> None:
    """Sổ mẫu để điền / an empty workbook to fill in."""
    from scheduler import journeys

    with texts.ends_clearly(lang):
        typer.echo(journeys.make_template(folder, lang))


@app.command()
def sample(
    folder: Path,
    units: Annotated[int, typer.Option(min=20, max=4_000)] = 143,
    inspectors: Annotated[int, typer.Option(min=4, max=1_000)] = 50,
    staff: Annotated[int, typer.Option(min=100, max=2_000_000)] = 3_000,
    seed: Seed = 1,
    year: Year = 2027,
    month_days: Annotated[int, typer.Option(min=1, max=23)] = 6,
    lang: Lang = "vi",
) -> None:
    """Một bộ dữ liệu bịa, cỡ tùy ý / a made-up dataset of any size."""
    from scheduler import journeys

    with texts.ends_clearly(lang):
        journeys.make_sample(folder, units, inspectors, staff, seed, year, month_days)
        typer.echo(folder)


@app.command()
def plan(
    dataset: DatasetPath,
    year: Year,
    out: Out,
    time_limit: TimeLimit = 60,
    seed: Seed = 1,
    workers: Workers = 2,
    what_if: WhatIf = None,
    lang: Lang = "vi",
) -> None:
    """Kế hoạch kiểm tra năm / the yearly plan."""
    from api.commands.progress import shown
    from scheduler import journeys
    from solver.settings import Settings

    settings = Settings(time_limit_s=time_limit, seed=seed, workers=workers)
    with texts.ends_clearly(lang):
        trial = texts.trial_values(what_if or [], lang)
        with shown(lang) as progress:
            drafted = journeys.draft_year_plan(dataset, year, out, settings, progress, trial)
        texts.print_plan(drafted, lang)


app.command()(replan.replan)
app.command()(rotation.flags)
app.command()(rotation.forecast)
app.command()(rotation.rotate)
app.add_typer(draw.app, name="draw")
answers.register(app)
app.command()(papers.papers)
exchange.register(app)
serve.register(app)
backup.register(app)
app.add_typer(journal.app, name="journal")


@app.command()
def audit(plan: Path, dataset: Path, lang: Lang = "vi") -> None:
    """Kiểm tra độc lập một kế hoạch / the independent checker."""
    from data.rotation_in import is_rotation
    from scheduler import journeys

    with texts.ends_clearly(lang):
        judge = journeys.audit_rotation_plan if is_rotation(plan) else journeys.audit_plan
        read, digest, breaches = judge(plan, dataset)
        texts.print_breaches(read, digest, breaches, lang)
    if breaches:
        raise typer.Exit(1)


app.command()(demo.demo)


@app.command()
def bench(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            help="city | big | tight | rotation-500 | flags-150000 | surprise | replan | names | kep ..."
        ),
    ] = None,
    instance: Annotated[list[str] | None, typer.Option(help="như trên / the same")] = None,
    seconds: Annotated[
        float, typer.Option(min=1, help="giây mỗi cách giải / seconds per method")
    ] = 60,
    seed: Seed = 1,
    folder: Annotated[
        Path | None, typer.Option(help="thư mục của kep / the folder of kep's pools")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Đo tốc độ và chất lượng / measure speed and quality, beside the plain one-model solver."""
    from api.benches import bench as benchmark

    names = [*(what or []), *(instance or [])]
    if folder is None:  # `congvu bench kep FOLDER` is what people type
        folders = [Path(name) for name in names if name != "kep" and Path(name).is_dir()]
        folder = folders[0] if "kep" in names and folders else None
        names = [name for name in names if folder is None or Path(name) != folder]
    benchmark.run(names or ["city"], seconds, seed, as_json, folder)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(ctx: typer.Context) -> None:
    """Chạy bộ kiểm thử / run the tests."""
    import pytest

    raise typer.Exit(
        int(pytest.main(ctx.args or ["-n", "2", "--dist", "worksteal", "--ignore=tests/browser"]))
    )


def main(argv: list[str] | None = None) -> Any:
    """Entry point of the `congvu` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return app(argv)


if __name__ == "__main__":
    main()
