"""What the API says of every version of a plan, of visits or of moves: its line in a list, and its life."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field

from scheduler.lifecycle import STATES, open_steps

if TYPE_CHECKING:
    from data.store.plans import Version
    from scheduler.journeys.online.versions import Living

Status = Literal[
    "draft", "checked", "submitted", "approved", "published", "amended", "closed", "discarded"
]


class VersionLine(BaseModel):
    """A version in a list."""

    id: int = Field(examples=[7])
    year: int = Field(examples=[2027])
    number: int = Field(description="version of the year's plan", examples=[2])
    name: str = Field(description="digest of its birth certificate", examples=["a1c87d622dd29c87"])
    title: str = Field(examples=["Kế hoạch kiểm tra công vụ năm 2027"])
    status: Status = Field(examples=["draft"])
    status_words: str = Field(examples=["dự thảo"])
    trial: bool = Field(
        description="made with what-if values; can never be submitted", examples=[False]
    )
    dataset_id: int = Field(description="the dataset that it was made from", examples=[3])
    previous_id: int | None = Field(description="the version that it amends", examples=[None])
    made_at: datetime = Field(examples=["2027-01-04T02:00:00Z"])
    published_at: datetime | None = Field(examples=[None])
    counts: Mapping[str, Any] = Field(examples=[{"scheduled": 143, "dropped": 2}])


class Who(BaseModel):
    """Somebody in the life of a plan."""

    id: int = Field(examples=[3])
    name: str = Field(examples=["Lan"])


class GoalOut(BaseModel):
    """One goal: what the plan reaches, and what none can beat."""

    name: str = Field(examples=["drops"])
    title: str = Field(examples=["Việc không xếp được, tính theo rủi ro"])
    value: int = Field(examples=[1840])
    bound: int = Field(examples=[1795])
    gap: float = Field(description="share of the value that is not proven", examples=[0.0245])
    condition: str = Field(description="what the bound is proven for", examples=["mọi kế hoạch"])
    unit: str = Field(examples=["điểm rủi ro"])


class LifeOut(BaseModel):
    """What became of a version, and how good it is."""

    steps: list[str] = Field(
        description="steps that lead on from here, for whoever has the right", examples=[["check"]]
    )
    data_changed: bool = Field(
        description="another dataset was accepted since it was checked or made", examples=[False]
    )
    breaches: int = Field(description="of the last check", examples=[0])
    checked_on_id: int | None = Field(description="dataset of the last check", examples=[3])
    checked_at: datetime | None
    made_by: Who | None
    submitted_by: Who | None
    submitted_at: datetime | None
    approved_by: Who | None
    approved_at: datetime | None
    published_by: Who | None
    note: str = Field(description="the leader's last word", examples=[""])
    run_id: str | None = Field(examples=["0b0f3c7e5d1a4c0f9a52d4f0a6f0b1c2"])
    goals: list[GoalOut] = Field(description="empty once it was edited by hand")
    warnings: list[str] = Field(examples=[[]])
    provisional: list[str] = Field(
        description="what is not official yet in the year's calendar", examples=[[]]
    )
    birth: Mapping[str, Any] = Field(description="what it follows from", examples=[{"seed": 1}])


def line_of(version: Version, lang: str) -> dict[str, Any]:
    """The fields of a `VersionLine`."""
    return {
        **_same(version, VersionLine), "status_words": STATES[version.status].say(lang),
        "counts": version.facts.get("counts", {}),
    }  # fmt: skip


def life_of(shown: Living, lang: str) -> dict[str, Any]:
    """The fields of a `LifeOut`."""
    version, facts = shown.version, shown.version.facts

    def who(account_id: int | None) -> Who | None:
        return None if account_id is None else Who(id=account_id, name=shown.people[account_id])

    return {
        **_same(version, LifeOut), "steps": list(open_steps(version.status)),
        "data_changed": shown.data_changed, "breaches": len(version.breaches),
        "made_by": who(version.account_id), "submitted_by": who(version.submitted_by),
        "approved_by": who(version.approved_by), "published_by": who(version.published_by),
        "goals": [_goal(goal, lang) for goal in facts.get("goals", ())],
        "warnings": [words[lang] for words in facts.get("warnings", ())],
        "provisional": [words[lang] for words in facts.get("provisional", ())],
        "birth": facts.get("birth", {}),
    }  # fmt: skip


def _same(version: Version, shape: type[BaseModel]) -> dict[str, Any]:
    """The fields that the shape has from the version as they are."""
    return {name: getattr(version, name) for name in shape.model_fields if hasattr(version, name)}


def _goal(goal: Mapping[str, Any], lang: str) -> GoalOut:
    return GoalOut(
        name=goal["name"], title=goal[f"title_{lang}"], value=goal["value"], bound=goal["bound"],
        gap=goal["gap"], condition=goal[f"condition_{lang}"], unit=goal[f"unit_{lang}"],
    )  # fmt: skip
