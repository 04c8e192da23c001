"""What is wrong with a dataset: where, what was found, how to mend it; everything at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from data.columns import fold
from data.words import Message, say

ROWS_SHOWN = 20  # of one and the same fault
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
        return self.of_rows([self.row] if self.row else [], lang)

    def of_rows(self, rows: Sequence[int], lang: str) -> str:
        """The same line for all the rows in which the same thing is wrong."""
        place = [self.table] if self.table else []
        if rows:
            shown = ", ".join(map(str, rows[:ROWS_SHOWN]))
            place.append(say(lang, "dòng {row}", row=shown))
        if len(rows) > ROWS_SHOWN:
            place[-1] += " " + say(lang, "và {n} dòng nữa", n=len(rows) - ROWS_SHOWN)
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
        """All faults in words; after `most` lines the number of those left out.

        What is wrong in the same words in many rows (an id that lost its row in another table) is
        one line with all their numbers, so that it hides no other fault.
        """
        head = say(
            lang, "{source} chưa được đọc; {n} chỗ cần sửa:", source=self.source, n=len(self.faults)
        )
        alike: dict[tuple[str, str, str], list[Fault]] = {}
        for fault in self.faults:
            alike.setdefault((fault.table, fault.column, fault.message.say(lang)), []).append(fault)
        groups = [*alike.values()]
        lines = [group[0].of_rows([f.row for f in group if f.row], lang) for group in groups[:most]]
        left = sum(map(len, groups[most:]))
        if left:
            lines.append(say(lang, "... và {n} chỗ nữa.", n=left))
        return "\n  ".join([head, *lines])


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
