"""The law cases, read twice: by the checker on dates, by the solver's limits on day numbers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.rulefiles import read_rules
from scheduler.audit import audit
from scheduler.move_rules import MOVE_RULES
from scheduler.rulebook import in_force
from scheduler.rules import RULES
from solver.visits.verify import verify
from tests.law_cases import law_cases, problem, view

DECREE_217 = date(2025, 8, 5)
DECISION_1187 = date(2025, 10, 15)
DAY_BEFORE = DECISION_1187 - timedelta(days=1)
CASES = list(law_cases())
BOTH_WAYS = [case for case in CASES if case["solver"] != "cannot"]
# Held by the shape of a Problem (working days in a row, teams of known people), not by a limit.
BY_SHAPE = {
    "calendar.working-days",
    "calendar.in-year",
    "team.size",
    "person.exists",
    "plan.complete",
}


def named(case):
    return case["name"]


def asked_by_solver(case):
    return {line.split(":")[0].replace("pin", "pins") for line in verify(*problem(case, RULES))}


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_checker_reads_the_case_as_the_lawyer_does(case):
    assert sorted({breach.rule for breach in audit(view(case))}) == sorted(case["broken"])


@pytest.mark.parametrize("case", BOTH_WAYS, ids=named)
def test_the_solver_never_allows_what_the_checker_forbids(case):
    assert set(case["broken"]) <= asked_by_solver(case)


@pytest.mark.parametrize("case", [c for c in BOTH_WAYS if not c["broken"]], ids=named)
def test_the_solver_allows_what_is_lawful_unless_the_case_says_it_is_stricter(case):
    assert bool(asked_by_solver(case)) == (case["solver"] == "stricter")


def test_what_binds_and_what_the_solver_is_told_are_the_same_rules():
    rows = read_rules()
    known = {rule.id for rule in (*RULES, *MOVE_RULES)}
    at_the_register = {"measure.most-days"}  # held where a measure is written; no plan reads it
    assert {row.id for row in rows if row.binding == "must"} == known | at_the_register


def test_a_value_is_cited_by_the_paper_in_force_on_the_day():
    before, after = (
        in_force(read_rules(), day)["coverage.target"] for day in (DAY_BEFORE, DECISION_1187)
    )
    assert "876" in before.source
    assert "1187" in after.source
    assert before.value == after.value


def test_a_rule_that_was_not_in_force_yet_binds_nobody():
    case = next(c for c in CASES if c["broken"] == ["visit.length", "visit.one-week"])
    earlier = replace(view(case), rulebook=in_force(read_rules(), DECREE_217 - timedelta(days=1)))
    assert {breach.rule for breach in audit(earlier)} == {"visit.one-week"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_has_a_case_that_breaks_it(rule):
    breaking = [case for case in CASES if rule.id in case["broken"]]
    assert breaking
    if rule.id not in BY_SHAPE:
        assert any(case["solver"] != "cannot" for case in breaking)
