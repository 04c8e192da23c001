"""The benchmark's rows: every plan judged by the checker, both methods on the same problem."""

import json

from typer.testing import CliRunner

from api.benches import reserve as bench_reserve
from api.benches import visits as bench_visits
from api.cli import app
from scheduler.surprise.study import Size


def test_both_methods_are_measured_on_one_problem_and_judged(monkeypatch):
    monkeypatch.setitem(bench_visits.INSTANCES, "small", bench_visits.Instance(20, 8, 8, staff=100))
    asked = ["bench", "--instance", "small", "--seconds", "4", "--seed", "3", "--json"]
    result = CliRunner().invoke(app, asked)
    ours, plain = [json.loads(line) for line in result.stdout.splitlines()]
    assert (ours["method"], plain["method"]) == ("days-then-teams", "one-model")
    assert ours["breaches"] == []
    assert ours["visits"] == plain["visits"] > 0
    assert all(g["bound"] <= g["value"] for g in ours["goals"].values())
    reserve_only = {"capacity.reserve"}  # the plain model leaves out the people of the reserve
    assert set(plain.get("breaches", ())) <= reserve_only


def test_an_instance_that_does_not_exist_is_wrong_use():
    assert CliRunner().invoke(app, ["bench", "--instance", "moon"]).exit_code == 2


def test_a_reserve_is_measured_beside_teams_taken_by_chance(monkeypatch):
    few = Size(units=24, teams=5, slots=2, days=10)
    monkeypatch.setitem(bench_reserve.SIZES, "small", few)
    asked = ["bench", "--instance", "reserve-small", "--seconds", "5", "--json"]
    ours, chance = [json.loads(line) for line in CliRunner().invoke(app, asked).stdout.splitlines()]
    assert (ours["method"], chance["method"]) == ("reserve", "by-chance")
    assert ours["note"] == ""
    assert ours["proven_weeks"] == ours["weeks"] == 2
    assert ours["goals"]["total"] <= chance["goals"]["total"]
    assert ours["zero_unit_days"] <= chance["zero_unit_days"]
