"""What the API says of a version of a yearly plan, the same in every answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from api import life_shapes
from api.life_shapes import LifeOut, VersionLine

if TYPE_CHECKING:
    from data.store.plans import Version
    from scheduler.journeys.online.plans import Shown


class PlanLine(VersionLine):
    """A version in a list."""

    edited: bool = Field(
        description="rows were edited since its files were written", examples=[False]
    )
    coverage: Mapping[str, Any] = Field(examples=[{"in_scope": 269, "covered": 141, "share": 0.52}])


class LoadOut(BaseModel):
    """How much of the plan somebody carries."""

    inspector_id: str = Field(examples=["TV0007"])
    days: int = Field(examples=[31])
    available: int = Field(examples=[120])
    target: float = Field(description="a fair share of all days", examples=[29.4])
    visits: int = Field(examples=[9])


class PlanOut(LifeOut, PlanLine):
    """A version with its figures and its life; the ETag is its revision."""

    undoable: int = Field(description="edits that can be undone", examples=[0])
    load: list[LoadOut]


def line_of(version: Version, lang: str) -> dict[str, Any]:
    """The fields of a `PlanLine`."""
    coverage = version.facts.get("coverage", {})
    return {
        **life_shapes.line_of(version, lang),
        "edited": version.edited,
        "coverage": coverage,
    }


def plan_out(shown: Shown, lang: str) -> PlanOut:
    """The version whole."""
    load = shown.version.facts.get("load", {})
    return PlanOut(
        **line_of(shown.version, lang), **life_shapes.life_of(shown, lang), undoable=shown.undoable,
        load=[LoadOut(inspector_id=w, **told) for w, told in sorted(load.items())],
    )  # fmt: skip
