"""What the draw commands print, and how they ask for passphrases."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from api.commands import texts
from data.draws.beacons import BeaconRefused
from data.draws.keys import SHORTEST, KeyRefused
from data.draws.log import LogError
from data.draws.sealing import SealBroken
from data.words import Message, say
from scheduler.surprise.protocol import ProtocolFault
from scheduler.surprise.rates import RatesImpossible
from scheduler.surprise.record import RecordBroken, shown
from scheduler.surprise.teams import NoTeams

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.journeys.draws.month import Month
    from scheduler.journeys.draws.results import Logged, Released, Target, Verified


CLEAR = (
    BeaconRefused, KeyRefused, LogError, NoTeams, ProtocolFault, RatesImpossible, RecordBroken,
    SealBroken,
)  # fmt: skip


@contextmanager
def ends_clearly(lang: str) -> Iterator[None]:
    """As for the other commands; the errors of draws end as clear lines and exit status 1, too."""
    with texts.ends_clearly(lang):
        try:
            yield
        except CLEAR as error:
            typer.echo(error.message.say(lang), err=True)
            raise typer.Exit(1) from None


def deposit_of(text: str | None, lang: str) -> tuple[int, int] | None:
    """Shares needed and made out of "2/3"; wrong use (exit 2) when it is not so written."""
    found = re.fullmatch(r"\s*(\d{1,2})\s*/\s*(\d{1,2})\s*", text) if text is not None else None
    if text is not None and found is None:
        raise typer.BadParameter(
            say(lang, "«{value}» không đọc được. Viết: số mảnh cần/số mảnh, ví dụ 2/3.", value=text)
        )
    return (int(found[1]), int(found[2])) if found else None


def ask_passphrase(name: str, lang: str) -> str:
    """A passphrase typed without echo."""
    return str(
        typer.prompt(say(lang, "Mật khẩu của «{name}»", name=name), hide_input=True, err=True)
    )


def ask_new_passphrase(name: str, lang: str) -> str:
    """A passphrase for a new key: typed twice, so that a slip of a finger locks nobody out for the year."""
    while True:
        typed = ask_passphrase(say(lang, "{name} (khóa mới)", name=name), lang).strip()
        if len(typed) < SHORTEST:
            short = "Mật khẩu của «{name}» quá ngắn; cần ít nhất {n} ký tự."
            typer.echo(say(lang, short, name=name, n=SHORTEST), err=True)
            continue
        again = typer.prompt(say(lang, "Nhập lại"), hide_input=True, err=True)
        if str(again).strip() == typed:
            return typed
        typer.echo(say(lang, "Hai lần nhập khác nhau; nhập lại từ đầu."), err=True)


def print_notes(notes: Sequence[Message], lang: str) -> None:
    """Each on its line."""
    for note in notes:
        typer.echo(note.say(lang))


def print_line(logged: Logged, lang: str) -> None:
    """What was written, where it stands in the record, and what to post outside."""
    print_notes(logged.notes, lang)
    typer.echo(say(lang, "Dòng {n} của hồ sơ, mã băm {head}", n=logged.n, head=logged.head))
    if logged.post:
        typer.echo(say(lang, "Công bố ngay mã băm này ra bên ngoài."))
    for file in logged.files:
        typer.echo(f"  {file}")
    if logged.step is not None:
        typer.echo(logged.step.say(lang))


def print_release(released: Released, lang: str) -> None:
    """That a slot is released; the target only when the team's own key was there."""
    print_notes(released.logged.notes, lang)
    if released.envelope is not None:
        typer.echo(say(lang, "Phong bì: {file}", file=released.envelope))
    if released.target is not None:
        print_target(released.target, lang)


def print_target(target: Target, lang: str) -> None:
    """One team's target."""
    if not target.unit_id:
        typer.echo(
            say(lang, "Tổ {team} không được kiểm tra đơn vị của lượt này. Báo người giữ phong bì "
                "để cử tổ khác đi thay.", team=target.team)
        )  # fmt: skip
        return
    typer.echo(
        say(lang, "Ngày {day}, lượt {slot}, tổ {team}: {unit} – {name}. Xuất phát {time}.",
            day=shown(target.day), slot=target.slot + 1, team=target.team, unit=target.unit_id,
            name=target.name, time=target.departure)
    )  # fmt: skip


def print_verified(found: Verified, lang: str) -> None:
    """The stand-alone verifier's words, then what the tables say."""
    for line in found.lines:
        typer.echo(line)
    print_notes(found.notes, lang)
    if found.good:
        typer.echo(say(lang, "Hồ sơ đúng."))
    else:
        typer.echo(say(lang, "Hồ sơ có sai lệch; xem các dòng trên."), err=True)


def print_month(month: Month, lang: str) -> None:
    """A rehearsed month in a few sentences, where it is, and how to check it without us."""
    from scheduler.journeys import draws

    print_notes(draws.month_notes(month), lang)
    typer.echo(f"  {month.page}")
    typer.echo(f"  python3 {month.record / 'verify_record.py'} {month.record}")
