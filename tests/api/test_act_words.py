"""Codes of the journal and of rights have words: nobody reads `plan.sent_back` on a page."""

import ast
import re

import pytest

from api.access import EVERYBODY, ROLES
from api.act_words import ACTIONS, RIGHTS
from api.labels import LABELS
from data.rulefiles import read_rules
from tests.wordlist import FLOORS, ROOT

HTML = {"accept": "text/html"}
NOUNS = {code.partition(".")[2] for code in LABELS if code.startswith("noun.")}
BEGINNINGS = NOUNS | {"session", "sessions", "sign_in", "tokens", "papers", "envelope"}
CODE = re.compile(r"([a-z_]+)\.[a-z_]+")
LOGS = ("debug", "info", "warning", "error", "exception")
OF_FILES = ("json", "csv", "docx", "pdf", "xlsx", "html", "ics", "zip")


def calls():
    for floor in FLOORS:
        for file in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield node


def told_in_code():
    """Every text given to a call that begins like an action: noun, point, verb."""
    rules = {row.id for row in read_rules()}
    texts = {
        argument.value
        for call in calls()
        if getattr(call.func, "attr", "") not in LOGS
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    found = {text for text in texts if (m := CODE.fullmatch(text)) and m[1] in BEGINNINGS}
    return {text for text in found - rules - set(RIGHTS) if text.rpartition(".")[2] not in OF_FILES}


def test_every_action_that_the_code_tells_has_words_and_no_word_is_idle():
    assert told_in_code() == set(ACTIONS)


def test_every_noun_that_the_code_tells_has_words():
    told = {
        call.args[1].value
        for call in calls()
        if getattr(call.func, "attr", "") == "tell"
        and len(call.args) > 1
        and isinstance(call.args[1], ast.Constant)
        and isinstance(call.args[1].value, str)
        and isinstance(call.args[0], ast.Constant | ast.Name)
    }
    assert told - NOUNS == set()


def test_every_right_has_words():
    assert set(RIGHTS) == EVERYBODY.union(*ROLES.values())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_pages_say_the_words(small_office, lang):
    client = small_office.client("auditor", "planner", name="both", lang=lang)
    page = client.get("/journal", headers=HTML).text
    assert ACTIONS["account.made"].say(lang) in page
    me = client.get("/me", headers=HTML).text
    assert RIGHTS["plans.draft"].say(lang) in me
