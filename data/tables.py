"""Reads a dataset, a folder of CSV files or a workbook: whole, or refused with every fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from data.checks import check
from data.columns import fold, tables
from data.csv_in import read_csv_table
from data.dataset import Dataset, digest_of
from data.faults import NOTHING, DatasetError, Fault, Reading, Spelling
from data.opening import CannotOpen, Limits, kind_of, read_bytes
from data.raw import RawTable
from data.typed import empty_frame, typed_frame
from data.words import Message
from data.workbook_in import read_workbook


def read_dataset(path: Path, needed: Sequence[str] = (), limits: Limits | None = None) -> Dataset:
    """The checked dataset of a folder of CSV files or of an XLSX workbook.

    Parameters
    ----------
    path : the folder or the workbook
    needed : tables that must be there and have rows; every other missing table is an empty table
    limits : how large a file may be; `Limits()` when None

    Raises
    ------
    DatasetError
        With all faults at once; nothing is half-imported.
    """
    path = Path(path)
    given = read_given(path, limits)
    reading = given.reading
    frames = whole(given.frames)
    broken = {fault.table for fault in reading.faults}
    reading.faults.extend(
        _not_there(name, frozenset(given.frames))
        for name in needed
        if not len(frames[name]) and name not in broken
    )
    check(frames, reading)
    if reading.faults:
        raise DatasetError(reading.faults, path.name or str(path))
    return Dataset(frames, digest_of(frames), path.name, tuple(reading.warnings))


@dataclass(frozen=True)
class Given:
    """The tables that a folder or workbook holds, typed, before rows are held against each other."""

    frames: Mapping[str, pd.DataFrame]
    reading: Reading


def read_given(path: Path, limits: Limits | None = None) -> Given:
    """The tables of a folder of CSV files or of an XLSX workbook, with faults of their cells.

    Raises
    ------
    DatasetError
        When the file or folder as a whole is not read.
    """
    reading = Reading()
    try:
        raw = _raw_tables(path, limits or Limits(), reading)
    except CannotOpen as refusal:
        raise DatasetError(
            [Fault("", 0, "", "", refusal.message)], path.name or str(path)
        ) from None
    frames = {  # each raw table is let go as soon as it is typed: careers are large
        name: typed_frame(table, raw.pop(name), reading)
        for name, table in tables().items()
        if name in raw
    }
    return Given(frames, reading)


def whole(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Every table of the contract: those given, and empty ones."""
    return {
        name: frames[name] if name in frames else empty_frame(table)
        for name, table in tables().items()
    }


def typed_table(name: str, content: bytes) -> pd.DataFrame:
    """The typed frame of one table's CSV.

    Raises
    ------
    DatasetError
    """
    reading, table = Reading(), tables()[name]
    raw = read_csv_table(table, content, reading.faults)
    frame = typed_frame(table, raw, reading) if raw is not None else empty_frame(table)
    if reading.faults:
        raise DatasetError(reading.faults, f"{name}.csv")
    return frame


def with_tables(dataset: Dataset, contents: Mapping[str, bytes]) -> Dataset:
    """The dataset with other contents (CSV) of some tables, in which nothing is held against the rest.

    Raises
    ------
    DatasetError
    """
    if not contents:
        return dataset
    frames = {name: typed_table(name, content) for name, content in contents.items()}
    frames = {**dataset.tables, **frames}
    return replace(dataset, tables=frames, digest=digest_of(frames))


def _raw_tables(path: Path, limits: Limits, reading: Reading) -> dict[str, RawTable]:
    if kind_of(path) == "folder":
        return _folder(path, limits, reading)
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        raise CannotOpen(
            Message(
                "«{name}» là một bảng. Chỉ đến thư mục chứa nó, hoặc đến sổ tính .xlsx.",
                {"name": path.name},
            )
        )
    return read_workbook(read_bytes(path, limits, follow=True), limits, reading)


def _folder(folder: Path, limits: Limits, reading: Reading) -> dict[str, RawTable]:
    by_fold = {fold(name): name for name in tables()}
    spelling = Spelling(tables())
    files: dict[str, Path] = {}
    books = []
    for file in sorted(folder.iterdir()):
        if file.name.startswith((".", "~$")) or file.is_dir():
            continue
        if file.suffix.lower() != ".csv":
            books += [file.name] if file.suffix.lower() in (".xlsx", ".xlsm") else []
            continue
        name = by_fold.get(fold(file.stem))
        if name is None:
            reading.warn(
                Message(
                    "Tệp «{name}» không dùng đến.{hint}",
                    {"name": file.name, "hint": spelling.hint(file.stem)},
                )
            )
        elif name in files:
            reading.faults.append(
                Fault(
                    name,
                    0,
                    "",
                    file.name,
                    Message(
                        "Có hai tệp cho cùng một bảng: «{first}» và «{second}». "
                        "Bỏ hoặc gộp một tệp.",
                        {"first": files[name].name, "second": file.name},
                    ),
                )
            )
        else:
            files[name] = file
    if not files:
        raise _nothing(folder, books, reading)
    found = {name: _csv(name, file, limits, reading) for name, file in files.items()}
    return {name: raw for name, raw in found.items() if raw is not None}


def _csv(name: str, file: Path, limits: Limits, reading: Reading) -> RawTable | None:
    try:
        content = read_bytes(file, limits)
    except CannotOpen as refusal:
        reading.faults.append(Fault(name, 0, "", file.name, refusal.message))
        return None
    return read_csv_table(tables()[name], content, reading.faults)


def _nothing(folder: Path, books: list[str], reading: Reading) -> CannotOpen:
    if books:
        return CannotOpen(
            Message(
                "Thư mục «{folder}» không có bảng CSV nào, nhưng có «{book}». "
                "Chỉ thẳng đến sổ tính đó.",
                {"folder": folder.name, "book": books[0]},
            )
        )
    return CannotOpen(
        Message(
            "Thư mục «{folder}» không có bảng nào: cần units.csv, inspectors.csv ... {told}",
            {"folder": folder.name, "told": reading.warnings[0] if reading.warnings else NOTHING},
        )
    )


def _not_there(name: str, given: frozenset[str]) -> Fault:
    if name in given:
        return Fault(name, 0, "", "", Message("Bảng không có dòng dữ liệu nào. Điền vào."))
    return Fault(
        name,
        0,
        "",
        "",
        Message(
            "Thiếu bảng. Thêm tệp {name}.csv, hoặc trang tính {name} trong sổ tính.", {"name": name}
        ),
    )
