"""Every page in English and in Vietnamese: no word of the program in the other language.

Names of people, units and posts are written without accents here, so that whatever has accents is text:
the program's own, or what somebody wrote, which an English page marks as Vietnamese (WCAG 3.1.2).
"""

import csv
import io
import json
import re
import unicodedata

import pytest

from data.records.actors import PROGRAM
from data.store import files, plans, visits
from data.store.store import Store
from scheduler.journeys.online.plan_papers import MADE, NOUN
from scheduler.papers.kinds import KEYS
from scheduler.papers.year_papers import PER_VISIT
from tests import clients
from tests.browser import filled
from tests.browser.test_every_page import SEEN
from tests.clients import Office
from tests.databases import fresh_url
from tests.page_words import vietnamese_in, words_of
from tests.plans import fake_office, fake_plan

WRITTEN = {"text", "evidence", "reason", "event", "relation"}  # columns of what people wrote
NAMES = ("Công Vụ", "mẫu.xlsx", "phụ lục.xlsx", "Thanh tra thành phố")
ENGLISH = re.compile(r"\b(?:the|of|is|are|with|from|which|every|nobody|without)\b")


def is_english(text):
    """Whether a text has two of the small words that sentences need; one may be a name without accents."""
    return len(set(ENGLISH.findall(text))) > 1


def plain(text):
    """The text without accents."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def plain_names(table):
    head, *rows = csv.reader(io.StringIO(table.decode("utf-8")))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(
            c if name in WRITTEN else plain(c) for name, c in zip(head, row, strict=True)
        )
    return out.getvalue().encode()


def plain_facts(facts):
    """The facts with plain names; what they say in Vietnamese stays as it is."""
    if isinstance(facts, dict):
        return {
            key: fact if key == "vi" or key.endswith("_vi") else plain_facts(fact)
            for key, fact in facts.items()
        }
    if isinstance(facts, list | tuple):
        return [plain_facts(fact) for fact in facts]
    return plain(facts) if isinstance(facts, str) else facts


def plain_moves(n_moves):
    plan, office = ROTATION(n_moves)
    plan.facts.update(plain_facts(plan.facts))
    return plan, office


ROTATION = filled.rotation_plan


def rich_plan(office, dataset):
    """A plan with every fact that a report shows; its id, and that of a visit."""
    bodies = fake_office(24, 8)
    made = fake_plan(bodies)
    with office.store.writing(PROGRAM, office.now) as work:
        plan_id = plans.add(
            work, plans.VISITS, 2027, name="rich", title=made.facts["title"], trial=False,
            dataset_id=dataset, facts=plain_facts(made.facts), status="draft",
        )  # fmt: skip
        visits.put(work.db, plan_id, made.visits, {u.unit_id: plain(u.name) for u in bodies.units})
    return str(plan_id), made.visits[0].visit_id


def with_papers(office, plan_id, visit):
    """A paper of each kind beside a plan; those of one visit are its own."""
    made = {
        "run": "", "at": office.now.isoformat(), "on": "2027-03-01", "draft": False, "rows": "",
        "visits": {visit: visit},
    }  # fmt: skip
    names = [f"{key}/{visit}.docx" if key in PER_VISIT else f"{key}.docx" for key in KEYS]
    with office.store.upkeep() as db:
        papers = {name: b"-" for name in names}
        files.put(db, NOUN, int(plan_id), {**papers, MADE: json.dumps(made).encode()})


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """`pages(lang)`: (address, page) of every page in one language."""
    store = Store(fresh_url("sqlite", tmp_path_factory.mktemp("languages")))
    with pytest.MonkeyPatch.context() as patch:
        tables = {name: plain_names(table) for name, table in clients.sample_tables().items()}
        patch.setattr(clients, "sample_tables", lambda: tables)
        patch.setattr(filled, "NAMES", {unit: plain(name) for unit, name in filled.NAMES.items()})
        patch.setattr(filled, "rotation_plan", plain_moves)
        office = Office(store)
        ids = filled.fill(office)
        rich, first = rich_plan(office, int(ids["dataset"]))
        with_papers(office, rich, first)
        with_papers(office, ids["visits.published"], "V1")
        asked = {path.format(**ids): role for path, role in SEEN}
        asked |= {
            path.replace("V1", first).format(**{**ids, "plan": rich}): role
            for path, role in SEEN if "{plan}" in path
        }  # fmt: skip

        def in_language(lang):
            them = {role: reader(office, role, lang) for role in set(asked.values())}
            for path, role in asked.items():
                answer = them[role].get(path, headers={"Accept": "text/html"})
                assert answer.status_code in (200, 404), (path, answer.status_code)
                yield path, answer.text

        yield in_language
    store.close()


def reader(office, role, lang):
    if role is None:
        return office.anonymous(**{"Accept-Language": lang})
    more = {"inspector_id": "TV0001"} if role == "inspector" else {}
    return office.client(role, lang=lang, **more)


def test_an_english_page_has_vietnamese_only_in_names_and_where_it_says_so(pages):
    found = {path: texts for path, html in pages("en") if (texts := vietnamese_in(html, NAMES))}
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)


def test_a_vietnamese_page_has_no_english_sentence(pages):
    found = {
        path: texts
        for path, html in pages("vi")
        if (texts := [t for lang, t in words_of(html) if lang == "vi" and is_english(t)])
    }
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)
