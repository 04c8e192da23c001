"""Sources of rules in the reader's language: acts by their English names, with the articles and remarks."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files

from data.words import Message

_SEVERAL = re.compile(r"\b(Article|clause) (?=\d+(?:-\d|, \d))")


@lru_cache(maxsize=4096)
def source_text(source: str, lang: str) -> str:
    """A source as the rule files and the catalogue write it; numbers of papers stay as they are.

    >>> source_text("Luật Phòng, chống tham nhũng 36/2018/QH14, Điều 25, khoản 2; cần kiểm tra lại", "en")
    'Law on Anti-Corruption 36/2018/QH14, Article 25, clause 2; to be checked'
    """
    if lang == "vi":
        return source
    phrases = _phrases()
    return _SEVERAL.sub(r"\1s ", _pattern().sub(lambda found: phrases[found[0]], source))


@cache
def _phrases() -> dict[str, str]:
    text = (files("data") / "reference" / "citations.csv").read_text(encoding="utf-8")
    return {row["vi"]: row["en"] for row in csv.DictReader(text.splitlines())}


@cache
def _pattern() -> re.Pattern[str]:
    """Any of the phrases, the longest first; a phrase that begins or ends in a letter is whole words."""
    longest_first = sorted(_phrases(), key=len, reverse=True)
    return re.compile("|".join(map(_whole, longest_first)))


def _whole(phrase: str) -> str:
    before = r"(?<!\w)" if phrase[0].isalnum() else ""
    after = r"(?!\w)" if phrase[-1].isalnum() else ""
    return before + re.escape(phrase) + after


class Cited(Message):
    """The source of a rule inside a sentence, in the sentence's language."""

    def say(self, lang: str) -> str:
        """The source in one language."""
        return source_text(self.text, lang)
