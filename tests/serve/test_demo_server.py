"""`congvu demo --serve`: made whole or not at all, quick the second time, and open to whoever tries it."""

import json
import re
import signal
import socket
import subprocess
import sys

import pytest
from httpx2 import Client
from typer.testing import CliRunner

from api import demo_home, serving
from api.cli import app
from api.commands import demo
from api.tour import STOPS
from data.store.store import Store
from scheduler.errors import Refused
from scheduler.journeys.online.demo_people import NOTE, PEOPLE, new_password, sign_ins
from scheduler.journeys.online.demo_tour import sights
from tests.browser.pictured import small_effort
from tests.clients import START
from tests.databases import fresh_url
from tests.serve.servers import ROOT, Served, free_port

HTML = {"accept": "text/html"}
MAKE = """
import sys
from pathlib import Path
from tests.serve.test_demo_server import made
made(Path(sys.argv[1]), lambda word: print(word.say("vi"), flush=True))
"""


def tried(*more):
    """`congvu demo --serve` with these options, at a port that nobody else takes meanwhile."""
    return CliRunner().invoke(app, ["demo", "--serve", "--port", str(free_port()), *more])


def made(home, told=lambda word: None):
    """The demonstration of a small city in this home."""
    settings = demo.settings_of(home, "127.0.0.1", 8270)
    quick = small_effort(papers=True, year_s=0.3, change_s=0.3, rotation_s=0.3)
    return demo_home.ready(settings, lambda: START, told, effort=quick)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A demonstration, made after a first start was killed in the middle."""
    home = tmp_path_factory.mktemp("demo") / "server"
    child = subprocess.Popen(
        [sys.executable, "-c", MAKE, str(home)], stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    for line in child.stdout:
        if line.startswith("Lập, phê duyệt"):
            break
    child.send_signal(signal.SIGKILL)
    child.wait(30)
    child.stdout.close()
    (left,) = home.parent.iterdir()
    assert (left / "congvu.db").exists()
    assert not home.exists()
    made(home)
    assert list(home.parent.iterdir()) == [home]
    return home


@pytest.fixture(scope="module")
def served(home):
    """A real server on it, and what it printed: the second start makes nothing anew."""
    before = (home / NOTE).read_bytes()
    running = Served(home)
    running.env.pop("CONGVU_HOME")
    with running.log.open("a") as log:
        running.process = subprocess.Popen(
            [sys.executable, "-m", "api.cli", "demo", "--serve", "--out", str(home.parent),
             "--port", str(running.port)],
            env=running.env, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
    lines = [running.process.stdout.readline() for _ in range(2 + len(PEOPLE))]
    yield running, "".join(lines)
    assert running.end(signal.SIGTERM) == 0
    assert (home / NOTE).read_bytes() == before


def signed_in(running, account, password):
    client = Client(base_url=running.url, headers=HTML, timeout=60)
    form = {"username": account.username, "password": password, "next": "/tour"}
    answer = client.post("/sign-in", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/tour")
    return client


def test_the_terminal_and_the_first_page_say_who_may_come_in(home, served):
    running, printed = served
    found = sign_ins(home)
    assert running.url in printed
    assert found.password in printed
    assert re.findall(r"(?m)^  (\S+)", printed) == [one.username for one in found.accounts]
    with Client(base_url=running.url, headers=HTML) as nobody:
        page = nobody.get("/sign-in").text
    assert "demo-banner" in page
    assert page.count(f'value="{found.password}"') == len(PEOPLE)
    assert (home / NOTE).stat().st_mode & 0o077 == 0
    assert found.password not in running.log.read_text()


def test_everything_of_the_tour_is_there_for_who_is_to_try_it(home, served):
    running, _ = served
    found = sign_ins(home)
    people = {one.role: signed_in(running, one, found.password) for one in found.accounts}
    assert people.keys() == PEOPLE.keys()
    store = Store(f"sqlite:///{home}/congvu.db")
    ids = sights(store)
    store.close()
    assert ids.keys() == {"in_force", "amendment", "waiting", "rotation", "faulty"}
    tour = people["planner"].get("/tour").text
    for stop in STOPS:
        path = stop.path.format(**ids)
        if "/rotations" not in path or path in tour:
            assert people[stop.role].get(path).status_code == 200, path
            assert path in tour
    faults = people["planner"].get(f"/datasets/{ids['faulty']}").text
    assert "HN-KHONGCO" in faults
    assert "hai mươi mốt" in faults
    for client in people.values():
        client.close()


def test_what_was_made_went_through_the_usual_hands(home):
    store = Store(f"sqlite:///{home}/congvu.db")
    with store.reading() as db:
        told = db.exec_driver_sql("SELECT actor, action FROM journal ORDER BY seq").fetchall()
    store.close()
    by = {(actor, action) for actor, action in told}
    assert {("lanh.dao", "plan.approved"), ("ke.hoach", "plan.published")} <= by
    assert ("kiem.tra", "finding.added") in by
    assert ("ke.hoach", "plan.approved") not in by


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    store = Store(fresh_url("sqlite", tmp_path))
    store.close()
    (tmp_path / "server").mkdir()
    (tmp_path / "server" / "congvu.db").write_bytes(b"somebody's own")
    with pytest.raises(Refused, match="not that of a demonstration"):
        made(tmp_path / "server")
    refused = tried("--out", str(tmp_path))
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert (tmp_path / "server" / "congvu.db").read_bytes() == b"somebody's own"


def test_a_port_that_is_taken_is_told_before_anything_is_made(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        args = ["demo", "--serve", "--out", str(tmp_path / "try"), "--port", port]
        said = CliRunner().invoke(app, args)
    assert said.exit_code == 1
    assert f"Cổng {port}" in said.output
    assert not (tmp_path / "try").exists()


def test_a_note_that_cannot_be_read_is_told_with_what_to_do(tmp_path):
    (tmp_path / NOTE).write_text('{"password": 1}', encoding="utf-8")
    with pytest.raises(Refused, match="Delete the whole folder"):
        sign_ins(tmp_path)


@pytest.mark.parametrize(("host", "warned"), [("127.0.0.1", False), ("0.0.0.0", True)])
def test_an_address_that_others_reach_is_warned_of(tmp_path, monkeypatch, host, warned):
    asked = []
    monkeypatch.setattr(demo_home, "ready", lambda *a, **k: None)
    monkeypatch.setattr(serving, "serve", lambda settings, where, *a, **k: asked.append(where))
    said = tried("--out", str(tmp_path), "--host", host)
    assert (said.exit_code, asked) == (0, [host])
    assert ("Chú ý" in said.stderr) == warned


def test_the_settings_of_a_real_server_do_not_reach_the_demonstration(tmp_path, monkeypatch):
    monkeypatch.setenv("CONGVU_DATABASE_URL", "postgresql://u:p@127.0.0.1/real")
    monkeypatch.setenv("CONGVU_HOME", str(tmp_path / "real"))
    settings = demo.settings_of(tmp_path / "demo", "127.0.0.1", 8270)
    assert settings.store_url == f"sqlite:///{tmp_path / 'demo' / 'congvu.db'}"
    assert settings.demo


@pytest.mark.parametrize("made_up", [True, False])
def test_what_is_made_up_says_so_however_it_is_served(home, tmp_path, monkeypatch, made_up):
    asked = []
    monkeypatch.setattr(serving, "serve", lambda settings, *a, **k: asked.append(settings.demo))
    where = home if made_up else tmp_path
    assert CliRunner().invoke(app, ["serve", "--home", str(where)]).exit_code == 0
    assert asked == [made_up]


def test_every_installation_has_a_password_of_its_own():
    assert len({new_password() for _ in range(50)}) == 50
    assert all(re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){2}", new_password()) for _ in range(50))


def test_the_note_says_nothing_but_who_may_sign_in(home):
    told = json.loads((home / NOTE).read_text("utf-8"))
    assert told.keys() == {"password", "accounts"}
