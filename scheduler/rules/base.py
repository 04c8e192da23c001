"""What a rule is made of: dated value (Policy), two readings (Rule), what breaks it (Breach)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from data.words import Message
    from scheduler.case import Case
    from scheduler.plan_view import PlanView
    from solver.visits.problem import Limit


@dataclass(frozen=True)
class Policy:
    """A rule's value in force for one plan, with its source."""

    id: str
    title_vi: str
    title_en: str
    value: Any  # number, text, list or table, as the rule file gives it
    unit: str
    binding: Literal["must", "should"]
    source: str
    confidence: Literal["high", "medium", "low"]  # below high: a visible "to be checked" mark

    def title(self, lang: str) -> str:
        """The rule's name in the reader's language."""
        return self.title_en if lang == "en" else self.title_vi


@dataclass(frozen=True)
class Breach:
    """One breach of one rule by one or more rows of a plan."""

    rule: str  # id
    source: str  # article or document
    visits: tuple[str, ...]  # visit ids
    rows: tuple[int, ...]  # rows in the user's file, as the user sees them (header = row 1)
    message: Message


@dataclass(frozen=True)
class Rule:
    """One id, and its two independent readings."""

    id: str
    enforce: Callable[[Policy, Case], Iterable[Limit]]  # day and inspector numbers, for the solver
    check: Callable[[Policy, PlanView], Iterable[Breach]]  # calendar dates only, for the checker
