"""`congvu journal`: the number to note down, and whether anybody has touched a line."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from api.commands import texts
from api.commands.options import Lang
from api.commands.serve import Home, settings_of
from data.words import Message, say

app = typer.Typer(
    no_args_is_help=True,
    help="Nhật ký của máy chủ / the journal of the server",
    add_completion=False,
)
Head = Annotated[
    str,
    typer.Option("--head", help="dấu SỐ:MÃ-BĂM đã ghi ở ngoài / a head that was noted before, SEQ:HASH"),
]  # fmt: skip


@app.command("head")
def head(home: Home = None, lang: Lang = "vi") -> None:
    """Dòng cuối, để ghi lại ở ngoài / the last line, to be noted outside."""
    with texts.ends_clearly(lang):
        from api import opening
        from scheduler.journeys.online import journal

        with closing(opening.open_kept(settings_of(home).store_url)) as store:
            seq, seal = journal.head(store)
        typer.echo(f"{seq}:{seal}")


@app.command("verify")
def verify(noted: Head = "", home: Home = None, lang: Lang = "vi") -> None:
    """Xem lại mọi dòng; 1: có dòng bị sửa, bị xóa / look at every line again; 1: one was touched."""
    with texts.ends_clearly(lang):
        from api import opening
        from scheduler.journeys.online import journal

        with closing(opening.open_kept(settings_of(home).store_url)) as store:
            found = journal.verify(store, journal.noted_head(noted))
        for fault in found.faults:
            typer.echo(fault.message.say(lang), err=True)
        seq, seal = found.head
        if not found.holds:
            typer.echo(
                say(lang, "Nhật ký không còn nguyên vẹn: {n} chỗ.", n=found.n_faults), err=True
            )
            raise typer.Exit(1)
        whole = Message("Nhật ký nguyên vẹn. Dấu của dòng cuối: {head}", {"head": f"{seq}:{seal}"})
        typer.echo(whole.say(lang))
