"""Public values that nobody can foresee: evening lottery numbers, dice before witnesses, a drand round."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from datetime import date, datetime, timedelta

from py_arkworks_bls12381 import GT, G1Point, G2Point

from data.words import Message

QUICKNET = (  # public key of drand's quicknet, as the League of Entropy published it
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
DOMAIN = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
GENESIS, PERIOD = 1_692_803_367, 3  # drand quicknet: first round (Unix seconds), seconds a round
DAY = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
WHICH = {
    "lottery": Message(
        "giải đặc biệt, rồi các giải tiếp theo đúng thứ tự công bố, đến đủ số chữ số"
    ),
    "dice": Message("mỗi lần gieo một chữ số, đúng thứ tự gieo"),
}
NAMES = {
    "lottery": Message("xổ số kiến thiết buổi tối"),
    "dice": Message("xúc xắc trước người chứng kiến"),
    "drand": Message("drand quicknet"),
}


class BeaconRefused(Exception):
    """A value that is not the public value of this day; nothing was drawn."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.say("en"))


def round_at(moment: datetime) -> int:
    """The first drand round at or after a moment."""
    return -(-(int(moment.timestamp()) - GENESIS) // PERIOD) + 1


def read_beacon(source: str, text: str, at: datetime, digits: int) -> str:
    """The public value in its one spelling; it has to be the one of the moment `at`.

    Spaces, dots, dashes, line breaks between digits and the way a day is written do not count; which
    day and which digits do.

    Parameters
    ----------
    source : lottery, dice or drand
    text : day and digits for lottery and dice; drand's JSON, or "round:signature", for drand
    digits : how many digits exactly, of lottery and dice

    Raises
    ------
    BeaconRefused
        Another day's value, more or fewer digits, another round, a false signature.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    return _drand(plain, at) if source == "drand" else _digits(source, plain, at.date(), digits)


def _digits(source: str, text: str, day: date, wanted: int) -> str:
    found = re.fullmatch(rf"({DAY})[\s:,;.]+([0-9][0-9\s.,;:_|/-]*)", text, re.ASCII)
    own = _day(found[1]) if found else None
    if found is None or own is None:
        raise BeaconRefused(
            Message("Số công khai viết: ngày có số, rồi các chữ số, ví dụ «{day} 12345 67890 …» ({name}).",
                    {"day": f"{day:%d/%m/%Y}", "name": NAMES[source]})
        )  # fmt: skip
    digits = re.sub(r"[^0-9]", "", found[2])
    if own != day:
        raise BeaconRefused(
            Message("Số công khai là của ngày {own}; cần số của ngày {day} ({name}).",
                    {"own": f"{own:%d/%m/%Y}", "day": f"{day:%d/%m/%Y}", "name": NAMES[source]})
        )  # fmt: skip
    if len(digits) != wanted:
        raise BeaconRefused(
            Message("Số công khai có {n} chữ số; cần đúng {wanted}: {which}.",
                    {"n": len(digits), "wanted": wanted, "which": WHICH[source]})
        )  # fmt: skip
    if source == "dice" and set(digits) - set("123456"):
        raise BeaconRefused(Message("Xúc xắc chỉ có các số từ 1 đến 6. Kiểm tra lại số đã ghi."))
    return f"{source} {day.isoformat()} {digits}"


def _day(written: str) -> date | None:
    first, month, last = (int(part) for part in re.split(r"[/.-]", written))
    try:
        return date(first, month, last) if first > 31 else date(last, month, first)
    except ValueError:
        return None


def _drand(text: str, at: datetime) -> str:
    wanted = round_at(at)
    try:
        if text.strip().startswith("{"):
            given = json.loads(text)
            number, signature = int(given["round"]), str(given["signature"])
        else:
            first, _, signature = text.strip().partition(":")
            number = int(first)
        raw = bytes.fromhex(signature)
    except (ValueError, KeyError, TypeError):
        raise BeaconRefused(
            Message("Giá trị drand viết: «số vòng:chữ ký», hoặc nguyên văn JSON của vòng.")
        ) from None
    if number != wanted:
        when = datetime.fromtimestamp(GENESIS, at.tzinfo) + timedelta(seconds=PERIOD * (number - 1))
        raise BeaconRefused(
            Message("Vòng drand {number} ({when:%H:%M %d/%m/%Y}) không phải vòng của ngày này: {wanted}.",
                    {"number": number, "when": when, "wanted": wanted})
        )  # fmt: skip
    if not _true(number, raw):
        raise BeaconRefused(
            Message(
                "Chữ ký của vòng drand {number} không đúng. Lấy lại giá trị.", {"number": number}
            )
        )
    return f"drand {number} {hashlib.sha256(raw).hexdigest()}"


def _true(number: int, signature: bytes) -> bool:
    """Whether drand's quicknet signed this round; offline, against its pinned key (BLS on G1, RFC 9380)."""
    try:
        signed = G1Point.from_compressed_bytes(signature)
        key = G2Point.from_compressed_bytes(bytes.fromhex(QUICKNET))
    except (ValueError, TypeError):
        return False
    message = G1Point.hash_to_curve(hashlib.sha256(number.to_bytes(8, "big")).digest(), DOMAIN)
    return bool(GT.pairing(signed, G2Point()) == GT.pairing(message, key))
