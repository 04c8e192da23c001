"""Workbooks made to work in: lists to choose from, names and loads that follow an edit, print."""

from __future__ import annotations

import re
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from data.exports.rotation_book import rotation_workbook
from data.exports.workbook import workbook_bytes
from data.plan_folder import write_plan
from data.records import Inspector, Unit
from tests.plans import fake_office, fake_plan
from tests.rotation_plans import rotation_plan

OFFICE = fake_office(40, 12)
PLAN = fake_plan(OFFICE)
OURS = (
    r"=IFERROR\(VLOOKUP\([BI]\d+,'[^']+'!\$A\$2:\$B\$\d+,2,FALSE\),\"\"\)",
    r"=SUMPRODUCT\(.*\)",
    r'=IF\(F\d+=0,"",D\d+/F\d+\)',
)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("work") / "p"
    write_plan(PLAN, OFFICE, path)
    return openpyxl.load_workbook(path / "plan.xlsx")


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    path = tmp_path_factory.mktemp("shown") / "plan.xlsx"
    path.write_bytes(workbook_bytes(PLAN, OFFICE))
    return openpyxl.load_workbook(path, data_only=True)


def column(sheet, title):
    return next(cell.column for cell in sheet[1] if cell.value == title)


def offered(book, title):
    """The words that the drop-down of a column of the plan offers."""
    sheet = book["Kế hoạch"]
    place = column(sheet, title)
    for rule in sheet.data_validations.dataValidation:
        left, top, right, bottom = range_boundaries(str(rule.sqref))
        if left <= place <= right:
            assert (top, bottom > len(PLAN.visits)) == (2, True)
            if rule.formula1.startswith('"'):
                return rule.formula1.strip('"').split(",")
            name, cells = re.fullmatch(r"'(.+)'!\$(.+)", rule.formula1).groups()
            return [cell.value for (cell,) in book[name][cells.replace("$", "")]]
    return []


def test_every_choice_of_a_row_is_in_its_drop_down(book):
    sheet = book["Kế hoạch"]
    for title in ("Mã đơn vị", "Loại kiểm tra", "Mã trưởng đoàn", "Trạng thái"):
        words = offered(book, title)
        place = column(sheet, title)
        used = {sheet.cell(row, place).value for row in range(2, sheet.max_row + 1)} - {None}
        assert used <= set(words), title
    assert len(offered(book, "Mã đơn vị")) == len(OFFICE.units)


def test_people_stand_by_given_name_and_units_in_vietnamese_order(tmp_path):
    office = replace(
        OFFICE,
        inspectors=tuple(
            Inspector(n, n, "U") for n in ("Trần Văn Bình", "Lê An", "Vũ Ánh", "Đỗ Đạt", "Ngô Dũng")
        ),
        units=tuple(Unit(n, n, "ward") for n in ("Xã 10", "Đông Anh", "Xã 2", "Dương Nội")),
    )
    (tmp_path / "x.xlsx").write_bytes(workbook_bytes(replace(PLAN, visits=()), office))
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    names = [cell.value for cell in book["Thành viên"]["B"][1:]]
    assert names == ["Lê An", "Vũ Ánh", "Trần Văn Bình", "Ngô Dũng", "Đỗ Đạt"]
    assert [c.value for c in book["Đơn vị"]["B"][1:]] == ["Dương Nội", "Đông Anh", "Xã 2", "Xã 10"]


def test_moves_can_be_sorted_by_given_name_through_the_last_column(tmp_path):
    plan, office = rotation_plan(30)
    (tmp_path / "x.xlsx").write_bytes(rotation_workbook(plan, office))
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["Kế hoạch"]
    person, rank = column(sheet, "Họ và tên (chỉ xem)"), column(sheet, "Thứ tự theo tên (chỉ xem)")
    rows = sorted(
        (sheet.cell(row, rank).value, sheet.cell(row, person).value)
        for row in range(2, sheet.max_row + 1)
    )
    given = [name.split()[-1] for _, name in rows]
    assert given.index("Ánh") < given.index("Bình") < given.index("Dũng") < given.index("Đạt")


def test_the_only_formulas_are_ours_and_hold_no_text_that_a_person_wrote(book):
    formulas = [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(formulas) > 2 * len(PLAN.visits)
    assert [f for f in formulas if not any(re.fullmatch(ours, f) for ours in OURS)] == []


def test_names_behind_the_formulas_are_there_before_a_spreadsheet_reckons(shown):
    sheet = shown["Kế hoạch"]
    units = {unit.unit_id: unit.name for unit in OFFICE.units}
    for row, visit in enumerate(PLAN.visits, start=2):
        assert sheet.cell(row, 2).value == visit.unit_id
        assert sheet.cell(row, 3).value == units[visit.unit_id]


def test_the_load_that_is_counted_again_asks_for_status_lead_members_and_days(book):
    sheet = book["Tải"]
    last = len(PLAN.visits) + 200
    assert sheet["D2"].value == (
        f"=SUMPRODUCT(('Kế hoạch'!$M$2:$M${last}<>\"Không xếp được\")"
        f"*(('Kế hoạch'!$I$2:$I${last}=$A2)"
        f'+ISNUMBER(FIND(";"&$A2&";",";"&\'Kế hoạch\'!$K$2:$K${last}&";"))>0)'
        f"*'Kế hoạch'!$H$2:$H${last})"
    )
    heads = {n: book["Kế hoạch"][f"{n}1"].value for n in "HIKM"}
    assert heads == {
        "H": "Số ngày", "I": "Mã trưởng đoàn", "K": "Mã thành viên", "M": "Trạng thái",
    }  # fmt: skip


def test_every_sheet_prints_across_with_its_header_on_each_page(book):
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert sheet.print_title_rows == "$1:$1", sheet.title
        assert sheet.page_setup.fitToHeight == 0, sheet.title
        assert sheet.oddFooter.right.text == "&P/&N", sheet.title
    assert book["Kế hoạch"].page_setup.paperSize == 8  # A3
    assert book["Dự phòng"].page_setup.paperSize == 9  # A4


def test_late_moves_and_full_people_are_coloured(book, tmp_path):
    plan, office = rotation_plan(12)
    (tmp_path / "x.xlsx").write_bytes(rotation_workbook(plan, office))
    moves = openpyxl.load_workbook(tmp_path / "x.xlsx")["Kế hoạch"]
    days = openpyxl.utils.get_column_letter(column(moves, "Số ngày trước hạn"))
    bounds = {
        (rule.formula[0], rule.formula[1])
        for cells, rules in moves.conditional_formatting._cf_rules.items()
        if str(cells.sqref).startswith(days)
        for rule in rules
    }
    assert bounds == {("-99999", "-1"), ("0", "29")}
    load = [r for rules in book["Tải"].conditional_formatting._cf_rules.values() for r in rules]
    assert [rule.formula for rule in sorted(load, key=lambda r: float(r.formula[0]))] == [
        ["0", "0.61"], ["0.61", "0.81"], ["0.81", "1.0"], ["1.0001", "99"],
    ]  # fmt: skip
