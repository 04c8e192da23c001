"""A small department in the middle of its year, made by the journeys of the demonstration at a fixed moment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from api.identity import actor_of
from api.settings import ServerSettings
from data.passwords import Passwords
from data.sample import sample_tables
from data.store import accounts, assignments
from data.store.store import Store
from scheduler.journeys.online import people
from scheduler.journeys.online.demo_people import PEOPLE
from scheduler.journeys.online.demo_server import Ground, prepare
from scheduler.journeys.online.demo_stage import Effort
from scheduler.journeys.online.demo_tour import sights
from tests.clients import CHEAP, START, Office
from tests.databases import fresh_url

if TYPE_CHECKING:
    from pathlib import Path

TODAY = START.date()


def small_effort(**more: object) -> Effort:
    """A demonstration that is made in seconds: 24 units, 300 officials."""
    tables = sample_tables(units=24, inspectors=16, staff=300, seed=1, year=START.year)
    seconds = {"year_s": 1.0, "change_s": 1.0, "rotation_s": 1.0}
    return Effort(**{**seconds, "draws": False, "papers": False, "tables": tables, **more})


def pictured(folder: Path) -> tuple[Office, dict[str, object]]:
    """The department, and ids by name: of plans, of a visit that has begun, of somebody with two readings."""
    store = Store(fresh_url("sqlite", folder))
    ground = Ground(store, folder, Passwords(CHEAP), actor_of)
    prepare(ground, START, small_effort(), lambda word: None, lambda progress: None)
    office = Office(store, ServerSettings(_env_file=None, home=folder))
    with store.reading() as db:
        who = accounts.find(db, PEOPLE["inspector"][0])
        assert who is not None
        mine, _ = assignments.page(db, who.inspector_id, date.min, TODAY, 0, 100)
        officer = accounts.find(db, PEOPLE["hr"][0])
        assert officer is not None
    unclear = people.list_people(store, actor_of(officer), TODAY, "vi", 0, 1, unclear=True).items
    return office, {
        **sights(store), "visit": mine[-1].row.visit_id, "person": unclear[0][0].staff_id,
    }  # fmt: skip
