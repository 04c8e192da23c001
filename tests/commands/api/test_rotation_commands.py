"""Flags, forecast and rotate as a person types them: what is printed, exit status, Ctrl-C."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from data.sample import sample_tables, write_dataset
from scheduler.journeys import audit_rotation_plan

run = CliRunner().invoke
RUN = (  # Ctrl-C is heard also where the tests run in the background, which shells start deaf to it
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from api.cli import main; main(sys.argv[1:])"
)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("commands") / "data"
    write_dataset(sample_tables(30, 12, 1_200, 2, 2027, 6), folder)
    return folder


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_flags_are_written_in_three_forms(dataset, tmp_path, suffix):
    out = tmp_path / f"flags{suffix}"
    result = run(app, ["flags", str(dataset), "--on", "22/11/2026", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "1200 người" in result.output
    assert out.stat().st_size


def test_another_kind_of_file_is_refused_before_anything_is_read(tmp_path):
    out = tmp_path / "flags.doc"
    result = run(app, ["flags", str(tmp_path), "--on", "2027-01-01", "--out", str(out)])
    assert result.exit_code == 1
    assert ".parquet" in result.output


@pytest.mark.parametrize(
    "wrong",
    [
        ["flags", "x", "--on", "2027-01-01"],
        ["flags", "x", "--on", "2027-01-01", "--out", "y.csv", "--staff", "CB1"],
        ["flags", "x", "--on", "31/02/2027", "--out", "y.csv"],
        ["forecast", "x", "--from", "2031", "--to", "2027", "--out", "y.csv"],
        ["rotate", "x", "--year", "2027", "--out", "y", "--reading", "both"],
        ["rotate", "x", "--year", "2027", "--out", "y", "--without", "CB1"],
    ],
)
def test_wrong_use_ends_with_two(wrong):
    assert run(app, wrong).exit_code == 2


@pytest.mark.parametrize(("lang", "word"), [("vi", "Thời gian giữ vị trí"), ("en", "clock")])
def test_one_person_is_told_step_by_step_in_either_language(dataset, lang, word):
    asked = ["flags", str(dataset), "--on", "2027-01-01", "--staff", "CB0020", "--lang", lang]
    result = run(app, asked)
    assert result.exit_code == 0, result.output
    assert "CB0020" in result.output
    assert result.output.count("\n  - ") >= 4
    assert word in result.output or lang == "en"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".html"])
def test_a_forecast_names_its_peak_and_draws_it(dataset, tmp_path, suffix):
    out = tmp_path / f"dues{suffix}"
    asked = ["forecast", str(dataset), "--from", "2027", "--to", "2031", "--out", str(out)]
    result = run(app, asked)
    assert result.exit_code == 0, result.output
    assert "Đợt cao điểm" in result.output
    assert (tmp_path / "dues.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_plan_of_moves_is_made_judged_and_spoiled(dataset, tmp_path):
    out = tmp_path / "moves"
    asked = ["rotate", str(dataset), "--year", "2027", "--out", str(out), "--time-limit", "3"]
    made = run(app, [*asked, "--lang", "en"])
    assert made.exit_code == 0, made.output
    assert "people due" in made.output
    assert run(app, ["audit", str(out), str(dataset)]).exit_code == 0
    file = out / "moves.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, "X" + lines[-1]]) + "\n", encoding="utf-8")
    judged = run(app, ["audit", str(out), str(dataset)])
    assert judged.exit_code == 1
    assert "move.once" in judged.output


def test_ctrl_c_keeps_the_best_moves_and_says_so(dataset, tmp_path):
    asked = [
        "rotate",
        str(dataset),
        "--year",
        "2027",
        "--out",
        str(tmp_path / "m"),
        "--time-limit",
        "60",
    ]
    work = subprocess.Popen(
        [sys.executable, "-c", RUN, *asked],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        cwd=Path(__file__).parents[2], start_new_session=True,
    )  # fmt: skip
    for line in work.stderr:
        if line.strip():  # the first line of progress
            os.kill(work.pid, signal.SIGINT)
            break
    said, _ = work.communicate(timeout=120)
    assert work.returncode == 0
    assert "Đã dừng theo yêu cầu" in said or "Chỉ có kế hoạch đầu tiên" in said
    assert audit_rotation_plan(tmp_path / "m", dataset)[2] == []
