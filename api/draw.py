"""Commands of the surprise draws: a ceremony, an evening, a morning, and what comes after."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api import draw_texts, texts
from api.options import DatasetPath, Lang, Seed, WhatIf

if TYPE_CHECKING:
    from scheduler.journeys.draws.desk import Desk

app = typer.Typer(
    no_args_is_help=True,
    help="Kiểm tra đột xuất: chọn ngẫu nhiên, giữ kín đến giờ, ai cũng kiểm chứng được / "
    "surprise draws: secret until run, provable afterwards.",
)
VIETNAM = timezone(timedelta(hours=7))

Record = Annotated[Path, typer.Argument(help="thư mục hồ sơ rút thăm / folder of the draws")]
Plan = Annotated[Path, typer.Option("--plan", help="kế hoạch kiểm tra năm / yearly plan folder")]
DayOption = Annotated[
    datetime, typer.Option("--day", formats=["%Y-%m-%d", "%d/%m/%Y"], help="ngày / day")
]
KeyFiles = Annotated[
    list[Path], typer.Option("--key", help="tệp khóa, mỗi người một lần / key file, once a person")
]
MaybeKeys = Annotated[
    list[Path] | None, typer.Option("--key", help="tệp khóa của hai người ký / two signers' keys")
]
Passphrases = Annotated[
    Path | None,
    typer.Option("--passphrases", help='tệp JSON {"tên": "mật khẩu"}; không có thì được hỏi / else asked'),
]  # fmt: skip
Now = Annotated[
    datetime | None,
    typer.Option("--now", formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
                 help="giờ giả định, chỉ khi diễn tập / only in a rehearsal"),
]  # fmt: skip
Reason = Annotated[str, typer.Option("--reason", help="lý do / reason")]
Slot = Annotated[
    int, typer.Option("--slot", min=1, help="lượt trong ngày, từ 1 / slot of the day, from 1")
]


def _desk(record: Path, now: datetime | None, passphrases: Path | None, lang: str) -> Desk:
    from scheduler.journeys import draws

    return draws.open_desk(record, _moment(now), now is not None, _asked(passphrases, lang), lang)


def _moment(now: datetime | None) -> datetime:
    return now.replace(tzinfo=VIETNAM) if now else datetime.now(VIETNAM).replace(microsecond=0)


def _asked(file: Path | None, lang: str) -> Any:
    from data.draws.passphrases import passphrases_from

    return passphrases_from(file, lambda name: draw_texts.ask_passphrase(name, lang))


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
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="ngày đầu / first day")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="ngày cuối / last day")
    ] = None,
    passphrases: Passphrases = None,
    rehearsal: Annotated[
        bool, typer.Option("--rehearsal", help="diễn tập: được giả định giờ / a rehearsal")
    ] = False,
    now: Now = None,
    what_if: WhatIf = None,
    lang: Lang = "vi",
) -> None:
    """Lễ lập hồ sơ đầu năm: khóa, xác suất, cam kết / the ceremony at the year's start."""
    from scheduler.journeys import draws

    with texts.ends_clearly(lang):
        ask = draws.SetupAsk(
            dataset, plan, out, keys, tuple(custodian), first.date() if first else None,
            last.date() if last else None, rehearsal, texts.trial_values(what_if or [], lang),
        )  # fmt: skip
        draw_texts.print_setup(
            draws.setup(ask, _moment(now), now is not None, _asked(passphrases, lang), lang), lang
        )


@app.command()
def status(record: Record, now: Now = None, lang: Lang = "vi") -> None:
    """Hồ sơ đang ở đâu, việc kế tiếp là gì / where the record stands, and what is next."""
    from scheduler.journeys import draws

    with texts.ends_clearly(lang):
        draw_texts.print_status(draws.status(_desk(record, now, None, lang)), lang)


@app.command()
def epoch(
    record: Record, dataset: DatasetPath, plan: Plan, key: KeyFiles, passphrases: Passphrases = None,
    now: Now = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Xác suất của quý mới, hai người ký / the next quarter's rates, signed by two."""
    from scheduler.journeys import draws

    with texts.ends_clearly(lang):
        desk = _desk(record, now, passphrases, lang)
        draw_texts.print_epoch(draws.next_epoch(desk, dataset, plan, key), lang)


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

    with texts.ends_clearly(lang):
        desk = _desk(record, now, passphrases, lang)
        ask = draws.CommitAsk(
            dataset, plan, day.date(), tuple(absent or ()), reason, tuple(key or ())
        )
        draw_texts.print_commit(draws.commit(desk, ask, secrets.randbits(63)), lang)


@app.command()
def run(
    record: Record,
    day: DayOption,
    beacon: Annotated[
        str, typer.Option("--beacon", help="số công khai đến sau cam kết / public value after the commit")
    ],
    key: KeyFiles,
    passphrases: Passphrases = None,
    now: Now = None,
    lang: Lang = "vi",
) -> None:  # fmt: skip
    """Sáng sớm: rút thăm; không ai thấy kết quả / the draw at dawn; nobody sees the outcome."""
    from scheduler.journeys import draws

    with texts.ends_clearly(lang):
        desk = _desk(record, now, passphrases, lang)
        draw_texts.print_run(draws.run(desk, day.date(), beacon, key), lang)


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

    with texts.ends_clearly(lang):
        desk = _desk(record, now, passphrases, lang)
        draw_texts.print_release(draws.release(desk, day.date(), team, key, out), lang)


@app.command("open")
def open_envelope(
    envelope: Path, key: Annotated[Path, typer.Option("--key", help="khóa của tổ / team's key")],
    passphrases: Passphrases = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Tổ mở phong bì trên thiết bị của mình / the team opens its envelope."""
    from scheduler.journeys import draws

    with texts.ends_clearly(lang):
        draw_texts.print_target(draws.open_envelope(envelope, key, _asked(passphrases, lang)), lang)


@app.command()
def substitute(
    record: Record, day: DayOption, slot: Slot,
    to: Annotated[str, typer.Option("--to", help="tổ thay / the team instead")],
    reason: Reason, key: KeyFiles, passphrases: Passphrases = None, now: Now = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Tổ khác đi thay, đơn vị không đổi / another team takes the same target; two signers."""
    from scheduler.journeys import draws

    with texts.ends_clearly(lang):
        desk = _desk(record, now, passphrases, lang)
        draw_texts.print_line(draws.substitute(desk, day.date(), slot - 1, to, reason, key), lang)


@app.command()
def void(
    record: Record, day: DayOption, slot: Slot, reason: Reason, key: KeyFiles,
    passphrases: Passphrases = None, now: Now = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Hủy một lượt, hai người ký, có lý do / void a slot; two signers and a reason."""
    from scheduler.journeys import draws

    with texts.ends_clearly(lang):
        desk = _desk(record, now, passphrases, lang)
        draw_texts.print_line(draws.void(desk, day.date(), slot - 1, reason, key), lang)


@app.command("no-draw")
def no_draw(
    record: Record, day: DayOption, reason: Reason, key: KeyFiles, passphrases: Passphrases = None,
    now: Now = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Ngày không rút thăm, hai người ký / a day without a draw; two signers and a reason."""
    from scheduler.journeys import draws

    with texts.ends_clearly(lang):
        desk = _desk(record, now, passphrases, lang)
        draw_texts.print_line(draws.no_draw(desk, day.date(), reason, key), lang)


@app.command()
def reveal(
    record: Record, day: DayOption, key: KeyFiles, passphrases: Passphrases = None, now: Now = None,
    lang: Lang = "vi",
) -> None:  # fmt: skip
    """Sau thời hạn: mở bí mật và bảng vé của ngày / opens a day's secrets and table for checking."""
    from scheduler.journeys import draws

    with texts.ends_clearly(lang):
        desk = _desk(record, now, passphrases, lang)
        draw_texts.print_line(draws.reveal(desk, day.date(), key), lang)


@app.command()
def verify(
    record: Record,
    anchor: Annotated[
        list[str] | None, typer.Option("--anchor", help="N:MÃ-BĂM đã công bố / posted head")
    ] = None,
    lang: Lang = "vi",
) -> None:
    """Kiểm chứng hồ sơ, không cần tin chương trình / checks the record by the stand-alone verifier."""
    from scheduler.journeys import draws

    with texts.ends_clearly(lang):
        found = draws.verify(record, tuple(anchor or ()))
        draw_texts.print_verified(found, lang)
    if not found.good:
        raise typer.Exit(1)


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
    from api.draw_figures import print_simulated, steps_shown
    from scheduler.journeys import draws

    with texts.ends_clearly(lang):
        ask = draws.SimulateAsk(years, dataset, plan, units, teams, slots, out, seed)
        with steps_shown(lang) as told:
            found = draws.simulate(ask, lang, told)
        print_simulated(found, lang, as_json)
