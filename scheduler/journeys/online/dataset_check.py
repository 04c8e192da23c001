"""An upload held against the contract and against what is there: the tables of a new dataset, or its faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from data.archive_in import unpack_tables
from data.checks import check
from data.columns import tables as contract
from data.csv_rows import csv_frame
from data.faults import DatasetError, Fault, Reading
from data.opening import MB, CannotOpen, Limits
from data.references import check_references
from data.tables import Given, read_dataset, read_given, typed_table, whole
from data.words import Message
from scheduler.journeys.online.dataset_rights import not_brought, not_theirs

if TYPE_CHECKING:
    from pathlib import Path

    from data.records.actors import Actor

LIMITS = Limits(file_bytes=100 * MB, unpacked_bytes=400 * MB, cells=5_000_000)
LONGEST = {"id": 100, "choice": 100, "text": 30_000, "ids": 30_000, "list": 30_000}  # letters
SPECIAL = {("units", "name"): 300}


@dataclass(frozen=True)
class Beside:
    """What is there already.

    Attributes
    ----------
    tables : table -> frame of the accepted dataset, for the tables that do not come; empty without a base
    ledgers : table -> CSV of the rows written or changed online, which stay beside those that come
    visits : CSV of visits that were planned here and that findings may speak of
    """

    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    ledgers: Mapping[str, bytes] = field(default_factory=dict)
    visits: bytes = b""


@dataclass(frozen=True)
class Outcome:
    """What became of an upload: `contents` (table -> CSV) when there are no faults."""

    came: list[str]
    faults: list[Fault]
    warnings: list[Message]
    contents: dict[str, bytes] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    digest: str = ""


def checked(uploaded: Mapping[str, bytes], beside: Beside, by: Actor, scratch: Path) -> Outcome:
    """The upload (file name -> content) as a new dataset, or every fault of it."""
    try:
        given = _given(uploaded, scratch / "came")
    except DatasetError as error:
        return Outcome([], list(error.faults), [])
    reading = given.reading
    told = {fault.table for fault in reading.faults}
    came = [name for name, frame in given.frames.items() if len(frame) or name in told]
    reading.faults.extend(_not_theirs(by, came))
    frames = whole({**beside.tables, **{name: given.frames[name] for name in came}})
    if beside.visits and len(frames["findings"]):
        frames["visits"] = _with_planned(frames, beside.visits)
    reading.faults.extend(_too_long(frames, came))
    check(frames, reading)
    if not came and not reading.faults:
        reading.faults.append(_nothing())
    if not reading.faults:
        reading.faults.extend(misfits(frames, beside.ledgers))
    if reading.faults:
        return Outcome(came, sorted(reading.faults, key=_place), reading.warnings)
    return _kept(frames, came, reading, scratch / "kept")


def misfits(frames: Mapping[str, pd.DataFrame], ledgers: Mapping[str, bytes]) -> list[Fault]:
    """Faults of rows that are in the store and name what the frames do not have; `ledgers`: table -> CSV."""
    found = []
    for name, content in ledgers.items():
        reading = Reading()
        beside = {**frames, name: typed_table(name, content)}
        for column in contract()[name].columns:
            if column.to:
                check_references(contract()[name], column, beside, reading)
        found += [
            Fault(name, 0, fault.column, fault.value, Message(
                "Dòng đã ghi trên máy chủ không còn khớp với dữ liệu mới: {what}", {"what": fault.message}
            ))
            for fault in reading.faults
        ]  # fmt: skip
    return found


def _given(uploaded: Mapping[str, bytes], folder: Path) -> Given:
    folder.mkdir()
    (name, content), *_ = uploaded.items()
    try:
        files = unpack_tables(content, LIMITS) if name.lower().endswith(".zip") else uploaded
    except CannotOpen as refusal:
        raise DatasetError([Fault("", 0, "", "", refusal.message)], name) from None
    for file, inside in files.items():
        (folder / file).write_bytes(inside)
    return read_given(folder / name if name.lower().endswith(".xlsx") else folder, LIMITS)


def _not_theirs(by: Actor, came: list[str]) -> list[Fault]:
    return [Fault(name, 0, "", "", not_theirs(name)) for name in not_brought(by, came)]


def _nothing() -> Fault:
    return Fault(
        "", 0, "", "", Message("Tệp không có dòng dữ liệu nào. Điền ít nhất một bảng rồi tải lên lại.")
    )  # fmt: skip


def _with_planned(frames: Mapping[str, pd.DataFrame], planned: bytes) -> pd.DataFrame:
    """Visits, and after them those planned here that findings name."""
    visits, more = frames["visits"], typed_table("visits", planned)
    named = set(frames["findings"]["visit_id"]) - set(visits["visit_id"])
    more = more[more["visit_id"].isin(named)]
    if not len(more):
        return visits
    last = int(visits.index.max()) if len(visits) else 1
    more.index = pd.RangeIndex(last + 1, last + 1 + len(more), name="row")
    return pd.concat([visits, more])


def _too_long(frames: Mapping[str, pd.DataFrame], came: list[str]) -> list[Fault]:
    found = []
    for name in came:
        for column in contract()[name].columns:
            most = SPECIAL.get((name, column.name), LONGEST.get(column.type))
            if most is None:
                continue
            cells = frames[name][column.name]
            for row, text in cells[cells.str.len() > most].items():
                words = Message(
                    "Ô dài {n} ký tự; nhiều nhất {most}. Rút ngắn lại.",
                    {"n": len(text), "most": most},
                )
                found.append(Fault(name, int(str(row)), column.name, text[:50], words))
    return found


def _kept(
    frames: Mapping[str, pd.DataFrame], came: list[str], reading: Reading, folder: Path
) -> Outcome:
    """The tables as they are kept, read once more: what is kept can be read for ever."""
    contents = {
        name: csv_frame(contract()[name], frame) for name, frame in frames.items() if len(frame)
    }
    folder.mkdir()
    for name, content in contents.items():
        (folder / f"{name}.csv").write_bytes(content)
    try:
        again = read_dataset(folder)
    except DatasetError as error:
        return Outcome(came, list(error.faults), reading.warnings)
    counts = {name: len(frames[name]) for name in contents}
    return Outcome(came, [], reading.warnings, contents, counts, again.digest)


def _place(fault: Fault) -> tuple[str, int]:
    return fault.table, fault.row
