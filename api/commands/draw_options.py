"""What the draw commands share: their options, the moment, and who is asked for passphrases."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands import draw_texts

if TYPE_CHECKING:
    from scheduler.journeys.draws.desk import Desk

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
Shares = Annotated[
    list[str] | None,
    typer.Option("--share", help="mảnh khóa gửi giữ: tệp hoặc chữ / share of a deposited key: file or text"),
]  # fmt: skip
Reason = Annotated[str, typer.Option("--reason", help="lý do / reason")]
Slot = Annotated[
    int, typer.Option("--slot", min=1, help="lượt trong ngày, từ 1 / slot of the day, from 1")
]


def desk_at(
    record: Path, now: datetime | None, passphrases: Path | None, lang: str,
    shares: list[str] | None = None,
) -> Desk:  # fmt: skip
    """The record, at the clock's moment or a supposed one, with whom to ask for passphrases."""
    from scheduler.journeys import draws

    ask = asked(passphrases, lang, shares)
    return draws.open_desk(record, moment_of(now), now is not None, ask, lang)


def moment_of(now: datetime | None) -> datetime:
    """The moment: the clock's, here at the door and nowhere else."""
    if now is not None:
        return now.replace(tzinfo=VIETNAM)
    return datetime.fromtimestamp(int(time.time()), VIETNAM)


def asked(file: Path | None, lang: str, shares: list[str] | None = None) -> Any:
    """Name of a key -> its passphrase: out of shares, out of the file, or typed."""
    from data.draws.passphrases import passphrases_from
    from data.draws.recovery import with_shares

    ask = passphrases_from(file, lambda name: draw_texts.ask_passphrase(name, lang))
    texts_of = [
        Path(s).read_text(encoding="utf-8") if Path(s).is_file() else s for s in shares or []
    ]
    return with_shares(ask, texts_of)


def asked_anew(file: Path | None, custodians: list[str], lang: str) -> Any:
    """The same for keys that are still to be made: out of the file, or typed twice; custodians by name."""
    from data.draws.passphrases import passphrases_from

    whose = {f"custodian-{n}": f"custodian-{n}, {who}" for n, who in enumerate(custodians, start=1)}
    return passphrases_from(
        file, lambda name: draw_texts.ask_new_passphrase(whose.get(name, name), lang)
    )
