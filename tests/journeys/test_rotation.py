"""A year of rotation from spreadsheet to folder: planned, judged, explained, mended, told in public."""

import csv
import json
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from data.sample import sample_tables, write_dataset
from scheduler import journeys
from scheduler.clock import add_months
from scheduler.errors import NoPlanFound, Refused
from scheduler.journeys import RotationAsk
from scheduler.rotation_repair import RepairRefused
from solver.settings import Settings

YEAR = 2027
QUICK = Settings(time_limit_s=0.5)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rotation") / "data"
    write_dataset(sample_tables(30, 12, 900, 1, YEAR, 6), folder)
    return folder


@pytest.fixture(scope="module")
def planned(dataset, tmp_path_factory):
    out = tmp_path_factory.mktemp("planned") / "plan"
    return journeys.rotate(RotationAsk(dataset, YEAR, out=out, public=True), QUICK)


def rows(file):
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def test_a_plan_is_saved_whole_and_the_checker_finds_nothing(dataset, planned):
    plan, _, breaches = journeys.audit_rotation_plan(planned.folder, dataset)
    assert breaches == []
    assert len(plan.moves) == len(planned.plan.moves) > 0
    for name in (
        "moves.csv",
        "unplaced.csv",
        "rotation.json",
        "rotation.xlsx",
        "rotation.docx",
        "report.html",
    ):
        assert (planned.folder / name).is_file()
        assert (planned.folder / "public" / name).is_file()


def test_everybody_in_the_staff_table_is_counted_exactly_once(dataset, planned):
    counts = planned.plan.facts["counts"]
    parts = (
        "due",
        "may_help",
        "deferred",
        "exempt",
        "single_post",
        "missing_data",
        "not_due",
        "outside",
    )
    assert (
        sum(counts[part] for part in parts) == counts["staff"] == len(rows(dataset / "staff.csv"))
    )
    assert counts["placed"] + counts["unplaced"] == counts["due"]


def test_every_goal_has_a_bound_below_its_value(planned):
    goals = planned.plan.facts["goals"]
    assert {"unplaced", "late", "distance", "total"} <= {goal["name"] for goal in goals}
    assert all(goal["bound_points"] <= goal["points"] for goal in goals)


def test_the_same_question_gives_the_same_moves(dataset, planned, tmp_path):
    again = journeys.rotate(RotationAsk(dataset, YEAR, out=tmp_path / "plan"), QUICK)
    assert again.plan.moves == planned.plan.moves
    assert again.plan.facts["plan_id"] == planned.plan.facts["plan_id"]


def test_a_swap_of_two_targets_by_hand_is_found(dataset, planned, tmp_path):
    first = planned.plan.moves[0]
    other = next(m for m in planned.plan.moves if m.cycle_id != first.cycle_id)
    text = (planned.folder / "moves.csv").read_text(encoding="utf-8-sig")
    head, *lines = text.splitlines()
    changed = []
    for line in lines:
        for mine, its in ((first, other), (other, first)):
            if line.startswith(mine.move_id + ","):
                line = line.replace(f",{mine.to_position},", f",{its.to_position},", 1)
                break
        changed.append(line)
    (tmp_path / "moves.csv").write_text("\n".join([head, *changed]) + "\n", encoding="utf-8")
    breaches = journeys.audit_rotation_plan(tmp_path / "moves.csv", dataset)[2]
    assert {"move.form", "move.desk"} & {b.rule for b in breaches}


def test_somebody_who_falls_out_changes_only_the_own_exchange_and_who_mends_it(
    dataset, planned, tmp_path
):
    gone = planned.plan.moves[0].staff_id
    ask = RotationAsk(dataset, YEAR, out=tmp_path / "mended")
    mended = journeys.repair_rotation(ask, planned.folder, [gone], QUICK)
    assert journeys.audit_rotation_plan(mended.folder, dataset)[2] == []
    assert gone not in {move.staff_id for move in mended.plan.moves}
    before = {(m.staff_id, m.to_position, m.wave) for m in planned.plan.moves}
    after = {(m.staff_id, m.to_position, m.wave) for m in mended.plan.moves}
    repair = mended.plan.facts["repair"]
    assert repair["kept"] == len(before & after) >= len(before) - 3
    assert {row["staff_id"] for row in repair["new"]} == {who for who, *_ in after - before}
    goals = {goal["name"]: goal for goal in mended.plan.facts["goals"]}
    assert goals["changed"]["value"] == len(before ^ after) > 0
    assert goals["changed"]["bound"] <= goals["changed"]["value"]
    assert not {"greedy", "greedy_share", "solver"} & mended.plan.facts.keys()


def test_a_repair_keeps_to_the_year_of_its_plan(dataset, planned, tmp_path):
    ask = RotationAsk(dataset, YEAR + 1, out=tmp_path / "mended")
    gone = planned.plan.moves[0].staff_id
    with pytest.raises(Refused, match="2027"):
        journeys.repair_rotation(ask, planned.folder, [gone], QUICK)


def test_everybody_unplaced_has_a_reason_and_an_answer_about_relaxations(dataset, tmp_path):
    ask = RotationAsk(dataset, YEAR, trial={"move.one-leader": 0}, out=tmp_path / "plan")
    unplaced = journeys.rotate(ask, QUICK).plan.unplaced
    assert unplaced
    assert all(row.reason and row.rules and row.relaxation for row in unplaced)
    assert not [row.staff_id for row in unplaced if "Chưa tìm hết" in row.relaxation]


def test_somebody_who_is_in_no_move_cannot_fall_out(dataset, planned, tmp_path):
    ask = RotationAsk(dataset, YEAR, out=tmp_path / "mended")
    with pytest.raises(RepairRefused, match="XX99"):
        journeys.repair_rotation(ask, planned.folder, ["XX99"], QUICK)
    assert not (tmp_path / "mended").exists()


def test_an_order_that_nothing_lawful_carries_out_is_named_by_its_row(dataset, planned, tmp_path):
    copy = tmp_path / "data"
    copy.mkdir()
    for file in dataset.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    stays = next(
        row for row in rows(dataset / "positions.csv")
        if row["position_id"] == planned.plan.moves[0].from_position
    )  # fmt: skip
    who = planned.plan.moves[0].staff_id
    (copy / "pins.csv").write_text(
        "staff_id,position_id,must,reason\n"
        f"{who},{stays['position_id']},true,ở nguyên chỗ cũ\n", encoding="utf-8",
    )  # fmt: skip
    with pytest.raises(NoPlanFound) as refused:
        journeys.rotate(RotationAsk(copy, YEAR, out=tmp_path / "plan"), QUICK)
    assert who in refused.value.message.say("vi")
    assert "dòng 2" in refused.value.message.say("vi")
    assert not (tmp_path / "plan").exists()


def test_the_other_reading_makes_fewer_people_due(dataset):
    ask = RotationAsk(dataset, YEAR)
    continuous = journeys.open_rotation(ask).case.counts["due"]
    restarted = journeys.open_rotation(replace(ask, reading="restarted")).case.counts["due"]
    assert restarted < continuous


def test_a_trial_value_is_marked_and_kept_apart_from_the_law(dataset, tmp_path):
    ask = RotationAsk(dataset, YEAR, trial={"move.cycle-length": 2}, out=tmp_path / "trial")
    tried = journeys.rotate(ask, QUICK)
    assert tried.plan.facts["birth"]["trial"] == {"move.cycle-length": 2}
    assert {m.cycle_kind for m in tried.plan.moves} <= {"swap", "chain"}
    assert journeys.audit_rotation_plan(tried.folder, dataset)[2] == []


def test_flags_of_one_person_are_those_of_the_file(dataset, tmp_path):
    on = date(2026, 11, 22)
    summary = journeys.flag_staff(dataset, on, tmp_path / "flags.csv", "vi")
    table = rows(tmp_path / "flags.csv")
    assert summary.people == len({row["staff_id"] for row in table})
    twice = next(row["staff_id"] for row in table if row["reading"] == "restarted")
    for who in (table[0]["staff_id"], twice):
        told = journeys.flags_of_one(dataset, on, who, "vi")
        wanted = [row for row in table if row["staff_id"] == who]
        assert [" | ".join(one.derivation) for one in told] == [row["derivation"] for row in wanted]


def test_somebody_who_does_not_exist_is_refused(dataset):
    with pytest.raises(Refused, match="XX99"):
        journeys.flags_of_one(dataset, date(2027, 1, 1), "XX99", "vi")


def test_a_forecast_counts_everybody_with_a_date_once(dataset, tmp_path):
    summary = journeys.forecast_dues(dataset, (2027, 2031), tmp_path / "dues.csv", "vi")
    assert [file.name for file in summary.files] == ["dues.csv", "dues.svg"]
    assert all(file.stat().st_size for file in summary.files)


def test_the_facts_are_plain_json_that_reads_back(planned):
    facts = json.loads((planned.folder / "rotation.json").read_text(encoding="utf-8"))
    assert facts["plan_id"] == planned.plan.facts["plan_id"]
    assert len(facts["waves"]) == 12


def test_the_term_and_paper_of_a_clock_are_those_that_give_its_limit(dataset, planned):
    clock = planned.plan.facts["clock"]
    for told in clock.values():
        start = date.fromisoformat(told["clock_start"])
        assert add_months(start, told["term_months"]).isoformat() == told["latest_date"]
        assert told["legal_basis"]
        assert "Điều 38" not in told["legal_basis"]  # a ground must not reach the posted copy
    book = load_workbook(planned.folder / "rotation.xlsx")
    column = [row[10].value for row in book["Phụ lục I"].iter_rows(min_row=2)]
    told = [f"{c['term_months']} tháng ({c['legal_basis']})" for c in clock.values()]
    assert sorted(filter(None, column)) == sorted(told)


def test_why_somebody_moves_tells_the_clock_the_move_and_every_other_wave(dataset, planned):
    for move in planned.plan.moves[:3]:
        ask = journeys.AskAbout(staff=move.staff_id)
        answer = journeys.why(planned.folder, dataset, ask)
        about_move = journeys.why(planned.folder, dataset, journeys.AskAbout(move=move.move_id))
        assert about_move.as_json() == answer.as_json()
        parts = {section.name: section for section in answer.sections}
        assert parts.keys() == {"clock", "move", "waves", "posts"}
        assert len(parts["clock"].sentences) > 2
        assert len(parts["waves"].facts["waves"]) == 11
        assert answer.text("vi") != answer.text("en")


def test_why_not_of_a_move_that_is_planned_costs_nothing(dataset, planned):
    move = planned.plan.moves[0]
    answer = journeys.why_not_move(
        planned.folder, dataset, move.staff_id, move.to_position, move.wave
    )
    assert answer.about["verdict"] == "already"
    assert set(answer.about["loss"].values()) == {0}


def test_a_recommended_post_costs_what_why_not_says_of_it(dataset, planned):
    move = planned.plan.moves[0]
    who, now = move.staff_id, (move.to_position, move.wave)
    found = journeys.recommend(planned.folder, dataset, journeys.AskAbout(staff=who), 4)
    options = found.sections[0].facts["options"]
    for option in [o for o in options if (o["position"], o["wave"]) != now][:2]:
        answer = journeys.why_not_move(
            planned.folder, dataset, who, option["position"], option["wave"]
        )
        assert answer.about["verdict"] == "possible"
        assert answer.about["loss"] == option["loss"]


def test_a_post_of_another_profession_is_forbidden_by_name(dataset, planned):
    desk = journeys.open_rotation(RotationAsk(dataset, YEAR))
    move = planned.plan.moves[0]
    kind = desk.case.posts["kind"]
    other = next(p for p in desk.case.desks if kind[p] != kind[move.from_position])
    answer = journeys.why_not_move(planned.folder, dataset, move.staff_id, other)
    assert answer.about["verdict"] == "forbidden"
    assert set(answer.about["rules"]) == {"move.profession", "move.rank"}


def test_a_question_of_the_other_kind_is_refused(dataset, planned):
    for ask in (journeys.AskAbout(visit="x"), journeys.AskAbout(), journeys.AskAbout("x", "y")):
        with pytest.raises(Refused):
            journeys.why(planned.folder, dataset, ask)
    with pytest.raises(Refused):
        journeys.why_not_move(planned.folder, dataset, "nobody", "VT0001")


def test_a_rotation_beside_itself_is_the_same(dataset, planned):
    found = journeys.compare(planned.folder, planned.folder, dataset)
    assert found.counts == {"same": len(planned.plan.moves)}
