"""The house's own laws: where things stand, how large they are, and what must never be written."""

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from api.cli import app
from data.rulefiles import read_rules
from scheduler.move_rules import MOVE_RULES
from scheduler.rules import RULES

ROOT = Path(__file__).parent.parent
FLOORS = ("api", "data", "scheduler", "solver")
TOP = {
    "api", "data", "scheduler", "solver", "tests", ".ci", ".gitignore", "congvu", "pyproject.toml",
    "requirements.lock", "CHANGELOG.md", "LICENSE", "README.md",
}  # fmt: skip
STEPS = "data/migrations/versions/"  # written by a machine, read once
MODULES = [
    file
    for floor in FLOORS
    for file in sorted((ROOT / floor).rglob("*.py"))
    if STEPS not in file.as_posix()
]
SOURCE = {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in MODULES}
TREES = {name: ast.parse(text) for name, text in SOURCE.items()}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def project_files():
    """Every file that belongs to the project, by path."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout.split("\0")  # fmt: skip
        names = [name for name in listed if name and (ROOT / name).is_file()]
    except (OSError, subprocess.CalledProcessError):
        names = []
    if names:
        return sorted(names)
    tops = [ROOT / name for name in TOP]
    files = [f for top in tops for f in ([top] if top.is_file() else top.rglob("*"))]
    return sorted(
        f.relative_to(ROOT).as_posix()
        for f in files
        if f.is_file() and "__pycache__" not in f.parts
    )


FILES = project_files()


def functions(name):
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def matches(pattern, texts):
    """`file:line` of every line that matches."""
    return [
        f"{name}:{number}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]


def text_files():
    for name in FILES:
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


# --- a rule has one id and its homes -----------------------------------------------------------------


@pytest.mark.parametrize("rule", [*RULES, *MOVE_RULES], ids=lambda rule: rule.id)
def test_a_rule_has_a_value_both_readings_and_a_law_case(rule):
    home = "scheduler.rules." if rule in RULES else "scheduler.move_rules."
    cases = [
        c
        for f in (ROOT / "tests/law").glob("*.toml")
        for c in tomllib.loads(f.read_text("utf-8"))["case"]
    ]
    assert rule.id in {row.id for row in read_rules()}
    assert rule.check.__module__.startswith(home)
    assert rule.enforce.__module__ in (rule.check.__module__, f"{home}base")
    assert any(rule.id in case.get("broken", ()) for case in cases)


def test_a_rule_stands_on_the_page_of_rules(small_office):
    page = small_office.client("inspector").get("/rules", headers={"accept": "text/html"}).text
    shown = re.findall(r'<li id="([^"]+)">', page)
    assert shown == [row.id for row in read_rules()]
    assert {rule.id for rule in (*RULES, *MOVE_RULES)} <= set(shown)


def test_a_value_in_the_rule_files_is_read_by_somebody():
    code = "\n".join(text for name, text in SOURCE.items() if name.startswith("scheduler/"))
    of_a_family = set(re.findall(r'f"([a-z-]+\.)\{', code))
    unread = [
        row.id
        for row in read_rules()
        if f'"{row.id}"' not in code
        and not any(row.id.startswith(family) for family in of_a_family)
    ]
    assert unread == []


def test_a_rule_id_stands_once_in_the_table_of_contents():
    ids = [rule.id for rule in (*RULES, *MOVE_RULES)]
    assert len(ids) == len(set(ids))


# --- sizes and names ---------------------------------------------------------------------------------


def test_a_file_is_read_in_one_sitting():
    lines = {name: text.count("\n") for name, text in SOURCE.items()}
    assert [name for name, n in lines.items() if n > 300] == []
    assert statistics.median(lines.values()) < 120


def test_a_function_stands_on_one_screen():
    long = [
        f"{name}:{node.name}"
        for name in SOURCE
        for node in functions(name)
        if node.end_lineno - node.lineno >= 60
    ]
    assert long == []


def test_no_file_is_a_drawer_for_anything():
    drawers = {"utils", "util", "helpers", "helper", "misc", "common", "tools"}
    assert [name for name in FILES if Path(name).stem in drawers] == []


def test_the_top_level_holds_what_the_architecture_names():
    assert {Path(name).parts[0] for name in FILES} <= TOP


def test_every_public_name_says_what_it_is():
    silent = [
        f"{name}:{node.lineno}"
        for name in SOURCE
        for node in [TREES[name], *TREES[name].body]
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and not getattr(node, "name", "").startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


# --- what must never be written ----------------------------------------------------------------------


def test_the_solvers_known_crashes_are_not_called():
    assert matches(r"\.Proto\(|interleave_search", SOURCE) == []


def test_every_solver_is_told_its_number_of_workers():
    assert [
        n for n, text in SOURCE.items() if "CpSolver()" in text and "num_workers" not in text
    ] == []


def test_day_and_chance_are_arguments():
    today = r"\bdate\.today\(|datetime\.(now|today)\("
    luck = r"np\.random\.(seed|rand|choice|shuffle)\(|\brandom\.(seed|random|choice)\("
    assert matches(f"{today}|{luck}", SOURCE) == []


def test_nothing_in_the_project_knows_this_machine_or_waits_to_be_done():
    words = [
        "TO" + "DO", "FIX" + "ME", "X" * 3, "/ro" + "ot/", "/wo" + "rk/", "/tmp/" + "brief",
        "pypi" + ".org", "python" + "hosted", "host.docker" + ".internal",
    ]  # fmt: skip
    pattern = "|".join(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])" for word in words)
    ours = {name: text for name, text in text_files() if "/vendor/" not in name}
    assert matches(pattern, ours) == []


def test_a_page_needs_no_network():
    pages = {
        n: t
        for n, t in text_files()
        if n.startswith(FLOORS)
        and n.endswith((".html", ".css", ".js", ".svg"))
        and "/vendor/" not in n
    }  # of what others wrote, only a browser can tell: tests/browser
    assert pages
    assert matches(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]", pages) == []


# --- what is installed -------------------------------------------------------------------------------


def locked():
    """Name and version of everything in the lock."""
    return [
        (canonicalize_name(n), v)
        for n, v in re.findall(r"(?m)^([A-Za-z0-9._-]+)==([^ ;\\]+)", LOCK)
    ]


def asked_for(group):
    return [Requirement(line) for line in group if isinstance(line, str)]


def test_the_lock_names_no_host():
    assert (
        matches(r"https?:|//|\b[a-z0-9-]+\.(org|com|net|io|dev)\b|^-", {"requirements.lock": LOCK})
        == []
    )


def test_every_locked_version_has_a_digest():
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", LOCK)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_holds_what_the_project_asks_for():
    groups = [PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"].values()]
    missing = [
        str(need)
        for group in groups
        for need in asked_for(group)
        if not any(
            name == canonicalize_name(need.name) and v in need.specifier for name, v in locked()
        )
    ]
    assert missing == []


def test_the_project_asks_for_what_it_imports_and_for_nothing_else():
    used = set()
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                used |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                used.add(node.module.split(".")[0])
    used -= {*sys.stdlib_module_names, *FLOORS, "pytest"}  # `congvu test` is for a checkout
    used -= {"authlib", "httpx2", "itsdangerous", "joserfc"}  # the extra `oidc`
    used |= {"psycopg", "python_multipart"}  # SQLAlchemy and FastAPI import these
    sold_as = packages_distributions()
    bought = {canonicalize_name(sold_as[name][0]) for name in used}
    assert bought == {
        canonicalize_name(need.name) for need in asked_for(PROJECT["project"]["dependencies"])
    }


# --- the first screen --------------------------------------------------------------------------------


def commands():
    single = {c.name or c.callback.__name__.replace("_", "-") for c in app.registered_commands}
    return single | {group.name for group in app.registered_groups}


def test_the_readme_shows_every_command_and_no_other():
    shown = set(re.findall(r"(?m)(?:\./|`)congvu ([a-z][a-z-]*)", README))
    assert shown == commands()


def test_every_place_that_the_readme_names_is_there():
    named = re.findall(r"`((?:\.ci|api|data|scheduler|solver|tests)/[A-Za-z0-9_./*-]*)`", README)
    named += re.findall(r"\]\(([a-z][^):]*)\)", README)
    assert named
    assert [place for place in named if not list(ROOT.glob(place.rstrip("/")))] == []


def test_the_two_commands_run_as_files():
    assert all((ROOT / name).stat().st_mode & 0o111 for name in ("congvu", ".ci/run"))
