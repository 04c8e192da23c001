"""A flags file: the same rows in three formats, real dates, and never half a file."""

from datetime import datetime
from pathlib import Path

import fastparquet
import numpy as np
import openpyxl
import pandas as pd
import pytest

from data import flags_file
from data.flags_file import FlagsFileError, write_flags, writer_of


def chunk(*names, **changes):
    n = len(names)
    usual = {
        "staff_id": pd.array(names, dtype="str"),
        "name": pd.array(["Lê Thị Ánh"] * n, dtype="str"),
        "clock_start": np.array(["2022-01-01", "NaT"] * n, "datetime64[s]")[:n],
        "months_served": pd.array([60, None] * n, dtype="Int32")[:n],
        "status": pd.Categorical(["due", "not_subject"] * n)[:n],
    }
    return pd.DataFrame({**usual, **changes})


def read_parquet(path):
    with path.open("rb") as file:
        return fastparquet.ParquetFile(file).to_pandas()


def test_csv_holds_every_chunk_once_under_one_header(tmp_path):
    path = tmp_path / "co.csv"
    assert write_flags(path, iter([chunk("A", "B"), chunk("C")])) == 3
    assert path.read_text(encoding="utf-8").splitlines() == [
        "staff_id,name,clock_start,months_served,status",
        "A,Lê Thị Ánh,2022-01-01,60,due",
        "B,Lê Thị Ánh,,,not_subject",
        "C,Lê Thị Ánh,2022-01-01,60,due",
    ]


def test_a_workbook_has_real_dates_a_filter_and_a_header_that_stays(tmp_path):
    path = tmp_path / "co.xlsx"
    assert write_flags(path, [chunk("A", "B"), chunk("=C")]) == 3
    sheet = openpyxl.load_workbook(path)["flags"]
    assert [cell.value for cell in sheet[2]] == ["A", "Lê Thị Ánh", datetime(2022, 1, 1), 60, "due"]
    assert sheet["C2"].number_format == "dd/mm/yyyy"
    assert sheet["C3"].value is None
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("=C", "s")
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:E4"


def test_parquet_keeps_types_and_every_chunk(tmp_path):
    path = tmp_path / "co.parquet"
    assert write_flags(path, iter([chunk("A", "B"), chunk("C")])) == 3
    found = read_parquet(path)
    assert found["staff_id"].tolist() == ["A", "B", "C"]
    assert found["clock_start"].dt.year.tolist()[0] == 2022
    assert found["clock_start"].isna().tolist() == [False, True, False]
    assert found["months_served"].tolist() == [60, pd.NA, 60]
    assert found["status"].tolist() == ["due", "not_subject", "due"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet", "CSV"])
def test_nobody_at_all_still_makes_a_file_with_a_header(tmp_path, suffix):
    path = tmp_path / f"co.{suffix}"
    assert write_flags(path, [chunk()]) == 0
    assert path.stat().st_size > 0


def test_another_suffix_is_refused_before_anything_is_reckoned():
    with pytest.raises(FlagsFileError, match=r"\.parquet"):
        writer_of(Path("co.ods"))


def test_more_rows_than_a_sheet_holds_are_refused_with_the_way_out(tmp_path, monkeypatch):
    monkeypatch.setattr(flags_file, "SHEET_ROWS", 3)
    assert write_flags(tmp_path / "co.xlsx", [chunk("A"), chunk("B")]) == 2
    with pytest.raises(FlagsFileError) as refused:
        write_flags(tmp_path / "hai.xlsx", [chunk("A", "B"), chunk("C")])
    assert ".csv" in refused.value.message.say("vi")
    assert ".parquet" in refused.value.message.say("vi")
    assert [file.name for file in tmp_path.iterdir()] == ["co.xlsx"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_a_file_that_fails_halfway_leaves_the_old_one_as_it_was(tmp_path, suffix):
    def failing():
        yield chunk("A")
        raise KeyError

    path = tmp_path / f"co.{suffix}"
    path.write_bytes(b"old")
    with pytest.raises(KeyError):
        write_flags(path, failing())
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FlagsFileError, match="nowhere"):
        write_flags(tmp_path / "nowhere" / "co.csv", [chunk("A")])


def test_the_file_can_be_read_by_others_as_any_new_file(tmp_path):
    plain = tmp_path / "plain"
    plain.touch()
    write_flags(tmp_path / "co.csv", [chunk("A")])
    assert (tmp_path / "co.csv").stat().st_mode == plain.stat().st_mode
