"""The benchmark's rows: every plan judged by the checker, both methods on the same problem."""

import json

from typer.testing import CliRunner

from api import bench
from api.cli import app


def test_both_methods_are_measured_on_one_problem_and_judged(monkeypatch):
    monkeypatch.setitem(bench.INSTANCES, "small", bench.Instance(20, 8, 8, staff=100))
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
