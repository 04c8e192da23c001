"""What a dataset is read as: the same from CSV and from a workbook."""

import csv
import datetime as dt
import unicodedata
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.columns import tables
from data.faults import DatasetError
from data.records import Absence, Campaign, Pin, Unit
from data.tables import read_dataset


def test_csv_cells_become_records_of_the_office(folder):
    office = read_dataset(
        folder(
            units="unit_id,name,kind,lat,lon,headcount,in_scope\n"
            "U1,Sở Một,department,21.03,105.8,50,false\nU2,Phường Hai,ward,,,,\n",
            absences="inspector_id,start,end\nI1,2027-03-01,05/03/2027\n",
            campaigns="campaign_id,title,start,end,units,skills\n"
            "C1,Một cửa,2027-01-04,2027-03-31,U1; kind=ward ,par;it\n",
        )
    ).office()
    assert office.units == (
        Unit("U1", "Sở Một", "department", lat=21.03, lon=105.8, headcount=50, in_scope=False),
        Unit("U2", "Phường Hai", "ward"),
    )
    assert office.absences == (Absence("I1", dt.date(2027, 3, 1), dt.date(2027, 3, 5)),)
    window = dt.date(2027, 1, 4), dt.date(2027, 3, 31)
    assert office.campaigns == (
        Campaign("C1", "Một cửa", *window, units=("U1", "kind=ward"), days=1, skills=("par", "it")),
    )


def test_every_table_of_the_contract_is_there_and_typed_when_only_two_are_given(folder):
    dataset = read_dataset(folder())
    assert list(dataset.tables) == list(tables())
    assert dataset["absences"]["start"].dtype == "datetime64[us]"
    assert dataset["absences"]["inspector_id"].dtype == "str"
    assert dataset["positions"]["is_lead"].dtype == "bool"
    assert len(dataset["postings"]) == 0


def test_a_table_that_a_command_needs_must_be_there(folder):
    path = folder()
    read_dataset(path, needed=("units",))
    with pytest.raises(DatasetError) as refused:
        read_dataset(path, needed=("units", "staff", "postings"))
    assert [fault.table for fault in refused.value.faults] == ["postings", "staff"]


def test_a_needed_table_with_nothing_but_its_header_is_a_fault(folder):
    path = folder(findings="finding_id,visit_id,severity,remedy_due\n")
    read_dataset(path)
    with pytest.raises(DatasetError, match="findings: Bảng không có dòng dữ liệu"):
        read_dataset(path, needed=("findings",))


def test_sections_are_out_of_scope_unless_the_cell_says_otherwise(folder):
    units = "unit_id,name,kind,in_scope\nU1,A,department,\nU2,B,section,\nU3,C,section,có\n"
    assert read_dataset(folder(units=units))["units"]["in_scope"].tolist() == [True, False, True]


def test_vietnamese_headers_and_words_are_understood_whatever_their_accents_and_case(folder):
    plain = folder(units="unit_id,name,kind\nU1,Sở Một,department\nU2,Phường Hai,ward\n")
    english = read_dataset(plain)
    vietnamese = "Mã đơn vị,TÊN ĐƠN VỊ,loai don vi\nU1,Sở Một,Sở ban ngành\nU2,Phường Hai,PHƯỜNG\n"
    assert read_dataset(folder(units=vietnamese)).digest == english.digest


def test_decomposed_and_composed_text_are_one(folder):
    composed = "unit_id,name,kind\nĐỘI-1,Đội Một,ward\n"
    people = "inspector_id,name,home_unit_id\nI1,An,ĐỘI-1\n"
    decomposed = unicodedata.normalize("NFD", composed)
    assert decomposed != composed
    first = read_dataset(folder(units=composed, inspectors=people))
    second = read_dataset(folder(units=decomposed, inspectors=people))
    assert second["units"]["name"].tolist() == ["Đội Một"]
    assert first.digest == second.digest


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_mark_line_ends_and_separator_do_not_change_what_is_read(folder, mark, ending, separator):
    units = "unit_id,name,kind\nU1,Sở Một,department\nU2,Phường Hai,ward\n"
    other = mark + units.replace(",", separator).replace("\n", ending)
    assert read_dataset(folder(units=other)).digest == read_dataset(folder(units=units)).digest


def test_excels_own_separator_line_is_obeyed(folder):
    people = "sep=|\ninspector_id|name|home_unit_id\nI1|An|U1\n"
    dataset = read_dataset(folder(inspectors=people))
    assert dataset["inspectors"].index.tolist() == [3]


def test_empty_rows_are_skipped_and_row_numbers_stay_right(folder):
    units = "\n,,\nunit_id,name,kind\n\nU1,Sở Một,department\n,,\n \t,,\nU2,Phường Hai,ward\n\n"
    assert read_dataset(folder(units=units))["units"].index.tolist() == [5, 8]


def test_rows_are_lines_of_the_file_even_after_a_line_break_inside_a_cell(folder):
    units = 'unit_id,name,kind\nU1,"Sở\nMột",department\nU2,Phường Hai,ward\nU2,Lần nữa,ward\n'
    with pytest.raises(DatasetError) as refused:
        read_dataset(folder(units=units))
    (fault,) = refused.value.faults
    assert fault.row == 5
    assert fault.message.params["first"] == 4


def test_pins_keep_their_row_and_their_week_starts_on_monday(folder):
    pins = (
        "unit_id,kind,date,week,inspector_id,must,reason\n"
        "U1,periodic,,2027-W12,,phải,x\nU2,,2027-03-25,26/03/2027,I1,must_not,y\n"
    )
    monday = dt.date(2027, 3, 22)
    assert read_dataset(folder(pins=pins)).office().pins == (
        Pin(2, "U1", "periodic", None, monday, "", True, "x"),
        Pin(3, "U2", "", dt.date(2027, 3, 25), monday, "I1", False, "y"),
    )


def test_unknown_columns_are_left_out_and_told_with_the_header_that_was_probably_meant(folder):
    units = "unit_id,name,kind,head_counts,ghi chú\nU1,Sở Một,department,5,x\nU2,Hai,ward,,\n"
    dataset = read_dataset(folder(units=units))
    assert [warning.say("vi") for warning in dataset.warnings] == [
        "units: cột «head_counts» không dùng đến. Có phải «headcount»?",
        "units: cột «ghi chú» không dùng đến.",
    ]
    assert dataset["units"]["headcount"].isna().all()


def test_a_file_that_is_no_table_is_told_with_the_name_that_was_probably_meant(folder):
    path = folder(unit="unit_id\n", absence="x\n")
    told = [warning.say("vi") for warning in read_dataset(path).warnings]
    assert told == [
        "Tệp «absence.csv» không dùng đến. Có phải «absences»?",
        "Tệp «unit.csv» không dùng đến. Có phải «units»?",
    ]


def test_the_order_of_columns_and_extra_columns_do_not_change_the_digest(folder):
    first = read_dataset(folder())
    other = "ghi chú,kind,unit_id,name\nx,department,U1,Sở Một\n,ward,U2,Phường Hai\n"
    assert read_dataset(folder(units=other)).digest == first.digest


def test_another_value_or_another_order_of_rows_is_another_digest(folder):
    units = "unit_id,name,kind\nU1,Sở Một,department\nU2,Phường Hai,ward\n"
    lines = units.splitlines()
    swapped = "\n".join([lines[0], lines[2], lines[1]])
    digests = {
        read_dataset(folder(units=text)).digest
        for text in (units, units.replace("Một", "Mốt"), swapped)
    }
    assert len(digests) == 3


def test_real_excel_dates_whole_numbers_and_yes_no_read_as_such(book):
    dataset = read_dataset(
        book(
            inspectors=[
                ["inspector_id", "name", "home_unit_id", "can_lead", "max_days_per_month"],
                [1001, "An", "U1", True, 8],
            ],
            absences=[
                ["Mã thành viên", "Từ ngày", "Đến ngày"],
                ["1001", dt.date(2027, 3, 1), dt.datetime(2027, 3, 5, 0, 0)],
                ["1001", "08/03/2027", "2027-03-09"],
            ],
        )
    )
    inspector = dataset.office().inspectors[0]
    assert (inspector.inspector_id, inspector.can_lead, inspector.max_days_per_month) == (
        "1001",
        True,
        8,
    )
    assert [absence.end for absence in dataset.office().absences] == [
        dt.date(2027, 3, 5),
        dt.date(2027, 3, 9),
    ]


def test_empty_rows_above_and_inside_a_sheet_keep_the_numbers_that_excel_shows(book):
    rows = [
        [],
        ["unit_id", "name", "kind"],
        ["U1", "Một", "ward"],
        [None, " "],
        ["U2", "Hai", "ward"],
    ]
    assert read_dataset(book(units=rows))["units"].index.tolist() == [3, 5]


def test_a_sheet_that_is_no_table_is_told_and_the_guide_is_not(book):
    def edit(workbook: openpyxl.Workbook) -> None:
        workbook.create_sheet("Hướng dẫn").append(["Đọc tôi"])
        workbook.create_sheet("Sheet1").append(["x"])
        workbook.create_chartsheet("Biểu đồ")

    told = [warning.say("vi") for warning in read_dataset(book(edit)).warnings]
    assert told == ["Trang tính «Sheet1» không dùng đến."]


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() and not text.strip().startswith(("=", "sep=")))
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1))
# 15 digits: what every spreadsheet keeps of a number
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: float(f"{x:.15g}"))


@st.composite
def datasets(draw) -> dict[str, list[list[object]]]:
    """Any small valid dataset, as rows of plain values."""
    n = draw(st.integers(1, 4))
    units = [[f"U{i}", draw(WORDS), draw(st.sampled_from(["ward", "section", "agency"])),
              draw(st.none() | st.integers(0, 9000)), draw(st.none() | st.booleans())]
             for i in range(n)]  # fmt: skip
    values = [["U0", draw(DAYS), f"x{i}", draw(NUMBERS)] for i in range(draw(st.integers(0, 3)))]
    spans = [sorted([draw(DAYS), draw(DAYS)]) for _ in range(draw(st.integers(0, 2)))]
    off = [[draw(st.sampled_from(["U0", None])), *span, draw(WORDS)] for span in spans]
    return {
        "units": [["unit_id", "name", "kind", "headcount", "in_scope"], *units],
        "indicators": [["unit_id", "as_of", "name", "value"], *values],
        "blackouts": [["unit_id", "start", "end", "reason"], *off],
    }


def plain(cell: object) -> str:
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=datasets())
def test_the_same_dataset_as_csv_and_as_workbook_reads_equal_with_one_digest(tmp_path: Path, rows):
    home = tmp_path / "csv"
    home.mkdir(exist_ok=True)
    workbook = openpyxl.Workbook()
    del workbook[workbook.sheetnames[0]]
    for name, table in rows.items():
        with (home / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([plain(cell) for cell in row] for row in table)
        sheet = workbook.create_sheet(name)
        for row in table:
            sheet.append(row)
    workbook.save(tmp_path / "x.xlsx")
    first, second = read_dataset(home), read_dataset(tmp_path / "x.xlsx")
    for name in rows:
        pd.testing.assert_frame_equal(first[name], second[name])
    assert first.digest == second.digest
    assert first.office() == second.office()
    assert len(first.office().units) == len(rows["units"]) - 1
