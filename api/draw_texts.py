"""What the draw commands print, and how they ask for passphrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from data.words import Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.journeys.draws.results import Logged, Released, Target, Verified


def ask_passphrase(name: str, lang: str) -> str:
    """A passphrase typed without echo."""
    return str(
        typer.prompt(say(lang, "Mật khẩu của «{name}»", name=name), hide_input=True, err=True)
    )


def _notes(notes: Sequence[Message], lang: str) -> None:
    for note in notes:
        typer.echo(note.say(lang))


def print_line(logged: Logged, lang: str) -> None:
    """What was written, where it stands in the record, and what to post outside."""
    _notes(logged.notes, lang)
    typer.echo(say(lang, "Dòng {n} của hồ sơ, mã băm {head}", n=logged.n, head=logged.head))
    if logged.post:
        typer.echo(say(lang, "Công bố mã băm này ra bên ngoài trước giờ có số công khai."))
    for file in logged.files:
        typer.echo(f"  {file}")


print_setup = print_epoch = print_commit = print_run = print_line


def print_status(notes: Sequence[Message], lang: str) -> None:
    """Where the record stands."""
    _notes(notes, lang)


def print_release(released: Released, lang: str) -> None:
    """That a slot is released; the target only when the team's own key was there."""
    _notes(released.logged.notes, lang)
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
            day=target.day, slot=target.slot + 1, team=target.team, unit=target.unit_id,
            name=target.name, time=target.departure)
    )  # fmt: skip


def print_verified(found: Verified, lang: str) -> None:
    """The stand-alone verifier's words, then what the tables say."""
    for line in found.lines:
        typer.echo(line)
    _notes(found.notes, lang)
    if found.good:
        typer.echo(say(lang, "Hồ sơ đúng."))
    else:
        typer.echo(say(lang, "Hồ sơ có sai lệch; xem các dòng trên."), err=True)
