"""/plans/{id}/edits/uploads: the workbook comes back; each change is judged, accepted, undone as one."""

import io

import openpyxl
import pytest

from api.edit_words import CELLS
from scheduler.visit_edits import RESERVE_COLUMNS, VISIT_COLUMNS
from tests.api.test_visits import Desk
from tests.plan_offices import bare_plan, give_plan, made_files


@pytest.fixture
def desk(small_office):
    return Desk(small_office, give_plan(small_office))


def edited(desk, edit):
    """The plan's workbook after `edit(sheet, column number by title)`."""
    book = openpyxl.load_workbook(
        io.BytesIO(desk.client.get(f"{desk.where}/files/plan.xlsx").content)
    )
    sheet = book["Kế hoạch"]
    edit(sheet, {cell.value: cell.column for cell in sheet[1]})
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(desk, content, name="plan.xlsx"):
    return desk.client.post(f"{desk.where}/edits/uploads", files={"file": (name, content)})


def accept(desk, book, *rows, tag=None, **more):
    return desk.client.post(
        f"{desk.where}/edits/uploads/{book}/accept", json={"accept": list(rows), **more},
        headers={"If-Match": tag or desk.tag()},
    )  # fmt: skip


def moved_and_spoiled(desk):
    """A lawful move, and a move to a Sunday: row names and workbook."""
    visit, day = desk.lawful_move()
    bad = next(v for v in desk.rows() if v != visit)
    names = {}

    def edit(sheet, columns):
        for row in sheet.iter_rows(min_row=2):
            ident = row[columns["Mã cuộc kiểm tra"] - 1].value
            if ident in (visit, bad):
                names[ident] = str(row[0].row)
                to = day if ident == visit else "2027-09-12"
                row[columns["Từ ngày"] - 1].value = to
                row[columns["Đến ngày"] - 1].value = to

    return visit, bad, names, edited(desk, edit)


def test_an_untouched_workbook_changes_nothing(desk):
    answer = upload(desk, made_files()["plan.xlsx"])
    assert answer.status_code == 201
    assert answer.json()["rows"] == []


def test_each_change_is_judged_and_only_what_is_accepted_is_taken(desk):
    visit, bad, names, content = moved_and_spoiled(desk)
    before = desk.rows()
    found = upload(desk, content).json()
    broken = {row["key"]: bool(row["broken"]) for row in found["rows"]}
    assert broken == {visit: False, bad: True}
    assert found["lawful"] == [names[visit]]
    assert desk.rows() == before
    refused = accept(desk, found["id"], "*")
    assert refused.status_code == 409
    assert "calendar.working-days" in {fault["rule"] for fault in refused.json()["faults"]}
    assert desk.rows() == before
    taken = accept(desk, found["id"], names[visit]).json()
    assert (taken["status"], taken["undoable"], taken["edited"]) == ("draft", 1, True)
    assert {k for k, row in desk.rows().items() if row != before[k]} == {visit}
    desk.post("undo")
    assert desk.rows() == before


def test_a_row_that_is_gone_is_a_visit_given_up_for_a_reason(desk):
    gone = list(desk.rows())[-1]

    def edit(sheet, columns):
        for row in range(sheet.max_row, 1, -1):
            if sheet.cell(row, columns["Mã cuộc kiểm tra"]).value == gone:
                sheet.delete_rows(row)

    found = upload(desk, edited(desk, edit)).json()
    assert [(row["key"], row["wants_reason"]) for row in found["rows"]] == [(gone, True)]
    assert accept(desk, found["id"], gone, force=True).status_code == 409
    answer = accept(desk, found["id"], gone, force=True, reasons={gone: "Đơn vị đang sáp nhập"})
    assert answer.status_code == 200
    assert "sáp nhập" in desk.rows("dropped")[gone]["reason"]


def test_a_workbook_of_an_older_state_is_refused(desk):
    visit, _bad, names, content = moved_and_spoiled(desk)
    found = upload(desk, content).json()
    other = list(desk.rows())[-1]
    desk.patch(other, {"days": 3}, force=True)
    assert accept(desk, found["id"], names[visit]).status_code == 409
    assert upload(desk, content).status_code == 409
    assert desk.client.get(f"{desk.where}/edits/uploads/{found['id']}").status_code == 409


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [("plan.xlsx", b"no workbook", 422), ("plan.csv", b"a,b\n1,2\n", 422), ("plan.xlsx", b"", 422)],
)
def test_what_is_no_workbook_is_refused_with_its_faults(desk, name, content, status):
    answer = upload(desk, content, name)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_road_back_is_closed_after_the_draft(small_office):
    desk = Desk(small_office, bare_plan(small_office, "published"))
    assert upload(desk, made_files()["plan.xlsx"]).status_code == 409
    assert accept(desk, "none.xlsx", "*").status_code == 409


def test_a_workbook_that_nobody_sent_is_not_found(desk):
    assert desk.client.get(f"{desk.where}/edits/uploads/none.xlsx").status_code == 404
    assert accept(desk, "none.xlsx", "*").status_code == 404
    found = upload(desk, made_files()["plan.xlsx"]).json()
    assert accept(desk, found["id"], "*").status_code == 409
    assert accept(desk, found["id"], "99").status_code == 409


def test_a_page_shows_added_visits_and_changed_weeks_in_words(desk):
    book = openpyxl.load_workbook(io.BytesIO(made_files()["plan.xlsx"]))
    plan, weeks = book["Kế hoạch"], book["Dự phòng"]
    columns = {cell.value: cell.column for cell in plan[1]}
    row = [cell.value for cell in plan[2]]
    row[columns["Mã cuộc kiểm tra"] - 1] = "MỚI-1"
    plan.append(row)
    kept = {cell.value: cell.column for cell in weeks[1]}["Ngày đoàn cho đột xuất"]
    weeks.cell(2, kept).value += 1
    out = io.BytesIO()
    book.save(out)
    ident = upload(desk, out.getvalue()).json()["id"]
    where = f"/plans/{desk.plan}/edits/{ident}"
    page = desk.client.get(where, headers={"accept": "text/html"}, params={"lang": "vi"}).text
    assert "MỚI-1" in page
    assert "Dự phòng tuần từ" in page
    assert "Ngày đoàn cho đột xuất" in page
    assert {*VISIT_COLUMNS, *RESERVE_COLUMNS} <= set(CELLS)
