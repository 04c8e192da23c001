"""Proposals which of our units another body's plan means, as a file that a person corrects and confirms."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from data.columns import Column, Table
from data.exports.book import Head, dated_book
from data.faults import DatasetError, Fault, Reading
from data.matching.names import Proposal
from data.other_plan_in import OtherRow
from data.plan_files import PlanShape, day_or_none, read_plan_files
from data.records import Blackout
from data.whole_folder import csv_bytes
from data.words import Message

# fmt: off
PROPOSALS = Table("proposals", "Đề xuất khớp tên đơn vị", "Proposed units", (
    Column("take", "choice", "Xác nhận", "Ghi có để nhận dòng này, không để bỏ",
           "Write yes to take this row, no to leave it", choices={"yes": "có", "no": "không", "x": "x"}),
    Column("found", "text", "Tên trong văn bản", "Tên như trong kế hoạch của cơ quan khác",
           "Name as the other body wrote it", needed=True),
    Column("unit_id", "id", "Mã đơn vị", "Đơn vị của ta; sửa nếu sai", "Our unit; mend it when wrong"),
    Column("unit_name", "text", "Tên đơn vị", "Tên đơn vị đề xuất", "Name of the unit proposed"),
    Column("score", "number", "Điểm giống", "Từ 0 đến 1", "From 0 to 1", within=(0, 1)),
    Column("sure", "flag", "Chắc", "Giống hẳn, hơn hẳn đơn vị thứ hai, biết rõ ngày",
           "Very like, well ahead of the next, with its days"),
    Column("others", "text", "Khả năng khác", "Các đơn vị khác có thể là", "Other units it may mean"),
    Column("start", "date", "Từ ngày", "Ngày đầu", "First day"),
    Column("end", "date", "Đến ngày", "Ngày cuối", "Last day"),
    Column("time", "text", "Thời gian trong văn bản", "Thời gian như trong văn bản", "Time as written"),
    Column("content", "text", "Nội dung", "Nội dung", "Content"),
    Column("note", "text", "Cần xem", "Điều cần xem lại", "What to look at"),
    Column("row", "whole", "Dòng gốc", "Dòng trong tệp gốc", "Row in the other body's file"),
    Column("sheet", "text", "Trang tính gốc", "Trang tính trong tệp gốc", "Sheet there"),
), span=("start", "end"))
# fmt: on
TICKS = ("yes", "x")  # an x is how a list is ticked by hand
SHAPE = PlanShape(
    main=PROPOSALS,
    tables={
        "proposals": PROPOSALS,
        "about": Table(
            "about",
            "",
            "",
            (
                Column("key", "text", "Mục", "", ""),
                Column("value", "text", "Giá trị", "", ""),
            ),
        ),
    },
    sheets={"proposals": ("Đề xuất", "Proposals")},
    telling=frozenset({"found", "unit_id"}),
    facts="",
    no_folder=Message("«{name}» là thư mục. Chỉ đến tệp đề xuất."),
    no_year=Message("Tệp đề xuất không có ngày nào."),
)  # fmt: skip
WIDTHS = {"found": 40, "unit_name": 34, "others": 50, "content": 40, "note": 40, "time": 24}
SEVERAL = Message("Đơn vị cũ đã chia cho nhiều đơn vị mới; chọn đúng đơn vị.")
NONE = Message("Không giống đơn vị nào; ghi mã nếu có.")
ROUGH = Message("Chỉ biết đến tháng hoặc quý; ghi ngày nếu đã rõ.")


@dataclass(frozen=True)
class Proposed:
    """One body of the other plan with the units it may mean."""

    row: OtherRow
    proposal: Proposal

    @property
    def sure(self) -> bool:
        """Whether the unit is sure and its days are told: a month or quarter would block far too much."""
        told = self.row.period
        return self.proposal.sure and (told is None or told.exact)

    @property
    def notes(self) -> list[Message]:
        """What to look at before it is taken."""
        first = self.proposal.candidates[0] if self.proposal.candidates else None
        notes = [self.row.note, NONE if first is None else None,
                 SEVERAL if first and first.part else None,
                 ROUGH if self.row.period and not self.row.period.exact else None]  # fmt: skip
        return [note for note in notes if note is not None]


@dataclass(frozen=True)
class Taken:
    """A row that a person took: the unit that is meant, the days, what the other body comes for."""

    unit_id: str
    start: date | None
    end: date | None
    content: str = ""

    def judged(self, table: str, row: int, body: str, known: Collection[str]) -> Blackout | Fault:
        """The days on which that body is at our unit; or what is missing in this row of its table."""
        if not self.unit_id or self.unit_id not in known:
            message = Message("Dòng được nhận cần mã đơn vị có trong bảng units; đang ghi «{found}».",
                              {"found": self.unit_id})  # fmt: skip
            return Fault(table, row, "unit_id", self.unit_id, message)
        if self.start is None or self.end is None or self.end < self.start:
            message = Message("Dòng được nhận cần từ ngày và đến ngày, theo thứ tự.")
            return Fault(table, row, "start", "", message)
        reason = self.content or Message("Kế hoạch của {body}", {"body": body}).say("vi")
        return Blackout(self.unit_id, self.start, self.end, reason, body)


def proposals_file(
    rows: Sequence[Proposed], names: Mapping[str, str], year: int, suffix: str, lang: str
) -> bytes:
    """The proposals as a workbook (".xlsx") or CSV; the least sure rows first.

    `names` maps unit ids to names. The file's own date is the first day of the year.
    """
    ordered = sorted(rows, key=lambda p: (p.sure, p.proposal.score, p.row.row))
    records = [_record(p, names, lang) for p in ordered]
    columns = [column.name for column in PROPOSALS.columns]
    if suffix == ".csv":
        body = [[_csv_cell(record[name]) for name in columns] for record in records]
        return b"\xef\xbb\xbf" + csv_bytes([[PROPOSALS[n].title(lang) for n in columns], *body])
    target = io.BytesIO()
    with dated_book(target, lang, datetime(year, 1, 1)) as book:
        heads = [Head(PROPOSALS[n].title(lang), WIDTHS.get(n, 12)) for n in columns]
        cells = [[record[name] for name in columns] for record in records]
        sheet = book.table(SHAPE.sheets["proposals"], heads, cells, frozen=2)
        yes_no = [book.say(Message("có")), book.say(Message("không"))]
        sheet.data_validation(1, 0, len(cells) + 1, 0, {"validate": "list", "source": yes_no})
        book.between(sheet, columns.index("score"), max(1, len(cells)), 0, 0.8999, "#f7e2b0")
    return target.getvalue()


def _record(proposed: Proposed, names: Mapping[str, str], lang: str) -> dict[str, Any]:
    row, proposal = proposed.row, proposed.proposal
    others = [
        f"{names.get(c.unit_id, '')} ({c.unit_id}) {c.score:.2f}" for c in proposal.candidates[1:]
    ]
    yes, no = Message("có").say(lang), Message("không").say(lang)
    return {
        "take": "", "found": row.name, "unit_id": proposal.unit_id,
        "unit_name": names.get(proposal.unit_id, ""), "score": round(proposal.score, 3),
        "sure": yes if proposed.sure else no, "others": "; ".join(others),
        "start": row.period.start if row.period else None,
        "end": row.period.end if row.period else None, "time": row.time, "content": row.content,
        "note": " ".join(note.say(lang) for note in proposed.notes), "row": row.row,
        "sheet": row.sheet,
    }  # fmt: skip


def _csv_cell(value: Any) -> object:
    return "" if value is None else value.isoformat() if isinstance(value, date) else value


def confirmed_rows(
    path: Path, body: str, known: Mapping[str, str], sure_too: bool
) -> tuple[list[Blackout], list[int]]:
    """The rows of a proposals file that a person took, as days on which that body is at our unit.

    `sure_too` takes the sure ones as well where nothing was written under "take"; those of them
    without days are left, and their rows given back beside the others.

    Raises
    ------
    DatasetError
        With every row taken that lacks a unit, names an unknown one, or has no days in order.
    """
    reading = Reading()
    frame = read_plan_files(Path(path), SHAPE, reading).frames["proposals"]
    faults = list(reading.faults)
    found: list[Blackout] = []
    left: list[int] = []
    for row, cells in zip(frame.index.tolist(), frame.to_dict("records"), strict=True):
        if cells["take"] not in TICKS and not (sure_too and cells["sure"] and not cells["take"]):
            continue
        start, end = day_or_none(cells["start"]), day_or_none(cells["end"])
        if not cells["take"] and start is None and end is None:
            left.append(row)
            continue
        taken = Taken(cells["unit_id"], start, end, cells["content"])
        outcome = taken.judged("proposals", row, body, known)
        if isinstance(outcome, Fault):
            faults.append(outcome)
        else:
            found.append(outcome)
    if faults:
        raise DatasetError(faults, Path(path).name)
    return found, left


def blackouts_csv(rows: Sequence[Blackout]) -> bytes:
    """The table `blackouts` of a dataset."""
    body: list[list[object]] = [
        [b.unit_id, b.start.isoformat(), b.end.isoformat(), b.reason, b.body] for b in rows
    ]
    return csv_bytes([["unit_id", "start", "end", "reason", "body"], *body])
