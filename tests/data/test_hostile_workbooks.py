"""Workbooks as they come from many desks: each is read, or refused with exact rows and columns.

Every case is one workbook; the faults listed are all of them, in the order in which they are told.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import zipfile

import openpyxl
import pytest

from data.faults import DatasetError
from data.tables import read_dataset

TABLES = {
    "units": [
        ["unit_id", "name", "kind", "headcount"], ["U1", "Sở Một", "department", 40],
        ["U2", "Phường Hai", "ward", 12], ["U3", "Xã Ba", "commune", None],
    ],
    "inspectors": [
        ["inspector_id", "name", "home_unit_id"], ["I1", "Nguyễn Văn An", "U1"],
        ["I2", "Trần Thị Bình", "U1"],
    ],
    "absences": [
        ["inspector_id", "start", "end"], ["I1", dt.datetime(2027, 3, 1), dt.datetime(2027, 3, 5)],
    ],
}  # fmt: skip


def written(tmp_path, edit):
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for name, rows in TABLES.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    edit(book)
    path = tmp_path / "ho-so.xlsx"
    book.save(path)
    return path


def told(path):
    """Every fault as (table, row, column, value), and what is said of it."""
    with pytest.raises(DatasetError) as refused:
        read_dataset(path)
    faults = refused.value.faults
    return [(f.table, f.row, f.column, f.value) for f in faults], "\n".join(
        f.say("vi") for f in faults
    )


def put(sheet, **cells):
    """An edit that writes cells: put("units", A1="x")."""

    def edit(book):
        for cell, value in cells.items():
            book[sheet][cell] = value

    return edit


def both(*edits):
    def edit(book):
        for one in edits:
            one(book)

    return edit


def decomposed(text):
    return unicodedata.normalize("NFD", text)


def error_cell(book):
    book["units"]["D2"].value = "#REF!"
    book["units"]["D2"].data_type = "e"


def title_above(book):
    book["units"].insert_rows(1, 2)
    book["units"]["A1"] = "DANH SÁCH ĐƠN VỊ"


REFUSED = {
    "dates as text, one of them not there": (
        put("absences", B2="01/03/2027", C2="31.02.2027"),
        [("absences", 2, "end", "31.02.2027")],
        "Tháng 2/2027 có 28 ngày",
    ),
    "month before day": (
        put("absences", B2="03/25/2027"),
        [("absences", 2, "start", "03/25/2027")],
        "Ghi ngày trước tháng",
    ),
    "a year of two digits": (
        put("absences", B2="01/03/27"), [("absences", 2, "start", "01/03/27")], "bốn chữ số",
    ),
    "a date that is a bare number": (
        put("absences", C2="46451"), [("absences", 2, "end", "46451")], "là số, không phải ngày",
    ),
    "dates centuries away": (
        put("absences", C2=dt.datetime(2327, 3, 1)),
        [("absences", 2, "end", "2327-03-01")],
        "ngoài khoảng 1900-2199",
    ),
    "the end before the start": (
        put("absences", B2=dt.datetime(2027, 3, 9)),
        [("absences", 2, "end", "2027-03-05")],
        "trước ngày đầu 2027-03-09",
    ),
    "a deleted header": (
        lambda book: book["units"].delete_rows(1),
        [("units", 1, "", "U1 | Sở Một | department | 40")],
        "hoặc thêm dòng tiêu đề",
    ),
    "the header in row 3": (
        title_above, [("units", 1, "", "DANH SÁCH ĐƠN VỊ")], "Tiêu đề nằm ở dòng 3",
    ),
    "a renamed column": (
        put("units", C1="Lọai đơn vj"), [("units", 1, "kind", "")], "Có phải «Lọai đơn vj»?",
    ),
    "a column twice": (
        put("units", E1="Tên đơn vị"), [("units", 1, "name", "Tên đơn vị")], "trùng với «name»",
    ),
    "ids in scientific notation": (
        put("units", A4="1E+05"), [("units", 4, "unit_id", "1E+05")], "bị Excel đổi thành số",
    ),
    "ids so long that they lost their digits": (
        put("units", A4=1.2345678901234567e17),
        [("units", 4, "unit_id", "1.234567890123457e+17")],
        "Định dạng cột là Văn bản",
    ),
    "ids that lost their zeros": (
        both(put("units", A2=1), put("inspectors", C2="001", C3="001")),
        [("inspectors", 2, "home_unit_id", "001"), ("inspectors", 3, "home_unit_id", "001")],
        "không có trong bảng units",
    ),
    "ids twice": (
        put("units", A4="U2"), [("units", 4, "unit_id", "U2")], "đã có ở dòng 3",
    ),
    "ids twice but for unseen letters": (
        put("units", A4="U2\u200b"), [("units", 4, "unit_id", "U2")], "đã có ở dòng 3",
    ),
    "a percent for a number": (
        put("units", D2="40%"), [("units", 2, "headcount", "40%")], "Chỉ ghi chữ số",
    ),
    "thousands with a point": (
        put("units", D2="1.200"), [("units", 2, "headcount", "1.200")], "Ghi liền",
    ),
    "a number in words": (
        put("units", D3="mười hai"), [("units", 3, "headcount", "mười hai")], "không phải là số",
    ),
    "a cell in error": (error_cell, [("units", 2, "headcount", "#REF!")], "Ô D2 báo lỗi #REF!"),
    "a link to another workbook that was never reckoned": (
        put("units", D2="=[1]Khac!A1"), [("units", 2, "headcount", "")], "công thức chưa tính",
    ),
    "merged cells": (
        lambda book: book["units"].merge_cells("D2:D3"),
        [("units", 2, "headcount", "D2:D3")],
        "Bỏ gộp ô",
    ),
    "a word that is no choice": (
        put("units", C3="phuờngg"), [("units", 3, "kind", "phuờngg")], "Có phải «phường»?",
    ),
    "a needed cell that holds blanks only": (
        put("units", B3=" \u00a0\u200b"), [("units", 3, "name", "")], "đang trống",
    ),
    "a unit that is not there": (
        put("inspectors", C3="U9"), [("inspectors", 3, "home_unit_id", "U9")], "«U9» không có trong",
    ),
    "two sheets for one table": (
        lambda book: book.create_sheet("Units ").append(["unit_id", "name", "kind"]),
        [("units", 0, "", "Units ")],
        "Bỏ hoặc gộp một trang",
    ),
    "everything at once": (
        both(put("units", C3="bệnh viện", D2="nhiều"), put("absences", B2="hôm qua"),
             put("inspectors", A3="I1")),
        [("absences", 2, "start", "hôm qua"), ("inspectors", 3, "inspector_id", "I1"),
         ("units", 2, "headcount", "nhiều"), ("units", 3, "kind", "bệnh viện")],
        "«hôm qua» không phải là ngày",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_exactly_these_faults(tmp_path, case):
    edit, faults, words = REFUSED[case]
    found, text = told(written(tmp_path, edit))
    assert found == faults
    assert words in text


def own_columns(book):
    book["units"].insert_cols(2)
    book["units"]["B1"] = "Ghi chú"
    book["units"]["B2"] = "=1+1"


def trailing_blanks(book):
    for row in range(5, 300):
        book["units"].cell(row, 1).value = "  "
    book["units"].cell(3_000, 6).number_format = "0.00"


def mixed_languages(book):
    for cell, word in {
        "A1": "Mã đơn vị",
        "B1": decomposed("TÊN ĐƠN VỊ"),
        "C2": "Sở ban ngành",
    }.items():
        book["units"][cell] = word
    book["units"]["C3"] = decomposed("Phường")


def other_order(book):
    book.move_sheet("absences", -2)
    book["units"].sheet_properties.tabColor = "ff0000"


def protected(book):
    book["units"].protection.sheet = True
    book["units"].protection.password = "x"
    book.security.lockStructure = True


READ_ALIKE = {
    "accents in two parts": put("units", B2=decomposed("Sở Một")),
    "unseen letters": put(
        "units", A2="\ufeffU1\u200b", B2="Sở\u00a0Một".replace("\u00a0", " ") + "\u200b"
    ),
    "own columns with formulas": own_columns,
    "numbers as text": put("units", D2=" 40 ", D3="12,0"),
    "dates as text": put("absences", B2="01/03/2027", C2="2027-03-05"),
    "a time of day in a date": put("absences", B2=dt.datetime(2027, 3, 1, 8, 30)),
    "trailing blanks and a used range far down": trailing_blanks,
    "two languages in one header": mixed_languages,
    "sheets in another order": other_order,
    "sheets of one's own": lambda book: book.create_sheet("Tổng hợp").append(["=1/0"]),
    "an empty sheet of a known name": lambda book: book.create_sheet("visits"),
    "a protected sheet": protected,
    "a hidden column": lambda book: setattr(book["units"].column_dimensions["C"], "hidden", True),
}


@pytest.mark.parametrize("case", READ_ALIKE)
def test_it_is_read_as_if_nothing_were_odd(tmp_path, case):
    plain = read_dataset(written(tmp_path, lambda book: None)).digest
    assert read_dataset(written(tmp_path, READ_ALIKE[case])).digest == plain


def test_a_very_long_cell_is_read_whole(tmp_path):
    dataset = read_dataset(written(tmp_path, put("units", B2="ữ" * 32_767)))
    assert dataset["units"]["name"].tolist()[0] == "ữ" * 32_767


def test_macros_are_neither_run_nor_read(tmp_path):
    path = written(tmp_path, lambda book: None)
    plain = read_dataset(path).digest
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(3_000))
    assert read_dataset(path.rename(tmp_path / "ho-so.xlsm")).digest == plain


def test_two_sheets_of_the_very_same_name_are_refused_rather_than_one_of_them_lost(tmp_path):
    path = written(tmp_path, lambda book: book.create_sheet("khác"))
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/workbook.xml"] = re.sub(b'name="kh[^"]*"', b'name="units"', parts["xl/workbook.xml"])
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    found, text = told(path)
    assert found == [("", 0, "", "")]
    assert "hai trang tính cùng tên «units»" in text


def test_a_csv_that_calls_itself_a_workbook_is_told_as_no_workbook(tmp_path):
    path = tmp_path / "ho-so.xlsx"
    path.write_text("unit_id,name,kind\nU1,a,ward\n")
    found, text = told(path)
    assert found == [("", 0, "", "")]
    assert "không phải sổ tính Excel" in text
