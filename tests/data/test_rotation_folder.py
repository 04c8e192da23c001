import csv
import json
import os
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from data.plan_folder import write_plan
from data.records import Office, Plan, Position, RotationPlan, Staff, Unit
from data.rotation_folder import PlanFileError, read_rotation, rotation_files, write_rotation
from tests.rotation_plans import rotation_plan
from tests.written_plans import rotation_plans

PLAN, OFFICE = rotation_plan(60)
MOVE = PLAN.moves[0]


def unnumbered(plan):
    return tuple(replace(move, row=0) for move in plan.moves)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rotation_plans())
def test_what_is_written_is_read_back_from_folder_and_workbook(tmp_path, plan):
    write_rotation(plan, Office(), tmp_path / "p")
    back = read_rotation(tmp_path / "p")
    assert (back.year, unnumbered(back), back.unplaced, back.facts) == (
        plan.year, plan.moves, plan.unplaced, plan.facts,
    )  # fmt: skip
    if plan.moves:
        book = read_rotation(tmp_path / "p" / "rotation.xlsx")
        assert (book.year, unnumbered(book), book.unplaced) == (
            plan.year, plan.moves, plan.unplaced,
        )  # fmt: skip


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_workbook_in_either_language_is_read_back(tmp_path, lang):
    write_rotation(PLAN, OFFICE, tmp_path / "p", lang)
    book = read_rotation(tmp_path / "p" / "rotation.xlsx")
    assert (book.year, unnumbered(book), book.unplaced) == (2027, PLAN.moves, PLAN.unplaced)


def test_the_columns_stand_in_the_order_of_the_contract():
    files = rotation_files(PLAN, OFFICE)
    header, first, *_ = csv.reader(files["moves.csv"].decode().splitlines())
    assert " ".join(header) == (
        "move_id staff_id from_position to_position wave effective_date instrument cycle_id "
        "cycle_kind days_before_limit distance_km reason"
    )
    assert first[5] == f"2027-{MOVE.wave:02}-15"
    assert files["unplaced.csv"].startswith(b"staff_id,reason,rules,relaxation\n")
    assert b'"move.profession;move.unit-share"' not in files["unplaced.csv"]
    assert b",move.profession;move.unit-share," in files["unplaced.csv"]


def test_the_same_plan_gives_the_same_bytes_whatever_the_solver_took():
    slower = replace(PLAN, facts={**PLAN.facts, "seconds": 77.0})
    one, other = rotation_files(PLAN, OFFICE), rotation_files(slower, OFFICE)
    assert one == rotation_files(PLAN, OFFICE)
    assert {name for name in one if one[name] != other[name]} == {"rotation.json"}
    assert json.loads(one["rotation.json"])["seconds"] == 12.5


def test_an_older_rotation_of_ours_is_replaced_and_other_things_are_not(tmp_path):
    write_rotation(PLAN, OFFICE, tmp_path / "p")
    write_rotation(PLAN, OFFICE, tmp_path / "p" / "public", public=True)
    write_rotation(replace(PLAN, moves=(MOVE,)), OFFICE, tmp_path / "p")
    assert unnumbered(read_rotation(tmp_path / "p")) == (MOVE,)
    assert not (tmp_path / "p" / "public").exists()
    (tmp_path / "q").mkdir()
    (tmp_path / "q" / "thesis.txt").write_text("mine")
    with pytest.raises(PlanFileError, match="không ghi đè"):
        write_rotation(PLAN, OFFICE, tmp_path / "q")
    assert os.listdir(tmp_path / "q") == ["thesis.txt"]


def test_a_rotation_never_takes_the_folder_of_a_yearly_plan_nor_the_other_way(tmp_path):
    visits = Plan(2027, (), (), {"year": 2027})
    write_plan(visits, Office(), tmp_path / "visits")
    write_rotation(PLAN, OFFICE, tmp_path / "moves")
    with pytest.raises(PlanFileError, match="không ghi đè"):
        write_rotation(PLAN, OFFICE, tmp_path / "visits")
    with pytest.raises(PlanFileError, match="không ghi đè"):
        write_plan(visits, Office(), tmp_path / "moves")


@pytest.mark.parametrize("name", ["=1+1", "+49", "-x", "@SUM(A1)", '=cmd|" /C calc"!A0'])
def test_a_text_that_looks_like_a_formula_stays_text(tmp_path, name):
    office = Office(
        units=(Unit("U1", name, "ward"),),
        positions=(Position(MOVE.to_position, "U1", name, "specialist", "x"),),
        staff=(Staff(MOVE.staff_id, name, date(1980, 1, 1), "male", "c", "x", "specialist"),),
    )
    plan = RotationPlan(2027, (replace(MOVE, reason=name),), (), {"year": 2027})
    write_rotation(plan, office, tmp_path / "p")
    book = openpyxl.load_workbook(tmp_path / "p" / "rotation.xlsx")
    cells = [cell for cell in book["Kế hoạch"][2] if cell.value == name]
    assert len(cells) == 4  # person, new post, new unit, reason
    kinds = {
        (cell.data_type, cell.quotePrefix)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == name
    }
    assert kinds == {("s", True)}


def column(sheet, title):
    return next(cell.column for cell in sheet[1] if cell.value == title)


def test_the_workbook_has_its_sheets_real_dates_and_drop_downs(tmp_path):
    write_rotation(PLAN, OFFICE, tmp_path / "p")
    book = openpyxl.load_workbook(tmp_path / "p" / "rotation.xlsx")
    assert book.sheetnames == [
        "Kế hoạch", "Chưa xếp được", "Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV",
        "Theo đơn vị", "Hướng dẫn", "Thông tin",
    ]  # fmt: skip
    sheet = book["Kế hoạch"]
    assert sheet.cell(2, column(sheet, "Ngày thực hiện")).value == datetime(2027, MOVE.wave, 15)
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref.startswith("A1:")
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert [text.count(",") >= 2 for text in lists] == [True, True]


def test_the_annexes_count_everybody_once(tmp_path):
    write_rotation(PLAN, OFFICE, tmp_path / "p")
    book = openpyxl.load_workbook(tmp_path / "p" / "rotation.xlsx")
    rows = {name: book[name].max_row - 1 for name in book.sheetnames if name.startswith("Phụ lục")}
    assert rows == {
        "Phụ lục I": len(PLAN.moves) + len(PLAN.unplaced),
        "Phụ lục II": len(PLAN.facts["deferred"]),
        "Phụ lục III": len(PLAN.facts["exempt"]),
        "Phụ lục IV": len(PLAN.facts["single"]),
    }


def test_annex_one_says_since_when_by_which_paper_and_until_when(tmp_path):
    facts = {
        **PLAN.facts,
        "clock": {MOVE.staff_id: {"clock_start": "2021-05-04", "months_served": 66}},
    }
    move = replace(MOVE, effective_date=date(2027, 3, 15), days_before_limit=20)
    write_rotation(replace(PLAN, moves=(move,), unplaced=(), facts=facts), OFFICE, tmp_path / "p")
    sheet = openpyxl.load_workbook(tmp_path / "p" / "rotation.xlsx")["Phụ lục I"]
    shown = {head.value: cell.value for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert shown["Ngày bắt đầu giữ vị trí"] == datetime(2021, 5, 4)
    assert shown["Thời gian giữ (tháng)"] == 66
    assert shown["Ngày phải chuyển"] == datetime(2027, 4, 4)
    assert shown["Số văn bản"] == "1/QĐ-SNV"
