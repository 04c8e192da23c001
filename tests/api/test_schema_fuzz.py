"""Requests that nobody thought of, made from the description itself: nothing breaks, nothing is undeclared."""

import tempfile
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import V1
from data.store.store import Store
from tests.clients import ROLES, Office
from tests.databases import fresh_url

EXAMPLES = 4
CHECKS = (
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
)  # fmt: skip
STREAMS = ("/stream", "/events")  # an answer that does not end


@pytest.fixture(scope="module")
def office():
    with tempfile.TemporaryDirectory() as folder:
        store = Store(fresh_url("sqlite", Path(folder)))
        made = Office(store)
        made.dataset()
        yield made
        store.close()


@pytest.fixture(scope="module")
def schema(office):
    """The description, loaded as somebody who may do everything."""
    return schemathesis.openapi.from_asgi(f"{V1}/openapi.json", office.app)


fuzzed = schemathesis.pytest.from_fixture("schema")


@fuzzed.parametrize()
@settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
    phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_whatever_is_sent_is_answered_as_described(case, office):
    if case.path.endswith(STREAMS):
        return
    client = office.client(*ROLES, name="everything")
    case.call_and_validate(session=client, checks=CHECKS)
