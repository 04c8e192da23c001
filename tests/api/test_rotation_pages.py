"""The pages of rotation plans from the door: buttons, forms, search, what may be posted, large plans."""

import re
from dataclasses import replace

import pytest

from data.store import plans
from scheduler.journeys.online.stored_plans import plan_of
from tests.hr_office import RELATION, SECRETS, accept, guarded_year, rotation
from tests.stored_rotations import filled, filled_rotation, keep

HTML = {"accept": "text/html"}
STEPS = ("check", "submit", "approve", "send-back", "publish", "close", "discard")


def page(client, path, status=200):
    answer = client.get(path, headers=HTML)
    assert answer.status_code == status, answer.text[-2000:]
    return answer.text


def status_of(office, plan):
    with office.store.reading() as db:
        return plans.get(db, plans.MOVES, plan).status


@pytest.fixture
def made_up(small_office):
    """An office with a filled plan of 60 moves: (office, id)."""
    return small_office, filled_rotation(small_office)


@pytest.mark.parametrize(("status", "hr", "leader"), [
    ("draft", {"check", "discard"}, set()),
    ("checked", {"check", "submit", "discard"}, set()),
    ("submitted", set(), {"approve", "send-back"}),
    ("approved", {"publish"}, {"publish", "send-back"}),
    ("published", {"amend", "close"}, {"close"}),
    ("closed", set(), set()),
    ("discarded", set(), set()),
])  # fmt: skip
def test_only_what_leads_on_and_is_ones_own_is_offered(small_office, status, hr, leader):
    plan = filled_rotation(small_office, status=status)
    for role, wanted in (("hr", hr), ("leader", leader)):
        html = page(small_office.client(role), f"/rotations/{plan}")
        shown = {step for step in STEPS if f'action="/rotations/{plan}/{step}"' in html}
        shown |= {"amend"} if f'href="/rotations/{plan}/amend"' in html else set()
        assert shown == wanted, role


def test_a_form_of_an_older_page_changes_nothing_and_says_why(made_up):
    office, plan = made_up
    client = office.client("hr", lang="vi")
    answer = client.post(f"/rotations/{plan}/discard", data={"revision": 1}, headers=HTML)
    assert answer.status_code == 412
    assert "Có người đã sửa" in answer.text
    assert status_of(office, plan) == "draft"
    assert client.post(f"/rotations/{plan}/discard", data={"revision": 2}).status_code == 200
    assert status_of(office, plan) == "discarded"


@pytest.mark.parametrize(("form", "status"), [
    ({}, 303), ({"on": "2027-01-15", "reading": "restarted"}, 303), ({"on": ""}, 303), ({"year": 1999}, 422),
    ({"on": "2027-02-30"}, 422), ({"on": "2199-12-31"}, 303), ({"on": "9999-12-31"}, 422),
    ({"on": "0001-01-01"}, 422), ({"reading": "x"}, 422), ({"effort": 0}, 422),
])  # fmt: skip
def test_a_plan_is_asked_for_from_the_form_or_nothing_is(small_office, form, status):
    accept(small_office, guarded_year())
    client = small_office.client("hr")
    answer = client.post(
        "/rotations", data={"year": 2027, "effort": 1, **form}, headers=HTML, follow_redirects=False
    )
    assert answer.status_code == status, answer.text
    assert len(small_office.jobs.waiting) == (status == 303)
    if status == 303:
        (run,) = small_office.jobs.waiting
        assert answer.headers["location"] == f"/runs/{run}"


def test_without_data_the_form_leads_to_the_data_and_asks_for_nothing(small_office):
    client = small_office.client("hr")
    html = page(client, "/rotations/new")
    assert 'href="/datasets"' in html
    assert "<form" not in html[html.index("<main") : html.index("</main")]
    assert client.post("/rotations", data={"year": 2027, "effort": 1}).status_code == 409


def test_somebody_is_found_without_accents_with_the_whole_cycle_around(made_up):
    office, plan = made_up
    client = office.client("hr")
    moves, who = _one_of_a_cycle(office, client, plan)
    name = re.sub("<.*", "", who["name"])
    for sought in (name, who["staff_id"], who["move_id"]):
        html = page(client, f"/rotations/{plan}/moves?q={sought}")
        assert all(f"<small>{m['staff_id']}</small>" in html for m in moves), sought
        assert f'class="hit"><th scope="row"><a href="/people/{who["staff_id"]}"' in html
    assert "article" not in page(client, f"/rotations/{plan}/moves?q=khong ai ten nhu vay")


def _one_of_a_cycle(office, client, plan):
    listed = client.get(f"/api/v1/rotations/{plan}/moves?limit=500").json()["items"]
    cycle = next(m["cycle_id"] for m in listed if m["cycle_kind"] == "cycle")
    mine = [m for m in listed if m["cycle_id"] == cycle]
    assert len(mine) == 3
    return mine, mine[0]


def test_an_accent_more_or_less_finds_the_same_people_and_another_name_does_not(made_up):
    office, plan = made_up
    client = office.client("hr")
    found = [
        re.findall(r'class="hit"><th scope="row"><a href="/people/(\w+)"', page(client, path))
        for path in (f"/rotations/{plan}/moves?q={q}" for q in ("Đặng", "dang", "DANG", "Đặngx"))
    ]
    assert found[0] == found[1] == found[2] != []
    assert found[3] == []


def test_wave_kind_and_unit_let_through_what_they_say(made_up):
    office, plan = made_up
    client = office.client("hr")
    listed = client.get(f"/api/v1/rotations/{plan}/moves?limit=500").json()["items"]
    first = listed[0]
    for query, wanted in (
        (f"wave={first['wave']}", {m["cycle_id"] for m in listed if m["wave"] == first["wave"]}),
        ("kind=chain", {m["cycle_id"] for m in listed if m["cycle_kind"] == "chain"}),
    ):
        html = page(client, f"/rotations/{plan}/moves?{query}&limit=20")
        shown = set(re.findall(r'<article class="panel exchange" aria-label="\S+ (V\d+)"', html))
        assert shown
        assert shown <= wanted
        assert len(shown) == min(20, len(wanted))
        body = re.search(r'<option value="([^"]+)" lang="vi">', html)[1]
    html = page(client, f"/rotations/{plan}/moves?unit={body}")
    assert "exchange-drawing" in html


def test_every_drawing_has_a_table_with_the_same_people(made_up):
    office, plan = made_up
    html = page(office.client("hr"), f"/rotations/{plan}/moves?kind=cycle")
    articles = html.split("<article")[1:]
    assert articles
    for article in articles:
        drawn = re.findall(r'class="stop-person"[^>]*>([^<]+)<', article)
        told = re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', article)
        assert [name for name in drawn if name != "vacant post"] == told
        assert article.count("<path") == len(told)


def test_five_thousand_moves_are_a_light_page_with_the_way_to_the_others(small_office):
    plan = filled_rotation(small_office, 5000, status="published")
    client = small_office.client("hr")
    answer = client.get(f"/rotations/{plan}/moves?limit=500", headers=HTML)
    assert answer.text.count("<article") == 20
    assert len(answer.content) < 1_000_000
    assert "offset=2480" in answer.text  # the last twenty of 2,500 cycles and chains


@pytest.mark.parametrize("path", ["", "/moves", "/staying", "/staying?which=deferred", "/compare"])
def test_who_may_not_know_grounds_reads_none_on_any_page(small_office, path):
    accept(small_office, guarded_year())
    plan = rotation(small_office)
    other = keep(small_office, *_stored(small_office, plan))
    against = f"?against={other}" if path == "/compare" else ""
    html = page(small_office.client("leader", lang="vi"), f"/rotations/{plan}{path}{against}")
    assert [secret for secret in SECRETS if secret in html] == []
    assert "Bản niêm yết được" in html or path == "/compare"


def _stored(office, plan):
    with office.store.reading() as db:
        version = plans.get(db, plans.MOVES, plan)
        return plan_of(db, version), version.dataset_id


def test_who_may_know_reads_grounds_evidence_and_what_would_help(small_office):
    accept(small_office, guarded_year())
    plan = rotation(small_office)
    hr, leader = (small_office.client(role, lang="vi") for role in ("hr", "leader"))
    mine = page(hr, f"/rotations/{plan}/staying?which=deferred")
    assert "Mang thai hoặc nuôi con nhỏ" in mine
    assert "Giấy-7f3c2a" in mine
    assert "31/12/2028" in mine
    theirs = page(leader, f"/rotations/{plan}/staying?which=spared")
    assert "Bình" in theirs
    assert "31/12/2028" not in theirs
    assert "which=deferred" not in theirs
    reasons = [page(c, f"/rotations/{plan}/moves") for c in (hr, leader)]
    assert "tiếp nhận" in reasons[0]
    assert "tiếp nhận" not in reasons[1]
    assert RELATION not in reasons[1]


def test_a_breach_of_kin_is_for_a_leader_only_its_rule(small_office):
    told = f"An có người thân ({RELATION}) ở Xã Hai."
    breach = {
        "rule": "move.kin", "source": "Luật", "visits": ["L00001"], "vi": told, "en": told,
        "title_vi": "Không có người thân", "title_en": "No kin",
    }  # fmt: skip
    plan = filled_rotation(small_office, breaches=[breach], checked_at=small_office.now)
    hr, leader = (page(small_office.client(r), f"/rotations/{plan}") for r in ("hr", "leader"))
    assert RELATION in hr
    assert RELATION not in leader
    assert "move.kin" in leader
    assert f'href="/rotations/{plan}/moves?q=L00001"' in leader


def test_equal_parts_of_two_versions_are_dimmed_and_others_not(made_up):
    office, old = made_up
    plan, _ = filled()
    moved = (replace(plan.moves[0], to_position="VT00007"), *plan.moves[1:])
    new = keep(office, replace(plan, moves=moved), 1, previous=old)
    client = office.client("hr")
    html = page(client, f"/rotations/{new}/compare?what=all&limit=100")
    assert html.count('<tr class="same"><th scope="row" class="person">') == 59
    changed = page(client, f"/rotations/{new}/compare")
    assert changed.count('<th scope="row" class="person">') == 1
    assert plan.moves[0].staff_id in changed


def test_people_who_fall_out_are_found_ticked_and_kept_while_searching_on(small_office):
    plan = filled_rotation(small_office, status="published")
    client = small_office.client("hr")
    html = page(client, f"/rotations/{plan}/amend?q=NV00003&without=NV00001&on=2027-06-01")
    boxes = re.findall(r'name="without" value="(\w+)"( checked)?', html)
    assert boxes == [("NV00001", " checked"), ("NV00003", "")]
    assert 'value="2027-06-01"' in html
    answer = client.post(
        f"/rotations/{plan}/amend", data={"on": "2027-06-01", "without": ["NV00001", "NV00003"]},
        headers=HTML, follow_redirects=False,
    )  # fmt: skip
    assert answer.status_code == 303
    (run,) = small_office.jobs.waiting
    assert client.get(f"/api/v1/runs/{run}").json()["kind"] == "repair"


def test_a_draft_is_amended_by_nobody(made_up):
    office, plan = made_up
    client = office.client("hr")
    assert 'name="on"' not in page(client, f"/rotations/{plan}/amend")
    answer = client.post(f"/rotations/{plan}/amend", data={"on": "2027-06-01"}, headers=HTML)
    assert answer.status_code == 409
    assert office.jobs.waiting == []


@pytest.mark.parametrize("path", [
    "moves?wave=13", "moves?kind=x", "staying?which=x", "compare?against=0", "moves?offset=-1",
    "amend?on=2027-02-30", "moves?q=" + "a" * 201,
])  # fmt: skip
def test_an_odd_question_is_refused_and_never_a_fault_of_the_program(made_up, path):
    office, plan = made_up
    page(office.client("hr"), f"/rotations/{plan}/{path}", 422)


def test_what_is_sought_never_becomes_html(made_up):
    office, plan = made_up
    client = office.client("hr")
    for path in ("moves", "staying", "amend"):
        html = page(client, f"/rotations/{plan}/{path}?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        assert "<script>alert" not in html
