"""JSON that says one thing: no name twice, no sign that is no letter, no endless depth, no NaN."""

from __future__ import annotations

import json
import re
from typing import Any

from api.problems import Problem
from data.words import Message

DEEPEST = 40
TITLE = Message("Yêu cầu không đọc được")
DEPTH = Message("Nội dung JSON lồng nhau quá sâu.")
UNREADABLE = Message("Nội dung không phải JSON đọc được, hoặc không phải UTF-8.")
NO_LETTER = Message("Nội dung có ký tự không hợp lệ (NUL hoặc nửa ký tự). Bỏ ký tự ấy đi.")
NO_NUMBER = Message("Nội dung có số không dùng được: NaN, vô cùng, hoặc quá nhiều chữ số.")
NO_LETTERS = re.compile("[\0\ud800-\udfff]")
LONGEST_NUMBER = 40


class _Odd(Exception):
    def __init__(self, message: Message) -> None:
        self.message = message


def fault_of(body: bytes) -> Problem | None:
    """What is wrong with a JSON body, or None.

    >>> fault_of(b'{"a": 1}')
    >>> fault_of(b'{"a": 1, "a": 2}').detail.say("vi")
    'Trường «a» được ghi hai lần trong nội dung.'
    """
    try:
        text = body.decode()
        _look(
            json.loads(
                text, object_pairs_hook=_once, parse_constant=_number, parse_int=_number,
                parse_float=_number,
            )
        )  # fmt: skip
    except _Odd as odd:
        return _problem(odd.message)
    except RecursionError:
        return _problem(DEPTH)
    except ValueError:
        return _problem(UNREADABLE)
    return None


def _problem(message: Message) -> Problem:
    return Problem(422, "request", TITLE, message)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Odd(
                Message("Trường «{name}» được ghi hai lần trong nội dung.", {"name": name[:100]})
            )
        _look(name)
        found[name] = value
    return found


def _number(text: str) -> float:
    if len(text) > LONGEST_NUMBER or text in ("NaN", "Infinity", "-Infinity"):
        raise _Odd(NO_NUMBER)
    if abs(value := float(text)) == float("inf"):
        raise _Odd(NO_NUMBER)
    return value


def _look(value: Any, depth: int = 0) -> None:
    """Raise for a text with a sign that no database keeps, and for what stands too deep."""
    if depth > DEEPEST:
        raise _Odd(DEPTH)
    if isinstance(value, str):
        if NO_LETTERS.search(value):
            raise _Odd(NO_LETTER)
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            _look(part, depth + 1)
