"""A record of draws opened once: its folder, its lines, the moment, and whom to ask for passphrases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from data.draws.anchors import anchor_line, anchor_page
from data.draws.beacons import round_at
from data.draws.keys import Key, open_key
from data.draws.log import DrawFolder
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.draws.results import Logged
from scheduler.surprise.draw import canonical, digest
from scheduler.surprise.next_step import next_steps
from scheduler.surprise.record import (
    RecordState,
    beacon_for,
    line_of,
    shown,
    state_of,
    written_time,
)

Ask = Callable[[str], str]
SIGNERS = 2  # people who sign what is out of the ordinary


@dataclass(frozen=True)
class Desk:
    """All that a step of the draws needs, opened once."""

    folder: DrawFolder
    state: RecordState
    now: datetime
    ask: Ask  # name of a key -> its passphrase
    lang: str = "vi"


def open_desk(path: Path, now: datetime, supposed: bool, ask: Ask, lang: str = "vi") -> Desk:
    """The record in a folder, at a moment; `supposed`: the moment is not the clock's.

    Raises
    ------
    Refused
        A supposed moment outside a rehearsal.
    data.draws.log.LogError, scheduler.surprise.record.RecordBroken
        The record cannot be read.
    """
    folder = DrawFolder(path)
    state = state_of(folder.lines())
    if supposed and not state.setup["rehearsal"]:
        raise Refused(Message("Hồ sơ thật không nhận giờ giả định (--now). Bỏ --now."))
    return Desk(folder, state, now, ask, lang)


def refuse(fault: Message | None) -> None:
    """Raises Refused when there is a fault."""
    if fault is not None:
        raise Refused(fault)


def open_keys(desk: Desk, files: Sequence[Path]) -> list[Key]:
    """The keys in some files, each once."""
    return [read_key(file, desk.ask) for file in dict.fromkeys(files)]


def read_key(file: Path, ask: Ask) -> Key:
    """One key, opened with the passphrase that is asked for under the file's name."""
    return open_key(file.read_bytes(), ask(file.stem))


def of_role(keys: Sequence[Key], role: str, publics: Mapping[str, str]) -> list[Key]:
    """The keys of a role that this record knows: name -> public sealing key.

    Raises
    ------
    Refused
        A key of this role that belongs to another record.
    """
    own = [key for key in keys if key.public.role == role]
    strange = [key.public.name for key in own if publics.get(key.public.name) != key.public.seal]
    if strange:
        raise Refused(
            Message("Khóa «{names}» không thuộc hồ sơ này.", {"names": ", ".join(strange)})
        )
    return own


def custodians(desk: Desk, keys: Sequence[Key]) -> list[Key]:
    """The custodians' keys at hand, in the record's order; a person's own before the deposited one."""
    known = {c["name"]: c["seal"] for c in desk.state.setup["custodians"]}
    found = of_role(keys, "custodian", known)
    own = {key.public.name: key for key in sorted(found, key=lambda key: key.sign is not None)}
    return [own[name] for name in known if name in own]


def two_signers(desk: Desk, files: Sequence[Path]) -> list[Key]:
    """The custodians who sign what is out of the ordinary; a deposited key cannot.

    Raises
    ------
    Refused
        When there are not two.
    """
    own = [key for key in custodians(desk, open_keys(desk, files)) if key.sign is not None]
    if len(own) < SIGNERS:
        raise Refused(
            Message("Cần chữ ký của {n} người giữ khóa khác nhau (--key hai lần).", {"n": SIGNERS})
        )
    return own


def all_custodians(desk: Desk, files: Sequence[Path]) -> list[Key]:
    """Every custodian's key.

    Raises
    ------
    Refused
        With the names of those who are missing.
    """
    own = custodians(desk, open_keys(desk, files))
    names = {key.public.name for key in own}
    missing = [c["name"] for c in desk.state.setup["custodians"] if c["name"] not in names]
    if missing:
        raise Refused(
            Message("Thiếu khóa của người giữ: {names}. Cần đủ mọi người giữ khóa (--key mỗi tệp); ai vắng "
                    "thì dùng khóa gửi giữ và các mảnh của người đó (--key deposit-…, --share).",
                    {"names": ", ".join(missing)})
        )  # fmt: skip
    return own


def stood_in(desk: Desk, day: str, keys: Sequence[Key]) -> Desk:
    """The desk after a line that says for which custodians shares stood in, if any did on this day."""
    names = [key.public.name for key in keys if key.sign is None]
    known = [(line["day"], line["custodians"]) for line in desk.state.incidents]
    if not names or (day, names) in known:
        return desk
    return append(desk, "incident", {"day": day, "kind": "recovery", "custodians": names})[0]


@contextmanager
def writing(desk: Desk) -> Iterator[None]:
    """Nobody else writes meanwhile, and nobody has since the desk was opened.

    Raises
    ------
    data.draws.log.LogError
        Somebody is, or has.
    """
    with desk.folder.locked():
        desk.folder.current(desk.state.n)
        yield


def awaited(desk: Desk, day: str) -> dict[str, Any]:
    """The beacon that a table sealed now waits for, as the record writes it.

    Raises
    ------
    Refused
        All of the day's are past.
    """
    beacon = beacon_for(desk.state.setup, day, desk.now)
    if beacon is None:
        raise Refused(Message("Đã quá giờ có số công khai của ngày {day}.", {"day": shown(day)}))
    source, at, digits = beacon
    fields: dict[str, Any] = {"source": source, "at": written_time(at), "digits": digits}
    return {**fields, "round": round_at(at)} if source == "drand" else fields


def append(
    desk: Desk, kind: str, fields: Mapping[str, Any], notes: tuple[Message, ...] = (),
    signers: Sequence[Key] | None = None, post: Message | None = None,
) -> tuple[Desk, Logged]:  # fmt: skip
    """One more line, inside `writing`: the desk after it, and what to tell. `signers` of `two_signers` sign it.

    With `post` an anchor is laid beside it: the head as a line and as a page with a QR code.
    """
    line = line_of(desk.state, kind, desk.now, fields)
    if signers is not None:
        bare = canonical(line)
        line["signers"] = [{"name": k.public.name, "sig": k.signature(bare)} for k in signers]
    content = canonical(line)
    desk.folder.append(content, desk.state.n)
    after = replace(desk, state=state_of(desk.folder.lines()))
    n, head = after.state.n - 1, digest(content)
    files = _posted(after, n, head, line["at"], post) if post is not None else ()
    step = next_steps(after.state, desk.now)[0]
    return after, Logged(n, head, notes, post is not None, files, step)


def _posted(desk: Desk, n: int, head: str, at: str, about: Message) -> tuple[Path, ...]:
    papers = anchor_papers(desk.state.setup["service"], n, head, at, about, desk.lang)
    return tuple(desk.folder.put("anchors", name, content) for name, content in papers.items())


def anchor_papers(
    service: str, n: int, head: str, at: str, about: Message, lang: str
) -> dict[str, bytes]:
    """What is posted outside, file name -> content: the head as a line, and a page with a QR code."""
    return {
        f"{n:05}.txt": (anchor_line(n, head) + "\n").encode(),
        f"{n:05}.html": anchor_page(service, n, head, at, about, lang),
    }


def anchors_again(desk: Desk) -> Logged:
    """The newest line's papers laid again: for a step that was stopped, or that is to be posted later."""
    n, head = desk.state.n - 1, desk.state.head
    about = Message("Dòng {n} của hồ sơ rút thăm", {"n": n})
    with writing(desk):
        files = _posted(desk, n, head, written_time(desk.state.at), about)
    return Logged(n, head, (), True, files, next_steps(desk.state, desk.now)[0])
