"""The help: the same in both languages, with words, links and terms that the program has."""

import re
from pathlib import Path

import pytest

from api.access import EVERYBODY, ROLES
from api.help_pages import BELONGS, JOURNEYS, contents, help_for, journeys_of
from api.pages import PAGES
from data.words import LANGUAGES
from scheduler.journeys.online.glossary import find_terms, terms
from tests.api.test_rights import right_of
from tests.wordlist import texts

HTML = {"accept": "text/html"}
HELP = Path(__file__).parent.parent.parent / "api" / "templates" / "help"
BODIES = {
    (lang, role): (HELP / lang / f"{role}.html").read_text("utf-8")
    for lang in LANGUAGES
    for role in JOURNEYS
}
PATHS = {route.path: route for router in PAGES for route in router.routes if "GET" in route.methods}


def test_every_role_has_its_help_in_every_language_and_there_is_no_other():
    assert JOURNEYS.keys() == ROLES.keys()
    assert {(f.parent.name, f.stem) for f in HELP.glob("*/*.html")} == BODIES.keys()


@pytest.mark.parametrize("role", JOURNEYS)
def test_the_languages_have_the_same_parts_steps_pictures_and_words_of_the_program(role):
    told = {}
    for lang in LANGUAGES:
        body = BODIES[lang, role]
        told[lang] = (
            [name for name, _ in contents(body)],
            body.count("<li>"),
            re.findall(r'picture\("(\w+)"', body),
            sorted(set(re.findall(r'ui\("([^"]+)"\)', body))),
            re.findall(r'href="([^"]+)"', body),
        )
    assert told["vi"] == told["en"]
    assert len(told["vi"][0]) >= 5


@pytest.mark.parametrize(("lang", "role"), BODIES)
def test_what_the_help_says_is_to_be_pressed_is_there(lang, role):
    spoken = {text for text, places in texts().items() if not all("/help" in p for p in places)}
    named = set(re.findall(r'ui\("([^"]+)"\)', BODIES[lang, role]))
    assert named - spoken == set()


@pytest.mark.parametrize(("lang", "role"), BODIES)
def test_every_link_and_term_of_the_help_leads_somewhere(lang, role):
    links = set(re.findall(r'href="([^"#]+)"', BODIES[lang, role]))
    assert links - PATHS.keys() == set()
    words = set(re.findall(r'term\("(\w+)"', BODIES[lang, role]))
    assert words - {term.code for term in terms()} == set()


def test_the_help_can_be_read_by_everybody_and_only_where_it_is(small_office):
    client = small_office.client("inspector", lang="vi")
    for role in JOURNEYS:
        assert client.get(f"/help/{role}", headers=HTML).status_code == 200
    assert client.get("/help/nobody", headers=HTML).status_code == 404
    index = client.get("/help", headers=HTML).text
    assert index.index("/help/inspector") < index.index("/help/planner")


def test_a_page_belongs_to_help_of_people_who_may_see_it():
    wrong = [
        (path, role)
        for path, parts in BELONGS.items()
        for role in parts
        if path in PATHS and right_of(PATHS[path]) not in ROLES[role] | EVERYBODY
    ]
    assert wrong == []


def test_the_part_of_the_help_to_which_a_page_leads_is_there():
    led = {(role, part) for parts in BELONGS.values() for role, part in parts.items()}
    assert (
        led - {(role, id) for role in JOURNEYS for id, _ in contents(BODIES["vi", role])} == set()
    )


def test_help_is_of_the_readers_own_journey_where_a_page_has_several(small_office):
    who = {role: small_office.actor(small_office.account(role)) for role in ROLES}
    assert help_for("/plans/7", who["leader"]) == "/help/leader#read"
    assert help_for("/plans/7", who["planner"]) == "/help/planner#read"
    assert (
        help_for("/journal", who["leader"]) == "/help/auditor#journal"
    )  # the first, for lack of an own one
    assert help_for("/", who["hr"]) == "/help/hr"
    assert help_for("/me", who["hr"]) == "/help"
    assert [journeys_of(one) for one in who.values()] == [(role,) for role in who]
    page = small_office.client("leader", lang="vi").get("/plans", headers=HTML).text
    assert 'href="/help/leader#read"' in page


def test_a_term_is_found_without_accents_and_in_either_language(small_office):
    assert [t.code for t in find_terms("chong cheo", "vi")] == ["overlap", "STATE_AUDIT"]
    assert "SURPRISE" in {t.code for t in find_terms("unannounced", "vi")}
    assert find_terms("zzz", "vi") == []
    client = small_office.client("hr", lang="vi")
    page = client.get("/help/glossary?q=bao%20phu", headers=HTML).text
    assert 'id="coverage"' in page
    assert 'id="overlap"' not in page
    assert "Không có thuật ngữ nào như vậy" in client.get("/help/glossary?q=zzz", headers=HTML).text


def test_every_term_is_whole_and_named_once():
    assert len({term.code for term in terms()}) == len(terms())
    assert len({term.vi for term in terms()}) == len(terms())
    assert all(all(vars(term).values()) for term in terms())


@pytest.mark.parametrize("role", JOURNEYS)
def test_a_link_of_any_help_page_opens_for_who_reads_it(small_office, role):
    client = small_office.client(role)
    shut, followed = [], 0
    for journey in JOURNEYS:
        text = client.get(f"/help/{journey}", headers=HTML).text
        for path in set(re.findall(r'<a href="(/[a-z-]*)"', text.split("help-text", 1)[1])):
            followed += 1
            if client.get(path, headers=HTML).status_code != 200:
                shut.append((journey, path))
    assert (shut, followed > 0) == ([], True)
