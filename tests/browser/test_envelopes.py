"""A surprise target: opened by its team's key, shown once, on no other page and in nothing that is kept."""

import json

import pytest
from playwright.sync_api import expect

from data.draws import keys, sealing
from data.records.actors import PROGRAM
from data.store import datasets, draws, files
from scheduler.journeys.online.envelopes import Envelope
from scheduler.surprise.draw import canonical
from tests.browser.inspecting import HAI, LAN, TODAY

PASSPHRASE = "mười hai con gà trống"
TARGET = "Phường Hoàng Liệt"


@pytest.fixture(scope="module")
def envelope(at_work, tmp_path_factory):
    """A handed envelope for Lan's team T01, and the file of the team's key."""
    office, _ = at_work
    content, key = keys.make_key("team", "T01", PASSPHRASE, keys.LEAST_COST)
    day = TODAY.isoformat()
    paper = {
        "day": day,
        "slot": 0,
        "team": "T01",
        "departure": "08:00",
        "unit": "00337",
        "name": TARGET,
    }
    box = sealing.seal(
        key.public.seal, sealing.padded(canonical(paper)), f"envelope {day} 0 T01".encode()
    )
    handed = {"day": day, "slot": 0, "team": "T01", "box": box.hex()}
    teams = [{"team": "T01", "members": [LAN, "TV0013"]}, {"team": "T02", "members": [HAI]}]
    with office.store.writing(PROGRAM, office.now) as work:
        draw = draws.add(work, "2027", datasets.current(work.db).id, None, rehearsal=True)
        files.put(work.db, draws.NOUN, draw, {
            Envelope(draw, TODAY, 1, "T01").file: json.dumps(handed).encode(),
            draws.RECORD + "planner/state.json": json.dumps({"teams": teams}).encode(),
        })  # fmt: skip
        work.tell("draw.begun", "draw", draw, {})
    file = tmp_path_factory.mktemp("key") / "T01.key"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(("lang", "width"), [("vi", 390), ("en", 1440)])
def test_the_teams_key_opens_it_and_the_target_is_shown_once(lan, at_work, envelope, lang, width):
    office, _ = at_work
    visitor = lan(lang=lang, width=width)
    page = visitor.goes("/envelopes")
    assert (visitor.violations(), visitor.runs_over()) == ([], 0)
    before = len(opened(office))
    page.locator("[name=key]").set_input_files(envelope)
    page.locator("[name=passphrase]").fill("không phải mật khẩu này")
    page.locator("main form button").click()
    expect(page.locator(".form-problem .notice")).to_be_visible()
    expect(page.locator("#target")).to_be_empty()
    assert len(opened(office)) == before  # nothing was opened, nothing is said to have been
    page.locator("[name=passphrase]").fill(PASSPHRASE)
    page.locator("main form button").click()
    expect(page.locator("#target")).to_contain_text(TARGET)
    expect(page.locator("#target")).to_contain_text("08:00")
    assert (visitor.violations(), visitor.runs_over()) == ([], 0)
    assert len(opened(office)) == before + 1
    visitor.goes("/envelopes")
    assert TARGET not in page.content()
    assert TARGET not in str(page.context.cookies())
    kept = page.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) =>"
        " cache.matchAll()).then((all) => Promise.all(all.map((one) => one.text()))))))"
        ".then((texts) => JSON.stringify(texts))"
    )
    assert TARGET not in kept
    assert visitor.wrong == []


def test_another_team_sees_no_envelope_and_opens_none(lan, at_work, envelope):
    office, _ = at_work
    page = lan(name="hai", inspector_id=HAI).goes("/envelopes")
    expect(page.get_by_text("Chưa có phong bì nào")).to_be_visible()
    stranger = office.client("inspector", name="hai")
    path = f"/envelopes/1/{TODAY}/1/T01/open"
    form = {"data": {"passphrase": PASSPHRASE}, "files": {"key": envelope.read_bytes()}}
    assert stranger.post(path, **form).status_code == 404
    mine = office.client("inspector", name="lan").post(path, **form)
    assert mine.status_code == 200  # without scripts: a page of its own
    assert TARGET in mine.text
    assert mine.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe\x00", b"[" * 9000, b"x" * 300_000])
def test_a_file_that_is_no_key_is_refused_with_a_word(lan, at_work, envelope, content):
    mine = at_work[0].client("inspector", name="lan", inspector_id=LAN)
    form = {"data": {"passphrase": PASSPHRASE}, "files": {"key": content}}
    answer = mine.post(f"/envelopes/1/{TODAY}/1/T01/open", headers={"HX-Request": "true"}, **form)
    assert answer.status_code in (409, 413, 422)
    assert 'class="notice notice-bad"' in answer.text
    assert TARGET not in answer.text


def opened(office):
    return [line for line in office.journal() if line.action == "envelope.opened"]
