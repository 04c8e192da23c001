"""`congvu serve` and `congvu migrate`: the server, and its database brought up to date."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands import texts
from api.commands.options import Lang
from data.words import Message, say
from scheduler.errors import Refused

if TYPE_CHECKING:
    from api.settings import ServerSettings
    from data.store.store import Store

Home = Annotated[
    Path | None,
    typer.Option("--home", help="thư mục dữ liệu của máy chủ / folder of the server's data [CONGVU_HOME]"),
]  # fmt: skip


def serve(
    host: Annotated[
        str, typer.Option("--host", help="địa chỉ để nghe / address to listen on")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="cổng / port")] = 8270,
    home: Home = None,
    migrate: Annotated[
        bool, typer.Option("--migrate/--no-migrate", help="nâng cấp cơ sở dữ liệu / bring it up to date")
    ] = True,
    lang: Lang = "vi",
) -> None:  # fmt: skip
    """Máy chủ: nhiều người cùng dùng, qua trình duyệt hoặc API / the server."""
    with texts.ends_clearly(lang):
        settings = settings_of(home, f"http://{f'[{host}]' if ':' in host else host}:{port}")
        from api import serving
        from scheduler.journeys.online.demo_people import sign_ins

        if sign_ins(settings.home):  # what is made up says so, however it is served
            settings = settings.model_copy(update={"demo": True})

        serving.serve(
            settings, host, port, migrate=migrate, greet=lambda store: _greet(store, settings, lang)
        )


def _greet(store: Store, settings: ServerSettings, lang: str) -> None:
    from api.clock import wall_clock
    from scheduler.journeys.online import links

    address = settings.public_url
    typer.echo(say(lang, "Công Vụ chạy ở {address}. Ctrl-C để dừng.", address=address))
    token = links.first_admin_link(store, wall_clock())
    if token is not None:
        link = f"{address}/welcome?token={token}"
        typer.echo(say(lang, "Lập tài khoản quản trị đầu tiên, dùng một lần: {link}", link=link))
    sys.stdout.flush()


def migrate(home: Home = None, lang: Lang = "vi") -> None:
    """Nâng cấp cơ sở dữ liệu của máy chủ / bring the server's database up to date."""
    with texts.ends_clearly(lang):
        settings = settings_of(home)
        from api import opening
        from api.holding import own_home

        with own_home(settings), closing(opening.open_store(settings.store_url)) as store:
            brought = opening.bring_up(store)
        if brought.before == brought.after:
            told = Message("Cơ sở dữ liệu đã ở phiên bản {after}.", {"after": brought.after})
        else:
            told = Message(
                "Đã nâng cơ sở dữ liệu từ phiên bản {before} lên {after}.",
                {"before": brought.before or "0", "after": brought.after},
            )
        typer.echo(told.say(lang))


def settings_of(home: Path | None, address: str = "") -> ServerSettings:
    """Settings of the environment; `home` and, where none is set, the address as the command says.

    Raises
    ------
    Refused
    """
    from pydantic import ValidationError

    from api.settings import ServerSettings

    try:
        settings = ServerSettings(home=home) if home else ServerSettings()
    except ValidationError as error:
        names = ", ".join(f"CONGVU_{str(e['loc'][0]).upper()}" for e in error.errors())
        raise Refused(
            Message("Giá trị của {names} không đúng. Xem README, mục máy chủ.", {"names": names})
        ) from error
    if address and "public_url" not in settings.model_fields_set:
        return settings.model_copy(update={"public_url": address})
    return settings


def register(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    for command in (serve, migrate):
        app.command()(command)
