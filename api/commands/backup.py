"""`congvu backup` and `congvu restore`: the whole store in one file, also while people write."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from api.commands import texts
from api.commands.journal import Head
from api.commands.options import Lang
from api.commands.serve import Home, settings_of
from data.words import Message

File = Annotated[Path, typer.Argument(help="tệp sao lưu / the backup file")]


def backup(file: File, home: Home = None, lang: Lang = "vi") -> None:
    """Sao lưu cả máy chủ vào một tệp, kể cả khi đang có người dùng / back the server up, while in use."""
    with texts.ends_clearly(lang):
        from api import opening
        from api.clock import wall_clock
        from scheduler.journeys.online import backups

        with closing(opening.open_kept(settings_of(home).store_url)) as store:
            made = backups.make_backup(store, file, wall_clock())
        seq, seal = made.manifest.head
        told = Message(
            "{file}: {rows} dòng dữ liệu, {blobs} tệp. Dấu nhật ký, nên ghi lại ở ngoài: {head}",
            {"file": made.path, "rows": made.manifest.rows, "blobs": made.manifest.blobs,
             "head": f"{seq}:{seal}"},
        )  # fmt: skip
        typer.echo(told.say(lang))
        if not made.noted:
            unnoted = Message("Nhật ký không ghi thêm được (hết chỗ?); tệp sao lưu vẫn dùng được.")
            typer.echo(unnoted.say(lang), err=True)


def restore(file: File, noted: Head = "", home: Home = None, lang: Lang = "vi") -> None:
    """Khôi phục vào cơ sở dữ liệu trống hoặc thư mục mới / restore into an empty database or a new home."""
    with texts.ends_clearly(lang):
        from api import opening
        from api.clock import wall_clock
        from api.holding import own_home
        from scheduler.journeys.online import backups
        from scheduler.journeys.online.journal import noted_head

        settings, head = settings_of(home), noted_head(noted)
        with own_home(settings), closing(opening.open_store(settings.store_url)) as store:
            found = backups.restore(store, file, wall_clock(), head)
            place = store.engine.url.render_as_string(hide_password=True)
        told = Message(
            "Đã khôi phục {rows} dòng dữ liệu, {blobs} tệp (sao lưu lúc {at}) vào {place}.",
            {"rows": found.rows, "blobs": found.blobs, "at": found.made_at, "place": place},
        )  # fmt: skip
        typer.echo(told.say(lang))


def register(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    for command in (backup, restore):
        app.command()(command)
