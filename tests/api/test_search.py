"""Search from the door: what is found by which words, and by whom: never more than one may read elsewhere."""

from datetime import date, timedelta

import pytest

from api.access import ROLES
from api.found_places import KINDS
from data.matching.old_names import reference_names
from data.records import PlannedVisit
from data.records.actors import PROGRAM
from data.store import plans
from scheduler.journeys.online import search
from scheduler.journeys.online.opened import open_office
from tests.browser.inspecting import HAI, LAN, begin

URL = "/api/v1/search"
HTML = {"accept": "text/html"}


@pytest.fixture
def busy(small_office):
    """An office with visits, findings and 300 officials."""
    begin(small_office)
    return small_office


def found(client, q, **more):
    answer = client.get(URL, params={"q": q, "limit": 500, **more})
    assert answer.status_code == 200
    return {
        group["kind"]: {item["key"]: item for item in group["items"]}
        for group in answer.json()["groups"]
    }


@pytest.mark.parametrize(
    "q", ["duong hoa", "Dương Hòa", "dương hoà", "hoa duong", "DƯƠNG  HÒA", "09856"]
)
def test_a_unit_is_found_with_and_without_accents_wherever_the_mark_stands(busy, q):
    assert next(iter(found(busy.client("planner"), q)["unit"])) == "09856"


@pytest.mark.parametrize(("q", "old", "today", "told"), [
    ("dac so", "Xã Đắc Sở, Huyện Hoài Đức", "09856", "nay thuộc Xã Dương Hòa"),
    ("Đắc Sở Hoài Đức", "Xã Đắc Sở, Huyện Hoài Đức", "09856", "nay thuộc Xã Dương Hòa"),
])  # fmt: skip
def test_a_merged_unit_is_found_by_its_old_name_with_what_it_became(busy, q, old, today, told):
    (thing,) = found(busy.client("planner", lang="vi"), q)["former_unit"].values()
    assert (thing["name"], thing["key"], thing["note"]) == (old, today, told)
    page = busy.client("planner", lang="vi").get(thing["page"], headers=HTML)
    assert page.status_code == 200
    assert "Dương Hòa" in page.text


def test_of_a_divided_unit_every_part_is_named_the_largest_first(busy):
    things = found(busy.client("hr", lang="vi"), "cổ nhuế 1")["former_unit"].values()
    (note,) = [thing["note"] for thing in things]
    parts = [row for row in reference_names() if row.name == "Phường Cổ Nhuế 1"]
    (largest,) = [row.new for row in parts if row.most]
    assert note.startswith(f"nay chia về {largest} (phần lớn nhất); ")
    assert all(row.new in note for row in parts)


def test_a_body_that_is_not_ours_is_found_by_no_old_name(busy):
    ours = {unit.name for unit in open_office(busy.store).units}
    strange = next(r for r in reference_names() if r.whole and r.new not in ours and r.district)
    things = found(busy.client("planner"), f"{strange.name} {strange.district}")
    assert "former_unit" not in things


@pytest.mark.parametrize("q", ["", "  ", "-", "duong xyz", "uong hoa", "duong hoa zz"])
def test_what_is_not_the_beginning_of_a_word_finds_nothing(busy, q):
    assert found(busy.client("planner"), q) == {}


def test_accents_put_what_is_written_so_before_what_only_sounds_alike(busy):
    client = busy.client("hr")
    spelt = list(found(client, "hà", kind="person")["person"].values())
    plain = list(found(client, "ha", kind="person")["person"].values())
    assert {who["key"] for who in spelt} == {who["key"] for who in plain}
    with_mark = [" hà" in f" {who['name'].lower()}" for who in spelt]
    assert with_mark.index(False) == sum(with_mark)  # all of them first
    assert 0 < sum(with_mark) < len(spelt)


def test_a_whole_id_comes_first_and_its_beginning_is_enough(busy):
    client = busy.client("planner")
    assert list(found(client, "tv0012")["inspector"]) == ["TV0012"]
    assert set(found(client, "TV001")["inspector"]) == {f"TV001{n}" for n in range(7)}
    assert "2027-DK-00004" in found(client, "2027-dk-00004")["visit"]
    assert next(iter(found(client, "risk.weights")["rule"])) == "risk.weights"


@pytest.mark.parametrize("role", [*ROLES])
def test_each_role_finds_exactly_the_kinds_that_it_may_read(busy, role):
    with busy.store.writing(PROGRAM, busy.now) as work:
        plans.add(
            work, plans.MOVES, 2027, name="r", title="", trial=False, dataset_id=1, facts={}, status="draft"
        )  # fmt: skip
    more = {"inspector_id": LAN} if role == "inspector" else {}
    client = busy.client(role, lang="vi", **more)
    words = ("phuong", "nguyen", "ke", "chua", "ngay")  # units, people, plans, findings, rules
    seen = {kind for q in words for kind in found(client, q)}
    assert (
        seen
        == {
            "planner": {"unit", "former_unit", "visit", "inspector", "plan", "finding", "rule"},
            "hr": {"unit", "former_unit", "person", "inspector", "rotation", "rule"},
            "inspector": {"former_unit", "visit", "finding", "rule"},
            "leader": {
                "unit",
                "former_unit",
                "visit",
                "person",
                "inspector",
                "plan",
                "rotation",
                "finding",
                "rule",
            },
            "administrator": {"rule"},
            "auditor": {"rule"},
        }[role]
    )


def test_an_inspector_finds_the_own_visits_and_findings_and_no_others(busy):
    lan = busy.client("inspector", name="lan", inspector_id=LAN)
    hai = busy.client("inspector", name="hai", inspector_id=HAI)
    nobody = busy.client("inspector", name="nobody")
    mine = {f"2027-DK-{unit}" for unit in ("00004", "00097", "00160", "00229", "00322")}
    assert set(found(lan, "2027-dk")["visit"]) == mine
    assert set(found(hai, "2027-dk")["visit"]) == {"2027-DK-00364"}
    assert {row["under"] for row in found(lan, "tt-2027")["finding"].values()} < mine
    assert found(hai, "tt-2027") == found(nobody, "2027-dk") == found(nobody, "tt-2027") == {}


def test_an_inspector_finds_no_visit_of_a_draft(busy):
    start = date(2028, 5, 8)
    row = PlannedVisit(
        "2028-DRAFT", "00004", "periodic", start=start, end=start, days=1, lead=LAN, members=(HAI,)
    )
    busy.version([row], "draft", year=2028)
    lan = busy.client("inspector", name="lan", inspector_id=LAN)
    assert "visit" not in found(lan, "2028-draft")
    assert "2028-DRAFT" in found(busy.client("planner"), "2028-draft")["visit"]


def test_a_new_finding_is_found_at_once(busy):
    client, lan = busy.client("planner"), busy.client("inspector", name="lan", inspector_id=LAN)
    assert found(client, "cong phu bien") == {}
    told = {
        "severity": "minor", "text": "Chưa lắp biển chỉ dẫn ở cổng phụ",
        "remedy_due": (busy.now.date() + timedelta(days=40)).isoformat(),
    }  # fmt: skip
    made = lan.post("/api/v1/assignments/2027-DK-00004/findings", json=told)
    assert made.status_code == 201
    assert set(found(client, "biển cổng phụ")["finding"]) == {str(made.json()["id"])}


@pytest.mark.parametrize(("role", "q", "kind", "key"), [
    ("planner", "dương hoà", "unit", "09856"), ("hr", "duong hoa", "unit", "09856"),
    ("leader", "2027-dk-00004", "visit", "2027-DK-00004"), ("hr", "CB0203", "person", "CB0203"),
    ("planner", "TV0012", "inspector", "TV0012"), ("hr", "TV0012", "inspector", "TV0012"),
    ("planner", "TT-2027-00003", "finding", ""), ("inspector", "TT-2027-00001", "finding", ""),
    ("inspector", "2027-dk-00097", "visit", "2027-DK-00097"),
    ("auditor", "risk.weights", "rule", "risk.weights"), ("leader", "kế hoạch kiểm tra", "plan", ""),
])  # fmt: skip
def test_what_is_found_leads_to_a_page_that_opens(busy, role, q, kind, key):
    more = {"inspector_id": LAN} if role == "inspector" else {}
    client = busy.client(role, lang="vi", **more)
    things = found(client, q)[kind]
    thing = things[key] if key else next(iter(things.values()))
    page = client.get(thing["page"], headers=HTML)
    assert page.status_code == 200
    assert thing["name"] in page.text or thing["key"] in page.text


def test_the_page_groups_by_kind_and_pages_one_kind(busy):
    client = busy.client("hr", lang="vi")
    whole = client.get("/search", params={"q": "nguyen"}, headers=HTML).text
    total = sum(len(things) for things in found(client, "nguyen", kind="person").values())
    assert whole.count('href="/people/CB') == 5
    assert "/search?q=nguyen&amp;kind=person" in whole
    second = client.get("/search?q=nguyen&kind=person&offset=50", headers=HTML).text
    assert second.count('href="/people/CB') == min(50, total - 50) > 0
    assert f"51–{min(100, total)} trong {total}" in second


def test_what_was_typed_never_becomes_html(busy):
    page = busy.client("planner").get("/search", params={"q": '"><script>x'}, headers=HTML).text
    assert "<script>x" not in page
    part = busy.client("planner").get("/search/found", params={"q": '"><b>y'}, headers=HTML).text
    assert "<b>y" not in part


def test_pages_of_the_own_menu_are_found_in_either_language(busy):
    page = busy.client("planner", lang="en").get("/search?q=luot chay", headers=HTML).text
    assert 'href="/runs"' in page
    assert 'href="/journal"' not in busy.client("planner").get("/search?q=nhat", headers=HTML).text


def test_every_kind_has_words_and_a_drawing():
    assert set(KINDS) == set(search.KINDS)
