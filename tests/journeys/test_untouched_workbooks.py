"""Export, then import without edits: nothing changed, whatever Excel does to the sheet around it."""

from __future__ import annotations

import random
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.plan_folder import write_plan
from data.records import Inspector, Office, Unit
from data.rotation_folder import write_rotation
from scheduler.journeys import EditsAsk, import_edits
from tests.plans import fake_office, fake_plan
from tests.rotation_plans import rotation_plan
from tests.written_plans import nasty, rotation_plans, visit_plans

OFFICE = Office(
    units=(Unit("A", 'Sở "Một", Hai\nba', "ward"), Unit("B", "=cmd()", "ward")),
    inspectors=(Inspector("A", " Trần  An ", "A"), Inspector("C", "_x0041_", "B")),
)
TRIES = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module", autouse=True)
def no_pages():
    """The report pages take most of the time and are not read back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data.plan_folder.report_page", lambda *_: "")
        patch.setattr("data.rotation_folder.rotation_page", lambda *_: "")
        yield


def changes(file: Path, plan: Path):
    return [row.edit for row in import_edits(EditsAsk(file, plan)).rows]


@TRIES
@given(visit_plans(nasty, least=1), st.sampled_from(["vi", "en"]))
def test_a_yearly_plan_exported_and_imported_is_unchanged(tmp_path, plan, lang):
    write_plan(plan, OFFICE, tmp_path / "p", lang)
    assert changes(tmp_path / "p" / "plan.xlsx", tmp_path / "p") == []


@TRIES
@given(rotation_plans(nasty, least=1), st.sampled_from(["vi", "en"]))
def test_a_rotation_exported_and_imported_is_unchanged(tmp_path, plan, lang):
    write_rotation(plan, OFFICE, tmp_path / "p", lang)
    assert changes(tmp_path / "p" / "rotation.xlsx", tmp_path / "p") == []


@TRIES
@given(visit_plans(nasty, least=1), rotation_plans(nasty, least=1))
def test_the_csv_tables_of_a_plan_are_unchanged_too(tmp_path, visits, moves):
    write_plan(visits, OFFICE, tmp_path / "v")
    write_rotation(moves, OFFICE, tmp_path / "m")
    copy = tmp_path / "copy.csv"
    for folder, name in (("v", "visits.csv"), ("m", "moves.csv")):
        copy.write_bytes((tmp_path / folder / name).read_bytes())
        assert changes(copy, tmp_path / folder) == []


def shuffled(source: Path, target: Path, seed: int) -> None:
    """The workbook with its main sheet sorted at random, some helper columns gone, own ones between,
    rows hidden, blank rows, a filter, and the columns in another order."""
    chance = random.Random(seed)
    book = openpyxl.load_workbook(source)
    sheet = book.worksheets[0]
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    kept = [n for n, title in enumerate(head) if "chỉ xem" not in title or chance.random() < 0.5]
    chance.shuffle(kept)
    chance.shuffle(rows)
    own = chance.randrange(len(kept))
    name, place = sheet.title, 0
    del book[name]
    sheet = book.create_sheet(name, place)
    for n, row in enumerate([head, *rows]):
        cells = [row[k] for k in kept]
        cells.insert(own, "Ghi chú của tôi" if not n else f"việc {n}")
        sheet.append(cells)
        if n and chance.random() < 0.3:
            sheet.row_dimensions[sheet.max_row].hidden = True
        if n and chance.random() < 0.2:
            sheet.append([None])
    sheet.auto_filter.ref = sheet.dimensions
    for extra in ("Giải thích rủi ro", "Theo đơn vị"):
        if extra in book.sheetnames:
            del book[extra]
    book.save(target)


@pytest.mark.parametrize("seed", range(3))
def test_sorting_hiding_filtering_and_own_columns_change_nothing_in_a_yearly_plan(tmp_path, seed):
    office = fake_office(30, 12)
    write_plan(fake_plan(office, seed=seed), office, tmp_path / "p")
    shuffled(tmp_path / "p" / "plan.xlsx", tmp_path / "x.xlsx", seed)
    assert changes(tmp_path / "x.xlsx", tmp_path / "p") == []


@pytest.mark.parametrize("seed", range(3))
def test_sorting_hiding_filtering_and_own_columns_change_nothing_in_a_rotation(tmp_path, seed):
    plan, office = rotation_plan(30, seed)
    write_rotation(plan, office, tmp_path / "p")
    shuffled(tmp_path / "p" / "rotation.xlsx", tmp_path / "x.xlsx", seed)
    assert changes(tmp_path / "x.xlsx", tmp_path / "p") == []


def test_a_column_that_is_not_needed_keeps_its_values_when_it_is_deleted(tmp_path):
    office = fake_office(20, 8)
    write_plan(fake_plan(office), office, tmp_path / "p")
    book = openpyxl.load_workbook(tmp_path / "p" / "plan.xlsx")
    sheet = book["Kế hoạch"]
    for title in ("Lý do", "Đơn vị chủ trì", "Số ngày", "Mã chuyên đề"):
        sheet.delete_cols(next(cell.column for cell in sheet[1] if cell.value == title))
    book.save(tmp_path / "x.xlsx")
    assert changes(tmp_path / "x.xlsx", tmp_path / "p") == []
