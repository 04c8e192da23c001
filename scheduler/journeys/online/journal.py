"""The journal as an auditor reads it: lines, the head to note down, and whether the chain holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.store import journal
from data.store.journal import ChainFault, Line
from data.words import Message
from scheduler.errors import Refused

if TYPE_CHECKING:
    from data.store.store import Store

MOST = 100  # faults that are told one by one


@dataclass(frozen=True)
class Verdict:
    """What a look at the whole chain found; `faults`: the first of `n_faults`."""

    head: tuple[int, str]
    faults: list[ChainFault]
    n_faults: int

    @property
    def holds(self) -> bool:
        """Whether nobody has touched a line."""
        return self.n_faults == 0


def list_lines(
    store: Store, offset: int, limit: int, *, noun: str = "", noun_id: str = "", action: str = "",
    actor: str = "",
) -> tuple[list[Line], int]:  # fmt: skip
    """A page of lines, newest first, and how many there are."""
    with store.reading() as db:
        return journal.lines(
            db, noun=noun, noun_id=noun_id, action=action, actor=actor, offset=offset, limit=limit
        )


def head(store: Store) -> tuple[int, str]:
    """Number and hash of the last line."""
    with store.reading() as db:
        return journal.head(db)


def verify(store: Store, noted: tuple[int, str] | None = None) -> Verdict:
    """Every line looked at; `noted`: a head that somebody wrote down before."""
    faults, n = [], 0
    with store.reading() as db:
        for fault in journal.faults_of(db, noted):
            n += 1
            if n <= MOST:
                faults.append(fault)
        return Verdict(journal.head(db), faults, n)


def noted_head(text: str) -> tuple[int, str] | None:
    """Number and hash of a head noted as "1234:<hash>"; None for "".

    >>> noted_head("3:" + "a" * 64)[0]
    3

    Raises
    ------
    Refused
    """
    if not text:
        return None
    seq, _, seal = text.strip().partition(":")
    hexadecimal = len(seal) == 64 and set(seal.lower()) <= set("0123456789abcdef")
    if not (seq.isascii() and seq.isdigit() and len(seq) <= 18 and hexadecimal):
        raise Refused(
            Message("Dấu «{head}» không đọc được. Viết: số dòng, dấu hai chấm, mã băm 64 chữ số.",
                    {"head": text[:100]})
        )  # fmt: skip
    return int(seq), seal.lower()
