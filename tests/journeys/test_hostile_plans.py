"""Plans that come back from many desks: read as meant, or refused with exact rows and columns."""

from __future__ import annotations

import unicodedata
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from typer.testing import CliRunner

from api.cli import app
from data.plan_files import PlanFileError
from data.plan_folder import write_plan
from data.records import Inspector, Office, Plan, PlannedVisit, ReserveWeek, Unit
from scheduler.journeys import EditsAsk, import_edits

run = CliRunner().invoke
OFFICE = Office(
    units=(Unit("U1", "Xã Một", "commune"), Unit("U2", "Phường Hai", "ward")),
    inspectors=(Inspector("A", "Trần An", "U1"), Inspector("B", "Lê Bình", "U1")),
)
DAY = date(2027, 3, 15)
VISITS = tuple(
    PlannedVisit(f"V{n}", f"U{n % 2 + 1}", "periodic", start=DAY, end=DAY, days=1, lead="A",
                 members=("B",), reason="rủi ro cao", owner="SNV")
    for n in range(1, 5)
)  # fmt: skip
PLAN = Plan(2027, VISITS, (ReserveWeek(DAY, 6, 2),), {"year": 2027, "plan_id": "goc"})


@pytest.fixture
def home(tmp_path):
    write_plan(PLAN, OFFICE, tmp_path / "p")
    return tmp_path


def came_back(home, edit, name="Kế hoạch"):
    """The changes found in the workbook of the plan after an edit(sheet, cell by column title)."""
    book = openpyxl.load_workbook(home / "p" / "plan.xlsx")
    sheet = book[name]
    columns = {cell.value: cell.column for cell in sheet[1]}
    edit(sheet, lambda row, title: sheet.cell(row, columns[title]))
    book.save(home / "x.xlsx")
    return [r.edit for r in import_edits(EditsAsk(home / "x.xlsx", home / "p")).rows]


def put(row, title, value):
    def edit(sheet, cell):
        cell(row, title).value = value

    return edit


def merged(sheet, cell):
    one, other = cell(3, "Mã trưởng đoàn"), cell(4, "Mã trưởng đoàn")
    sheet.merge_cells(f"{one.coordinate}:{other.coordinate}")


def in_error(sheet, cell):
    cell(4, "Mã đơn vị").value = "#N/A"
    cell(4, "Mã đơn vị").data_type = "e"


def everything(sheet, cell):
    cell(2, "Từ ngày").value = "31/02/2027"
    cell(3, "Trạng thái").value = "hoãn"
    cell(4, "Mã cuộc kiểm tra").value = "V1"
    cell(5, "Số ngày").value = "hai"


REFUSED = {
    "a day that is not there": (put(3, "Từ ngày", "31/02/2027"), [(3, "start", "31/02/2027")]),
    "a date that is a number": (put(3, "Đến ngày", "46461"), [(3, "end", "46461")]),
    "a year of two digits": (put(3, "Từ ngày", "15/03/27"), [(3, "start", "15/03/27")]),
    "the end before the start": (
        put(3, "Đến ngày", datetime(2027, 3, 14)), [(3, "end", "2027-03-14")],
    ),
    "a date rubbed out": (put(3, "Từ ngày", None), [(3, "start", "")]),
    "dropped with its dates": (
        put(3, "Trạng thái", "Không xếp được"), [(3, "start", "2027-03-15"), (3, "end", "2027-03-15")],
    ),
    "a kind that a plan never names": (
        put(3, "Loại kiểm tra", "đột xuất"), [(3, "kind", "đột xuất")],
    ),
    "an id rubbed out": (put(3, "Mã cuộc kiểm tra", " \u200b"), [(3, "visit_id", "")]),
    "an id twice": (put(5, "Mã cuộc kiểm tra", "V2"), [(5, "visit_id", "V2")]),
    "an id in scientific notation": (
        put(3, "Mã cuộc kiểm tra", "2E+03"), [(3, "visit_id", "2E+03")],
    ),
    "a formula that was never reckoned": (
        put(3, "Mã trưởng đoàn", "=A1"), [(3, "Mã trưởng đoàn", "")],
    ),
    "a cell in error": (in_error, [(4, "Mã đơn vị", "#N/A")]),
    "merged cells": (merged, [(3, "Mã trưởng đoàn", "I3:I4")]),
    "a header rubbed out": (put(1, "Từ ngày", None), [(1, "start", "")]),
    "the header twice": (put(1, "Lý do", "Từ ngày"), [(1, "start", "Từ ngày")]),
    "everything at once": (
        everything,
        [(2, "start", "31/02/2027"), (3, "status", "hoãn"), (4, "visit_id", "V1"), (5, "days", "hai")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_exactly_these_faults(home, case):
    edit, faults = REFUSED[case]
    with pytest.raises(PlanFileError) as refused:
        came_back(home, edit)
    assert [(f.row, f.column, f.value) for f in refused.value.faults] == faults
    assert {f.table for f in refused.value.faults} == {"visits"}


def test_a_title_over_the_header_is_told_with_the_row_of_the_header(home):
    def edit(sheet, cell):
        sheet.insert_rows(1, 2)
        sheet["A1"] = "KẾ HOẠCH"

    with pytest.raises(PlanFileError) as refused:
        came_back(home, edit)
    assert [(f.row, f.column) for f in refused.value.faults] == [(1, "")]
    assert "Tiêu đề nằm ở dòng 3" in refused.value.text("vi")


def test_a_week_of_the_reserve_that_is_no_monday_is_a_fault_of_its_own_sheet(home):
    with pytest.raises(PlanFileError) as refused:
        came_back(home, put(2, "Tuần từ thứ Hai", datetime(2027, 3, 16)), "Dự phòng")
    assert [(f.table, f.row, f.column) for f in refused.value.faults] == [
        ("reserve", 2, "week_start")
    ]


def same_words(sheet, cell):
    cell(3, "Loại kiểm tra").value = unicodedata.normalize("NFD", "ĐỊNH KỲ")
    cell(3, "Mã trưởng đoàn").value = "\ufeff A\u200b "
    cell(3, "Mã thành viên").value = " B ; "
    cell(3, "Từ ngày").value = "15/3/2027"
    cell(3, "Số ngày").value = "1,0"
    cell(3, "Tên đơn vị (chỉ xem)").value = "=1/0"


def far_rows(sheet, cell):
    sheet.cell(5_000, 3).value = "  "
    sheet.insert_rows(3, 4)


def other_epoch(sheet, cell):
    sheet.parent.epoch = CALENDAR_MAC_1904


def protected(sheet, cell):
    sheet.protection.sheet = True
    sheet.sheet_state = "visible"
    sheet.column_dimensions["D"].hidden = True


def moved_sheets(sheet, cell):
    sheet.parent.move_sheet(sheet, 3)
    sheet.parent.create_sheet("Nháp", 0).append(["V9", "=cmd()"])
    del sheet.parent["Thông tin"]


UNCHANGED = {
    "the same words otherwise written": same_words,
    "blank rows and a used range far down": far_rows,
    "the date system of 1904": other_epoch,
    "protection and hidden columns": protected,
    "sheets moved, added, deleted": moved_sheets,
}


@pytest.mark.parametrize("case", UNCHANGED)
def test_it_comes_back_unchanged(home, case):
    assert came_back(home, UNCHANGED[case]) == []


def test_a_text_that_is_a_formula_now_is_read_as_the_value_it_shows_and_never_run(home):
    book = openpyxl.load_workbook(home / "p" / "plan.xlsx")
    sheet = book["Kế hoạch"]
    place = next(c for c in sheet[1] if c.value == "Lý do").column_letter
    sheet[f"{place}2"] = "=cmd|' /C calc'!A0"
    book.save(home / "x.xlsx")
    with pytest.raises(PlanFileError, match="công thức chưa tính"):
        import_edits(EditsAsk(home / "x.xlsx", home / "p"))
    path = home / "x.xlsx"
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = "xl/worksheets/sheet1.xml"
    cell = f'<c r="{place}2"'.encode()
    before, after = parts[name].split(cell, 1)
    body = after[after.index(b"<f>") : after.index(b"</f>") + 4]
    rest = after[after.index(b"</c>") :]
    parts[name] = before + cell + b' t="str">' + body + "<v>rủi ro cao</v>".encode() + rest
    with zipfile.ZipFile(path, "w") as new:
        for part, content in parts.items():
            new.writestr(part, content)
    assert import_edits(EditsAsk(path, home / "p")).rows == []


def test_the_command_tells_every_fault_and_ends_with_one(home):
    book = openpyxl.load_workbook(home / "p" / "plan.xlsx")
    sheet = book["Kế hoạch"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    everything(sheet, lambda row, title: sheet.cell(row, columns[title]))
    book.save(home / "x.xlsx")
    told = run(app, ["import-edits", str(home / "x.xlsx"), str(home / "p")])
    assert told.exit_code == 1
    assert "4 chỗ cần sửa" in told.output
    assert "visits, dòng 4, visit_id" in told.output
