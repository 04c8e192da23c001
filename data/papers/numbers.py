"""Numbers and days of papers that the clerk has given, from a CSV file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from data.columns import Column, Table
from data.csv_in import read_csv_table
from data.faults import Fault, Reading
from data.opening import CannotOpen, Limits, read_bytes
from data.papers.organisation_in import PapersRefused
from data.typed import typed_frame
from data.words import Message

Numbers = dict[tuple[str, str], tuple[int | None, date | None]]


def read_numbers(path: Path, papers: Mapping[str, str]) -> Numbers:
    """(paper, id of its visit, person or wave, "" for the only one) -> number and day, either may be None.

    The file has the columns `paper`, `id`, `number`, `date`, or their Vietnamese names.

    Parameters
    ----------
    papers : key of a paper -> how people call it

    Raises
    ------
    PapersRefused
        With every fault by row: unknown paper, no whole number, no date, the same paper twice.
    """
    # fmt: off
    table = Table("numbers", "Số và ngày của văn bản", "Numbers and days of papers", (
        Column("paper", "choice", "Văn bản", "Tên mẫu, ví dụ ke-hoach", "Name of the template: ke-hoach ...",
               needed=True, choices=papers),
        Column("id", "text", "Mã", "Mã cuộc kiểm tra, mã người hoặc đợt; để trống nếu chỉ có một",
               "Visit, person or wave; blank when there is one only"),
        Column("number", "whole", "Số", "Số văn bản", "Number of the paper", within=(1, 999_999)),
        Column("date", "date", "Ngày", "Ngày ký", "Day of signing"),
    ))
    # fmt: on
    reading = Reading()
    try:
        raw = read_csv_table(table, read_bytes(path, Limits(), follow=True), reading.faults)
    except CannotOpen as refusal:
        raise PapersRefused([Fault("", 0, "", "", refusal.message)], path.name) from None
    found: Numbers = {}
    if raw is not None:
        frame = typed_frame(table, raw, reading)
        for row, cells in zip(frame.index.tolist(), frame.to_dict("records"), strict=True):
            key = (str(cells["paper"]), str(cells["id"]))
            if key in found:
                message = Message("Văn bản này đã có số ở dòng trên. Bỏ một dòng.")
                reading.faults.append(Fault("numbers", row, "paper", key[0], message))
            number, day = cells["number"], cells["date"]
            found[key] = (
                None if pd.isna(number) else int(number), None if pd.isna(day) else day.date()
            )  # fmt: skip
    if reading.faults:
        raise PapersRefused(reading.faults, path.name)
    return found
