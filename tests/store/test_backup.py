"""A backup holds everything, on either engine, while people write; a restore brings all of it or nothing."""

import hashlib
import json
import stat
import threading
import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import JSON, Boolean, Date, Float, Integer, LargeBinary, func, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from data.records.actors import PROGRAM, Actor
from data.store import backup, journal, runs, upgrading
from data.store.backup import BackupFault
from data.store.errors import StoreError, StoreUnavailable, Taken
from data.store.pins import PinText
from data.store.schema import metadata
from data.store.store import Store
from data.store.tables.people import journal as journal_table
from data.store.tables.work import blobs
from data.store.types import Moment
from scheduler.errors import Refused
from scheduler.journeys.online import backups, pins
from scheduler.journeys.online.journal import verify
from tests.databases import ENGINES, empty_url, fresh_url
from tests.plan_offices import bare_plan

NOON = datetime(2027, 3, 1, 5, 0, 0, 123456, tzinfo=UTC)
WORDS = 'Đặng «Thị» Ữ\n"x" \\ \u2028 😀'
PIN = PinText(unit_id="00199", must=True, reason=WORDS)
PLANNER = Actor(None, "lan", frozenset({"plans.read", "plans.draft"}))


def some_value(column, n, made):
    """A value of the column's type, with whatever is hard to carry from one engine to the other."""
    for key in column.foreign_keys:
        rows = made[key.column.table.name]  # of its own table: the row before
        return rows[min(n, len(rows) - 1)][key.column.name] if rows else None
    if n and column.nullable:
        return None
    if column.name == "sha256":
        return hashlib.sha256(bytes([n])).hexdigest()
    kinds = {
        Boolean: bool(n), Integer: n + 1, Date: date(2024, 2, 29), Float: 0.1 + n, LargeBinary: bytes([n]),
        Moment: NOON + timedelta(seconds=n), JSON: {"a": [1, None, WORDS], "b": {}},
    }  # fmt: skip
    for kind, value in kinds.items():
        if isinstance(column.type, kind):
            return value
    return f"{n}{column.name}{WORDS}"[: column.type.length or 500]


def fill(store):
    """Two rows in every table of the schema, so that no new table is forgotten; three journal lines."""
    made = {}
    with store.upkeep() as db:
        for table in metadata.sorted_tables:
            made[table.name] = []
            for n in range(0 if table is journal_table else 2):
                row = {c.name: some_value(c, n, made) for c in table.columns}
                if table is blobs:
                    row["size"] = 1
                db.execute(insert(table).values(**row))
                made[table.name].append(row)
    for n in range(3):
        with store.writing(Actor(1, WORDS), NOON + timedelta(seconds=n)) as work:
            work.tell("made", "plan", n, {"tên": WORDS})


def ended(rows):
    """The same with every session ended at the restore: one ended later than the backup must not live again."""
    sessions = [{**row, "ended_at": row["ended_at"] or NOON} for row in rows["sessions"]]
    return {**rows, "sessions": sessions}


def content(store):
    """Every row of every table."""
    with store.reading() as db:
        return {
            table.name: [
                row._asdict() for row in db.execute(select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
        }


@pytest.fixture
def empty(tmp_path):
    """Makes stores without any table."""
    opened = []

    def make(engine="sqlite"):
        opened.append(Store(empty_url(engine, tmp_path)))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def saved(sqlite_store, tmp_path):
    """A backup of a filled store."""
    fill(sqlite_store)
    return backups.make_backup(sqlite_store, tmp_path / "saved.zip", NOON)


@pytest.mark.parametrize("target", ENGINES)
def test_everything_goes_from_either_engine_to_either(store, empty, tmp_path, target):
    fill(store)
    before = content(store)
    assert all(before.values())
    made = backups.make_backup(store, tmp_path / "b.zip", NOON)
    assert made.noted
    there = empty(target)
    backups.restore(there, made.path, NOON)
    after = content(there)
    *lines, last = after.pop("journal")
    assert lines == before.pop("journal")
    assert last["action"] == "store.restored"
    assert after == ended(before)
    assert verify(there, made.manifest.head).holds


@pytest.mark.parametrize("target", ENGINES)
def test_a_published_plan_comes_back_with_its_rows_and_is_sealed_again(
    office, empty, tmp_path, target
):
    plans = [bare_plan(office, status) for status in ("published", "amended", "closed", "draft")]
    before = content(office.store)
    made = backups.make_backup(office.store, tmp_path / "b.zip", NOON)
    there = empty(target)
    backups.restore(there, made.path, NOON)
    after = content(there)
    for name in ("plans", "visits", "visit_people", "reserve_weeks", "files"):
        assert after[name] == before[name] != []
    visits = metadata.tables["visits"]
    for plan in plans[:3]:
        with pytest.raises(DBAPIError, match="never changes"), there.upkeep() as db:
            db.execute(visits.delete().where(visits.c.plan_id == plan))


@pytest.mark.parametrize("target", ENGINES)
def test_the_restored_store_is_one_to_work_in(saved, empty, target):
    there = empty(target)
    backups.restore(there, saved.path, NOON)
    made = pins.add_pin(there, PLANNER, NOON, PIN)
    with there.reading() as db:
        assert made.id == db.execute(select(func.max(metadata.tables["pins"].c.id))).scalar() == 3
        assert db.execute(select(func.count()).select_from(metadata.tables["pins"])).scalar() == 3
    with pytest.raises(IntegrityError), there.writing(PROGRAM, NOON) as work:
        work.db.execute(
            insert(metadata.tables["feeds"]).values(account_id=99, token_hash="", made_at=NOON)
        )


def test_a_work_that_was_open_waits_in_the_queue_again(sqlite_store, empty, tmp_path):
    with sqlite_store.writing(PROGRAM, NOON) as work:
        waiting, begun = runs.ask(work, "plan", {}), runs.ask(work, "rotate", {})
        runs.begin(work.db, begun, NOON)
    there = empty()
    backups.restore(there, backups.make_backup(sqlite_store, tmp_path / "b", NOON).path, NOON)
    with there.reading() as db:
        assert {run.id for run in runs.page(db, 0, 9, statuses=runs.OPEN)[0]} == {waiting, begun}


def test_a_backup_that_is_made_while_people_write_is_one_picture(
    store, empty, tmp_path, monkeypatch
):
    written, stop = threading.Semaphore(0), threading.Event()

    def write_on(who):
        while not stop.is_set():
            pins.add_pin(store, replace(PLANNER, name=who), NOON, PIN)
            written.release()

    table_by_table = backup._write_table

    def slowly(db, archive, table):
        while written.acquire(blocking=False):
            pass  # saved before this table's turn
        assert written.acquire(timeout=30)  # and now somebody has saved in it
        return table_by_table(db, archive, table)

    monkeypatch.setattr(backup, "_write_table", slowly)
    writers = [threading.Thread(target=write_on, args=(who,)) for who in ("An", "Bình", "Chi")]
    for writer in writers:
        writer.start()
    try:
        made = backups.make_backup(store, tmp_path / "b.zip", NOON)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    there = empty()
    backups.restore(there, made.path, NOON)
    with there.reading() as db:
        kept = db.execute(select(metadata.tables["pins"].c.id)).scalars().all()
        lines, total = journal.lines(db, noun="pin", limit=10_000)
    assert sorted(str(pin) for pin in kept) == sorted(line.noun_id for line in lines)
    assert total == made.manifest.head[0]
    with store.reading() as db:
        # one line a table, but for lines saved before the first turn and told of in it
        assert journal.head(db)[0] >= total + len(metadata.tables) - len(writers)
    assert verify(there, made.manifest.head).holds


def test_only_its_owner_reads_a_backup_and_nothing_is_left_beside_it(saved):
    assert stat.S_IMODE(saved.path.stat().st_mode) == 0o600
    assert [path.name for path in saved.path.parent.glob(".*")] == []


def test_a_backup_overwrites_nothing(saved, sqlite_store):
    before = saved.path.read_bytes()
    with pytest.raises(Refused):
        backups.make_backup(sqlite_store, saved.path, NOON)
    assert saved.path.read_bytes() == before


def test_a_backup_that_fails_leaves_nothing(sqlite_store, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_write_table", full)
    with pytest.raises(OSError, match="No space"):
        backups.make_backup(sqlite_store, tmp_path / "new" / ".." / "b.zip", NOON)
    assert [path for path in tmp_path.iterdir() if "b.zip" in path.name] == []


def test_a_full_disk_is_no_reason_to_have_no_backup(sqlite_store, tmp_path, monkeypatch):
    def full(*_):
        raise StoreUnavailable(backup.Message("x"))

    monkeypatch.setattr(sqlite_store, "writing", full)
    made = backups.make_backup(sqlite_store, tmp_path / "b.zip", NOON)
    assert (made.noted, made.path.exists()) == (False, True)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_store_with_anything_in_it_is_not_written_over(saved, engine, tmp_path):
    there = Store(fresh_url(engine, tmp_path))
    pins.add_pin(there, PLANNER, NOON, PIN)
    before = content(there)
    with pytest.raises(Taken):
        backups.restore(there, saved.path, NOON)
    assert content(there) == before
    there.close()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_store_that_was_only_set_up_is_empty(saved, engine, tmp_path):
    there = Store(fresh_url(engine, tmp_path))
    backups.restore(there, saved.path, NOON)
    assert content(there)["pins"]
    there.close()


def test_a_database_of_another_program_is_left_alone(saved, empty):
    there = empty()
    with there.engine.begin() as db:
        db.exec_driver_sql("CREATE TABLE theirs (a INTEGER)")
    with pytest.raises(Taken):
        backups.restore(there, saved.path, NOON)


def refused_and_empty(there, path, **more):
    with pytest.raises(StoreError):
        backups.restore(there, path, NOON, **more)
    with there.reading() as db:
        return not db.dialect.has_table(db, "pins")


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.9, 0.99, 0.9999])
def test_a_backup_that_was_cut_off_is_refused(saved, empty, share, tmp_path):
    whole = saved.path.read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: int(share * len(whole))])
    assert refused_and_empty(empty(), tmp_path / "cut.zip")


def test_a_bit_that_fell_over_is_found_or_does_not_matter(saved, sqlite_store, empty, tmp_path):
    whole, good = saved.path.read_bytes(), ended(content(sqlite_store))
    good.pop("journal")
    for place in range(7, len(whole), len(whole) // 12):
        (tmp_path / "odd.zip").write_bytes(
            whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :]
        )
        there = empty()
        try:
            backups.restore(there, tmp_path / "odd.zip", NOON)
        except StoreError:
            continue
        restored = content(there)
        restored.pop("journal")
        assert restored == good


def forged(path, target, change, *, digest=False):
    """The backup with other members; `digest`: with the manifest made to agree."""
    with ZipFile(path) as source:
        members = {name: source.read(name) for name in source.namelist()}
    change(members)
    if digest:
        manifest = json.loads(members[backup.MANIFEST])
        for name, told in manifest["tables"].items():
            lines = members[f"tables/{name}.jsonl"]
            told.update(sha256=hashlib.sha256(lines).hexdigest(), rows=lines.count(b"\n"))
        members[backup.MANIFEST] = json.dumps(manifest).encode()
    with ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target


def more_rights(members):
    members["tables/accounts.jsonl"] = members["tables/accounts.jsonl"].replace(b"0name", b"1name")


def another_actor(members):
    members["tables/journal.jsonl"] = members["tables/journal.jsonl"].replace(b'"made"', b'"gone"')


def a_line_less(members):
    members["tables/journal.jsonl"] = members["tables/journal.jsonl"].rpartition(b'{"seq":3')[0]


def a_table_less(members):
    del members["tables/pins.jsonl"]


def a_blob_less(members):
    del members[next(name for name in members if name.startswith("blobs/"))]


def another_blob(members):
    members[next(name for name in members if name.startswith("blobs/"))] = b"x"


def a_stranger(members):
    members["../outside"] = b"x"


def a_string_for_a_number(members):
    members["tables/runs.jsonl"] = members["tables/runs.jsonl"].replace(
        b'"attempts":1', b'"attempts":[]'
    )


def a_newer_schema(members):
    members[backup.MANIFEST] = members[backup.MANIFEST].replace(
        f'"{upgrading.newest()}"'.encode(), b'"9999"'
    )


def no_manifest(members):
    members[backup.MANIFEST] = b"[1]"


CHANGES = (
    more_rights, another_actor, a_line_less, a_table_less, a_blob_less, another_blob, a_stranger,
    a_string_for_a_number, a_newer_schema, no_manifest,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_backup_that_somebody_changed_is_refused(saved, empty, tmp_path, change):
    assert refused_and_empty(empty(), forged(saved.path, tmp_path / "forged.zip", change))


@pytest.mark.parametrize("change", [another_actor, a_line_less, a_string_for_a_number])
def test_a_careful_forger_is_found_by_the_journal_and_the_types(saved, empty, tmp_path, change):
    path = forged(saved.path, tmp_path / "forged.zip", change, digest=True)
    assert refused_and_empty(empty("postgresql"), path)


def test_a_whole_chain_that_was_written_anew_is_found_by_whoever_noted_the_head(
    saved, empty, tmp_path
):
    seq, seal = saved.manifest.head
    assert refused_and_empty(empty(), saved.path, noted=(seq, "0" * 64))
    assert refused_and_empty(empty(), saved.path, noted=(seq + 1, seal))
    backups.restore(empty(), saved.path, NOON, (seq, seal))


def test_what_is_no_backup_at_all_is_refused(empty, tmp_path):
    (tmp_path / "notes.txt").write_text("ghi chú")
    assert refused_and_empty(empty(), tmp_path / "notes.txt")


def test_a_database_of_an_older_version_is_not_backed_up_by_a_newer_program(
    sqlite_store, tmp_path, monkeypatch
):
    monkeypatch.setattr(upgrading, "newest", lambda: "9999")
    with pytest.raises(Refused):
        backups.make_backup(sqlite_store, tmp_path / "b.zip", NOON)


STEP = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "next", {down!r}, None, None


def upgrade():
    with op.batch_alter_table("pins") as table:
        table.add_column(sa.Column("colour", sa.String(9), nullable=False, server_default="đỏ"))


def downgrade():
    with op.batch_alter_table("pins") as table:
        table.drop_column("colour")
"""


@pytest.mark.parametrize("set_up", [False, True], ids=["no tables", "set up by the newer program"])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_backup_of_an_older_version_is_brought_up(
    saved, empty, tmp_path, monkeypatch, engine, set_up
):
    (tmp_path / "steps").mkdir()
    (tmp_path / "steps" / "next.py").write_text(STEP.format(down=upgrading.newest()))
    ours = Path(backup.__file__).parents[1] / "migrations" / "versions"
    plain = upgrading._config

    def config(db=None):
        found = plain(db)
        found.set_main_option("path_separator", "os")
        found.set_main_option("version_locations", f"{ours}:{tmp_path / 'steps'}")
        return found

    monkeypatch.setattr(upgrading, "_config", config)
    there = empty(engine)
    if set_up:
        upgrading.upgrade(there)
    backups.restore(there, saved.path, NOON)
    assert upgrading.current(there) == "next"
    with there.reading() as db:
        assert db.exec_driver_sql("SELECT colour FROM pins").scalars().all() == ["đỏ", "đỏ"]


def test_many_contents_need_the_memory_of_one(sqlite_store, empty, tmp_path):
    one = 2**20
    for n in range(24):
        data = bytes([n]) * one
        with sqlite_store.upkeep() as db:
            row = {"sha256": hashlib.sha256(data).hexdigest(), "size": one, "content": data}
            db.execute(insert(blobs).values(**row))
    del data, row
    there = empty()
    tracemalloc.start()
    try:
        made = backups.make_backup(sqlite_store, tmp_path / "b.zip", NOON)
        backups.restore(there, made.path, NOON)
        assert tracemalloc.get_traced_memory()[1] < 10 * one
    finally:
        tracemalloc.stop()
    with there.reading() as db:
        assert db.execute(select(func.count()).select_from(blobs)).scalar() == 24


def test_a_backup_fault_is_a_store_error_that_every_door_knows():
    assert issubclass(BackupFault, StoreError)
