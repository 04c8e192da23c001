"""The unplaced in words: reason, rules, and the relaxation that was solved; only the city's own choices."""

from datetime import date

import pytest

from data.records import Pin, Posting, Relative
from data.rulefiles import read_rules
from scheduler.rotation_plan import to_moves_problem
from scheduler.rulebook import in_force
from scheduler.unplaced import relaxations, unplaced_rows
from solver.moves.explain import reasons
from solver.moves.problem import MovesSolution
from solver.moves.solve_part import solve_exactly
from solver.settings import Settings
from tests.rotation_offices import ON, case_of, post, rotation_office
from tests.solver.small_plans import placed

QUICK = Settings(time_limit_s=30.0, workers=1)


def rows_of(office, solution=None, lang="vi", trial=None):
    """Rows of the unplaced in the best plan of the office, by staff id."""
    case = case_of(office, in_force(read_rules(), ON, trial or {}))
    problem = to_moves_problem(case)
    plan = solve_exactly(problem).solution if solution is None else solution
    left = [n for n, w in enumerate(problem.people) if w.due and n not in placed(plan)]
    whys = reasons(problem, plan, left, relaxations(case, problem), QUICK)
    return {row.staff_id: row for row in unplaced_rows(case, problem, whys, lang)}


def alone(**more):
    """An is due and only Bình could exchange with her."""
    return rotation_office(without=("Chi", "Đào", "Lý"), **more)


def pin(who, row=3):
    return Pin(row, "", "", None, None, "", must=False, reason="", staff_id=who)


def test_a_place_found_by_solving_again_is_told_without_any_relaxation():
    row = rows_of(rotation_office(), MovesSolution(()))["An"]
    assert "tính lại riêng" in row.reason
    assert row.relaxation.startswith("không cần nới quy tắc; đã tính lại và xếp được: đến ")
    assert row.rules == ()


def test_kin_is_named_as_the_reason_and_never_offered_as_a_relaxation():
    kin = (
        Relative("An", f"Văn thư 0 {place}", "anh em") for place in ("Xã Hai", "Xã Ba", "Sở Bốn")
    )
    row = rows_of(alone(relatives=tuple(kin)))["An"]
    assert "move.kin" in row.rules
    assert "Không được nhận vị trí tương đương nào" in row.reason
    assert "move.kin" not in row.relaxation


def test_a_return_ban_may_be_eased_and_the_new_post_is_named():
    old = (
        Posting("An", "Cũ", date(2026, 1, 1), date(2026, 2, 1)),
        Posting("Tân", "Ba", date(2024, 1, 1)),
    )
    office = alone(
        positions=(post("Cũ", "Xã Hai", category="", title="Thủ quỹ"),),
        postings=old,
        relatives=tuple(Relative("An", f"Văn thư 0 {at}", "anh em") for at in ("Xã Ba", "Sở Bốn")),
    )
    row = rows_of(office).get("An")
    assert row is not None
    assert row.rules == ("move.kin", "move.return")
    assert row.relaxation.startswith("cho An trở lại đơn vị cũ trước thời hạn")
    assert "Xã Hai" in row.relaxation


def test_a_paper_that_already_names_somebody_for_another_post_is_the_reason():
    office = alone(postings=(Posting("An", "Trống", date(2027, 2, 15)),))
    row = rows_of(office)["An"]
    assert "Đã có quyết định sang vị trí Trống từ ngày 15/02/2027" in row.reason
    assert "Đã có quyết định" not in rows_of(alone(), MovesSolution(()))["An"].reason


def test_a_pin_that_keeps_somebody_in_place_is_offered_by_its_row():
    row = rows_of(alone(move_pins=(pin("An"),)))["An"]
    assert row.rules == ("pin:3",)
    assert row.relaxation.startswith("bỏ yêu cầu ghim ở dòng 3; ")


def test_the_words_are_there_in_english_too():
    row = rows_of(alone(move_pins=(pin("An"),)), lang="en")["An"]
    assert row.staff_id == "An"
    assert row.reason


@pytest.mark.parametrize("rule", ["move.kin", "move.profession", "move.overlay", "move.desk"])
def test_what_the_law_gives_is_never_in_the_list_of_relaxations(rule):
    case = case_of(rotation_office())
    assert rule not in {r.label for r in relaxations(case, to_moves_problem(case))}


def test_relaxations_come_with_the_prices_of_the_rule_file():
    trial = {"rotation.relaxation-prices": {"unit_share": 7}}
    case = case_of(rotation_office(), in_force(read_rules(), ON, trial))
    offers = relaxations(case, to_moves_problem(case))
    assert [r.price for r in offers if r.kind == "unit_cap"] == [7]
    assert [r.most for r in offers if r.kind == "cycle_length"] == [4, 5]


def test_neighbouring_ranks_may_be_joined_only_within_one_profession():
    office = rotation_office(
        positions=(
            post("Trưởng", "Xã Ba", rank_group="employee"),
            post("Khác", "Xã Ba", rank_group="employee", profession="văn thư"),
        ),
        postings=(Posting("Tân", "Trưởng", date(2022, 5, 1)),),
    )
    case = case_of(office)
    problem = to_moves_problem(case)
    joins = [r for r in relaxations(case, problem) if r.kind == "join"]
    kinds = dict(
        zip(
            (d.group for d in problem.desks),
            case.posts["kind"].reindex(list(case.desks)),
            strict=True,
        )
    )
    for one, other in (pair for r in joins for pair in r.groups):
        assert kinds[one].split("\n")[0] == kinds[other].split("\n")[0]
