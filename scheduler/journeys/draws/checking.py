"""Afterwards: a day's secrets and table are opened, and anybody checks the record."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from data.draws.log import VERIFIER, DrawFolder
from data.words import Message
from scheduler.journeys.draws.desk import Desk, all_custodians, append, refuse
from scheduler.journeys.draws.results import Logged, Verified
from scheduler.journeys.draws.run import opened_input
from scheduler.journeys.draws.setup import leaves_of
from scheduler.surprise import merkle
from scheduler.surprise.day_table import half_of
from scheduler.surprise.draw import canonical, day_secret
from scheduler.surprise.entropy import law_of
from scheduler.surprise.epochs import as_whole
from scheduler.surprise.permits import reveal_fault
from scheduler.surprise.record import clock_time, state_of
from scheduler.surprise.service import TICKETS

EXACT = 1e-6  # relative error of a chance that is claimed (surprise.md, A1)


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
    attempt = desk.state.draws[text]["attempt"]
    keys = all_custodians(desk, key_files)
    table = opened_input(desk, keys[0], text, commit)
    days, attempts = desk.state.days, desk.state.setup["attempts"]
    place = days.index(text) * attempts + attempt
    secrets = [
        {"name": key.public.name, "secret": day_secret(key.master, text, attempt).hex(),
         "path": merkle.path(leaves_of(key, days, attempts), place)}
        for key in keys
    ]  # fmt: skip
    rates = desk.folder.state()["rates"][table["epoch"]]
    desk.folder.put("opened", f"{text}-{attempt}.json", canonical(table))
    desk.folder.put("opened", f"rates-{table['epoch']}.json", canonical(rates))
    note = Message("Ngày {day}: bí mật và bảng vé đã mở để kiểm chứng.", {"day": text})
    return append(desk, "reveal", {"day": text, "attempt": attempt, "secrets": secrets}, (note,))[1]


def verify(path: Path, anchors: Sequence[str]) -> Verified:
    """The verdict of the stand-alone verifier in a process of its own, and of the tables' own figures."""
    folder = DrawFolder(path)
    folder.lines()
    program = Path(__file__).parents[3] / "data" / "draws" / VERIFIER
    words = [sys.executable, "-I", str(program), str(path)]
    for anchor in anchors:
        words += ["--anchor", anchor]
    told = subprocess.run(words, capture_output=True, text=True, check=False, encoding="utf-8")
    faults, notes = _tables(folder) if told.returncode == 0 else ([], ())
    lines = tuple(filter(None, (told.stdout + told.stderr).splitlines()))
    return Verified(told.returncode == 0 and not faults, lines, (*faults, *notes))


def _tables(folder: DrawFolder) -> tuple[list[Message], tuple[Message, ...]]:
    """What the opened tables claim, held against what their tickets give (surprise.md, A1)."""
    faults, worst, n = [], 0.0, 0
    for day in sorted(state_of(folder.lines()).revealed):
        attempt = state_of(folder.lines()).draws[day]["attempt"]
        table = json.loads(folder.get("opened", f"{day}-{attempt}.json"))
        error = _error(table)
        worst, n = max(worst, error), n + 1
        if error > EXACT:
            faults.append(
                Message("Ngày {day}: xác suất ghi trong bảng lệch {error:.1e} so với xác suất của vé.",
                        {"day": day, "error": error})
            )  # fmt: skip
    note = Message("{n} bảng vé đã mở: xác suất tính lại từ vé, lệch nhiều nhất {worst:.0e}.",
                   {"n": n, "worst": worst})  # fmt: skip
    return faults, (note,) if n else ()


def _error(table: dict[str, object]) -> float:
    claimed = np.array(table["chance"], np.float64) / TICKETS
    slots = table["slots"]
    assert isinstance(slots, list)
    tickets = np.zeros((len(slots), len(claimed)))
    for row, slot in enumerate(slots):
        tickets[row, slot["units"]] = slot["tickets"]
    exact = np.zeros(len(claimed))
    for own in half_of(len(slots)):
        exact += law_of(tickets[own] / TICKETS).chance.sum(axis=0)
    over = np.maximum(exact, EXACT)
    return float((np.abs(as_whole(exact) / TICKETS - claimed) / over).max())


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
    if left:
        marks.append(_next(desk, left[0]))
    return tuple(marks)


def _next(desk: Desk, day: str) -> Message:
    commit = desk.state.commits.get(day)
    if commit is None:
        last = max(clock_time(day, b["time"], b["offset"]) for b in desk.state.setup["beacons"])
        return Message(
            "Việc kế tiếp: niêm phong bảng vé ngày {day} trước {at:%H:%M %d/%m/%Y} "
            "(congvu draw commit).",
            {"day": day, "at": last},
        )
    return Message("Việc kế tiếp: rút thăm ngày {day} từ {at:%H:%M %d/%m/%Y} (congvu draw run).",
                   {"day": day, "at": commit.beacon_at})  # fmt: skip
