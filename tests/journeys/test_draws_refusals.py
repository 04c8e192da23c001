"""What people get wrong with a record of draws: a clear word, nothing written, nothing revealed."""

import json
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from data.draws.beacons import BeaconRefused
from data.draws.keys import KeyRefused
from data.draws.log import DrawFolder, LogError
from data.draws.recovery import with_shares
from data.draws.sealing import SealBroken
from data.faults import DatasetError
from scheduler.errors import FolderTaken, Refused
from scheduler.journeys import draws
from scheduler.surprise.protocol import ProtocolFault
from scheduler.surprise.record import RecordBroken
from tests.draw_seasons import (
    CHEAP,
    CUSTODIANS,
    beacon,
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
    moment,
    office,
    refuses,
    release,
    run,
    sealed,
    secret,
    set_up,
    teams_out,
    told,
)


def wrong(name):
    return "sai mật khẩu rồi"


def teams(s):
    return [row["team"] for row in lines(s)[0]["teams"]]


def idle(s, day):
    return next(team for team in teams(s) if team not in teams_out(s, day))


# Name -> (record, error, words of it, what is tried); D: the first day of the season.
AT_DAWN = {
    "the beacon of another day": (
        BeaconRefused, "là của ngày", lambda s, d: run(s, d, value=beacon(d + timedelta(days=1)))),
    "too few digits": (
        BeaconRefused, "cần đúng 20", lambda s, d: run(s, d, value=beacon(d, "12345"))),
    "too many digits": (
        BeaconRefused, "cần đúng 20", lambda s, d: run(s, d, value=beacon(d, "1" * 21))),
    "another source": (
        BeaconRefused, "viết", lambda s, d: run(s, d, value=f"1000:{'ab' * 48}")),
    "an empty value": (BeaconRefused, "viết", lambda s, d: run(s, d, value=" ")),
    "letters among the digits": (
        BeaconRefused, "viết", lambda s, d: run(s, d, value=beacon(d, "1" * 19 + "x"))),
    "before the value can be known": (
        Refused, "Chờ đến giờ", lambda s, d: draws.run(
            desk(s, d - timedelta(days=1), "18:00"), d, beacon(d), custodians(s))),
    "after the day": (
        Refused, "đã qua", lambda s, d: draws.run(
            desk(s, d + timedelta(days=1), "00:00"), d, beacon(d), custodians(s))),
    "a custodian is missing": (
        Refused, CUSTODIANS[1], lambda s, d: run(s, d, keys=custodians(s)[:1])),
    "one custodian twice": (
        Refused, CUSTODIANS[1], lambda s, d: run(s, d, keys=custodians(s)[:1] * 2)),
    "a wrong passphrase": (KeyRefused, "không đúng", lambda s, d: run(s, d, ask=wrong)),
    "no key but the releaser's": (
        Refused, CUSTODIANS[0], lambda s, d: run(s, d, keys=[key(s, "releaser")])),
    "too few shares": (
        KeyRefused, "Cần 2 mảnh", lambda s, d: run(
            s, d, keys=[key(s, "custodian-1"), key(s, "deposit-2")], ask=with_shares(secret, shares(s, 1)))),
    "the same share twice": (
        KeyRefused, "Cần 2 mảnh", lambda s, d: run(
            s, d, keys=[key(s, "custodian-1"), key(s, "deposit-2")], ask=with_shares(secret, shares(s, 1, 1)))),
    "a share mistyped": (
        KeyRefused, "gõ sai", lambda s, d: run(
            s, d, keys=[key(s, "custodian-1"), key(s, "deposit-2")],
            ask=with_shares(secret, [shares(s, 1)[0].replace("-2-", "-3-"), *shares(s, 2)]))),
    "shares of another person's key": (
        KeyRefused, "không đúng", lambda s, d: run(
            s, d, keys=[key(s, "custodian-1"), key(s, "deposit-2")],
            ask=with_shares(secret, [x.replace("deposit-1", "deposit-2") for x in shares(s, 1, 2, who=1)]))),
    "the clock set back": (
        Refused, "Đồng hồ", lambda s, d: draws.no_draw(
            desk(s, date(2027, 1, 1)), d, "bão", custodians(s))),
    "a second table without a reason": (
        Refused, "--reason", lambda s, d: commit(s, d, "17:30")),
    "a second table with one signer": (
        Refused, "2 người", lambda s, d: commit(s, d, "17:30", reason="ốm", keys=(key(s, "custodian-1"),))),
    "a table after the last value": (
        Refused, "no-draw", lambda s, d: commit(s, d, "07:00", 0, reason="ốm", keys=tuple(custodians(s)))),
    "a day outside the season": (
        Refused, "không thuộc hồ sơ", lambda s, d: commit(s, date(2028, 1, 3))),
    "a later day while this one is open": (Refused, "trước đó", lambda s, d: skip(s)),
    "no-draw with one signature": (
        Refused, "2 người", lambda s, d: draws.no_draw(desk(s, d, "06:00"), d, "bão", custodians(s)[:1])),
    "no-draw signed by the audit": (
        Refused, "2 người", lambda s, d: draws.no_draw(
            desk(s, d, "06:00"), d, "bão", [key(s, "audit"), key(s, "custodian-1")])),
    "no-draw without a reason": (
        Refused, "lý do", lambda s, d: draws.no_draw(desk(s, d, "06:00"), d, " ", custodians(s))),
    "release of a day that is not drawn": (
        Refused, "chưa rút", lambda s, d: draws.release(
            desk(s, d, "09:00"), d, teams(s)[0], [key(s, "releaser")], None)),
    "reveal of a day that is not drawn": (
        Refused, "chưa rút", lambda s, d: draws.reveal(
            desk(s, d + timedelta(days=40)), d, custodians(s))),
    "a supposed moment of a real record": (Refused, "--now", lambda s, d: real(s)),
}  # fmt: skip
AFTER_DRAW = {
    "drawn twice": (Refused, "chỉ rút một lần", lambda s, d: run(s, d, "07:00")),
    "a table after the draw": (
        Refused, "đã rút", lambda s, d: commit(s, d, "06:30", before=0, reason="x", keys=tuple(custodians(s)))),
    "no-draw after the draw": (
        Refused, "đã rút", lambda s, d: draws.no_draw(desk(s, d, "09:00"), d, "bão", custodians(s))),
    "released before departure": (
        Refused, "08:00", lambda s, d: release(s, d, teams_out(s, d)[0], "07:59")),
    "released after the day": (
        Refused, "đã qua", lambda s, d: draws.release(
            desk(s, d + timedelta(days=1), "00:00"), d, teams_out(s, d)[0], [key(s, "releaser")], None)),
    "released to a team without a slot": (
        Refused, "không có lượt", lambda s, d: release(s, d, idle(s, d))),
    "released without the releaser": (
        Refused, "người giữ phong bì", lambda s, d: draws.release(
            desk(s, d, "09:00"), d, teams_out(s, d)[0], [key(s, f"team-{teams_out(s, d)[0]}")], None)),
    "a slot that the day has not": (
        Refused, "từ 1 đến", lambda s, d: draws.void(desk(s, d, "09:00"), d, 9, "x", custodians(s))),
    "void with one signature": (
        Refused, "2 người", lambda s, d: draws.void(desk(s, d, "09:00"), d, 0, "x", custodians(s)[:1])),
    "void without a reason": (
        Refused, "lý do", lambda s, d: draws.void(desk(s, d, "09:00"), d, 0, "", custodians(s))),
    "an unknown team instead": (
        Refused, "Không có tổ", lambda s, d: draws.substitute(
            desk(s, d, "09:00"), d, 0, "T99", "x", custodians(s))),
    "a team with a slot of its own instead": (
        Refused, "đã đi một lượt", lambda s, d: draws.substitute(
            desk(s, d, "09:00"), d, 0, teams_out(s, d)[-1], "x", custodians(s))),
    "revealed too early": (
        Refused, "chỉ mở từ", lambda s, d: draws.reveal(
            desk(s, d + timedelta(days=29), "23:59"), d, custodians(s))),
    "revealed without a custodian": (
        Refused, CUSTODIANS[0], lambda s, d: draws.reveal(
            desk(s, d + timedelta(days=40)), d, custodians(s)[1:])),
}  # fmt: skip


def shares(s, *numbers, who=2):
    return [
        (s / "keys" / f"deposit-{who}.share-{n}.txt").read_text(encoding="utf-8") for n in numbers
    ]


def skip(s):
    later = days_of(s)[1]
    commit(s, later)
    n = len(lines(s))
    with pytest.raises(Refused) as refused:
        run(s, later)
    assert len(lines(s)) == n
    rows = (s / "draws" / "log.jsonl").read_bytes().splitlines(keepends=True)
    (s / "draws" / "log.jsonl").write_bytes(b"".join(rows[:-1]))
    for file in (s / "draws" / "sealed").glob(f"{later}*"):
        file.unlink()
    for file in (s / "draws" / "anchors").glob(f"{n - 1:05}*"):
        file.unlink()
    state = json.loads((s / "draws" / "planner" / "state.json").read_text())
    state["tables"] = {k: v for k, v in state["tables"].items() if v["day"] != later.isoformat()}
    DrawFolder(s / "draws").put_state(state)
    raise refused.value


def real(s):
    file = s / "draws" / "log.jsonl"
    before = file.read_bytes()
    file.write_bytes(
        before.splitlines()[0].replace(b'"rehearsal":true', b'"rehearsal":false') + b"\n"
    )
    try:
        desk(s, date(2027, 3, 1))
    finally:
        file.write_bytes(before)


def refused(season, error, words, tried):
    before = everything(season)
    with pytest.raises(error) as caught:
        tried(season, days_of(season)[0])
    said = {lang: caught.value.message.say(lang) for lang in ("vi", "en")}
    assert words in said["vi"]
    assert everything(season) == before
    return said


@pytest.mark.parametrize("name", AT_DAWN)
def test_a_mistake_before_the_draw_ends_in_words_and_writes_nothing(name, tmp_path):
    refused(copied(sealed(), tmp_path), *AT_DAWN[name])


@pytest.mark.parametrize("name", AFTER_DRAW)
def test_a_mistake_after_the_draw_ends_in_words_and_writes_nothing(name, tmp_path):
    refused(copied(drawn(), tmp_path), *AFTER_DRAW[name])


def test_a_key_of_another_record_is_refused(tmp_path):
    season, other = copied(sealed(), tmp_path / "one"), set_up(tmp_path / "two")
    keys = [key(season, "custodian-1"), key(other, "custodian-2")]
    said = refused(season, Refused, "không thuộc hồ sơ", lambda s, d: run(s, d, keys=keys))
    assert CUSTODIANS[1] in said["vi"]


def spoil(kind):
    def change(season):
        file = next((season / "draws" / "sealed").glob(kind))
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(bytes(content))

    return change


@pytest.mark.parametrize("spoiled", ["*.input", "names"])
def test_a_sealed_paper_that_was_changed_is_not_drawn_from(tmp_path, spoiled):
    season = copied(sealed(), tmp_path)
    spoil(spoiled)(season)
    before = everything(season)
    with pytest.raises((SealBroken, Refused)):
        run(season, days_of(season)[0])
    assert everything(season) == before


def test_a_table_sealed_anew_after_the_commit_is_not_drawn_from(tmp_path):
    from data.draws.sealing import seal_for_any

    season = copied(sealed(), tmp_path)
    day, setup = days_of(season)[0], lines(season)[0]
    file = next((season / "draws" / "sealed").glob("*.input"))
    publics = [c["seal"] for c in setup["custodians"]]
    file.write_bytes(seal_for_any(publics, b'{"day":"x"}', f"input {day}".encode()))
    refused(season, Refused, "không khớp mã băm", lambda s, d: run(s, d))


def test_changed_envelopes_are_not_handed_out(tmp_path):
    season = copied(drawn(), tmp_path)
    team = teams_out(season, days_of(season)[0])[0]
    spoil("*.envelopes")(season)
    refused(season, Refused, "không khớp hồ sơ", lambda s, d: release(s, d, team))


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"teams":[],"trial":[],"tables":{},"rates":[]}', None]
)
def test_a_planner_s_state_that_is_damaged_or_gone_is_named(tmp_path, content):
    season = copied(fresh(), tmp_path)
    file = season / "draws" / "planner" / "state.json"
    file.unlink() if content is None else file.write_bytes(content)
    refused(season, LogError, "state.json", lambda s, d: commit(s, d))


SHAPES = {
    "a debt of another length": lambda s: one_table(s).update(debt=[1]),
    "a debt in words": lambda s: one_table(s).update(debt="abc"),
    "a table without teams": lambda s: one_table(s).pop("teams"),
    "teams as words": lambda s: s.update(teams=["T01"] * len(s["teams"])),
    "members that are none": lambda s: s["teams"][0].update(members=5),
    "rates with a fraction": lambda s: s["rates"][0].__setitem__(0, 1.5),
    "rosters as a list": lambda s: s.update(rosters=[1]),
    "no rates": lambda s: s.update(rates=[]),
}


def one_table(state):
    return next(iter(state["tables"].values()))


def test_a_planner_s_state_of_another_shape_is_named_and_never_a_traceback(tmp_path):
    season = copied(sealed(), tmp_path)
    folder = DrawFolder(season / "draws")
    good = json.dumps(folder.state())
    for name, spoils in SHAPES.items():
        state = json.loads(good)
        spoils(state)
        folder.put_state(state)
        with pytest.raises(LogError) as caught:
            folder.state()
        assert "state.json" in caught.value.message.say("vi"), name


def test_somebody_who_has_left_the_office_stops_no_draw(tmp_path):
    season = copied(fresh(), tmp_path)
    folder = DrawFolder(season / "draws")
    state = folder.state()
    gone = state["teams"][0]["members"]
    state["teams"][0]["members"] = ["someone", *gone[1:]]
    folder.put_state(state)
    commit(season, days_of(season)[0])
    assert lines(season)[-1]["type"] == "commit"


@pytest.mark.parametrize("part", ["rates", "teams"])
def test_a_planner_s_state_with_other_rates_or_teams_is_refused(tmp_path, part):
    season = copied(fresh(), tmp_path)
    folder = DrawFolder(season / "draws")
    state = folder.state()
    if part == "rates":
        state["rates"][0][0] //= 2
    else:
        state["teams"].pop()
    folder.put_state(state)
    refused(season, Refused, "không khớp hồ sơ", lambda s, d: commit(s, d))


def test_a_team_on_leave_is_not_sent_and_without_any_team_there_is_no_draw(tmp_path):
    season = copied(fresh(), tmp_path)
    day = days_of(season)[0]
    every = teams(season)
    refused(season, Refused, "no-draw", lambda s, d: commit(s, d, absent=tuple(every)))
    commit(season, day, absent=tuple(every[1:]))
    run(season, day)
    assert teams_out(season, day) == every[:1]
    refused(season, Refused, "Không có tổ", lambda s, d: commit(s, days_of(s)[1], absent=("T99",)))


def test_a_changed_list_of_units_is_refused(tmp_path):
    season, data = copied(fresh(), tmp_path), tmp_path / "data"
    shutil.copytree(office() / "data", data)
    file = data / "units.csv"
    file.write_text(
        file.read_text(encoding="utf-8-sig").rsplit("\n", 2)[0] + "\n", encoding="utf-8"
    )
    day = days_of(season)[0]
    ask = draws.CommitAsk(data, office() / "plan", day)
    before = everything(season)
    with pytest.raises((Refused, DatasetError)):
        draws.commit(desk(season, day - timedelta(days=1)), ask, 1)
    assert everything(season) == before


@pytest.mark.parametrize("step", ["commit", "chances", "epoch"])
def test_a_plan_of_another_year_is_refused(tmp_path, step):
    season, plan = copied(fresh(), tmp_path), tmp_path / "plan of 2028"
    shutil.copytree(office() / "plan", plan)
    facts = json.loads((plan / "plan.json").read_text(encoding="utf-8"))
    (plan / "plan.json").write_text(json.dumps({**facts, "year": 2028}), encoding="utf-8")
    for name in ("visits", "reserve"):
        file = plan / f"{name}.csv"
        file.write_text(
            file.read_text(encoding="utf-8-sig").splitlines()[0] + "\n", encoding="utf-8"
        )
    at, data = desk(season, days_of(season)[0] - timedelta(days=1)), office() / "data"
    before = everything(season)
    setup = {**at.state.setup, "days": [*at.state.days, "2027-04-01"]}  # a second quarter
    longer = replace(at, state=replace(at.state, setup=setup))
    ask = draws.CommitAsk(data, plan, days_of(season)[0])
    steps = {
        "commit": lambda: draws.commit(at, ask, 1),
        "chances": lambda: draws.chances(at, data, plan, tmp_path / "chances.csv"),
        "epoch": lambda: draws.next_epoch(longer, data, plan, custodians(season)),
    }
    with pytest.raises(Refused) as caught:
        steps[step]()
    words = caught.value.message.say("vi")
    assert "2028" in words
    assert "2027" in words
    assert everything(season) == before
    assert not (tmp_path / "chances.csv").exists()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda c: c.replace(b"\n", b"\r\n"), LogError),
        (lambda c: c[:-5], LogError),
        (lambda c: b"", LogError),
        (lambda c: c.replace(b'"n":1', b'"n":7'), RecordBroken),
        (lambda c: b"{}\n", RecordBroken),
        (lambda c: b"\xff\n", RecordBroken),
    ],
)
def test_a_damaged_log_is_named_and_left_alone(tmp_path, change, error):
    season = copied(fresh(), tmp_path)
    file = season / "draws" / "log.jsonl"
    day = days_of(season)[0]
    file.write_bytes(change(file.read_bytes()))
    before = everything(season)
    with pytest.raises(error) as caught:
        desk(season, day)
    assert caught.value.message.say("vi")
    assert everything(season) == before
    assert told(season).status == 1


def test_two_at_once_do_not_write_over_each_other(tmp_path):
    season = copied(sealed(), tmp_path)
    day = days_of(season)[0]
    mine, theirs = desk(season, day, "06:00"), desk(season, day, "06:00")
    before = everything(season)
    with theirs.folder.locked(), refuses(LogError, "đang được"):
        draws.run(mine, day, beacon(day), custodians(season))
    assert everything(season) == before
    draws.run(theirs, day, beacon(day), custodians(season))
    after = everything(season)
    with refuses(LogError, "dòng mới"):
        draws.run(mine, day, beacon(day, "3" * 20), custodians(season))
    assert everything(season) == after


def ceremony(tmp_path, **more):
    asked = {"rehearsal": True, "cost": CHEAP, **more}
    names = asked.pop("names", CUSTODIANS)
    ask = draws.SetupAsk(
        office() / "data", office() / "plan", tmp_path / "draws", asked.pop("keys", tmp_path / "keys"),
        names, date(2027, 3, 1), asked.pop("last", date(2027, 3, 12)), **asked,
    )  # fmt: skip
    return draws.setup(
        ask, asked.pop("now", moment(date(2027, 1, 4))), True, more.get("ask", secret)
    )


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"names": ("Sở",)}, "ít nhất 2"),
        ({"names": ("Sở", "Sở")}, "tên khác nhau"),
        ({"names": ("Sở", " ")}, "tên khác nhau"),
        ({"rehearsal": False, "cost": 1 << 16}, "--now"),
        ({"last": date(2027, 2, 1)}, "Không còn ngày"),
        ({"deposit": (1, 3)}, "từ 2 mảnh"),
        ({"deposit": (3, 2)}, "từ 2 mảnh"),
    ],
)
def test_a_ceremony_that_cannot_be_held_leaves_nothing(tmp_path, more, words):
    with pytest.raises(Refused) as caught:
        ceremony(tmp_path, **more)
    assert words in caught.value.message.say("vi")
    assert list(tmp_path.iterdir()) == []


def test_a_cheap_passphrase_is_for_rehearsals_only(tmp_path):
    ask = draws.SetupAsk(
        office() / "data", office() / "plan", tmp_path / "draws", tmp_path / "keys", CUSTODIANS,
        cost=CHEAP,
    )  # fmt: skip
    with refuses(Refused, "diễn tập"):
        draws.setup(ask, moment(date(2027, 1, 4)), False, secret)


def test_a_short_passphrase_leaves_nothing(tmp_path):
    ask = draws.SetupAsk(
        office() / "data", office() / "plan", tmp_path / "draws", tmp_path / "keys", CUSTODIANS,
        date(2027, 3, 1), date(2027, 3, 12), rehearsal=True, cost=CHEAP,
    )  # fmt: skip
    with refuses(KeyRefused, "quá ngắn"):
        draws.setup(ask, moment(date(2027, 1, 4)), True, lambda name: "ngắn")
    assert list(tmp_path.iterdir()) == []


def test_a_filled_folder_or_keys_inside_the_record_are_refused(tmp_path):
    (tmp_path / "draws").mkdir()
    (tmp_path / "draws" / "half.txt").write_text("half of a ceremony")
    with pytest.raises(FolderTaken):
        ceremony(tmp_path)
    (tmp_path / "draws" / "half.txt").unlink()
    with refuses(Refused, "nơi khác"):
        ceremony(tmp_path, keys=tmp_path / "draws" / "keys")
    assert sorted(x.name for x in tmp_path.rglob("*")) == ["draws"]


@pytest.mark.parametrize(
    "beacons",
    [[], ["lottery"], ["lottery -1 18:35"], ["lottery -1 25:00 20"], ["moon 0 07:00 64"],
     ["lottery -1 18:35 19"], ["drand 0 07:00 63"], ["dice 1 07:00 25"],
     ["dice 0 07:00 25", "lottery -1 18:35 20"], ["dice 0 07:00 25", "dice 0 07:00 25"]],
)  # fmt: skip
def test_a_calendar_of_values_that_cannot_serve_is_refused(tmp_path, beacons):
    with pytest.raises(ProtocolFault):
        ceremony(tmp_path, trial={"surprise.protocol": {"beacons": beacons}})
    assert list(tmp_path.iterdir()) == []


def test_nothing_but_an_envelope_is_opened_as_one(tmp_path):
    file = tmp_path / "x.json"
    for content in (b"", b"[]", b"{}", b'{"day":"d","slot":0,"team":"T01","box":"zz"}'):
        file.write_bytes(content)
        with refuses(Refused, "không phải phong bì"):
            draws.open_envelope(file, key(drawn(), "team-T01"), secret)


def test_a_day_is_written_as_people_write_it():
    assert datetime(2027, 3, 1).date() == days_of(fresh())[0]
