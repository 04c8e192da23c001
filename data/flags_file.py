"""Writes a flags file as CSV, workbook or Parquet, by its suffix: whole, or not at all.

The rows come in chunks, tables with the same columns, so that millions are never held as text.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import xlsxwriter

from data.exports.book import LIKE_FORMULA
from data.words import Message

if TYPE_CHECKING:
    from datetime import datetime

SHEET_ROWS = 1_048_576
WIDTHS = {"name": 26, "legal_basis": 60, "derivation": 120, "category": 11, "reading": 12}
WIDTH = 14


class FlagsFileError(Exception):
    """A flags file cannot be written; `message` says why and what to do."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.say("en"))


def write_flags(path: Path, chunks: Iterable[pd.DataFrame]) -> int:
    """Write the flags and give the number of rows; a file of that name is replaced at the end.

    Parameters
    ----------
    path : ends in .csv, .xlsx or .parquet
    chunks : at least one table; all have the same columns

    Raises
    ------
    FlagsFileError
        For another suffix, for more rows than a sheet holds, for a folder that is not there or
        cannot be written to.
    """
    write = writer_of(path)
    with _replacing(Path(path)) as fresh:
        return write(fresh, iter(chunks))


def writer_of(path: Path) -> Callable[[Path, Iterator[pd.DataFrame]], int]:
    """What writes files of this suffix; ask before a long reckoning.

    Raises
    ------
    FlagsFileError
        When nothing does.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in _WRITERS:
        raise FlagsFileError(
            Message(
                "«{name}»: không ghi được tệp loại này. Đặt tên có đuôi {known}.",
                {"name": Path(path).name, "known": ", ".join(_WRITERS)},
            )
        )
    return _WRITERS[suffix]


def _write_csv(path: Path, chunks: Iterator[pd.DataFrame]) -> int:
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for number, chunk in enumerate(chunks):
            chunk.to_csv(
                file, index=False, header=not number, lineterminator="\n", date_format="%Y-%m-%d"
            )
            written += len(chunk)
    return written


def _write_workbook(path: Path, chunks: Iterator[pd.DataFrame]) -> int:
    options = {"constant_memory": True, "in_memory": False, "default_date_format": "dd/mm/yyyy"}
    written, columns = 0, 0
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("flags")
        head = book.add_format({"bold": True, "bg_color": "#0d3b66", "font_color": "#ffffff"})
        quoted = book.add_format({"quote_prefix": True})
        for chunk in chunks:
            if written + len(chunk) >= SHEET_ROWS:
                raise _too_many()
            if not columns:
                columns = len(chunk.columns)
                _write_head(sheet, [*chunk.columns], head)
            cells = (_plain(chunk[name]) for name in chunk.columns)
            for row, values in enumerate(zip(*cells, strict=True), written + 1):
                for column, value in enumerate(values):
                    _write_cell(sheet, row, column, value, quoted)
            written += len(chunk)
        sheet.autofilter(0, 0, max(1, written), max(0, columns - 1))
    return written


def _write_head(sheet: Any, names: list[str], head: Any) -> None:
    sheet.freeze_panes(1, 2)
    for column, name in enumerate(names):
        sheet.set_column(column, column, WIDTHS.get(name, WIDTH))
        sheet.write_string(0, column, name, head)


def _write_cell(sheet: Any, row: int, column: int, value: Any, quoted: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value, quoted if value.startswith(LIKE_FORMULA) else None)
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    else:
        sheet.write_datetime(row, column, value)


def _plain(column: pd.Series[Any]) -> list[str | int | datetime | None]:
    """Cells as text, whole numbers and days; None where there is nothing."""
    if column.dtype.kind == "M":
        return column.to_numpy("datetime64[s]").tolist()
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column.astype(object).where(column.notna(), None).tolist()
    return column.astype(object).tolist()


def _write_parquet(path: Path, chunks: Iterator[pd.DataFrame]) -> int:
    from fastparquet import writer  # loaded only here: it takes a second

    first = _for_parquet(next(chunks))
    encoding = {name: "utf8" for name in first.columns if first[name].dtype == object}
    about = writer.make_metadata(first, object_encoding=encoding)
    with path.open("wb") as file:
        groups = chain([first], map(_for_parquet, chunks))
        writer.write_simple(file, groups, about, compression="ZSTD", stats=False)
    return int(about.num_rows)


def _for_parquet(chunk: pd.DataFrame) -> pd.DataFrame:
    """Days in milliseconds, everything that is no number as text."""
    plain = {}
    for name in chunk.columns:
        column = chunk[name]
        if column.dtype.kind == "M":
            plain[name] = column.astype("datetime64[ms]")
        elif pd.api.types.is_numeric_dtype(column.dtype):
            plain[name] = column
        else:
            plain[name] = column.astype(object)
    return pd.DataFrame(plain).reset_index(drop=True)


_WRITERS: dict[str, Callable[[Path, Iterator[pd.DataFrame]], int]] = {
    ".csv": _write_csv,
    ".xlsx": _write_workbook,
    ".parquet": _write_parquet,
}


def _too_many() -> FlagsFileError:
    return FlagsFileError(
        Message(
            "Quá {most} dòng, một trang tính không chứa hết. Ghi ra tệp .csv hoặc .parquet.",
            {"most": f"{SHEET_ROWS - 1:,}".replace(",", ".")},
        )
    )


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A fresh file beside the wanted one, put in its place at the end or removed."""
    try:
        number, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name}.", suffix=path.suffix
        )
        os.close(number)
    except OSError as error:
        raise _no_place(path, error) from None
    fresh = Path(name)
    try:
        yield fresh
        umask = os.umask(0)
        os.umask(umask)
        fresh.chmod(0o666 & ~umask)
        fresh.replace(path)
    except OSError as error:
        raise _no_place(path, error) from None
    finally:
        with suppress(FileNotFoundError):
            fresh.unlink()


def _no_place(path: Path, error: OSError) -> FlagsFileError:
    return FlagsFileError(
        Message(
            "Không ghi được «{name}»: {error}. Chọn thư mục khác, hoặc đóng tệp đang mở.",
            {"name": str(path), "error": error.strerror or str(error)},
        )
    )
