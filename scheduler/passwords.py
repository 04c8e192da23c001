"""Which passwords are good enough: long, not the person's own name, not what everybody takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from data.words import Message

SHORTEST, LONGEST = 10, 200
COMMON = frozenset({
    "admin", "administrator", "anhyeuem", "baomat", "boss", "chinhphu", "congchuc", "congvu",
    "congvuhanoi", "danang", "dangnhap", "default", "football", "hanoi", "hello", "helloworld",
    "hethong", "hochiminh", "iloveyou", "letmein", "login", "matkhau", "matkhaumoi", "mothaiba",
    "motnam", "newpassword", "noivu", "pass", "passw", "passwd", "password", "quantri", "quantrivien",
    "saigon", "secret", "sonoivu", "test", "thaydoi", "thudo", "tinhyeu", "truongphong", "vienchuc",
    "vietnam", "vietnamvodich", "welcome", "xinchao", "yeuem",
})  # fmt: skip
ROWS = (  # as fingers run over a keyboard
    "01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p",
)  # fmt: skip


def faults_of_password(password: str, username: str, name: str = "") -> list[Message]:
    """Everything that is wrong with a password for this person; nothing when it is good.

    >>> [fault.say("vi")[:24] for fault in faults_of_password("matkhau2026", "lan.anh")]
    ['Mật khẩu này nhiều người']
    >>> faults_of_password("ba con gà trống", "lan.anh")
    []
    """
    return list(_faults(unicodedata.normalize("NFKC", password), username, name))


def _faults(password: str, username: str, name: str) -> Iterator[Message]:
    if len(password) < SHORTEST:
        yield Message(
            "Mật khẩu có {n} ký tự; cần ít nhất {shortest}. Một câu ngắn dễ nhớ là tốt nhất.",
            {"n": len(password), "shortest": SHORTEST},
        )
    if len(password) > LONGEST:
        yield Message(
            "Mật khẩu dài {n} ký tự; nhiều nhất {longest}.",
            {"n": len(password), "longest": LONGEST},
        )
        return
    letters = _letters(password)
    own = {_letters(username), _letters(name)} - {""}
    if letters in own or password.casefold() == username.casefold():
        yield Message("Mật khẩu là tên của chính người dùng. Chọn mật khẩu khác.")
    elif letters in COMMON or _is_run(password):
        yield Message("Mật khẩu này nhiều người dùng, dễ đoán. Chọn mật khẩu khác.")


def _letters(text: str) -> str:
    """Only the letters, without accents: «Mật-khẩu 2026!» is as easily guessed as «matkhau»."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    swapped = plain.translate(str.maketrans("@$", "as"))
    return re.sub(r"[^a-z]", "", swapped)


def _is_run(password: str) -> bool:
    """Whether it is one piece again and again, or keys beside each other."""
    folded = re.sub(r"\W", "", password.casefold()) or password
    if re.fullmatch(r"(.+?)\1+.{0,3}", folded, re.DOTALL):
        return True
    return any(folded in row or folded in row[::-1] for row in ROWS)
