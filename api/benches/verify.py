"""`congvu bench verify-600`: the stand-alone verifier on a made-up record of a whole, opened year."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from data.draws.keys import Key, make_key
from data.draws.log import LOG, VERIFIER, verifier
from scheduler.surprise import merkle
from scheduler.surprise.draw import canonical, day_secret, digest, draw, outcome_hash, seed_of
from scheduler.surprise.service import TICKETS
from scheduler.surprise.tickets import whole_tickets

DAYS, SLOTS, TEAMS = 250, 4, 12
DIGITS = 20


def measured(name: str, n_units: int, seed: int) -> dict[str, Any]:
    """Seconds that the verifier needs for a year of 250 days with 4 slots, every day opened."""
    with tempfile.TemporaryDirectory() as folder:
        lines = _record(Path(folder), n_units, np.random.default_rng(seed))
        began = time.perf_counter()
        words = [sys.executable, "-I", "-X", "utf8", str(Path(folder) / VERIFIER), folder]
        told = subprocess.run(words, capture_output=True, check=False)
        seconds = time.perf_counter() - began
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    return {
        "instance": name, "units": n_units, "days": DAYS, "lines": lines, "megabytes": size / 1e6,
        "good": told.returncode == 0, "seconds": seconds,
    }  # fmt: skip


def line(row: Mapping[str, Any]) -> str:
    """The figures for people."""
    good = "good" if row["good"] else "NOT GOOD"
    return (
        f"{row['instance']:<12}{row['units']:>5} units  {row['days']} days  {row['lines']} lines  "
        f"{row['megabytes']:.1f} MB  {good}  {row['seconds']:.2f} s"
    )


def _record(folder: Path, n_units: int, chance: np.random.Generator) -> int:
    """A year's record with every day drawn, released and opened; answers its lines."""
    (folder / "opened").mkdir()
    (folder / VERIFIER).write_bytes(verifier())
    days = [(date(2027, 1, 4) + timedelta(days=n)).isoformat() for n in range(DAYS)]
    keys = [make_key("custodian", name, "x" * 12, cost=2)[1] for name in ("A", "B")]
    leaves = [[merkle.leaf(day, 0, day_secret(k.master, day, 0)) for day in days] for k in keys]
    units = [f"U{n:04}" for n in range(n_units)]
    rates = [TICKETS * SLOTS // n_units] * n_units
    log: list[bytes] = []

    def add(kind: str, at: str, **fields: Any) -> str:
        head = digest(log[-1]) if log else "0" * 64
        log.append(
            canonical({**fields, "type": kind, "at": f"{at}:00+07:00", "n": len(log), "prev": head})
        )
        return digest(log[-1])

    add("setup", "2027-01-01T08:00", service="bench", year=2027, rehearsal=True, code=digest(verifier()),
        days=days, attempts=1, departure="08:00", open_after=1, wait=60, epoch_change_percent=20,
        beacons=[{"source": "lottery", "offset": -1, "time": "18:35", "digits": DIGITS}],
        custodians=[_public(k, own) for k, own in zip(keys, leaves, strict=True)], audit="", releaser="",
        teams=[{"team": f"T{n:02}", "seal": ""} for n in range(TEAMS)], units=digest(canonical(units)),
        rules="")  # fmt: skip
    add(
        "epoch",
        "2027-01-01T08:00",
        epoch=0,
        first=days[0],
        last=days[-1],
        rates=digest(canonical(rates)),
    )
    for n, day in enumerate(days):
        eve = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        table = _table(day, units, rates, chance)
        (folder / "opened" / f"{day}.json").write_bytes(canonical(table))
        beacon = {"source": "lottery", "at": f"{eve}T18:35:00+07:00", "digits": DIGITS}
        commit = add("commit", f"{eve}T17:00", day=day, attempt=0, input=digest(canonical(table)),
                     slots=SLOTS, beacon=beacon)  # fmt: skip
        value = f"lottery {eve} {chance.integers(10**9):0{DIGITS}}"
        secrets = [day_secret(key.master, day, 0) for key in keys]
        seed = seed_of(secrets, value, commit)
        drawn = draw(seed, table)
        add("draw", f"{day}T06:00", day=day, commit=commit, value=value, rejections=drawn.rejections,
            outcome=outcome_hash(seed, drawn.outcome), sealed="")  # fmt: skip
        for slot in drawn.outcome:
            add("release", f"{day}T08:30", day=day, slot=slot["slot"], team=slot["team"])
        if n:
            _reveal(add, days, n - 1, keys, leaves)
    (folder / LOG).write_bytes(b"".join(row + b"\n" for row in log))
    return len(log)


def _public(key: Key, leaves: list[bytes]) -> dict[str, str]:
    return {"name": key.public.name, "root": merkle.root(leaves), "seal": key.public.seal,
            "sign": key.public.sign}  # fmt: skip


def _reveal(add: Any, days: list[str], n: int, keys: list[Key], leaves: list[list[bytes]]) -> None:
    secrets = [
        {"secret": day_secret(key.master, days[n], 0).hex(), "path": merkle.path(own, n)}
        for key, own in zip(keys, leaves, strict=True)
    ]
    add("reveal", f"{days[n + 1]}T16:00", day=days[n], secrets=secrets)


def _table(
    day: str, units: list[str], rates: list[int], chance: np.random.Generator
) -> dict[str, Any]:
    n = len(units)
    teams = chance.permutation(TEAMS)[:SLOTS]
    barred = {f"T{t:02}": np.flatnonzero(chance.random(n) < 0.2).tolist() for t in range(TEAMS)}
    slots = []
    for team in (f"T{t:02}" for t in teams):
        able = np.setdiff1d(np.arange(n), barred[team])
        weight = chance.random(len(able)) + 0.1
        tickets = whole_tickets((weight / weight.sum())[None, :])[0]
        slots.append({"team": team, "units": able.tolist(), "tickets": tickets.tolist(), "half": 0})
    return {
        "day": day, "epoch": 0, "units": units, "rates": rates, "before": rates, "slots": slots,
        "closed": [], "planned": [], "barred": barred, "chance": rates, "target": rates,
        "debt_before": rates, "debt_after": rates,
    }  # fmt: skip
