"""An office in the middle of its work, for pictures and for pages that are not empty."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from api.deps import VIETNAM
from data.records import PlannedVisit
from data.records.actors import PROGRAM
from data.store import moves, plans, runs, visits
from data.store.tables.ledgers import deferrals, findings
from scheduler.journeys.online import other_plans
from tests.other_plan_papers import BODY, annex
from tests.rotation_plans import rotation_plan

if TYPE_CHECKING:
    from tests.clients import Office

NAMES = {"U1": "Phường Đống Đa", "U2": "Sở Tài chính", "U3": "Xã Sóc Sơn", "U4": "Phường Ba Đình"}
PEOPLE = {  # of the sample: papers that leave two readings; seconded; the first rows of the ledgers
    "unclear": "CB0203", "spared": "CB0070", "deferral": "1", "measure": "1",
}  # fmt: skip
STATES = ("closed", "published", "draft", "checked", "submitted")


def fill(office: Office, dataset: int = 0) -> dict[str, str]:
    """Plans in every state, findings due, deferrals that end, a run under way; gives ids by name.

    `dataset` : one that is accepted already; 0 for a new one
    """
    today = office.now.astimezone(VIETNAM).date()
    dataset, moving = dataset or office.dataset(), rotation_plan(24)[0]
    ids: dict[str, str] = {
        "dataset": str(dataset), "account": str(office.account("planner")), "visit": "V1",
    }  # fmt: skip
    with office.store.writing(PROGRAM, office.now) as work:
        for kind, what in ((plans.VISITS, "kiểm tra công vụ"), (plans.MOVES, "chuyển đổi vị trí")):
            for place, state in enumerate(STATES):
                year = 2026 if state == "closed" else 2027
                made = plans.add(
                    work, kind, year, name=f"{kind}-{place}", title=f"Kế hoạch {what} năm {year}",
                    trial=False, dataset_id=dataset, status="draft",
                    facts=moving.facts if kind == plans.MOVES else {},
                )  # fmt: skip
                if kind == plans.MOVES:
                    moves.put(work.db, made, moving.moves, moving.unplaced)
                else:
                    last_year = state == "closed"
                    visits.put(work.db, made, _visits(today, last_year=last_year), NAMES)
                at = {"submitted_at": office.now} if state == "submitted" else {}
                plans.change(work, plans.get(work.db, kind, made), 1, status=state, **at)
                ids[f"{kind}.{state}"] = str(made)
        ids["run"] = runs.ask(work, "plan", {})
    by = office.actor(int(ids["account"]))
    kept = (office.store, by, office.now, "phụ lục.xlsx", annex(), BODY, 2027)
    ids["other"] = str(other_plans.keep_other_plan(*kept))
    with office.store.upkeep() as db:
        runs.begin(db, ids["run"], office.now)
        runs.tell(db, ids["run"], {"phase": "days", "seconds": 12.4, "best": 1840, "bound": 1795})
        upkeep = {"made_at": office.now, "revision": 1}
        for number in range(9):
            db.execute(insert(findings).values(
                finding_id=f"PH-{number:03}", visit_id="V1", unit_id=f"U{number % 4 + 1}",
                severity="major", remedy_due=today + timedelta(days=5 * number - 17), text="", proof="",
                **upkeep,
            ))  # fmt: skip
        db.execute(insert(deferrals).values(
            staff_id="CB0042", ground="study", start=today - timedelta(days=300),
            end=today + timedelta(days=20), evidence="", **upkeep,
        ))  # fmt: skip
        ids["finding"] = str(db.execute(select(func.min(findings.c.id))).scalar_one())
    named = {
        "plan": "visits.checked", "rotation": "moves.checked", "rotation_in_force": "moves.published",
        "waiting": "visits.submitted", "waiting_moves": "moves.submitted",
    }  # fmt: skip
    return {**ids, **PEOPLE, **{name: ids[key] for name, key in named.items()}}


def _visits(today: date, *, last_year: bool = False) -> list[PlannedVisit]:
    today -= timedelta(days=364 * last_year)
    starts = [today, *(today + timedelta(days=n) for n in (1, 3, 4))]
    return [
        PlannedVisit(
            f"{'L' if last_year else 'V'}{number}", f"U{number}",
            ("periodic", "thematic", "follow_up")[number % 3],
            start=start, end=start + timedelta(days=number % 2), days=1 + number % 2,
            lead="TV0001" if number == 1 else "TV0002", members=("TV0001", "TV0003"),
        )
        for number, start in enumerate(starts, 1)
    ]  # fmt: skip
