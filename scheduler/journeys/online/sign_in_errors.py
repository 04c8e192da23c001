"""What signing in and passwords say when they refuse."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence


class SignInRefused(Refused):
    """Name and password do not belong together, or the account is closed: nobody learns which."""

    def __init__(self) -> None:
        super().__init__(
            Message(
                "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra lại, hoặc hỏi người quản trị."
            )
        )


class NoAccount(Refused):
    """The city's own sign-in vouches for somebody whom no administrator has entered."""

    def __init__(self, subject: str) -> None:
        super().__init__(
            Message(
                "Chưa có tài khoản nào gắn với bạn, hoặc tài khoản đã khóa. Đưa người quản trị mã này: "
                "«{subject}».",
                {"subject": subject},
            )
        )


class WrongPassword(Refused):
    """The present password, asked for once more, is another one."""

    def __init__(self) -> None:
        super().__init__(Message("Mật khẩu hiện tại không đúng; chưa lưu gì."))


class TooManyFailures(Refused):
    """Too many wrong passwords: not even the right one is looked at before `wait_s` seconds have passed."""

    def __init__(self, wait: timedelta) -> None:
        self.wait_s = math.ceil(wait.total_seconds())
        super().__init__(
            Message(
                "Nhập sai mật khẩu quá nhiều lần. Đợi {minutes} phút rồi thử lại.",
                {"minutes": math.ceil(self.wait_s / 60)},
            )
            if self.wait_s > 90
            else Message(
                "Nhập sai mật khẩu quá nhiều lần. Đợi {seconds} giây rồi thử lại.",
                {"seconds": self.wait_s},
            )
        )


class PasswordUnfit(Refused):
    """A password that is not good enough; `faults` says all that is wrong with it."""

    def __init__(self, faults: Sequence[Message]) -> None:
        self.faults = tuple(faults)
        super().__init__(Message("Mật khẩu chưa đạt yêu cầu; chưa lưu gì."))


class LinkRefused(Refused):
    """A one-time link that cannot be used, or not any more."""

    def __init__(self) -> None:
        super().__init__(
            Message(
                "Liên kết này đã dùng, đã hết hạn hoặc bị thay. Hỏi người quản trị liên kết mới."
            )
        )
