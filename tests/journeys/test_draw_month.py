"""A rehearsed month: a real record in all but its moments, told on a page, and never over a real one."""

import json
from datetime import date

import pytest

from data.draws.log import LOG
from scheduler.errors import FolderTaken
from scheduler.journeys import draws
from tests.draw_seasons import office, set_up


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    """March, rehearsed twice in the same folder."""
    out = tmp_path_factory.mktemp("month")
    for _ in range(2):
        made = draws.rehearse_month(office() / "data", office() / "plan", out, 3, 1)
    return out, made


def log(folder):
    return [json.loads(line) for line in (folder / "record" / LOG).read_text().splitlines()]


def test_every_day_of_the_month_is_sealed_drawn_and_opened_and_anybody_can_check_it(month):
    out, made = month
    days = log(out)[0]["days"]
    assert days
    assert made.days == len(days)
    assert {day[:7] for day in days} == {"2027-03"}
    for kind in ("commit", "draw", "reveal"):
        assert [line["day"] for line in log(out) if line["type"] == kind] == days
    assert made.verified.good
    assert log(out)[0]["rehearsal"]


def test_the_page_tells_every_drawn_visit_with_the_chance_that_the_table_gave_it(month):
    out, made = month
    slots = sum(line["slots"] for line in log(out) if line["type"] == "commit")
    assert len(made.visits) == slots > 0
    page = made.page.read_text(encoding="utf-8")
    for visit in made.visits:
        opened = json.loads((out / "record" / "opened" / f"{visit.day}.json").read_text())
        place = opened["units"].index(visit.unit_id)
        assert visit.chance == opened["chance"][place] / 2**40 > 0
        assert place not in {*opened["closed"], *opened["planned"], *opened["barred"][visit.team]}
        assert visit.name in page
    assert page.count("<tr>") >= slots


def test_what_an_insider_guesses_is_said_in_both_languages(month):
    _, made = month
    for lang in ("vi", "en"):
        told = " ".join(note.say(lang) for note in draws.month_notes(made))
        for share in (made.insider.hits, made.insider.hits_even):
            digits = f"{100 * share:.1f}"
            assert (digits.replace(".", ",") if lang == "vi" else digits) in told


def test_a_real_record_is_never_taken_away_for_a_rehearsal(tmp_path):
    set_up(tmp_path, date(2027, 3, 1), date(2027, 3, 3))
    (tmp_path / "draws").rename(tmp_path / "record")
    file = tmp_path / "record" / LOG
    file.write_bytes(file.read_bytes().replace(b'"rehearsal":true', b'"rehearsal":false'))
    before = file.read_bytes()
    with pytest.raises(FolderTaken):
        draws.rehearse_month(office() / "data", office() / "plan", tmp_path, 3, 1)
    assert file.read_bytes() == before
