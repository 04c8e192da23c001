"""A plan goes out to Excel, is edited, and comes back: shown, judged, accepted row by row, or refused."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta

import openpyxl
import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from api.cli import app
from data.plan_folder import read_plan
from data.rotation_folder import read_rotation
from data.sample import sample_tables, write_dataset
from scheduler import journeys
from scheduler.errors import Refused
from scheduler.journeys import EditsAsk, RotationAsk, import_edits
from solver.settings import Settings

run = CliRunner().invoke
DAY = date(2027, 1, 15)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A small city with its plan of visits and its plan of moves."""
    folder = tmp_path_factory.mktemp("city")
    write_dataset(sample_tables(24, 10, 400, 1, 2027, 8), folder / "data")
    journeys.draft_year_plan(folder / "data", 2027, folder / "plan", Settings(0.5, seed=7))
    journeys.rotate(RotationAsk(folder / "data", 2027, out=folder / "moves"), Settings(0.5))
    return folder


@pytest.fixture
def edited(home, tmp_path):
    """edited("plan", edit): the workbook of a plan after `edit(sheet, column number by title)`."""

    def write(name, edit, source=None):
        source = source or home / name
        book = openpyxl.load_workbook(next(source.glob("*.xlsx")))
        sheet = book["Kế hoạch"]
        edit(sheet, {cell.value: cell.column for cell in sheet[1]})
        book.save(tmp_path / "edited.xlsx")
        return tmp_path / "edited.xlsx"

    return write


def ask(home, file, plan="plan", **more):
    return EditsAsk(file, home / plan, home / "data", **more)


def a_row_that_may_move(home):
    """A visit, its row, and by how many weeks it can lawfully move."""
    plan = read_plan(home / "plan")
    for row, visit in enumerate(plan.visits, start=2):
        if visit.status == "scheduled" and not visit.follows:
            for weeks in (1, -1, 2, -2, 3):
                yield row, visit, timedelta(weeks=weeks)


def moved(row, visit, by):
    def edit(sheet, column):
        sheet.cell(row, column["Từ ngày"]).value = visit.start + by
        sheet.cell(row, column["Đến ngày"]).value = visit.end + by

    return edit


@pytest.fixture(scope="module")
def lawful_move(home, tmp_path_factory):
    """Row, visit and shift of a move that the checker allows."""
    file = tmp_path_factory.mktemp("try") / "x.xlsx"
    book = openpyxl.load_workbook(home / "plan" / "plan.xlsx")
    for row, visit, by in a_row_that_may_move(home):
        sheet = book["Kế hoạch"]
        column = {cell.value: cell.column for cell in sheet[1]}
        moved(row, visit, by)(sheet, column)
        book.save(file)
        if not import_edits(ask(home, file)).together:
            return row, visit, by
        moved(row, visit, timedelta())(sheet, column)
    pytest.fail("no visit of the sample can move")


def test_a_lawful_move_becomes_a_plan_of_its_own_with_parent_and_journal(
    home, edited, tmp_path, lawful_move
):
    row, visit, by = lawful_move
    file = edited("plan", moved(row, visit, by))
    shown = import_edits(
        ask(home, file, accept=str(row), out=tmp_path / "new", by="Trưởng phòng", on=DAY)
    )
    old, new = read_plan(home / "plan"), read_plan(tmp_path / "new")
    assert shown.folder == tmp_path / "new"
    assert {v.visit_id for v in new.visits} == {v.visit_id for v in old.visits}
    now = {v.visit_id: v for v in new.visits}[visit.visit_id]
    assert (now.start, now.end) == (visit.start + by, visit.end + by)
    assert new.facts["parent"] == old.facts["plan_id"] != new.facts["plan_id"]
    assert old.facts["reserve"]
    assert new.facts["reserve"] == {}  # what the old days left says nothing of the new ones
    (entry,) = new.facts["journal"]
    assert (entry["id"], entry["by"], entry["on"]) == (visit.visit_id, "Trưởng phòng", "2027-01-15")
    assert entry["cells"][0] == {
        "column": "start",
        "old": visit.start.isoformat(),
        "new": (visit.start + by).isoformat(),
    }
    assert journeys.audit_plan(tmp_path / "new", home / "data")[2] == []


def test_an_edited_plan_claims_no_proof_and_its_page_and_figures_are_of_its_own_rows(
    home, edited, tmp_path, lawful_move
):
    import_edits(ask(home, edited("plan", moved(*lawful_move)), accept="*", out=tmp_path / "new"))
    facts = json.loads((tmp_path / "new" / "plan.json").read_text())
    assert (facts["goals"], facts["bound"], facts["gap"]) == ([], None, None)
    assert any("không còn là của kế hoạch này" in w["vi"] for w in facts["warnings"])
    days = sum(
        v.days * (1 + len(v.members))
        for v in read_plan(tmp_path / "new").visits
        if v.status == "scheduled"
    )
    assert sum(who["days"] for who in facts["load"].values()) == days
    page = (tmp_path / "new" / "report.html").read_text()
    assert "không còn là của kế hoạch này" in page


def test_a_second_edit_keeps_the_first_in_the_journal_and_raises_the_events_sequence(
    home, edited, tmp_path, lawful_move
):
    row, visit, _ = lawful_move
    import_edits(ask(home, edited("plan", moved(*lawful_move)), accept="*", out=tmp_path / "a"))
    back = edited("plan", moved(row, visit, timedelta()), tmp_path / "a")
    import_edits(EditsAsk(back, tmp_path / "a", home / "data", "*", out=tmp_path / "b"))
    plan = read_plan(tmp_path / "b")
    assert [entry["from"] for entry in plan.facts["journal"]] == [
        read_plan(home / "plan").facts["plan_id"],
        read_plan(tmp_path / "a").facts["plan_id"],
    ]
    warnings = [w for w in plan.facts["warnings"] if "đã sửa tay" in w["vi"]]
    assert len(warnings) == 1
    events = Calendar.from_ical((tmp_path / "b/calendars" / f"{visit.lead}.ics").read_bytes())
    (event,) = [e for e in events.walk("VEVENT") if visit.visit_id in e["uid"]]
    assert (event["sequence"], event.decoded("dtstart")) == (2, visit.start)


def sunday(sheet, column):
    sheet.cell(3, column["Từ ngày"]).value = date(2027, 6, 6)
    sheet.cell(3, column["Đến ngày"]).value = date(2027, 6, 6)
    sheet.cell(4, column["Lý do"]).value = "ghi lại lý do"


def test_a_change_that_breaks_a_binding_rule_is_shown_and_when_accepted_nothing_is_written(
    home, edited, tmp_path
):
    file = edited("plan", sunday)
    shown = import_edits(ask(home, file))
    assert [(r.edit.row, {b.rule for b in r.alone}) for r in shown.rows] == [
        (3, {"calendar.working-days", "plan.complete"}),
        (4, set()),
    ]
    taken = import_edits(ask(home, file, accept="*", out=tmp_path / "new"))
    assert taken.unlawful
    assert taken.lawful == ["4"]
    assert not (tmp_path / "new").exists()
    taken = import_edits(ask(home, file, accept="4", out=tmp_path / "new"))
    assert not taken.unlawful
    assert [edit.row for edit in taken.refused] == [3]


def test_the_command_ends_with_one_only_when_something_unlawful_is_accepted(home, edited, tmp_path):
    file = edited("plan", sunday)
    words = ["import-edits", str(file), str(home / "plan"), "--data", str(home / "data")]
    shown = run(app, words)
    assert shown.exit_code == 0
    assert "Từ ngày: " in shown.output
    assert "→ 06/06/2027" in shown.output
    assert "calendar.working-days [Bộ luật Lao động" in shown.output
    out = ["--out", str(tmp_path / "new")]
    assert run(app, [*words, "--accept-all", *out]).exit_code == 1
    taken = run(app, [*words, "--accept", "4", *out])
    assert taken.exit_code == 0
    assert "Không nhận 1 thay đổi: 3." in taken.output
    assert run(app, [*words, "--accept", "4", "--accept-all", *out]).exit_code == 2
    assert run(app, [*words, "--accept", "99", *out]).exit_code == 1


def test_a_deleted_row_needs_a_reason_and_the_visit_stays_as_dropped(home, edited, tmp_path):
    plan = read_plan(home / "plan")
    gone = plan.visits[1]
    file = edited("plan", lambda sheet, column: sheet.delete_rows(3))
    with pytest.raises(Refused, match=gone.visit_id):
        import_edits(ask(home, file, accept="*", out=tmp_path / "new"))
    why = {gone.visit_id: "đơn vị đang sắp xếp lại"}
    shown = import_edits(ask(home, file, accept="*", reasons=why, out=tmp_path / "new"))
    assert not shown.unlawful
    now = {v.visit_id: v for v in read_plan(tmp_path / "new").visits}[gone.visit_id]
    assert (now.status, now.reason) == ("dropped", f"plan.dropped-by-hand: {why[gone.visit_id]}")
    events = Calendar.from_ical(
        (tmp_path / "new/calendars/cancelled" / f"{gone.lead}.ics").read_bytes()
    )
    (event,) = events.walk("VEVENT")
    assert (events["method"], event["status"]) == ("CANCEL", "CANCELLED")


def test_a_workbook_of_another_plan_is_refused(home, edited, tmp_path):
    shutil.copytree(home / "plan", tmp_path / "other")
    facts = json.loads((tmp_path / "other" / "plan.json").read_text())
    (tmp_path / "other" / "plan.json").write_text(json.dumps({**facts, "plan_id": "khac"}))
    file = edited("plan", lambda sheet, column: None)
    with pytest.raises(Refused, match="khac"):
        import_edits(EditsAsk(file, tmp_path / "other", home / "data"))


def test_without_a_dataset_changes_are_shown_and_none_is_accepted(home, edited, tmp_path):
    file = edited("plan", sunday)
    shown = import_edits(EditsAsk(file, home / "plan"))
    assert ([r.edit.row for r in shown.rows], shown.judged) == ([3, 4], False)
    with pytest.raises(Refused, match="--data"):
        import_edits(EditsAsk(file, home / "plan", accept="*", out=tmp_path / "new"))


def test_half_of_an_exchange_is_unlawful_and_both_halves_are_accepted(home, edited, tmp_path):
    plan = read_rotation(home / "moves")
    pairs = {}
    for row, move in enumerate(plan.moves, start=2):
        pairs.setdefault((move.cycle_id, move.cycle_kind), []).append((row, move))
    found = None
    for (_, kind), rows in pairs.items():
        for wave in range(1, 13):
            day = next((m.effective_date for m in plan.moves if m.wave == wave), None)
            if kind != "swap" or day is None or day == rows[0][1].effective_date:
                continue

            def later(sheet, column, rows=rows, day=day):
                for row, _ in rows:
                    sheet.cell(row, column["Ngày thực hiện"]).value = day
                    sheet.cell(row, column["Đợt"]).value = None

            file = edited("moves", later)
            shown = import_edits(ask(home, file, "moves"))
            if not shown.together:
                found = (file, shown, rows)
                break
        if found:
            break
    assert found, "no swap of the sample can take place in another month"
    file, shown, rows = found
    assert all(row.alone for row in shown.rows)
    half = import_edits(ask(home, file, "moves", accept=str(rows[0][0]), out=tmp_path / "new"))
    assert half.unlawful
    both = ",".join(str(row) for row, _ in rows)
    import_edits(ask(home, file, "moves", accept=both, out=tmp_path / "new"))
    assert journeys.audit_rotation_plan(tmp_path / "new", home / "data")[2] == []
    assert read_rotation(tmp_path / "new").facts["parent"] == plan.facts["plan_id"]


def test_calendars_of_a_plan_are_written_against_an_older_one(home, edited, tmp_path, lawful_move):
    _, visit, by = lawful_move
    file = edited("plan", moved(*lawful_move))
    words = ["calendar", str(file), str(home / "data"), "--out", str(tmp_path / "ics")]
    told = run(app, [*words, "--against", str(home / "plan"), "--hours", "8:00-17:00"])
    assert told.exit_code == 0, told.output
    assert "1 cuộc thay đổi, 0 cuộc báo hủy" in told.output
    events = Calendar.from_ical((tmp_path / "ics" / f"{visit.lead}.ics").read_bytes())
    (event,) = [e for e in events.walk("VEVENT") if visit.visit_id in e["uid"]]
    start = event.decoded("dtstart")
    assert (event["sequence"], start.date(), start.hour) == (1, visit.start + by, 8)
    assert run(app, words).exit_code == 1  # the folder is taken
    assert run(app, [*words, "--hours", "17:00-8:00"]).exit_code == 2
