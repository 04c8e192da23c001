"""What the journeys of the draws are asked for and give back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from data.draws.keys import COST
from data.words import Message


@dataclass(frozen=True)
class SetupAsk:
    """A new record: whose data and plan, where, who keeps the keys, which days."""

    dataset: Path
    plan: Path
    out: Path
    keys: Path
    custodians: tuple[str, ...]
    first: date | None = None  # default: the plan year's first working day
    last: date | None = None
    rehearsal: bool = False
    trial: dict[str, Any] = field(default_factory=dict)  # what-if values of rules
    deposit: tuple[int, int] | None = None  # shares needed, shares made, of every custodian's key
    cost: int = COST  # of guessing a passphrase; less only in a rehearsal


@dataclass(frozen=True)
class CommitAsk:
    """One day's table: out of which data and plan, who is away, and why again if again."""

    dataset: Path
    plan: Path
    day: date
    absent: tuple[str, ...] = ()  # teams
    reason: str = ""  # of a second or later attempt
    keys: tuple[Path, ...] = ()  # of its two signers


@dataclass(frozen=True)
class Logged:
    """What was written: the last line's number and head, and what to tell."""

    n: int
    head: str
    notes: tuple[Message, ...] = ()
    post: bool = False  # the head has to be posted outside
    files: tuple[Path, ...] = ()
    step: Message | None = None  # what comes next


@dataclass(frozen=True)
class Target:
    """What a team reads in its envelope; `unit_id` is "" when it may not go there."""

    day: str
    slot: int
    team: str
    unit_id: str
    name: str = ""
    departure: str = ""


@dataclass(frozen=True)
class Released:
    """A released slot: the envelope's file, and the target when the team's key was there."""

    logged: Logged
    slot: int
    envelope: Path | None
    target: Target | None


@dataclass(frozen=True)
class Verified:
    """The verdict of the stand-alone verifier, and what the tables say besides."""

    good: bool
    lines: tuple[str, ...]  # the verifier's own words
    notes: tuple[Message, ...]


@dataclass(frozen=True)
class SimulateAsk:
    """What to simulate: an office's own service, or a made-up one of this size."""

    years: int
    dataset: Path | None = None
    plan: Path | None = None
    units: int = 143
    teams: int = 12
    slots: int = 2
    out: Path | None = None
    seed: int = 1
