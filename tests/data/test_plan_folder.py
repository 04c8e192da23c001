import csv
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from data import plan_folder, whole_folder
from data.plan_folder import PlanFileError, plan_files, read_plan, write_plan
from data.records import Inspector, Office, Plan, PlannedVisit, ReserveWeek, Unit
from tests.plans import fake_office, fake_plan
from tests.written_plans import visit_plans

OFFICE = Office(
    units=(Unit("U1", "Xã Một", "commune"), Unit("U2", "=cmd()", "ward")),
    inspectors=(Inspector("A", "Trần An", "U1"), Inspector("B", "Lê Bình", "U1")),
)
VISIT = PlannedVisit(
    "V1",
    "U1",
    "periodic",
    start=date(2027, 3, 15),
    end=date(2027, 3, 16),
    days=2,
    lead="A",
    members=("B", "C"),
    reason="Rủi ro cao",
    owner="HN-SNV",
)
DROPPED = PlannedVisit(
    "V2", "U2", "thematic", "CD1", status="dropped", reason="team.size: thiếu người"
)
PLAN = Plan(
    2027, (VISIT, DROPPED), (ReserveWeek(date(2027, 3, 15), 6, 2),), {"year": 2027, "plan_id": "x"}
)


def unnumbered(plan):
    return tuple(replace(visit, row=0) for visit in plan.visits)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(visit_plans())
def test_what_is_written_is_read_back(tmp_path, plan):
    write_plan(plan, OFFICE, tmp_path / "p")
    back = read_plan(tmp_path / "p")
    assert (back.year, unnumbered(back), back.reserve, back.facts) == (
        plan.year,
        plan.visits,
        plan.reserve,
        plan.facts,
    )
    if plan.visits:
        book = read_plan(tmp_path / "p" / "plan.xlsx")
        assert (book.year, unnumbered(book), book.reserve) == (plan.year, plan.visits, plan.reserve)


def test_the_same_plan_gives_the_same_bytes_whatever_the_solver_took():
    office = fake_office(40, 12)
    plan = fake_plan(office)
    slower = replace(plan, facts={**plan.facts, "solver": {"seconds": 77}})
    one, other = plan_files(plan, office), plan_files(slower, office)
    assert one == plan_files(plan, office)
    assert {name for name in one if one[name] != other[name]} == {"plan.json"}
    assert json.loads(one["plan.json"])["solver"] != json.loads(other["plan.json"])["solver"]


def test_the_columns_stand_in_the_order_of_the_contract(tmp_path):
    write_plan(PLAN, OFFICE, tmp_path / "p")
    with (tmp_path / "p" / "visits.csv").open(encoding="utf-8", newline="") as file:
        header, first, second = csv.reader(file)
    assert " ".join(header) == (
        "visit_id unit_id kind campaign_id follows start end days lead members status reason owner "
        "secretary"
    )
    assert first[5:10] == ["2027-03-15", "2027-03-16", "2", "A", "B;C"]
    assert first[13] == "B"
    assert second[5:7] == ["", ""]


def test_a_stop_in_the_middle_leaves_the_old_plan(tmp_path, monkeypatch):
    home = tmp_path / "p"
    write_plan(PLAN, OFFICE, home)
    before = {p.name: p.read_bytes() for p in home.iterdir() if p.is_file()}
    written = []

    def stop_at_the_third(descriptor):
        written.append(descriptor)
        if len(written) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(whole_folder.os, "fsync", stop_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        write_plan(replace(PLAN, visits=()), OFFICE, home)
    assert {p.name: p.read_bytes() for p in home.iterdir() if p.is_file()} == before
    assert os.listdir(tmp_path) == ["p"]


KILLED = """
import os, sys
from pathlib import Path
from data import plan_folder, whole_folder
from data.records import Office, Plan
plan_folder.plan_files = lambda *_: {"visits.csv": b"half"}
whole_folder._put_in_place = lambda fresh, folder: os._exit(9)
plan_folder.write_plan(Plan(2027, (), ()), Office(), Path(sys.argv[1]))
"""


def test_a_killed_process_leaves_the_old_plan(tmp_path):
    home = tmp_path / "p"
    write_plan(PLAN, OFFICE, home)
    root = Path(plan_folder.__file__).parents[1]
    assert subprocess.run([sys.executable, "-c", KILLED, str(home)], cwd=root).returncode == 9
    assert unnumbered(read_plan(home)) == PLAN.visits
    write_plan(replace(PLAN, visits=(VISIT,)), OFFICE, home)
    assert unnumbered(read_plan(home)) == (VISIT,)


@pytest.mark.parametrize("exchange", [True, False])
def test_an_older_plan_of_ours_is_replaced_whole(tmp_path, monkeypatch, exchange):
    if not exchange:
        monkeypatch.setattr(whole_folder, "_exchange", lambda one, other: False)
    home = tmp_path / "deep" / "p"
    write_plan(PLAN, OFFICE, home)
    (home / "calendars" / "gone.ics").write_text("old")
    write_plan(replace(PLAN, visits=(DROPPED,)), OFFICE, home)
    assert unnumbered(read_plan(home)) == (DROPPED,)
    assert not (home / "calendars").exists()
    assert os.listdir(home.parent) == ["p"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux swaps two folders in one step")
def test_there_is_no_moment_without_a_plan(tmp_path, monkeypatch):
    write_plan(PLAN, OFFICE, tmp_path / "p")
    monkeypatch.setattr(Path, "rename", lambda self, target: pytest.fail("a step in between"))
    write_plan(replace(PLAN, visits=(DROPPED,)), OFFICE, tmp_path / "p")
    assert unnumbered(read_plan(tmp_path / "p")) == (DROPPED,)


def test_a_folder_with_other_files_is_not_touched(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    (tmp_path / "plan.json").write_text("{}")
    with pytest.raises(PlanFileError, match="không ghi đè"):
        write_plan(PLAN, OFFICE, tmp_path)
    assert sorted(os.listdir(tmp_path)) == ["plan.json", "thesis.txt"]


def test_an_empty_folder_is_filled_and_a_file_is_not(tmp_path):
    (tmp_path / "empty").mkdir()
    write_plan(PLAN, OFFICE, tmp_path / "empty")
    assert (tmp_path / "empty" / "report.html").exists()
    (tmp_path / "file").write_text("x")
    with pytest.raises(PlanFileError, match="là một tệp"):
        write_plan(PLAN, OFFICE, tmp_path / "file")


def test_an_inspector_id_never_leads_out_of_the_folder(tmp_path):
    lead = "../../etc/x y"
    write_plan(replace(PLAN, visits=(replace(VISIT, lead=lead),)), OFFICE, tmp_path / "p")
    assert ".." not in os.listdir(tmp_path / "p" / "calendars")
    assert "..%2F..%2Fetc%2Fx%20y.ics" in os.listdir(tmp_path / "p" / "calendars")


def test_a_surprise_visit_is_not_written(tmp_path):
    with pytest.raises(ValueError, match="surprise"):
        write_plan(replace(PLAN, visits=(replace(VISIT, kind="surprise"),)), OFFICE, tmp_path / "p")
    assert os.listdir(tmp_path) == []


def column(sheet, title):
    return next(cell.column for cell in sheet[1] if cell.value == title)


@pytest.mark.parametrize("name", ["=1+1", "+49", "-x", "@SUM(A1)", '=cmd|" /C calc"!A0'])
def test_a_text_that_looks_like_a_formula_stays_text(tmp_path, name):
    office = replace(OFFICE, units=(Unit("U1", name, "commune"),))
    write_plan(replace(PLAN, visits=(replace(VISIT, reason=name),)), office, tmp_path / "p")
    cells = [
        cell
        for sheet in openpyxl.load_workbook(tmp_path / "p" / "plan.xlsx")
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.value == name
    ]
    assert [cell.parent.title for cell in cells] == ["Kế hoạch", "Tuần", "Đơn vị"]
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def test_dates_in_the_workbook_are_real_dates_and_the_header_stays_in_view(tmp_path):
    write_plan(PLAN, OFFICE, tmp_path / "p")
    book = openpyxl.load_workbook(tmp_path / "p" / "plan.xlsx")
    sheet = book["Kế hoạch"]
    assert sheet.cell(2, column(sheet, "Từ ngày")).value == datetime(2027, 3, 15)
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert book.sheetnames == [
        "Kế hoạch",
        "Tuần",
        "Tải",
        "Dự phòng",
        "Không xếp được",
        "Giải thích rủi ro",
        "Mục tiêu",
        "Đơn vị",
        "Thành viên",
        "Hướng dẫn",
        "Thông tin",
    ]


def test_an_english_workbook_is_read_back_too(tmp_path):
    office = fake_office(30, 12)
    plan = fake_plan(office)
    write_plan(plan, office, tmp_path / "p", "en")
    back = read_plan(tmp_path / "p" / "plan.xlsx")
    assert (back.year, unnumbered(back), back.reserve) == (plan.year, plan.visits, plan.reserve)
