"""/rules: the law as the program has it: each rule with its dated values, its source, how certain it is."""

from __future__ import annotations

from datetime import date as Day
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.access import MayReadRules
from api.deps import Today
from api.paging import Listed, PageDep
from scheduler.journeys.online import rules
from scheduler.journeys.online.rules import ShownRule

router = APIRouter(prefix="/rules", tags=["rules"])
RULE = "rotation.ceiling"
On = Annotated[Day | None, Query(description="none: today", examples=["2027-01-01"])]


class DatedValueOut(BaseModel):
    """A value from the day it comes into force."""

    start: Day = Field(examples=["2019-08-15"])
    value: Any = Field(examples=[36])
    source: str = Field(description="blank: the rule's own", examples=[""])


class RuleOut(BaseModel):
    """A rule."""

    id: str = Field(examples=[RULE])
    title_vi: str = Field(examples=["Thời hạn định kỳ chuyển đổi vị trí"])
    title_en: str = Field(examples=["Term of a position before rotation"])
    value: Any = Field(description="in force on the day; null: none yet", examples=[36])
    unit: str = Field(examples=["months"])
    binding: Literal["must", "should"]
    source: str = Field(description="of the value in force", examples=["59/2019/NĐ-CP, 38"])
    confidence: Literal["high", "medium", "low"]
    values: list[DatedValueOut]


def _out(rule: ShownRule) -> RuleOut:
    row = rule.row
    return RuleOut(
        id=row.id, title_vi=row.title_vi, title_en=row.title_en, unit=row.unit, binding=row.binding,
        value=rule.now.value if rule.now else None, source=rule.source, confidence=row.confidence,
        values=[DatedValueOut(start=v.start, value=v.value, source=v.source) for v in row.values],
    )  # fmt: skip


@router.get("")
def list_rules(
    by: MayReadRules, page: PageDep, today: Today, on: On = None,
    q: Annotated[str, Query(max_length=200, description="words, with or without accents")] = "",
) -> Listed[RuleOut]:  # fmt: skip
    """Every rule with its value of a day."""
    found = rules.list_rules(on or today, q)
    part = found[page.offset : page.offset + page.limit]
    return Listed(total=len(found), offset=page.offset, items=[_out(rule) for rule in part])


@router.get("/{rule_id}")
def read_rule(by: MayReadRules, rule_id: str, today: Today, on: On = None) -> RuleOut:
    """One rule with its value of a day."""
    return _out(rules.one_rule(rule_id, on or today))
