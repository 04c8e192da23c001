"""A year without a plan: the smallest clash is found exactly, each member matters, ways out work."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from data.records import Absence, Blackout, Campaign, Pin
from data.sample import sample_tables, write_dataset
from data.tables import read_dataset
from scheduler.errors import Clash
from scheduler.explain import BLAMED_LAST, ROWS, clash_of
from scheduler.journeys.year import year_desk
from scheduler.yearly_plan import to_problem
from solver.explain import core_of, first_step
from solver.result import Status
from solver.settings import Settings
from solver.visits.feasible import feasible
from solver.visits.problem import Barred
from solver.visits.restrict import restrict, without

YEAR = 2027
QUICK = Settings(time_limit_s=20)
WHOLE_YEAR = date(YEAR, 1, 1), date(YEAR, 12, 31)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("city")
    write_dataset(sample_tables(30, 12, 200, 1, YEAR, 8), folder)
    return read_dataset(folder, needed=("units", "inspectors")).office()


def not_owed(office):
    """Units in scope where no visit is due and nobody is at home."""
    busy = {o.unit_id for o in year_desk(office, YEAR).case.owed}
    homes = {who.home_unit_id for who in office.inspectors}
    above = {u.parent_id for u in office.units if u.unit_id in homes}
    return [
        u.unit_id
        for u in office.units
        if u.in_scope and not {u.unit_id, u.parent_id} & homes and u.unit_id not in busy | above
    ]


def owed(office, must):
    return next(o for o in year_desk(office, YEAR).case.owed if o.must == must)


def explained(office, trial=None):
    """The clash of a year, with the year and what its leave-one-out really gives."""
    desk = year_desk(office, YEAR, trial)
    problem = to_problem(desk.case)
    assert feasible(problem, QUICK) is Status.INFEASIBLE
    core = core_of(problem, QUICK, BLAMED_LAST, ROWS)
    assert_smallest(problem, core)

    def rebuilt(rules, changed):
        return to_problem(year_desk(changed, YEAR, dict(rules.trial)).case)

    def first_feasible(ladders, visits):
        return [first_step(ladder, visits, QUICK, 60) for ladder in ladders]

    return clash_of(core, desk.case, problem, rebuilt, first_feasible)


def assert_smallest(problem, core):
    """The labels clash, and any one of them less does not: asked again, of the whole rules of the visits."""
    part = restrict(problem, core.visits)
    others = {x.label for x in part.limits} - set(core.labels)
    only = without(part, frozenset(others))
    assert feasible(only, QUICK) is Status.INFEASIBLE
    for label in core.labels:
        assert feasible(without(only, frozenset({label})), QUICK) is Status.FEASIBLE, label
    assert all(core.helped)
    assert all(core.items_helped)


def labels(clash):
    return {rule.label for rule in clash.rules}


def ways(clash):
    return [(way.rank, way.label) for way in clash.relaxations]


def pin(row, unit_id="", day=None, who="", **more):
    usual = {"kind": "", "week": None, "must": True, "reason": "thử"}
    return Pin(row=row, unit_id=unit_id, date=day, inspector_id=who, **{**usual, **more})


def test_a_pin_of_somebody_on_leave_all_year_names_the_pin_and_that_leave_alone(office):
    unit_id, who = owed(office, "frequency.high").unit_id, office.inspectors[3].inspector_id
    away = Absence(who, *WHOLE_YEAR, "ốm")
    bad = replace(
        office,
        absences=(*office.absences, away),
        pins=(pin(2, unit_id, who=who, kind="periodic"),),
    )
    clash = explained(bad)
    assert labels(clash) - {"interest.home-unit", "interest.former-unit"} == {
        "pin:2",
        "person.absence",
    }
    assert [who in row.words.say("vi") for row in clash.rows] == [True]
    assert ways(clash) == [("dates", "pin:2")]
    assert "person.absence" in clash.named


def test_a_skill_that_nobody_has_in_the_window_names_the_skill_the_leave_and_the_campaign(office):
    holders = [i.inspector_id for i in office.inspectors if "tai_chinh" in i.skills]
    gone = tuple(Absence(who, date(YEAR, 6, 1), date(YEAR, 6, 2)) for who in holders)
    unit_id = not_owed(office)[0]
    campaign = Campaign(
        "CDX", "Tài chính", date(YEAR, 6, 1), date(YEAR, 6, 2), (unit_id,), 1, 4, ("tai_chinh",)
    )
    clash = explained(
        replace(office, absences=(*office.absences, *gone), campaigns=(campaign,)),
        {"capacity.reserve": 0.0},
    )
    assert labels(clash) == {"team.skills", "person.absence", "campaign.window"}
    told = [row.words.say("vi") for row in clash.rows if row.label == "person.absence"]
    assert len(told) == len(holders)
    assert all(any(who in words for words in told) for who in holders)
    assert ("dates", "campaign.window") in ways(clash)
    assert ("capacity", "people") in ways(clash)
    assert {"team.skills", "person.absence"} <= set(clash.named)


def test_a_campaign_shorter_than_its_visits_names_exactly_one_visit_too_many(office):
    free = not_owed(office)
    campaign = Campaign("CDX", "Ngắn", date(YEAR, 6, 1), date(YEAR, 6, 2), tuple(free), 1, 3)
    clash = explained(replace(office, campaigns=(campaign,)))
    teams = 12 // 4  # one team for four of the twelve inspectors
    assert len(free) > 2 * teams
    assert labels(clash) == {"campaign.window", "capacity.teams-per-day"}
    assert len(clash.visit_ids) == 2 * teams + 1
    assert ways(clash)[-1] == ("dates", "campaign.window")


def test_a_coverage_above_what_is_owed_is_named_alone_and_eased_by_the_wanted_share(office):
    clash = explained(office, {"coverage.target": 0.95})
    assert labels(clash) == {"coverage.target"}
    assert ways(clash)[0] == ("should", "coverage.wanted")
    assert clash.named == ("coverage.target",)


def test_two_pins_on_one_visit_are_named_and_nothing_else(office):
    unit_id = owed(office, "frequency.high").unit_id
    pins = [pin(n, unit_id, date(YEAR, n, 12), kind="periodic") for n in (5, 8)]
    clash = explained(replace(office, pins=tuple(pins)))
    assert labels(clash) == {"pin:5", "pin:8"}
    assert ways(clash) == [("dates", "pin:5"), ("dates", "pin:8")]


def test_an_own_blackout_over_the_whole_window_may_be_moved(office):
    late = owed(office, "follow-up.window")
    shut = Blackout(late.unit_id, late.due_from, late.due_to, "sự kiện")
    clash = explained(replace(office, blackouts=(*office.blackouts, shut)))
    assert labels(clash) == {"blackout.unit", "follow-up.window"}
    assert ways(clash) == [("dates", "blackout.unit")]
    assert "follow-up.window" in clash.named


def test_another_body_s_inspection_over_the_whole_window_is_only_named(office):
    late = owed(office, "follow-up.window")
    shut = Blackout(late.unit_id, late.due_from, late.due_to, "kiểm toán", "Cơ quan X")
    clash = explained(replace(office, blackouts=(*office.blackouts, shut)))
    assert labels(clash) == {"blackout.other-body", "follow-up.window"}
    assert ways(clash) == []
    assert set(clash.named) == {"blackout.other-body", "follow-up.window"}
    assert "Cơ quan X" in clash.text("vi")


def test_one_person_pinned_to_two_places_on_one_day_is_a_clash_of_two_pins_and_the_body(office):
    case = year_desk(office, YEAR).case
    barred = {(x.visit, i) for x in to_problem(case).limits if isinstance(x, Barred)
              for i in x.inspectors}  # fmt: skip
    high = [v for v, o in enumerate(case.owed) if o.must == "frequency.high"]
    first, second, free = next(
        (a, b, i)
        for a, b in combinations(high, 2)
        for i in range(len(office.inspectors))
        if not {(a, i), (b, i)} & barred
    )
    who, day = office.inspectors[free].inspector_id, date(YEAR, 5, 12)
    pins = tuple(
        pin(row, case.owed[v].unit_id, day, who, kind="periodic")
        for row, v in ((2, first), (3, second))
    )
    alone = [explained_or_none(replace(office, pins=(p,))) for p in pins]
    assert alone == [None, None]
    clash = explained(replace(office, pins=pins))
    assert labels(clash) == {"pin:2", "pin:3", "person.one-place"}


def explained_or_none(office):
    problem = to_problem(year_desk(office, YEAR).case)
    return None if feasible(problem, QUICK) is Status.FEASIBLE else explained(office)


def test_the_clash_as_json_carries_what_the_text_says(office):
    unit_id = owed(office, "frequency.high").unit_id
    pins = [pin(n, unit_id, date(YEAR, n, 12), kind="periodic") for n in (5, 8)]
    facts = explained(replace(office, pins=tuple(pins))).facts("vi")
    assert [rule["id"] for rule in facts["rules"]] == ["pin:5", "pin:8"]
    assert all(rule["verified"] for rule in facts["rules"])
    assert [way["eases"] for way in facts["ways"]] == ["pin:5", "pin:8"]


def test_a_way_that_was_not_tried_is_not_counted_as_one_that_failed():
    clash = Clash(YEAR, (), (), (), (), 3, (), (), False, tried=2, untried=4)
    text = clash.text("vi")
    assert "Đã thử 2 cách" in text
    assert "Còn 4 cách chưa kịp thử" in text
    assert "chưa kịp" not in replace(clash, untried=0).text("vi")
