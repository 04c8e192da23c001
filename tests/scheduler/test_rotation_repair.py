"""A published plan is mended row by row: what stands keeps its ids, what changed is listed."""

from dataclasses import replace
from datetime import date

import pytest

from data.records import Deferral, Posting, RotationPlan
from scheduler.repaired_plan import repaired_plan
from scheduler.rotation_audit import audit_rotation
from scheduler.rotation_plan import to_moves, to_moves_problem
from scheduler.rotation_repair import RepairRefused, repair_order
from solver.moves.problem import Exchange, MovesSolution
from solver.moves.repair import repair
from solver.settings import Settings
from tests.rotation_offices import YEAR, case_of, post, rotation_office, view_of

QUICK = Settings(time_limit_s=10.0, workers=1)
APRIL, MAY = 3, 4
DAY = date(YEAR, 2, 1)


def published(office=None):
    """An and Bình swap in April; Lý takes the empty post in May."""
    case = case_of(office or rotation_office())
    number, desk = case.mover_number, case.desk_numbers
    swap = Exchange(
        "cycle", (number["An"], number["Bình"]), (desk["Hai"][0], desk["Một"][0]), APRIL
    )
    chain = Exchange("chain", (number["Lý"],), (desk["Trống"][0],), MAY)
    problem = to_moves_problem(case)
    moves = to_moves(case, problem, MovesSolution((swap, chain)))
    return case, problem, RotationPlan(YEAR, moves, (), {"plan_id": "x"})


def mend(case, problem, plan, without, on=DAY):
    order = repair_order(plan, case, problem, without, on)
    repaired = repair(
        order.problem,
        order.solution,
        set(order.out),
        QUICK,
        first_wave=order.first_wave,
        torn=order.torn,
    )
    return repaired_plan(plan, case, order, repaired)


def rows(plan):
    return {(m.staff_id, m.to_position, m.wave) for m in plan.moves}


def test_who_stays_behind_gets_another_partner_and_the_rest_keeps_its_ids():
    case, problem, plan = published()
    new = mend(case, problem, plan, ["Bình"])
    facts = new.facts["repair"]
    assert {m.staff_id for m in new.moves} >= {"An"}
    assert "Bình" not in {m.staff_id for m in new.moves}
    assert facts["kept"] == len(rows(plan) & rows(new)) == 1
    known = {(m.staff_id, m.to_position, m.wave): m.move_id for m in plan.moves}
    assert all(
        known.get((m.staff_id, m.to_position, m.wave), m.move_id) == m.move_id for m in new.moves
    )
    assert [m["staff_id"] for m in facts["removed"]] == ["An", "Bình"]
    assert facts["unplaced"] == []
    assert new.facts["plan_id"] == "x"
    assert [row.staff_id for row in new.unplaced] == ["Bình"]
    assert len({m.move_id for m in new.moves}) == len(new.moves)


def test_the_mended_plan_is_lawful_to_the_checker():
    case, problem, plan = published()
    new = mend(case, problem, plan, ["Bình"])
    moves = tuple(replace(m, row=n) for n, m in enumerate(new.moves, 2))
    found = audit_rotation(view_of(replace(new, moves=moves), case.office, on=case.on))
    assert [b.rule for b in found] == []


def test_somebody_deferred_in_the_data_by_now_can_still_be_taken_out():
    ill = Deferral("Bình", "illness", date(YEAR, 1, 1))
    _, _, plan = published()
    case = case_of(rotation_office(deferrals=(ill,)))
    new = mend(case, to_moves_problem(case), plan, ["Bình"])
    assert "Bình" not in {m.staff_id for m in new.moves}
    assert "Hai" not in {m.to_position for m in new.moves}
    assert "illness" not in repr(new)


def test_moves_before_the_day_stay_and_new_ones_keep_the_notice():
    case, problem, plan = published()
    new = mend(case, problem, plan, ["Lý"], on=date(YEAR, 4, 20))
    assert {r for r in rows(new) if r[2] == APRIL + 1} == {
        r for r in rows(plan) if r[2] == APRIL + 1
    }
    assert all(m["wave"] >= 6 for m in new.facts["repair"]["new"])


def test_nobody_who_has_moved_already_or_is_in_no_move_can_be_taken_out():
    case, problem, plan = published()
    with pytest.raises(RepairRefused) as refused:
        repair_order(plan, case, problem, ["An", "Chi"], date(YEAR, 4, 20))
    assert [fault.say("vi").split()[0] for fault in refused.value.faults] == ["Chi", "An"]


def told(plan):
    return {change["about"]: change for change in plan.facts["repair"]["changes"]}


def lawful(plan, case):
    moves = tuple(replace(m, row=n) for n, m in enumerate(plan.moves, 2))
    return audit_rotation(view_of(replace(plan, moves=moves), case.office, on=case.on)) == []


def test_somebody_who_left_the_post_outside_the_plan_falls_out_by_the_data():
    _, _, plan = published()
    office = rotation_office(
        without=("An",),
        positions=(post("Khác", "Xã Ba"),),
        postings=(Posting("An", "Khác", date(2022, 5, 10)),),
    )
    case = case_of(office)
    new = mend(case, to_moves_problem(case), plan, [])
    assert "An" not in {m.staff_id for m in new.moves}
    assert told(new)["An"]["what"] == "dropped"
    assert "Một" in told(new)["An"]["reasons_vi"][0]
    assert told(new)["Lý"]["what"] == "kept"
    assert lawful(new, case)


def test_a_past_move_that_the_data_do_not_bear_out_is_refused():
    _, _, plan = published()
    office = rotation_office(
        without=("An",),
        positions=(post("Khác", "Xã Ba"),),
        postings=(Posting("An", "Khác", date(2022, 5, 10)),),
    )
    case = case_of(office)
    with pytest.raises(RepairRefused) as refused:
        repair_order(plan, case, to_moves_problem(case), [], date(YEAR, 4, 20))
    assert any("An" in fault.say("vi") for fault in refused.value.faults)


def test_a_post_that_vanished_breaks_only_the_move_into_it():
    _, _, plan = published()
    office = rotation_office()
    kept = tuple(p for p in office.positions if p.position_id != "Trống")
    case = case_of(replace(office, positions=kept))
    new = mend(case, to_moves_problem(case), plan, [])
    assert "Trống" not in {m.to_position for m in new.moves}
    assert {who: told(new)[who]["what"] for who in ("An", "Bình")} == {"An": "kept", "Bình": "kept"}
    assert told(new)["Lý"]["what"] in ("changed", "dropped")
    assert "Trống" in told(new)["Lý"]["reasons_vi"][0]
    assert lawful(new, case)


def test_data_that_did_not_change_leave_every_move():
    case, problem, plan = published()
    new = mend(case, problem, plan, [])
    assert rows(new) == rows(plan)
    assert new.moves == plan.moves
    assert {change["what"] for change in told(new).values()} == {"kept"}


def test_a_deadline_that_moved_before_the_move_brings_the_move_forward():
    _, _, plan = published()
    office = rotation_office()
    sooner = date(2022, 3, 10)  # five years end in March; the swap was in April
    early = tuple(
        replace(p, start=sooner) if p.staff_id == "An" and p.end is None else p
        for p in office.postings
    )
    case = case_of(replace(office, postings=early))
    new = mend(case, to_moves_problem(case), plan, [], on=date(YEAR, 1, 4))
    waves = {m.staff_id: m.wave for m in new.moves}
    assert waves["An"] <= 3
    assert told(new)["An"]["what"] == "changed"
    assert "An" in told(new)["An"]["reasons_vi"][0]
    assert "Bình" in waves
    assert lawful(new, case)


def test_rows_that_form_no_exchange_are_refused():
    case, problem, plan = published()
    broken = replace(plan, moves=(replace(plan.moves[0], to_position="Trống"), *plan.moves[1:]))
    with pytest.raises(RepairRefused):
        repair_order(broken, case, problem, ["Lý"], DAY)
