"""Breaches of rules in answers, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

if TYPE_CHECKING:
    from scheduler.rules.base import Breach


class BreachOut(BaseModel):
    """One breach of one binding rule."""

    rule: str = Field(examples=["capacity.teams-per-day"])
    source: str = Field(examples=["Lựa chọn của đơn vị lập kế hoạch"])
    visits: list[str] = Field(description="visits or moves that it lies in", examples=[["V-00199"]])
    message: str = Field(examples=["Ngày 10/05/2027 có 4 đoàn, tối đa 3."])


def found(breach: Breach, lang: str) -> BreachOut:
    """A breach that the checker just found."""
    return BreachOut(
        rule=breach.rule, source=breach.source, visits=list(breach.visits),
        message=breach.message.say(lang),
    )  # fmt: skip


def kept(breach: Mapping[str, Any], lang: str) -> BreachOut:
    """A breach as the store keeps it."""
    return BreachOut(
        rule=breach["rule"], source=breach["source"], visits=list(breach["visits"]),
        message=breach[lang],
    )  # fmt: skip
