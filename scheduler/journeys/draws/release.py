"""At departure: one team's envelope; a team in another's place; a slot or a day that falls away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from data.draws import sealing
from data.draws.keys import Key
from data.whole_folder import put_file
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.draws.desk import (
    Ask,
    Desk,
    append,
    of_role,
    open_keys,
    read_key,
    refuse,
    two_signers,
    writing,
)
from scheduler.journeys.draws.results import Logged, Released, Target
from scheduler.surprise.draw import digest
from scheduler.surprise.permits import no_draw_fault, release_fault, slot_fault, undrawn_fault
from scheduler.surprise.record import shown


def release(
    desk: Desk, day: date, team: str, key_files: Sequence[Path], out: Path | None
) -> Released:
    """The envelope of one team, peeled with the releaser's key; opened when the team's key is there.

    The releaser sees a closed envelope, the team one target. A second release of a slot to the same
    team hands out the same envelope and writes nothing.

    Raises
    ------
    Refused
        Before departure, on another day, for a team without a slot, after a void.
    """
    text = day.isoformat()
    refuse(undrawn_fault(desk.state, text, desk.now))
    slots, slot = _slot_of(desk, text, team)
    refuse(release_fault(desk.state, text, slot, desk.now))
    keys = open_keys(desk, key_files)
    releasers = of_role(keys, "releaser", {"releaser": desk.state.setup["releaser"]})
    if not releasers:
        raise Refused(Message("Thiếu khóa của người giữ phong bì (--key releaser.key)."))
    info = _info(text, slot, team)
    inner = sealing.unseal(releasers[0], bytes.fromhex(slots[slot][team]), info)
    own = of_role(keys, "team", {t["team"]: t["seal"] for t in desk.state.setup["teams"]})
    target = _target(inner, next((k for k in own if k.public.name == team), None), info)
    note = Message("Ngày {day}, lượt {slot}: giao phong bì cho tổ {team}.",
                   {"day": shown(text), "slot": slot + 1, "team": team})  # fmt: skip
    logged = Logged(desk.state.n - 1, desk.state.head, (note,))
    if (text, slot, team) not in desk.state.released:
        with writing(desk):
            fields = {"day": text, "slot": slot, "team": team}
            logged = append(desk, "release", fields, (note,))[1]
    if out is not None:
        put_file(
            out, json.dumps({"day": text, "slot": slot, "team": team, "box": inner.hex()}).encode()
        )
    return Released(logged, slot, out, target)


def open_envelope(file: Path, key_file: Path, ask: Ask) -> Target:
    """What a team reads in its envelope, with its own key.

    Raises
    ------
    Refused
        This is no envelope.
    data.draws.sealing.SealBroken
        It is another team's, or was changed.
    """
    try:
        paper = json.loads(file.read_bytes())  # an OSError names the file
        info, inner = _info(paper["day"], paper["slot"], paper["team"]), bytes.fromhex(paper["box"])
    except (ValueError, KeyError, TypeError):
        raise Refused(
            Message("«{file}» không phải phong bì của hồ sơ rút thăm.", {"file": file})
        ) from None
    key = read_key(key_file, ask)
    target = _target(inner, key, info)
    if target is None or key.public.role != "team":
        raise sealing.SealBroken(key.public.name)
    return target


def substitute(
    desk: Desk, day: date, slot: int, to: str, reason: str, key_files: Sequence[Path]
) -> Logged:
    """Another team takes the same target; two custodians sign.

    Raises
    ------
    Refused
        An unknown team, the same team, a team with a slot of its own, no reason, a void slot.
    """
    text = day.isoformat()
    refuse(undrawn_fault(desk.state, text, desk.now) or slot_fault(desk.state, text, slot))
    _, teams = _envelopes(desk, text)
    known = [t["team"] for t in desk.state.setup["teams"]]
    if to not in known:
        raise Refused(
            Message("Không có tổ {teams}. Các tổ: {all}.", {"teams": to, "all": ", ".join(known)})
        )
    if to in teams:
        raise Refused(Message("Tổ {team} đã đi một lượt trong ngày. Chọn tổ khác.", {"team": to}))
    fields = {"day": text, "slot": slot, "from": teams[slot], "to": to, "reason": _reason(reason)}
    note = Message("Lượt {slot} ngày {day}: tổ {to} đi thay tổ {team}; đơn vị không đổi.",
                   {"slot": slot + 1, "day": shown(text), "to": to, "team": teams[slot]})  # fmt: skip
    return _signed(desk, "substitution", fields, note, key_files)


def void(desk: Desk, day: date, slot: int, reason: str, key_files: Sequence[Path]) -> Logged:
    """A slot falls away: its target is neither drawn again nor favoured later; two custodians sign.

    Raises
    ------
    Refused
        No reason, no such slot, already void.
    """
    text = day.isoformat()
    refuse(undrawn_fault(desk.state, text, desk.now) or slot_fault(desk.state, text, slot))
    fields = {"day": text, "slot": slot, "reason": _reason(reason)}
    note = Message("Lượt {slot} ngày {day} đã bị hủy.", {"slot": slot + 1, "day": shown(text)})
    return _signed(desk, "void", fields, note, key_files)


def no_draw(desk: Desk, day: date, reason: str, key_files: Sequence[Path]) -> Logged:
    """A day of the season without a draw; two custodians sign.

    Raises
    ------
    Refused
        No reason, or the day is over.
    """
    text = day.isoformat()
    refuse(no_draw_fault(desk.state, text, desk.now))
    fields = {"day": text, "reason": _reason(reason)}
    note = Message("Ngày {day} không rút thăm.", {"day": shown(text)})
    return _signed(desk, "no-draw", fields, note, key_files)


def _signed(
    desk: Desk, kind: str, fields: dict[str, Any], note: Message, key_files: Sequence[Path]
) -> Logged:
    signers = two_signers(desk, key_files)
    with writing(desk):
        return append(desk, kind, fields, (note,), signers)[1]


def _reason(text: str) -> str:
    if not text.strip():
        raise Refused(Message("Ghi lý do (--reason)."))
    return text.strip()


def _info(day: str, slot: int, team: str) -> bytes:
    return f"envelope {day} {slot} {team}".encode()


def _envelopes(desk: Desk, day: str) -> tuple[list[dict[str, str]], list[str]]:
    """The day's envelopes by slot, and the team that now has each slot.

    Raises
    ------
    Refused
        The file is not the one in the record.
    """
    line = desk.state.draws[day]
    content = desk.folder.get("sealed", f"{day}.envelopes")
    if digest(content) != line["sealed"]:
        raise Refused(
            Message(
                "Phong bì ngày {day} không khớp hồ sơ: tệp đã bị đổi. Lấy lại từ bản sao.",
                {"day": shown(day)},
            )
        )
    paper = json.loads(content)
    teams = [desk.state.instead.get((day, n), team) for n, team in enumerate(paper["teams"])]
    return paper["slots"], teams


def teams_out(desk: Desk, day: date) -> list[str]:
    """The teams that go out on a drawn day, by slot."""
    return _envelopes(desk, day.isoformat())[1]


def _slot_of(desk: Desk, day: str, team: str) -> tuple[list[dict[str, str]], int]:
    slots, teams = _envelopes(desk, day)
    if team not in teams:
        raise Refused(
            Message("Ngày {day} tổ {team} không có lượt. Các tổ đi: {teams}.",
                    {"day": shown(day), "team": team, "teams": ", ".join(teams)})
        )  # fmt: skip
    return slots, teams.index(team)


def _target(inner: bytes, own: Key | None, info: bytes) -> Target | None:
    if own is None:
        return None
    paper = json.loads(sealing.unpadded(sealing.unseal(own, inner, info)))
    return Target(
        paper["day"], paper["slot"], paper["team"], paper["unit"], paper["name"], paper["departure"]
    )
