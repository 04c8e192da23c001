"""Rule files: read in order of date, and every fault by file and line at once."""

from datetime import date

import pytest

from data.rulefiles import RuleFilesError, read_rules
from scheduler.rulebook import TrialRefused, in_force, with_trial

GOOD = """
[[rule]]
id         = "x.limit"
title_vi   = "Giới hạn"
title_en   = "Limit"
source     = "Điều 1"
unit       = "days"
binding    = "must"
confidence = "high"
values     = [
  { from = 2027-01-01, value = 5, source = "Điều 2" },
  { from = 2020-01-01, value = 3 },
]
"""


def written(tmp_path, **files):
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def faults_of(folder):
    with pytest.raises(RuleFilesError) as stopped:
        read_rules(folder)
    return [(f.file, f.line, f.message.say("vi")) for f in stopped.value.faults]


@pytest.mark.parametrize(
    ("on", "value", "source"),
    [(date(2026, 12, 31), 3, "Điều 1"), (date(2027, 1, 1), 5, "Điều 2")],
)
def test_the_value_and_source_of_the_day_are_in_force(tmp_path, on, value, source):
    policy = in_force(read_rules(written(tmp_path, a=GOOD)), on)["x.limit"]
    assert (policy.value, policy.source) == (value, source)


def test_a_rule_before_its_first_day_is_not_in_force(tmp_path):
    assert in_force(read_rules(written(tmp_path, a=GOOD)), date(2019, 12, 31)).policies == {}


def test_a_field_that_is_missing_is_named_with_file_and_line(tmp_path):
    text = "# a comment\n" + GOOD.replace('unit       = "days"\n', "")
    assert faults_of(written(tmp_path, a=text)) == [
        ("a.toml", 3, "Quy tắc x.limit thiếu trường «unit». Thêm vào tệp.")
    ]


def test_faults_of_several_files_come_all_at_once(tmp_path):
    folder = written(
        tmp_path,
        a=GOOD.replace('"must"', '"perhaps"'),
        b="[[rule]\n",
        c=GOOD,
        d=GOOD.replace("2027-01-01", '"soon"').replace("x.limit", "y.limit"),
    )
    found = faults_of(folder)
    assert [name for name, _, _ in found] == ["a.toml", "b.toml", "d.toml"]
    assert "perhaps" in found[0][2]


def test_an_id_given_twice_names_both_places(tmp_path):
    [(file, line, text)] = faults_of(written(tmp_path, a=GOOD, b="\n\n" + GOOD))
    assert (file, line) == ("b.toml", 4)
    assert "a.toml" in text


def test_a_trial_value_changes_the_digest_and_is_kept_as_a_trial(tmp_path):
    law = in_force(read_rules(written(tmp_path, a=GOOD)), date(2027, 6, 1))
    tried = with_trial(law, {"x.limit": 4})
    assert (tried.value("x.limit"), law.value("x.limit")) == (4, 5)
    assert tried.digest != law.digest
    assert dict(tried.trial) == {"x.limit": 4}


@pytest.mark.parametrize("value", ["4", True, -1, {"days": 4}, None])
def test_a_trial_value_of_another_kind_is_refused(tmp_path, value):
    law = in_force(read_rules(written(tmp_path, a=GOOD)), date(2027, 6, 1))
    with pytest.raises(TrialRefused, match="limit"):
        with_trial(law, {"x.limit": value})


def test_all_unusable_trial_values_are_named_at_once(tmp_path):
    law = in_force(read_rules(written(tmp_path, a=GOOD)), date(2027, 6, 1))
    with pytest.raises(TrialRefused) as stopped:
        with_trial(law, {"x.limits": 4, "x.limit": "four"})
    assert len(stopped.value.faults) == 2


def test_a_trial_table_changes_only_the_entries_it_names(tmp_path):
    table = GOOD.replace("value = 5", "value = { first = 1, last = 2 }")
    law = in_force(read_rules(written(tmp_path, a=table)), date(2027, 6, 1))
    assert with_trial(law, {"x.limit": {"last": 9}}).value("x.limit") == {"first": 1, "last": 9}


def test_the_same_rules_give_the_same_digest_wherever_they_stand(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    day = date(2027, 6, 1)
    other = GOOD.replace("x.limit", "a.limit")
    split = in_force(read_rules(written(one, a=GOOD, b=other)), day)
    joined = in_force(read_rules(written(two, z=GOOD + other)), day)
    assert split.digest == joined.digest
