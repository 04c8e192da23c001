"""A season of surprise visits from the ceremony to the outside check, as it should go."""

import json
from datetime import timedelta

import pytest

from data.draws.beacons import BeaconRefused
from data.draws.log import DrawFolder
from data.draws.recovery import with_shares
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys import draws
from scheduler.surprise.next_step import next_steps
from tests.draw_seasons import (
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
    problems,
    refuses,
    release,
    reveal,
    run,
    sealed,
    secret,
    teams_out,
    told,
)


@pytest.fixture
def at_start(tmp_path):
    return copied(fresh(), tmp_path)


@pytest.fixture
def at_dawn(tmp_path):
    return copied(sealed(), tmp_path)


@pytest.fixture
def after_draw(tmp_path):
    return copied(drawn(), tmp_path)


def said(messages, lang="vi"):
    return "\n".join(message.say(lang) for message in messages)


def test_a_day_goes_from_sealed_table_to_a_record_that_anybody_can_check(at_start):
    day, *rest = days_of(at_start)
    commit(at_start, day)
    run(at_start, day)
    for slot, team in enumerate(teams_out(at_start, day)):
        found = release(at_start, day, team)
        assert found.slot == slot
        assert found.target.team == team
        assert found.target.name
    assert told(at_start).status == 0
    for later in rest:
        draws.no_draw(desk(at_start, day, "20:00"), later, "thử", custodians(at_start))
    reveal(at_start, day)
    found = draws.verify(at_start / "draws", ())
    assert found.good, found.lines
    assert told(at_start).status == 0


def test_the_audit_reads_who_went_where_and_only_after_the_day_is_open(after_draw):
    day = days_of(after_draw)[0]
    targets = [release(after_draw, day, team).target.unit_id for team in teams_out(after_draw, day)]
    late = desk(after_draw, day + timedelta(days=50))
    with pytest.raises(Refused):
        draws.result(late, day, key(after_draw, "audit"))
    reveal(after_draw, day, 40)
    late = desk(after_draw, day + timedelta(days=50))
    rows = draws.result(late, day, key(after_draw, "audit"))
    assert [row.params["unit"] for row in rows] == targets


def test_a_team_in_another_s_place_finds_the_same_target(after_draw):
    day = days_of(after_draw)[0]
    gone = teams_out(after_draw, day)
    first = release(after_draw, day, gone[0]).target
    spare = [t["team"] for t in lines(after_draw)[0]["teams"] if t["team"] not in gone]
    for hour, team in enumerate(spare, start=9):
        at = desk(after_draw, day, f"{hour}:00")
        draws.substitute(at, day, 0, team, "xe hỏng", custodians(after_draw))
        found = release(after_draw, day, team, f"{hour}:30").target
        assert found.unit_id in (
            first.unit_id,
            "",
        )  # "": a barred team reads only that it may not go
        assert teams_out(after_draw, day)[0] == team
    assert problems(after_draw) == []


def test_a_second_release_hands_out_the_same_and_writes_nothing(after_draw):
    day = days_of(after_draw)[0]
    team = teams_out(after_draw, day)[0]
    once, n = release(after_draw, day, team).target, len(lines(after_draw))
    assert release(after_draw, day, team, "10:00").target == once
    assert len(lines(after_draw)) == n


def test_a_team_opens_the_file_that_the_releaser_made_for_it(after_draw, tmp_path):
    day = days_of(after_draw)[0]
    team, other = teams_out(after_draw, day)[0], teams_out(after_draw, day)[-1]
    out = tmp_path / "envelope.json"
    at = desk(after_draw, day, "08:30")
    assert draws.release(at, day, team, [key(after_draw, "releaser")], out).target is None
    target = draws.open_envelope(out, key(after_draw, f"team-{team}"), secret)
    assert target.unit_id
    assert team != other


def test_a_value_that_does_not_come_gives_way_to_the_next_source_in_order(at_dawn):
    day = days_of(at_dawn)[0]
    eve = day - timedelta(days=1)
    with pytest.raises(Refused):  # an hour is waited for
        draws.fall_back(desk(at_dawn, eve, "19:34"), day, "mất điện", custodians(at_dawn))
    found = draws.fall_back(desk(at_dawn, eve, "19:35"), day, "mất điện", custodians(at_dawn))
    assert "xúc xắc" in said(found.notes)
    with pytest.raises(BeaconRefused):  # the value that failed cannot come back
        run(at_dawn, day, "07:10", beacon(day))
    run(at_dawn, day, "07:10", f"{day:%d/%m/%Y} " + "12345 61234 56123 45612 34561")
    assert [x["attempt"] for x in lines(at_dawn) if x["type"] == "commit"] == [0, 1]
    assert problems(at_dawn) == []


def test_after_the_last_source_there_is_no_draw_only_a_signed_word(at_dawn):
    day = days_of(at_dawn)[0]
    draws.fall_back(desk(at_dawn, day, "06:00"), day, "mất điện", custodians(at_dawn))
    with pytest.raises(Refused) as refused:
        draws.fall_back(desk(at_dawn, day, "09:00"), day, "mất điện", custodians(at_dawn))
    assert "no-draw" in refused.value.message.say("vi")
    draws.no_draw(desk(at_dawn, day, "09:00"), day, "không có số", custodians(at_dawn))
    assert problems(at_dawn) == []


def test_shares_stand_in_for_a_missing_custodian_and_the_record_says_so(at_dawn):
    day = days_of(at_dawn)[0]
    shares = [
        (at_dawn / "keys" / f"deposit-2.share-{n}.txt").read_text(encoding="utf-8") for n in (3, 1)
    ]
    keys = [key(at_dawn, "custodian-1"), key(at_dawn, "deposit-2")]
    run(at_dawn, day, keys=keys, ask=with_shares(secret, shares))
    incident, draw = lines(at_dawn)[-2:]
    assert (incident["type"], incident["custodians"]) == ("incident", ["Thanh tra Thành phố"])
    assert draw["type"] == "draw"
    assert problems(at_dawn) == []


def test_a_deposited_key_draws_but_cannot_sign(at_dawn):
    day = days_of(at_dawn)[0]
    shares = [
        (at_dawn / "keys" / f"deposit-2.share-{n}.txt").read_text(encoding="utf-8") for n in (1, 2)
    ]
    keys = [key(at_dawn, "custodian-1"), key(at_dawn, "deposit-2")]
    at = desk(at_dawn, day, ask=with_shares(secret, shares))
    with refuses(Refused, "2 người"):
        draws.no_draw(at, day, "bão", keys)


def test_a_new_quarter_moves_no_rate_by_more_than_was_announced(tmp_path):
    from tests.draw_tamperings import record

    season = copied(record(), tmp_path)
    rates = DrawFolder(season / "draws").state()["rates"]
    assert len(rates) == 2
    assert all(abs(b - a) * 100 <= 20 * a + 100 for a, b in zip(*rates, strict=True))


def test_a_table_is_the_same_whatever_was_drawn_before(tmp_path):
    """A8: other targets yesterday, same roster: byte-identical tickets today."""
    tables = []
    for name, digits in (("one", "1" * 20), ("other", "2" * 20)):
        season = copied(sealed(), tmp_path / name)
        day, later = days_of(season)[:2]
        run(season, day, value=beacon(day, digits))
        commit(season, later)
        tables.append([x["input"] for x in lines(season) if x["type"] == "commit"])
    assert tables[0] == tables[1]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_planner_s_table_names_every_unit_and_stays_outside(at_start, tmp_path, lang):
    out = tmp_path / "chances.csv"
    at = desk(at_start, days_of(at_start)[0])
    inside = at_start / "draws" / "planner" / "chances.csv"
    with pytest.raises(Refused):
        draws.chances(at, office() / "data", office() / "plan", inside)
    draws.chances(at, office() / "data", office() / "plan", out)
    rows = out.read_text(encoding="utf-8-sig").splitlines()
    state = json.loads((at_start / "draws" / "planner" / "state.json").read_text())
    assert len(rows) == 1 + len(state["rates"][0])


def test_the_next_step_is_always_named(at_start):
    day, later = days_of(at_start)[:2]
    eve = day - timedelta(days=1)

    def step(when, clock):
        at = desk(at_start, when, clock)
        return said(next_steps(at.state, at.now))

    assert "congvu draw commit" in step(eve, "17:00")
    commit(at_start, day)
    assert "congvu draw run" in step(eve, "17:10")
    run(at_start, day)
    assert "congvu draw release" in step(day, "06:10")
    for team in teams_out(at_start, day):
        release(at_start, day, team)
    assert "congvu draw commit" in step(day, "09:00")
    assert f"{later:%d/%m/%Y}" in step(day, "09:00")
    assert "congvu draw no-draw" in step(later, "08:00")
    assert "congvu draw reveal" in step(day + timedelta(days=31), "08:00")


def test_the_newest_head_can_be_laid_out_again(after_draw):
    day = days_of(after_draw)[0]
    for file in (after_draw / "draws" / "anchors").iterdir():
        file.unlink()
    found = draws.anchors_again(desk(after_draw, day))
    line = found.files[0].read_text().strip()
    assert line == f"{found.n} {found.head}"
    assert told(after_draw, line.replace(" ", ":")).status == 0
    assert isinstance(found.notes, tuple)
    assert all(isinstance(note, Message) for note in found.notes)


def test_a_team_that_hands_its_slots_on_is_counted_where_the_record_stands(after_draw):
    day = days_of(after_draw)[0]
    gone = teams_out(after_draw, day)
    assert "giao cho tổ khác" not in said(draws.status(desk(after_draw, day, "08:30")))
    spare = next(t["team"] for t in lines(after_draw)[0]["teams"] if t["team"] not in gone)
    draws.substitute(desk(after_draw, day, "09:00"), day, 0, spare, "ốm", custodians(after_draw))
    draws.void(desk(after_draw, day, "09:10"), day, 1, "cháy", custodians(after_draw))
    told = said(draws.status(desk(after_draw, day, "09:20")))
    assert f"giao cho tổ khác: {gone[0]} 1; lượt bị hủy: 1" in told
