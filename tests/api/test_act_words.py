"""Codes of the journal and of rights have words: nobody reads `plan.sent_back` on a page."""

import ast
import html
import re

import pytest

from api.access import EVERYBODY, ROLES
from api.act_words import ACTIONS, RIGHTS
from api.journal_words import DETAILS
from api.labels import LABELS
from data.columns import tables
from data.records.actors import PROGRAM
from data.rulefiles import read_rules
from tests.browser.filled import fill
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


def told_details():
    """Names of the details in every call that tells the journal, as far as the code writes them out."""
    for floor in FLOORS:
        for file in (ROOT / floor).rglob("*.py"):
            for own in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(own, ast.FunctionDef):
                    nodes = list(ast.walk(own))
                    written = {
                        node.targets[0].id: [node.value]
                        for node in nodes
                        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
                    }
                    for call in nodes:
                        if isinstance(call, ast.Call) and is_told(call):
                            yield from names_in(call.args, written)


def is_told(call):
    how, first = getattr(call.func, "attr", ""), call.args[:1] or [None]
    return (how == "tell" and isinstance(first[0], ast.Constant | ast.Name | ast.Starred)) or (
        how == "append" and len(call.args) == 7
    )


def names_in(nodes, written):
    for node in nodes:
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if key is None:
                    yield from names_in([value], written)
                elif isinstance(key, ast.Constant):
                    yield key.value
        elif isinstance(node, ast.Starred | ast.Subscript):
            yield from names_in([node.value], written)
        elif isinstance(node, ast.Name):
            yield from names_in(written.get(node.id, []), {})
        elif isinstance(node, ast.Tuple):
            yield from names_in(node.elts, written)
        elif isinstance(node, ast.IfExp):
            yield from names_in([node.body, node.orelse], written)


CHOSEN = {"severity", "remedy_due", "closed_on", "noun", "id"}  # by a comprehension


def test_every_detail_that_the_code_tells_has_words_and_no_word_is_idle():
    assert set(told_details()) | CHOSEN == set(DETAILS)


def test_every_detail_of_a_busy_office_has_words(small_office):
    fill(small_office)
    small_office.client("planner", "hr", name="many")
    lines = small_office.journal()
    assert {name for line in lines for name in line.details} - set(DETAILS) == set()
    assert len({name for line in lines for name in line.details}) > 10


@pytest.mark.parametrize(("details", "vi", "en"), [
    ({"roles": ["planner", "hr"]}, "Người lập kế hoạch, Tổ chức cán bộ", "Planner, HR"),
    ({"forced": True}, "có", "yes"), ({"rows": 12345}, "12.345", "12,345"), ({"year": 2027}, "2027", "2027"),
    ({"remedy_due": "2027-03-05"}, "05/03/2027", "5 Mar 2027"),
    ({"made_at": "2027-03-05T02:00:00+00:00"}, "05/03/2027 09:00", "5 Mar 2027 09:00"),
    ({"kind": "moves"}, "kế hoạch chuyển đổi vị trí", "rotation plan"),
    ({"came": ["staff"]}, tables()["staff"].vi, tables()["staff"].en),
    ({"withdrawn": {"pins": 3}}, f"{tables()['pins'].vi}: 3", f"{tables()['pins'].en}: 3"),
    ({"columns": ["start", "lead"]}, "Từ ngày, Trưởng đoàn", "From, Team leader"),
])  # fmt: skip
def test_a_detail_is_written_as_people_write_it(small_office, details, vi, en):
    with small_office.store.writing(PROGRAM, small_office.now) as work:
        work.tell("plan.made", "plan", 1, details)
    for lang, said in (("vi", vi), ("en", en)):
        page = small_office.client("auditor", name="a", lang=lang).get(
            "/journal?action=plan.made", headers=HTML
        )
        shown = re.search(r"<dl><div><dt>(.*?)</dt><dd>(.*?)</dd>", page.text)
        [name] = details
        assert shown[1] == DETAILS[name].say(lang)
        assert html.unescape(re.sub("<.*?>", "", shown[2])) == said


def test_every_right_has_words():
    assert set(RIGHTS) == EVERYBODY.union(*ROLES.values())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_pages_say_the_words(small_office, lang):
    client = small_office.client("auditor", "planner", name="both", lang=lang)
    page = client.get("/journal", headers=HTML).text
    assert ACTIONS["account.made"].say(lang) in page
    me = client.get("/me", headers=HTML).text
    assert RIGHTS["plans.draft"].say(lang) in me
