"""The glossary: what the department's words mean, in both languages."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from data.collation import folded, vietnamese_key


@dataclass(frozen=True)
class Term:
    """One term; `code` is its name in the program and its anchor on the page."""

    code: str
    vi: str
    en: str
    meaning_vi: str
    meaning_en: str

    def in_words(self, lang: str) -> tuple[str, str, str]:
        """The term, its counterpart, its meaning: for readers of one language."""
        if lang == "vi":
            return self.vi, self.en, self.meaning_vi
        return self.en, self.vi, self.meaning_en


@cache
def terms() -> tuple[Term, ...]:
    """Every term, as the reference file says."""
    text = (files("data") / "reference" / "glossary.csv").read_text(encoding="utf-8")
    return tuple(Term(**row) for row in csv.DictReader(text.splitlines()))


def find_terms(text: str, lang: str) -> list[Term]:
    """The terms in which the text stands, in any of their words, in the alphabet of the language."""
    wanted = folded(text)
    found = [
        term for term in terms()
        if wanted in folded(f"{term.vi} {term.en} {term.meaning_vi} {term.meaning_en}")
    ]  # fmt: skip
    if lang == "vi":
        return sorted(found, key=lambda term: vietnamese_key(term.vi))
    return sorted(found, key=lambda term: term.en.casefold())
