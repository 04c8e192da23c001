"""Another body's plan comes in: read in any table, matched, confirmed by hand, laid beside ours."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from api.cli import app
from data.calendar import WorkCalendar
from data.faults import DatasetError
from data.other_plan_in import read_other_plan
from data.records import Blackout
from data.tables import read_dataset
from scheduler.journeys import OtherPlanAsk, confirm_units, propose_units
from scheduler.overlaps import overlaps
from tests.offices import row, view_of

run = CliRunner().invoke
BODY = "Thanh tra Thành phố"
UNITS = (
    "unit_id,name,kind\nHN-SGDDT,Sở Giáo dục và Đào tạo,department\n00097,Phường Hồng Hà,ward\n"
    "00475,Xã Thư Lâm,commune\n00454,Xã Đông Anh,commune\n00004,Phường Ba Đình,ward\n"
)
OURS = "unit_id,start,end,reason,body\n,2027-02-01,2027-02-16,Tết,\n"
PAPER = (
    ("I", "Các sở", None, None, None),
    (1, "Sở GD&ĐT", "Ngân sách", "2024-2026", "Quý II"),
    (2, "UBND P. Hồng Hà; UBND xã Liên Hà, huyện Đông Anh", "Đất đai", "2025", "từ 03/5 đến 14/5"),
    (3, "Công ty TNHH Ba Đình", "Thuế", "2025", "tháng 9/2027"),
    (4, "UBND phường Quán Thánh", "Trật tự xây dựng", "2025", "theo chỉ đạo"),
)


@pytest.fixture
def city(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    (folder / "blackouts.csv").write_text(OURS, encoding="utf-8")
    return folder


@pytest.fixture
def paper(tmp_path):
    """An annex as it is sent: a title over the table, headings inside, a merged time."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["KẾ HOẠCH NĂM 2027"])
    sheet.merge_cells("A1:E1")
    sheet.append([])
    sheet.append(["TT", "Đối tượng", "Nội dung", "Thời kỳ", "Thời gian tiến hành"])
    for line in PAPER:
        sheet.append(line)
    sheet.append([5, "Phường Ba Đình", "Trật tự xây dựng", "2025", None])
    sheet.merge_cells("E8:E9")
    book.save(tmp_path / "paper.xlsx")
    return tmp_path / "paper.xlsx"


def asked(city: Path, file: Path, out: str, **more):
    return OtherPlanAsk(file, city, BODY, city.parent / out, 2027, **more)


def lines(path: Path):
    with path.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def test_every_row_of_the_paper_is_read_or_named_as_skipped(paper):
    found = read_other_plan(paper, 2027, WorkCalendar())
    assert [(r.row, r.name) for r in found.rows] == [
        (5, "Sở GD&ĐT"),
        (6, "UBND P. Hồng Hà"),
        (6, "UBND xã Liên Hà, huyện Đông Anh"),
        (7, "Công ty TNHH Ba Đình"),
        (8, "UBND phường Quán Thánh"),
        (9, "Phường Ba Đình"),
    ]
    assert [number for _, number in found.skipped] == [4]
    periods = [r.period and (r.period.start, r.period.end) for r in found.rows]
    assert periods[0] == (date(2027, 4, 1), date(2027, 6, 30))
    assert periods[1] == periods[2] == (date(2027, 5, 3), date(2027, 5, 14))
    assert periods[4] is periods[5] is None  # one merged cell stands for both rows
    assert all(r.note for r in found.rows[4:])


def test_a_csv_with_two_date_columns_is_read_too(tmp_path):
    path = tmp_path / "ktnn.csv"
    path.write_text(
        "Đơn vị được kiểm toán;Từ ngày;Đến ngày;Đơn vị thực hiện\n"
        "Sở GDĐT;03/5/2027;14/5/2027;Khu vực I\n\n",
        encoding="utf-8-sig",
    )
    (found,) = read_other_plan(path, 2027, WorkCalendar()).rows
    assert (found.name, found.period.start, found.period.end) == (
        "Sở GDĐT", date(2027, 5, 3), date(2027, 5, 14),
    )  # fmt: skip


@pytest.mark.parametrize("header", [
    "Tên đơn vị,Từ ngày,Đến ngày", "Đơn vị,Từ,Đến ngày,Từ ngày", "Unit,Start date,End date",
    "STT,Tên đơn vị được kiểm tra,Ngày bắt đầu,Ngày kết thúc",
])  # fmt: skip
def test_letters_inside_a_title_are_not_taken_for_an_english_word(tmp_path, header):
    path = tmp_path / "ke-hoach.csv"
    cells = {"Tên đơn vị": "Xã Ba Vì", "Đơn vị": "Xã Ba Vì", "Unit": "Xã Ba Vì", "STT": "1"}
    cells |= {"Tên đơn vị được kiểm tra": "Xã Ba Vì", "Từ": ""}
    days = {"Từ ngày", "Ngày bắt đầu", "Start date"}
    row = [cells.get(t, "03/05/2027" if t in days else "07/05/2027") for t in header.split(",")]
    path.write_text(f"{header}\n{','.join(row)}\n", encoding="utf-8")
    (found,) = read_other_plan(path, 2027, WorkCalendar()).rows
    assert (found.name, found.period.start, found.period.end) == (
        "Xã Ba Vì", date(2027, 5, 3), date(2027, 5, 7),
    )  # fmt: skip


def test_a_table_without_unit_and_time_is_refused_in_words(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Đơn vị chủ trì,Thời kỳ\nSở A,2025\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="dòng tiêu đề"):
        read_other_plan(path, 2027, WorkCalendar())


def test_nothing_is_taken_until_somebody_says_so(city, paper):
    made = propose_units(asked(city, paper, "p.csv"))
    assert made.counts == {"rows": 6, "sure": 3, "look": 2, "none": 1, "undated": 2}
    assert all(line["Xác nhận"] == "" for line in lines(made.file))
    taken = confirm_units(asked(city, made.file, "b.csv"))
    assert (taken.taken, taken.new) == ([], 0)
    assert [line["reason"] for line in lines(city.parent / "b.csv")] == ["Tết"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_rows_confirmed_by_hand_join_the_blackouts_of_the_dataset(city, paper, suffix):
    made = propose_units(asked(city, paper, f"p.{suffix}"))
    if suffix == "csv":
        text = made.file.read_text(encoding="utf-8-sig")
        text = text.replace("\n,UBND P. Hồng Hà", "\ncó,UBND P. Hồng Hà")
        text = text.replace("\n,Sở GD&ĐT", "\nKhông,Sở GD&ĐT")
        made.file.write_text(text, encoding="utf-8-sig")
    else:
        book = openpyxl.load_workbook(made.file)
        for line in book["Đề xuất"].iter_rows(min_row=2):
            answer = {"UBND P. Hồng Hà": "x", "Sở GD&ĐT": "Không"}.get(line[1].value)
            line[0].value = answer
        book.save(made.file)
    out = "blackouts.csv"
    confirm_units(asked(city, made.file, out))
    assert [line["unit_id"] for line in lines(city.parent / out)] == ["", "00097"]
    taken = confirm_units(asked(city, made.file, out, sure=True))  # a no is a no
    assert "HN-SGDDT" not in {b.unit_id for b in taken.taken}
    (city / "blackouts.csv").write_bytes((city.parent / out).read_bytes())
    assert Blackout("00097", date(2027, 5, 3), date(2027, 5, 14), "Đất đai", BODY) in (
        read_dataset(city, needed=("units",)).office().blackouts
    )
    assert confirm_units(asked(city, made.file, out)).new == 0  # again changes nothing


def test_a_row_taken_without_unit_or_days_is_a_fault_and_nothing_is_written(city, paper):
    made = propose_units(asked(city, paper, "p.csv"))
    text = made.file.read_text(encoding="utf-8-sig").replace("\n,", "\ncó,")
    made.file.write_text(text.replace(",00475,", ",99999,"), encoding="utf-8-sig")
    with pytest.raises(DatasetError) as refused:
        confirm_units(asked(city, made.file, "b.csv"))
    assert sorted((f.row, f.column) for f in refused.value.faults) == [
        (2, "unit_id"), (4, "unit_id"), (5, "start"), (7, "start"),
    ]  # fmt: skip
    assert not (city.parent / "b.csv").exists()


def test_their_days_go_ahead_and_ours_are_told_where_to_go():
    visit = row("V1", "Xã Một", date(2027, 5, 11), date(2027, 5, 12))
    free = row("V2", "Xã Hai", date(2027, 5, 11))
    view = view_of((visit, free))
    theirs = Blackout("Xã Một", date(2027, 5, 3), date(2027, 5, 11), "Đất đai", BODY)
    (met,) = overlaps(view, [theirs])
    assert (met.visit, met.days) == (visit, (date(2027, 5, 11),))
    assert "Luật Thanh tra 84/2025/QH15, Điều 56, 58 khoản 2" in met.source
    assert "217/2025" in met.source
    assert "từ ngày 12/05/2027" in met.answer.say("vi")
    assert overlaps(view, [replace(theirs, end=date(2027, 5, 10))]) == []
    late = replace(theirs, end=date(2027, 12, 31))
    assert "không còn ngày" in overlaps(view, [late])[0].answer.say("vi")


def test_the_command_goes_from_paper_to_blackouts(city, paper):
    proposals, out = city.parent / "p.xlsx", city.parent / "b.csv"
    words = ["import-plan", str(paper), str(city), "--body", BODY, "--out", str(proposals)]
    assert run(app, words).exit_code == 2  # whose year?
    made = run(app, [*words, "--year", "2027"])
    assert made.exit_code == 0, made.output
    assert "6 dòng: 3 chắc, 2 cần xem, 1 không giống đơn vị nào, 2 chưa rõ ngày." in made.output
    words = ["import-plan", str(proposals), str(city), "--body", BODY, "--out", str(out)]
    taken = run(app, [*words, "--confirm", "--sure"])
    assert taken.exit_code == 0, taken.output
    assert "Nhận 1 dòng (1 dòng mới)" in taken.output
    assert "Chưa nhận vì thiếu ngày: dòng 5, 7." in taken.output
