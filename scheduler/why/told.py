"""Sentences that are already said in both languages, as messages."""

from __future__ import annotations

from data.words import Message


class InBoth(Message):
    """A text given in Vietnamese and in English."""

    english: str

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        object.__setattr__(self, "english", en)

    def say(self, lang: str) -> str:
        """The text of the language."""
        return self.text if lang == "vi" else self.english
