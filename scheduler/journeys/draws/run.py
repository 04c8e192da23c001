"""At dawn: secrets and the public value become targets that nobody sees."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from data.draws import sealing
from data.draws.beacons import read_beacon
from data.draws.keys import Key
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.draws.desk import (
    Desk,
    all_custodians,
    append,
    refuse,
    stood_in,
    writing,
)
from scheduler.journeys.draws.results import Logged
from scheduler.journeys.draws.setup import leaves_of
from scheduler.surprise import merkle
from scheduler.surprise.draw import (
    DrawHalted,
    Drawn,
    canonical,
    day_secret,
    digest,
    draw,
    outcome_hash,
    outcome_key,
    seed_of,
)
from scheduler.surprise.permits import draw_fault, reuse_fault
from scheduler.surprise.record import Commit, shown


def run(desk: Desk, day: date, beacon: str, key_files: Sequence[Path]) -> Logged:
    """The day's draw: outcome sealed for audit, envelopes for the teams, one line in the record.

    A run that was stopped is run again and gives the same outcome.

    Raises
    ------
    Refused
        Before the beacon's time, without every custodian, a second draw, a changed table.
    data.draws.beacons.BeaconRefused
        Another day's value.
    """
    text = day.isoformat()
    refuse(draw_fault(desk.state, text, desk.now))
    commit = desk.state.commits[text]
    wait = commit.beacon
    value = read_beacon(wait["source"], beacon, commit.beacon_at, wait["digits"])
    refuse(reuse_fault(desk.state, value))
    keys = all_custodians(desk, key_files)
    secrets = [_secret(desk, key, text, commit.attempt) for key in keys]
    table = opened_input(desk, keys[0], text, commit)
    seed = seed_of(secrets, value, commit.hash)
    try:
        drawn = draw(seed, table)
    except DrawHalted as error:
        raise Refused(error.message) from None
    sealed = _envelopes(desk, keys[0], table, drawn)
    fields = {
        "day": text, "commit": commit.hash, "value": value, "outcome": outcome_hash(seed, drawn.outcome),
        "rejections": drawn.rejections, "sealed": digest(sealed),
    }  # fmt: skip
    note = Message(
        "Ngày {day} đã rút thăm; kết quả đã niêm phong, không ai thấy. Các tổ đi: {teams}.",
        {"day": shown(text), "teams": ", ".join(slot["team"] for slot in table["slots"])},
    )
    with writing(desk):
        desk = stood_in(desk, text, keys)
        desk.folder.put("sealed", f"{text}.outcome", _for_audit(desk, text, seed, drawn))
        desk.folder.put("sealed", f"{text}.envelopes", sealed)
        about = Message("Rút thăm ngày {day}", {"day": shown(text)})
        return append(desk, "draw", fields, (note,), post=about)[1]


def _for_audit(desk: Desk, day: str, seed: bytes, drawn: Drawn) -> bytes:
    """The outcome for the audit, behind the day's seed: nobody has it again before the secrets are open."""
    info = f"outcome {day}".encode()
    inner = sealing.seal(desk.state.setup["audit"], canonical(list(drawn.outcome)), info)
    return sealing.lock(outcome_key(seed), inner, info)


def _secret(desk: Desk, key: Key, day: str, attempt: int) -> bytes:
    """A custodian's secret, only if it belongs to the published root."""
    days, attempts = desk.state.days, desk.state.setup["attempts"]
    root = next(c["root"] for c in desk.state.setup["custodians"] if c["name"] == key.public.name)
    if merkle.root(leaves_of(key, days, attempts)) != root:
        raise Refused(
            Message("Khóa của «{name}» không khớp với gốc đã công bố lúc lập hồ sơ.",
                    {"name": key.public.name})
        )  # fmt: skip
    return day_secret(key.master, day, attempt)


def input_name(day: str, hashed: str) -> str:
    """The file of a sealed table; its digest in the name, so that no other table takes its place."""
    return f"{day}-{hashed[:16]}.input"


def opened_input(desk: Desk, key: Key, day: str, commit: Commit) -> dict[str, Any]:
    """The day's table, opened with one custodian's or the audit's key and held against its digest.

    Raises
    ------
    Refused
        The table is not the one that was committed.
    """
    name = input_name(day, commit.input)
    sealed = desk.folder.get("sealed", name)
    content = sealing.unseal_as_one(key, sealed, f"input {day}".encode())
    if digest(content) != commit.input:
        raise Refused(
            Message("Bảng vé ngày {day} không khớp mã băm đã cam kết: đã bị đổi sau khi niêm phong. Không "
                    "rút thăm; lấy lại tệp {file} từ bản sao.", {"day": shown(day), "file": f"sealed/{name}"})
        )  # fmt: skip
    return dict(json.loads(content))


def _envelopes(desk: Desk, key: Key, table: Mapping[str, Any], drawn: Drawn) -> bytes:
    """For every slot an envelope to every team, all of one size: who may not go there reads just that."""
    names = json.loads(sealing.unseal_as_one(key, desk.folder.get("sealed", "names"), b"names"))
    number = {unit: n for n, unit in enumerate(table["units"])}
    releaser, departure = desk.state.setup["releaser"], desk.state.setup["departure"]
    slots = []
    for row in drawn.outcome:
        of_slot = {}
        for team in desk.state.setup["teams"]:
            barred = number[row["unit"]] in table["barred"].get(team["team"], [])
            paper = {
                "day": table["day"], "slot": row["slot"], "team": team["team"], "departure": departure,
                "unit": "" if barred else row["unit"], "name": "" if barred else names[row["unit"]],
            }  # fmt: skip
            info = f"envelope {table['day']} {row['slot']} {team['team']}".encode()
            inner = sealing.seal(team["seal"], sealing.padded(_fitting(paper)), info)
            of_slot[team["team"]] = sealing.seal(releaser, inner, info).hex()
        slots.append(of_slot)
    teams = [row["team"] for row in drawn.outcome]
    return canonical({"teams": teams, "slots": slots})


def _fitting(paper: dict[str, Any]) -> bytes:
    """The paper's bytes; a name too long for an envelope is cut."""
    while len(content := canonical(paper)) >= sealing.SIZE and paper["name"]:
        paper = {**paper, "name": paper["name"][: 9 * len(paper["name"]) // 10]}
    return content
