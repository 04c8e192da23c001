"""The commands that question a plan, as a person meets them."""

import json

import pytest
from typer.testing import CliRunner

from api.cli import app
from data.sample import sample_tables, write_dataset

run = CliRunner().invoke


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    folder = tmp_path_factory.mktemp("answers")
    write_dataset(sample_tables(20, 8, 100, 1, 2027, 8), folder / "data")
    asked = ["plan", str(folder / "data"), "--year", "2027", "--out", str(folder / "plan")]
    assert run(app, [*asked, "--time-limit", "2"]).exit_code == 0
    return folder


def ask(city, command, *words):
    return run(app, [command, str(city / "plan"), str(city / "data"), *words])


def a_visit(city):
    rows = (city / "plan" / "visits.csv").read_text(encoding="utf-8-sig").splitlines()
    return rows[1].split(",")[0]


def test_why_and_recommend_speak_text_json_and_html(city, tmp_path):
    visit = a_visit(city)
    assert visit in ask(city, "why", "--visit", visit).output
    told = json.loads(ask(city, "recommend", "--visit", visit, "--json").output)
    assert told["about"]["visit"] == visit
    assert told["sections"][0]["facts"]["options"]
    page = tmp_path / "why.html"
    assert ask(city, "why", "--visit", visit, "--html", str(page)).exit_code == 0
    assert visit in page.read_text(encoding="utf-8")


def test_why_not_tells_a_verdict_and_refuses_nonsense(city):
    visit = a_visit(city)
    told = json.loads(ask(city, "why-not", "--visit", visit, "--on", "2027-W30", "--json").output)
    assert told["about"]["verdict"] in ("possible", "forbidden", "unknown", "already")
    for words in (["--on", "2027-W77"], ["--with", "nobody"], ["--team", "TV0001"], []):
        result = ask(city, "why-not", "--visit", visit, *words)
        assert result.exit_code == 1
        assert "Traceback" not in result.output


def test_an_unknown_id_ends_with_status_one_and_a_near_one(city):
    visit = a_visit(city)
    result = ask(city, "why", "--visit", visit[:-1] + "?")
    assert result.exit_code == 1
    assert visit in result.output


def test_compare_and_frontier_refuse_a_file_of_another_kind_before_any_work(city, tmp_path):
    out = str(tmp_path / "x.docx")
    compared = run(app, ["compare", str(city / "plan"), str(city / "plan"), "--out", out])
    asked = ["frontier", str(city / "data"), "--year", "2027", "--inspectors", "8", "--out", out]
    assert [compared.exit_code, run(app, asked).exit_code] == [1, 1]
    assert (
        run(app, ["frontier", str(city / "data"), "--year", "2027", "--inspectors", "a"]).exit_code
        == 2
    )
