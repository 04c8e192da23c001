"""`congvu demo`: the main job on the sample city, in files; with `--serve` as a server to try out."""

from __future__ import annotations

import ipaddress
import signal
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands import draw_texts, papers, rotation_texts, texts
from api.commands.options import Lang, Out, Seed, Workers
from api.commands.progress import shown
from data.words import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from api.settings import ServerSettings
    from scheduler.journeys.online.demo_people import SignIns

SERVER = "server"  # folder of the demonstration's server, in the result folder


def demo(
    out: Out = Path("congvu-demo"),
    seed: Seed = 1,
    workers: Workers = 2,
    serve: Annotated[
        bool, typer.Option("--serve", help="máy chủ dùng thử / a server to try out")
    ] = False,
    host: Annotated[
        str, typer.Option("--host", help="với --serve: địa chỉ để nghe / address to listen on")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help="với --serve: cổng / port")
    ] = 8270,
    lang: Lang = "vi",
) -> None:
    """Làm trọn việc chính trên thành phố mẫu / the main job on the sample city."""
    with texts.ends_clearly(lang):
        if serve:
            _serve(out / SERVER, host, port, lang)
        else:
            _in_files(out, seed, workers, lang)


def _in_files(out: Path, seed: int, workers: int, lang: str) -> None:
    from scheduler import journeys

    with shown(lang) as progress:
        made = journeys.demo(out, seed, workers, lang, progress)
    texts.print_plan(made.year, lang)
    draw_texts.print_month(made.month, lang)
    rotation_texts.print_flags(made.flags, lang)
    rotation_texts.print_forecast(made.forecast, lang)
    rotation_texts.print_rotation(made.rotation, lang)
    papers.print_papers(made.papers, lang)
    papers.print_papers(made.rotation_papers, lang)


def _serve(home: Path, host: str, port: int, lang: str) -> None:
    from api import demo_home, holding, serving
    from api.clock import wall_clock

    settings = settings_of(home, host, port)
    if not is_own_machine(host):
        words = say(
            lang,
            "Chú ý: nghe ở {host}; ai vào được địa chỉ này đều đăng nhập được bằng tài khoản dùng thử.",
            host=host,
        )  # fmt: skip
        typer.echo(words, err=True)
    holding.door(
        host, port
    ).close()  # a port that is taken is told now, not after the minutes of making
    with _ends_at_once():
        found = demo_home.ready(settings, wall_clock, lambda word: _tell(word, lang))
    serving.serve(
        settings, host, port, migrate=True, greet=lambda store: _greet(settings, found, lang)
    )


def settings_of(home: Path, host: str, port: int) -> ServerSettings:
    """Settings of a demonstration: its own SQLite, whatever the environment says of the real server."""
    from api.settings import ServerSettings

    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    return ServerSettings(
        home=home, demo=True, database_url="", public_url=address, oidc_issuer="", trusted_proxies="",
    )  # fmt: skip


def is_own_machine(host: str) -> bool:
    """Whether only this very machine reaches the address.

    >>> is_own_machine("127.0.0.1"), is_own_machine("localhost"), is_own_machine("0.0.0.0")
    (True, True, False)
    """
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def _tell(word: Message, lang: str) -> None:
    typer.echo(f"  {word.say(lang)} …")
    sys.stdout.flush()


def _greet(settings: ServerSettings, found: SignIns, lang: str) -> None:
    from api.labels import LABELS

    address = settings.public_url
    typer.echo(say(lang, "Công Vụ bản dùng thử chạy ở {address}. Ctrl-C để dừng.", address=address))
    typer.echo(say(lang, "Mật khẩu của mọi tài khoản: {password}", password=found.password))
    for one in found.accounts:
        typer.echo(f"  {one.username:10} {LABELS[f'role.{one.role}'].say(lang)}")
    sys.stdout.flush()


@contextmanager
def _ends_at_once() -> Iterator[None]:
    """While it is made, Ctrl-C ends everything: a solve must not go on with the best so far."""
    before = {kind: signal.signal(kind, _leave) for kind in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(130)
