"""The small rotation year of `rotation_offices` on a server, with secrets in it, and one plan of it.

An is due in May 2027, Bình in June but deferred; Chi may move, Đào has just begun; An and Chi are kin.
What must never reach anybody but HR is marked: `SECRETS` lists it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from api.identity import actor_of
from data.columns import tables
from data.csv_rows import csv_frame
from data.records import Deferral, Posting, Relative
from data.records.actors import PROGRAM
from data.rotation_folder import read_rotation
from data.store import accounts, datasets, files, runs
from data.store.ledgers import LEDGERS
from data.store.runs import Run
from data.store.store import Store
from scheduler.journeys.online import ledger_rows, rotation_work
from scheduler.journeys.online.working import Job
from scheduler.journeys.rotation import Rotated
from tests.clients import Office
from tests.databases import fresh_url
from tests.rotation_offices import YEAR, rotation_office, tables_of

ROTATIONS = "/api/v1/rotations"
EVIDENCE, RELATION, DECISION = "Giấy-7f3c2a", "thông-gia-51d8e0", "QĐ-mật-c04b9f"
GROUND = "pregnancy_or_child"
SECRETS = (
    EVIDENCE, RELATION, DECISION, GROUND, "thai sản", "mang thai", "pregnan", "under 36 months",
    "dưới 36 tháng", "Điều 38, khoản 4",
)  # fmt: skip
ASKED = {"year": YEAR, "time_limit_s": 1}


def accept(office: Office, contents: dict[str, bytes]) -> int:
    """These tables (name -> CSV) as the accepted dataset; gives its id."""
    with office.store.writing(PROGRAM, office.now) as work:
        made = datasets.add(
            work,
            "nhan-su.xlsx",
            status=datasets.ACCEPTED,
            digest="sha256:hr",
            accepted_at=office.now,
        )
        named = {f"{datasets.TABLES}{name}.csv": content for name, content in contents.items()}
        came = {f"{datasets.UPLOAD}{name}.csv": content for name, content in contents.items()}
        files.put(work.db, "dataset", made, {**named, **came})
        ledger_rows.take_in_all(work, made, LEDGERS, contents)
    return made


@cache
def small_year() -> dict[str, bytes]:
    """Table -> CSV of the small rotation year, without secrets."""
    return written(rotation_office())


@cache
def guarded_year() -> dict[str, bytes]:
    """The same with a deferral, kin and a measure that others than HR must not read."""
    deferral = Deferral("Bình", GROUND, date(2027, 1, 1), date(2028, 12, 31), EVIDENCE)
    found = written(
        rotation_office(deferrals=(deferral,), relatives=(Relative("An", "Chi", RELATION),))
    )
    row = f"staff_id,kind,start,end,decision_no\nChi,suspension,2027-02-01,2027-03-31,{DECISION}\n"
    return {**found, "measures": row.encode()}


@cache
def reorganised() -> dict[str, bytes]:
    """The small year in which nobody has said whether Chi's and Đào's work went on after 1 July 2025."""
    day = date(2025, 7, 1)
    unclear = [
        Posting("Chi", "Ba", date(2021, 8, 1), date(2025, 6, 30)),
        Posting("Chi", "Ba", day, continues_previous="unknown"),
        Posting("Đào", "Bốn", date(2021, 3, 1), date(2025, 6, 30)),
        Posting("Đào", "Bốn", day, continues_previous="unknown"),
    ]
    return written(rotation_office(without=("Chi", "Đào"), postings=unclear))


def opened_year(folder: Path) -> Office:
    """An office with the small year on SQLite, for tests that leave it as it was."""
    office = Office(Store(fresh_url("sqlite", folder)))
    accept(office, small_year())
    return office


def written(office: object) -> dict[str, bytes]:
    """Table -> CSV of these records."""
    found = tables_of(office)  # type: ignore[arg-type]
    return {name: csv_frame(tables()[name], frame) for name, frame in found.items() if len(frame)}


@dataclass(frozen=True)
class Planned:
    """A plan of the guarded year as a run made it: the run, and name -> content of its files."""

    run: Run
    files: dict[str, bytes]


@cache
def planned() -> Planned:
    """The plan, asked for at the door and carried out; once a process, for a solve takes seconds."""
    with TemporaryDirectory() as folder:
        office = Office(Store(fresh_url("sqlite", Path(folder))))
        accept(office, guarded_year())
        asked = office.client("hr").post(ROTATIONS, json=ASKED)
        assert asked.status_code == 202, asked.text
        (run,) = office.work()
        assert run.status == "done", run.error
        with office.store.reading() as db, TemporaryDirectory() as target:
            files.lay_out(db, "plan", run.result["id"], Path(target))
            content = files.gathered(Path(target))
        office.store.close()
    return Planned(run, content)


def rotation(office: Office, by: str = "hr") -> int:
    """That plan as a draft in the store, asked for by this officer; gives its id."""
    run_id = office.client("hr", name=by).post(ROTATIONS, json=ASKED).json()["run_id"]
    office.jobs.waiting.remove(run_id)
    with office.store.upkeep() as db:
        run = runs.begin(db, run_id, office.now)
        who = actor_of(accounts.get(db, run.account_id))
    with TemporaryDirectory() as scratch:
        for name, content in planned().files.items():
            path = Path(scratch) / "rotation" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        made = Rotated(read_rotation(Path(scratch) / "rotation"), Path(scratch) / "rotation")
        rotation_work.save(
            Job(office.store, run, who, lambda: office.now, Path(scratch), lambda _: None), made
        )
    with office.store.reading() as db:
        return int(runs.get(db, run_id).result["id"])
