"""The body that issues the papers, as a record; `organisation_in` reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Organisation:
    """The issuing body as it is on a day; `papers` holds what is different in one kind of paper."""

    name: str
    superior: tuple[str, ...]
    body: tuple[str, ...]
    place: str
    symbol: str
    authority: str
    signature: tuple[str, ...]
    signer: str
    budget: str
    start_time: str
    bases: tuple[str, ...]
    recipients: tuple[str, ...]
    papers: dict[str, dict[str, Any]]

    def of(self, paper: str, key: str) -> Any:
        """A value for one kind of paper: its own, else the common one."""
        return self.papers.get(paper, {}).get(key, getattr(self, key))
