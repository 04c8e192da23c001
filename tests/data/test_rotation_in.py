import unicodedata
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from data.plan_files import PlanFileError
from data.plan_folder import write_plan
from data.records import Office, Plan, PlannedVisit, RotationPlan, Unplaced
from data.rotation_folder import write_rotation
from data.rotation_in import is_rotation, read_rotation
from tests.rotation_plans import rotation_plan

WHOLE, OFFICE = rotation_plan(6)
PLAN = RotationPlan(
    2027, WHOLE.moves[:4], (Unplaced("NV00009", "không còn chỗ", ("a.b",), "x"),), {"year": 2027}
)
VISIT = PlannedVisit(
    "V1", "U1", "periodic", start=date(2027, 3, 1), end=date(2027, 3, 1), days=1, lead="A"
)


def edited(tmp_path, edit):
    write_rotation(PLAN, OFFICE, tmp_path / "p")
    book = openpyxl.load_workbook(tmp_path / "p" / "rotation.xlsx")
    edit(book)
    book.save(tmp_path / "edited.xlsx")
    return tmp_path / "edited.xlsx"


def place(sheet, title):
    return next(cell.column for cell in sheet[1] if cell.value == title)


def test_an_edited_workbook_is_read_with_its_own_row_numbers(tmp_path):
    def edit(book):
        sheet = book["Kế hoạch"]
        sheet.insert_rows(2, 2)  # two empty rows
        sheet.cell(4, place(sheet, "Ngày thực hiện")).value = "06/04/2027"
        sheet.cell(4, place(sheet, "Đợt")).value = None
        sheet.cell(4, place(sheet, "Mã vị trí đến")).value = " VT-KHAC "
        sheet.cell(4, place(sheet, "Vị trí đến (chỉ xem)")).value = "gì đó"
        sheet.cell(4, place(sheet, "Hình thức")).value = unicodedata.normalize("NFD", "ĐIỀU ĐỘNG")
        sheet.row_dimensions[5].hidden = True

    plan = read_rotation(edited(tmp_path, edit))
    assert [m.row for m in plan.moves] == [4, 5, 6, 7]
    assert plan.moves[0] == replace(
        PLAN.moves[0],
        row=4,
        wave=4,
        effective_date=date(2027, 4, 6),
        to_position="VT-KHAC",
        instrument="transfer",
    )
    assert [replace(m, row=0) for m in plan.moves[1:]] == list(PLAN.moves[1:])
    assert (plan.year, plan.unplaced) == (2027, PLAN.unplaced)


def test_columns_may_be_moved_and_the_sheet_may_have_another_name(tmp_path):
    def edit(book):
        sheet = book["Kế hoạch"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        other = book.create_sheet("Bản của tôi")
        for row in rows:
            other.append(row[::-1])
        del book["Kế hoạch"]

    plan = read_rotation(edited(tmp_path, edit))
    assert [replace(m, row=0) for m in plan.moves] == list(PLAN.moves)


def test_all_faults_of_a_workbook_come_at_once(tmp_path):
    def edit(book):
        sheet = book["Kế hoạch"]
        sheet.cell(2, place(sheet, "Ngày thực hiện")).value = "31/02/2027"
        sheet.cell(2, place(sheet, "Hình thức")).value = "biến mất"
        sheet.cell(3, place(sheet, "Mã nhân sự")).value = None
        sheet.cell(3, place(sheet, "Đợt")).value = 13
        sheet.cell(4, place(sheet, "Mã lượt chuyển")).value = "L00001"
        sheet.merge_cells(start_row=4, end_row=5, start_column=2, end_column=2)

    with pytest.raises(PlanFileError) as caught:
        read_rotation(edited(tmp_path, edit))
    assert {(f.row, f.column) for f in caught.value.faults} >= {
        (2, "effective_date"),
        (2, "instrument"),
        (3, "staff_id"),
        (3, "wave"),
        (4, "move_id"),
        (4, "Mã nhân sự"),
    }
    assert "31/02/2027" in caught.value.text("vi")


HEADER = "move_id,staff_id,from_position,to_position,wave,effective_date,cycle_id\n"


def written(tmp_path, text, name="hand.csv"):
    (tmp_path / name).write_bytes(text.encode())
    return tmp_path / name


def test_a_hand_made_table_needs_few_columns(tmp_path):
    text = (
        "\ufeffMã vị trí đến;Mã vị trí đi;Mã nhân sự;Ngày hiệu lực;Mã vòng;Mã lượt chuyển;Ghi chú\n"
        "P2;P1;A;15/03/2027;V1;1;x\nP1;P2;B;15/03/2027;V1;2;\n"
    )
    plan = read_rotation(written(tmp_path, unicodedata.normalize("NFD", text)))
    assert plan.year == 2027
    assert [(m.staff_id, m.from_position, m.to_position, m.wave, m.row) for m in plan.moves] == [
        ("A", "P1", "P2", 3, 2),
        ("B", "P2", "P1", 3, 3),
    ]


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        ("1,A,P1,P2,,2027-03-15,V", []),
        ("1,A,P1,P2,3,,V", []),
        ("1,A,P1,P2,,,V", ["effective_date"]),
        ("1,A,P1,,3,2027-03-15,V", ["to_position"]),
        ("1,A,,P2,3,2027-03-15,V", []),
        ("0,A,P1,P2,3,2027-03-15,V", ["move_id"]),
    ],
)
def test_a_row_is_just_enough_or_a_fault_at_its_place(tmp_path, row, faults):
    path = written(tmp_path, HEADER + "0,Z,P8,P9,3,2027-03-15,V\n" + row + "\n")
    try:
        assert len(read_rotation(path).moves) == 2
        found = []
    except PlanFileError as refused:
        found = [(f.table, f.row, f.column) for f in refused.faults]
    assert found == [("moves", 3, column) for column in faults]


def test_a_rotation_is_told_from_a_yearly_plan_in_every_form(tmp_path):
    write_rotation(PLAN, OFFICE, tmp_path / "moves")
    write_plan(Plan(2027, (VISIT,), (), {"year": 2027}), Office(), tmp_path / "visits")
    for name in ("", "moves.csv", "rotation.xlsx"):
        assert is_rotation(tmp_path / "moves" / name)
    for name in ("", "visits.csv", "plan.xlsx", "report.html", "gone"):
        assert not is_rotation(tmp_path / "visits" / name)


def test_the_moves_of_a_folder_stand_for_the_folder_and_a_copy_elsewhere_for_itself(tmp_path):
    write_rotation(PLAN, OFFICE, tmp_path / "p")
    assert read_rotation(tmp_path / "p" / "moves.csv") == read_rotation(tmp_path / "p")
    copy = written(tmp_path, (tmp_path / "p" / "moves.csv").read_text(), "moves.csv")
    alone = read_rotation(copy)
    assert (alone.year, len(alone.moves), alone.unplaced, alone.facts) == (2027, 4, (), {})


def test_a_folder_without_moves_and_broken_facts_are_refused_in_words(tmp_path):
    with pytest.raises(PlanFileError, match=r"moves\.csv"):
        read_rotation(tmp_path)
    write_rotation(PLAN, OFFICE, tmp_path / "p")
    (tmp_path / "p" / "rotation.json").write_text("{")
    with pytest.raises(PlanFileError, match=r"rotation\.json"):
        read_rotation(tmp_path / "p")


def test_a_workbook_date_cell_is_read_as_its_day(tmp_path):
    def edit(book):
        sheet = book["Kế hoạch"]
        sheet.cell(2, place(sheet, "Ngày thực hiện")).value = datetime(2027, 9, 20)

    assert read_rotation(edited(tmp_path, edit)).moves[0].effective_date == date(2027, 9, 20)


def test_an_edited_workbook_still_says_what_it_was_made_with(tmp_path):
    birth = {**WHOLE.facts["birth"], "trial": {"move.unit-share": 0.3}}
    plan = replace(WHOLE, facts={**WHOLE.facts, "birth": birth})
    write_rotation(plan, OFFICE, tmp_path / "p")
    told = read_rotation(tmp_path / "p" / "rotation.xlsx").facts
    assert told == {
        **{k: plan.facts[k] for k in ("year", "plan_id", "title", "owner", "on", "reading")},
        "birth": birth,
        "counts": plan.facts["counts"],
    }
