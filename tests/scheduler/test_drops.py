"""A dropped visit names the rules that close the day that came nearest to being possible."""

from scheduler.drops import closing_rules, drop_reason
from solver.visits.problem import (
    Absent,
    Barred,
    DayCapacity,
    ForbidStarts,
    GoalData,
    KeepApart,
    Limit,
    MonthDays,
    NotLead,
    OnePlace,
    Problem,
    Secretary,
    Solution,
    Visit,
)


def problem(*limits: Limit, n_days=3, n_inspectors=4):
    visits = tuple(Visit(f"V{v}", v, -1, 1, 2, 10, (0,) * n_days) for v in range(2))
    goals = GoalData(
        (n_days,) * n_inspectors, (0,) * n_inspectors, 9, 9, ((0, 0),) * n_inspectors, (1,)
    )
    return Problem(
        n_days, n_inspectors, 2, (0,) * n_days, (0,) * n_days, (0,) * n_days, visits, limits, goals
    )


FIRST_TAKEN = Solution((0, -1), ((0, 1), ()))


def closed(*limits, **size):
    return closing_rules(problem(*limits, **size), FIRST_TAKEN, 1)


def test_a_visit_that_would_fit_is_closed_by_nothing():
    assert closed() == []
    assert "plan.complete" in drop_reason(problem(), FIRST_TAKEN, 1).say("vi")


def test_days_that_a_rule_forbids_name_the_rule():
    assert closed(ForbidStarts(1, (0, 1, 2), "blackout.unit")) == ["blackout.unit"]


def test_one_open_day_is_enough_to_name_nothing():
    assert closed(ForbidStarts(1, (0, 1), "blackout.unit")) == []


def test_the_day_closed_by_the_fewest_rules_counts():
    both = ForbidStarts(1, (0, 1, 2), "blackout.unit"), ForbidStarts(1, (1, 2), "visit.one-week")
    assert closed(*both) == ["blackout.unit"]


def test_a_full_day_names_the_limit_on_teams():
    assert closed(DayCapacity((1,), "capacity.teams-per-day"), n_days=1) == [
        "capacity.teams-per-day"
    ]


def test_two_visits_too_close_name_the_gap():
    assert closed(KeepApart((0, 1), 2, "unit.gap")) == ["unit.gap"]
    assert closed(KeepApart((0, 1), 1, "unit.gap")) == []


def test_people_who_are_away_busy_or_at_their_month_s_end_are_named():
    away = Absent(2, (0,), "person.absence")
    assert closed(OnePlace("person.one-place"), away, n_days=1) == [
        "person.absence",
        "person.one-place",
    ]
    spent = MonthDays(0, (1,), "person.month-days"), MonthDays(1, (1,), "person.month-days")
    barred = Barred(1, (2,), "interest.declared")
    assert closed(*spent, barred, n_days=1) == ["interest.declared", "person.month-days"]


def test_a_missing_leader_or_secretary_is_named():
    assert closed(NotLead(-1, (0, 1, 2, 3), "team.leader")) == ["team.leader"]
    assert closed(Secretary(1, (), "team.secretary")) == ["team.secretary"]
