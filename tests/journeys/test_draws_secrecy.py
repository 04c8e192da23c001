"""Who can see what: nobody a target that is not yet released, nobody one that is not theirs (A9, A14)."""

import json
import re
import shutil
from collections import Counter
from datetime import timedelta
from itertools import combinations

import numpy as np
import pytest
from scipy.stats import chi2
from typer.testing import CliRunner

from api.cli import app
from data.draws import sealing
from data.draws.keys import open_key
from data.draws.log import DrawFolder
from data.tables import read_dataset
from scheduler.errors import Refused
from scheduler.journeys import draws
from scheduler.surprise.draw import day_secret, draw, seed_of
from tests.draw_seasons import (
    CUSTODIANS,
    beacon,
    commit,
    copied,
    custodians,
    days_of,
    desk,
    drawn,
    fresh,
    key,
    lines,
    office,
    release,
    reveal,
    run,
    sealed,
    secret,
    teams_out,
)


def canaries():
    """Every id and every name of a unit, as bytes."""
    units = read_dataset(office() / "data", needed=("units", "inspectors")).office().units
    names = {word for unit in units for word in (unit.unit_id, unit.name) if len(word) > 3}
    assert len(names) > len(units)
    return {name.encode() for name in names - {*CUSTODIANS}}  # the service itself heads every page


def seen_in(content, names):
    """The canaries that stand in some bytes, also as JSON or hexadecimal writes them; an id as a whole word."""
    return {
        name
        for name in names
        if re.search(rb"(?<![0-9A-Za-z])%b(?![0-9A-Za-z])" % re.escape(name), content)
        or name.hex().encode() in content
        or (not name.isdigit() and json.dumps(name.decode())[1:-1].encode() in content)
    }


def in_files(folder, names, but=()):
    return {
        (file.relative_to(folder).as_posix(), name.decode())
        for file in folder.rglob("*")
        if file.is_file() and not any(part in but for part in file.relative_to(folder).parts)
        for name in seen_in(file.read_bytes(), names)
    }


def said(call):
    """What a step prints in both languages, or its error's words."""
    try:
        found = call()
    except Exception as error:
        notes = [getattr(error, "message", None)]
        return repr(error).encode() + b"".join(
            n.say(x).encode() for n in notes if n for x in ("vi", "en")
        )
    logged = getattr(found, "logged", found)
    return b"".join(
        n.say(x).encode() for n in (*logged.notes, logged.step) if n for x in ("vi", "en")
    )


def test_no_unit_stands_in_any_file_or_word_before_its_release(tmp_path):
    season, names = copied(fresh(), tmp_path), canaries()
    day, later = days_of(season)[:2]
    hear = [
        said(lambda: commit(season, day)),
        said(lambda: run(season, day, ask=lambda name: "sai mật khẩu")),
        said(lambda: run(season, day, value=beacon(later))),
        said(lambda: run(season, day)),
        said(lambda: run(season, day)),
        said(lambda: release(season, day, "T99")),
    ]
    team = teams_out(season, day)[0]
    out = season / "envelope.json"
    only = [key(season, "releaser")]
    hear.append(said(lambda: draws.release(desk(season, day, "08:30"), day, team, only, out)))
    at = desk(season, day, "09:00")
    spare = [
        t["team"] for t in lines(season)[0]["teams"] if t["team"] not in teams_out(season, day)
    ]
    hear.append(said(lambda: draws.substitute(at, day, 0, spare[0], "xe hỏng", custodians(season))))
    at = desk(season, day, "09:10")
    hear.append(said(lambda: draws.void(at, day, 1, "cháy", custodians(season))))
    hear.append(said(lambda: commit(season, later, "17:00")))
    assert in_files(tmp_path, names) == set()
    assert seen_in(b"".join(hear), names) == set()


def test_after_the_reveal_the_open_table_lists_all_units_alike_and_nothing_else_names_one(tmp_path):
    season, names = copied(drawn(), tmp_path), canaries()
    day = days_of(season)[0]
    reveal(season, day, 40)
    assert in_files(tmp_path, names, but=("opened",)) == set()
    table = json.loads((season / "draws" / "opened" / f"{day}.json").read_text())
    ids = {unit.encode() for unit in table["units"]}
    assert {name.encode() for _, name in in_files(tmp_path, names)} <= ids


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_command_line_shows_a_target_to_its_own_team_only(tmp_path, lang):
    season, names = copied(drawn(), tmp_path), canaries()
    day = days_of(season)[0]
    team = teams_out(season, day)[0]
    (tmp_path / "p.json").write_text('{"*": "mật khẩu sai hẳn"}', encoding="utf-8")
    files = {"releaser": secret("releaser"), f"team-{team}": secret(f"team-{team}")}
    (tmp_path / "good.json").write_text(json.dumps(files), encoding="utf-8")
    record, at = str(season / "draws"), ["--now", f"{day}T08:30", "--lang", lang]
    envelope = str(tmp_path / "envelope.json")
    base = ["draw", "release", record, "--day", f"{day:%d/%m/%Y}", "--team", team, *at]
    mine = ["--key", str(key(season, "releaser")), "--out", envelope]

    def invoked(*words):
        found = CliRunner().invoke(app, list(words))
        return found.exit_code, found.output.encode()

    status, wrong = invoked(*base, *mine, "--passphrases", str(tmp_path / "p.json"))
    assert (status, seen_in(wrong, names)) == (1, set())
    status, blind = invoked(*base, *mine, "--passphrases", str(tmp_path / "good.json"))
    assert (status, seen_in(blind, names)) == (0, set())
    status, state = invoked("draw", "status", record, *at)
    assert (status, seen_in(state, names)) == (0, set())
    status, checked = invoked("draw", "verify", record, "--lang", lang)
    assert (status, seen_in(checked, names)) == (0, set())
    assert seen_in((tmp_path / "envelope.json").read_bytes(), names) == set()
    own = ["--key", str(key(season, f"team-{team}")), "--passphrases", str(tmp_path / "good.json")]
    status, target = invoked("draw", "open", envelope, *own, "--lang", lang)
    assert status == 0
    assert len({name for name in seen_in(target, names) if not name.isdigit()}) >= 1


def opened_by(season, names_of_keys):
    """All bytes that a set of key files can make out of everything in the record, peeled again and again."""
    keys = [open_key(key(season, n).read_bytes(), secret(n)) for n in names_of_keys]
    day, found = days_of(season)[0], []
    folder = season / "draws" / "sealed"
    table = json.loads((folder / f"{day}.envelopes").read_text())
    papers = [(file.read_bytes(), info) for file in folder.iterdir() if file.suffix != ".envelopes"
              for info in (f"input {day}".encode(), f"outcome {day}".encode(), b"names")]  # fmt: skip
    papers += [
        (bytes.fromhex(box), f"envelope {day} {slot} {team}".encode())
        for slot, boxes in enumerate(table["slots"])
        for team, box in boxes.items()
    ]
    while papers:
        paper, info = papers.pop()
        for k in keys:
            for peel in (sealing.unseal, sealing.unseal_as_one):
                try:
                    inner = peel(k, paper, info)
                except (sealing.SealBroken, AttributeError):
                    continue
                found.append(inner)
                papers.append((inner, info))
    return found


def papers_of(found):
    """The readable envelopes among some bytes."""
    out = []
    for content in found:
        try:
            paper = json.loads(sealing.unpadded(content))
        except (ValueError, UnicodeDecodeError):
            continue
        if isinstance(paper, dict) and "unit" in paper:
            out.append(paper)
    return out


def test_no_key_alone_and_no_planner_reads_a_target_after_the_draw(tmp_path):
    season = copied(drawn(), tmp_path)
    teams = [t["team"] for t in lines(season)[0]["teams"]]
    alone = [
        [],
        ["releaser"],
        ["audit"],
        ["custodian-1"],
        ["custodian-2"],
        *([f"team-{t}"] for t in teams),
    ]
    for names in [*alone, ["audit", "custodian-1"], ["audit", "custodian-1", "custodian-2"],
                  [f"team-{t}" for t in teams]]:  # fmt: skip
        assert papers_of(opened_by(season, names)) == [], names


def test_releaser_and_team_together_read_that_team_s_papers_only(tmp_path):
    season = copied(drawn(), tmp_path)
    team = teams_out(season, days_of(season)[0])[0]
    papers = papers_of(opened_by(season, ["releaser", f"team-{team}"]))
    assert papers
    assert {paper["team"] for paper in papers} == {team}


def test_every_envelope_has_one_size_whatever_is_in_it(tmp_path):
    season = copied(drawn(), tmp_path)
    file = season / "draws" / "sealed" / f"{days_of(season)[0]}.envelopes"
    content = json.loads(file.read_text())
    sizes = Counter(len(box) for slot in content["slots"] for box in slot.values())
    assert len(sizes) == 1
    assert all(
        set(slot) == {t["team"] for t in lines(season)[0]["teams"]} for slot in content["slots"]
    )


@pytest.mark.parametrize(
    "name", ["x" * 900, 'a "quoted"\nname\\', "Ủy ban " * 90, "\x00\u202e😀" * 80]
)
def test_a_name_that_is_long_or_odd_changes_no_size(name):
    from scheduler.journeys.draws.run import _fitting

    paper = {"day": "2027-03-01", "slot": 0, "team": "T01", "unit": "u" * 60, "name": name}
    short = {**paper, "unit": "", "name": ""}
    assert len(sealing.padded(_fitting(paper))) == len(sealing.padded(_fitting(short)))
    assert json.loads(sealing.unpadded(sealing.padded(_fitting(paper))))["unit"] == "u" * 60


def _table(season):
    """The sealed table, for a test that may see it."""
    file = next((season / "draws" / "sealed").glob("*.input"))
    one = open_key(key(season, "custodian-1").read_bytes(), secret("custodian-1"))
    day = days_of(season)[0]
    return json.loads(sealing.unseal_as_one(one, file.read_bytes(), f"input {day}".encode()))


@pytest.mark.parametrize("unknown", ["one secret", "the beacon"])
def test_with_all_but_one_part_the_outcome_is_as_likely_as_the_table_says(unknown):
    """A9: 10,000 values of the part that is missing; targets are spread as the tickets, no better."""
    season = sealed()
    table, day = _table(season), days_of(season)[0].isoformat()
    head = "5" * 64
    known = [open_key(f.read_bytes(), secret(f.stem)).master for f in custodians(season)]
    chance, counts, trials = np.random.default_rng(7), Counter(), 10_000
    for n in range(trials):
        secrets = [day_secret(master, day, 0) for master in known]
        value = "lottery 2027-02-28 28456913770451266120"
        if unknown == "one secret":
            secrets[1] = chance.bytes(32)
        else:
            value = f"lottery 2027-02-28 {n:020}"
        counts.update(row["unit"] for row in draw(seed_of(secrets, value, head), table).outcome)
    wanted = np.array(table["chance"]) / 2**40 * trials
    seen = np.array([counts[unit] for unit in table["units"]])
    worth = wanted > 0
    assert seen[~worth].sum() == 0
    score = float(((seen - wanted)[worth] ** 2 / wanted[worth]).sum())
    slots = len(table["slots"])
    assert chi2.sf(score * slots / max(1, slots), int(worth.sum()) - 1) > 0.001


def test_one_secret_less_cannot_draw_even_with_everything_else(tmp_path):
    season = copied(sealed(), tmp_path)
    for keys in combinations(["custodian-1", "custodian-2", "audit", "releaser"], 3):
        if {"custodian-1", "custodian-2"} <= {*keys}:
            continue
        with pytest.raises(Refused):
            run(season, days_of(season)[0], keys=[key(season, k) for k in keys])


def test_the_planner_s_state_holds_no_outcome_and_survives_without_the_draws(tmp_path):
    """Planning the next day needs no key and reads no draw: the sealed papers may be elsewhere."""
    season = copied(drawn(), tmp_path)
    for file in (season / "draws" / "sealed").iterdir():
        file.unlink()
    commit(season, days_of(season)[1])
    state = DrawFolder(season / "draws").state()
    assert set(state) == {"teams", "trial", "tables", "rates", "rosters"}
    assert all(set(table) == {"day", "teams", "debt"} for table in state["tables"].values())


def test_key_files_and_private_folders_are_their_owner_s(tmp_path):
    season = fresh()
    assert {file.stat().st_mode & 0o077 for file in (season / "keys").iterdir()} == {0}
    assert (season / "keys").stat().st_mode & 0o077 == 0
    day = days_of(season)[0]
    work = tmp_path / "s"
    work.mkdir()
    shutil.copytree(season / "draws", work / "draws")
    shutil.copytree(season / "keys", work / "keys")
    commit(work, day, before=2)
    assert all((work / "draws" / k).stat().st_mode & 0o077 == 0 for k in ("sealed", "planner"))
    assert desk(work, day + timedelta(days=1)).state.n == 3


def test_a_posted_digest_cannot_be_found_by_trying_what_the_table_may_be(tmp_path):
    """The same teams, units and tickets sealed with another seed have another digest."""
    digests, tables = set(), []
    for seed in (1, 2):
        season = copied(fresh(), tmp_path / str(seed))
        day = days_of(season)[0]
        commit(
            season,
            day,
            seed=seed,
            absent=tuple(row["team"] for row in lines(season)[0]["teams"][1:]),
        )
        digests.add(lines(season)[-1]["input"])
        run(season, day)
        reveal(season, day)
        opened = json.loads((season / "draws" / "opened" / f"{day}.json").read_bytes())
        assert len(bytes.fromhex(opened.pop("salt"))) == 32
        tables.append(opened)
    assert tables[0] == tables[1]
    assert len(digests) == 2
