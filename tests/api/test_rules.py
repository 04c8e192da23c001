"""/rules from the doors: the law of a day for everybody, a trial value for a trial plan and nowhere else."""

import hashlib
from pathlib import Path

import pytest

from api.rule_words import UNITS, YES_OR_NO
from data.rulefiles import read_rules

RULES = "/api/v1/rules"
FILES = Path(__file__).parents[2] / "data" / "rules"
HTML = {"accept": "text/html"}


def law():
    return hashlib.sha256(b"".join(f.read_bytes() for f in sorted(FILES.iterdir()))).hexdigest()


def tried(client, rule, value, year=2027):
    form = {"value": value, "year": year}
    return client.post(f"/rules/{rule}/trial", data=form, headers=HTML, follow_redirects=False)


def test_every_rule_is_listed_once_with_what_the_file_says(small_office):
    anybody = small_office.client("inspector")
    found = anybody.get(RULES, params={"limit": 500}).json()
    assert [rule["id"] for rule in found["items"]] == [row.id for row in read_rules()]
    [ceiling] = anybody.get(RULES, params={"q": "rotation.ceiling"}).json()["items"]
    assert (ceiling["value"], ceiling["unit"], ceiling["values"][0]["start"]) == (
        60, "months", "2019-07-01",
    )  # fmt: skip


def test_a_value_is_that_of_the_day_and_none_before_the_first(small_office):
    row = next(row for row in read_rules() if len(row.values) > 1)
    anybody, where = small_office.client("leader"), f"{RULES}/{row.id}"
    for dated in row.values:
        then = anybody.get(where, params={"on": dated.start.isoformat()}).json()
        assert then["value"] == dated.value
    assert anybody.get(where, params={"on": "1990-01-01"}).json()["value"] is None


def test_words_are_found_without_accents_and_all_of_them(small_office):
    anybody = small_office.client("hr")
    found = anybody.get(RULES, params={"q": "chuyen doi", "limit": 500}).json()["items"]
    assert 0 < len(found) < len(read_rules())
    assert anybody.get(RULES, params={"q": "chuyen doi zzz"}).json()["total"] == 0
    assert anybody.get(f"{RULES}/no.such").status_code == 404


def test_a_trial_value_goes_into_a_run_and_the_law_stays_as_it_is(small_office):
    small_office.dataset()
    before, planner = law(), small_office.client("planner")
    answer = tried(planner, "capacity.teams-per-day", '{"teams": 6}')
    run = answer.headers["location"].removeprefix("/runs/")
    assert small_office.jobs.waiting == [run]
    with small_office.store.reading() as db:
        from data.store import runs

        assert runs.get(db, run).ask["what_if"] == {"capacity.teams-per-day": {"teams": 6}}
    assert law() == before


@pytest.mark.parametrize(("rule", "value", "status"), [
    ("frequency.high", "18", 303), ("frequency.high", "viết sai", 409), ("frequency.high", "[1]", 422),
    ("frequency.high", "-1", 422), ("capacity.teams-per-day", '{"nothing": 1}', 422),
    ("unit.gap", "10000", 303), ("unit.gap", "10001", 422), ("unit.gap", "1e400", 422),
    ("unit.gap", "NaN", 422), ("capacity.teams-per-day", "[" * 5000, 409),
    ("rotation.ceiling", "72", 409), ("no.such", "1", 404),
])  # fmt: skip
def test_a_trial_value_that_fits_no_rule_is_refused(small_office, rule, value, status):
    small_office.dataset()
    assert tried(small_office.client("planner"), rule, value).status_code == status


def test_only_who_makes_plans_tries_values(small_office):
    assert tried(small_office.client("leader"), "frequency.high", "18").status_code == 403
    page = small_office.client("leader").get("/rules", headers=HTML)
    assert "/trial" not in page.text


def test_every_unit_of_the_rules_is_said_in_both_languages():
    units = {row.unit for row in read_rules()} - {YES_OR_NO}
    assert units == set(UNITS)
    assert [unit for unit, words in UNITS.items() if words.say("vi") == unit] == []


@pytest.mark.parametrize(("value", "status"), [(10_000, 202), (10_001, 422), (1e300, 422)])
def test_a_trial_value_stays_within_what_the_calendar_can_count(office, value, status):
    office.dataset()
    asked = {"year": 2027, "what_if": {"unit.gap": value}}
    assert office.client("planner").post("/api/v1/plans", json=asked).status_code == status
