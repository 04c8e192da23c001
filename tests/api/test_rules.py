"""/rules from the doors: the law of a day for everybody, a trial value for a trial plan and nowhere else."""

import hashlib
import html
import re
from pathlib import Path

import pytest

from api.rule_codes import code_words
from api.rule_parts import part_words
from api.rule_words import UNITS, says_its_unit
from data.rulefiles import read_rules
from data.store import runs

RULES = "/api/v1/rules"
FILES = Path(__file__).parents[2] / "data" / "rules"
HTML = {"accept": "text/html"}
CODE = re.compile(
    r"(?<![\w-])[a-z][a-z-]*(?:[_.][a-z][a-z-]*)+\b|[{}\[\]`]|\b(?:None|True|False)\b"
)


def text_of(page):
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def law():
    return hashlib.sha256(b"".join(f.read_bytes() for f in sorted(FILES.iterdir()))).hexdigest()


def tried(client, rule, value, year=2027, **headers):
    """`value`: what is typed into the one field, or parts of a table by their keys."""
    parts = {f"value-{key}": text for key, text in value.items()} if isinstance(value, dict) else {}
    form = {"value": value, **parts, "year": year} if not parts else {**parts, "year": year}
    return client.post(
        f"/rules/{rule}/trial", data=form, headers={**HTML, **headers}, follow_redirects=False
    )


def wrong(answer):
    """Name of each field at fault -> what stands beside it."""
    told = re.findall(r'<p class="field-fault" id="e-([^"]+)">.*?</svg>(.*?)</p>', answer.text)
    assert [name for name, _ in told] == re.findall(
        r'name="([^"]+)"[^>]*aria-invalid="true"', answer.text
    )
    return dict(told)


def asked(office):
    """The trial values that the last run was asked for."""
    with office.store.reading() as db:
        return runs.get(db, office.jobs.waiting[-1]).ask["what_if"]


def test_every_rule_is_listed_once_with_what_the_file_says(small_office):
    anybody = small_office.client("inspector")
    found = anybody.get(RULES, params={"limit": 500}).json()
    assert [rule["id"] for rule in found["items"]] == [row.id for row in read_rules()]
    [ceiling] = anybody.get(RULES, params={"q": "rotation.ceiling"}).json()["items"]
    assert (ceiling["value"], ceiling["unit"], ceiling["values"][0]["start"]) == (
        60, "months", "2019-07-01",
    )  # fmt: skip


def test_a_value_is_that_of_the_day_and_none_before_the_first(small_office):
    row = next(row for row in read_rules() if len(row.values) > 1)
    anybody, where = small_office.client("leader"), f"{RULES}/{row.id}"
    for dated in row.values:
        then = anybody.get(where, params={"on": dated.start.isoformat()}).json()
        assert then["value"] == dated.value
    assert anybody.get(where, params={"on": "1990-01-01"}).json()["value"] is None


def test_words_are_found_without_accents_and_all_of_them(small_office):
    anybody = small_office.client("hr")
    found = anybody.get(RULES, params={"q": "chuyen doi", "limit": 500}).json()["items"]
    assert 0 < len(found) < len(read_rules())
    assert anybody.get(RULES, params={"q": "chuyen doi zzz"}).json()["total"] == 0
    assert anybody.get(f"{RULES}/no.such").status_code == 404


def test_a_trial_value_goes_into_a_run_and_the_law_stays_as_it_is(small_office):
    small_office.dataset()
    before, planner = law(), small_office.client("planner")
    answer = tried(planner, "capacity.teams-per-day", {"teams": "6", "people_per_team": "4"})
    assert small_office.jobs.waiting == [answer.headers["location"].removeprefix("/runs/")]
    assert asked(small_office) == {"capacity.teams-per-day": {"teams": 6}}
    assert law() == before


@pytest.mark.parametrize(("rule", "value", "status"), [
    ("frequency.high", "18", 303), ("frequency.high", "viết sai", 422), ("frequency.high", "[1]", 422),
    ("frequency.high", "-1", 422), ("frequency.high", "18,5", 422), ("frequency.high", "", 422),
    ("frequency.high", "12", 422), ("capacity.teams-per-day", {"nothing": "1"}, 422),
    ("capacity.teams-per-day", {"teams": "6"}, 422),
    ("capacity.teams-per-day", {"teams": "0", "people_per_team": "4"}, 422),
    ("unit.gap", "10000", 303), ("unit.gap", "10001", 422), ("unit.gap", "1e400", 422),
    ("unit.gap", "10.000", 422), ("unit.gap", "NaN", 422), ("unit.gap", "[" * 5000, 422),
    ("coverage.target", "0,45", 303), ("coverage.target", "1", 303), ("coverage.target", "1,1", 422),
    ("follow-up.window", {"first": "60", "last": "60", "late_within": "60"}, 303),
    ("follow-up.window", {"first": "61", "last": "60", "late_within": "60"}, 422),
    ("pins", "no", 303), ("pins", "yes", 422),
    ("rotation.ceiling", "72", 409), ("surprise.protocol", "1", 409), ("no.such", "1", 404),
])  # fmt: skip
def test_a_trial_value_is_taken_when_it_fits_the_rule_and_refused_else(
    small_office, rule, value, status
):
    small_office.dataset()
    assert tried(small_office.client("planner"), rule, value).status_code == status


def test_a_fault_stands_beside_its_field_and_what_was_typed_stays(small_office):
    small_office.dataset()
    planner = small_office.client("planner", lang="vi")
    value = {"teams": "tám", "people_per_team": "3"}
    for headers in ({}, {"hx-request": "true"}):
        answer = tried(planner, "capacity.teams-per-day", value, 1999, **headers)
        assert wrong(answer) == {
            "value-teams": "«tám» không phải là số. Chỉ ghi chữ số, như 21,03 hoặc 95.",
            "year": "Năm kế hoạch từ 2020 đến 2100.",
        }
        assert 'value="tám"' in answer.text
        assert 'value="3"' in answer.text
        assert ("<html" in answer.text) == (not headers)
    assert small_office.jobs.waiting == []


def test_the_comma_of_vietnamese_is_shown_and_read(small_office):
    small_office.dataset()
    planner = small_office.client("planner", lang="vi")
    page = planner.get("/rules/risk.classes/trial", headers=HTML).text
    assert re.findall(r'name="value-(\w+)" value="([^"]*)"', page) == [
        ("high", "0,2"), ("middle", "0,4"),
    ]  # fmt: skip
    tried(planner, "risk.classes", {"high": "0,25", "middle": "0,4"})
    assert asked(small_office) == {"risk.classes": {"high": 0.25}}


def test_an_order_is_given_by_places_and_each_is_taken_once(small_office):
    small_office.dataset()
    planner = small_office.client("planner")
    order = ["drops", "timing", "load", "pairs", "travel", "spread"]
    places = {goal: str(n) for n, goal in enumerate(order, 1)}
    assert wrong(tried(planner, "goals.order", {**places, "load": "2"})).keys() == {"value-load"}
    tried(planner, "goals.order", {**places, "load": "2", "timing": "3"})
    assert asked(small_office) == {
        "goals.order": ["drops", "load", "timing", "pairs", "travel", "spread"]
    }


def test_ranks_may_share_a_place(small_office):
    small_office.dataset()
    now = next(row for row in read_rules() if row.id == "team.leader-rank").values[-1].value
    places = {
        f"order-{rank}": str(n)
        for n, step in enumerate(now["order"], 1)
        for rank in step.split("+")
    }
    typed = {**places, "order-director": places["order-deputy_director"], "enough": now["enough"]}
    tried(small_office.client("planner"), "team.leader-rank", typed)
    [what_if] = asked(small_office).values()
    assert what_if == {"order": [*now["order"][:-2], "deputy_director+director"]}


def test_kinds_of_units_are_ticked(small_office):
    small_office.dataset()
    planner = small_office.client("planner")
    assert tried(planner, "coverage.denominator", ["ward", "commune"]).status_code == 303
    assert asked(small_office) == {"coverage.denominator": ["ward", "commune"]}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_form_of_a_rule_shows_words_and_no_code(small_office, lang):
    planner = small_office.client("planner", lang=lang)
    rules = [row.id for row in read_rules()]
    for rule in rules:
        page = planner.get(f"/rules/{rule}/trial", headers=HTML).text
        seen = text_of(page[page.index("<main") :]).replace(rule, "")
        assert [word for word in CODE.findall(seen) if word not in rules] == [], rule
        assert "<textarea" not in page


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_list_of_rules_shows_words_and_no_code(small_office, lang):
    page = small_office.client("inspector", lang=lang).get("/rules", headers=HTML).text
    seen = text_of(page[page.index("<main") :])
    ids = {row.id for row in read_rules()}
    assert sorted({word for word in CODE.findall(seen) if word not in ids}) == []


def test_every_key_and_code_of_a_value_has_words():
    bare = set()
    for row in read_rules():
        for dated in row.values:
            keys, codes = inside(dated.value)
            bare |= {(row.id, key) for key in keys if isinstance(part_words(row.id, key), str)}
            bare |= {
                (row.id, code)
                for code in codes
                if code.isascii() and isinstance(code_words(row.id, code), str)
            }
    assert bare == {("surprise.protocol", "08:00"), ("papers.page", "Times New Roman")}


def inside(value):
    """Keys and texts anywhere in a value of a rule."""
    if isinstance(value, dict):
        parts = [inside(part) for part in value.values()]
        return {*value, *(k for keys, _ in parts for k in keys)}, {c for _, cs in parts for c in cs}
    if isinstance(value, list):
        parts = [inside(part) for part in value]
        return {k for keys, _ in parts for k in keys}, {c for _, codes in parts for c in codes}
    return set(), {value} if isinstance(value, str) else set()


def test_only_who_makes_plans_tries_values(small_office):
    assert tried(small_office.client("leader"), "frequency.high", "18").status_code == 403
    page = small_office.client("leader").get("/rules", headers=HTML)
    assert "/trial" not in page.text


def test_every_unit_of_the_rules_is_said_in_both_languages():
    units = {row.unit for row in read_rules() if not says_its_unit(row)}
    assert units == set(UNITS)
    assert [unit for unit, words in UNITS.items() if words.say("vi") == unit] == []


@pytest.mark.parametrize(("value", "status"), [(10_000, 202), (10_001, 422), (1e300, 422)])
def test_a_trial_value_stays_within_what_the_calendar_can_count(office, value, status):
    office.dataset()
    asked = {"year": 2027, "what_if": {"unit.gap": value}}
    assert office.client("planner").post("/api/v1/plans", json=asked).status_code == status
