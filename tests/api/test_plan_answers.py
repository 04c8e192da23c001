"""/plans/{id}/why, why-not, recommend: answered about the rows as they are now; nothing is saved."""

import pytest

from tests.api.test_visits import Desk
from tests.plan_offices import give_plan


@pytest.fixture
def desk(small_office):
    return Desk(small_office, give_plan(small_office))


def test_why_is_answered_about_a_visit_a_unit_and_a_person_in_either_language(desk):
    visit, row = next(iter(desk.rows().items()))
    for query in (f"visit={visit}", f"unit={row['unit_id']}", f"inspector={row['lead']}"):
        english, viet = (
            desk.client.get(f"{desk.where}/why?{query}&lang={lang}").json() for lang in ("en", "vi")
        )
        assert english["sections"]
        assert english["short"] != viet["short"]


def test_an_answer_is_about_the_rows_as_they_are_now(desk):
    visit, day = desk.lawful_move()
    desk.patch(visit, {"start": day})
    short = desk.client.get(f"{desk.where}/why?visit={visit}").json()["short"]
    assert f"{day[8:]}/{day[5:7]}/{day[:4]}" in short


def test_a_wish_is_weighed_and_nothing_is_saved(desk):
    visit, day = desk.lawful_move()
    before = desk.tag()
    asked = desk.client.post(
        f"{desk.where}/why-not", json={"visit": visit, "on": day, "seconds": 1}
    )
    assert asked.json()["about"]["verdict"] == "possible"
    sunday = desk.client.post(f"{desk.where}/why-not", json={"visit": visit, "on": "2027-09-12"})
    assert sunday.json()["about"]["verdict"] == "forbidden"
    assert desk.tag() == before


def test_options_are_ranked(desk):
    visit, row = next(iter(desk.rows().items()))
    found = desk.client.get(f"{desk.where}/recommend?visit={visit}&most=3").json()
    assert 1 <= len(found["sections"][0]["sentences"]) <= 4
    assert desk.client.get(f"{desk.where}/recommend?inspector={row['lead']}").status_code == 200


@pytest.mark.parametrize("ask", ["why", "recommend"])
def test_exactly_one_thing_is_asked_about(desk, ask):
    assert desk.client.get(f"{desk.where}/{ask}").status_code == 409
    assert desk.client.get(f"{desk.where}/{ask}?visit=a&unit=b").status_code == 409
    unknown = desk.client.get(f"{desk.where}/{ask}?unit=nowhere")
    assert unknown.status_code == 409
    assert "nowhere" in unknown.json()["detail"]


def test_a_wish_that_says_nothing_or_too_much_is_refused(desk):
    for wish in ({}, {"visit": "a", "unit": "b"}, {"visit": next(iter(desk.rows()))}):
        assert desk.client.post(f"{desk.where}/why-not", json=wish).status_code == 409
    long = {"visit": "a", "seconds": 21}
    assert desk.client.post(f"{desk.where}/why-not", json=long).status_code == 422
