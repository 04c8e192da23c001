"""That a visit was taken out by hand: words in files for people, an id in files for programs."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from data.drop_reasons import reason_of, reason_text
from data.exports.page import report_page
from data.exports.workbook import workbook_bytes
from data.plan_folder import plan_files
from tests.plans import fake_office, fake_plan

WHY = "plan.dropped-by-hand: Đơn vị đang sáp nhập"


@pytest.fixture(scope="module")
def edited():
    """An office, and its plan with one visit taken out by hand."""
    office = fake_office(24, 8)
    plan = fake_plan(office)
    gone = replace(
        plan.visits[0],
        status="dropped",
        reason=WHY,
        start=None,
        end=None,
        days=0,
        lead="",
        members=(),
    )
    return office, replace(plan, visits=(gone, *plan.visits[1:]))


def test_the_report_says_it_in_both_languages(edited):
    office, plan = edited
    page = report_page(plan, office)
    assert "Bỏ bằng tay: Đơn vị đang sáp nhập" in page
    assert "plan.dropped-by-hand" not in page


def test_the_workbooks_sheet_of_what_was_left_out_says_it(edited):
    office, plan = edited
    book = openpyxl.load_workbook(BytesIO(workbook_bytes(plan, office)))
    told = [cell.value for row in book["Không xếp được"].iter_rows() for cell in row]
    assert "Bỏ bằng tay: Đơn vị đang sáp nhập" in told
    book.close()


def test_what_programs_read_back_keeps_the_rule(edited):
    office, plan = edited
    assert WHY.encode() in plan_files(plan, office)["visits.csv"]


@pytest.mark.parametrize(("text", "rules", "words", "by_hand"), [
    (WHY, (), "Đơn vị đang sáp nhập", True),
    ("team.size, person.absent: thiếu người", ("team.size", "person.absent"), "thiếu người", False),
    ("Theo ý kiến: chờ thêm", (), "Theo ý kiến: chờ thêm", False), ("", (), "", False),
    ("ten.mien: chữ của người", (), "ten.mien: chữ của người", False),
])  # fmt: skip
def test_a_reason_is_taken_apart(text, rules, words, by_hand):
    found = reason_of(text, {"team.size", "person.absent"})
    assert (found.rules, found.words, found.by_hand) == (rules, words, by_hand)


def test_any_other_reason_stands_as_it_is():
    assert reason_text("team.size: thiếu người") == "team.size: thiếu người"
