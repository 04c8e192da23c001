"""A written name of a body, taken apart: what kind it says it is, its own name, the district it gives."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from data.columns import unaccented
from data.raw import clean

KINDS = {  # how names begin -> what it says; longer beginnings first
    "diem phuc vu hanh chinh cong": "point",
    "diem": "point",
    "trung tam": "centre",
    "ban quan ly": "board",
    "van phong": "office",
    "thanh tra": "inspectorate",
    "thi tran": "town",
    "thi xa": "district",
    "chi cuc": "branch",
    "phuong": "ward",
    "huyen": "district",
    "quan": "district",
    "phong": "section",
    "cuc": "bureau",
    "ban": "board",
    "so": "department",
    "xa": "commune",
}
LOCAL = frozenset({"ward", "commune", "town"})
SHORT = {  # what a short word stands for, where it is a word of its own
    "ubnd": "ủy ban nhân dân", "hdnd": "hội đồng nhân dân", "p": "phường", "ph": "phường",
    "x": "xã", "q": "quận", "h": "huyện", "tx": "thị xã", "ttr": "thị trấn", "tp": "thành phố",
    "pvhcc": "phục vụ hành chính công", "hcc": "hành chính công", "hn": "hà nội",
    "bql": "ban quản lý", "vp": "văn phòng",
}  # fmt: skip
NOISE = (
    "hoi dong nhan dan", "uy ban nhan dan", "dang uy", "thanh pho ha noi", "tp ha noi", "cu", "nay",
    "ha noi", "truc thuoc", "thuoc", "dia ban",
)  # fmt: skip
_MARKS = re.compile(r"[^\w&]+", re.UNICODE)
_LISTED = re.compile(r"^\s*(?:\d{1,3}\s*[.)/]\s*|[a-zđ]\)\s+|[-+•*]\s*)", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """One way to read a written name.

    `words` are those of the own name in small letters with accents; `plain` the same without accents
    and spaces; `district` the plain name of the old district that is given beside it, or "".
    """

    kind: str
    words: tuple[str, ...]
    district: str = ""

    @property
    def plain(self) -> str:
        """The own name without accents and spaces."""
        return unaccented("".join(self.words))

    @property
    def accented(self) -> str:
        """The own name with accents in one order, without spaces."""
        return unicodedata.normalize("NFD", "".join(self.words))


def readings(text: str, districts: frozenset[str] = frozenset()) -> list[Reading]:
    """The ways to read a name, the most literal first.

    Parameters
    ----------
    districts : plain names of old districts ("badinh"), which tell a district from a word in a name
    """
    text = _LISTED.sub("", clean(text))
    parts = [_long(part) for part in re.split(r"[,;()\[\]]|\s[-–—/]\s", text)]
    parts = [part for part in parts if part]
    if not parts:
        return []
    first, district = parts[0], ""
    for part in parts[1:]:
        district = district or _district(part, districts)
        if not _district(part, districts) and not _only_noise(part):
            first = first + part
    first, inside = _cut_district(first, districts)
    district = district or inside
    found = []
    for words in _either(first):
        words = _without_noise(words)
        kind, rest = _kind(words)
        if kind and rest:
            found.append(Reading(kind, tuple(rest), district))
        if words:
            found.append(Reading("", tuple(words), district))
    return list(dict.fromkeys(found))


def _long(text: str) -> list[str]:
    """Words in small letters, short ones written out."""
    text = re.sub(r"\s*&\s*", "&", _apart(text))
    composed = unicodedata.normalize("NFC", text.lower())
    plain = "".join(letter for letter in composed if not unicodedata.combining(letter))
    words: list[str] = []
    for word in _MARKS.sub(" ", plain).split():
        initials = [unaccented(w) for w in words[-1:]] == ["so"]  # "Sở TP" is no city
        words += [word] if initials else _full(word, first=not words).split()
    return words


def _full(word: str, first: bool) -> str:
    """What a short word stands for; a slip of the finger in the usual first word is forgiven."""
    short = unaccented(word)
    if first and short not in SHORT and len(short) > 2:
        for usual in ("ubnd", "hdnd"):
            if OSA.distance(short, usual) == 1:
                return SHORT[usual]
    return SHORT.get(short, word)


def _apart(text: str) -> str:
    """A space before a capital inside a word: "BaĐình"."""
    pairs = zip(text, text[1:] + " ", strict=False)
    return "".join(f"{a} " if a.islower() and b.isupper() else a for a, b in pairs)


def _either(words: list[str]) -> list[list[str]]:
    """`tt` is a town or a centre."""
    if "tt" not in words:
        return [words]
    at = words.index("tt")
    return [[*words[:at], *full.split(), *words[at + 1 :]] for full in ("thị trấn", "trung tâm")]


def _without_noise(words: list[str]) -> list[str]:
    """The words without those that every name may carry."""
    plain = [unaccented(word) for word in words]
    for noise in NOISE:
        gone = noise.split()
        n = 0
        while n + len(gone) <= len(plain):
            if len(plain) > len(gone) and _like(plain[n : n + len(gone)], gone):
                del plain[n : n + len(gone)]
                words = words[:n] + words[n + len(gone) :]
            else:
                n += 1
    if len(words) > 2 and _like(plain[-2:], ["thanh", "pho"]):
        words = words[:-2]
    return words


def _like(words: list[str], known: list[str]) -> bool:
    """The same words, or longer ones with one slip of the finger in all."""
    if words == known:
        return True
    one, other = "".join(words), "".join(known)
    return len(known) == len(words) and len(other) > 4 and OSA.distance(one, other) <= 1


def _only_noise(words: list[str]) -> bool:
    left = _without_noise([*words, "?"])
    return left == ["?"] or _like([unaccented(w) for w in left[:-1]], ["thanh", "pho"])


def _kind(words: list[str]) -> tuple[str, list[str]]:
    plain = [unaccented(word) for word in words]
    for like in (list.__eq__, _like):  # "phòng" is a slip of "phường" only when it is nothing else
        for beginning, kind in KINDS.items():
            parts = beginning.split()
            if like(plain[: len(parts)], parts):
                return kind, words[len(parts) :]
    return "", words


def _district(words: list[str], districts: frozenset[str]) -> str:
    """The plain name of the district that these words are, or ""."""
    kind, rest = _kind(words)
    name = unaccented("".join(rest if kind == "district" else words))
    if name in districts or kind != "district":
        return name if name in districts else ""
    near = [known for known in districts if len(name) > 4 and OSA.distance(name, known) == 1]
    return near[0] if len(near) == 1 else ""


def _cut_district(words: list[str], districts: frozenset[str]) -> tuple[list[str], str]:
    """The words before a district that stands at their end, and the district."""
    for n in range(1, len(words)):
        kind, _ = _kind(words[n:])
        found = _district(words[n:], districts) if kind == "district" else ""
        if found and not _only_noise(words[:n]):
            return words[:n], found
    return words, ""
