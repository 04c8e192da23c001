"""Rules that would give surprise visits away are refused at every door, with their price, all at once."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from data import rulefiles
from scheduler.rulebook import in_force
from scheduler.surprise.guard import GUARDED, GuardRefused, refuse_windows
from tests.draw_seasons import CUSTODIANS, office, set_up

NEW_YEAR = date(2027, 1, 1)


def rules(**on):
    trial = {f"surprise.{name}": {"on": value} for name, value in on.items()}
    return in_force(rulefiles.read_rules(), NEW_YEAR, trial)


def test_nothing_is_refused_while_the_guarded_rules_are_off():
    refuse_windows(rules())


@pytest.mark.parametrize("rule", GUARDED)
def test_each_guarded_rule_is_refused_alone(rule):
    with pytest.raises(GuardRefused) as refused:
        refuse_windows(rules(**{rule.split(".")[1]: 1}))
    said = refused.value.faults[0].say("vi")
    assert rule in said
    assert "đang bật: 1" in said


def test_all_of_them_are_named_at_once_with_the_price_that_was_measured():
    with pytest.raises(GuardRefused) as refused:
        refuse_windows(rules(gap=20, cap=2, minimum=1, weekly=1))
    said = "\n".join(fault.say("vi") for fault in refused.value.faults)
    assert all(rule in said for rule in GUARDED)
    gap = next(line for line in said.splitlines() if "mức 60" in line)
    assert (
        "77% số lần (không có quy tắc: 50%)" in gap or "77% số lần (không có quy tắc: 51%)" in gap
    )
    assert "phát hiện 0,0 % (17,3 %)" in gap


def test_the_plan_s_door_refuses_a_trial_value(tmp_path):
    out = tmp_path / "plan"
    words = ["plan", str(office() / "data"), "--year", "2027", "--out", str(out)]
    found = CliRunner().invoke(app, [*words, "--what-if", 'surprise.gap={"on": 20}'])
    assert found.exit_code == 1
    assert "surprise.gap" in found.output
    assert not out.exists()


def test_the_ceremony_s_door_refuses_a_trial_value(tmp_path):
    with pytest.raises(GuardRefused, match=r"surprise\.minimum"):
        set_up(tmp_path, trial={"surprise.minimum": {"on": 1}})
    assert list(tmp_path.iterdir()) == []


def test_an_edited_rule_file_is_refused_as_well(tmp_path, monkeypatch):
    home = tmp_path / "rules"
    shutil.copytree(Path(rulefiles.__file__).parent / "rules", home)
    file = home / "surprise.toml"
    before, mark, after = file.read_text(encoding="utf-8").partition('"surprise.weekly"')
    file.write_text(before + mark + after.replace("on = 0", "on = 1", 1), encoding="utf-8")
    monkeypatch.setattr(rulefiles, "files", lambda _: tmp_path)
    words = ["draw", "setup", str(office() / "data"), "--plan", str(office() / "plan")]
    words += ["--out", str(tmp_path / "draws"), "--keys", str(tmp_path / "keys"), "--rehearsal"]
    for name in CUSTODIANS:
        words += ["--custodian", name]
    found = CliRunner().invoke(app, words)
    assert found.exit_code == 1
    assert "surprise.weekly" in found.output
    assert not (tmp_path / "draws").exists()
