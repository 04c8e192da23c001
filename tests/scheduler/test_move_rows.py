"""Exchanges as rows of moves.csv, and what the checker says of rows that were spoiled by hand."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.records import Deferral, Move, RotationPlan, Unplaced
from scheduler.rotation_audit import audit_rotation
from scheduler.rotation_plan import to_moves, to_moves_problem
from solver.moves.greedy import greedy_swaps
from solver.moves.problem import Exchange, MovesSolution
from tests.made_up_rotation import made_up_rotation
from tests.rotation_offices import RULEBOOK, YEAR, case_of, rotation_office, unit, view_of
from tests.tries import tries

APRIL = 3
NO_PINS = {"move_pins": ()}


def rows_and_rest(case, solution, problem=None):
    moves = to_moves(case, problem or to_moves_problem(case), solution)
    moved = {move.staff_id for move in moves}
    return moves, tuple(Unplaced(who, "hết chỗ") for who in case.part("due") if who not in moved)


def breaches(case, moves, unplaced):
    moves = tuple(replace(move, row=n) for n, move in enumerate(moves, 2))
    plan = RotationPlan(YEAR, moves, unplaced)
    return audit_rotation(view_of(plan, case.office, RULEBOOK, case.on, case.flags))


def lawful_year():
    """The small office and a plan of a swap and a chain in it."""
    case = case_of(rotation_office())
    swap = Exchange("cycle", (1, 0), (0, 1), APRIL)
    empty = case.desk_numbers["Trống"][0]
    chain = Exchange("chain", (case.mover_number["Lý"],), (empty,), 4)
    return case, MovesSolution((chain, swap))


def test_rows_come_by_wave_with_ids_kinds_instruments_and_days():
    case, solution = lawful_year()
    first, second, third = to_moves(case, to_moves_problem(case), solution)
    assert [m.move_id for m in (first, second, third)] == [f"CD-2027-000{n}" for n in (1, 2, 3)]
    assert [m.cycle_id for m in (first, second, third)] == ["V-2027-001"] * 2 + ["V-2027-002"]
    assert (first.staff_id, first.from_position, first.to_position) == ("An", "Một", "Hai")
    assert (first.effective_date, first.wave, first.days_before_limit) == (date(2027, 4, 1), 4, 39)
    assert (first.cycle_kind, third.cycle_kind, third.days_before_limit) == ("swap", "chain", None)
    assert {m.instrument for m in (first, second, third)} == {"transfer"}
    assert first.distance_km is None


def test_the_reason_says_why_and_with_whom():
    case, solution = lawful_year()
    first, _, third = to_moves(case, to_moves_problem(case), solution)
    assert first.reason == (
        "Thời hạn giữ vị trí đến hết ngày 10/05/2027; đổi vị trí với Bình (Bình)."
    )
    assert third.reason == (
        "Vị trí ngoài danh mục, chuyển để người đến hạn có vị trí phù hợp; nhận vị trí đang trống."
    )


def test_a_late_move_says_since_when_the_limit_is_past():
    case, _ = lawful_year()
    late = MovesSolution((Exchange("cycle", (0, 1), (1, 0), 6),))
    first, _ = to_moves(case, to_moves_problem(case), late)
    assert first.reason.startswith("Quá thời hạn giữ vị trí từ ngày 10/05/2027;")
    assert first.days_before_limit == -52


def test_a_cycle_of_three_names_both_neighbours():
    case, _ = lawful_year()
    ring = MovesSolution((Exchange("cycle", (0, 1, 2), (1, 2, 0), APRIL),))
    first, _, third = to_moves(case, to_moves_problem(case), ring)
    assert first.reason.endswith("vị trí của Bình (Bình), vị trí cũ do Chi (Chi) tiếp nhận.")
    assert third.reason.startswith("Chưa đến hạn (15/01/2029)")


def test_the_distance_is_from_home_to_the_new_unit_in_km_with_one_decimal():
    office = rotation_office(units=[unit("Xã Hai", lat=21.0, lon=105.8)])
    staff = tuple(
        replace(s, lat=21.1, lon=105.8) if s.staff_id == "An" else s for s in office.staff
    )
    case = case_of(replace(office, staff=staff))
    swap = MovesSolution((Exchange("cycle", (0, 1), (1, 0), APRIL),))
    first, second = to_moves(case, to_moves_problem(case), swap)
    assert (first.distance_km, second.distance_km) == (11.1, None)


def test_no_reason_names_the_ground_of_a_deferral_that_is_over():
    ground = Deferral("An", "pregnancy_or_child", date(2024, 1, 1), date(2027, 3, 1))
    case = case_of(rotation_office(deferrals=[ground]))
    swap = MovesSolution((Exchange("cycle", (0, 1), (1, 0), APRIL),))
    texts = " ".join(m.reason for m in to_moves(case, to_moves_problem(case), swap))
    assert "thai" not in texts
    assert "con" not in texts.split()


def test_the_order_of_exchanges_and_of_people_in_a_cycle_changes_nothing():
    case, solution = lawful_year()
    problem = to_moves_problem(case)
    chain, _ = solution.exchanges
    other = MovesSolution((Exchange("cycle", (0, 1), (1, 0), APRIL), chain))
    assert to_moves(case, problem, other) == to_moves(case, problem, solution)


@settings(max_examples=tries(25), deadline=None)
@given(st.integers(0, 10**9))
def test_the_greedy_swaps_of_a_made_up_year_are_lawful(seed):
    office = replace(made_up_rotation(Random(seed)), **NO_PINS)
    case = case_of(office)
    problem = to_moves_problem(case)
    assert breaches(case, *rows_and_rest(case, greedy_swaps(problem), problem)) == []


SPOILED = {
    "move.known": lambda m: replace(m, from_position="Ba"),
    "move.profession": lambda m: replace(m, to_position="Văn thư 0 Xã Hai"),
    "move.rank": lambda m: replace(m, to_position="Văn thư 0 Xã Hai"),
    "move.elsewhere": lambda m: replace(m, to_position=m.from_position),
    "move.desk": lambda m: replace(m, to_position="Bốn"),
    "move.form": lambda m: replace(m, cycle_id=""),
    "move.waves": lambda m: replace(m, effective_date=date(2027, 4, 5)),
    "move.closed": lambda m: replace(m, effective_date=date(2027, 12, 1), wave=12),
    "move.tet": lambda m: replace(m, effective_date=date(2027, 2, 1), wave=2),
    "move.notice": lambda m: replace(m, effective_date=date(2027, 1, 4), wave=1),
    "move.instrument": lambda m: replace(m, instrument="assignment"),
    "move.term-min": lambda m: replace(m, staff_id="Đào", from_position="Bốn"),
    "move.complete": lambda m: replace(m, staff_id="Lý", from_position="Ngoài"),
    "move.once": lambda m: replace(m, staff_id="Bình", from_position="Hai"),
}


@pytest.mark.parametrize("rule", SPOILED)
def test_a_breach_that_is_planted_in_a_lawful_plan_is_found_with_its_row(rule):
    case, solution = lawful_year()
    moves, unplaced = rows_and_rest(case, solution)
    assert breaches(case, moves, unplaced) == []
    found = breaches(case, (SPOILED[rule](moves[0]), *moves[1:]), unplaced)
    mine = [breach for breach in found if breach.rule == rule]
    assert mine
    assert rule == "move.complete" or any(2 in breach.rows for breach in mine)


def test_breaches_come_in_the_order_of_the_rows_and_those_without_a_row_last():
    case, solution = lawful_year()
    moves, _ = rows_and_rest(case, solution)
    wrong = (replace(moves[1], instrument="?"), replace(moves[2], instrument="?"))
    rows = [breach.rows for breach in breaches(case, wrong, ())]
    assert rows == sorted(rows, key=lambda r: min(r, default=99))
    assert rows[-1] == ()


ODD = st.sampled_from(["", "An", "Bình", "Lý", "Một", "Hai", "Trống", "Ngoài", "Ma", "=1+1"])
DAYS = st.none() | st.sampled_from([date(1, 1, 1), date(9999, 12, 31), date(2027, 4, 1)])


@pytest.mark.parametrize("day", [date.min, date.max, date(2025, 12, 1), date(2029, 1, 2)])
def test_a_day_far_from_the_year_is_a_breach_of_the_waves(day):
    case, solution = lawful_year()
    moves, unplaced = rows_and_rest(case, solution)
    far = tuple(replace(move, effective_date=day) for move in moves)
    assert "move.waves" in {breach.rule for breach in breaches(case, far, unplaced)}


@settings(max_examples=tries(60), deadline=None)
@given(st.lists(st.tuples(ODD, ODD, ODD, DAYS, ODD, st.integers(-5, 99)), max_size=6))
def test_rows_that_make_no_sense_are_breaches_and_never_an_error(rows):
    case, _ = lawful_year()
    moves = [
        Move(f"M{n}", who, old, new, wave, day, "", cycle, "", None, None, row=n + 2)
        for n, (who, old, new, day, cycle, wave) in enumerate(rows)
    ]
    assert breaches(case, moves, ())
