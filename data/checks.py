"""What must hold between rows and tables: keys, references, order of dates, overlaps, cycles."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from data.columns import Table, tables
from data.faults import Fault, Reading, Spelling
from data.references import Frames, check_references
from data.words import Message


def check(frames: Frames, reading: Reading) -> None:
    """Add to `reading` every fault between rows and between tables."""
    told = {(fault.table, fault.row) for fault in reading.faults}
    found: list[Fault] = []
    for name, table in tables().items():
        if len(frames[name]):
            found += _doubled(table, frames[name])
            found += _reversed(table, frames[name])
            found += (f for f in _half_places(table, frames[name]) if (name, f.row) not in told)
            for column in table.columns:
                if column.to:
                    check_references(table, column, frames, reading)
    found += _overlaps(frames["absences"])
    found += _circles(frames["units"])
    found += _categories(frames["positions"])
    found += _own_kin(frames["relatives"])
    found += _odd_successions(frames["successions"])
    found += (f for f in _odd_pins(frames["pins"]) if ("pins", f.row) not in told)
    reading.faults.extend(found)


def _doubled(table: Table, frame: pd.DataFrame) -> Iterator[Fault]:
    if not table.key:
        return
    key = list(table.key)
    whole = ~_missing(frame[key]).any(axis=1)
    again = frame[key].duplicated() & whole
    if not again.any():
        return
    firsts: dict[Any, int] = {}
    doubled = frame[key].duplicated(keep=False) & whole
    for row, *values in frame.loc[doubled, key].itertuples():
        first = firsts.setdefault(tuple(values), int(row))
        if first != row:
            shown = ", ".join(_shown(value) for value in values)
            yield Fault(
                table.name,
                int(row),
                key[0],
                shown,
                Message(
                    "«{found}» đã có ở dòng {first}. Bỏ một dòng hoặc đổi mã.",
                    {"found": shown, "first": first},
                ),
            )


def _shown(value: Any) -> str:
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


def _missing(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.isna() | (frame == "")


def _reversed(table: Table, frame: pd.DataFrame) -> Iterator[Fault]:
    if not table.span:
        return
    start, end = table.span
    wrong = frame[end] < frame[start]
    for row, first, last in frame.loc[wrong, [start, end]].itertuples():
        yield Fault(
            table.name,
            int(row),
            end,
            _shown(last),
            Message(
                "Ngày cuối {last} trước ngày đầu {first}. Đổi lại hoặc sửa một ngày.",
                {"last": _shown(last), "first": _shown(first)},
            ),
        )


def _half_places(table: Table, frame: pd.DataFrame) -> Iterator[Fault]:
    if "lat" in table.named:
        half = frame["lat"].isna() != frame["lon"].isna()
        for row in frame.index[half]:
            yield Fault(
                table.name,
                int(row),
                "lat",
                "",
                Message("Chỉ có một trong hai tọa độ lat, lon. Điền cả hai hoặc để trống cả hai."),
            )


def _overlaps(absences: pd.DataFrame) -> Iterator[Fault]:
    """Absences of one inspector that share a day with one that starts before."""
    frame = absences.dropna(subset=["start", "end"]).sort_values(
        ["inspector_id", "start"], kind="stable"
    )
    last: dict[str, tuple[Any, int]] = {}
    for row, who, start, end in frame[["inspector_id", "start", "end"]].itertuples():
        until, first = last.get(who, (None, 0))
        if who and until is not None and start <= until:
            yield Fault(
                "absences",
                int(row),
                "start",
                _shown(start),
                Message(
                    "Lần vắng này trùng ngày với dòng {first} của cùng người {who}. "
                    "Gộp hai dòng thành một.",
                    {"first": first, "who": who},
                ),
            )
        if until is None or end > until:
            last[who] = (end, int(row))


def _circles(units: pd.DataFrame) -> Iterator[Fault]:
    """Units that are above themselves; one fault for each circle."""
    above = dict(zip(units["unit_id"], units["parent_id"], strict=True))
    rows = dict(zip(units["unit_id"], units.index, strict=True))
    done: set[str] = {""}
    for first in above:
        path: dict[str, int] = {}
        unit = first
        while unit not in done and unit in above and unit not in path:
            path[unit] = len(path)
            unit = above[unit]
        if unit in path:
            circle = [*list(path)[path[unit] :], unit]
            yield Fault(
                "units",
                int(rows[unit]),
                "parent_id",
                above[unit],
                Message(
                    "Các đơn vị xếp vòng tròn: {circle}. Sửa đơn vị cấp trên của một trong số đó.",
                    {"circle": " → ".join(circle)},
                ),
            )
        done.update(path)


@cache
def _catalogue() -> frozenset[str]:
    text = (files("data") / "reference" / "rotation_positions.csv").read_text(encoding="utf-8-sig")
    return frozenset(row["category_id"] for row in csv.DictReader(text.splitlines()))


def _categories(positions: pd.DataFrame) -> Iterator[Fault]:
    """Categories outside the catalogue: the post would silently never rotate."""
    given = positions["category"]
    wrong = (given != "") & ~given.isin(_catalogue())
    spelling = Spelling(sorted(_catalogue()))
    for row, found in given[wrong].items():
        yield Fault(
            "positions",
            int(str(row)),
            "category",
            found,
            Message(
                "«{found}» không có trong danh mục vị trí chuyển đổi. Ghi mã trong danh mục, "
                "hoặc để trống nếu vị trí ngoài danh mục.{hint}",
                {"found": found, "hint": spelling.hint(found)},
            ),
        )


def _own_kin(relatives: pd.DataFrame) -> Iterator[Fault]:
    same = (relatives["staff_id"] == relatives["relative_id"]) & (relatives["staff_id"] != "")
    for row, found in relatives.loc[same, "staff_id"].items():
        yield Fault(
            "relatives",
            int(str(row)),
            "relative_id",
            found,
            Message("«{found}» là người thân của chính mình. Sửa mã người thân.", {"found": found}),
        )


def _odd_pins(pins: pd.DataFrame) -> Iterator[Fault]:
    """Pins that name nothing, or a date outside their own week."""
    bare = _missing(pins[["unit_id", "kind", "date", "week", "inspector_id", "staff_id"]]).all(
        axis=1
    )
    for row in pins.index[bare]:
        yield Fault(
            "pins",
            int(row),
            "",
            "",
            Message(
                "Yêu cầu không nói về gì cả. Ghi ít nhất đơn vị, loại, ngày, tuần, thành viên hoặc "
                "mã nhân sự."
            ),
        )
    days = (pins["date"] - pins["week"]).dt.days
    for row, found in pins.loc[days.notna() & ~days.between(0, 6), "date"].items():
        yield Fault(
            "pins",
            int(str(row)),
            "date",
            _shown(found),
            Message(
                "Ngày {found} không nằm trong tuần đã ghi. Bỏ một trong hai.",
                {"found": _shown(found)},
            ),
        )


def _odd_successions(successions: pd.DataFrame) -> Iterator[Fault]:
    """Answers that say neither for which unit nor for which post."""
    bare = _missing(successions[["unit_id", "position_id"]]).all(axis=1)
    for row in successions.index[bare]:
        yield Fault(
            "successions",
            int(row),
            "unit_id",
            "",
            Message(
                "Dòng này chưa nói về đơn vị hay vị trí mới nào. Ghi mã đơn vị hoặc mã vị trí."
            ),
        )
