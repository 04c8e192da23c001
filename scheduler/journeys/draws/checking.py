"""Afterwards: a day's secrets and table are opened, and anybody checks the record."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from data.draws import sealing
from data.draws.log import VERIFIER, DrawFolder
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.draws.desk import (
    Desk,
    all_custodians,
    append,
    open_keys,
    refuse,
    stood_in,
    writing,
)
from scheduler.journeys.draws.results import Logged, Verified
from scheduler.journeys.draws.run import opened_input
from scheduler.journeys.draws.setup import leaves_of
from scheduler.surprise import merkle
from scheduler.surprise.draw import canonical, day_secret, outcome_key, seed_of
from scheduler.surprise.next_step import next_steps
from scheduler.surprise.permits import reveal_fault, undrawn_fault
from scheduler.surprise.record import shown, state_of
from scheduler.surprise.table_audit import (
    EXACT,
    broken_debts,
    chance_error,
    tables_before,
    target_error,
)


def reveal(desk: Desk, day: date, key_files: Sequence[Path]) -> Logged:
    """A day's secrets with their paths in the record, and its table and rates in `opened`.

    Raises
    ------
    Refused
        Too early, not drawn, or a custodian is missing.
    """
    text = day.isoformat()
    refuse(reveal_fault(desk.state, text, desk.now, desk.state.setup["open_after"]))
    commit = desk.state.commits[text]
    attempt = commit.attempt
    keys = all_custodians(desk, key_files)
    table = opened_input(desk, keys[0], text, commit)
    days, attempts = desk.state.days, desk.state.setup["attempts"]
    place = days.index(text) * attempts + attempt
    secrets = [
        {"secret": day_secret(key.master, text, attempt).hex(),
         "path": merkle.path(leaves_of(key, days, attempts), place)}
        for key in keys
    ]  # fmt: skip
    note = Message("Ngày {day}: bí mật và bảng vé đã mở để kiểm chứng.", {"day": shown(text)})
    with writing(desk):
        desk = stood_in(desk, text, keys)
        desk.folder.put("opened", f"{text}.json", canonical(table))
        return append(desk, "reveal", {"day": text, "secrets": secrets}, (note,))[1]


def result(desk: Desk, day: date, key_file: Path) -> tuple[Message, ...]:
    """Who was drawn for whom on a revealed day, out of the sealed outcome, for the audit.

    Raises
    ------
    Refused
        The day is not revealed.
    """
    text = day.isoformat()
    refuse(undrawn_fault(desk.state, text, desk.now))
    if text not in desk.state.revealed:
        raise Refused(Message("Ngày {day} chưa được mở.", {"day": shown(text)}))
    key = open_keys(desk, [key_file])[0]
    secrets = [bytes.fromhex(s["secret"]) for s in desk.state.revealed[text]["secrets"]]
    seed = seed_of(secrets, desk.state.draws[text]["value"], desk.state.commits[text].hash)
    info = f"outcome {text}".encode()
    locked = desk.folder.get("sealed", f"{text}.outcome")
    inner = sealing.unlock(outcome_key(seed), locked, info, key.public.name)
    rows = json.loads(sealing.unseal(key, inner, info))
    return tuple(
        Message("Lượt {slot}: tổ {team}, đơn vị {unit}",
                {"slot": row["slot"] + 1, "team": row["team"], "unit": row["unit"]})
        for row in rows
    )  # fmt: skip


def verify(path: Path, anchors: Sequence[str]) -> Verified:
    """The verdict of the stand-alone verifier in a process of its own, and of the tables' own figures."""
    folder = DrawFolder(path)
    folder.lines()
    program = Path(__file__).parents[3] / "data" / "draws" / VERIFIER
    words = [sys.executable, "-I", "-X", "utf8", str(program), str(path), *anchors]
    told = subprocess.run(words, capture_output=True, text=True, check=False, encoding="utf-8")
    faults, notes = _tables(folder) if told.returncode == 0 else ([], ())
    lines = tuple(filter(None, (told.stdout + told.stderr).splitlines()))
    return Verified(told.returncode == 0 and not faults, lines, (*faults, *notes))


def _tables(folder: DrawFolder) -> tuple[list[Message], tuple[Message, ...]]:
    """What the opened tables claim, held against what their tickets, rates and debts give."""
    lines = folder.lines()
    state = state_of(lines)
    tables = {
        day: json.loads(folder.get("opened", f"{day}.json"))
        for day in sorted(state.revealed)
        if folder.has("opened", f"{day}.json")
    }
    faults, worst = [], 0.0
    for day, table in tables.items():
        error = max(chance_error(table), target_error(table))
        worst = max(worst, error)
        if error > EXACT:
            faults.append(
                Message("Ngày {day}: xác suất ghi trong bảng lệch {error:.1e} so với xác suất tính lại.",
                        {"day": shown(day), "error": error})
            )  # fmt: skip
    by_digest = {state.commits[day].input: table for day, table in tables.items()}
    faults += [
        Message("Ngày {day}: số nợ xác suất không nối tiếp ngày trước.", {"day": shown(day)})
        for day in broken_debts(by_digest, tables_before(map(json.loads, lines)))
    ]
    note = Message("{n} bảng vé đã mở: xác suất tính lại từ vé, từ quý và số nợ, lệch nhiều nhất {worst:.0e}.",
                   {"n": len(tables), "worst": worst})  # fmt: skip
    return faults, (note,) if tables else ()


def status(desk: Desk) -> tuple[Message, ...]:
    """Where the record stands: the next day, what to do for it, and what is open."""
    state = desk.state
    done = set(state.draws) | set(state.without)
    left = [day for day in state.days if day not in done]
    marks = (
        [Message("DIỄN TẬP: hồ sơ này không dùng cho kiểm tra thật.")]
        if state.setup["rehearsal"]
        else []
    )
    marks.append(
        Message("{drawn} ngày đã rút thăm, {without} ngày không rút, {left} ngày còn lại; {open} ngày đã mở.",
                {"drawn": len(state.draws), "without": len(state.without), "left": len(left),
                 "open": len(state.revealed)})
    )  # fmt: skip
    if state.handed_on or state.voids:
        often = sorted(state.handed_on.items(), key=lambda item: (-item[1], item[0]))
        marks.append(
            Message("Lượt giao cho tổ khác: {teams}; lượt bị hủy: {voids}. Tổ nào hay vắng thì xem lý do của "
                    "từng lần.",
                    {"teams": ", ".join(f"{team} {n}" for team, n in often) or "0", "voids": len(state.voids)})
        )  # fmt: skip
    return (*marks, *next_steps(state, desk.now))
