"""Public values that nobody can foresee: evening lottery numbers, dice before witnesses, a drand round."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date, datetime, timedelta

import drand_verify

from data.words import Message

SHORTEST = {"lottery": 20, "dice": 25}  # digits: at least 64 bits each
GENESIS, PERIOD = 1_692_803_367, 3  # drand quicknet: first round (Unix seconds), seconds a round
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


def read_beacon(source: str, text: str, at: datetime) -> str:
    """The public value in its one spelling; it has to be the one of the moment `at`.

    Parameters
    ----------
    source : lottery, dice or drand
    text : "YYYY-MM-DD digits" for lottery and dice; drand's JSON, or "round:signature", for drand

    Raises
    ------
    BeaconRefused
        Another day's value, too few digits, another round, a false signature.
    """
    return _drand(text, at) if source == "drand" else _digits(source, text, at.date())


def _digits(source: str, text: str, day: date) -> str:
    found = re.fullmatch(r"\s*(\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4})[\s:]+([\d\s.,;-]+)", text)
    if found is None:
        raise BeaconRefused(
            Message("Số công khai viết: ngày có số, rồi các chữ số, ví dụ «{day} 12345 67890 …» ({name}).",
                    {"day": day, "name": NAMES[source]})
        )  # fmt: skip
    written, digits = found[1], re.sub(r"\D", "", found[2])
    own = f"{written[6:]}-{written[3:5]}-{written[:2]}" if "/" in written else written
    if own != day.isoformat():
        raise BeaconRefused(
            Message("Số công khai là của ngày {own}; cần số của ngày {day} ({name}).",
                    {"own": own, "day": day, "name": NAMES[source]})
        )  # fmt: skip
    if len(digits) < SHORTEST[source]:
        raise BeaconRefused(
            Message("Số công khai có {n} chữ số; cần ít nhất {least} ({name}).",
                    {"n": len(digits), "least": SHORTEST[source], "name": NAMES[source]})
        )  # fmt: skip
    if source == "dice" and set(digits) - set("123456"):
        raise BeaconRefused(Message("Xúc xắc chỉ có các số từ 1 đến 6. Kiểm tra lại số đã ghi."))
    return f"{source} {own} {digits}"


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
    if not _true(number, signature):
        raise BeaconRefused(
            Message(
                "Chữ ký của vòng drand {number} không đúng. Lấy lại giá trị.", {"number": number}
            )
        )
    return f"drand {number} {hashlib.sha256(raw).hexdigest()}"


def _true(number: int, signature: str) -> bool:
    """Whether drand's quicknet signed this round; checked offline against its pinned key."""
    try:
        return bool(drand_verify.verify_quicknet(number, signature))
    except Exception:  # the library's own error types differ by platform; none may mean yes
        return False
