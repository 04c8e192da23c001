"""Risk is a sum that adds up, orders work by facts about units, and learns nothing about inspectors."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.records import Finding, Indicator, Office, PastVisit, Unit
from data.rulefiles import read_rules
from scheduler.risk import unit_risks
from scheduler.rulebook import in_force

ON = date(2027, 1, 1)
RULES = in_force(read_rules(), ON)


def office(n=5, **tables):
    units = tuple(Unit(f"U{i}", f"Xã {i}", "commune") for i in range(n))
    return Office(units=units, **tables)


def risks(given_office, overdue=None):
    return unit_risks(given_office, RULES, overdue or {}, ON)


def test_the_parts_add_up_to_the_score():
    given_office = office(
        indicators=(Indicator("U0", date(2026, 12, 1), "pct_on_time", 80.0),),
        visits=(PastVisit("V1", "U0", "periodic", date(2025, 5, 5), date(2025, 5, 5)),),
        findings=(Finding("F1", "V1", "critical", date(2025, 6, 1)),),
    )
    risk = risks(given_office, {"U0": 2})["U0"]
    whole = sum(part.weight for part in risk.parts)
    assert risk.score == round(100 * sum(part.points for part in risk.parts) / whole, 1)
    assert {part.name for part in risk.parts if part.points > 0} >= {
        "indicators",
        "last_visit",
        "open_findings",
    }


def test_a_unit_never_seen_counts_as_longest_unseen():
    seen = PastVisit("V1", "U1", "periodic", date(2026, 6, 1), date(2026, 6, 1))
    found = risks(office(visits=(seen,)))
    assert found["U0"].score > found["U1"].score


def test_a_value_from_after_the_day_does_not_count():
    late = Indicator("U0", date(2027, 1, 2), "pct_on_time", 0.0)
    assert risks(office(indicators=(late,)))["U0"].score == risks(office())["U0"].score


def test_an_indicator_on_target_adds_nothing_and_one_below_adds_something():
    target = RULES.value("risk.targets")["sipas"]
    points = [
        risks(office(indicators=(Indicator("U0", ON, "sipas", value),)))["U0"].parts[0].points
        for value in (target, target - 1)
    ]
    assert points[0] == 0 < points[1]


def test_a_closed_finding_is_no_risk_and_an_open_one_is():
    visit = PastVisit("V1", "U0", "periodic", date(2026, 6, 1), date(2026, 6, 1))
    open_one = Finding("F1", "V1", "major", date(2026, 8, 1))
    scores = [
        risks(office(visits=(visit,), findings=(finding,)))["U0"].score
        for finding in (replace(open_one, closed_on=date(2026, 9, 1)), open_one)
    ]
    assert scores[0] < scores[1]


def test_classes_follow_the_shares_in_force_and_leave_out_what_is_not_in_scope():
    given_office = office(10)
    units = (*given_office.units, Unit("X", "Điểm", "service_point", in_scope=False))
    found = risks(replace(given_office, units=units))
    assert [r.klass for r in found.values()].count("high") == 2
    assert found["X"].klass == "low"


@given(st.permutations(["A", "B", "C"]))
def test_who_inspected_before_changes_nothing(people):
    visits = tuple(
        PastVisit(f"V{i}", f"U{i}", "periodic", date(2026, 3, 1 + i), date(2026, 3, 1 + i), who)
        for i, who in enumerate(people)
    )
    plain = tuple(replace(v, lead="") for v in visits)
    assert risks(office(visits=visits)) == risks(office(visits=plain))


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_worse_value_is_never_less_risky(a, b):
    low, high = sorted([a, b])
    scores = [
        risks(office(indicators=(Indicator("U0", ON, "pct_on_time", value),)))["U0"].score
        for value in (low, high)
    ]
    assert scores[0] >= scores[1]
