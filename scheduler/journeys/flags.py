"""The flags of everybody on a day, one person's derivation, and the dues of the coming years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from data import rulefiles
from data.catalogue import read_catalogue
from data.exports.forecast_page import forecast_page
from data.exports.forecast_picture import forecast_svg
from data.exports.forecast_table import forecast_book, forecast_csv
from data.exports.forecast_words import flat_text, shown_readings, wave_text
from data.flags_file import write_flags, writer_of
from data.opening import MB, Limits
from data.tables import read_dataset
from data.whole_folder import put_file
from data.words import Message
from scheduler.derivation import sentences_of
from scheduler.errors import Refused
from scheduler.flag_rows import flag_chunks
from scheduler.flags import Flags, flag_table, tables_of
from scheduler.forecast import forecast
from scheduler.rulebook import in_force

if TYPE_CHECKING:
    import pandas as pd

    from data.catalogue import CatalogueRow
    from data.dataset import Dataset
    from scheduler.rulebook import Rulebook

FLAG_TABLES = ("units", "positions", "staff", "postings")
WHOLE_CITY = Limits(file_bytes=4_000 * MB)  # careers of two million people are 600 MB of CSV


@dataclass(frozen=True)
class FlagDesk:
    """All that flags need, opened once."""

    tables: Mapping[str, pd.DataFrame]
    catalogue: Mapping[str, CatalogueRow]
    rulebook: Rulebook
    on: date


@dataclass(frozen=True)
class FlagSummary:
    """How many people stand where, and the file that says who."""

    on: date
    people: int
    rows: int
    statuses: Mapping[str, int]
    overlays: Mapping[str, int]
    marked: int  # rows that rest on a rule whose source is to be checked
    file: Path


@dataclass(frozen=True)
class PersonFlags:
    """One reading of one person's career."""

    staff_id: str
    name: str
    reading: str
    status: str
    derivation: tuple[str, ...]


@dataclass(frozen=True)
class ForecastSummary:
    """What a forecast says in short, and its files."""

    sentences: tuple[str, ...]
    files: tuple[Path, ...]


def open_flags(path: Path, on: date, trial: Mapping[str, Any] | None = None) -> FlagDesk:
    """Everything for the flags of a day; `trial` holds what-if values of rules.

    Raises
    ------
    data.faults.DatasetError
        With every fault by table, row and column.
    """
    dataset = read_dataset(path, needed=FLAG_TABLES, limits=WHOLE_CITY)
    return flag_desk(dataset, on, trial)


def flag_desk(dataset: Dataset, on: date, trial: Mapping[str, Any] | None = None) -> FlagDesk:
    """The same for a dataset that is already read."""
    rulebook = in_force(rulefiles.read_rules(), on, trial)
    return FlagDesk(dataset.tables, read_catalogue(on), rulebook, on)


def reckon_flags(desk: FlagDesk) -> Flags:
    """The flags without their words."""
    return flag_table(desk.tables, desk.catalogue, desk.rulebook, desk.on)


def worded_flags(flags: Flags, lang: str) -> Iterator[pd.DataFrame]:
    """The rows of a flags file with their words, some thousand at a time."""
    return flag_chunks(flags, lang)


def flag_staff(
    path: Path, on: date, out: Path, lang: str, trial: Mapping[str, Any] | None = None
) -> FlagSummary:
    """Everybody's flag on a day, written whole to a CSV, XLSX or Parquet file.

    Raises
    ------
    data.faults.DatasetError
        The dataset has faults.
    data.flags_file.FlagsFileError
        The file cannot be of this kind or size.
    """
    writer_of(out)  # refuses another kind of file before the long reckoning
    flags = reckon_flags(open_flags(path, on, trial))
    write_flags(out, flag_chunks(flags, lang))
    return FlagSummary(
        on, len(flags.tables["staff"]), len(flags),
        _counts(flags, "status"), _counts(flags, "overlay"), _marked(flags), out,
    )  # fmt: skip


def _marked(flags: Flags) -> int:
    """Rows with dates that rest on a rule or a catalogue row whose source is to be checked."""
    doubtful = [name for name, row in flags.catalogue.items() if row.confidence != "high"]
    regime, category = flags.frame["regime"], flags.frame["category"]
    by_city = regime.isin(["R2", "both"])
    return int((by_city | ((regime == "R1") & category.isin(doubtful))).sum())


def _counts(flags: Flags, column: str) -> dict[str, int]:
    seen = flags.frame[column].value_counts(sort=False)
    return {str(name): int(n) for name, n in seen.items() if n and name}


def flags_of_one(
    path: Path, on: date, staff_id: str, lang: str, trial: Mapping[str, Any] | None = None
) -> tuple[PersonFlags, ...]:
    """One person's flags, step by step: one for each reading.

    Raises
    ------
    Refused
        Nobody has this id.
    """
    desk = open_flags(path, on, trial)
    own = tables_of(desk.tables, staff_id)
    if not len(own["staff"]):
        raise Refused(
            Message(
                "Không có ai mang mã «{staff_id}» trong bảng staff. Kiểm tra lại mã nhân sự.",
                {"staff_id": staff_id},
            )
        )
    flags = flag_table(own, desk.catalogue, desk.rulebook, on)
    told = sentences_of(flags, np.arange(len(flags)), lang)
    name = str(own["staff"]["name"].iloc[0])
    return tuple(
        PersonFlags(staff_id, name, str(row["reading"]), str(row["status"]), tuple(steps))
        for (_, row), steps in zip(flags.frame.iterrows(), told, strict=True)
    )


def forecast_dues(
    path: Path, years: tuple[int, int], out: Path, lang: str, on: date | None = None,
    trial: Mapping[str, Any] | None = None,
) -> ForecastSummary:  # fmt: skip
    """Dues by unit, field and quarter, in both readings: a table and a picture beside it.

    The table is CSV, XLSX or one HTML page, by the file's name; the clocks are read on `on`, by
    default 1 January of the first year.

    Raises
    ------
    Refused
        The file is of another kind.
    """
    if out.suffix.lower() not in (".csv", ".xlsx", ".html"):
        raise Refused(
            Message(
                "Không ghi được loại tệp «{suffix}». Chọn .csv, .xlsx hoặc .html.",
                {"suffix": out.suffix or out.name},
            )
        )
    on = on or date(years[0], 1, 1)
    desk = open_flags(path, on, trial)
    frame = reckon_flags(desk).frame
    found = forecast(frame, desk.tables, desk.catalogue, *years, on)
    units = desk.tables["units"]
    names = dict(zip(units["unit_id"], units["name"], strict=True))
    picture = out.with_suffix(".svg")
    if out.suffix.lower() == ".html":
        content = forecast_page(found, names, lang).encode()
    else:
        write = forecast_csv if out.suffix.lower() == ".csv" else forecast_book
        content = write(found, names, lang)
    put_file(out, content)
    put_file(picture, forecast_svg(found, lang).encode())
    sentences = tuple(
        f"{title.say(lang)}: {wave_text(reading, names, lang)} {flat_text(reading, lang)}"
        for title, reading in shown_readings(found)
    )
    return ForecastSummary(sentences, (out, picture))
