"""Surprise draws from the ceremony to the outside check, one function for each thing that people do."""

from scheduler.journeys.draws.chances import chances
from scheduler.journeys.draws.checking import result, reveal, status, verify
from scheduler.journeys.draws.commit import commit, next_epoch
from scheduler.journeys.draws.desk import Desk, anchors_again, open_desk
from scheduler.journeys.draws.fallback import fall_back
from scheduler.journeys.draws.month import Month, month_notes, rehearse_month
from scheduler.journeys.draws.release import (
    no_draw,
    open_envelope,
    release,
    substitute,
    teams_out,
    void,
)
from scheduler.journeys.draws.results import CommitAsk, SetupAsk, SimulateAsk
from scheduler.journeys.draws.run import run
from scheduler.journeys.draws.setup import setup
from scheduler.journeys.draws.simulate import simulate

__all__ = [
    "CommitAsk",
    "Desk",
    "Month",
    "SetupAsk",
    "SimulateAsk",
    "anchors_again",
    "chances",
    "commit",
    "fall_back",
    "month_notes",
    "next_epoch",
    "no_draw",
    "open_desk",
    "open_envelope",
    "rehearse_month",
    "release",
    "result",
    "reveal",
    "run",
    "setup",
    "simulate",
    "status",
    "substitute",
    "teams_out",
    "verify",
    "void",
]
