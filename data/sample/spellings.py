"""Names of bodies as clerks write them: abbreviated, without accents, mistyped, of old, or of strangers.

Made up by a seeded generator that knows nothing of how names are matched, so that matching can be
measured against a known truth.
"""

from __future__ import annotations

import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.matching.old_names import OldName
from data.records import Unit

BEFORE = ("UBND ", "Ủy ban nhân dân ", "Uỷ ban Nhân dân ", "HĐND - UBND ", "ubnd ")
BEHIND = (", TP Hà Nội", ", thành phố Hà Nội", " - Hà Nội", ", Tp. HN", " (Hà Nội)")
SHORT_HEADS = {
    "Phường": ("P. ", "P.", "Ph. ", "p "), "Xã": ("X. ", "X.", "x. "), "Thị trấn": ("TT. ", "TT "),
    "Quận": ("Q. ", "Q."), "Huyện": ("H. ", "H."), "Thị xã": ("TX. ", "TX "),
}  # fmt: skip
TONES = "\u0300\u0301\u0303\u0309\u0323"
KEYS = {"a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo",
        "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad",
        "t": "ry", "u": "yi", "v": "cb", "x": "zc", "y": "tu"}  # fmt: skip
OUTSHONE = "Sở Ngoại vụ"  # has the initials of Sở Nội vụ, which everybody reads
STRANGERS = (
    "Phường Bến Nghé", "Phường Thủ Thiêm", "Phường Đông Ba", "Phường Lộc Thọ", "Phường Cam Nghĩa",
    "Phường Năng Tĩnh", "Phường Nhị Châu", "Phường Đằng Giang", "Phường Máy Tơ", "Phường Nếnh",
    "Xã Nghĩa Hưng", "Xã Thạnh Lợi", "Xã Ea Kar", "Xã Mường Phăng", "Xã Tân Kỳ", "Xã Kỳ Lừa",
    "Xã Bắc Sơn Động", "Xã Cát Tiên", "Xã Vĩnh Thuận Đông", "Xã Đạ Tẻh", "Xã Ngọk Réo", "Xã Mèo Vạc",
    "Sở Ngoại giao", "Sở Cảnh sát", "Sở Giao dịch Chứng khoán", "Bộ Tài chính", "Bộ Nội vụ",
    "Bộ Tư lệnh Thủ đô", "Tổng cục Thống kê", "Ngân hàng Nhà nước Khu vực 1", "Kho bạc Nhà nước",
    "Bảo hiểm xã hội Việt Nam", "Công ty TNHH MTV Thoát nước", "Công ty Cổ phần Nước sạch số 2",
    "Tổng công ty Vận tải", "Bệnh viện Bạch Đằng", "Bệnh viện Hữu nghị", "Trường THPT Chu Văn An",
    "Trường Đại học Thủ đô", "Quỹ Đầu tư phát triển", "Hội Nông dân Việt Nam", "Liên đoàn Lao động",
    "Viện Kiểm sát nhân dân tối cao", "Tòa án nhân dân khu vực 3", "Cục Hải quan Khu vực I",
    "Cục Thuế", "Thành đoàn", "Báo Kinh tế và Đô thị", "Đài Phát thanh và Truyền hình",
    "Hợp tác xã Dịch vụ nông nghiệp", "Ban Quản lý Lăng", "Ban Quản lý dự án Đường sắt đô thị",
)  # fmt: skip


@dataclass(frozen=True)
class Spelling:
    """A written name, the units that it may rightly be taken for (none: a stranger), and what it is.

    `what`: unit, department, old, district or stranger.
    """

    text: str
    truth: frozenset[str]
    what: str


def spellings(units: Sequence[Unit], old: Sequence[OldName], n: int, seed: int) -> list[Spelling]:
    """`n` written names with their truth, always the same for a seed.

    About half are units of today, a quarter old wards and communes, the rest departments, old
    districts, and one in eight a body that is no unit of the office.
    """
    chance = random.Random(seed)
    makers = _makers(units, old, chance)
    weights = {"unit": 48, "old": 25, "department": 12, "district": 3, "stranger": 12}
    names = [name for name in weights if makers[name]]
    found = []
    for what in chance.choices(names, [weights[name] for name in names], k=n):
        name, truth = chance.choice(makers[what])
        found.append(Spelling(_as_written(name, what, chance), truth, what))
    return found


Named = tuple[str, frozenset[str]]


def _makers(
    units: Sequence[Unit], old: Sequence[OldName], chance: random.Random
) -> dict[str, list[Named]]:
    by_name = {unit.name: unit.unit_id for unit in units if unit.kind != "section"}
    local = [
        (unit.name, frozenset({unit.unit_id})) for unit in units if unit.kind in ("ward", "commune")
    ]
    bodies = [
        (unit.name, frozenset({unit.unit_id}))
        for unit in units
        if unit.kind in ("department", "agency")
    ]
    parts: dict[tuple[str, str], set[str]] = defaultdict(set)
    anywhere: dict[str, set[str]] = defaultdict(set)
    districts: dict[str, set[str]] = defaultdict(set)
    for row in old:
        if row.new in by_name:
            parts[row.name, row.district].add(by_name[row.new])
            anywhere[row.name].add(by_name[row.new])
            districts[row.district].add(by_name[row.new])
    merged = [(name, frozenset(found)) for (name, district), found in parts.items() if not district]
    own = {name.split(" ", 1)[-1] for name in by_name}
    lone = [
        (name, frozenset(anywhere[name]))
        for (name, district) in parts
        if district and name.split(" ", 1)[-1] not in own
    ]
    placed = [
        (_beside(name, district, chance), frozenset(found))
        for (name, district), found in parts.items()
        if district
    ]
    gone = [(name, frozenset(found)) for name, found in districts.items() if name]
    strangers: list[Named] = [(name, frozenset()) for name in STRANGERS]
    return {
        "unit": local, "department": bodies + merged, "old": lone + placed, "district": gone,
        "stranger": strangers,
    }  # fmt: skip


def _beside(name: str, district: str, chance: random.Random) -> str:
    short = district
    for head, ways in SHORT_HEADS.items():
        if district.startswith(head):
            short = chance.choice(ways) + district.removeprefix(head).strip()
    low = district[0].lower() + district[1:]
    return chance.choice(
        (f"{name}, {low}", f"{name} ({short})", f"{name} - {low}", f"{name} {low}")
    )


def _as_written(name: str, what: str, chance: random.Random) -> str:
    """A name after what a hurried clerk does to it."""
    if (
        what == "department"
        and name.startswith("Sở ")
        and chance.random() < 0.4 * (name != OUTSHONE)
    ):
        name = _initials(name, chance)
    elif chance.random() < 0.35:
        name = _short_head(name, chance)
    if what in ("unit", "old", "district") and chance.random() < 0.45:
        name = chance.choice(BEFORE) + name
    if chance.random() < 0.2:
        name += chance.choice(BEHIND)
    for change, odds in CHANGES:
        if chance.random() < odds:
            name = change(name, chance)
    return name


def _initials(name: str, chance: random.Random) -> str:
    """Sở Giáo dục và Đào tạo as "Sở GD&ĐT" or "Sở GDĐT"."""
    runs = [
        "".join(word[0] for word in run.replace("-", " ").split())
        for run in name.removeprefix("Sở ").split(" và ")
    ]
    return "Sở " + chance.choice(("&", "")).join(runs).upper()


def _short_head(name: str, chance: random.Random) -> str:
    for head, ways in SHORT_HEADS.items():
        if name.startswith(head + " "):
            return chance.choice(ways) + name.removeprefix(head + " ")
    return name


def _no_accents(name: str, chance: random.Random) -> str:
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _mistyped(name: str, chance: random.Random) -> str:
    """One slip of the finger in one of the longer words."""
    words = name.split(" ")
    long = [n for n, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    if not long:
        return name
    at = chance.choice(long)
    word, k = words[at], chance.randrange(1, len(words[at]) - 1)
    slips = (
        word[:k] + word[k + 1] + word[k] + word[k + 2 :],
        word[:k] + word[k + 1 :],
        word[:k] + word[k] + word[k:],
        word[:k] + chance.choice(KEYS.get(word[k].lower(), word[k])) + word[k + 1 :],
    )
    words[at] = chance.choice(slips)
    return " ".join(words)


def _other_tone(name: str, chance: random.Random) -> str:
    """One tone mark wrong or missing."""
    letters = list(unicodedata.normalize("NFD", name))
    places = [n for n, letter in enumerate(letters) if letter in TONES]
    if places:
        at, tone = chance.choice(places), chance.choice((*TONES, ""))
        shape = letters[at + 1] if letters[at + 1 : at + 2] in (["\u0302"], ["\u0306"]) else ""
        letters[at : at + 1 + len(shape)] = [shape, tone]  # the shape of the letter, then its tone
    return unicodedata.normalize("NFC", "".join(letters))


def _old_spelling(name: str, chance: random.Random) -> str:
    """Tone marks where older rules put them, and i for y."""
    for new, old in (
        ("òa", "oà"),
        ("óa", "oá"),
        ("úy", "uý"),
        ("ủy", "uỷ"),
        ("kỳ", "kì"),
        ("lý", "lí"),
    ):
        name = name.replace(new, old).replace(new.capitalize(), old.capitalize())
    return name


def _blanks(name: str, chance: random.Random) -> str:
    blank = chance.choice(("  ", "\u00a0", " \u200b", "\t"))
    at = [n for n, letter in enumerate(name) if letter == " "]
    place = chance.choice(at) if at else len(name)
    return name[:place] + blank + name[place + 1 :] + chance.choice(("", " ", "\n"))


CHANGES: tuple[tuple[Callable[[str, random.Random], str], float], ...] = (
    (_old_spelling, 0.2),
    (_other_tone, 0.12),
    (_mistyped, 0.12),
    (_no_accents, 0.15),
    (lambda name, chance: chance.choice((name.upper(), name.lower(), name.title())), 0.2),
    (_blanks, 0.15),
    (lambda name, chance: f"{chance.randrange(1, 90)}. {name}", 0.08),
    (lambda name, chance: unicodedata.normalize("NFD", name), 0.15),
)
