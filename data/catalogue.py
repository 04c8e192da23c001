"""The catalogue of rotating positions: which rotate, after how many months, by which paper, since when."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from data.rulefiles import RuleFault, RuleFilesError, read_rules
from data.words import Message

FILE = "rotation_positions.csv"
_NEEDED = (
    "category_id", "regime", "field", "field_en", "position_vi", "position_en", "term_min_months",
    "term_max_months", "excludes_probation", "valid_from", "valid_to", "citation", "confidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One kind of post that rotates; terms in whole months, `valid_to` the last day in force."""

    category: str
    field: str
    term_min: int
    term_max: int
    excludes_probation: bool
    source: str  # research note, not for papers
    confidence: str  # high, medium, low: below high, what rests on it is marked
    citation: str = ""  # the act and its article, as papers cite it
    field_en: str = ""
    position_vi: str = ""
    position_en: str = ""
    regime: str = "R1"
    valid_from: date = date.min
    valid_to: date | None = None
    line: int = 0  # in the file


@cache
def read_catalogue(on: date) -> Mapping[str, CatalogueRow]:
    """Category id -> its row in force on a day, for the posts under the statute (R1).

    Raises
    ------
    RuleFilesError
        With every fault of the catalogue by file and line; a term over the law's ceiling is one.
    """
    rows = catalogue_rows()
    faults = over_ceiling(rows, _ceiling(on))
    if faults:
        raise RuleFilesError(faults)
    return {row.category: row for row in rows if row.regime == "R1" and in_force(row, on)}


def in_force(row: CatalogueRow, on: date) -> bool:
    """Whether a row holds on a day; `valid_to` is the last day."""
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


def over_ceiling(rows: Iterable[CatalogueRow], ceiling: int) -> list[RuleFault]:
    """A fault for every row whose longest term is over the law's ceiling, in months."""
    return [
        RuleFault(
            FILE,
            row.line,
            Message(
                "{category}: thời hạn {found} tháng quá mức {ceiling} tháng của luật. Sửa thời hạn.",
                {"category": row.category, "found": row.term_max, "ceiling": ceiling},
            ),
        )
        for row in rows
        if row.term_max > ceiling
    ]


@cache
def catalogue_rows() -> tuple[CatalogueRow, ...]:
    """Every row of the program's own catalogue, of every day and both regimes."""
    text = (files("data") / "reference" / FILE).read_text(encoding="utf-8-sig")
    return parse_catalogue(text)


@cache
def codes_of_the_city() -> frozenset[str]:
    """Codes of the city's own limit (R2) that are no category of the statute: not for posts."""
    rows = catalogue_rows()
    statute = {row.category for row in rows if row.regime == "R1"}
    return frozenset(row.category for row in rows) - statute


@cache
def english_fields() -> Mapping[str, str]:
    """Field as the catalogue names it -> its English name."""
    return {row.field: row.field_en for row in catalogue_rows()}


def parse_catalogue(text: str) -> tuple[CatalogueRow, ...]:
    """The rows of a catalogue file's text.

    Raises
    ------
    RuleFilesError
        With every fault at once: missing columns, cells that cannot be read, one category twice on
        one day.
    """
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        columns = ", ".join(missing)
        raise RuleFilesError(
            [RuleFault(FILE, 1, Message("Thiếu cột {columns}. Thêm cột.", {"columns": columns}))]
        )
    rows: list[CatalogueRow] = []
    faults: list[RuleFault] = []
    for plain in reader:
        wrong = list(_faults_of(plain))
        faults.extend(RuleFault(FILE, reader.line_num, message) for message in wrong)
        if not wrong:
            rows.append(_row(plain, reader.line_num))
    faults.extend(_twice(rows))
    if faults:
        raise RuleFilesError(faults)
    return tuple(rows)


def _row(plain: dict[str, str], line: int) -> CatalogueRow:
    return CatalogueRow(
        category=plain["category_id"],
        field=plain["field"],
        term_min=int(plain["term_min_months"]),
        term_max=int(plain["term_max_months"]),
        excludes_probation=plain["excludes_probation"] == "true",
        source=plain.get("source") or "",
        confidence=plain["confidence"],
        citation=plain["citation"],
        field_en=plain["field_en"],
        position_vi=plain["position_vi"],
        position_en=plain["position_en"],
        regime=plain["regime"],
        valid_from=date.fromisoformat(plain["valid_from"]),
        valid_to=date.fromisoformat(plain["valid_to"]) if plain["valid_to"] else None,
        line=line,
    )


def _faults_of(plain: dict[str, str]) -> Iterable[Message]:
    allowed = {
        "regime": ("R1", "R2"),
        "excludes_probation": ("true", "false"),
        "confidence": ("high", "medium", "low"),
    }
    for name, words in allowed.items():
        if plain[name] not in words:
            yield _unread(name, plain[name], ", ".join(words))
    for name in ("category_id", "citation"):
        if not plain[name]:
            yield Message("Ô {column} đang trống. Điền vào.", {"column": name})
    whole = [name for name in ("term_min_months", "term_max_months") if not _is_whole(plain[name])]
    for name in whole:
        yield _unread(name, plain[name], "24")
    if not whole and int(plain["term_min_months"]) > int(plain["term_max_months"]):
        yield Message(
            "Thời hạn ngắn nhất {low} dài hơn thời hạn dài nhất {high}. Sửa một trong hai.",
            {"low": plain["term_min_months"], "high": plain["term_max_months"]},
        )
    days = [name for name in ("valid_from", "valid_to") if not _is_day(name, plain[name])]
    for name in days:
        yield _unread(name, plain[name], "2019-07-01")
    if not days and plain["valid_to"] and plain["valid_to"] < plain["valid_from"]:
        yield Message(
            "Ngày hết hiệu lực {last} trước ngày có hiệu lực {first}. Sửa một trong hai.",
            {"last": plain["valid_to"], "first": plain["valid_from"]},
        )


def _unread(column: str, found: str, like: str) -> Message:
    return Message(
        "Ô {column} là «{found}»; cần ghi như: {like}.",
        {"column": column, "found": found, "like": like},
    )


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_day(name: str, text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return name == "valid_to" and text == ""
    return True


def _twice(rows: list[CatalogueRow]) -> Iterable[RuleFault]:
    last: dict[str, CatalogueRow] = {}
    for row in sorted(rows, key=lambda r: (r.category, r.valid_from, r.line)):
        before = last.get(row.category)
        if before and (before.valid_to is None or row.valid_from <= before.valid_to):
            yield RuleFault(
                FILE,
                row.line,
                Message(
                    "{category} còn hiệu lực ở dòng {first} trong cùng ngày. "
                    "Ghi ngày hết hiệu lực cho dòng trước.",
                    {"category": row.category, "first": before.line},
                ),
            )
        last[row.category] = row


def _ceiling(on: date) -> int:
    """The law's longest term: the value in force on a day, or the first one before it was."""
    values = next(row.values for row in read_rules() if row.id == "rotation.ceiling")
    return int([value for value in values if value.start <= on or value is values[0]][-1].value)
