"""Files that are broken, dangerous or odd: each is refused, or read, with a clear word."""

import datetime as dt
import io
import os
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.faults import DatasetError
from data.opening import Limits
from data.tables import read_dataset

SHEET = "xl/worksheets/sheet1.xml"


def refusal(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(DatasetError) as refused:
        read_dataset(path, limits=limits)
    return refused.value.text("vi")


def changed(path: Path, **parts: bytes | None) -> Path:
    """The workbook with parts of its package replaced, or left out (None)."""
    names = {"sheet": SHEET, "workbook": "xl/workbook.xml", "rels": "xl/_rels/workbook.xml.rels"}
    new = {names.get(name, name): content for name, content in parts.items()}
    with zipfile.ZipFile(path) as old:
        kept = {name: old.read(name) for name in old.namelist()} | new
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in kept.items():
            if content is not None:
                archive.writestr(name, content)
    return path


def part(path: Path, name: str = SHEET) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


# the path


def test_a_path_that_is_not_there_is_named(tmp_path):
    assert "Không có tệp hay thư mục" in refusal(tmp_path / "khong-co")
    assert "Không có tệp hay thư mục" in refusal(tmp_path / "khong-co" / "x.xlsx")


def test_an_empty_folder_says_which_files_it_should_hold(tmp_path):
    assert "không có bảng nào: cần units.csv" in refusal(tmp_path)


def test_a_folder_with_a_workbook_in_it_says_to_name_the_workbook(tmp_path, book):
    assert "Chỉ thẳng đến sổ tính đó" in refusal(book().parent)


def test_a_single_csv_says_to_name_its_folder(folder):
    assert "Chỉ đến thư mục chứa nó" in refusal(folder() / "units.csv")


def test_a_link_in_a_folder_is_refused_and_a_link_to_the_dataset_is_followed(folder, tmp_path):
    path = folder()
    (tmp_path / "link").symlink_to(path)
    read_dataset(tmp_path / "link")
    secret = tmp_path / "secret.csv"
    secret.write_text("staff_id\n")
    (path / "staff.csv").symlink_to(secret)
    assert "«staff.csv» là liên kết" in refusal(path)


def test_a_pipe_or_a_device_is_refused_without_waiting_for_it(folder, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "không phải tệp thường" in refusal(tmp_path / "pipe")
    assert "không phải tệp thường" in refusal(Path(os.devnull))
    path = folder()
    os.mkfifo(path / "staff.csv")
    assert "«staff.csv» không phải tệp thường" in refusal(path)


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_read(folder):
    path = folder()
    size = max(file.stat().st_size for file in path.iterdir())
    read_dataset(path, limits=Limits(file_bytes=size))
    assert "giới hạn là" in refusal(path, Limits(file_bytes=size - 1))


def test_a_file_of_more_than_200_mb_is_refused_before_it_is_read(tmp_path):
    huge = tmp_path / "huge.xlsx"
    with huge.open("wb") as file:
        file.truncate(200_000_001)
    assert "nặng 201 MB, giới hạn là 200 MB; chưa đọc gì" in refusal(huge)


def test_two_files_for_one_table_are_a_fault(folder):
    path = folder()
    (path / "UNITS.csv").write_text("unit_id,name,kind\n")
    assert "Có hai tệp cho cùng một bảng: «UNITS.csv» và «units.csv»" in refusal(path)


# CSV


def test_other_encodings_are_named_with_the_line_and_the_way_out(folder):
    text = "unit_id,name,kind\nU1,a,ward\nU2,Sở,ward\n"
    said = refusal(folder(units=text.encode("cp1258", "replace").replace(b"S?", b"S\xf5")))
    assert "units, dòng 3: Tệp không phải UTF-8 (byte f5)" in said
    assert "UTF-16" in refusal(folder(units=text.encode("utf-16")))
    assert "byte 0" in refusal(folder(units=text.encode("utf-16-le")))


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b",,\n;;\n"])
def test_an_empty_file_is_a_fault(folder, content):
    assert "units: Tệp trống" in refusal(folder(units=content))


def test_rows_with_too_many_cells_are_all_named_and_empty_ones_at_the_end_are_not(folder):
    good = "unit_id,name,kind\nU1,a,ward,,\nU2,b,ward\n"
    assert len(read_dataset(folder(units=good))["units"]) == 2
    said = refusal(folder(units="unit_id,name,kind\nU1,Sở Một, Hai,ward\nU2,b,ward\nU3,c,d,ward\n"))
    assert "units, dòng 2, 4: Dòng có 4 ô" in said


def test_a_header_longer_than_every_row_leaves_the_last_cells_empty(folder):
    units = "unit_id,name,kind,cluster\nU1,a,ward\nU2,b,ward\n"
    assert read_dataset(folder(units=units))["units"]["cluster"].tolist() == ["", ""]


def test_a_quote_that_is_never_closed_names_the_row_where_it_opens(folder):
    said = refusal(folder(units='unit_id,name,kind\nU1,a,ward\nU2,"b,ward\nU3,c,ward\n'))
    assert "units, dòng 3: Không đọc được từ dòng này" in said


# the workbook as a package


def test_a_workbook_under_a_password_says_so(tmp_path):
    path = tmp_path / "khoa.xlsx"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    path.write_bytes(ole + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    assert "Tệp có mật khẩu" in refusal(path)
    path.write_bytes(ole + bytes(600) + "Workbook".encode("utf-16-le") + bytes(600))
    assert "định dạng Excel cũ (.xls)" in refusal(path)


@pytest.mark.parametrize("content", [b"", b"unit_id,name\n", b"PK\x03\x04 broken", bytes(5000)])
def test_what_is_no_workbook_says_so(tmp_path, content):
    (tmp_path / "x.xlsx").write_bytes(content)
    assert "không phải sổ tính Excel" in refusal(tmp_path / "x.xlsx")


def test_another_zip_and_a_binary_workbook_are_told_apart(tmp_path):
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("units.csv", "unit_id\n")
    assert "giải nén thư mục CSV" in refusal(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
    assert ".xlsb" in refusal(path)


def test_a_zip_bomb_is_refused_from_the_sizes_in_its_directory(book):
    path = changed(book(), sheet=bytes(60_000_000))
    assert path.stat().st_size < 200_000
    assert "giống tệp nén độc hại; chưa đọc gì" in refusal(path)
    assert "giống tệp nén độc hại" in refusal(book(), Limits(unpacked_bytes=100))


def test_a_zip_that_lies_about_its_sizes_does_not_get_past_them(book):
    path = changed(book(), sheet=b"<!--" + b" " * 3_000_000 + b"-->")
    content = bytearray(path.read_bytes())
    true_size = (3_000_007).to_bytes(4, "little")
    assert content.count(true_size) == 2
    path.write_bytes(bytes(content).replace(true_size, (100).to_bytes(4, "little")))
    assert "đã hỏng" in refusal(path, Limits(unpacked_bytes=1_000_000))


@pytest.mark.parametrize("gone", ["workbook", "rels"])
def test_a_package_without_its_central_parts_is_damaged(book, gone):
    assert "không phải sổ tính Excel" in refusal(changed(book(), **{gone: None}))
    assert "đã hỏng" in refusal(changed(book(), **{gone: b"<broken"}))


def test_entities_in_a_sheet_are_refused(book):
    path = book()
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + part(path)
    assert "không an toàn" in refusal(changed(path, sheet=bomb))


@pytest.mark.parametrize("cut", [200, 400, 500])
def test_a_sheet_cut_short_is_refused_not_half_read(book, cut):
    path = book()
    assert len(part(path)) > 500
    said = refusal(changed(path, sheet=part(path)[:cut]))
    assert "đã hỏng" in said or "units" in said


def test_every_byte_cut_off_a_workbook_is_noticed(book, tmp_path):
    content = book().read_bytes()
    path = tmp_path / "cut.xlsx"
    for length in range(0, len(content), 97):
        path.write_bytes(content[:length])
        assert "không phải sổ tính" in refusal(path)


def test_one_cell_at_the_far_corner_is_refused_before_memory_is_taken(book):
    def edit(workbook: openpyxl.Workbook) -> None:
        workbook["units"]["XFD1048576"] = "x"

    assert "trải đến dòng 1048576, cột thứ 16384" in refusal(book(edit))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="A3"', b'r="A1000000000000"'),
        (b'r="A3"', b"r='XFD1048576'"),
        (b'r="A3"', b'x=">" r="XFD1048576"'),
        (b'r="A3"', b'r="&#88;FD1048576"'),
        (b'r="A3"', b'r="A3" r="XFD1048576"'),
        (b'<row r="3">', b'<row r="4000000000">'),
        (b'<c r="A3"', b'<y:c xmlns:y="x" r="ZZZ999999"'),
    ],
)
def test_a_far_cell_is_refused_however_it_is_written(book, old, new):
    path = book()
    assert old in part(path)
    said = refusal(changed(path, sheet=part(path).replace(old, new)))
    assert "quá lớn để đọc" in said or "đã hỏng" in said


def test_cells_and_rows_without_their_place_are_read_in_order(book):
    path = book()
    bare = re.sub(rb' r="[A-Z]*\d+"', b"", part(path))
    expected = read_dataset(path)
    assert read_dataset(changed(path, sheet=bare)).digest == expected.digest


# the workbook as a spreadsheet


def test_merged_cells_are_named_but_not_those_beside_the_table(book):
    def beside(workbook: openpyxl.Workbook) -> None:
        workbook["units"]["F2"] = "ghi chú"
        workbook["units"].merge_cells("F2:G3")

    def inside(workbook: openpyxl.Workbook) -> None:
        workbook["units"].merge_cells("C2:C3")

    read_dataset(book(beside))
    said = refusal(book(inside))
    assert "units, dòng 2, kind: Các ô C2:C3 bị gộp" in said


def test_a_formula_without_its_value_is_a_fault_and_one_with_it_is_read(book):
    def edit(workbook: openpyxl.Workbook) -> None:
        workbook["units"]["B3"] = '=CONCATENATE("Phường ","Hai")'

    path = book(edit)
    assert "units, dòng 3, name: Ô B3 có công thức chưa tính" in refusal(path)
    text = part(path).decode()
    computed = re.sub(
        r'<c r="B3"[^>]*>(<f>.*?</f>)<v(?: ?/>|></v>)',
        r'<c r="B3" t="str">\1<v>Phường Hai</v>',
        text,
    )
    assert computed != text
    assert (
        read_dataset(changed(path, sheet=computed.encode()))["units"]["name"].tolist()[1]
        == "Phường Hai"
    )


def test_a_cell_in_error_is_a_fault_that_shows_the_error(book):
    def edit(workbook: openpyxl.Workbook) -> None:
        workbook["units"]["D1"] = "headcount"
        workbook["units"]["D2"].value = "#REF!"
        workbook["units"]["D2"].data_type = "e"

    assert "units, dòng 2, headcount: Ô D2 báo lỗi #REF!" in refusal(book(edit))


def test_a_title_merged_over_the_table_is_told_as_what_it_is(book):
    rows = [["DANH SÁCH", None, None], ["unit_id", "name", "kind"], ["U1", "a", "ward"]]

    def edit(workbook: openpyxl.Workbook) -> None:
        workbook["units"].merge_cells("A1:C1")

    assert "Tiêu đề nằm ở dòng 2. Xóa các dòng phía trên nó" in refusal(book(edit, units=rows))


def test_dates_mean_the_same_in_the_1904_date_system(book):
    absences = [["inspector_id", "start", "end"], ["I1", dt.date(2027, 3, 1), dt.date(2027, 3, 5)]]

    def edit(workbook: openpyxl.Workbook) -> None:
        workbook.epoch = CALENDAR_MAC_1904

    path = book(edit, absences=absences)
    assert b'date1904="1"' in part(path, "xl/workbook.xml")
    assert read_dataset(path).office().absences[0].start == dt.date(2027, 3, 1)


def test_a_number_in_a_date_column_is_refused_rather_than_guessed(book):
    absences = [["inspector_id", "start", "end"], ["I1", 46447, dt.date(2027, 3, 5)]]
    assert "absences, dòng 2, start: «46447» là số, không phải ngày" in refusal(
        book(absences=absences)
    )


def test_hidden_rows_and_sheets_are_read_with_a_warning(book):
    def edit(workbook: openpyxl.Workbook) -> None:
        workbook["units"].row_dimensions[3].hidden = True
        workbook["inspectors"].sheet_state = "hidden"

    dataset = read_dataset(book(edit))
    assert len(dataset["units"]) == 2
    assert [warning.say("vi") for warning in dataset.warnings] == [
        "Trang tính inspectors đang ẩn; vẫn được đọc.",
        "units: 1 dòng đang ẩn vẫn được đọc (dòng 3).",
    ]


def test_two_sheets_for_one_table_are_a_fault(book):
    def edit(workbook: openpyxl.Workbook) -> None:
        workbook.create_sheet("Units ").append(["unit_id", "name", "kind"])

    assert "Có hai trang tính cho cùng một bảng: «units» và «Units »" in refusal(book(edit))


def test_a_workbook_of_no_known_sheet_says_which_sheets_it_should_have(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.append(["x"])
    path = tmp_path / "x.xlsx"
    workbook.save(path)
    assert "không có trang tính nào" in refusal(path)


def test_what_openpyxl_streams_and_what_it_keeps_read_the_same(book, tmp_path):
    stream = openpyxl.Workbook(write_only=True)
    for name in ("units", "inspectors"):
        sheet = stream.create_sheet(name)
        for row in openpyxl.load_workbook(book())[name].iter_rows(values_only=True):
            sheet.append(row)
    target = io.BytesIO()
    stream.save(target)
    (tmp_path / "stream.xlsx").write_bytes(target.getvalue())
    assert read_dataset(tmp_path / "stream.xlsx").digest == read_dataset(book()).digest
