"""A workbook's sheets as tables: frozen headers, filters, real dates, text that stays text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.words import Message

LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Head:
    """A column's title and width in characters; `upright` turns it, `soft` greys its cells."""

    title: str
    width: float = 13
    upright: bool = False
    soft: bool = False


class Book:
    """Writes tables into an open xlsxwriter workbook, in one language."""

    def __init__(self, file: Any, lang: str) -> None:
        self.file = file
        self.lang = lang
        self.banner = ""  # printed above every sheet
        self.head = file.add_format(
            {
                "bold": True,
                "bg_color": "#0d3b66",
                "font_color": "#ffffff",
                "text_wrap": True,
                "valign": "vcenter",
                "border": 1,
                "border_color": "#9aa7b4",
            }
        )
        self.turned = file.add_format(
            {
                "bold": True,
                "bg_color": "#0d3b66",
                "font_color": "#ffffff",
                "rotation": 90,
                "align": "center",
            }
        )
        self.text = file.add_format({"valign": "top", "text_wrap": True})
        self.quoted = file.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
        self.day = file.add_format({"valign": "top", "num_format": "dd/mm/yyyy", "align": "left"})
        self.percent = file.add_format({"num_format": "0.0%", "valign": "top"})
        self.soft = file.add_format({"valign": "top", "text_wrap": True, "font_color": "#4b5a69"})
        self._colours: dict[str, Any] = {}

    def say(self, message: Message) -> str:
        """The message in the book's language."""
        return message.say(self.lang)

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

        `names` are the sheet's name in Vietnamese and English. Gives the xlsxwriter sheet.
        """
        sheet = self.file.add_worksheet(names[0] if self.lang == "vi" else names[1])
        for n, head in enumerate(heads):
            sheet.set_column(n, n, head.width)
            sheet.write_string(0, n, head.title, self.turned if head.upright else self.head)
        for row, cells in enumerate(rows, start=1):
            for n, cell in enumerate(cells):
                self._write(sheet, row, n, cell, self.soft if heads[n].soft else self.text)
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)
        sheet.set_landscape()
        if self.banner:
            sheet.set_header("&C&B" + self.banner.replace("&", "&&"))
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _write(self, sheet: Any, row: int, column: int, cell: Any, format: Any) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, date):
            sheet.write_datetime(row, column, cell, self.day)
        elif isinstance(cell, (int, float)):
            sheet.write_number(row, column, cell)
        else:
            text = str(cell)
            sheet.write_string(
                row, column, text, self.quoted if text.startswith(LIKE_FORMULA) else format
            )

    def colour(
        self, sheet: Any, columns: int | tuple[int, int], last: int, word: str, colour: str
    ) -> None:
        """White on a colour where a cell is the word."""
        first, end = (columns, columns) if isinstance(columns, int) else columns
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{word}"',
            "format": self._filled(colour, "#ffffff"),
        }
        sheet.conditional_format(1, first, last, end, rule)

    def between(
        self, sheet: Any, column: int, last: int, low: float, high: float, colour: str
    ) -> None:
        """A colour where a cell's number lies from low to high."""
        rule = {
            "type": "cell",
            "criteria": "between",
            "minimum": low,
            "maximum": high,
            "format": self._filled(colour, "#16202b"),
            "stop_if_true": True,
        }
        sheet.conditional_format(1, column, last, column, rule)

    def _filled(self, colour: str, ink: str) -> Any:
        if colour not in self._colours:
            self._colours[colour] = self.file.add_format(
                {"bg_color": colour, "font_color": ink, "bold": True}
            )
        return self._colours[colour]
