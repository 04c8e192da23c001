"""A workbook's sheets as tables: frozen headers, filters, real dates, text that stays text."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.words import Message

LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
CELL_LETTERS = 32_767  # more than that no spreadsheet keeps in a cell
A4, A3 = 9, 8
A4_WIDTH = 190  # characters that can still be read when they are fitted on a landscape A4
WHITE, INK = "#ffffff", "#16202b"
HEAD = {"bold": True, "bg_color": "#0d3b66", "font_color": WHITE}


@dataclass(frozen=True)
class Head:
    """A column's title and width in characters; `upright` turns it, `soft` greys its cells."""

    title: str
    width: float = 13
    upright: bool = False
    soft: bool = False


@dataclass(frozen=True)
class Formula:
    """A formula of our own, and what it shows until a spreadsheet reckons it again."""

    text: str
    shown: str | int | float


def in_cell(text: str) -> str:
    """As much of a text as a cell holds."""
    return text if len(text) <= CELL_LETTERS else text[: CELL_LETTERS - 1] + "…"


@contextmanager
def dated_book(
    target: io.BytesIO, lang: str, created: datetime, title: str = "", owner: str = ""
) -> Iterator[Book]:
    """A book that is written into `target` at the end.

    Cells that a person may have written are text, never formulas. The file's own date is `created`:
    the same content gives the same bytes.
    """
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(target, options) as file:
        file.set_properties({"title": title, "company": owner, "created": created})
        yield Book(file, lang, title)


class Book:
    """Writes tables into an open xlsxwriter workbook, in one language."""

    def __init__(self, file: Any, lang: str, title: str = "") -> None:
        self.file = file
        self.lang = lang
        self.title = title
        self.banner = ""  # printed above every sheet
        ruled = {"text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#9aa7b4"}
        self.head = file.add_format({**HEAD, **ruled})
        self.turned = file.add_format({**HEAD, "rotation": 90, "align": "center"})
        self.text = file.add_format({"valign": "top", "text_wrap": True})
        self.quoted = file.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
        self.day = file.add_format({"valign": "top", "num_format": "dd/mm/yyyy", "align": "left"})
        self.percent = file.add_format({"num_format": "0.0%", "valign": "top"})
        self.soft = file.add_format({"valign": "top", "text_wrap": True, "font_color": "#4b5a69"})
        self._colours: dict[tuple[str, str], Any] = {}

    def say(self, message: Message) -> str:
        """The message in the book's language."""
        return message.say(self.lang)

    def named(self, names: tuple[str, str]) -> str:
        """A sheet's name in the book's language, of its names in Vietnamese and English."""
        return names[0] if self.lang == "vi" else names[1]

    def heads(self, *titles: tuple[Message, float]) -> list[Head]:
        """Column heads from (title, width)."""
        return [Head(self.say(title), width) for title, width in titles]

    def table(
        self,
        names: tuple[str, str],
        heads: Sequence[Head],
        rows: Sequence[Sequence[Any]],
        frozen: int = 0,
    ) -> Any:
        """A new sheet with a header row, a filter and `frozen` columns that stay in view.

        `names` are the sheet's name in Vietnamese and English. Gives the xlsxwriter sheet. On paper
        it lies across, A3 when it is wide, its header on every page.
        """
        sheet = self.file.add_worksheet(self.named(names))
        for n, head in enumerate(heads):
            sheet.set_column(n, n, head.width)
            sheet.write_string(0, n, head.title, self.turned if head.upright else self.head)
        for row, cells in enumerate(rows, start=1):
            for n, cell in enumerate(cells):
                self._write(sheet, row, n, cell, self.soft if heads[n].soft else self.text)
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)
        self._on_paper(sheet, wide=sum(head.width for head in heads) > A4_WIDTH)
        return sheet

    def _on_paper(self, sheet: Any, wide: bool) -> None:
        sheet.set_landscape()
        sheet.set_paper(A3 if wide else A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        if self.banner:
            sheet.set_header("&C&B" + self.banner.replace("&", "&&")[:200])
        title = self.title.replace("&", "&&")[:120]
        sheet.set_footer(f"&L{title}&C&A&R&P/&N")

    def _write(self, sheet: Any, row: int, column: int, cell: Any, look: Any) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, Formula):
            sheet.write_formula(row, column, cell.text, look, cell.shown)
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, cell, self.day)
        elif isinstance(cell, (int, float)):
            sheet.write_number(row, column, cell)
        else:
            text = in_cell(str(cell))
            risky = text.startswith(LIKE_FORMULA)
            sheet.write_string(row, column, text, self.quoted if risky else look)

    def colour(
        self, sheet: Any, columns: int | tuple[int, int], last: int, word: str, colour: str
    ) -> None:
        """White on a colour where a cell is the word."""
        first, end = (columns, columns) if isinstance(columns, int) else columns
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{word}"',
            "format": self._filled(colour, WHITE),
        }
        sheet.conditional_format(1, first, last, end, rule)

    def between(
        self, sheet: Any, column: int, last: int, low: float, high: float, colour: str
    ) -> None:
        """A colour where a cell holds a number from low to high."""
        rule = {
            "type": "cell",
            "criteria": "between",
            "minimum": low,
            "maximum": high,
            "format": self._filled(colour, INK),
            "stop_if_true": True,
        }
        sheet.conditional_format(1, column, last, column, rule)

    def _filled(self, colour: str, ink: str) -> Any:
        if (colour, ink) not in self._colours:
            look = {"bg_color": colour, "font_color": ink, "bold": True}
            self._colours[colour, ink] = self.file.add_format(look)
        return self._colours[colour, ink]
