"""The law cases of moves, read twice: by the checker on dates, by the solver's limits on numbers."""

import pytest

from scheduler.move_rules import MOVE_RULES
from scheduler.move_rules.base import by_shape
from scheduler.rotation_audit import audit_rotation
from solver.moves.verify import verify
from tests.moves_law_cases import move_cases, problem, view

CASES = list(move_cases())
BOTH_WAYS = [case for case in CASES if case["solver"] != "cannot"]
# Held by the shape of a MovesProblem: groups, desks handed on one to one, twelve waves.
GROUPS = {"move.profession", "move.rank"}


def named(case):
    return case["name"]


def asked_by_solver(case):
    """Ids of the rules that the limits say are broken; a group stands for profession and rank."""
    labels = {line.split(":")[0] for line in verify(*problem(case))}
    if "move.tail" in labels:
        labels.add("move.desk")  # the last post of the chain is left empty
    return {"move.pins" if label == "pin" else label for label in labels}


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_checker_reads_the_case_as_the_lawyer_does(case):
    assert sorted({breach.rule for breach in audit_rotation(view(case))}) == sorted(case["broken"])


@pytest.mark.parametrize("case", BOTH_WAYS, ids=named)
def test_the_solver_never_allows_what_the_checker_forbids(case):
    asked = asked_by_solver(case)
    assert set(case["broken"]) <= (asked | GROUPS if "group" in asked else asked)


@pytest.mark.parametrize("case", [c for c in BOTH_WAYS if not c["broken"]], ids=named)
def test_the_solver_allows_what_is_lawful_unless_the_case_says_it_is_stricter(case):
    assert bool(asked_by_solver(case)) == (case["solver"] == "stricter")


@pytest.mark.parametrize("rule", MOVE_RULES, ids=lambda rule: rule.id)
def test_each_move_rule_has_a_case_that_breaks_it(rule):
    breaking = [case for case in CASES if rule.id in case["broken"]]
    assert breaking
    if rule.enforce is not by_shape:
        assert any(case["solver"] != "cannot" for case in breaking) or rule.id == "move.tail"


def test_a_breach_names_the_moves_the_rows_and_the_paper():
    case = next(c for c in CASES if c["broken"] == ["move.cycle-length"])
    (breach,) = audit_rotation(view(case))
    assert breach.visits == ("M1", "M2", "M3", "M4")
    assert breach.rows == (2, 3, 4, 5)
    assert breach.source
    assert "4" in breach.message.say("vi")
