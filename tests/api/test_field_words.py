"""A field at fault is named as its form names it, wherever the answer is a page."""

import re
from html.parser import HTMLParser

import pytest
from fastapi import Request

from api.field_words import field_words
from api.problem_pages import page_of
from api.problems import Problem
from data.rulefiles import read_rules
from data.words import Message
from tests.browser.filled import fill
from tests.browser.test_every_page import OTHERS

HTML = {"accept": "text/html"}
TAKEN = Message("Đã có rồi")
GROUPED = ("radio", "checkbox")
WITHOUT_GROUP = {"active", "confirm", "members", "scope", "scopes"}  # each box has its own words
OWN_WORDS = re.compile(r"value-.*")  # rules/trial names its faults beside the fields


class Forms(HTMLParser):
    """Fields of the forms that post: address, name, label of the field or legend of the group."""

    def __init__(self):
        super().__init__()
        self.action, self.legend, self.label = "", "", None
        self.labels, self.fields = {}, []

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "form":
            self.action = has["action"] if has.get("method") == "post" else ""
        elif tag == "fieldset":
            self.legend = ""
        elif tag in ("label", "legend"):
            self.label = (tag, has.get("for", ""), [])
        elif tag in ("input", "select", "textarea") and self.action:
            kind = has.get("type", tag)
            named = has.get("name") and has.get("id", kind in GROUPED)
            if kind not in ("hidden", "submit", "file") and named:
                self.fields.append((self.action, has["name"], kind, has.get("id"), self.legend))

    def handle_endtag(self, tag):
        if tag == "form":
            self.action = ""
        elif tag == "label" and self.label:
            self.labels[self.label[1]], self.label = said(self.label), None
        elif tag == "legend":
            self.legend, self.label = said(self.label), None

    def handle_data(self, data):
        if self.label:
            self.label[2].append(data)


def said(label):
    return " ".join("".join(label[2]).split())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_labelled_field_of_every_page_has_the_words_of_its_label(small_office, lang):
    ids, found, clients = fill(small_office), {}, {}
    for path, role in OTHERS:
        more = {"inspector_id": "TV0001"} if role == "inspector" else {}
        clients[role] = clients.get(role) or small_office.client(role, lang=lang, **more)
        forms = Forms()
        forms.feed(clients[role].get(path.format(**ids), headers=HTML).text)
        for action, name, kind, ident, legend in forms.fields:
            words = legend if kind in GROUPED else forms.labels.get(ident, "")
            if words and not OWN_WORDS.fullmatch(name) and name not in WITHOUT_GROUP:
                found[re.sub(r"/\d+", "/7", action), name] = words
    told = {key: field_words(key[0], f"body.{key[1]}") for key in found}
    told = {key: w if isinstance(w, str) else w.say(lang) for key, w in told.items()}
    assert {key: (told[key], words) for key, words in found.items() if told[key] != words} == {}
    assert len(found) > 60


@pytest.mark.parametrize(("lang", "name"), [("vi", "Năm của kế hoạch"), ("en", "Year of the plan")])
def test_a_page_names_the_field_and_a_program_gets_its_path(small_office, lang, name):
    fill(small_office)
    planner = small_office.client("planner", lang=lang)
    page = planner.post("/other-plans/uploads", data={"year": "x", "body": ""}, headers=HTML)
    assert page.status_code == 422
    assert f"<strong>{name}</strong>" in page.text
    assert "body." not in page.text
    assert "API" not in page.text
    plain = planner.post("/api/v1/plans", json={"year": "x"}).json()
    assert [fault["field"] for fault in plain["faults"]] == ["body.year"]


def test_a_part_of_an_address_is_called_so(small_office):
    page = small_office.client("planner", lang="en").get("/plans?offset=x", headers=HTML)
    assert "<strong>Part «offset» of the address</strong>" in page.text


def test_a_broken_rule_is_named_by_its_title_and_a_clash_says_each_once(small_office):
    request = Request({
        "type": "http", "method": "GET", "path": "/plans/1", "headers": [(b"accept", b"text/html")],
        "query_string": b"", "app": small_office.app, "state": {"actor": None, "request_id": "x"},
    })  # fmt: skip
    gap = next(row for row in read_rules() if row.id == "unit.gap")
    faults = [
        {"rule": "unit.gap", "message": Message(gap.title_vi)},
        {"rule": "pin:3", "message": TAKEN},
    ]
    link = f'<a href="/rules#unit.gap">{gap.title_vi}</a> <small class="rule-code">unit.gap</small>'
    for slug, end in (("clash", "</li>"), ("breaches", f": {gap.title_vi}</li>")):
        page = page_of(request, Problem(409, slug, TAKEN, TAKEN, faults), "vi").body.decode()
        assert f"<li>{link}{end}" in page
        assert '<a href="/rules#pins">' in page
