"""A step that is stopped: killed between any two writes, or out of disk. Nothing is lost, nothing shown."""

import contextlib
import json
import os
import resource
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from data.draws.recovery import with_shares
from scheduler.journeys import draws
from tests.draw_seasons import (
    commit,
    copied,
    custodians,
    days_of,
    desk,
    drawn,
    everything,
    fresh,
    key,
    lines,
    problems,
    release,
    run,
    sealed,
    secret,
    set_up,
    teams_out,
)


class Killed(BaseException):
    """The process is gone: nothing after this runs."""


@pytest.fixture
def kill_at(monkeypatch):
    """Kills at the nth time that bytes go to the disk or a file goes to its place; nobody cleans up."""

    def arm(nth):
        seen = {"n": 0, "dead": False}

        def watched(real):
            def call(*given, **more):
                if seen["dead"] or seen["n"] == nth:
                    seen["dead"] = True
                    raise Killed
                seen["n"] += 1
                return real(*given, **more)

            return call

        for name in ("fsync", "replace", "rename"):
            monkeypatch.setattr(os, name, watched(getattr(os, name)))
        for owner, name in ((Path, "unlink"), (shutil, "rmtree")):
            real = getattr(owner, name)
            monkeypatch.setattr(
                owner, name, lambda *a, _real=real, **k: None if seen["dead"] else _real(*a, **k)
            )
        return seen

    return arm


def first(season):
    return days_of(season)[0]


def share_run(season):
    text = [
        (season / "keys" / f"deposit-1.share-{n}.txt").read_text(encoding="utf-8") for n in (1, 2)
    ]
    keys = [key(season, "deposit-1"), key(season, "custodian-2")]
    run(season, first(season), keys=keys, ask=with_shares(secret, text))


def give_up(season):
    day = first(season)
    at = desk(season, day - timedelta(days=1), "20:00")
    draws.fall_back(at, day, "mất điện", custodians(season))


def hand_out(season):
    day = first(season)
    team = teams_out(season, day)[0]
    at = desk(season, day, "09:00")
    draws.release(at, day, team, [key(season, "releaser")], season / "envelope.json")


def opened(season):
    day = first(season)
    draws.reveal(desk(season, day + timedelta(days=40)), day, custodians(season))


STEPS = {
    "commit": (fresh, lambda s: commit(s, first(s))),
    "fallback": (sealed, give_up),
    "run with shares": (sealed, share_run),
    "release": (drawn, hand_out),
    "reveal": (drawn, opened),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_step_killed_between_any_two_writes_is_done_again_with_the_same_end(
    name, tmp_path, kill_at, monkeypatch
):
    start, step = STEPS[name]
    whole = copied(start(), tmp_path / "whole")
    step(whole)
    wanted = [{k: line[k] for k in line if k not in ("sealed", "signers")} for line in lines(whole)]
    for nth in range(60):
        season = copied(start(), tmp_path / str(nth))
        before = lines(season)
        with monkeypatch.context():
            seen = kill_at(nth)
            with contextlib.suppress(Killed):
                step(season)
            monkeypatch.undo()
        done = lines(season)
        assert done[: len(before)] == before
        left_open = [p for p in problems(season) if "left out" not in p]
        assert left_open == []
        if not seen["dead"]:
            break
        if len(done) < len(wanted):
            step(season)
        found = [{k: x[k] for k in x if k not in ("sealed", "signers")} for x in lines(season)]
        assert _same(found, wanted)
        assert [p for p in problems(season) if "left out" not in p] == []
        assert list((season / "draws").rglob("*.new-*")) == [] or len(done) == len(wanted)
    assert nth > 1


def _same(found, wanted):
    """The same lines, whatever their links: signatures and envelopes are never twice the same."""
    bare = ("prev", "commit", "outcome", "rejections")
    free = any(line.get("reason") or line["type"] == "incident" for line in wanted)
    drop = bare if free else ()
    return [{k: x[k] for k in x if k not in drop} for x in found] == [
        {k: x[k] for k in x if k not in drop} for x in wanted
    ]


def test_a_ceremony_killed_at_any_write_leaves_no_record_or_a_whole_one(
    tmp_path, kill_at, monkeypatch
):
    for nth in (0, 20, 21, 22, 28, 99):
        folder = tmp_path / str(nth)
        with monkeypatch.context():
            seen = kill_at(nth)
            with contextlib.suppress(Killed):
                set_up(folder)
            monkeypatch.undo()
        if (folder / "draws").exists():
            assert (folder / "keys").exists()
            assert problems(folder) == []
            commit(folder, first(folder))
        elif (folder / "keys").exists():  # keys without a record are never written over
            shutil.rmtree(folder / "keys")
            set_up(folder)
        else:
            set_up(folder)
        assert problems(folder) == []
        if not seen["dead"]:
            return
    pytest.fail("the ceremony never came to its end")


def test_a_disk_that_fills_in_the_middle_of_a_log_write_changes_nothing(tmp_path):
    season = copied(drawn(), tmp_path)
    day = first(season)
    at = desk(season, day, "09:00")
    before, room = everything(season), (season / "draws" / "log.jsonl").stat().st_size + 100
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            draws.void(at, day, 0, "cháy", custodians(season))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert everything(season) == before
    draws.void(at, day, 0, "cháy", custodians(season))
    assert problems(season) == []


def test_a_full_disk_is_a_clear_word_on_the_command_line(tmp_path):
    season = copied(drawn(), tmp_path)
    day = first(season)
    known = {name: secret(name) for name in ("custodian-1", "custodian-2")}
    (tmp_path / "p.json").write_text(json.dumps(known), encoding="utf-8")
    before = everything(season)
    room = (season / "draws" / "log.jsonl").stat().st_size + 100
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}));"
        "from api.cli import main; main()"
    )
    words = ["draw", "void", str(season / "draws"), "--day", day.isoformat(), "--slot", "1"]
    words += [
        "--reason",
        "cháy",
        "--passphrases",
        str(tmp_path / "p.json"),
        "--now",
        f"{day}T09:00",
    ]
    for file in custodians(season):
        words += ["--key", str(file)]
    found = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=False
    )
    assert found.returncode == 1, found.stdout + found.stderr
    assert "Traceback" not in found.stderr
    assert "dung lượng đĩa" in found.stderr
    assert everything(season) == before


def test_a_release_after_a_stop_hands_out_the_same_envelope_once_in_the_record(tmp_path):
    season = copied(drawn(), tmp_path)
    hand_out(season)
    (season / "envelope.json").unlink()
    n = len(lines(season))
    hand_out(season)
    assert len(lines(season)) == n
    team = teams_out(season, first(season))[0]
    target = draws.open_envelope(season / "envelope.json", key(season, f"team-{team}"), secret)
    assert target == release(season, first(season), team, "10:00").target
