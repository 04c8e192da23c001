"""A planner's year: from a dataset on disk to a checked folder, or to a clear word why not."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from data.sample import sample_tables, write_dataset
from scheduler import journeys
from scheduler.errors import NoPlanPossible
from solver.settings import Settings
from tests.tries import THOROUGH

YEAR = 2027
QUICK = Settings(time_limit_s=0.5, seed=7)


def sample(folder: Path, seed: int = 1, units: int = 30, inspectors: int = 12) -> Path:
    write_dataset(sample_tables(units, inspectors, 200, seed, YEAR, 8), folder)
    return folder


@pytest.fixture
def dataset(tmp_path):
    return sample(tmp_path / "data")


def files_of(folder: Path) -> dict[str, bytes]:
    found = {
        str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }
    facts = json.loads(found.pop("plan.json"))
    facts.pop("solver")
    return found | {"plan.json": json.dumps(facts, sort_keys=True).encode()}


@pytest.mark.parametrize("seed", [1, 2, 3] if THOROUGH else [2])
def test_a_plan_of_any_sample_keeps_every_rule(tmp_path, seed):
    drafted = journeys.draft_year_plan(
        sample(tmp_path / "data", seed), YEAR, tmp_path / "plan", QUICK
    )
    read, digest, breaches = journeys.audit_plan(tmp_path / "plan", tmp_path / "data")
    assert breaches == []
    assert [v.visit_id for v in read.visits] == [v.visit_id for v in drafted.plan.visits]
    assert digest == drafted.plan.facts["birth"]["data"]
    assert drafted.plan.facts["coverage"]["share"] >= 0.3


def test_everything_owed_is_in_the_plan_scheduled_or_dropped_with_a_reason(tmp_path, dataset):
    plan = journeys.draft_year_plan(dataset, YEAR, tmp_path / "plan", QUICK).plan
    owed = journeys.open_year(dataset, YEAR).case.owed
    assert sorted(v.visit_id for v in plan.visits) == sorted(o.visit_id for o in owed)
    assert all(v.reason for v in plan.visits)


def test_the_same_birth_certificate_gives_the_same_bytes(tmp_path, dataset):
    plans = [
        journeys.draft_year_plan(
            dataset, YEAR, tmp_path / name, Settings(0.5, seed=7, workers=workers)
        )
        for name, workers in (("one", 1), ("two", 2))
    ]
    assert plans[0].plan.facts["birth"] == plans[1].plan.facts["birth"]
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


def test_another_seed_is_another_plan_id(tmp_path, dataset):
    ids = {
        journeys.draft_year_plan(
            dataset, YEAR, tmp_path / str(s), Settings(0.2, seed=s)
        ).plan.facts["plan_id"]
        for s in (1, 2)
    }
    assert len(ids) == 2


def test_a_solver_given_one_second_still_gives_a_legal_plan(tmp_path, dataset):
    journeys.draft_year_plan(dataset, YEAR, tmp_path / "plan", Settings(time_limit_s=1))
    assert journeys.audit_plan(tmp_path / "plan", dataset)[2] == []


def pin(dataset: Path, *rows: str) -> None:
    head = "unit_id,kind,date,week,inspector_id,must,reason"
    (dataset / "pins.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def mandatory_unit(dataset: Path) -> str:
    owed = journeys.open_year(dataset, YEAR).case.owed
    return next(o.unit_id for o in owed if o.must == "frequency.high")


def test_a_ban_on_a_mandatory_visit_is_named_with_the_rule_and_the_way_out(tmp_path, dataset):
    unit_id = mandatory_unit(dataset)
    pin(dataset, f"{unit_id},periodic,,,,false,đơn vị xin hoãn")
    with pytest.raises(NoPlanPossible) as stopped:
        journeys.draft_year_plan(dataset, YEAR, tmp_path / "plan", QUICK)
    clash = stopped.value.clash
    assert {rule.label for rule in clash.rules} == {"pin:2", "frequency.high"}
    assert all(rule.verified for rule in clash.rules)
    assert [way.label for way in clash.relaxations] == ["pin:2"]
    assert [visit.params["visit_id"] for visit in clash.visits] == [f"2027-DK-{unit_id}"]
    assert not (tmp_path / "plan").exists()


def test_a_pin_to_a_day_is_obeyed(tmp_path, dataset):
    unit_id = mandatory_unit(dataset)
    pin(dataset, f"{unit_id},periodic,2027-05-12,,,true,theo chỉ đạo")
    plan = journeys.draft_year_plan(dataset, YEAR, tmp_path / "plan", QUICK).plan
    visit = next(v for v in plan.visits if v.visit_id == f"2027-DK-{unit_id}")
    assert str(visit.start) == "2027-05-12"


def test_a_pin_to_a_holiday_clashes_with_the_calendar(tmp_path, dataset):
    unit_id = mandatory_unit(dataset)
    pin(dataset, f"{unit_id},periodic,2027-04-30,,,true,nhầm ngày")
    with pytest.raises(NoPlanPossible) as stopped:
        journeys.draft_year_plan(dataset, YEAR, tmp_path / "plan", QUICK)
    assert "pin:2" in {rule.label for rule in stopped.value.clash.rules}


def test_a_what_if_value_marks_the_plan_and_leaves_the_law_alone(tmp_path, dataset):
    trial = {"coverage.wanted": 0.9}
    tried = journeys.draft_year_plan(dataset, YEAR, tmp_path / "a", QUICK, trial=trial).plan.facts
    plain = journeys.draft_year_plan(dataset, YEAR, tmp_path / "b", QUICK).plan.facts
    assert tried["birth"]["trial"] == trial
    assert plain["birth"]["trial"] == {}
    assert tried["birth"]["rules"] != plain["birth"]["rules"]
    assert tried["coverage"]["covered"] > plain["coverage"]["covered"]


def test_when_nobody_can_lead_the_rule_on_leaders_is_named_and_not_the_reserve(tmp_path, dataset):
    table = dataset / "inspectors.csv"
    table.write_text(
        table.read_text(encoding="utf-8-sig").replace(",true,", ",false,"), encoding="utf-8"
    )
    with pytest.raises(NoPlanPossible) as stopped:
        journeys.draft_year_plan(dataset, YEAR, tmp_path / "plan", QUICK)
    labels = {rule.label for rule in stopped.value.clash.rules}
    assert "team.leader" in labels
    assert "capacity.reserve" not in labels


def test_a_mandatory_row_deleted_from_the_workbook_is_missed_by_the_checker(tmp_path, dataset):
    journeys.draft_year_plan(dataset, YEAR, tmp_path / "plan", QUICK)
    unit_id = mandatory_unit(dataset)
    book = load_workbook(tmp_path / "plan" / "plan.xlsx")
    sheet = book.worksheets[0]
    row = next(r for r in sheet.iter_rows() if any(c.value == f"2027-DK-{unit_id}" for c in r))
    sheet.delete_rows(row[0].row)
    book.save(tmp_path / "edited.xlsx")
    _, _, breaches = journeys.audit_plan(tmp_path / "edited.xlsx", dataset)
    assert "frequency.high" in {breach.rule for breach in breaches}
