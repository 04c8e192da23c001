import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files
from io import BytesIO

import pytest
from jinja2.ext import babel_extract

from data.exports.bilingual import number, percent, words
from data.exports.page import report_page
from data.records import Office, Plan, PlannedVisit, Unit
from data.rulefiles import read_rules
from data.words import say
from tests.plans import fake_office, fake_plan

VOID = {"meta", "input"}


class Reader(HTMLParser):
    """Keeps the stack of open tags and what it was told to look for."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.stack, self.tags, self.sections = [], [], {}

    def handle_starttag(self, tag, attrs):
        """Remember the tag and open it."""
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.stack.append((tag, dict(attrs).get("id") or dict(attrs).get("class")))

    def handle_startendtag(self, tag, attrs):
        """Remember the tag and the section it is in."""
        self.tags.append((tag, dict(attrs)))
        for section in (name for parent, name in self.stack if parent == "section"):
            self.sections.setdefault(section, set()).add(tag)

    def handle_endtag(self, tag):
        """Close the tag that is open."""
        assert self.stack[-1][0] == tag, (tag, self.stack[-3:], self.getpos())
        self.stack.pop()


@pytest.fixture(scope="module")
def office():
    return fake_office()


@pytest.fixture(scope="module")
def plan(office):
    return fake_plan(office)


@pytest.fixture(scope="module")
def page(plan, office):
    return report_page(plan, office)


def read(html):
    reader = Reader()
    reader.feed(html)
    assert reader.stack == []
    return reader


def test_every_tag_that_opens_closes(page):
    assert len(read(page).tags) > 1000


def test_nothing_is_loaded_from_elsewhere(page):
    assert not re.search(r"https?://|//cdn|@import|url\((?!#)", page)
    loads = [
        (tag, a)
        for tag, a in read(page).tags
        if "src" in a or not a.get("href", "#").startswith("#")
    ]
    assert loads == []


@pytest.mark.parametrize("section", ["figures", "year", "map", "goals", "loads", "weeks", "risk"])
def test_every_chart_has_its_table_beside_it(page, section):
    assert "table" in read(page).sections[section]


def test_both_languages_say_equally_much(page):
    langs = [a["lang"] for tag, a in read(page).tags if tag in ("span", "tspan") and "lang" in a]
    assert langs.count("vi") == langs.count("en") > 100


def test_a_name_that_is_markup_stays_text(plan):
    nasty = Office(
        units=(
            Unit(
                plan.visits[0].unit_id, "<script>alert(1)</script>\"'&", "ward", lat=21, lon=105.8
            ),
        )
    )
    html = report_page(replace(plan, facts={**plan.facts, "title": "</title><b>x"}), nasty)
    assert "<script>alert" not in html
    assert "</title><b>" not in html
    assert "&lt;script&gt;alert(1)" in html
    read(html)


def test_a_surprise_visit_is_never_named(plan, office):
    secret = PlannedVisit(
        "SECRET-1",
        "U-SECRET",
        "surprise",
        start=date(2027, 5, 11),
        end=date(2027, 5, 11),
        days=1,
        lead="TV001",
    )
    assert "SECRET" not in report_page(replace(plan, visits=(*plan.visits, secret)), office)


def test_the_page_knows_nothing_of_the_solvers_seconds(plan, office, page):
    other = replace(plan, facts={**plan.facts, "solver": {"seconds": 99.125, "repeatable": False}})
    assert report_page(other, office) == page


def test_a_plan_under_trial_values_says_so_at_the_top(plan, office, page):
    trial = {**plan.facts["birth"], "trial": {"team.size": 3}}
    html = report_page(replace(plan, facts={**plan.facts, "birth": trial}), office)
    assert "team.size = 3" in html[: html.index("<main>")]
    assert "team.size" not in page[: page.index("<main>")]


def test_a_goal_in_hundreds_of_metres_is_shown_in_kilometres(plan, office, page):
    assert "11.820,4" in page
    other = [{**goal, "unit_vi": "mét"} for goal in plan.facts["goals"]]
    assert "118.204" in report_page(replace(plan, facts={**plan.facts, "goals": other}), office)


def test_a_plan_without_facts_has_a_page_too():
    visit = PlannedVisit(
        "V", "U", "periodic", start=date(2027, 3, 1), end=date(2027, 3, 1), days=1, lead="A"
    )
    html = report_page(Plan(2027, (visit,), ()), Office(units=(Unit("U", "Xã Một", "commune"),)))
    read(html)
    assert "Xã Một" in html


def test_600_units_stay_under_two_megabytes():
    office = fake_office(600, 100)
    assert len(report_page(fake_plan(office, 700), office).encode()) < 2_000_000


def test_all_dropped_visits_are_listed_with_their_reason(plan, page):
    shown = page[page.index('id="dropped"') :]
    shown = shown[: shown.index("</section>")]
    title = next(row.title_vi for row in read_rules() if row.id == "person.month-days")
    assert (shown.count(f"«{title}»"), shown.count("person.month-days")) == (3, 0)


def test_each_visit_of_the_year_is_one_mark_in_the_grid(plan, page):
    grid = page[page.index('<table class="year">') :]
    scheduled = sum(v.status == "scheduled" for v in plan.visits)
    assert (
        len(re.findall(r'<i class="k \w+" style="--l', grid[: grid.index("</table>")])) == scheduled
    )


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_language_asked_for_is_the_one_shown_first(plan, office, lang):
    tags = read(report_page(plan, office, lang)).tags
    assert [a["id"] for tag, a in tags if tag == "input" and "checked" in a] == [f"lang-{lang}"]


def test_every_text_of_the_templates_has_an_english_one():
    folder = files("data") / "exports"
    templates = [folder / "report.html", *(folder / "sections").iterdir()]
    texts = {
        text[0] if isinstance(text, tuple) else text
        for template in templates
        for _, _, text, _ in babel_extract(BytesIO(template.read_bytes()), ["_"], [], {})
    }
    assert len(texts) > 80
    assert [text for text in sorted(texts) if say("en", text) == text] == []


def test_numbers_are_written_as_each_language_does():
    assert str(number(1234.5, 1)) == '<span lang="vi">1.234,5</span><span lang="en">1,234.5</span>'
    assert str(number(7.0, 1)) == "7"
    assert "30\N{NO-BREAK SPACE}%" in percent(0.3)


def test_a_number_that_rounds_to_tens_keeps_its_zero():
    assert str(number(40)) == "40"
    assert "100" in percent(1.0)


def test_fields_of_a_text_are_escaped_and_html_made_here_is_not():
    html = words("Không có tọa độ: {names}.", names="<b>")
    assert "<b>" not in html
    assert '<span lang="vi">1.000</span>' in words("Không có tọa độ: {names}.", names=number(1000))
