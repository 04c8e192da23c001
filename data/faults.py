"""What is wrong with a dataset: where, what was found, how to mend it; everything at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from data.columns import fold
from data.words import Message, say

LIKELY_FROM = 5_000  # above so many candidates only spelling variants are suggested


@dataclass(frozen=True)
class Fault:
    """One thing to mend. Row as the user sees it in the file (header: usually 1); 0 = no row."""

    table: str  # "" = the file or folder as a whole
    row: int
    column: str  # name of the contract, or the header as found; "" = the row or table as a whole
    value: str
    message: Message

    def say(self, lang: str) -> str:
        """One line: where, what, how to mend it."""
        place = [self.table] if self.table else []
        if self.row:
            place.append(say(lang, "dòng {row}", row=self.row))
        if self.column:
            place.append(self.column)
        return ": ".join(
            [", ".join(place), self.message.say(lang)] if place else [self.message.say(lang)]
        )


class DatasetError(Exception):
    """A dataset was refused as a whole; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault], source: str = "") -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.table, fault.row)))
        self.source = source
        super().__init__(self.text("vi"))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.faults, self.source)

    def text(self, lang: str, most: int = 1_000) -> str:
        """All faults in words, a line each; after `most` lines the number of those left out."""
        head = say(
            lang, "{source} chưa được đọc; {n} chỗ cần sửa:", source=self.source, n=len(self.faults)
        )
        lines = [head, *("  " + fault.say(lang) for fault in self.faults[:most])]
        if len(self.faults) > most:
            lines.append("  " + say(lang, "... và {n} chỗ nữa.", n=len(self.faults) - most))
        return "\n".join(lines)


@dataclass
class Reading:
    """What is collected on the way: faults refuse the dataset, warnings are only told."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)

    def warn(self, message: Message) -> None:
        """Tell the user something that refuses nothing."""
        self.warnings.append(message)


class Spelling:
    """Finds which of the allowed words somebody probably meant."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self.allowed = list(allowed)
        self.by_fold: dict[str, str] = {}
        for word in self.allowed:
            self.by_fold.setdefault(fold(word), word)

    def nearest(self, found: str) -> str:
        """The most similar allowed word, or "" when none is near."""
        folded = fold(found)
        if folded in self.by_fold:
            return self.by_fold[folded]
        if len(self.by_fold) > LIKELY_FROM:
            return ""
        near = difflib.get_close_matches(folded, self.by_fold, n=1, cutoff=0.7)
        return self.by_fold[near[0]] if near else ""

    def hint(self, found: str) -> Message:
        """The question "did you mean ...?" after a space, or nothing."""
        return meant(self.nearest(found))


def meant(near: str) -> Message:
    """The question whether that word was meant, after a space; nothing when there is no word."""
    if not near:
        return NOTHING
    return Message(" {question}", {"question": Message("Có phải «{near}»?", {"near": near})})


NOTHING = Message("")
