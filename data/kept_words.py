"""Sentences that rows of plans keep in Vietnamese, understood again so that they can be said in English.

Rows hold text, as workbooks, papers and the files of earlier versions do. `locale/kept.txt` lists what the
program writes there; `python -m tests.wordlist` renews it from the code.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from data.words import Message


@dataclass(frozen=True)
class _Sentence:
    """A sentence of the list: what must stand in a text for it, how it is read, the letters it explains."""

    text: str
    longest: str
    patterns: tuple[re.Pattern[str], ...]
    letters: int


def understood(text: str) -> Message | None:
    """The sentence that the program wrote as this text; None for words of somebody else.

    >>> understood("Thuộc chuyên đề «Một cửa»").say("en")
    "Part of the campaign 'Một cửa'"
    """
    letters, message = _read(text)
    return message if letters else None


@lru_cache(maxsize=20_000)
def _read(text: str) -> tuple[int, Message | None]:
    """The reading that explains the most letters, those of its parts included; (0, None) for none."""
    best: tuple[int, Message | None] = (0, None)
    for sentence in _sentences():
        if sentence.longest not in text:
            continue
        for pattern in sentence.patterns:
            found = pattern.fullmatch(text)
            if found is None:
                continue
            parts = {name: (part, *_read(part)) for name, part in found.groupdict().items()}
            letters = sentence.letters + sum(known for _, known, _ in parts.values())
            if letters > best[0]:
                params = {name: said or part for name, (part, _, said) in parts.items()}
                best = letters, Message(sentence.text, params)
    return best


@cache
def _sentences() -> tuple[_Sentence, ...]:
    text = (files("data") / "locale" / "kept.txt").read_text(encoding="utf-8")
    return tuple(filter(None, map(_sentence, text.splitlines())))


def _sentence(text: str) -> _Sentence | None:
    """A line of the list; None for one that is nothing but a field, which would explain every text."""
    pieces = [(literal, name) for literal, name, _, _ in string.Formatter().parse(text)]
    longest = max((literal for literal, _ in pieces), key=len, default="")
    if not longest:
        return None
    letters = sum(letter.isalpha() for literal, _ in pieces for letter in literal)
    patterns = {_pattern(pieces, more): None for more in ("+?", "+")}
    return _Sentence(text, longest, tuple(patterns), letters)


def _pattern(pieces: list[tuple[str, str | None]], more: str) -> re.Pattern[str]:
    """A text cut at the first or at the last place where a sentence with these pieces can be cut."""
    written, seen = "", set[str]()
    for literal, name in pieces:
        written += re.escape(literal)
        if name is not None:
            written += f"(?P={name})" if name in seen else f"(?P<{name}>.{more})"
            seen.add(name)
    return re.compile(written, re.DOTALL)
