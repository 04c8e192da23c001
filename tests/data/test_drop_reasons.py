"""That a visit was taken out by hand: words in files for people, an id in files for programs."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from data.drop_reasons import GAVE_WAY, NO_DAY, reason_of, reason_text, reason_written
from data.exports.page import report_page
from data.exports.workbook import workbook_bytes
from data.plan_folder import plan_files
from data.plan_in import read_edited_plan
from data.rulefiles import read_rules
from scheduler.journeys.exchange import same_cell
from tests.plans import fake_office, fake_plan

GAP, PINS = (next(row for row in read_rules() if row.id == rule) for rule in ("unit.gap", "pins"))
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


@pytest.mark.parametrize(("text", "vi", "en"), [
    (WHY, "Bỏ bằng tay: Đơn vị đang sáp nhập", "Taken out by hand: Đơn vị đang sáp nhập"),
    (f"pins.x: {NO_DAY.text}", f"pins.x: {NO_DAY.text}", f"pins.x: {NO_DAY.text}"),
    (
        f"unit.gap; pin:3: {NO_DAY.text}",
        f"{NO_DAY.text}, do: «{GAP.title_vi}»; «{PINS.title_vi}, dòng 3»",
        f"no fitting day and people were found, because of: «{GAP.title_en}»; «{PINS.title_en}, row 3»",
    ),
    ("unit.gap: thiếu ngày", f"thiếu ngày, do: «{GAP.title_vi}»", f"thiếu ngày, because of: «{GAP.title_en}»"),
    (f"plan.complete: {GAVE_WAY.text}", GAVE_WAY.text, "gave way to work of higher priority"),
    ("chờ thêm", "chờ thêm", "chờ thêm"),
])  # fmt: skip
def test_a_reason_is_said_without_ids_and_read_back_as_it_was(text, vi, en):
    for lang, said in (("vi", vi), ("en", en)):
        told = reason_text(text)
        assert (told if isinstance(told, str) else told.say(lang)) == said
        assert reason_written(said) == text


@pytest.mark.parametrize("row", read_rules(), ids=lambda row: row.id)
def test_every_rule_is_read_back_from_its_title(row):
    if row.id in ("plan.dropped-by-hand", "plan.complete", "pins"):
        return
    text = f"{row.id}; team.size: {NO_DAY.text}"
    for lang in ("vi", "en"):
        said = reason_text(text).say(lang)
        assert row.id not in said
        assert reason_written(said) == text


def test_a_reason_inside_another_is_found_and_a_title_is_not_said_twice():
    again = reason_text(f"không xếp lại được: unit.gap: {NO_DAY.text}").say("vi")
    assert again == f"không xếp lại được: {NO_DAY.text}, do: «{GAP.title_vi}»"
    assert reason_text(f"unit.gap: {GAP.title_en}").say("en") == f"«{GAP.title_en}»"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_sheet_to_work_in_says_it_in_words_and_is_read_back_unchanged(edited, tmp_path, lang):
    office, plan = edited
    rules = f"capacity.teams-per-day; unit.gap: {NO_DAY.text}"
    closed = replace(plan.visits[0], visit_id="X", reason=rules)
    plan = replace(plan, visits=(closed, *plan.visits))
    (tmp_path / "plan.xlsx").write_bytes(workbook_bytes(plan, office, lang))
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    told = " ".join(str(cell.value) for row in book[book.sheetnames[0]].iter_rows() for cell in row)
    assert "plan.dropped-by-hand" not in told
    assert "unit.gap" not in told
    assert (GAP.title_vi if lang == "vi" else GAP.title_en) in told
    book.close()
    back, _ = read_edited_plan(tmp_path / "plan.xlsx", plan.year)
    reasons = {v.visit_id: v.reason for v in back.visits}
    assert [reasons["X"], reasons[plan.visits[1].visit_id]] == [rules, WHY]
    assert [v.reason for v in plan.visits if not same_cell(v.reason, reasons[v.visit_id])] == []
