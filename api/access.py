"""Who may do what: the only file that knows roles. A route asks for a right in its signature.

def publish(plan_id: int, by: MayPublishPlans, store: StoreDep, now: Now) -> ...
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Literal

from fastapi import Depends, Request

from data.records.actors import Actor

ROLES: Mapping[str, frozenset[str]] = MappingProxyType({
    "planner": frozenset({
        "datasets.read", "datasets.write", "plans.read", "plans.draft", "plans.publish",
        "pins.read", "pins.write", "findings.read", "findings.write", "draws.read", "draws.plan", "draws.keep",
        "runs.read", "organisation.read",
    }),
    "hr": frozenset({
        "datasets.read", "datasets.write", "rotations.read", "rotations.draft", "rotations.publish",
        "people.read", "grounds.read", "deferrals.write", "measures.write", "successions.write",
        "pins.read", "pins.write", "runs.read", "organisation.read",
    }),
    "inspector": frozenset({"assignments.read", "findings.report", "draws.open"}),
    "leader": frozenset({
        "plans.read", "plans.approve", "plans.publish", "rotations.read", "rotations.approve",
        "rotations.publish", "people.read",
        "findings.read", "draws.read", "draws.keep", "runs.read",
        "organisation.read",
    }),
    "administrator": frozenset({
        "accounts.read", "accounts.write", "organisation.read", "organisation.write", "system.read",
    }),
    "auditor": frozenset({"journal.read", "draws.read"}),
})  # fmt: skip
Role = Literal["planner", "hr", "inspector", "leader", "administrator", "auditor"]  # for forms
EVERYBODY = frozenset({"me", "self", "rules.read"})  # everybody who has signed in
IN_PERSON = frozenset({"self", "accounts.write"})  # never by a token: passwords, tokens, accounts


def rights_of(roles: Iterable[str], scopes: Iterable[str] | None = None) -> frozenset[str]:
    """The rights of these roles, at most `scopes` when a token names some."""
    rights = EVERYBODY.union(*(ROLES.get(role, frozenset()) for role in roles))
    return rights if scopes is None else (rights & frozenset(scopes)) - IN_PERSON


class SignInNeeded(Exception):
    """Nobody has signed in, or the session has ended."""


class RightMissing(Exception):
    """Who has signed in may not do this."""

    def __init__(self, right: str) -> None:
        self.right = right
        super().__init__(right)


@dataclass(frozen=True)
class Requires:
    """The dependency that lets in who has the right, and gives the Actor."""

    right: str

    def __call__(self, request: Request) -> Actor:
        """Who asks.

        Raises
        ------
        SignInNeeded, RightMissing
        """
        actor: Actor | None = request.state.actor
        if actor is None:
            raise SignInNeeded
        if not actor.may(self.right):
            raise RightMissing(self.right)
        return actor


SignedIn = Annotated[Actor, Depends(Requires("me"))]
InPerson = Annotated[Actor, Depends(Requires("self"))]
MayReadRules = Annotated[Actor, Depends(Requires("rules.read"))]

MayReadDatasets = Annotated[Actor, Depends(Requires("datasets.read"))]
MayWriteDatasets = Annotated[Actor, Depends(Requires("datasets.write"))]
MayReadPlans = Annotated[Actor, Depends(Requires("plans.read"))]
MayDraftPlans = Annotated[Actor, Depends(Requires("plans.draft"))]
MayApprovePlans = Annotated[Actor, Depends(Requires("plans.approve"))]
MayPublishPlans = Annotated[Actor, Depends(Requires("plans.publish"))]
MayReadRotations = Annotated[Actor, Depends(Requires("rotations.read"))]
MayDraftRotations = Annotated[Actor, Depends(Requires("rotations.draft"))]
MayApproveRotations = Annotated[Actor, Depends(Requires("rotations.approve"))]
MayPublishRotations = Annotated[Actor, Depends(Requires("rotations.publish"))]
MayReadPeople = Annotated[Actor, Depends(Requires("people.read"))]
MayReadGrounds = Annotated[Actor, Depends(Requires("grounds.read"))]
MayWriteDeferrals = Annotated[Actor, Depends(Requires("deferrals.write"))]
MayWriteMeasures = Annotated[Actor, Depends(Requires("measures.write"))]
MayWriteSuccessions = Annotated[Actor, Depends(Requires("successions.write"))]
MayReadPins = Annotated[Actor, Depends(Requires("pins.read"))]
MayWritePins = Annotated[Actor, Depends(Requires("pins.write"))]
MayReadFindings = Annotated[Actor, Depends(Requires("findings.read"))]
MayWriteFindings = Annotated[Actor, Depends(Requires("findings.write"))]
MayReportFindings = Annotated[Actor, Depends(Requires("findings.report"))]
MayReadAssignments = Annotated[Actor, Depends(Requires("assignments.read"))]
MayReadOrganisation = Annotated[Actor, Depends(Requires("organisation.read"))]
MayWriteOrganisation = Annotated[Actor, Depends(Requires("organisation.write"))]
MayReadRuns = Annotated[Actor, Depends(Requires("runs.read"))]
MayReadDraws = Annotated[Actor, Depends(Requires("draws.read"))]
MayPlanDraws = Annotated[Actor, Depends(Requires("draws.plan"))]
MayOpenDraws = Annotated[Actor, Depends(Requires("draws.open"))]
MayKeepDraws = Annotated[Actor, Depends(Requires("draws.keep"))]
MayReadJournal = Annotated[Actor, Depends(Requires("journal.read"))]
MayReadSystem = Annotated[Actor, Depends(Requires("system.read"))]
MayReadAccounts = Annotated[Actor, Depends(Requires("accounts.read"))]
MayWriteAccounts = Annotated[Actor, Depends(Requires("accounts.write"))]
