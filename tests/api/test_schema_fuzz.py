"""Requests that nobody thought of, made from the description itself: nothing breaks, nothing is undeclared.

Somebody who may do everything sends every operation its examples, the edges of every field, and chance: to
ids that mean nothing, and to a plan and a rotation that are there.
"""

from collections import Counter

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from api import asking
from api.app import V1
from data.store.store import Store
from scheduler.journeys.online import journal
from tests.clients import ROLES, Office
from tests.databases import ENGINES, fresh_url
from tests.hr_office import accept, guarded_year, rotation
from tests.plan_offices import give_plan
from tests.tries import THOROUGH

CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_headers_conformance", "response_schema_conformance", "unsupported_method",
)  # fmt: skip
ENDLESS = r"/(stream|events)$"
OTHER_ROUTE = "/uploads"  # GET /datasets/uploads is GET /datasets/{dataset_id}, and says what is wrong with it


def configured(phases, parameters=None):
    return SchemathesisConfig.from_dict({
        "seed": 1,
        "continue-on-failure": True,
        "generation": {"max-examples": 2, "deterministic": True, "database": "none", "no-shrink": True},
        "phases": {
            "stateful": {"enabled": False},
            "coverage": {"enabled": "coverage" in phases, "unexpected-methods": ["PATCH"]},
            "fuzzing": {"enabled": "fuzzing" in phases},
        },
        "parameters": parameters or {},
        "checks": {"enabled": False, **{name: {"enabled": True} for name in CHECKS}},
    })  # fmt: skip


@pytest.fixture(params=ENGINES if THOROUGH else ["sqlite"])
def office(request, tmp_path, monkeypatch):
    """An office in which everybody is somebody who may do everything, whatever ends their session."""
    store = Store(fresh_url(request.param, tmp_path))
    made = Office(store)
    actor = made.actor(made.account(*ROLES, name="everything", inspector_id="TV0001"))

    def identify(asked, *_):
        asked.state.session_id = None
        return actor

    monkeypatch.setattr(asking, "identify", identify)
    monkeypatch.setattr(asking, "has_credentials", lambda *_: True)
    yield made
    made.close()
    store.close()


def fuzz(office, config):
    """What went wrong, and which operations were answered well at least once."""
    schema = schemathesis.openapi.from_asgi(f"{V1}/openapi.json", office.app, config=config)
    wrong, well, statuses = {}, set(), Counter()
    for event in from_schema(schema.exclude(path_regex=ENDLESS)).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            wrong[str(event)] = str(event)
        if not isinstance(event, events.ScenarioFinished):
            continue
        label = event.recorder.label
        for interaction in event.recorder.interactions.values():
            status = interaction.response.status_code
            statuses[status] += 1
            well |= {label} if status < 300 else set()
        for checks in event.recorder.checks.values():
            for check in checks:
                told = check.failure_info
                if told and not (
                    check.name == "unsupported_method" and label.endswith(OTHER_ROUTE)
                ):
                    wrong.setdefault(
                        (label, check.name), told.failure.message + "\n" + told.code_sample
                    )
    return wrong, well, statuses


def test_whatever_is_sent_to_ids_that_mean_nothing_is_answered_as_described(office):
    office.dataset()
    edges = (
        THOROUGH and office.store.dialect == "sqlite"
    )  # of every field: they take most of the time
    wrong, _, statuses = fuzz(office, configured(["coverage" if edges else "fuzzing"]))
    assert wrong == {}
    assert sum(statuses.values()) > (3000 if edges else 300)
    assert {200, 404, 409, 422} | ({201, 202, 428} if edges else set()) <= set(statuses)
    assert journal.verify(office.store).holds


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
def test_whatever_is_sent_to_a_plan_that_is_there_is_answered_as_described(office):
    accept(office, guarded_year())
    there = {
        "path.rotation_id": rotation(office),
        "path.plan_id": give_plan(office),
        "path.dataset_id": 1,
    }
    wrong, well, _ = fuzz(office, configured(["fuzzing"], there))
    assert wrong == {}
    plans = [label for label in well if "{plan_id}" in label or "{rotation_id}" in label]
    assert len(plans) > 12, well
    assert journal.verify(office.store).holds
