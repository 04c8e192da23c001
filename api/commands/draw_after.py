"""Commands of the surprise draws besides the daily round: signed exceptions, opening, checking."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands import draw_texts
from api.commands.draw_options import (
    DayOption,
    KeyFiles,
    Now,
    Passphrases,
    Plan,
    Reason,
    Record,
    Shares,
    Slot,
    desk_at,
)
from api.commands.options import DatasetPath, Lang


def status(record: Record, now: Now = None, lang: Lang = "vi") -> None:
    """Hồ sơ đang ở đâu, việc kế tiếp là gì / where the record stands, and what is next."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        draw_texts.print_notes(draws.status(desk_at(record, now, None, lang)), lang)


def anchor(record: Record, now: Now = None, lang: Lang = "vi") -> None:
    """Trang mã băm của dòng mới nhất, để công bố / the newest head as a page to post."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        draw_texts.print_line(draws.anchors_again(desk_at(record, now, None, lang)), lang)


def chances(
    record: Record, dataset: DatasetPath, plan: Plan,
    out: Annotated[Path, typer.Option("--out", help="tệp .csv, ngoài hồ sơ / outside the record")],
    now: Now = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Xác suất của từng đơn vị, chỉ cho người lập kế hoạch / each unit's chances, for the planner only."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        typer.echo(draws.chances(desk_at(record, now, None, lang), dataset, plan, out))


def epoch(
    record: Record, dataset: DatasetPath, plan: Plan, key: KeyFiles,
    reason: Annotated[str, typer.Option("--reason", help="lý do / reason")] = "quý mới",
    passphrases: Passphrases = None, now: Now = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Xác suất của quý mới, hai người ký / the next quarter's rates, signed by two."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        desk = desk_at(record, now, passphrases, lang)
        draw_texts.print_line(draws.next_epoch(desk, dataset, plan, key, reason), lang)


def substitute(
    record: Record, day: DayOption, slot: Slot,
    to: Annotated[str, typer.Option("--to", help="tổ thay / the team instead")],
    reason: Reason, key: KeyFiles, passphrases: Passphrases = None, now: Now = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Tổ khác đi thay, đơn vị không đổi / another team takes the same target; two signers."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        desk = desk_at(record, now, passphrases, lang)
        draw_texts.print_line(draws.substitute(desk, day.date(), slot - 1, to, reason, key), lang)


def void(
    record: Record, day: DayOption, slot: Slot, reason: Reason, key: KeyFiles,
    passphrases: Passphrases = None, now: Now = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Hủy một lượt, hai người ký, có lý do / void a slot; two signers and a reason."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        desk = desk_at(record, now, passphrases, lang)
        draw_texts.print_line(draws.void(desk, day.date(), slot - 1, reason, key), lang)


def no_draw(
    record: Record, day: DayOption, reason: Reason, key: KeyFiles, passphrases: Passphrases = None,
    now: Now = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Ngày không rút thăm, hai người ký / a day without a draw; two signers and a reason."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        desk = desk_at(record, now, passphrases, lang)
        draw_texts.print_line(draws.no_draw(desk, day.date(), reason, key), lang)


def reveal(
    record: Record, day: DayOption, key: KeyFiles, share: Shares = None, passphrases: Passphrases = None,
    now: Now = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Sau thời hạn: mở bí mật và bảng vé của ngày / opens a day's secrets and table for checking."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        desk = desk_at(record, now, passphrases, lang, share)
        draw_texts.print_line(draws.reveal(desk, day.date(), key), lang)


def result(
    record: Record, day: DayOption,
    key: Annotated[Path, typer.Option("--key", help="khóa audit / audit's key")],
    passphrases: Passphrases = None, now: Now = None, lang: Lang = "vi",
) -> None:  # fmt: skip
    """Kết quả của một ngày đã mở, cho kiểm toán / a revealed day's outcome, for the audit."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        desk = desk_at(record, now, passphrases, lang)
        draw_texts.print_notes(draws.result(desk, day.date(), key), lang)


def verify(
    record: Record,
    anchor: Annotated[
        list[str] | None, typer.Option("--anchor", help="N:MÃ-BĂM đã công bố / posted head")
    ] = None,
    lang: Lang = "vi",
) -> None:
    """Kiểm chứng hồ sơ, không cần tin chương trình / checks the record by the stand-alone verifier."""
    from scheduler.journeys import draws

    with draw_texts.ends_clearly(lang):
        found = draws.verify(record, tuple(anchor or ()))
        draw_texts.print_verified(found, lang)
    if not found.good:
        raise typer.Exit(1)
