"""The command line as a person meets it: what it prints, and its exit status."""

import shutil

import pytest
from typer.testing import CliRunner

from api.cli import app
from data.sample import sample_tables, write_dataset

run = CliRunner().invoke


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli") / "data"
    write_dataset(sample_tables(20, 8, 100, 1, 2027, 8), folder)
    return folder


def test_help_lists_the_commands():
    shown = run(app, ["--help"]).output
    assert all(
        name in shown
        for name in ("plan", "audit", "check-data", "sample", "template", "demo", "bench")
    )


def test_good_data_is_said_to_be_good(dataset):
    result = run(app, ["check-data", str(dataset)])
    assert (result.exit_code, "không có lỗi" in result.output) == (0, True)


@pytest.mark.parametrize(("lang", "word"), [("vi", "dòng 2"), ("en", "row 2")])
def test_a_wrong_date_is_named_by_row_in_either_language(dataset, tmp_path, lang, word):
    broken = tmp_path / "data"
    shutil.copytree(dataset, broken)
    table = broken / "absences.csv"
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    table.write_text("\n".join([lines[0], "TV001,31/02/2027,2027-03-01,"]), encoding="utf-8")
    result = run(app, ["check-data", str(broken), "--lang", lang])
    assert result.exit_code == 1
    assert word in result.output
    assert "31/02/2027" in result.output


def test_a_dataset_that_is_not_there_is_a_clear_word_and_no_traceback(tmp_path):
    result = run(app, ["check-data", str(tmp_path / "nowhere")])
    assert result.exit_code == 1
    assert "nowhere" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "wrong",
    [
        ["plan"],
        ["plan", "x", "--year", "abc", "--out", "y"],
        ["check-data", "x", "--lang", "fr"],
        ["nothing"],
    ],
)
def test_wrong_use_is_status_two(wrong):
    assert run(app, wrong).exit_code == 2


def test_plan_then_audit_then_a_broken_row_is_found(dataset, tmp_path):
    out = tmp_path / "plan"
    asked = ["plan", str(dataset), "--year", "2027", "--out", str(out), "--time-limit", "3"]
    made = run(app, asked)
    assert made.exit_code == 0, made.output
    assert run(app, ["audit", str(out), str(dataset)]).exit_code == 0
    rows = (out / "visits.csv").read_text(encoding="utf-8-sig").splitlines()
    first = rows[1].split(",")
    broken = ",".join([*first[:5], "2027-01-03", "2027-01-03", *first[7:]])
    (out / "visits.csv").write_text("\n".join([rows[0], broken, *rows[2:]]), encoding="utf-8")
    result = run(app, ["audit", str(out), str(dataset)])
    assert result.exit_code == 1
    assert "calendar.working-days" in result.output


def test_a_trial_value_that_cannot_be_read_is_wrong_use(dataset, tmp_path):
    asked = [
        "plan",
        str(dataset),
        "--year",
        "2027",
        "--out",
        str(tmp_path / "p"),
        "--what-if",
        "unit.gap=x",
    ]
    assert run(app, asked).exit_code == 2


def test_a_trial_value_of_an_unknown_rule_is_a_clear_word(dataset, tmp_path):
    asked = [
        "plan",
        str(dataset),
        "--year",
        "2027",
        "--out",
        str(tmp_path / "p"),
        "--what-if",
        "unit.gaps=3",
    ]
    result = run(app, asked)
    assert result.exit_code == 1
    assert "unit.gaps" in result.output
    assert isinstance(result.exception, SystemExit)


def test_a_folder_with_somebody_else_s_files_is_not_overwritten(dataset, tmp_path):
    out = tmp_path / "mine"
    out.mkdir()
    (out / "letter.txt").write_text("quan trọng", encoding="utf-8")
    asked = ["plan", str(dataset), "--year", "2027", "--out", str(out), "--time-limit", "1"]
    assert run(app, asked).exit_code == 1
    assert [p.name for p in out.iterdir()] == ["letter.txt"]


def test_a_sample_is_not_written_over_a_user_s_tables(dataset):
    before = (dataset / "units.csv").read_bytes()
    result = run(
        app,
        [
            "sample",
            str(dataset),
            "--units",
            "20",
            "--inspectors",
            "8",
            "--staff",
            "100",
            "--seed",
            "5",
        ],
    )
    assert result.exit_code == 1
    assert str(dataset) in result.output
    assert (dataset / "units.csv").read_bytes() == before
