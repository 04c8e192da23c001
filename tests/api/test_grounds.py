"""Why somebody is spared, and kin, reach nobody but HR: every address, file, run, journal line and log."""

import io
import json
import zipfile

import pytest
from sqlalchemy import select

from api.app import V1
from api.routes import ROUTERS
from data.columns import tables
from data.store.tables.work import runs as runs_table
from tests.hr_office import (
    DECISION,
    EVIDENCE,
    GROUND,
    RELATION,
    SECRETS,
    accept,
    guarded_year,
    rotation,
)
from tests.tries import THOROUGH

OTHERS = ("planner", "leader", "inspector", "auditor", "administrator")
ONLINE = "Phiếu-online-93ab1e"
QUERY = {"from": "2027", "to": "2028", "limit": "500"}
PLANTED = {EVIDENCE, ONLINE, DECISION, RELATION}
OF_THE_LAW = ("/datasets/template", "/rules")  # name every ground there is, and nobody
LISTS = ("deferred", "exempt", "spared", "missing", "single")


def texts(content):
    """A file as text; what is packed, unpacked."""
    if content[:2] != b"PK":
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def told(text):
    """The secrets in a text, also as JSON writes them."""
    return [s for s in (*SECRETS, ONLINE) if s in text or json.dumps(s)[1:-1] in text]


@pytest.fixture
def guarded(small_office):
    """An office with a plan that rests on secrets, and more secrets written online: (office, ids)."""
    accept(small_office, guarded_year())
    plan = rotation(small_office)
    hr = small_office.client("hr")
    spare = {
        "staff_id": "Chi", "ground": GROUND, "start": "2026-12-01", "end": None, "evidence": ONLINE,
    }  # fmt: skip
    spared = hr.post(f"{V1}/deferrals", json=spare)
    assert spared.status_code == 201
    where = spared.headers["Location"]
    hr.put(
        where, json={**spare, "start": "2026-12-02"}, headers={"If-Match": spared.headers["ETag"]}
    )
    taken = {
        "staff_id": "An", "kind": "suspension", "start": "2027-02-01", "end": "2027-03-01",
        "decision_no": DECISION,
    }  # fmt: skip
    measure = hr.post(f"{V1}/measures", json=taken).json()["id"]
    tag = hr.get(f"{V1}/rotations/{plan}").headers["ETag"]
    hr.post(f"{V1}/rotations/{plan}/check", headers={"If-Match": tag})
    run = hr.get(f"{V1}/rotations/{plan}").json()["run_id"]
    names = [f["name"] for f in hr.get(f"{V1}/rotations/{plan}/files").json()["items"]]
    ids = {
        "rotation_id": [plan], "plan_id": [plan], "deferral_id": [where.rsplit("/", 1)[1]],
        "measure_id": [measure], "staff_id": ["Bình", "Chi", "An"], "run_id": [run], "name": names,
        "dataset_id": [1],
        "table": list(tables()),
    }  # fmt: skip
    return small_office, ids


def addresses(ids):
    """Every address that is read, with ids that name something wherever there is something."""
    for router in ROUTERS:
        for route in router.routes:
            if "GET" in route.methods:
                found = [route.path]
                for name in [
                    part.strip("{}").split(":")[0] for part in route.path.split("/") if "{" in part
                ]:
                    found = [
                        path.replace(f"{{{name}}}", str(value)).replace(
                            f"{{{name}:path}}", str(value)
                        )
                        for path in found
                        for value in ids.get(name, [1])
                    ]
                for path in found:
                    for which in LISTS if path.endswith("/spared") else ("",):
                        yield V1 + path, {**QUERY, **({"which": which} if which else {})}


def test_no_address_tells_a_secret_to_anybody_but_hr(guarded, capsys):
    office, ids = guarded
    everything = list(addresses(ids))
    assert len(everything) > 40
    hr = office.client("hr")
    seen = {
        s for path, query in everything for s in told(texts(hr.get(path, params=query).content))
    }
    assert seen >= PLANTED | {GROUND}  # the walk would find them
    for nth, role in enumerate(OTHERS):
        for lang in ("vi", "en"):
            client = office.client(role, lang=lang)
            # half of them in either language, the halves changed from role to role
            for path, query in (
                everything if THOROUGH else everything[(nth + (lang == "en")) % 2 :: 2]
            ):
                answer = client.get(path, params=query)
                assert answer.status_code < 500, (role, path, answer.text)
                found = told(texts(answer.content))
                if path.startswith(tuple(V1 + place for place in OF_THE_LAW)):
                    found = [secret for secret in found if secret in PLANTED]
                assert found == [], (role, path)
    assert told(capsys.readouterr().out) == []


def test_neither_the_journal_nor_a_run_knows_a_secret(guarded):
    office, _ = guarded
    lines = office.journal()
    assert {line.action for line in lines} >= {"deferral.added", "measure.added", "plan.made"}
    assert told("\n".join(json.dumps(line.details, ensure_ascii=False) for line in lines)) == []
    with office.store.reading() as db:
        for row in db.execute(select(runs_table)):
            assert (
                told(json.dumps([row.ask, row.progress, row.result, row.error], ensure_ascii=False))
                == []
            )


def test_a_refused_request_does_not_repeat_what_it_said(guarded, capsys):
    office, _ = guarded
    bad = {"staff_id": "Không ai", "ground": GROUND, "start": "2027-01-01", "evidence": ONLINE}
    for role in ("hr", "leader"):
        for body in (bad, {**bad, "end": "x"}, {**bad, "start": None}):
            answer = office.client(role).post(f"{V1}/deferrals", json=body)
            assert answer.status_code in (403, 409, 422)
            assert told(answer.text) == []
    assert told(capsys.readouterr().out) == []
