"""Pages speak to people: no code of the program stands among the words that anybody sees."""

import re
from html.parser import HTMLParser

import pytest

from data.rulefiles import read_rules
from data.store import visits
from tests.browser.filled import fill
from tests.browser.test_every_page import FOR_ALL, OPEN, OTHERS
from tests.plan_offices import amended_files, give_plan, made_files
from tests.uploads import checked, table

HTML = {"accept": "text/html"}
RULES = {row.id for row in read_rules()}  # small, behind their titles
CODE = re.compile(
    r"(?<![\w/@.-])(?:[a-z]+(?:_[a-z0-9]+)+|[a-z][a-z-]+(?:\.[a-z][a-z-]+)+|[A-Z]{2,}(?:_[A-Z]+)+)(?![\w@])"
    r"|\b(?:None|True|False|NaN|undefined|null)\b(?! of)|\b\d{4}-\d\d-\d\d(?:T[\d:.]+)?\b|[{}\[\]]"
)
FILE = re.compile(r"[\w-]+\.(?:xlsx|csv|json|docx|html|zip|py)")
SHOWN = {"lan.anh", "lan.nguyen"}  # how a user name may look
FOR_PROGRAMS = {"/me"}  # rights of a key are named as programs ask for them, behind their words
UNSEEN = ("script", "style", "code", "template", "head", "kbd")
SPOKEN = ("title", "aria-label", "alt", "placeholder")


class Seen(HTMLParser):
    """What a page shows and reads out."""

    def __init__(self):
        super().__init__()
        self.words, self.within = [], []

    def handle_starttag(self, tag, attrs):
        if tag in UNSEEN:
            self.within.append(tag)
        self.words += [value or "" for name, value in attrs if name in SPOKEN]

    def handle_endtag(self, tag):
        if self.within and self.within[-1] == tag:
            self.within.pop()

    def handle_data(self, data):
        if not self.within:
            self.words.append(data)


def codes(page):
    seen = Seen()
    seen.feed(page)
    found = CODE.findall(" | ".join(seen.words))
    return {code for code in found if not FILE.fullmatch(code.rstrip("."))} - RULES - SHOWN


def test_a_code_is_seen_and_words_are_not_taken_for_one():
    page = '<p title="a_b">work_done, unit.gap, xx.yy: 2027-03-01 {n} None</p><code>d_e</code>'
    assert codes(page) == {"a_b", "work_done", "xx.yy", "2027-03-01", "{", "}", "None"}
    assert codes("<p>None of these. plan.xlsx v.v. a@b.vn 01/03/2027 Dr.No</p>") == set()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_page_of_a_busy_office_shows_a_code(small_office, lang):
    ids, found, clients = fill(small_office), {}, {None: small_office.anonymous()}
    clients[None].cookies.set("lang", lang)
    for path, role in [*((path, None) for path in OPEN), *FOR_ALL, *OTHERS]:
        if role not in clients:
            more = {"inspector_id": "TV0001"} if role == "inspector" else {}
            clients[role] = small_office.client(role, lang=lang, **more)
        page = clients[role].get(path.format(**ids), headers=HTML).text
        if path not in FOR_PROGRAMS and (wrong := codes(page)):
            found[path, role] = wrong
    assert found == {}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_page_of_a_plan_that_was_made_and_changed_shows_a_code(small_office, lang):
    first = give_plan(small_office, content=made_files())
    plan = give_plan(small_office, content=amended_files(), previous=first)
    planner = small_office.client("planner", "leader", "hr", name="many", lang=lang)
    with small_office.store.reading() as db:
        rows = [stored.row for stored in visits.page(db, plan, 0, 100)[0]]
    fewer = b"\n".join(table("staff").split(b"\n")[:-2]) + b"\n"
    changed = checked(small_office, planner, {"staff.csv": fewer})
    paths = [
        "", "/year", "/load", "/map", "/compare?what=all", f"/visits/{rows[0].visit_id}",
        f"/visits/{rows[0].visit_id}/why",
    ]  # fmt: skip
    paths = [f"/plans/{plan}{path}" for path in paths]
    paths += [f"/approvals/plans/{plan}", f"/datasets/{changed['id']}", "/", "/runs"]
    found = {path: codes(planner.get(path, headers=HTML).text) for path in paths}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_faults_of_a_table_name_its_columns_as_the_head_does(small_office, lang):
    small_office.dataset()
    hr = small_office.client("hr", "planner", name="many", lang=lang)
    bad = table("staff").replace(b",male,", b",x,", 1)
    page = hr.get(f"/datasets/{checked(small_office, hr, {'staff.csv': bad})['id']}", headers=HTML)
    head = {"vi": ("Nhân sự", "Giới tính"), "en": ("Staff", "Sex")}[lang]
    assert all(f">{words}<" in page.text or f">{words} <" in page.text for words in head)
