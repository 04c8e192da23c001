"""What a page says: its words and those of its attributes, each in the language that the page gives them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

SPOKEN = {"alt", "aria-label", "data-label", "placeholder", "title"}
VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
SILENT = {"script", "style"}
ACCENTED = re.compile(r"[À-ÖØ-öø-ɏḀ-ỹ]")
PAPER_NO = re.compile(r"\d+(?:/\d+)?/[A-ZĐ-]+")  # 59/2019/NĐ-CP is the same in every language


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        lang = named.get("lang") or (self.open[-1][1] if self.open else "")
        typed = tag == "input" and named.get("type") not in ("hidden", "radio", "checkbox")
        spoken = SPOKEN | {"value"} if typed else SPOKEN
        self.found += [(lang, value) for name, value in attrs if name in spoken and value]
        if tag not in VOID:
            self.open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] not in SILENT and data.strip():
            self.found.append((self.open[-1][1], " ".join(data.split())))


def words_of(html: str) -> list[tuple[str, str]]:
    """(language, text) of every piece of text and of every attribute that is read out, in order.

    >>> words_of('<html lang="en"><p title="Unit">Name <b lang="vi">Sở</b></p></html>')
    [('en', 'Unit'), ('en', 'Name'), ('vi', 'Sở')]
    """
    reader = _Words()
    reader.feed(html)
    return reader.found


def vietnamese_in(html: str, names: tuple[str, ...] = ()) -> list[str]:
    """Texts with Vietnamese letters that are not marked as Vietnamese; `names` are no text."""
    found = []
    for lang, text in words_of(html):
        plain = PAPER_NO.sub("", text)
        for name in names:
            plain = plain.replace(name, "")
        if lang != "vi" and ACCENTED.search(plain):
            found.append(text)
    return found
