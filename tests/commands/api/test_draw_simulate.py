"""`congvu draw simulate`: figures in words and as data, a page that stands alone, clear refusals."""

import json
import re
from dataclasses import replace
from importlib import import_module

import pytest
from typer.testing import CliRunner

from api.benches import surprise as bench_surprise
from api.commands.draw import app
from data.exports.hazard_page import hazard_page
from data.exports.hazard_picture import hazard_svg, safe_days
from data.exports.hazard_words import FIGURES, figure_rows, value_text
from data.words import Message
from scheduler.journeys import draws
from scheduler.journeys.draws.simulate import moved
from scheduler.surprise.simulation.figures import Figure
from scheduler.surprise.study import Size, study_service

SMALL = ["--units", "60", "--teams", "7", "--slots", "1"]


def simulate(*words):
    return CliRunner().invoke(app, ["simulate", *words])


@pytest.fixture(scope="module")
def two_years(tmp_path_factory):
    page = tmp_path_factory.mktemp("page") / "hazard.html"
    found = simulate("--years", "2", *SMALL, "--out", str(page))
    assert found.exit_code == 0, found.output
    return found, page.read_text(encoding="utf-8")


def test_every_figure_is_told_with_its_limit_and_a_small_sample_claims_nothing(two_years):
    told = two_years[0].stdout
    for words in FIGURES["A5"].values():
        assert words.say("vi") in told
    learned = [line for line in told.splitlines() if FIGURES["A5"]["auc"].say("vi") in line]
    assert "chưa đủ mẫu" in learned[0]
    assert "Chỉ có 7 tổ" in told  # the rule's warning for few teams
    assert re.search(r"\d+ ngưỡng đạt, \d+ không đạt, \d+ chưa đủ mẫu", told)


def test_progress_goes_to_the_error_stream(two_years):
    assert "năm đã chạy thử" in two_years[0].stderr
    assert "năm đã chạy thử" not in two_years[0].stdout


def test_the_page_holds_both_curves_the_table_and_every_figure(two_years):
    page = two_years[1]
    assert page.count("<svg") == 2  # one for each language
    assert page.count("<rect") > 4 * 60
    assert len(re.findall(r'<tr><td class="n">\d+</td>', page)) == 60
    for words in FIGURES["A6"].values():
        assert words.say("vi") in page
    assert "<script" not in page
    assert not re.search(r"(src|href)=", page)


def test_json_holds_the_same_figures_as_plain_numbers():
    found = simulate("--years", "1", *SMALL, "--json")
    data = json.loads(found.stdout)
    assert data["teams"] == 7
    assert len(data["hazard_after_a_visit"]["ours"]) == 60
    by_name = {(f["test"], f["name"]): f for f in data["figures"]}
    assert by_name["A1", "tickets_astray"]["state"] == "met"
    assert (by_name["A5", "auc"]["value"], by_name["A5", "auc"]["state"]) == (None, "unsure")
    assert by_name["A4", "leak_day"]["most"] == 0.56  # the rule's last row: fewer than 8 teams


def test_the_same_seed_gives_the_same_figures():
    ask = draws.SimulateAsk(1, units=30, teams=5, slots=1, seed=3)
    first, again = (draws.simulate(ask).found.figures for _ in range(2))
    assert [repr(f) for f in first] == [repr(f) for f in again]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--dataset", "somewhere"], "Cần cả --dataset và --plan"),
        (["--out", "page.pdf"], "phải có đuôi .html"),
        (["--units", "39", "--slots", "10"], "ít nhất 40 đơn vị"),
    ],
)
def test_what_cannot_be_simulated_is_refused_in_one_clear_line(words, reason):
    found = simulate("--years", "1", *words)
    assert found.exit_code == 1
    assert reason in found.stderr
    assert "Traceback" not in found.output


def test_a_service_without_any_visit_is_refused(monkeypatch):
    idle = study_service(Size(30, 5, 1, 20), 1)
    idle = replace(idle, slots=idle.slots * 0)
    journey = import_module("scheduler.journeys.draws.simulate")
    monkeypatch.setattr(journey, "study_service", lambda *_: idle)
    found = simulate("--years", "1")
    assert found.exit_code == 1
    assert "Không ngày nào lập được bảng vé" in found.stderr


def test_a_unit_that_no_team_may_visit_is_named(monkeypatch):
    service = study_service(Size(40, 5, 1, 40), 1)
    eligible = service.eligible.copy()
    eligible[:, 4] = False
    alone = replace(service, eligible=eligible)
    monkeypatch.setattr(
        import_module("scheduler.journeys.draws.simulate"), "study_service", lambda *_: alone
    )
    found = draws.simulate(draws.SimulateAsk(1, units=40, teams=5, slots=1))
    assert found.found.unreachable == ("U0004",)
    assert any("U0004" in note.say("vi") for note in found.notes)


def test_the_offices_other_years_are_its_plan_moved_round():
    service = study_service(Size(30, 5, 1, 20), 1)
    later = moved(service, 5)
    assert (later.planned[:, 5:] == service.planned[:, :-5]).all()
    assert (later.planned[:, :5] == service.planned[:, -5:]).all()
    assert later.rate is service.rate


@pytest.mark.parametrize(
    ("name", "value", "vi", "en"),
    [
        ("used", 0.9972, "99,7 %", "99.7%"),
        ("void", 0.00044, "0,04 %", "0.04%"),
        ("chance_off", 5.2e-10, "5·10⁻¹⁰", "5·10⁻¹⁰"),
        ("leak_day", 0.50241, "0,502", "0.502"),
        ("zero_weeks", 3, "3", "3"),
        ("auc", float("nan"), "–", "–"),
    ],
)
def test_numbers_are_written_as_people_write_them(name, value, vi, en):
    assert value_text(name, value, "vi").replace("\N{NO-BREAK SPACE}", " ") == vi
    assert value_text(name, value, "en") == en


def test_every_figure_of_a_run_has_words():
    ask = draws.SimulateAsk(1, units=40, teams=5, slots=1)
    figures = draws.simulate(ask).found.figures
    assert {f.name for f in figures if f.test == "A13"} <= set(FIGURES["A13"])
    rows = [row for _, own in figure_rows(figures, "en") for row in own]
    assert len(rows) == len(figures)


def test_safe_days_are_those_before_the_hazard_comes_back():
    assert safe_days([0.0, 0.05, 0.2, 0.0]) == 2
    assert safe_days([1.0, 0.0]) == 0
    drawing = hazard_svg([1.0] * 60, [0.0] * 20 + [2.0] * 40, "vi")
    assert "an toàn 20 ngày" in drawing
    assert "an toàn" not in hazard_svg([1.0] * 60, [1.0] * 60, "vi").split("biết lúc nào")[0]


def test_what_people_wrote_is_escaped_on_the_page():
    figures = (Figure("A4", "leak_day", 0.5),)
    page = hazard_page(Message("{n}", {"n": "<b>x"}), (), [1.0] * 60, [1.0] * 60, figures)
    assert "<b>x" not in page
    assert "&lt;b&gt;x" in page


def test_the_bench_tells_a_missed_limit_aloud():
    line = bench_surprise.line({
        "test": "A4", "size": "small", "name": "leak_day", "value": 0.6, "least": None, "most": 0.56,
        "error": 0.0, "state": "missed",
    })  # fmt: skip
    assert "0.6" in line
    assert "<= 0.56" in line
    assert line.endswith("MISSED")
    assert "1 of 2 limits met, 1 missed" in bench_surprise.comparison(
        [{"state": "met"}, {"state": "missed"}, {"state": "told"}]
    )
