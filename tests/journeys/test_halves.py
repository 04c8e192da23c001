"""The halves joined: one career changed on paper changes what the year owes, and the finished plan."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.sample import sample_tables, write_dataset
from scheduler.journeys.year import audit_plan, draft_year_plan, open_year
from solver.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.records import Plan, PlannedVisit
    from scheduler.rules.base import Breach

YEAR = 2027
QUICK = Settings(time_limit_s=0.5, seed=7)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Plan]:
    """A small office, the folder of its plan, and the plan."""
    home = tmp_path_factory.mktemp("office")
    write_dataset(sample_tables(30, 12, 260, 1, YEAR, 8), home / "data")
    plan = draft_year_plan(home / "data", YEAR, home / "plan", QUICK).plan
    assert audit_plan(home / "plan", home / "data")[2] == []
    return home / "data", home / "plan", plan


def table(dataset: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(dataset / f"{name}.csv", dtype=str, keep_default_na=False)


def add(dataset: Path, name: str, **row: str) -> None:
    """One more row on paper."""
    rows = table(dataset, name)
    rows.loc[len(rows)] = {column: row.get(column, "") for column in rows.columns}
    rows.to_csv(dataset / f"{name}.csv", index=False)


def badge(dataset: Path, inspector_id: str) -> str:
    return str(table(dataset, "inspectors").set_index("inspector_id").loc[inspector_id, "staff_id"])


def post_in(dataset: Path, unit_id: str) -> dict[str, str]:
    """A desk of the unit that somebody holds, with the holder."""
    posts = table(dataset, "positions")
    posts = posts[posts["unit_id"] == unit_id]
    now = table(dataset, "postings")
    now = now[(now["end"] == "") & now["position_id"].isin(posts["position_id"])].iloc[0]
    mine = posts[posts["position_id"] == now["position_id"]].iloc[0]
    return {"position_id": mine["position_id"], "title": mine["title"], "holder": now["staff_id"]}


def changed(tmp_path: Path, dataset: Path) -> Path:
    return shutil.copytree(dataset, tmp_path / "changed")


def told(breaches: list[Breach], rule: str) -> list[str]:
    return [breach.message.say("vi") for breach in breaches if breach.rule == rule]


def visit_of(plan: Plan, wanted: Callable[[PlannedVisit], bool]) -> PlannedVisit:
    return next(v for v in plan.visits if v.status == "scheduled" and wanted(v))


def redone(tmp_path: Path, dataset: Path) -> Plan:
    """The plan made anew, which breaks nothing."""
    plan = draft_year_plan(dataset, YEAR, tmp_path / "again", QUICK).plan
    assert audit_plan(tmp_path / "again", dataset)[2] == []
    return plan


def teams_at(plan: Plan, unit_id: str) -> set[str]:
    return {
        who
        for v in plan.visits
        if v.unit_id == unit_id and v.status == "scheduled"
        for who in (v.lead, *v.members)
    }


def visited_by_four(dataset: Path) -> Callable[[PlannedVisit], bool]:
    """Visits to units with a desk that somebody holds."""
    held = set(table(dataset, "positions")["unit_id"])
    return lambda v: v.unit_id in held and len(v.members) == 3


@pytest.mark.parametrize(
    ("last", "close"), [("2026-06-30", True), ("2023-12-31", False)], ids=["last year", "long ago"]
)
def test_a_former_unit_bars_for_36_months_and_the_posting_is_named(
    tmp_path: Path, office: tuple[Path, Path, Plan], last: str, close: bool
):
    dataset, folder, plan = office
    visit = visit_of(plan, visited_by_four(dataset))
    who, post = visit.members[-1], post_in(dataset, visit.unit_id)
    after = changed(tmp_path, dataset)
    add(
        after, "postings", staff_id=badge(dataset, who), position_id=post["position_id"],
        start="2021-03-01", end=last, is_probation="false",
    )  # fmt: skip
    said = told(audit_plan(folder, after)[2], "interest.former-unit")
    if not close:
        assert said == []
        return
    assert all(f"«{post['title']}» từ 01/03/2021 đến 30/06/2026" in word for word in said)
    assert said
    assert who not in teams_at(redone(tmp_path, after), visit.unit_id)


def test_a_relative_in_the_unit_bars_and_the_post_is_named(
    tmp_path: Path, office: tuple[Path, Path, Plan]
):
    dataset, folder, plan = office
    visit = visit_of(plan, visited_by_four(dataset))
    who, post = visit.members[0], post_in(dataset, visit.unit_id)
    after = changed(tmp_path, dataset)
    add(
        after, "relatives", staff_id=badge(dataset, who), relative_id=post["holder"],
        relation="anh, chị, em",
    )  # fmt: skip
    said = told(audit_plan(folder, after)[2], "interest.relative")
    assert any(f"«{post['title']}»" in word and post["holder"] in word for word in said)
    assert who not in teams_at(redone(tmp_path, after), visit.unit_id)


def moved_back(dataset: Path, staff_ids: set[str], start: str) -> None:
    """These people hold their present post since `start`, and held none before."""
    rows = table(dataset, "postings")
    mine = rows["staff_id"].isin(staff_ids)
    rows = rows[~mine | (rows["end"] == "")]
    rows.loc[rows["staff_id"].isin(staff_ids), ["start", "is_probation"]] = [start, "false"]
    rows.to_csv(dataset / "postings.csv", index=False)


def test_a_leader_whose_own_time_runs_out_leads_no_later_visit(
    tmp_path: Path, office: tuple[Path, Path, Plan]
):
    dataset, folder, plan = office
    visit = max(
        (v for v in plan.visits if v.status == "scheduled"), key=lambda v: v.start or date.min
    )
    after = changed(tmp_path, dataset)
    moved_back(after, {badge(dataset, visit.lead)}, "2022-02-01")  # 60 months: 1 February 2027
    assert open_year(after, YEAR).case.leads_until[visit.lead] == date(YEAR, 2, 1)
    said = told(audit_plan(folder, after)[2], "leader.rotation")
    assert any("01/02/2027" in word for word in said)
    led = [v for v in redone(tmp_path, after).visits if v.lead == visit.lead]
    assert all(v.end and v.end < date(YEAR, 2, 1) for v in led)


def test_overdue_rotations_raise_the_risk_of_the_unit_in_the_plan(
    tmp_path: Path, office: tuple[Path, Path, Plan]
):
    dataset, _, plan = office
    posts = table(dataset, "positions")
    listed = posts[(posts["category"] != "") & (posts["is_lead"] == "false")]
    scope = table(dataset, "units").query("in_scope == 'true'")["unit_id"]
    risk: dict[str, Any] = plan.facts["risk"]
    unit_id = min(
        set(listed["unit_id"]) & set(scope),
        key=lambda u: (risk[u]["class"] == "high", risk[u]["score"], u),
    )
    desks = listed[listed["unit_id"] == unit_id]["position_id"]
    now = table(dataset, "postings").query("end == ''")
    people = set(now[now["position_id"].isin(desks)]["staff_id"])
    after = changed(tmp_path, dataset)
    moved_back(after, people, "2015-01-01")
    again = redone(tmp_path, after).facts["risk"][unit_id]
    (late,) = (p for p in again["parts"] if p["name"] == "overdue_rotations")
    assert f"{len(people)} người quá hạn" in late["note_vi"]
    assert again["score"] > risk[unit_id]["score"]
