"""The two kinds of plan, and the steps of their life, the same for the API and for the buttons of pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.access import Requires
from data.store.plans import MOVES, VISITS
from scheduler.journeys.online import lifecycle, plans, rotation_asks

if TYPE_CHECKING:
    from datetime import datetime

    from data.records.actors import Actor
    from data.store.plans import Version
    from data.store.store import Store
    from scheduler.journeys.online.lifecycle import Judge


@dataclass(frozen=True)
class PlanKind:
    """A kind of plan: its name in the store and in addresses, and who judges it.

    Attributes
    ----------
    noun : "plan" or "rotation"; with an s it is the address, the family of rights and the tag
    """

    kind: str
    noun: str
    judge: Judge

    @property
    def path(self) -> str:
        """Where its pages stand, and under the API's prefix its routes."""
        return f"/{self.noun}s"

    def right(self, what: str) -> str:
        """The right to do something with plans of this kind: read, draft, approve, publish."""
        return f"{self.noun}s.{what}"

    def requires(self, what: str) -> Requires:
        """The dependency that lets in who has it."""
        return Requires(self.right(what))


YEARLY = PlanKind(VISITS, "plan", plans.judge)
ROTATION = PlanKind(MOVES, "rotation", rotation_asks.judge)


@dataclass(frozen=True)
class LifeStep:
    """One step: its address, who may take it, what it does, and whether it carries a leader's word."""

    path: str
    right: str
    says: str
    act: Callable[..., Version]
    noted: bool = False

    def take(
        self, store: Store, by: Actor, at: datetime, kind: PlanKind, plan_id: int, revision: int,
        note: str,
    ) -> Version:  # fmt: skip
        """The version after the step.

        Raises
        ------
        Refused, data.store.errors.NotFound, data.store.errors.Stale
        """
        more: tuple[Any, ...] = (note,) if self.noted else ()
        if self.act is lifecycle.check:
            more = (kind.judge,)
        return self.act(store, by, at, kind.kind, plan_id, revision, *more)


LIFE = (
    LifeStep(
        "check", "draft",
        "The plan judged on the accepted data: `checked`, or a draft with its breaches; files of an edited "
        "plan are written anew.",
        lifecycle.check,
    ),
    LifeStep("submit", "draft", "The checked plan put before the leaders.", lifecycle.submit),
    LifeStep(
        "send-back", "approve", "The plan as a draft again, with a word on what to change.",
        lifecycle.send_back, noted=True,
    ),
    LifeStep(
        "approve", "approve", "The plan approved by a leader who neither made, edited nor submitted it.",
        lifecycle.approve, noted=True,
    ),
    LifeStep(
        "publish", "publish",
        "The plan in force; nobody changes it any more, and inspectors see their visits from now on.",
        lifecycle.publish,
    ),
    LifeStep("close", "publish", "The plan closed: its year is over.", lifecycle.close),
    LifeStep("discard", "draft", "The draft given up; it stays in the store.", lifecycle.discard),
)  # fmt: skip
