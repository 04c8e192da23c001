"""Small datasets on disk, as a folder of CSV files or as a workbook."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

UNITS = "unit_id,name,kind\nU1,Sở Một,department\nU2,Phường Hai,ward\n"
INSPECTORS = "inspector_id,name,home_unit_id\nI1,Nguyễn Văn An,U1\nI2,Trần Thị Bình,U1\n"

Folder = Callable[..., Path]
Book = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """folder(units="...", absences=b"..."): path of a dataset; units and inspectors are there."""

    def write(**tables: str | bytes) -> Path:
        home = tmp_path / "ho-so"
        home.mkdir(exist_ok=True)
        for name, text in {"units": UNITS, "inspectors": INSPECTORS, **tables}.items():
            content = text.encode() if isinstance(text, str) else text
            (home / f"{name}.csv").write_bytes(content)
        return home

    return write


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """book(units=[["unit_id", ...], ["U1", ...]]): path of a workbook; `edit` changes it."""

    def write(
        edit: Callable[[openpyxl.Workbook], None] | None = None, **tables: list[list[object]]
    ) -> Path:
        workbook = openpyxl.Workbook()
        del workbook[workbook.sheetnames[0]]
        basics = {
            name: [line.split(",") for line in text.splitlines()]
            for name, text in (("units", UNITS), ("inspectors", INSPECTORS))
        }
        for name, rows in {**basics, **tables}.items():
            sheet = workbook.create_sheet(name)
            for row in rows:
                sheet.append(row)
        if edit:
            edit(workbook)
        path = tmp_path / "ho-so.xlsx"
        workbook.save(path)
        return path

    return write
