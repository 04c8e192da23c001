"""Vietnamese order: letters before tones, syllable by syllable; people by given name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = (
    "",
    "\u0300",
    "\u0309",
    "\u0303",
    "\u0301",
    "\u0323",
)  # level, falling, dipping, rising-broken, rising, heavy
_LETTER = {letter: n for n, letter in enumerate(ALPHABET, start=1)}
_TONE = {mark: n for n, mark in enumerate(TONES)}

Syllable = tuple[int, int, tuple[int, ...], int]  # text after numbers, number, letters, tone
Key = tuple[Syllable, ...]


@lru_cache(maxsize=4096)
def vietnamese_key(text: str) -> Key:
    """Sort key of a name: a ă â b ... with the tone deciding only between equal syllables.

    Numbers sort by value and before letters, so "Xã 2" comes before "Xã 10". Case and punctuation
    do not count.

    >>> sorted(["Đông Anh", "Ba Vì", "Dương Nội", "Ba Đình", "Ân Thi"], key=vietnamese_key)
    ['Ân Thi', 'Ba Đình', 'Ba Vì', 'Dương Nội', 'Đông Anh']
    """
    words = re.findall(r"\d+|[^\W\d_]+", unicodedata.normalize("NFC", text).lower())
    return tuple(_syllable(word) for word in words)


def folded(text: str) -> str:
    """The text as people type it who leave out accents, to search in.

    >>> folded("Phường Đống Đa")
    'phuong dong da'
    """
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def sought(text: str) -> str:
    """The words of a text as a search compares them: folded, without punctuation, a blank before each.

    >>> sought("2027-00199, Đống Đa")
    ' 2027 00199 dong da'
    """
    return "".join(f" {word}" for word in re.findall(r"[^\W_]+", folded(text)))


def toned(text: str) -> str:
    """The same with accents: each word's tone before its letters, so that its place does not matter.

    >>> toned("Hoà") == toned("Hòa"), toned("Hòa") == toned("Hóa")
    (True, False)
    """
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())
    return "".join(f" {_tone_of(word)}{_without_tone(word)}" for word in words)


def person_key(name: str) -> tuple[Key, Key]:
    """Sort key of a person: given name (the last word) first, then family and middle names.

    >>> sorted(["Trần Văn Bình", "Nguyễn Thị Ánh", "Lê An"], key=person_key)
    ['Lê An', 'Nguyễn Thị Ánh', 'Trần Văn Bình']

    What `told_apart` puts behind a name does not count.
    """
    *others, given = name.split(" (")[0].split() or [""]
    return vietnamese_key(given), vietnamese_key(" ".join(others))


def _syllable(word: str) -> Syllable:
    if word.isdecimal():
        return (0, int(word), (), 0)
    letters = tuple(_LETTER.get(char, 100 + ord(char)) for char in _without_tone(word))
    return (1, 0, letters, _tone_of(word))


def _tone_of(word: str) -> int:
    return max(_TONE.get(char, 0) for char in unicodedata.normalize("NFD", word))


def _without_tone(word: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if c not in _TONE)
    return unicodedata.normalize("NFC", plain)


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Id -> name, with the id behind every name that several people have.

    >>> told_apart({"TV1": "Lê Lan", "TV2": "Lê Lan", "TV3": "Lê Mai"})
    {'TV1': 'Lê Lan (TV1)', 'TV2': 'Lê Lan (TV2)', 'TV3': 'Lê Mai'}
    """
    times = Counter(names.values())
    return {key: f"{name} ({key})" if times[name] > 1 else name for key, name in names.items()}
