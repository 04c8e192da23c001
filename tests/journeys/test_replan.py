"""A published plan in the middle of its year: each kind of event once, what stands, and what is said."""

import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.commands.replan import print_changes
from data.plan_folder import read_plan, write_plan
from data.records import Absence, Blackout, Campaign, Finding, PastVisit, Pin
from data.sample import sample_tables, write_dataset
from scheduler import journeys
from scheduler.errors import NoPlanPossible, Refused
from scheduler.journeys import budgets, replanning
from solver.settings import Settings
from solver.visits.around.replan import replan
from solver.visits.around.verify import faults_of

YEAR, ON = 2027, date(2027, 5, 10)
QUICK = Settings(time_limit_s=2, seed=7)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("replan")
    write_dataset(sample_tables(30, 12, 200, 1, YEAR, 8), folder / "data")
    journeys.draft_year_plan(folder / "data", YEAR, folder / "plan", Settings(2, seed=7))
    return folder


@pytest.fixture(scope="module")
def plan(home):
    return read_plan(home / "plan")


@pytest.fixture(scope="module")
def office(home):
    return journeys.open_year(home / "data", YEAR).case.office


def ask(home: Path, on: date, out: str, **more) -> replanning.ReplanAsk:
    return replanning.ReplanAsk(home / "plan", home / "data", on, home / out, **more)


def change(plan, office, on=ON, most=None):
    """The changed plan and its changes by visit; the checker has seen it. Solved without a child process."""
    desk = replanning.replan_desk(plan, office, on)
    problem, around = desk.replan.problem, desk.replan.around(most)
    found = replan(problem, around, QUICK, lambda progress: None)
    assert faults_of(problem, around, found) == []
    fresh, changes = replanning.finished_change(desk, found, QUICK, most)
    return fresh, {c.item: c for c in changes}


def ahead(plan, days=15):
    """Rows that begin well after the day, in order."""
    return [r for r in plan.visits if r.start and r.start > ON + timedelta(days=days)]


def begun(plan):
    return [r for r in plan.visits if r.start and r.start < ON]


def rows(plan):
    return {r.visit_id: replace(r, row=0) for r in plan.visits}


def done(row):
    """The visit as the dataset records it when it has taken place."""
    return PastVisit(row.visit_id, row.unit_id, row.kind, row.start, row.end, row.lead, row.members)


def changed(changes):
    return {item: c.what for item, c in changes.items() if c.what != "kept"}


@pytest.mark.parametrize("on", [date(2027, 1, 1), ON, date(2027, 12, 20)])
def test_unchanged_data_leave_the_plan_as_it_is_byte_for_byte(home, on):
    done = replanning.replan_year(ask(home, on, f"same-{on}"), QUICK)
    for name in ("visits.csv", "reserve.csv"):
        assert (done.folder / name).read_bytes() == (home / "plan" / name).read_bytes()
    assert done.plan.facts["replan"]["changed"] == 0
    assert done.plan.facts["replan"]["proven"]
    assert journeys.audit_plan(done.folder, home / "data")[2] == []


def test_visits_that_took_place_and_are_recorded_change_nothing(plan, office):
    took_place = tuple(done(row) for row in begun(plan))
    fresh, changes = change(plan, replace(office, visits=office.visits + took_place))
    assert rows(fresh) == rows(plan)
    assert changed(changes) == {}


def test_the_same_question_gives_the_same_bytes_and_names_its_parent(home, plan):
    sheet = home / "ill"
    if not sheet.exists():
        write_dataset(sample_tables(30, 12, 200, 1, YEAR, 8), sheet)
        row = ahead(plan)[0]
        with (sheet / "absences.csv").open("a", encoding="utf-8") as file:
            file.write(f"{row.lead},{row.start},{row.start + timedelta(days=20)},ốm\n")
    made = []
    for n in (1, 2):
        out = home / f"ill-{n}"
        replanning.replan_year(replanning.ReplanAsk(home / "plan", sheet, ON, out), QUICK)
        made.append(
            {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}
        )
    assert made[0] == made[1]
    facts = json.loads(made[0]["changes.json"])
    assert facts["of"] == plan.facts["plan_id"]
    listed = list(csv.DictReader(made[0]["changes.csv"].decode().splitlines()))
    assert {r["id"] for r in listed} == {r.visit_id for r in plan.visits}
    assert sum(r["what"] != "kept" for r in listed) == facts["changed"] > 0
    assert journeys.audit_plan(home / "ill-1", sheet)[2] == []
    assert "Thay đổi so với kế hoạch trước" in made[0]["report.html"].decode()
    anew = json.loads(made[0]["plan.json"])
    moved = {r["id"] for r in listed if r["what"] != "kept"}
    assert set(anew["calendar"]["sequence"]) == moved  # calendars are told of these and no others
    assert anew["reserve"]["days"]
    assert "plan.docx" in made[0]


def test_an_illness_changes_only_visits_of_the_ill_and_says_which_rule(plan, office):
    row = ahead(plan)[0]
    ill = Absence(row.lead, row.start, row.start + timedelta(days=20), "ốm")
    fresh, changes = change(plan, replace(office, absences=(*office.absences, ill)))
    hit = {
        r.visit_id
        for r in plan.visits
        if r.start
        and row.lead in (r.lead, *r.members)
        and ill.start <= r.end
        and r.start <= ill.end
    }
    assert set(changed(changes)) == hit
    assert all("person.absence" in str(changes[v].reasons[0].params) for v in hit)
    assert {v: r for v, r in rows(fresh).items() if v not in hit} == {
        v: r for v, r in rows(plan).items() if v not in hit
    }
    again, none = change(fresh, replace(office, absences=(*office.absences, ill)))
    assert rows(again) == rows(fresh)
    assert changed(none) == {}


def test_the_terminal_says_what_changed_why_and_what_is_proven(plan, office, capsys):
    row = ahead(plan)[0]
    body = Blackout(row.unit_id, row.start, row.end, "kiểm toán", "Kiểm toán Nhà nước")
    desk = replanning.replan_desk(plan, replace(office, blackouts=(body,)), ON)
    found = replan(desk.replan.problem, desk.replan.around(), QUICK, lambda progress: None)
    fresh, changes = replanning.finished_change(desk, found, QUICK, None)
    print_changes(replanning.Changes(fresh, changes, found, Path("mới")), "vi")
    said = capsys.readouterr().out
    assert "đổi ngày 1" in said
    assert f"{row.visit_id}  {row.start} → " in said
    assert "blackout.other-body" in said
    assert "đã chứng minh là ít nhất" in said


def test_two_ways_of_asking_at_once_are_wrong_use(home):
    words = ["replan", str(home / "plan"), str(home / "data"), "--on", "2027-05-10", "--out", "x"]
    assert CliRunner().invoke(app, [*words, "--budget", "--max-changes", "2"]).exit_code == 2
    assert CliRunner().invoke(app, [*words, "--max-changes", "-1"]).exit_code == 2


def test_another_body_wins_and_the_visit_moves_with_its_team(plan, office):
    row = ahead(plan)[0]
    body = Blackout(row.unit_id, row.start, row.end, "kiểm toán", "Kiểm toán Nhà nước")
    fresh, changes = change(plan, replace(office, blackouts=(*office.blackouts, body)))
    assert changed(changes) == {row.visit_id: "moved"}
    assert (changes[row.visit_id].out, changes[row.visit_id].joined) == ((), ())
    assert not rows(fresh)[row.visit_id].start <= body.start <= rows(fresh)[row.visit_id].end


def test_somebody_who_left_is_replaced_on_the_same_days_and_stands_in_past_rows(plan, office):
    row = ahead(plan)[0]
    gone = row.members[0]
    left = tuple(i for i in office.inspectors if i.inspector_id != gone)
    fresh, changes = change(plan, replace(office, inspectors=left))
    hit = {r.visit_id for r in plan.visits if r.start >= ON and gone in (r.lead, *r.members)}
    assert {v: changes[v].out for v in changed(changes)} == dict.fromkeys(hit, (gone,))
    assert set(changed(changes).values()) == {"new_team"}
    assert fresh.facts["replan"]["gone_people"] == [gone]
    assert fresh.facts["replan"]["history"] == []


def test_an_open_finding_of_a_visit_of_the_year_asks_for_a_follow_up(plan, office):
    row = begun(plan)[0]
    found = Finding("F9", row.visit_id, "major", date(2027, 6, 1))
    new = replace(office, visits=(*office.visits, done(row)), findings=(*office.findings, found))
    fresh, changes = change(plan, new)
    assert changed(changes) == {f"2027-TK-{row.visit_id}": "added"}
    assert rows(fresh)[f"2027-TK-{row.visit_id}"].follows == row.visit_id


def test_a_new_campaign_takes_the_place_of_the_periodic_visit_of_its_unit(plan, office):
    row = next(r for r in ahead(plan) if r.kind == "periodic")
    new = Campaign("CX", "Mới", date(2027, 8, 1), date(2027, 9, 30), (row.unit_id,), 1)
    _, changes = change(plan, replace(office, campaigns=(*office.campaigns, new)))
    assert changed(changes) == {row.visit_id: "dropped", f"2027-CD-CX-{row.unit_id}": "added"}
    assert "CX" in changes[row.visit_id].reasons[0].say("vi")


def test_a_campaign_at_a_unit_already_visited_this_year_is_a_clash_with_its_rules(plan, office):
    row = next(r for r in begun(plan) if r.kind == "periodic")
    new = Campaign("CX", "Mới", date(2027, 8, 1), date(2027, 9, 30), (row.unit_id,), 1)
    desk = replanning.replan_desk(plan, replace(office, campaigns=(*office.campaigns, new)), ON)
    with pytest.raises(NoPlanPossible) as stopped:
        replanning.nearest(desk, QUICK)
    labels = {rule.label for rule in stopped.value.clash.rules}
    assert labels == {"campaign.window", "unit.once-a-year"}


def test_a_surprise_visit_that_was_used_takes_the_periodic_one_off_the_list(plan, office):
    row = next(r for r in ahead(plan) if r.kind == "periodic")
    used = PastVisit("S1", row.unit_id, "surprise", date(2027, 5, 3), date(2027, 5, 3), "TV0001")
    fresh, changes = change(plan, replace(office, visits=(*office.visits, used)))
    assert changes[row.visit_id].what == "dropped"
    assert "S1" in changes[row.visit_id].reasons[0].say("vi")
    assert row.visit_id not in rows(fresh)


def test_a_new_unit_is_taken_in_without_a_change_elsewhere(plan, office):
    unit = replace(office.units[3], unit_id="99999", name="Xã Mới", kind="commune", parent_id="")
    _, changes = change(plan, replace(office, units=(*office.units, unit)))
    assert changed(changes) == {"2027-DK-99999": "added"}


def test_what_has_begun_is_not_touched_by_an_absence_that_came_to_light_but_told(plan, office):
    row = begun(plan)[0]
    away = Absence(row.lead, row.start, row.end, "ốm")
    fresh, changes = change(plan, replace(office, absences=(*office.absences, away)))
    assert changed(changes) == {}
    assert [b["rule"] for b in fresh.facts["replan"]["history"]] == ["person.absence"]


@pytest.mark.parametrize(("days", "told"), [(4, True), (5, False)])
def test_a_visit_within_five_working_days_counts_as_announced(plan, office, days, told):
    row = ahead(plan)[0]
    desk = replanning.replan_desk(plan, office, ON)
    on = desk.replan.case.calendar.add(row.start, -days)
    standing = replanning.replan_desk(plan, office, on).replan.standing
    assert (row.visit_id in standing.announced) == told


def test_an_announced_visit_that_became_unlawful_is_mended_and_marked(plan, office):
    row = ahead(plan)[0]
    on = row.start - timedelta(days=1)
    ill = Absence(row.lead, on, row.end + timedelta(days=3), "ốm")
    _, changes = change(plan, replace(office, absences=(*office.absences, ill)), on=on)
    assert changes[row.visit_id].what in ("moved", "new_team")
    assert changes[row.visit_id].stands == "announced"


def test_a_pinned_visit_stays(plan, office):
    row = ahead(plan)[0]
    pin = Pin(2, row.unit_id, row.kind, row.start, None, "", must=True, reason="theo chỉ đạo")
    desk = replanning.replan_desk(plan, replace(office, pins=(*office.pins, pin)), ON)
    assert row.visit_id in desk.replan.standing.pinned
    numbers = {o.visit_id: v for v, o in enumerate(desk.replan.case.owed)}
    assert numbers[row.visit_id] in desk.replan.frozen


def test_within_a_budget_no_more_visits_change_and_the_goals_are_not_worse(plan, office):
    row = ahead(plan)[0]
    body = Blackout(row.unit_id, row.start, row.end, "kiểm toán", "Kiểm toán Nhà nước")
    new = replace(office, blackouts=(*office.blackouts, body))
    few, _ = change(plan, new)
    more, changes = change(plan, new, most=3)
    assert len(changed(changes)) <= 3
    value = lambda p: [g["value"] for g in p.facts["goals"]]  # noqa: E731
    assert value(more) <= value(few)


def test_budgets_are_compared_in_a_table_that_never_gets_worse(home, plan, office):
    row = ahead(plan)[0]
    body = Blackout(row.unit_id, row.start, row.end, "kiểm toán", "Kiểm toán Nhà nước")
    facts = {**plan.facts, "birth": {**plan.facts["birth"], "trial": {"replan.budgets": [0, 2]}}}
    plan = replace(plan, facts=facts)
    desk = replanning.replan_desk(plan, replace(office, blackouts=(*office.blackouts, body)), ON)
    about = budgets.budget_facts(desk, budgets.curve_of(desk, Settings(1, seed=7)))
    values = [[r["goals"][g["name"]] for g in about["goals"]] for r in about["rows"]]
    assert values == sorted(values, reverse=True)
    assert all(r["changed"] <= max(r["budget"], 1) for r in about["rows"])
    files = budgets.budget_files(about)
    table = list(csv.DictReader(files["budgets.csv"].decode().splitlines()))
    assert [int(r["changed"]) for r in table] == [r["changed"] for r in about["rows"]]
    page = files["budgets.html"].decode()
    assert page.count("<svg") == len(about["goals"])


@pytest.mark.parametrize(
    ("on", "said"), [(date(2028, 5, 10), "2027"), (date(2027, 12, 31), "không còn cuộc nào")]
)
def test_a_day_that_makes_no_sense_is_refused_with_a_word(home, on, said):
    with pytest.raises(Refused) as refused:
        replanning.replan_year(ask(home, on, "none"), QUICK)
    assert said in refused.value.message.say("vi")
    assert not (home / "none").exists()


def test_the_plan_of_another_office_is_refused(home, plan, tmp_path):
    write_dataset(sample_tables(30, 12, 200, 1, YEAR, 8), tmp_path / "data")
    units = tmp_path / "data" / "units.csv"
    assert units.exists()
    strange = replace(plan, visits=tuple(replace(r, unit_id=f"X{r.unit_id}") for r in plan.visits))
    write_plan(strange, journeys.open_year(home / "data", YEAR).case.office, tmp_path / "plan")
    with pytest.raises(Refused):
        replanning.open_replan(tmp_path / "plan", tmp_path / "data", ON)
