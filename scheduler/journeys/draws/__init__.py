"""Surprise draws from the ceremony to the outside check, one function for each thing that people do."""

from scheduler.journeys.draws.checking import reveal, status, verify
from scheduler.journeys.draws.commit import commit, next_epoch
from scheduler.journeys.draws.desk import Desk, open_desk
from scheduler.journeys.draws.release import (
    no_draw,
    open_envelope,
    release,
    substitute,
    teams_out,
    void,
)
from scheduler.journeys.draws.results import CommitAsk, SetupAsk
from scheduler.journeys.draws.run import run
from scheduler.journeys.draws.setup import setup

__all__ = [
    "CommitAsk",
    "Desk",
    "SetupAsk",
    "commit",
    "next_epoch",
    "no_draw",
    "open_desk",
    "open_envelope",
    "release",
    "reveal",
    "run",
    "setup",
    "status",
    "substitute",
    "teams_out",
    "verify",
    "void",
]
