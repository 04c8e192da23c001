"""The journal: sealed lines that nobody changes, on both engines."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from data.records.actors import Actor
from data.store import journal
from data.store.tables.people import journal as table

AN = Actor(None, "An")
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def tell(store, *actions):
    for n, action in enumerate(actions):
        with store.writing(AN, NOON + timedelta(seconds=n)) as work:
            work.tell(action, "plan", n, {"tên": "kế hoạch «quý I»"})


def faults(store, noted=None):
    with store.reading() as db:
        return list(journal.faults_of(db, noted))


def behind_the_triggers(store, statement):
    with store.engine.begin() as db:
        if store.dialect == "sqlite":
            for what in ("update", "delete"):
                db.execute(text(f"DROP TRIGGER IF EXISTS journal_no_{what}"))
        else:
            db.execute(text("DROP TRIGGER IF EXISTS journal_append_only ON journal"))
        db.execute(statement)


def test_lines_follow_each_other_and_hold(store):
    tell(store, "made", "changed", "published")
    with store.reading() as db:
        page, total = journal.lines(db, limit=2)
    assert [line.action for line in page] == ["published", "changed"]
    assert total == 3
    assert page[0].previous == page[1].hash
    assert page[0].at == NOON + timedelta(seconds=2)
    assert faults(store) == []


@pytest.mark.parametrize("statement", [update(table).values(actor="Bình"), delete(table)])
def test_the_database_itself_refuses_to_change_a_line(store, statement):
    tell(store, "made")
    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as db:
        db.execute(statement)
    assert faults(store) == []


@pytest.mark.parametrize(
    "column", ["actor", "action", "noun", "noun_id", "request_id", "details", "previous"]
)
def test_a_line_changed_behind_the_triggers_is_found(store, column):
    tell(store, "made", "changed", "published")
    behind_the_triggers(store, update(table).where(table.c.seq == 2).values({column: '{"a":1}'}))
    assert 2 in {fault.seq for fault in faults(store)}


def test_a_line_taken_out_of_the_middle_is_found(store):
    tell(store, "made", "changed", "published")
    behind_the_triggers(store, delete(table).where(table.c.seq == 2))
    assert [fault.seq for fault in faults(store)] == [3]


def test_a_tail_that_was_cut_off_is_found_by_whoever_noted_the_head(store):
    tell(store, "made", "changed", "published")
    with store.reading() as db:
        noted = journal.head(db)
    behind_the_triggers(store, delete(table).where(table.c.seq == 3))
    assert faults(store) == []
    assert [fault.seq for fault in faults(store, noted)] == [3]


def test_a_write_without_a_journal_line_saves_nothing(store):
    with pytest.raises(AssertionError), store.writing(AN, NOON) as work:
        work.db.execute(text("INSERT INTO blobs VALUES ('a', 0, '')"))
    with store.reading() as db:
        assert db.execute(text("SELECT count(*) FROM blobs")).scalar_one() == 0


def test_a_write_that_fails_leaves_no_line(store):
    def half_done():
        with store.writing(AN, NOON) as work:
            work.tell("made", "plan", 1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    assert faults(store) == []
    with store.reading() as db:
        assert journal.head(db) == (0, journal.START)


def test_a_seal_does_not_hang_on_the_zone_of_the_clock(store):
    with store.writing(AN, NOON.astimezone(timezone(timedelta(hours=7)))) as work:
        work.tell("made", "plan", 1, {})
    assert faults(store) == []
