"""The log: one object a line, with the ids that belong together, and no secret, whatever went wrong."""

import io
import json
import logging

import pytest
import structlog
from fastapi import APIRouter
from fastapi.testclient import TestClient
from pydantic import BaseModel
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from api import logs
from api.identity import cookie_name
from data.store.tables.people import accounts
from data.store.tables.work import blobs
from tests.clients import Office

SECRET = "Mật-khẩu-hunter2-bí-mật"


@pytest.fixture
def log():
    """The log of this test, set up as the server does it."""
    stream, root = io.StringIO(), logging.getLogger()
    before, level, config = list(root.handlers), root.level, structlog.get_config()
    logs.configure(stream=stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    structlog.configure(**config)
    structlog.contextvars.clear_contextvars()


def lines(log):
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_one_line_that_says_who_and_what_and_not_what_was_asked(small_office, log):
    planner = small_office.client("planner")
    answer = planner.get("/api/v1/pins?limit=7&q=bí-mật", headers={"X-Request-Id": "mine-1"})
    assert answer.headers["X-Request-Id"] == "mine-1"
    (line,) = lines(log)
    assert (line["event"], line["request_id"], line["status"]) == ("request", "mine-1", 200)
    assert line["path"] == "/api/v1/pins"
    assert line["account"] == small_office.account("planner")
    assert "bí-mật" not in log.getvalue()
    assert planner.cookies[cookie_name(small_office.settings)] not in log.getvalue()


@pytest.mark.parametrize("odd", ["a\nb", "x" * 65, "é", "<script>"])
def test_an_odd_request_id_is_not_taken_over(small_office, odd):
    answer = small_office.anonymous().get("/healthz", headers={"X-Request-Id": odd.encode()})
    assert odd not in answer.headers["X-Request-Id"]


class Form(BaseModel):
    age: int


def mishaps(store):
    """Routes that go wrong in the ways that carry somebody's secret in the error."""
    router = APIRouter()

    @router.get("/mishap/ours")
    def ours():
        password = SECRET
        raise RuntimeError(len(password))

    @router.get("/mishap/database")
    def database():
        with store.writing(None, None) as work:
            work.db.execute(insert(accounts).values(username=SECRET, name=SECRET))

    @router.get("/mishap/twice")
    def twice():
        with store.upkeep() as db:
            for _ in range(2):
                row = {"sha256": SECRET, "size": 1, "content": SECRET.encode()}
                db.execute(insert(blobs).values(**row))

    @router.get("/mishap/form")
    def form():
        Form.model_validate({"age": SECRET})

    return router


@pytest.mark.parametrize("what", ["ours", "database", "twice", "form"])
def test_a_mishap_tells_neither_the_caller_nor_the_log_a_secret(store, log, what):
    office = Office(store)
    office.app.include_router(mishaps(store))
    answer = TestClient(office.app, raise_server_exceptions=False).get(
        f"/mishap/{what}", headers={"Authorization": f"Bearer {SECRET.encode().hex()}"}
    )
    assert answer.status_code == 500
    assert answer.json()["type"] == "/problems/unforeseen"
    assert "Traceback" not in answer.text
    assert "line" not in answer.text
    assert SECRET not in answer.text
    failed = next(line for line in lines(log) if line["event"] == "request.failed")
    assert failed["request_id"] == answer.json()["instance"]
    assert f"in {what}" in failed["exception"]  # the place is told
    for form in (SECRET, SECRET.encode().hex(), repr(SECRET.encode())[2:-1]):
        assert form not in log.getvalue()


@pytest.mark.parametrize(
    "told",
    [
        {"password": SECRET}, {"Authorization": SECRET}, {"nested": {"cookie": SECRET}},
        {"url": f"postgresql://congvu:{SECRET}@db/congvu"}, {"token_hash": SECRET},
        {"note": "cvt_" + "hunter2bimat"}, {"text": "Authorization: Bearer hunter2bimat"},
        {"address": "/first?link=hunter2bimat"}, {"many": [{"a": ["cvt_hunter2bimat"]}]},
        {"link": SECRET}, {"hash": "$argon2id$hunter2bimat"},
        {"raw": b"Cookie: congvu=hunter2bimat; lang=vi"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("as_json", [True, False])
def test_a_secret_is_hidden_by_its_name_and_by_its_form(told, as_json, log):
    stream = io.StringIO()
    logs.configure(stream=stream, as_json=as_json)
    structlog.get_logger("x").info("told", **told)
    logging.getLogger("uvicorn.error").warning("told", extra=told)
    assert stream.getvalue().count("told") >= 2
    assert "hunter2" not in stream.getvalue()


def test_lines_of_libraries_come_in_the_same_form_with_the_same_ids(log):
    structlog.contextvars.bind_contextvars(run_id="r1")
    logging.getLogger("uvicorn.error").warning("a %s", "word")
    (line,) = lines(log)
    assert (line["event"], line["run_id"], line["logger"]) == ("a word", "r1", "uvicorn.error")


def test_an_exception_keeps_its_causes_in_order(log):
    try:
        try:
            {}["first"]
        except KeyError as error:
            raise ValueError(2) from error
    except ValueError:
        structlog.get_logger("x").exception("failed")
    told = lines(log)[0]["exception"]
    assert told.index("KeyError") < told.index("ValueError: 2")


def test_an_error_of_the_database_does_not_carry_what_somebody_typed(sqlite_store):
    with pytest.raises(IntegrityError) as told, sqlite_store.upkeep() as db:
        db.execute(insert(accounts).values(username=SECRET, name=SECRET))
    assert SECRET not in str(told.value)
