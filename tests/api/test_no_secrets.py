"""No password, token or hash in any answer, journal line or log: all that is written is looked through."""

import io
import logging

import pytest
import structlog

from api.logs import configure
from data.store import accounts, journal
from data.store.sessions import hash_of
from scheduler.journeys.online.links import first_admin_link

OLD, NEW, WRONG = "ba con gà trống", "bốn con vịt bơi", "năm con mèo trèo cau"


class Ears:
    """A client's answers, as text with headers; the few places that have to show a secret are told apart."""

    def __init__(self, office):
        self.office, self.heard, self.shown = office, [], []

    def client(self, **headers):
        return self.office.anonymous(**headers)

    def ask(self, client, method, path, shows="", **more):
        answer = client.request(method, f"/api/v1{path}", **more)
        headers = {k: v for k, v in answer.headers.items() if k != "set-cookie"}
        text = answer.text
        if shows:
            self.shown.append(answer.json()[shows])
            text = text.replace(answer.json()[shows], "")
        self.heard.append(f"{headers} {text}")
        return answer


def everything_people_do(office, ears):
    """First administrator, account, link, good and bad sign-ins, new password, token, errors."""
    first = first_admin_link(office.store, office.now)
    ears.shown.append(first)
    body = {"token": first, "username": "chief", "name": "Chief", "password": OLD}
    door = ears.client()
    ears.ask(door, "POST", "/first-admin", json={**body, "password": "chief"})
    ears.ask(door, "POST", "/first-admin", json={**body, "username": "?", "unknown": OLD})
    ears.ask(door, "POST", "/first-admin", json=body)
    ears.ask(door, "POST", "/first-admin", json=body)
    chief = ears.client()
    ears.ask(chief, "POST", "/sessions", json={"username": "chief", "password": OLD})
    lan = {"username": "lan.anh", "name": "Lan", "roles": ["planner"]}
    where = ears.ask(chief, "POST", "/accounts", json=lan).headers["location"][len("/api/v1") :]
    link = ears.ask(chief, "POST", f"{where}/password-links", shows="token").json()["token"]
    ears.ask(door, "POST", "/passwords", json={"token": link, "password": OLD})
    ears.ask(door, "POST", "/passwords", json={"token": link, "password": OLD})
    for wrong in (WRONG, {"a": WRONG}, [WRONG], WRONG * 60, None):
        ears.ask(door, "POST", "/sessions", json={"username": "lan.anh", "password": wrong})
    ears.ask(door, "POST", "/sessions", json={"username": WRONG, "password": WRONG})
    ears.ask(door, "POST", "/sessions", content=f'{{"password": "{WRONG}')
    desk = ears.client(**{"User-Agent": "desk"})
    ears.ask(desk, "POST", "/sessions", json={"username": "lan.anh", "password": OLD})
    ears.ask(desk, "PUT", "/me/password", json={"old": WRONG, "new": NEW})
    ears.ask(desk, "PUT", "/me/password", json={"old": OLD, "new": NEW})
    wanted = {"name": "đêm", "scopes": ["me"], "days": 3}
    key = {"Idempotency-Key": "lap-lai-0001"}
    token = ears.ask(desk, "POST", "/tokens", shows="token", json=wanted, headers=key)
    program = ears.client(Authorization=f"Bearer {token.json()['token']}")
    for path in ("/me", "/tokens", "/pins"):
        ears.ask(program, "GET", path)
    for path in ("/me", "/sessions", "/tokens", "/accounts"):
        ears.ask(desk, "GET", path)
        ears.ask(chief, "GET", path)
    broken = office.passwords
    office.app.state.passwords = None  # a mistake of ours: the answer is 500
    ears.ask(door, "POST", "/sessions", json={"username": "lan.anh", "password": NEW})
    office.app.state.passwords = broken
    for _ in range(6):
        ears.ask(door, "POST", "/sessions", json={"username": "lan.anh", "password": WRONG})
    ears.shown += [c.cookies["congvu"] for c in (chief, desk)]
    ears.ask(desk, "DELETE", "/sessions/current")


@pytest.fixture(params=[True, False], ids=["json", "terminal"])
def log(request):
    """What the server writes into its log, in either form."""
    root, stream = logging.getLogger(), io.StringIO()
    before, level = list(root.handlers), root.level
    configure("DEBUG", stream, as_json=request.param)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)


def test_no_secret_is_written_anywhere(office, log, capfd):
    ears = Ears(office)
    everything_people_do(office, ears)
    with office.store.reading() as db:
        told = [repr(line) for line in journal.lines(db, limit=500)[0]]
        kept = [a.password_hash for a in accounts.page(db, 0, 10)[0]]
        stored = repr([
            db.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
            for table in ("accounts", "sessions", "tokens", "links", "sign_ins", "answers_given")
        ])  # fmt: skip
    out, err = capfd.readouterr()
    secrets = [OLD, NEW, WRONG, *ears.shown]
    assert len(kept) == 2
    assert len(ears.shown) == 5
    assert len(told) > 15
    assert "Traceback" in log.getvalue() or "AttributeError" in log.getvalue()
    hashes = [*kept, *(hash_of(secret) for secret in ears.shown)]
    written = {
        "answers": "\n".join(ears.heard),
        "journal": "\n".join(told),
        "log": log.getvalue() + out + err,
    }
    found = [
        (where, secret)
        for where, text in written.items()
        for secret in [*secrets, *hashes]
        if secret in text
    ]
    assert found == []
    assert [secret for secret in secrets if secret in stored] == []
