"""Stopping a plan in the middle: Ctrl-C keeps the best plan, a killed solver is survived and said."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data.sample import sample_tables, write_dataset
from scheduler.journeys import audit_plan

RUN = (  # Ctrl-C is heard also where the tests run in the background, which shells start deaf to it
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from api.cli import main; main(sys.argv[1:])"
)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stop") / "data"
    write_dataset(sample_tables(40, 16, 200, 1, 2027, 8), folder)
    return folder


def planning(dataset: Path, out: Path) -> "subprocess.Popen[str]":
    asked = ["plan", str(dataset), "--year", "2027", "--out", str(out), "--time-limit", "60"]
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *asked],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        cwd=Path(__file__).parents[2], start_new_session=True,
    )  # fmt: skip


def wait_for_teams(work: "subprocess.Popen[str]") -> None:
    assert work.stderr is not None
    for line in work.stderr:
        if "xếp đoàn" in line or "cải thiện" in line:
            return


def solver_of(work: "subprocess.Popen[str]") -> int:
    for _ in range(100):
        children = Path(f"/proc/{work.pid}/task/{work.pid}/children").read_text().split()
        if children:
            return int(children[0])
        time.sleep(0.1)
    raise AssertionError


def test_ctrl_c_keeps_the_best_plan_and_says_so(dataset, tmp_path):
    work = planning(dataset, tmp_path / "plan")
    wait_for_teams(work)
    os.kill(work.pid, signal.SIGINT)
    said, _ = work.communicate(timeout=60)
    assert work.returncode == 0
    assert "Đã dừng theo yêu cầu" in said
    assert audit_plan(tmp_path / "plan", dataset)[2] == []


@pytest.mark.skipif(sys.platform != "linux", reason="asks the process table of Linux")
def test_a_solver_that_is_killed_is_tried_again_and_the_plan_is_legal(dataset, tmp_path):
    work = planning(dataset, tmp_path / "plan")
    os.kill(solver_of(work), signal.SIGKILL)
    wait_for_teams(work)
    os.kill(work.pid, signal.SIGINT)
    said, _ = work.communicate(timeout=60)
    assert work.returncode == 0
    assert "Bộ giải gặp sự cố" in said
    assert audit_plan(tmp_path / "plan", dataset)[2] == []


@pytest.mark.skipif(sys.platform != "linux", reason="asks the process table of Linux")
def test_no_solver_outlives_a_program_that_is_killed(dataset, tmp_path):
    work = planning(dataset, tmp_path / "plan")
    solver = solver_of(work)
    time.sleep(1.0)
    work.kill()
    work.communicate(timeout=30)
    for _ in range(50):
        if not Path(f"/proc/{solver}").exists():
            break
        time.sleep(0.1)
    assert not Path(f"/proc/{solver}").exists()
    assert not (tmp_path / "plan").exists()
