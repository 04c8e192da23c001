"""Commands of the surprise draws: a ceremony, an evening, a morning; what comes after: draw_after.py."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.commands import draw_after, draw_texts, texts
from api.commands.draw_options import (
    DayOption,
    KeyFiles,
    MaybeKeys,
    Now,
    Passphrases,
    Plan,
    Reason,
    Record,
    Shares,
    asked,
    asked_anew,
    desk_at,
    moment_of,
)
from api.commands.options import DatasetPath, Lang, Seed, WhatIf

app = typer.Typer(
    no_args_is_help=True,
    help="Kiểm tra đột xuất: chọn ngẫu nhiên, giữ kín đến giờ, ai cũng kiểm chứng được / "
    "surprise draws: secret until run, provable afterwards.",
)


@app.command()
def setup(
    dataset: DatasetPath,
    plan: Plan,
    out: Annotated[Path, typer.Option("--out", help="thư mục hồ sơ mới / new record folder")],
    keys: Annotated[Path, typer.Option("--keys", help="thư mục ghi các tệp khóa / for key files")],
    custodian: Annotated[
        list[str], typer.Option("--custodian", help="người giữ khóa, ít nhất hai / two or more")
    ],
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d", "%d/%m/%Y"], help="ngày đầu / first day"),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d", "%d/%m/%Y"], help="ngày cuối / last day"),
    ] = None,
    passphrases: Passphrases = None,
    deposit: Annotated[
        str | None,
        typer.Option(
            "--deposit", help="khóa gửi giữ, số mảnh cần/số mảnh, ví dụ 2/3 / shares needed/made"
        ),
    ] = None,
    rehearsal: Annotated[
        bool, typer.Option("--rehearsal", help="diễn tập: được giả định giờ / a rehearsal")
    ] = False,
    now: Now = None,
    what_if: WhatIf = None,
    lang: Lang = "vi",
) -> None:
    """Lễ lập hồ sơ đầu năm: khóa, xác suất, cam kết / the ceremony at the year's start."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        ask = draws.SetupAsk(
            dataset, plan, out, keys, tuple(custodian), first.date() if first else None,
            last.date() if last else None, rehearsal, texts.trial_values(what_if or [], lang),
            draw_texts.deposit_of(deposit, lang),
        )  # fmt: skip
        draw_texts.print_line(
            draws.setup(
                ask, moment_of(now), now is not None, asked_anew(passphrases, custodian, lang), lang
            ),
            lang,
        )


@app.command()
def commit(
    record: Record,
    dataset: DatasetPath,
    plan: Plan,
    day: DayOption,
    absent: Annotated[
        list[str] | None, typer.Option("--absent", help="tổ vắng ngày đó / team that is away")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="lý do lập lại / why again")] = "",
    key: MaybeKeys = None,
    passphrases: Passphrases = None,
    now: Now = None,
    lang: Lang = "vi",
) -> None:
    """Buổi chiều trước: niêm phong bảng vé, in mã băm để công bố / seal the table, print the digest."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        desk = desk_at(record, now, passphrases, lang)
        ask = draws.CommitAsk(
            dataset, plan, day.date(), tuple(absent or ()), reason, tuple(key or ())
        )
        draw_texts.print_line(draws.commit(desk, ask, secrets.randbits(63)), lang)


@app.command()
def run(
    record: Record,
    day: DayOption,
    beacon: Annotated[
        str,
        typer.Option(
            "--beacon", help="số công khai đến sau cam kết / public value after the commit"
        ),
    ],
    key: KeyFiles,
    share: Shares = None,
    passphrases: Passphrases = None,
    now: Now = None,
    lang: Lang = "vi",
) -> None:
    """Sáng sớm: rút thăm; không ai thấy kết quả / the draw at dawn; nobody sees the outcome."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        desk = desk_at(record, now, passphrases, lang, share)
        draw_texts.print_line(draws.run(desk, day.date(), beacon, key), lang)


@app.command()
def fallback(
    record: Record, day: DayOption, reason: Reason, key: KeyFiles, passphrases: Passphrases = None,
    now: Now = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Số công khai không đến: đợi nguồn kế tiếp, hai người ký / the value failed: wait for the next one."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        desk = desk_at(record, now, passphrases, lang)
        draw_texts.print_line(draws.fall_back(desk, day.date(), reason, key), lang)


@app.command()
def release(
    record: Record,
    day: DayOption,
    team: Annotated[str, typer.Option("--team", help="mã tổ / team")],
    key: KeyFiles,
    out: Annotated[
        Path | None, typer.Option("--out", help="ghi phong bì cho thiết bị của tổ / envelope file")
    ] = None,
    passphrases: Passphrases = None,
    now: Now = None,
    lang: Lang = "vi",
) -> None:
    """Giờ xuất phát: mở cho một tổ / at departure: opens one team's target (releaser's and team's key)."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        desk = desk_at(record, now, passphrases, lang)
        draw_texts.print_release(draws.release(desk, day.date(), team, key, out), lang)


@app.command("open")
def open_envelope(
    envelope: Path, key: Annotated[Path, typer.Option("--key", help="khóa của tổ / team's key")],
    passphrases: Passphrases = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Tổ mở phong bì trên thiết bị của mình / the team opens its envelope."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        draw_texts.print_target(draws.open_envelope(envelope, key, asked(passphrases, lang)), lang)


app.command()(draw_after.status)
app.command()(draw_after.substitute)
app.command()(draw_after.void)
app.command("no-draw")(draw_after.no_draw)
app.command()(draw_after.epoch)
app.command()(draw_after.chances)
app.command()(draw_after.anchor)
app.command()(draw_after.reveal)
app.command()(draw_after.result)
app.command()(draw_after.verify)


@app.command()
def simulate(
    years: Annotated[int, typer.Option("--years", min=1, max=2_000)] = 40,
    dataset: Annotated[
        Path | None, typer.Option("--dataset", help="bộ dữ liệu; không có: số liệu giả lập / else made up")
    ] = None,
    plan: Annotated[Path | None, typer.Option("--plan", help="kế hoạch năm / yearly plan")] = None,
    units: Annotated[int, typer.Option(min=20, max=4_000)] = 143,
    teams: Annotated[int, typer.Option(min=2, max=100)] = 12,
    slots: Annotated[int, typer.Option(min=1, max=16, help="lượt mỗi ngày / a day")] = 2,
    out: Annotated[Path | None, typer.Option("--out", help="tệp .html / picture")] = None,
    seed: Seed = 1,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    lang: Lang = "vi",
) -> None:  # fmt: skip
    """Chạy thử nhiều năm: người trong cuộc đoán được gì / simulated years: what can be guessed."""
    from api.commands.draw_figures import print_simulated, steps_shown
    from scheduler.journeys import draws

    with texts.ends_clearly(lang):
        ask = draws.SimulateAsk(years, dataset, plan, units, teams, slots, out, seed)
        with steps_shown(lang) as told:
            found = draws.simulate(ask, lang, told)
        print_simulated(found, lang, as_json)
