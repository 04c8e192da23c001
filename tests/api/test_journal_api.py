"""The journal from the doors: read by the auditor, verified from a terminal; nobody else sees a line."""

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from api.cli import app
from scheduler.journeys.online import journal

JOURNAL = "/api/v1/journal"
PIN = {"unit_id": "00199", "must": True, "reason": "Theo đề nghị"}


def with_lines(office):
    planner = office.client("planner")
    for _ in range(3):
        planner.post("/api/v1/pins", json=PIN)
    return office.client("auditor", lang="vi")


def break_line(store, seq):
    with store.engine.begin() as db:
        if store.dialect == "sqlite":
            db.execute(text("DROP TRIGGER IF EXISTS journal_no_update"))
        else:
            db.execute(text("DROP TRIGGER IF EXISTS journal_append_only ON journal"))
        db.execute(text("UPDATE journal SET actor = 'ai đó' WHERE seq = :seq"), {"seq": seq})


def test_the_auditor_reads_lines_newest_first_and_by_what_they_are_about(office):
    auditor = with_lines(office)
    page = auditor.get(JOURNAL, params={"noun": "pin", "limit": 2}).json()
    assert (page["total"], [line["noun_id"] for line in page["items"]]) == (3, ["3", "2"])
    assert page["items"][0]["actor"] == "planner"
    assert page["items"][0]["request_id"]
    assert auditor.get(JOURNAL, params={"noun": "pin", "noun_id": "2"}).json()["total"] == 1
    assert auditor.get(JOURNAL, params={"actor": "nobody"}).json()["total"] == 0


def test_reading_writes_no_line(office):
    auditor = with_lines(office)
    before = auditor.get(f"{JOURNAL}/head").json()
    auditor.get(JOURNAL)
    assert auditor.get(f"{JOURNAL}/verify").json()["head"] == before


def test_a_line_that_was_touched_is_named_in_the_readers_language(office):
    auditor = with_lines(office)
    assert auditor.get(f"{JOURNAL}/verify").json()["holds"] is True
    break_line(office.store, 2)
    found = auditor.get(f"{JOURNAL}/verify").json()
    assert (found["holds"], found["total_faults"], found["faults"][0]["seq"]) == (False, 1, 2)
    assert found["faults"][0]["message"] == "Dòng 2 đã bị sửa."


def test_many_faults_are_counted_and_the_first_hundred_told(small_office, monkeypatch):
    monkeypatch.setattr(journal, "MOST", 1)
    auditor = with_lines(small_office)
    for seq in (1, 2):
        break_line(small_office.store, seq)
    found = auditor.get(f"{JOURNAL}/verify").json()
    assert (len(found["faults"]), found["total_faults"]) == (1, 2)


@pytest.mark.parametrize("head", ["5", "x:y", "5:" + "g" * 64, "-5:" + "0" * 64])
def test_a_head_that_cannot_be_read_is_a_clear_word(small_office, head):
    answer = small_office.client("auditor").get(f"{JOURNAL}/verify", params={"head": head})
    assert answer.status_code == 409


def run(*words):
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def home(small_office, tmp_path, monkeypatch):
    """The terminal of the machine on which the server runs."""
    monkeypatch.setenv("CONGVU_HOME", str(tmp_path))
    monkeypatch.setenv("CONGVU_DATABASE_URL", small_office.store.url)
    with_lines(small_office)


def test_a_head_noted_yesterday_shows_today_that_nothing_is_missing(small_office, home):
    noted = run("journal", "head").output.strip()
    with_lines(small_office)
    assert run("journal", "verify", "--head", noted).exit_code == 0
    seq, _, seal = noted.partition(":")
    late = run("journal", "verify", "--head", f"{int(seq) + 99}:{seal}")
    assert (late.exit_code, "bị cắt" in late.output) == (1, True)


def test_the_terminal_says_which_line_was_touched(small_office, home):
    break_line(small_office.store, 2)
    found = run("journal", "verify")
    assert (found.exit_code, "Dòng 2 đã bị sửa." in found.output) == (1, True)


def test_a_folder_without_a_server_is_told_and_no_database_is_made(tmp_path, monkeypatch):
    monkeypatch.delenv("CONGVU_DATABASE_URL", raising=False)
    for words in (["journal", "verify"], ["backup", str(tmp_path / "b.zip")]):
        found = run(*words, "--home", str(tmp_path / "wrong"))
        assert (found.exit_code, "--home" in found.output) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_from_a_terminal_a_backup_goes_into_a_new_home(small_office, home, tmp_path, monkeypatch):
    saved = run("backup", str(tmp_path / "b.zip"))
    assert saved.exit_code == 0
    head = saved.output.split()[-1]
    monkeypatch.delenv("CONGVU_DATABASE_URL")
    there = ("--home", str(tmp_path / "new"))
    assert run("restore", str(tmp_path / "b.zip"), "--head", "1:" + "0" * 64, *there).exit_code == 1
    assert run("restore", str(tmp_path / "b.zip"), "--head", head, *there).exit_code == 0
    assert run("journal", "verify", "--head", head, *there).exit_code == 0
    again = run("restore", str(tmp_path / "b.zip"), *there)
    assert (again.exit_code, "không trống" in again.output) == (1, True)
