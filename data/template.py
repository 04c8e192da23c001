"""The empty workbook that a user fills in: headers, notes, drop-down lists, a guide."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from data.columns import GUIDE_SHEETS, Column, Table, tables
from data.words import say

FILE_NAMES = {"vi": "mau-du-lieu.xlsx", "en": "dataset-template.xlsx"}
LAST_ROW = 10_000  # drop-down lists and formats reach so far
_FLAGS = {"vi": ["có", "không"], "en": ["true", "false"]}
_YEARS = ("DATE(1900,1,1)", "DATE(2199,12,31)")


def write_template(folder: Path, lang: str) -> Path:
    """Path of a new workbook with a guide sheet and an empty sheet for each table.

    Parameters
    ----------
    folder : is made when it does not exist
    lang : "vi" or "en", of headers, notes and lists; the reader understands both
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAMES[lang]
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        looks = {
            "needed": book.add_format({"bold": True, "bg_color": "#1F4E79", "font_color": "white"}),
            "header": book.add_format({"bold": True, "bg_color": "#D9E5F0"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            "date": book.add_format({"num_format": "dd/mm/yyyy"}),
            "text": book.add_format({"num_format": "@"}),
        }
        _guide(book, looks, lang)
        for table in tables().values():
            _table_sheet(book, table, looks, lang)
    return path


def _guide(book: Workbook, looks: dict[str, Format], lang: str) -> None:
    sheet = book.add_worksheet(GUIDE_SHEETS[lang])
    sheet.hide_gridlines(2)
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, 2, 26)
    sheet.set_column(3, 4, 60)
    sheet.write(0, 0, say(lang, "Cách điền dữ liệu"), looks["title"])
    advice = _advice(lang)
    sheet.write_column(1, 0, advice)
    top = len(advice) + 2
    heads = [say(lang, "Trang tính"), say(lang, "Cột"), say(lang, "Tên trong chương trình"),
             say(lang, "Ý nghĩa"), say(lang, "Giá trị nhận")]  # fmt: skip
    sheet.write_row(top, 0, heads, looks["header"])
    row = top + 1
    for table in tables().values():
        sheet.write(row, 0, table.name, looks["title"])
        sheet.write(row, 3, table.meaning(lang))
        row += 1
        for column in table.columns:
            name = column.title(lang) + (" *" if column.needed else "")
            cells = [table.name, name, column.name, column.meaning(lang), _allowed(column, lang)]
            sheet.write_row(row, 0, cells, looks["wrap"])
            row += 1


def _advice(lang: str) -> list[str]:
    return [
        say(lang, "Mỗi trang tính là một bảng; không đổi dòng tiêu đề. Bảng thừa thì để trống."),
        say(lang, "Cột có nền đậm (dấu *) là bắt buộc. Rê chuột lên tiêu đề để xem ý nghĩa."),
        say(lang, "Ngày ghi dd/mm/yyyy với năm đủ bốn chữ số. Không gộp ô."),
        say(lang, "Lập kế hoạch cần ít nhất các bảng units và inspectors."),
    ]  # fmt: skip


def _table_sheet(book: Workbook, table: Table, looks: dict[str, Format], lang: str) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        title = column.title(lang)
        look = looks[{"date": "date", "id": "text", "ids": "text"}.get(column.type, "wrap")]
        if column.type not in ("date", "id", "ids"):
            sheet.set_column(place, place, max(12, len(title) + 4))
        else:
            sheet.set_column(place, place, max(12, len(title) + 4), look)
        sheet.write(0, place, title, looks["needed" if column.needed else "header"])
        sheet.write_comment(0, place, _note(column, lang), {"x_scale": 2, "author": "Công Vụ"})
        _validate(sheet, place, column, lang)


def _note(column: Column, lang: str) -> str:
    lines = [column.meaning(lang)]
    if column.needed and not column.blank_ok:
        lines.append(say(lang, "Bắt buộc."))
    if allowed := _allowed(column, lang):
        lines.append(allowed)
    return "\n".join(lines)


def _allowed(column: Column, lang: str) -> str:
    """What a cell may hold, in words."""
    if column.choices:
        words = [word if lang == "vi" else value for value, word in column.choices.items()]
        return "; ".join(words)
    if column.to:
        return say(lang, "Mã trong bảng {table}", table=column.to)
    if column.within:
        low, high = column.within
        return say(lang, "Từ {low} đến {high}", low=f"{low:g}", high=f"{high:g}")
    if column.type == "flag":
        return "; ".join(_FLAGS[lang])
    return ""


def _validate(sheet: Worksheet, place: int, column: Column, lang: str) -> None:
    """The drop-down list or the bounds of a column's cells."""
    rule: dict[str, object] = {}
    if column.choices:
        rule = {"validate": "list", "source": _allowed(column, lang).split("; ")}
    elif column.type == "flag":
        rule = {"validate": "list", "source": _FLAGS[lang]}
    elif column.to and column.type == "id":
        source = f"={column.to}!$A$2:$A${LAST_ROW}"
        rule = {"validate": "list", "source": source, "error_type": "warning"}
    elif column.within:
        low, high = column.within
        kind = "integer" if column.type == "whole" else "decimal"
        rule = {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    elif column.type == "date":
        low_day, high_day = (f"={day}" for day in _YEARS)
        rule = {"validate": "date", "criteria": "between", "minimum": low_day, "maximum": high_day}
    if rule:
        rule |= {
            "error_title": column.title(lang)[:32],
            "error_message": _allowed(column, lang)[:255],
        }
        sheet.data_validation(1, place, LAST_ROW, place, rule)
