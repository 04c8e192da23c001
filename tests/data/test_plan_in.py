import unicodedata
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from data.plan_folder import PlanFileError, read_plan, write_plan
from data.records import Inspector, Office, Plan, PlannedVisit, ReserveWeek, Unit

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


def edited(tmp_path, edit):
    write_plan(PLAN, OFFICE, tmp_path / "p")
    book = openpyxl.load_workbook(tmp_path / "p" / "plan.xlsx")
    edit(book["Kế hoạch"])
    book.save(tmp_path / "edited.xlsx")
    return tmp_path / "edited.xlsx"


def column(sheet, title):
    return next(cell.column for cell in sheet[1] if cell.value == title)


def test_an_edited_workbook_is_read_with_its_own_row_numbers(tmp_path):
    def edit(sheet):
        sheet.insert_rows(2, 3)  # three empty rows
        sheet.cell(5, column(sheet, "Từ ngày")).value = datetime(2027, 4, 5)
        sheet.cell(5, column(sheet, "Đến ngày")).value = "06/04/2027"
        sheet.cell(5, column(sheet, "Mã trưởng đoàn")).value = " B "
        sheet.cell(5, column(sheet, "Tên trưởng đoàn (chỉ xem)")).value = "ai đó"
        sheet.cell(5, column(sheet, "Loại kiểm tra")).value = unicodedata.normalize(
            "NFD", "TÁI KIỂM TRA"
        )

    plan = read_plan(edited(tmp_path, edit))
    assert [v.row for v in plan.visits] == [5, 6]
    assert plan.visits[0] == replace(
        VISIT, row=5, start=date(2027, 4, 5), end=date(2027, 4, 6), lead="B", kind="follow_up"
    )
    assert (plan.year, plan.reserve) == (2027, PLAN.reserve)


def test_all_faults_of_a_workbook_come_at_once(tmp_path):
    def edit(sheet):
        sheet.cell(2, column(sheet, "Từ ngày")).value = "31/02/2027"
        sheet.cell(2, column(sheet, "Loại kiểm tra")).value = "đột xuất"
        sheet.cell(3, column(sheet, "Trạng thái")).value = "đã xếp lịch"
        sheet.cell(3, column(sheet, "Mã cuộc kiểm tra")).value = "V1"

    with pytest.raises(PlanFileError) as caught:
        read_plan(edited(tmp_path, edit))
    assert {(f.row, f.column) for f in caught.value.faults} == {
        (2, "start"),
        (2, "kind"),
        (3, "start"),
        (3, "end"),
        (3, "visit_id"),
    }
    assert "31/02/2027" in caught.value.text("vi")


def written(tmp_path, text, name="hand.csv"):
    (tmp_path / name).write_bytes(text.encode())
    return tmp_path / name


def test_a_hand_made_table_needs_few_columns_in_any_order(tmp_path):
    text = (
        "\ufeffTrưởng đoàn;Thành viên;Loại;Mã đơn vị;Ghi chú;Ngày kết thúc;Ngày bắt đầu;"
        "Mã cuộc kiểm tra\n"
        'A;"B;C";định kỳ;U1;x;16/03/2027;15/03/2027;V1\n'
    )
    plan = read_plan(written(tmp_path, unicodedata.normalize("NFD", text)))
    assert plan.year == 2027
    assert plan.visits == (replace(VISIT, row=2, days=0, reason="", owner=""),)


HEADER = "visit_id,unit_id,kind,start,end,lead,members,secretary,status\n"


def test_the_secretary_goes_first_but_joins_no_team(tmp_path):
    text = HEADER + (
        "V1,U1,periodic,2027-03-15,2027-03-15,A,B;C,C,\nV2,U1,periodic,2027-03-15,2027-03-15,A,B;C,X,\n"
    )
    one, two = read_plan(written(tmp_path, text)).visits
    assert one.members == ("C", "B")
    assert two.members == ("B", "C")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("V1,U1,periodic,2027-03-15,2027-03-14,A,,,", "end"),
        ("V1,U1,periodic,,2027-03-14,A,,,", "start"),
        ("V1,U1,periodic,2027-03-15,,A,,,dropped", "start"),
        ("V1,U1,surprise,2027-03-15,2027-03-15,A,,,", "kind"),
        ("V1,,periodic,2027-03-15,2027-03-15,A,,,", "unit_id"),
        ("V1,U1,periodic,15/03/27,2027-03-15,A,,,", "start"),
    ],
)
def test_a_row_that_cannot_be_meant_is_a_fault_at_its_place(tmp_path, row, column):
    with pytest.raises(PlanFileError) as caught:
        read_plan(
            written(tmp_path, HEADER + "V0,U1,periodic,2027-03-15,2027-03-15,A,,,\n" + row + "\n")
        )
    assert [(f.table, f.row, f.column) for f in caught.value.faults] == [("visits", 3, column)]


def test_a_row_after_a_cell_of_two_lines_keeps_its_line_number(tmp_path):
    header = "visit_id,unit_id,kind,start,end,lead,reason\n"
    text = header + 'V1,U1,periodic,,,A,"hai\ndòng"\nV2,U1,periodic,,,A,x\n'
    with pytest.raises(PlanFileError) as caught:
        read_plan(written(tmp_path, text))
    assert sorted({f.row for f in caught.value.faults}) == [2, 4]


@pytest.mark.parametrize("name", ["none", "empty", "empty.csv", "plan.docx"])
def test_what_is_no_plan_is_refused_in_words(tmp_path, name):
    if name == "empty":
        (tmp_path / name).mkdir()
    elif name != "none":
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(PlanFileError) as caught:
        read_plan(tmp_path / name)
    assert len(caught.value.faults) == 1
    assert caught.value.faults[0].say("vi")


def test_a_damaged_plan_json_is_a_fault_and_a_missing_one_is_not(tmp_path):
    write_plan(PLAN, OFFICE, tmp_path / "p")
    (tmp_path / "p" / "plan.json").write_text("{")
    with pytest.raises(PlanFileError, match=r"plan\.json"):
        read_plan(tmp_path / "p")
    (tmp_path / "p" / "plan.json").unlink()
    assert read_plan(tmp_path / "p").year == 2027


def test_a_plan_without_any_date_and_year_is_refused(tmp_path):
    with pytest.raises(PlanFileError, match="năm nào"):
        read_plan(written(tmp_path, HEADER + "V1,U1,periodic,,,,,,dropped\n"))


def test_a_reserve_week_begins_on_monday_and_stands_once(tmp_path):
    write_plan(PLAN, OFFICE, tmp_path / "p")
    (tmp_path / "p" / "reserve.csv").write_text(
        "week_start,team_days\n2027-03-15,3\n2027-03-16,3\n2027-03-15,3\n2027-03-22,-1\n"
    )
    with pytest.raises(PlanFileError) as caught:
        read_plan(tmp_path / "p")
    assert [f.row for f in caught.value.faults] == [3, 4, 5]
