"""An office with a yearly plan, for tests of the server: made once a session, saved as a run saves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from api.identity import actor_of
from data.plan_folder import read_plan
from data.records import PlannedVisit, ReserveWeek
from data.store import accounts, datasets, files, plans, runs, visits
from scheduler.journeys.online import plan_work
from scheduler.journeys.online.working import Job
from scheduler.journeys.replanning import ReplanAsk, replan_year
from scheduler.journeys.year import draft_year_plan
from solver.settings import Settings
from tests.clients import Office, sample_tables

QUICK = Settings(time_limit_s=0.3)
ROWS = (
    PlannedVisit(
        "V1", "U1", "periodic", start=date(2027, 5, 10), end=date(2027, 5, 11), days=2, lead="TV0001",
        members=("TV0002", "TV0003"), owner="Sở Nội vụ",
    ),
    PlannedVisit("V2", "U2", "periodic", status="dropped", reason="capacity.teams-per-day"),
)  # fmt: skip
ON = "2027-06-01"  # day of the amendment


@cache
def made_files() -> dict[str, bytes]:
    """The folder of a plan of the small dataset."""
    with TemporaryDirectory() as scratch:
        data = _data(Path(scratch) / "data")
        draft_year_plan(data, 2027, Path(scratch) / "plan", QUICK)
        return files.gathered(Path(scratch) / "plan")


@cache
def amended_files() -> dict[str, bytes]:
    """The folder of that plan changed from `ON`, when whoever leads the last visit has fallen ill."""
    with TemporaryDirectory() as scratch:
        data, old = _data(Path(scratch) / "data"), Path(scratch) / "old"
        _write(old, made_files())
        _fall_ill(data, last_visit(old).lead)
        replan_year(ReplanAsk(old, data, date.fromisoformat(ON), Path(scratch) / "new"), QUICK)
        return files.gathered(Path(scratch) / "new")


def last_visit(folder: Path):
    """The scheduled visit that begins last."""
    rows = [v for v in read_plan(folder).visits if v.status == "scheduled"]
    return max(rows, key=lambda v: (v.start, v.visit_id))


def give_plan(
    office: Office, maker: str = "lan", content=None, previous: int | None = None, saves: int = 1
) -> int:
    """The plan saved as a draft of this planner's run; gives its id."""
    content = content or made_files()
    with office.store.reading() as db:
        account = accounts.get(db, office.account("planner", name=maker))
        current = datasets.current(db)
    dataset_id = current.id if current else office.dataset()
    by = actor_of(account)
    with office.store.writing(by, office.now) as work:
        run_id = runs.ask(work, "plan", {"dataset_id": dataset_id})
    with office.store.upkeep() as db:
        run = runs.begin(db, run_id, office.now)
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "plan"
        _write(folder, content)
        job = Job(office.store, run, by, lambda: office.now, Path(scratch), lambda p: None)
        plan = read_plan(folder)
        plan = replace(plan, visits=tuple(replace(v, row=0) for v in plan.visits))
        for _ in range(saves):
            plan_work.save(job, plan, folder, _data(Path(scratch) / "data"), previous)
    with office.store.reading() as db:
        return runs.get(db, run_id).result["id"]


def bare_plan(
    office: Office, status: str = "draft", *, maker: str = "lan", year: int = 2027,
    trial: bool = False, previous: int | None = None, **more,
) -> int:  # fmt: skip
    """A version with two rows, a week of reserve and a file, in any state; gives its id."""
    who = office.account("planner", name=maker)
    with office.store.reading() as db:
        current = datasets.current(db)
    dataset_id = current.id if current else office.dataset()
    with office.store.writing(office.actor(who), office.now) as work:
        made = plans.add(
            work, plans.VISITS, year, name="0123", title="Kế hoạch", trial=trial, status="draft",
            dataset_id=dataset_id, previous_id=previous, facts={"year": year, "title": "Kế hoạch"},
        )  # fmt: skip
        visits.put(work.db, made, ROWS, {"U1": "Xã Một"})
        visits.put_reserve(work.db, made, [ReserveWeek(date(2027, 3, 1), 4)])
        files.put(
            work.db, "plan", made, {n: b'{"year": 2027}' for n in ("plan.json", "made/plan.json")}
        )
        version = plans.get(work.db, plans.VISITS, made)
        plans.change(work, version, 1, status=status, checked_on_id=dataset_id, **more)
    return made


def replaced_dataset(office: Office) -> int:
    """Another dataset is accepted; gives its id."""
    with office.store.engine.begin() as db:
        db.execute(text("UPDATE datasets SET status = 'replaced'"))
    return office.dataset()


def publish(office: Office, plan_id: int) -> None:
    """The version in force, without the steps before."""
    with office.store.engine.begin() as db:
        db.execute(text("UPDATE plans SET status = 'published' WHERE id = :id"), {"id": plan_id})


def status_of(office: Office, plan_id: int) -> str:
    """The state of a version in the store."""
    with office.store.reading() as db:
        return plans.get(db, plans.VISITS, plan_id).status


def _data(folder: Path) -> Path:
    _write(folder, {Path(name).name: content for name, content in sample_tables().items()})
    return folder


def _write(folder: Path, content: dict[str, bytes]) -> None:
    for name, file in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file)


def _fall_ill(data: Path, who: str) -> None:
    absences = data / "absences.csv"
    rows = absences.read_text("utf-8").splitlines()
    kept = [row for row in rows if not row.startswith(f"{who},")]
    absences.write_text("\n".join([*kept, f"{who},2027-06-01,2027-12-31,ốm"]) + "\n", "utf-8")
