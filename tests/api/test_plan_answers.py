"""/plans/{id}/why, why-not, recommend: answered about the rows as they are now; nothing is saved."""

import csv
import io

import pytest
from sqlalchemy import text

from data.store import datasets
from tests.api.test_visits import Desk
from tests.clients import sample_tables
from tests.hr_office import accept
from tests.plan_offices import give_plan, publish


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


def accept_with(office, name, *more):
    """The small dataset with more rows of one table."""
    tables = {
        key.removeprefix(datasets.TABLES)[:-4]: value for key, value in sample_tables().items()
    }
    out = io.StringIO()
    rows = list(csv.DictReader(io.StringIO(tables[name].decode("utf-8-sig"))))
    writer = csv.DictWriter(out, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows([*rows, *({**dict.fromkeys(rows[0], ""), **row} for row in more)])
    with office.store.engine.begin() as db:
        db.execute(text("UPDATE datasets SET status = 'replaced'"))
    accept(office, {**tables, name: out.getvalue().encode()})


def notes(desk, visit):
    answer = desk.client.get(f"{desk.where}/why?visit={visit}&lang=vi")
    assert answer.status_code == 200, answer.text
    return answer.json()["notes"]


def test_a_visit_that_is_over_and_stands_in_the_data_is_no_breach_of_the_plan(small_office, desk):
    publish(small_office, int(desk.where.rsplit("/", 1)[1]))
    (visit, row), *_, (other, _) = sorted(desk.rows().items(), key=lambda item: item[1]["start"])
    assert notes(desk, other) == []
    team = {"lead": row["lead"], "members": ";".join(row["members"])}
    days = {"start": row["start"], "end": row["end"], "kind": row["kind"]}
    accept_with(
        small_office, "visits", {"visit_id": visit, "unit_id": row["unit_id"], **days, **team}
    )
    assert not any("vi phạm" in note for note in notes(desk, other))
    away = {"inspector_id": row["lead"], "start": row["start"], "end": row["end"]}
    accept_with(small_office, "absences", {**away, "reason": "Nghỉ ốm"})
    assert "Theo dữ liệu đang dùng, kế hoạch này có 1 chỗ vi phạm quy tắc." in notes(desk, other)


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
