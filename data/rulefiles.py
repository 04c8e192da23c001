"""Rule files: `data/rules/*.toml` -> rows, with every fault by file and line.

A file holds `[[rule]]` tables: id, title_vi, title_en, source, unit, binding ("must", "should"),
confidence ("high", "medium", "low") and values = [{ from = 2019-08-15, value = 36, source = "..." }, ...].
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from data.words import Message

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

_NEEDED = ("id", "title_vi", "title_en", "source", "unit", "binding", "confidence", "values")


@dataclass(frozen=True)
class DatedValue:
    """A value from the day it comes into force."""

    start: date
    value: Any
    source: str = ""


@dataclass(frozen=True)
class RuleRow:
    """One rule as its file gives it; `values` in order of date."""

    id: str
    title_vi: str
    title_en: str
    source: str
    unit: str
    binding: Literal["must", "should"]
    confidence: Literal["high", "medium", "low"]
    values: tuple[DatedValue, ...]
    file: str
    line: int


@dataclass(frozen=True)
class RuleFault:
    """What is wrong with a rule file, and where; line 0: with no line of it, but with its values."""

    file: str
    line: int
    message: Message


class RuleFilesError(Exception):
    """The rule files cannot be used; `faults` lists all that is wrong."""

    def __init__(self, faults: list[RuleFault]) -> None:
        self.faults = faults
        super().__init__("; ".join(
            (f"{f.file}:{f.line} " if f.line else "") + f.message.say("en") for f in faults
        ))  # fmt: skip


def read_rules(folder: Path | None = None) -> tuple[RuleRow, ...]:
    """Every rule of the rule files, in file order.

    Parameters
    ----------
    folder : where the TOML files stand; the program's own rules when None.

    Raises
    ------
    RuleFilesError
        With all faults at once: unreadable TOML, missing or wrong fields, ids given twice.
    """
    home: Traversable = folder if folder is not None else files("data") / "rules"
    rows: list[RuleRow] = []
    faults: list[RuleFault] = []
    for file in sorted(home.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            _read_file(file.name, file.read_text(encoding="utf-8"), rows, faults)
    seen: dict[str, RuleRow] = {}
    for row in rows:
        if row.id in seen:
            first = seen[row.id]
            faults.append(RuleFault(row.file, row.line, Message(
                "Mã quy tắc {id} đã có ở {file}, dòng {line}. Đặt mã khác hoặc bỏ một chỗ.",
                {"id": row.id, "file": first.file, "line": first.line})))  # fmt: skip
        seen[row.id] = row
    if faults:
        raise RuleFilesError(faults)
    return tuple(rows)


def _read_file(name: str, text: str, rows: list[RuleRow], faults: list[RuleFault]) -> None:
    try:
        tables = tomllib.loads(text).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        faults.append(RuleFault(name, int(at[1]) if at else 1, Message(
            "Tệp quy tắc không đọc được: {error}", {"error": str(error)})))  # fmt: skip
        return
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.strip() == "[[rule]]"]
    for line, table in zip(lines, tables, strict=False):
        wrong = list(_faults_of(table))
        faults.extend(RuleFault(name, line, message) for message in wrong)
        if not wrong:
            values = tuple(sorted(
                (DatedValue(v["from"], v["value"], v.get("source", "")) for v in table["values"]),
                key=lambda v: v.start))  # fmt: skip
            plain = {k: table[k] for k in _NEEDED if k != "values"}
            rows.append(RuleRow(**plain, values=values, file=name, line=line))


def _faults_of(table: dict[str, Any]) -> list[Message]:
    found = [
        Message(
            "Quy tắc {id} thiếu trường «{field}». Thêm vào tệp.",
            {"id": table.get("id", "?"), "field": field},
        )
        for field in _NEEDED
        if field not in table
    ]
    if found:
        return found
    for field, allowed in (
        ("binding", ("must", "should")),
        ("confidence", ("high", "medium", "low")),
    ):
        if table[field] not in allowed:
            found.append(Message(
                "Quy tắc {id}: «{field}» là {value!r}; chỉ nhận {allowed}.",
                {"id": table["id"], "field": field, "value": table[field],
                 "allowed": ", ".join(allowed)}))  # fmt: skip
    if not isinstance(table["values"], list) or not table["values"]:
        found.append(
            Message(
                "Quy tắc {id}: «values» trống. Cần ít nhất một giá trị có ngày hiệu lực.",
                {"id": table["id"]},
            )
        )
        return found
    for entry in table["values"]:
        if not isinstance(entry.get("from"), date) or "value" not in entry:
            found.append(Message(
                "Quy tắc {id}: giá trị {entry} cần «from» là ngày (2027-01-01) và «value».",
                {"id": table["id"], "entry": str(entry)}))  # fmt: skip
    return found
