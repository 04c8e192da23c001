"""What the store says when it cannot do what is asked; the doors turn these into statuses."""

from __future__ import annotations

from data.words import Message


class StoreError(Exception):
    """Something that cannot be done; `message` says what was found and what to do."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.say("en"))


class NotFound(StoreError):
    """There is nothing with this id, or nothing that this person may know of."""

    def __init__(self, what: Message, ident: object) -> None:
        super().__init__(
            Message("Không có {what} với mã «{ident}».", {"what": what, "ident": ident})
        )


class Stale(StoreError):
    """Somebody else has changed it since it was read: `current` is its revision now."""

    def __init__(self, what: Message, current: int) -> None:
        self.current = current
        super().__init__(
            Message(
                "Có người đã sửa {what} sau khi bạn mở; chưa lưu gì. Mở lại rồi sửa trên bản mới.",
                {"what": what},
            )
        )


class Taken(StoreError):
    """There is already one of this name."""


class StoreUnavailable(StoreError):
    """The database does not answer: nothing was saved."""


class StoreFull(StoreUnavailable):
    """There is no room left for what is to be saved: nothing was saved."""


class Unstorable(StoreError):
    """A value that no database keeps: a number without end, a sign that is no letter."""
