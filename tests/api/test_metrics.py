"""/metrics: what is counted, for whom, and that ids make no new series."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from data.records.actors import PROGRAM
from data.store import plans, runs
from scheduler.journeys.online import journal
from tests.clients import TestClient

METRICS = "/metrics"


def scraped(office):
    answer = office.client("administrator").get(METRICS)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def value(found, name, **labels):
    return found[name, tuple(sorted(labels.items()))]


@pytest.mark.parametrize(
    ("host", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.7", {}, 401),
        ("127.0.0.1", {"X-Forwarded-For": "10.0.0.7"}, 401),  # a proxy on this machine
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 401),
        ("127.0.0.1", {"Forwarded": "for=10.0.0.7"}, 401),
    ],
)
def test_only_this_very_machine_asks_without_signing_in(small_office, host, headers, status):
    client = TestClient(small_office.app, client=(host, 5000))
    assert client.get(METRICS, headers=headers).status_code == status


@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("planner", 403)])
def test_from_elsewhere_it_takes_the_right(small_office, role, status):
    assert small_office.client(role).get(METRICS).status_code == status


def test_requests_are_counted_by_route_and_not_by_id(small_office):
    planner = small_office.client("planner")
    for pin in (1, 2, 3):
        planner.get(f"/api/v1/pins/{pin}")
    planner.get("/api/v1/nowhere")
    small_office.anonymous().request("BREW", "/api/v1/pins")
    found = scraped(small_office)
    route = "/api/v1/pins/{pin_id}"
    assert value(found, "congvu_requests_total", route=route, method="GET", status="404") == 3
    assert value(found, "congvu_request_seconds_count", route=route, method="GET") == 3
    assert value(found, "congvu_requests_total", route="(none)", method="GET", status="404") == 1
    assert not [
        labels for name, labels in found if "nowhere" in str(labels) or "BREW" in str(labels)
    ]


def test_long_works_the_journal_and_the_newest_gap_are_told(office):
    dataset = office.dataset()
    facts = {"goals": [{"value": 50, "bound": 40}, {"value": 3, "bound": None}]}
    with office.store.writing(PROGRAM, office.now) as work:
        for _ in range(3):
            runs.ask(work, "plan", {})
        runs.begin(work.db, runs.ask(work, "rotate", {}), office.now)
        for gap in ({"goals": [{"value": 9, "bound": 1}]}, facts):
            plans.add(
                work, plans.VISITS, 2027, name="a", title="", trial=False, dataset_id=dataset,
                facts=gap, status="draft",
            )  # fmt: skip
    found = scraped(office)
    assert value(found, "congvu_runs", kind="plan", status="queued") == 3
    assert value(found, "congvu_runs_queued") == 3
    assert value(found, "congvu_runs_running") == 1
    assert value(found, "congvu_plan_gap", kind="visits") == pytest.approx(0.2)
    assert value(found, "congvu_journal_lines") == journal.head(office.store)[0]
    assert value(found, "congvu_database_up") == 1


def test_when_the_database_is_away_the_figures_say_so(small_office):
    path = small_office.store.engine.url.database
    client = TestClient(small_office.app, client=("127.0.0.1", 5000))
    assert "congvu_database_up 1.0" in client.get(METRICS).text
    import os

    os.rename(path, path + ".aside")
    assert "congvu_database_up 0.0" in client.get(METRICS).text
