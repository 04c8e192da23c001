"""/runs from the door: who sees which run, who may stop it, and the stream that ends with the session."""

import threading
import time
from datetime import timedelta

import pytest

from api.access import ROLES
from api.routes.runs import Kind
from api.work import Teller
from data.records.actors import PROGRAM
from data.store import runs, sessions
from data.store.errors import NotFound
from scheduler.journeys.online.runs import KIND_RIGHT
from solver.result import Progress

RUNS = "/api/v1/runs"


def ask(office, who, kind="plan", **wanted):
    """A run in the queue that this account has asked for."""
    actor = PROGRAM if who is None else office.actor(who)
    with office.store.writing(actor, office.now) as work:
        return runs.ask(work, kind, wanted)


def begin(office, run_id):
    with office.store.upkeep() as db:
        return runs.begin(db, run_id, office.now)


def test_own_runs_are_listed_newest_first_and_others_only_when_asked_for(office):
    lan, minh = office.account("planner", name="lan"), office.account("planner", name="minh")
    first = ask(office, lan)
    office.later(minutes=1)
    second = ask(office, lan, "papers")
    theirs = ask(office, minh)
    ask(office, minh, "rotate")
    planner = office.client("planner", name="lan")
    listed = planner.get(RUNS).json()
    assert [run["id"] for run in listed["items"]] == [second, first]
    everybody = planner.get(f"{RUNS}?everybody=true").json()
    assert {run["id"] for run in everybody["items"]} == {first, second, theirs}  # not the rotation
    assert everybody["total"] == 3
    papers = planner.get(f"{RUNS}?everybody=true&kind=papers&status=queued").json()
    assert [run["id"] for run in papers["items"]] == [second]
    assert planner.get(f"{RUNS}?everybody=true&kind=rotate").json()["total"] == 0
    assert planner.get(f"{RUNS}?status=lost").status_code == 422


@pytest.mark.parametrize(
    ("role", "kind", "status"),
    [
        ("leader", "plan", 200),
        ("leader", "rotate", 200),
        ("leader", "tables", 200),
        ("planner", "plan", 200),
        ("planner", "rotate", 404),
        ("planner", "tables", 200),
        ("hr", "rotate", 200),
        ("hr", "plan", 404),
        ("hr", "tables", 404),
        ("hr", "flags", 200),
        ("leader", "check", 404),
        ("planner", "check", 200),
        ("planner", "no-such-kind", 404),
        ("inspector", "plan", 403),
        ("auditor", "plan", 403),
        ("administrator", "plan", 403),
    ],
)
def test_a_run_of_somebody_else_is_seen_with_the_right_of_its_kind(
    small_office, role, kind, status
):
    run_id = ask(small_office, small_office.account("planner", name="lan"), kind)
    client = small_office.client(role, name="other")
    assert client.get(f"{RUNS}/{run_id}").status_code == status
    if status != 200:
        assert client.get(f"{RUNS}/{run_id}/events").status_code == status
    assert client.get(f"{RUNS}/not-a-run").status_code == (404 if status != 403 else 403)


def test_ones_own_run_is_seen_whatever_its_kind(small_office):
    run_id = ask(small_office, small_office.account("planner", name="lan"), "rotate")
    assert small_office.client("planner", name="lan").get(f"{RUNS}/{run_id}").status_code == 200


def test_a_run_of_nobody_is_not_everybodys(small_office):
    run_id = ask(small_office, None, "rotate")
    assert small_office.client("planner").get(f"{RUNS}/{run_id}").status_code == 404


def test_every_kind_names_a_right_that_somebody_has():
    assert set(KIND_RIGHT) == set(Kind.__args__)
    assert set(KIND_RIGHT.values()) <= set().union(*ROLES.values())


def test_a_run_that_has_not_begun_is_over_at_once_when_it_is_stopped(office):
    run_id = ask(office, office.account("planner"))
    planner = office.client("planner")
    stopped = planner.post(f"{RUNS}/{run_id}/cancel")
    assert (stopped.status_code, stopped.json()["status"]) == (202, "cancelled")
    assert office.jobs.stopped == [run_id]
    again = planner.post(f"{RUNS}/{run_id}/cancel")
    assert again.status_code == 409


def test_a_run_under_way_is_stopping_until_its_process_is_gone(office):
    run_id = ask(office, office.account("planner"))
    begin(office, run_id)
    planner = office.client("planner")
    stopping = planner.post(f"{RUNS}/{run_id}/cancel").json()
    assert (stopping["status"], stopping["stopping"]) == ("running", True)
    with office.store.writing(PROGRAM, office.now) as work:
        runs.stopped(work, run_id)
    gone = planner.get(f"{RUNS}/{run_id}").json()
    assert (gone["status"], gone["stopping"]) == ("cancelled", False)


@pytest.mark.parametrize(("kind", "status"), [("plan", 202), ("rotate", 202), ("replan", 409)])
def test_a_run_whose_best_is_a_plan_may_be_stopped_to_keep_it(office, kind, status):
    who = office.account("planner", "hr")
    with office.store.writing(office.actor(who), office.now) as work:
        run_id = runs.ask(work, kind, {"year": 2027})
    begin(office, run_id)
    client = office.client("planner", "hr")
    answer = client.post(f"{RUNS}/{run_id}/enough")
    assert answer.status_code == status
    shown = client.get(f"{RUNS}/{run_id}").json()
    assert (shown["status"], shown["keeping"], shown["stopping"]) == (
        "running",
        status == 202,
        False,
    )
    assert ("run.enough" in [line.action for line in office.journal()]) == (status == 202)


def test_what_is_to_stop_without_keeping_keeps_nothing_any_more(small_office):
    run_id = ask(small_office, small_office.account("planner"))
    begin(small_office, run_id)
    planner = small_office.client("planner")
    planner.post(f"{RUNS}/{run_id}/cancel")
    assert planner.post(f"{RUNS}/{run_id}/enough").status_code == 409


def test_nobody_keeps_the_best_of_anothers_run(small_office):
    run_id = ask(small_office, small_office.account("planner", name="lan"))
    other = small_office.client("planner", name="minh")
    assert other.post(f"{RUNS}/{run_id}/enough").status_code == 409
    with small_office.store.reading() as db:
        assert not runs.get(db, run_id).enough


def test_a_worker_interrupts_the_solver_once_and_only_when_a_plan_is_there(office):
    run_id = ask(office, office.account("planner"))
    run = begin(office, run_id)
    teller = Teller(office.store, run)

    def word(phase, best=None):
        teller.next = 0.0
        teller(Progress(phase, 1.0, best))

    word("first", 7)  # nobody has asked
    office.client("planner").post(f"{RUNS}/{run_id}/enough")
    early = Teller(office.store, run)
    early(Progress("first", 1.0))  # asked, but nothing is found
    word("reserve")  # what comes after the plan is not cut off
    with pytest.raises(KeyboardInterrupt):
        word("polish")
    word("polish")  # once is enough


def test_nobody_stops_the_run_of_another(small_office):
    run_id = ask(small_office, small_office.account("planner", name="lan"))
    other = small_office.client("planner", name="minh", lang="vi")
    refused = other.post(f"{RUNS}/{run_id}/cancel")
    assert refused.status_code == 409
    assert "Chỉ người đã yêu cầu" in refused.json()["detail"]
    assert small_office.client("hr").post(f"{RUNS}/{run_id}/cancel").status_code == 404
    assert (
        small_office.client("planner", name="lan").get(f"{RUNS}/{run_id}").json()["status"]
        == "queued"
    )
    assert small_office.jobs.stopped == []


def test_what_failed_says_why_in_the_readers_language(small_office):
    run_id = ask(small_office, small_office.account("planner", name="lan"))
    with small_office.store.writing(PROGRAM, small_office.now) as work:
        runs.fail(
            work, run_id, {"kind": "refused", "vi": "Thiếu dữ liệu.", "en": "Data is missing."}
        )
    for lang, told in (("vi", "Thiếu dữ liệu."), ("en", "Data is missing.")):
        reader = small_office.client("planner", name="lan", lang=lang)
        assert reader.get(f"{RUNS}/{run_id}").json()["error"] == told


def test_a_run_put_back_counts_no_attempt_and_one_that_is_over_stays_over(office):
    run_id = ask(office, office.account("planner"))
    assert begin(office, run_id).attempts == 1
    with office.store.upkeep() as db:
        runs.put_back(db, run_id)
        assert (runs.get(db, run_id).status, runs.get(db, run_id).attempts) == ("queued", 0)
    with office.store.writing(PROGRAM, office.now) as work:
        runs.finish(work, run_id, {})
    with office.store.upkeep() as db, pytest.raises(runs.RunOver):
        runs.put_back(db, run_id)
    with office.store.upkeep() as db, pytest.raises(NotFound):
        runs.put_back(db, "none")


# --- the stream --------------------------------------------------------------------------------------


def events(answer):
    return [
        line.removeprefix("event: ") for line in answer.text.splitlines() if line[:6] == "event:"
    ]


def meanwhile(do):
    """Something done while a stream is open."""

    def later():
        time.sleep(0.7)
        do()

    thread = threading.Thread(target=later)
    thread.start()
    return thread


def test_the_stream_of_a_run_that_is_over_says_so_and_ends(small_office):
    run_id = ask(small_office, small_office.account("planner"))
    planner = small_office.client("planner")
    planner.post(f"{RUNS}/{run_id}/cancel")
    answer = planner.get(f"{RUNS}/{run_id}/events")
    assert events(answer) == ["over"]
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["x-accel-buffering"] == "no"
    assert answer.headers["cache-control"] == "no-cache"


def test_the_stream_tells_progress_and_the_end(office):
    run_id = ask(office, office.account("planner"))

    def work():
        begin(office, run_id)
        with office.store.upkeep() as db:
            runs.tell(db, run_id, {"phase": "days", "seconds": 1.0, "best": 7})
        time.sleep(1.2)
        with office.store.writing(PROGRAM, office.now) as work:
            runs.finish(work, run_id, {"noun": "plan", "id": 1})

    thread = meanwhile(work)
    answer = office.client("planner").get(f"{RUNS}/{run_id}/events")
    thread.join()
    assert events(answer) == ["run", "run", "over"]
    assert '"phase":"days"' in answer.text.replace(" ", "")
    assert '"noun":"plan"' in answer.text.replace(" ", "")


def test_an_ended_session_sees_no_more_of_the_stream(office):
    who = office.account("planner")
    run_id = ask(office, who)
    planner = office.client("planner")
    with office.store.reading() as db:
        mine = sessions.find(db, planner.cookies["congvu"], office.now, timedelta(hours=1))

    def revoke():
        with office.store.writing(PROGRAM, office.now) as work:
            sessions.end(work, who, mine.id)
        begin(office, run_id)

    thread = meanwhile(revoke)
    answer = planner.get(f"{RUNS}/{run_id}/events")
    thread.join()
    assert events(answer) == ["run"]  # not that it has begun


def test_looking_on_does_not_keep_a_session_alive(small_office):
    run_id = ask(small_office, small_office.account("planner"))
    planner = small_office.client("planner")

    def idle():
        small_office.later(minutes=small_office.settings.session_idle_min - 1)
        time.sleep(1.2)  # the stream looks again
        small_office.later(minutes=2)

    thread = meanwhile(idle)
    assert events(planner.get(f"{RUNS}/{run_id}/events")) == ["run"]
    thread.join()
    assert planner.get(f"{RUNS}/{run_id}").status_code == 401


def test_a_closing_server_ends_its_streams(small_office):
    run_id = ask(small_office, small_office.account("planner"))
    thread = meanwhile(lambda: setattr(small_office.app.state, "leaving", True))
    assert events(small_office.client("planner").get(f"{RUNS}/{run_id}/events")) == ["run"]
    thread.join()


def test_a_stream_holds_no_connection(small_office):
    run_id = ask(small_office, small_office.account("planner"))
    held = []

    def look():
        held.append(small_office.store.engine.pool.checkedout())
        small_office.app.state.leaving = True

    thread = meanwhile(look)
    small_office.client("planner").get(f"{RUNS}/{run_id}/events")
    thread.join()
    assert held == [0]
