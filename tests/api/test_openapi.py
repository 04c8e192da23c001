"""The description of the API: whole, and good enough to work from without asking anybody."""

import pytest

from api.app import V1
from api.openapi import ProblemText
from data.store.store import Store
from tests.clients import Office
from tests.databases import fresh_url

MEDIA = "application/problem+json"


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    store = Store(fresh_url("sqlite", tmp_path_factory.mktemp("openapi")))
    answer = Office(store).anonymous().get(f"{V1}/openapi.json")  # nobody signs in for it
    store.close()
    return answer.json()


def operations(described):
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def lacking(described, is_missing):
    return [name for name, operation in operations(described) if is_missing(operation)]


def test_every_operation_has_a_summary_a_sentence_and_a_tag(described):
    for part in ("summary", "description", "tags", "operationId"):
        assert lacking(described, lambda operation, part=part: not operation.get(part)) == []


def test_every_operation_declares_its_problems_in_one_form(described):
    for name, operation in operations(described):
        problems = {s: r for s, r in operation["responses"].items() if s >= "400"}
        assert {"422", "500", "503"} <= set(problems), name
        for status, response in problems.items():
            assert set(response["content"]) == {MEDIA}, f"{name} {status}"
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_an_operation_behind_a_right_says_which_and_how_to_sign_in(described):
    ways = set(described["components"]["securitySchemes"])
    behind = [op for _, op in operations(described) if "security" in op]
    assert len(behind) > 40
    for operation in behind:
        assert {"401", "403"} <= set(operation["responses"])
        assert {name for way in operation["security"] for name in way} == ways
        assert "Right: `" in operation["description"]


def test_a_change_under_a_version_declares_what_a_stale_one_gets(described):
    for name, operation in operations(described):
        headers = {
            p["name"].lower() for p in operation.get("parameters", ()) if p["in"] == "header"
        }
        assert ("if-match" in headers) == ("412" in operation["responses"]), name


def schemas_of_bodies(described):
    """Schemas that somebody sends or gets, with all that they lead to."""
    return {
        name: schema
        for name, schema in described["components"]["schemas"].items()
        if not name.startswith(("Body_", "Listed_"))
    }


def has_example(schema):
    """Whether a value can be seen: an example, a default, a list of choices, or a part with its own."""
    if (
        "$ref" in schema
        or schema.get("format") in ("date", "date-time")
        or {"examples", "example", "const", "enum", "default"} & set(schema)
    ):
        return True
    parts = [*schema.get("anyOf", ()), *schema.get("allOf", ()), *schema.get("oneOf", ())]
    parts += [
        schema[name]
        for name in ("items", "additionalProperties")
        if isinstance(schema.get(name), dict)
    ]
    return any(has_example(part) for part in parts)


def test_every_field_shows_an_example(described):
    silent = [
        f"{name}.{field}"
        for name, schema in schemas_of_bodies(described).items()
        for field, told in schema.get("properties", {}).items()
        if not has_example(told) and told.get("format") != "binary"
    ]
    assert silent == []


def test_every_parameter_of_a_query_is_explained_or_shown(described):
    silent = [
        f"{name} {parameter['name']}"
        for name, operation in operations(described)
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query"
        and not (parameter.get("description") or has_example(parameter["schema"]))
    ]
    assert silent == []


def test_a_problem_as_it_is_sent_is_a_problem_as_it_is_described(small_office):
    answer = small_office.client("planner").post(f"{V1}/pins", json={})
    ProblemText.model_validate(answer.json(), strict=True)
