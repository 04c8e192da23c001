"""Edits by hand: what follows from a change, what it breaks alone and together, which rows are meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data.calendar import WorkCalendar
from data.records import Move, RotationPlan, Unplaced
from data.words import Message
from scheduler.edits import CellChange, Edit, chosen, judged, lawful_part, name_of, new_breaches
from scheduler.errors import Refused
from scheduler.move_edits import move_edits
from scheduler.rules.base import Breach
from scheduler.visit_edits import VISIT_COLUMNS, visit_edits
from tests.offices import RULEBOOK, row, view_of

MONDAY = date(2027, 3, 1)
ALL = {"visits": frozenset(VISIT_COLUMNS), "reserve": frozenset({"team_days", "follow_up_days"})}
ONE = row("V1", "Xã Một", MONDAY, owner="Sở Nhà", reason="rủi ro cao")
TWO = row("V2", "Xã Hai", date(2027, 4, 5), owner="Sở Nhà")


def plan_of(*rows):
    return replace(view_of(rows).plan, facts={"owner": "Sở Nhà"})


def edits_of(old, new, given=ALL, **reasons):
    return visit_edits(
        plan_of(*old), plan_of(*new), given, lambda a, b: a == b, WorkCalendar(), RULEBOOK, reasons
    )


def changed(edit):
    return {cell.column: (cell.old, cell.new) for cell in edit.cells}


def test_a_moved_visit_has_its_days_counted_again_unless_they_were_written_too():
    moved = replace(
        ONE, start=date(2027, 4, 29), end=date(2027, 5, 4), row=9
    )  # two days off inside
    (edit,) = edits_of([ONE], [moved]).edits
    assert (edit.row, edit.what) == (9, "changed")
    assert changed(edit)["days"] == (1, 2)
    assert [c.column for c in edit.cells if c.derived] == ["days"]
    (edit,) = edits_of([ONE], [replace(moved, days=4)]).edits
    assert changed(edit)["days"] == (1, 4)
    assert not any(cell.derived for cell in edit.cells)


def test_a_row_that_is_gone_is_a_visit_dropped_and_wants_a_reason_of_ten_letters():
    (edit,) = edits_of([ONE, TWO], [TWO]).edits
    assert (edit.key, edit.row, edit.what, edit.wants_reason) == ("V1", 0, "removed", True)
    assert edits_of([ONE, TWO], [TWO], V1="ngắn quá.").edits[0].wants_reason
    (edit,) = edits_of([ONE, TWO], [TWO], V1="vừa đủ mười").edits
    dropped = edit.record
    assert not edit.wants_reason
    assert (dropped.status, dropped.start, dropped.end, dropped.days) == ("dropped", None, None, 0)
    assert (dropped.lead, dropped.members) == ("", ())
    assert dropped.reason == "plan.dropped-by-hand: vừa đủ mười"


def test_a_reason_that_names_a_rule_is_kept_as_it_is():
    (edit,) = edits_of([ONE], [], V1="blackout.unit: đơn vị họp cả tuần").edits
    assert edit.record.reason == "blackout.unit: đơn vị họp cả tuần"


def test_a_visit_dropped_in_its_own_row_may_say_why_there_but_not_repeat_why_it_was_planned():
    gone = replace(ONE, status="dropped", start=None, end=None)
    assert edits_of([ONE], [gone]).edits[0].wants_reason
    (edit,) = edits_of([ONE], [replace(gone, reason="đơn vị đã giải thể")]).edits
    assert not edit.wants_reason
    assert edit.record.reason == "plan.dropped-by-hand: đơn vị đã giải thể"


def test_a_visit_dropped_before_leaves_no_trace_when_its_row_is_deleted():
    gone = replace(ONE, status="dropped", start=None, end=None, reason="team.size: thiếu người")
    found = edits_of([gone, TWO], [TWO])
    assert found.edits == ()
    assert [v.visit_id for v in found.applied(()).visits] == ["V1", "V2"]


def test_an_added_visit_gets_its_days_and_owner():
    new = replace(TWO, days=0, owner="", row=7)
    (edit,) = edits_of([ONE], [ONE, new]).edits
    assert (edit.what, edit.row, edit.record.days, edit.record.owner) == ("added", 7, 1, "Sở Nhà")


def test_columns_and_sheets_that_the_file_does_not_have_did_not_change():
    bare = replace(ONE, reason="", owner="")
    given = {"visits": frozenset({"start", "end", "lead"})}
    assert edits_of([ONE], [bare], given).edits == ()
    moved = replace(bare, lead="Em", row=2)
    found = edits_of([ONE], [moved], given)
    assert found.applied(found.edits).visits[0] == replace(ONE, lead="Em", row=2)


def test_the_weeks_of_the_reserve_are_compared_by_their_monday():
    plan = plan_of(ONE)
    weeks = (replace(plan.reserve[3], team_days=9), *plan.reserve[:3], *plan.reserve[4:])
    found = visit_edits(
        plan, replace(plan, reserve=weeks), ALL, lambda a, b: a == b, WorkCalendar(), RULEBOOK, {}
    )
    (edit,) = found.edits
    assert (edit.table, edit.key) == ("reserve", plan.reserve[3].week_start.isoformat())
    after = found.applied(found.edits).reserve
    assert (after[3].team_days, len(after)) == (9, len(plan.reserve))
    assert [w.week_start for w in after] == [w.week_start for w in plan.reserve]


# --- judging -----------------------------------------------------------------------------------------


def an_edit(key, row=0, table="visits"):
    return Edit(table, key, row, "changed", (CellChange("lead", "a", "b"),), key)


def a_breach(rule, *visits):
    return Breach(rule, "Điều 1", visits, (), Message("Sai."))


def halves(edits):
    """A world where A and B are halves of an exchange and C is unlawful whatever happens."""
    keys = {edit.key for edit in edits}
    found = [a_breach("old.fault")]
    found += [a_breach("half")] if len(keys & {"A", "B"}) == 1 else []
    return found + ([a_breach("never", "C")] if "C" in keys else [])


def test_halves_of_an_exchange_break_a_rule_alone_and_none_together():
    rows, together = judged([an_edit("A"), an_edit("B")], halves)
    assert [[b.rule for b in row.alone] for row in rows] == [["half"], ["half"]]
    assert together == ()


def test_breaches_that_were_there_before_are_not_held_against_a_change():
    rows, together = judged([an_edit("D")], halves)
    assert (rows[0].alone, together) == ((), ())
    doubled = [a_breach("x"), a_breach("x")]
    assert new_breaches(doubled, [a_breach("x")]) == (a_breach("x"),)


def test_what_can_be_accepted_together_is_found_without_what_cannot():
    edits = [an_edit(key) for key in "DCE"]
    assert [edit.key for edit in lawful_part(edits, halves)] == ["D", "E"]
    assert lawful_part([an_edit("A"), an_edit("B")], halves) == [an_edit("A"), an_edit("B")]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("5", ["A"]),
        ("5-7", ["A", "B"]),
        ("7, V9", ["B", "V9"]),
        ("reserve:2027-03-01;5", ["A", "2027-03-01"]),
        ("", []),
    ],
)
def test_rows_and_ids_name_changes(words, keys):
    edits = [an_edit("A", 5), an_edit("B", 7), an_edit("V9"), an_edit("2027-03-01", 0, "reserve")]
    assert [edit.key for edit in chosen(edits, words, "visits")] == keys


def test_a_word_that_names_no_change_is_refused_with_the_names_there_are():
    edits = [an_edit("A", 5), an_edit("V9"), an_edit("2027-03-01", 0, "reserve")]
    with pytest.raises(Refused) as refused:
        chosen(edits, "5,6,V8", "visits")
    told = refused.value.message.say("vi")
    assert "6, V8" in told
    assert "5, V9, reserve:2027-03-01" in told
    assert [name_of(edit, "visits") for edit in edits] == ["5", "V9", "reserve:2027-03-01"]


# --- moves -------------------------------------------------------------------------------------------

MOVE = Move("L1", "A", "P1", "P2", 3, MONDAY, "transfer", "V1", "swap", 30, 4.2, "đến hạn")
OTHER = replace(MOVE, move_id="L2", staff_id="B", from_position="P2", to_position="P1")
ROTATION = RotationPlan(2027, (MOVE, OTHER), (Unplaced("C", "không còn chỗ", ("a.b",)),))
EVERY = {
    "moves": frozenset({"staff_id", "to_position", "wave", "effective_date", "days_before_limit"}),
    "unplaced": frozenset({"reason", "rules", "relaxation"}),
}


def moves_of(new, latest=None, due=("A", "C"), **reasons):
    return move_edits(ROTATION, new, EVERY, lambda a, b: a == b, latest or {}, due, 10, reasons)


def test_wave_and_days_before_the_limit_follow_a_new_day():
    later = replace(MOVE, effective_date=date(2027, 4, 1), row=2)
    for latest in (
        {"A": date(2027, 3, 31)},
        {},
    ):  # without a dataset the row itself tells the limit
        (edit,) = moves_of(replace(ROTATION, moves=(later, OTHER)), latest).edits
        assert changed(edit) == {
            "effective_date": (MONDAY, date(2027, 4, 1)),
            "wave": (3, 4),
            "days_before_limit": (30, -1),
        }


def test_a_distance_is_unknown_after_another_post_was_written_in():
    (edit,) = moves_of(replace(ROTATION, moves=(replace(MOVE, to_position="P9"), OTHER))).edits
    assert changed(edit) == {"to_position": ("P2", "P9"), "distance_km": (4.2, None)}


def test_somebody_due_whose_move_is_deleted_is_listed_with_the_reason_and_a_helper_is_not():
    found = moves_of(replace(ROTATION, moves=()), L1="bản thân xin hoãn", L2="")
    assert [edit.wants_reason for edit in found.edits] == [False, False]
    left = found.applied(found.edits)
    assert left.moves == ()
    assert [u.staff_id for u in left.unplaced] == ["C", "A"]
    assert left.unplaced[1] == Unplaced("A", "bản thân xin hoãn", ("plan.dropped-by-hand",))
    assert moves_of(replace(ROTATION, moves=(OTHER,))).edits[0].wants_reason


def test_somebody_who_gets_a_move_is_no_longer_listed_as_unplaced():
    new = replace(MOVE, move_id="L3", staff_id="C", row=4)
    found = moves_of(replace(ROTATION, moves=(MOVE, OTHER, new)))
    assert found.applied(found.edits).unplaced == ()
    assert found.applied(()).unplaced == ROTATION.unplaced
