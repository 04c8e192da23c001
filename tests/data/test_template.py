"""The template: what is written is what the reader understands."""

import datetime as dt

import openpyxl
import pytest

from data.columns import GUIDE_SHEETS, tables
from data.faults import DatasetError
from data.tables import read_dataset
from data.template import write_template

LANGUAGES = ("vi", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_template_reads_without_a_fault_or_a_warning(tmp_path, lang):
    dataset = read_dataset(write_template(tmp_path / "new", lang))
    assert dataset.warnings == ()
    assert all(len(frame) == 0 for frame in dataset.tables.values())


def test_an_empty_template_lacks_only_the_rows_of_the_needed_tables(tmp_path):
    path = write_template(tmp_path, "vi")
    with pytest.raises(DatasetError) as refused:
        read_dataset(path, needed=("units", "inspectors"))
    assert [fault.table for fault in refused.value.faults] == ["inspectors", "units"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_template_filled_in_with_its_own_words_reads(tmp_path, lang):
    path = write_template(tmp_path, lang)
    book = openpyxl.load_workbook(path)
    ward = "phường" if lang == "vi" else "ward"
    yes = "có" if lang == "vi" else "true"
    book["units"].append(["001", "Phường Một", ward])
    book["inspectors"].append(["I1", "An", "001", "one_stop; par", yes])
    book["absences"].append(["I1", dt.date(2027, 3, 1), dt.date(2027, 3, 2)])
    book.save(path)
    office = read_dataset(path, needed=("units", "inspectors")).office()
    assert (office.units[0].unit_id, office.units[0].kind) == ("001", "ward")
    assert office.inspectors[0].skills == ("one_stop", "par")
    assert office.inspectors[0].can_lead
    assert office.absences[0].end == dt.date(2027, 3, 2)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_has_its_header_its_note_and_its_line_in_the_guide(tmp_path, lang):
    book = openpyxl.load_workbook(write_template(tmp_path, lang))
    assert book.sheetnames == [GUIDE_SHEETS[lang], *tables()]
    told = [row[:4] for row in book[GUIDE_SHEETS[lang]].iter_rows(values_only=True)]
    for table in tables().values():
        sheet = book[table.name]
        assert sheet.freeze_panes == "A2"
        for cell, column in zip(sheet[1], table.columns, strict=True):
            assert cell.value == column.title(lang)
            assert column.meaning(lang) in cell.comment.text
            star = " *" if column.needed else ""
            assert (table.name, cell.value + star, column.name, column.meaning(lang)) in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_drop_down_list_offers_exactly_what_the_reader_takes(tmp_path, lang):
    book = openpyxl.load_workbook(write_template(tmp_path, lang))
    for table in tables().values():
        lists = {
            next(iter(rule.sqref.ranges)).min_col - 1: rule.formula1.strip('"').split(",")
            for rule in book[table.name].data_validations.dataValidation
            if rule.type == "list" and rule.formula1.startswith('"')
        }
        for place, column in enumerate(table.columns):
            assert (place in lists) == (bool(column.choices) or column.type == "flag")
            if column.choices:
                words = column.choices.values() if lang == "vi" else column.choices
                assert lists[place] == list(words)
