"""Datasets: checked, begun from an empty workbook, or made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.sample import sample_tables, write_dataset
from data.tables import read_dataset
from data.template import write_template
from scheduler.errors import FolderTaken

if TYPE_CHECKING:
    from pathlib import Path

    from data.dataset import Dataset


def check_data(path: Path) -> Dataset:
    """The checked dataset of a folder or workbook.

    Raises
    ------
    data.faults.DatasetError
        With every fault by table, row and column.
    """
    return read_dataset(path)


def make_template(folder: Path, lang: str) -> Path:
    """An empty workbook with headers, notes and drop-down lists; where it is."""
    return write_template(folder, lang)


def make_sample(
    folder: Path, units: int, inspectors: int, staff: int, seed: int, year: int, month_days: int
) -> None:
    """A made-up dataset of any size as a folder of CSV files.

    Raises
    ------
    FolderTaken
        The folder already holds something.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(folder)
    tables = sample_tables(units, inspectors, staff, seed, year, month_days)
    write_dataset(tables, folder)
