"""The stand-alone verifier: a good record is good, a tampered one is not, and anybody can run it."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data.draws import verify_record
from scheduler.surprise.draw import canonical, digest
from tests.draw_seasons import copied, lines, problems, told
from tests.draw_tamperings import ONLY_WITH_ANCHORS, TAMPERINGS, Forger, record

PROGRAM = Path(verify_record.__file__)


def posted(season):
    """The heads of the lines that were posted outside: those that open, seal and draw."""
    kinds = ("epoch", "commit", "draw")
    every = lines(season)
    return [(line["n"], digest(canonical(line))) for line in every if line["type"] in kinds] + [
        (every[-1]["n"], digest(canonical(every[-1])))
    ]


@pytest.fixture(scope="module")
def good():
    return record()


@pytest.fixture
def forger(good, tmp_path):
    return Forger(copied(good, tmp_path))


def test_an_untouched_record_is_good(good):
    assert problems(good, posted(good)) == []


def test_what_the_forger_only_copies_is_still_good(forger):
    forger.chain(drawn=True, rehash=forger.days[:1])
    assert problems(forger.season) == []


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_a_tampering_is_seen_without_any_posted_head(forger, tamper):
    tamper(forger)
    assert problems(forger.season) != []


@pytest.mark.parametrize("tamper", ONLY_WITH_ANCHORS, ids=lambda tamper: tamper.__name__)
def test_a_whole_rewriting_is_seen_by_posted_heads_and_only_by_them(forger, good, tamper):
    heads = posted(good)
    tamper(forger)
    assert problems(forger.season) == []
    assert problems(forger.season, heads) != []


def test_anybody_can_run_it_from_anywhere_with_nothing_else(good, tmp_path):
    season = copied(good, tmp_path)
    found = subprocess.run(
        [sys.executable, "-I", "-S", season / "draws" / "verify_record.py", season / "draws"],
        cwd="/", env={"LC_ALL": "C"}, capture_output=True, check=False,
    )  # fmt: skip
    text = found.stdout.decode()
    assert found.returncode == 0, text
    assert "4 tính lại/drawn again" in text
    assert "0 sai lệch/problems" in text


def test_a_public_copy_is_checked_as_far_as_it_goes_and_says_so(good, tmp_path):
    season = copied(good, tmp_path)
    shutil.rmtree(season / "draws" / "opened")
    shutil.rmtree(season / "draws" / "sealed")
    shutil.rmtree(season / "draws" / "planner")
    found = told(season)
    assert found.status == 0
    assert "KHÔNG CÓ BẢNG VÉ / NO TABLES" in found.text
    f = Forger(season)
    f.at("reveal")["secrets"][0]["secret"] = "cd" * 32
    f.chain()
    assert told(season).status == 1


def test_heads_may_stand_in_a_file_or_on_the_command_line(good, tmp_path):
    season = copied(good, tmp_path)
    n, head = posted(good)[1]
    assert told(season, f"{n}:{head}").status == 0
    assert told(season, f"{n}:{'0' * 64}").status == 1
    (season / "draws" / "anchors.txt").write_text(f"{n} {'0' * 64}\n")
    assert told(season).status == 1


@pytest.mark.parametrize(
    "written", ["{n} {head}\n", "\ufeff{n} {head}\r\n", "{n} {head:upper}\n", "{n}:{head}"]
)
def test_posted_heads_are_read_as_people_type_them(good, tmp_path, written):
    season = copied(good, tmp_path)
    file = season / "draws" / "anchors.txt"
    for n, head, status in ((*posted(good)[1], 0), (posted(good)[1][0], "ab" * 32, 1)):
        own = written.replace("{head:upper}", head.upper()).format(n=n, head=head)
        file.write_text(own, encoding="utf-8", newline="")
        found = told(season)
        assert (found.status, "1 mã băm đã công bố" in found.text) == (status, True)


@pytest.mark.parametrize(
    "written", ["3", "xx yy", "3 ab12", "{head}", "-1 {head}", "{n} {head} {n}"]
)
def test_a_posted_head_that_cannot_be_read_is_a_problem_and_no_traceback(good, tmp_path, written):
    season = copied(good, tmp_path)
    n, head = posted(good)[1]
    (season / "draws" / "anchors.txt").write_text(written.format(n=n, head=head))
    found = told(season)
    assert found.status == 1
    assert "anchors.txt: không đọc được" in found.text
    assert "Traceback" not in found.text


def test_a_problem_says_where_in_two_languages(forger):
    forger.at("void")["reason"] = "đơn vị bận"
    forger.chain(sign=False)
    number = forger.at("void")["n"]
    assert any(
        f"dòng/line {number}: chữ ký sai / bad signature" in p for p in problems(forger.season)
    )


def test_a_folder_without_a_record_is_another_status(tmp_path):
    found = subprocess.run([sys.executable, PROGRAM, tmp_path], capture_output=True, check=False)
    assert found.returncode == 2


@pytest.mark.parametrize(
    "line", [b"[]", b"7", b"null", b"{}", b'{"type":"draw"}', b"\xff\xfe", b"[" * 9_000]
)
def test_lines_that_are_no_lines_are_problems_not_tracebacks(forger, line):
    log = forger.folder / "log.jsonl"
    rows = log.read_bytes().splitlines()
    log.write_bytes(b"\n".join([*rows[:5], line, *rows[5:]]) + b"\n")
    assert problems(forger.season) != []


def test_it_imports_the_standard_library_only_and_stays_short():
    text = PROGRAM.read_text(encoding="utf-8")
    imported = {
        alias.name.split(".")[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    imported |= {n.module for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names
    assert text.count("\n") <= 200
    ast.parse(text, feature_version=(3, 9))
