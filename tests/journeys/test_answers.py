"""A saved plan questioned: answers agree with the plan's own arithmetic, and leave everything as it was."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from data.plan_folder import PlanFileError, read_plan
from data.sample import sample_tables, write_dataset
from scheduler import journeys
from scheduler.errors import Refused
from scheduler.journeys.answers import open_planned_year
from scheduler.journeys.draws.season import read_season
from scheduler.journeys.wishing import answered, outcome
from scheduler.why.visit import why_visit
from scheduler.why.week import weeks_for
from scheduler.wishes import WISH, Wish, days_of
from solver.result import Status
from solver.settings import Settings
from solver.visits.feasible import feasible
from solver.visits.goals import goal_values
from solver.visits.problem import Solution
from solver.visits.restrict import restrict, without
from solver.visits.verify import verify

YEAR = 2027
QUICK = Settings(time_limit_s=0.5, seed=7)


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    folder = tmp_path_factory.mktemp("city")
    write_dataset(sample_tables(30, 12, 200, 1, YEAR, 8), folder / "data")
    journeys.draft_year_plan(folder / "data", YEAR, folder / "plan", QUICK)
    return folder


@pytest.fixture(scope="module")
def year(city):
    return open_planned_year(city / "plan", city / "data")


def put(plan, visit, start, team):
    starts, teams = list(plan.starts), list(plan.teams)
    starts[visit], teams[visit] = start, team
    return Solution(tuple(starts), tuple(teams))


def lost(year, plan):
    """The loss reckoned from the two plans alone."""
    before, after = goal_values(year.problem, year.solution), goal_values(year.problem, plan)
    return {part: after[part] - before[part] for part in before}


def test_a_saved_plan_is_the_same_in_numbers(year):
    assert year.faults == []
    assert year.strange == ()
    goals = {g["name"]: g["value"] for g in year.plan.facts["goals"]}
    assert year.values == goals


def test_why_this_week_prices_every_open_week_and_no_closed_week_takes_the_team(year):
    for visit in range(0, len(year.case.owed), 6):
        here = year.problem.week_of[year.solution.starts[visit]]
        team = year.solution.teams[visit]
        for week in weeks_for(year, visit):
            days = [s for s, w in enumerate(year.problem.week_of) if w == week.number]
            if week.option is not None:
                plan = put(year.solution, visit, week.option.start, week.option.team)
                assert verify(year.problem, plan) == []
                assert week.option.values == goal_values(year.problem, plan)
                assert week.labels == ()
            else:
                assert week.number != here
                assert week.labels
                length = year.problem.visits[visit].days
                moved = [put(year.solution, visit, s, team) for s in days
                         if s + length <= year.problem.n_days]  # fmt: skip
                assert all(verify(year.problem, plan) for plan in moved)


def test_why_this_team_prices_every_exchange_and_names_a_rule_for_everybody_else(year):
    ids = [who.inspector_id for who in year.case.office.inspectors]
    for visit in range(0, len(year.case.owed), 6):
        team = next(s for s in why_visit(year, visit).sections if s.name == "team").facts
        now = year.solution.teams[visit]
        for change in team["exchanges"]:
            new, old = ids.index(change["in"]), ids.index(change["out"])
            seats = [
                j.team for j in year.standing.joins_at(visit) if set(j.team) == {*now, new} - {old}
            ]
            plan = put(year.solution, visit, year.solution.starts[visit], seats[0])
            assert change["change"] == lost(year, plan)
        could = {change["in"] for change in team["exchanges"]}
        away = set(team["away"])
        assert not could & away
        assert not away & {ids[i] for i in now}


def test_every_unit_and_inspector_has_an_answer_in_both_languages(city):
    desk = journeys.open_year(city / "data", YEAR)
    for unit in desk.case.office.units[::4]:
        answer = journeys.why(city / "plan", city / "data", journeys.AskAbout(unit=unit.unit_id))
        assert unit.name in answer.text("vi")
        json.dumps(answer.as_json())
    who = desk.case.office.inspectors[0]
    answer = journeys.why(city / "plan", city / "data", journeys.AskAbout(inspector=who.name))
    assert answer.about["inspector"] == who.inspector_id


def test_an_unknown_id_suggests_near_ones(city):
    unit = journeys.open_year(city / "data", YEAR).case.office.units[0]
    ask = journeys.AskAbout(unit=unit.unit_id[:-1] + "?")
    with pytest.raises(Refused) as refused:
        journeys.why(city / "plan", city / "data", ask)
    assert unit.unit_id in refused.value.message.say("vi")


def wishes(year, n, seed=1):
    rng = Random(seed)
    people = len(year.case.office.inspectors)
    for _ in range(n):
        visit = rng.randrange(len(year.case.owed))
        owed = year.case.owed[visit]
        days = [d for d in year.case.days if owed.due_from <= d <= owed.due_to] or year.case.days
        day, who = rng.choice(days), rng.randrange(people)
        yield rng.choice([
            Wish(visit, day, day), Wish(visit, None, None, (who,)), Wish(visit, day, day, (who,)),
            Wish(visit, without=(year.solution.teams[visit] or (who,))[:1]),
        ])  # fmt: skip


def test_a_wish_that_can_be_is_lawful_and_costs_exactly_the_difference_of_the_two_plans(year):
    seen = set()
    for wish in wishes(year, 40):
        found, answer = outcome(year, wish), answered(year, wish)
        seen.add(found.verdict)
        assert answer.about["verdict"] == found.verdict
        forced = wish.added(year.problem, year.case)
        if found.plan is not None:
            assert wish.holds(year.case, found.plan)
            assert verify(forced, found.plan) == []
            assert answer.about["loss"] == lost(year, found.plan)
        if found.core is not None:
            part = restrict(forced, found.core.visits)
            others = frozenset(x.label for x in part.limits) - set(found.core.labels)
            only = without(part, others)
            assert feasible(only, QUICK) is Status.INFEASIBLE
            assert WISH in found.core.labels
            for label in found.core.labels:
                assert feasible(without(only, frozenset({label})), QUICK) is Status.FEASIBLE
    assert {"possible", "forbidden"} <= seen


def test_why_not_of_what_is_already_so_costs_nothing_and_changes_nothing(year):
    for visit, start in enumerate(year.solution.starts):
        day = year.case.days[start]
        wish = Wish(visit, day, day, year.solution.teams[visit])
        found, answer = outcome(year, wish), answered(year, wish)
        assert found.plan == year.solution
        assert answer.about["verdict"] == "already"
        assert set(answer.about["loss"].values()) == {0}


def test_a_recommended_day_costs_what_why_not_says_of_that_day(year):
    for visit in range(0, len(year.case.owed), 5):
        for option in year.standing.places(visit, most=3):
            day = year.case.days[option.start]
            found = outcome(year, Wish(visit, day, day))
            if found.verdict == "possible":
                order = year.problem.goals.order
                assert option.values == goal_values(year.problem, found.plan), order


def test_a_unit_that_is_not_on_the_list_can_be_wished_for(city):
    desk = journeys.open_year(city / "data", YEAR)
    listed = {o.unit_id for o in desk.case.owed}
    unit = next(u for u in desk.case.office.units if u.in_scope and u.unit_id not in listed)
    ask = journeys.WishAsk(unit=unit.unit_id)
    answer = journeys.why_not(city / "plan", city / "data", ask)
    assert answer.about["verdict"] in ("possible", "forbidden")
    assert answer.notes == ()
    options = journeys.recommend(
        city / "plan", city / "data", journeys.AskAbout(unit=unit.unit_id)
    ).sections[0].facts["options"]  # fmt: skip
    assert all(option["visit"].endswith(unit.unit_id) for option in options)


def test_a_visit_more_than_planned_takes_nothing_off_what_is_left_out(city, year):
    goals = {g["name"]: g["value"] for g in year.plan.facts["goals"]}
    listed, places = {o.unit_id for o in year.case.owed}, 0
    for unit in year.case.office.units:
        if not unit.in_scope or unit.unit_id in listed:
            continue
        ask = journeys.AskAbout(unit=unit.unit_id)
        answer = journeys.recommend(city / "plan", city / "data", ask)
        options = answer.sections[0].facts["options"]
        if not options:
            continue
        places += 1
        assert {option["loss"]["drops"] for option in options} == {0}
        assert "chưa có trong kế hoạch" in answer.text("vi")
        asked = journeys.WishAsk(unit=unit.unit_id)
        wished = journeys.why_not(city / "plan", city / "data", asked)
        assert wished.about["before"]["drops"] == goals["drops"]
        assert wished.about["loss"]["drops"] == 0
    assert places


@pytest.mark.parametrize("day", ["2027-02-08", "2027-05-15"])
def test_a_day_off_is_refused_by_the_calendar_and_named(city, year, day):
    visit = year.case.owed[0].visit_id
    answer = journeys.why_not(city / "plan", city / "data", journeys.WishAsk(visit, on=day))
    assert answer.about["verdict"] == "forbidden"
    assert answer.about["rules"] == ["calendar.working-days"]
    assert "calendar.working-days" in answer.short.say("vi")
    assert days_of(day, YEAR)[0].strftime("%d/%m/%Y không phải ngày làm việc") in answer.text("vi")


def test_opposite_wishes_are_called_so(city, year):
    visit, who = year.case.owed[0].visit_id, year.case.office.inspectors[0].inspector_id
    ask = journeys.WishAsk(visit, with_=(who,), without=(who,))
    answer = journeys.why_not(city / "plan", city / "data", ask)
    assert answer.about["verdict"] == "forbidden"
    assert answer.about["rules"] == []
    assert "trái nhau" in answer.text("vi")


def test_a_unit_is_explained_as_fully_as_its_visit(city, year):
    visit = year.solution.starts.index(max(year.solution.starts))
    owed = year.case.owed[visit]
    of_unit = journeys.why(city / "plan", city / "data", journeys.AskAbout(unit=owed.unit_id))
    assert {"week", "team"} <= {section.name for section in of_unit.sections}


@pytest.mark.parametrize("text", ["2027-13-01", "W11", "mai", "2026-05-04", "32/01/2027"])
def test_a_day_that_is_none_is_refused(text):
    with pytest.raises(Refused):
        days_of(text, YEAR)


def digest(folder: Path) -> str:
    content = b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(scope="module")
def scenario(city):
    before = digest(city / "data"), digest(Path("data/rules"))
    asked = journeys.Scenario("Thêm người", {"coverage.wanted": 0.6}, inspectors=2, teams=1)
    ask = journeys.ScenarioAsk(city / "data", YEAR, asked, city / "scenario")
    journeys.draft_scenario(ask, QUICK)
    assert (digest(city / "data"), digest(Path("data/rules"))) == before
    return city / "scenario"


def test_a_scenario_is_no_plan_for_any_command_that_makes_things_real(city, scenario):
    for path in (scenario, scenario / "scenario.xlsx"):
        with pytest.raises(PlanFileError) as refused:
            read_plan(path)
        assert "kịch bản" in refused.value.text("vi")
        with pytest.raises(PlanFileError):
            read_season(city / "data", path)
    assert not [p.name for p in scenario.rglob("*") if p.name.startswith(("plan", "visits"))]
    assert not (scenario / "calendars").exists()


def test_a_scenario_says_what_it_is_wherever_it_is_shown(city, scenario):
    facts = json.loads((scenario / "scenario.json").read_text(encoding="utf-8"))
    assert facts["scenario"]["name"] == "Thêm người"
    assert facts["birth"]["scenario"]["inspectors"] == 2
    assert "KỊCH BẢN THỬ" in facts["title"]
    page = (scenario / "scenario-report.html").read_text(encoding="utf-8")
    assert page.count("Thêm người") >= 2
    answer = journeys.why(scenario, city / "data", journeys.AskAbout(inspector="THÊM-1"))
    assert "Thêm người" in answer.text("vi").splitlines()[0]
    assert journeys.audit_plan(scenario, city / "data")[2] == []


def test_a_scenario_without_a_name_or_a_change_is_refused(city):
    for asked in (journeys.Scenario(" ", {"unit.gap": 5}), journeys.Scenario("Không đổi gì"),
                  journeys.Scenario("Hết người", inspectors=-12)):  # fmt: skip
        ask = journeys.ScenarioAsk(city / "data", YEAR, asked, city / "none")
        with pytest.raises(Refused):
            journeys.draft_scenario(ask, QUICK)
    assert not (city / "none").exists()


def test_a_plan_beside_itself_is_the_same_in_everything(city):
    found = journeys.compare(city / "plan", city / "plan", city / "data")
    assert found.counts == {"same": len(found.rows)}
    assert found.affected == ()
    assert all(pair.same for pair in (*found.figures, *found.loads))


def test_two_plans_side_by_side_differ_in_exactly_the_rows_that_differ(city, scenario):
    for suffix in ("html", "csv", "json"):
        out = city / f"compared.{suffix}"
        found = journeys.compare(city / "plan", scenario, city / "data", out)
        assert out.stat().st_size > 1000
    a = {v.visit_id: v for v in read_plan(city / "plan").visits}
    b = {v.visit_id: v for v in read_plan(scenario, scenarios=True).visits}

    def what(v):
        return v and (v.status, v.start, v.end, v.lead, frozenset(v.members))

    differ = {k for k in a.keys() | b.keys() if what(a.get(k)) != what(b.get(k))}
    assert {row.label for row in found.rows if row.state != "same"} == differ
    assert any("Thêm người" in mark.say("vi") for mark in found.marks)


def test_the_frontier_never_reaches_more_than_its_bounds(city):
    points = list(
        journeys.frontier(city / "data", YEAR, [4, 12], [], replace(QUICK, time_limit_s=1))
    )
    assert [p.inspectors for p in points] == [4, 12]
    for p in points:
        assert p.covered <= p.covered_most <= p.units
        assert p.reached <= p.reached_most <= p.risk
    assert points[0].reached_most <= points[1].reached_most
    journeys.write_frontier(points, city / "frontier.html", "vi")
    assert "<svg" in (city / "frontier.html").read_text(encoding="utf-8")
