import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.columns import tables
from data.exports.rotation_labels import GROUNDS, INSTRUMENTS
from data.exports.rotation_public import public_plan, tells_ground
from data.records import Deferral, Office, Relative, Wish
from data.rotation_folder import read_rotation, rotation_files, write_rotation
from tests.rotation_plans import rotation_plan

PLAN, OFFICE = rotation_plan(60)
CODES = tables()["deferrals"]["ground"].choices
TELLING = (
    *CODES, *CODES.values(), *(m.say(lang) for m in GROUNDS.values() for lang in ("vi", "en")),
    "kỷ luật", "điều tra", "bệnh", "mang thai", "biệt phái", "đi học", "disciplin", "investigat",
    "illness", "pregnan", "secondment",
)  # fmt: skip
CANARY = "CANARY7391"


def texts(files):
    """File name -> everything that can be read in it; a workbook is unpacked."""
    found = {}
    for name, content in files.items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                for part in book.namelist():
                    found[f"{name}/{part}"] = unescape(book.read(part).decode())
        else:
            found[name] = unescape(content.decode())
    return found


def holders(files, words):
    return sorted(
        {
            (name, w)
            for name, text in texts(files).items()
            for w in words
            if w.lower() in text.lower()
        }
    )


def told_everywhere(word):
    """The plan and the office with a word wherever somebody could write about somebody."""
    facts = {
        **PLAN.facts,
        "deferred": [{**e, "basis": word, "note": word} for e in PLAN.facts["deferred"]],
        "exempt": [{**e, "reason": word, "basis": word} for e in PLAN.facts["exempt"]],
        "missing": [{**e, "reason": word} for e in PLAN.facts["missing"]],
        "grounds": {word: 3},
        "unknown": [word],
        "birth": {**PLAN.facts["birth"], "pins": word},
    }
    plan = replace(
        PLAN,
        moves=tuple(replace(m, reason=word) for m in PLAN.moves),
        unplaced=tuple(replace(u, reason=word, relaxation=word) for u in PLAN.unplaced),
        facts=facts,
    )
    who = PLAN.facts["deferred"][0]["staff_id"]
    office = replace(
        OFFICE,
        deferrals=(Deferral(who, "illness", date(2026, 1, 1), evidence=word),),
        relatives=(Relative(who, "NV00001", word),),
        wishes=(Wish(who, word),),
        postings=tuple(replace(p, document_no=word) for p in OFFICE.postings),
    )
    return plan, office


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_public_file_tells_a_ground_in_either_language_or_as_a_code(lang):
    assert holders(rotation_files(PLAN, OFFICE, lang, public=True), TELLING) == []


@pytest.mark.parametrize("word", [CANARY, *CODES, *CODES.values()])
def test_what_somebody_wrote_about_somebody_is_in_no_public_file(word):
    plan, office = told_everywhere(word)
    assert holders(rotation_files(plan, office, public=True), [word]) == []


def test_the_same_canary_is_found_in_every_internal_file():
    plan, office = told_everywhere(CANARY)
    found = {name.split("/")[0] for name, _ in holders(rotation_files(plan, office), [CANARY])}
    assert found == {"moves.csv", "unplaced.csv", "rotation.json", "rotation.xlsx", "report.html"}


def test_the_internal_papers_name_each_ground_in_words():
    page = rotation_files(PLAN, OFFICE)["report.html"].decode()
    named = {e["ground"] for e in PLAN.facts["deferred"]}
    assert named == set(GROUNDS)
    assert [ground for ground in named if GROUNDS[ground].say("vi") not in page] == []


def test_a_ground_hidden_in_a_proposal_or_a_closed_wave_is_taken_out_too():
    facts = {
        **PLAN.facts,
        "counts": {**PLAN.facts["counts"], "illness": 3, "by_ground": {"study": 4}},
        "single": [
            {"units": ["A"], "staff": ["NV00001"], "proposal": "chờ hết thai sản", "km": [7.25]}
        ],
        "waves": [{"wave": 4, "moves": 0, "closed": "NV00002 bị kỷ luật"}],
        "warnings": [{"vi": "Có người đang điều trị bệnh", "en": "somebody is ill"}],
    }
    files = rotation_files(replace(PLAN, facts=facts), OFFICE, public=True)
    assert holders(files, [*TELLING, "is ill", "7.25"]) == []
    assert "NV00001" in files["rotation.json"].decode()


def test_the_public_copy_keeps_who_moves_where_and_when(tmp_path):
    write_rotation(PLAN, OFFICE, tmp_path / "public", public=True)
    back = read_rotation(tmp_path / "public")
    kept = ("move_id", "staff_id", "from_position", "to_position", "wave", "effective_date",
            "instrument", "cycle_id", "cycle_kind", "days_before_limit")  # fmt: skip
    assert [[getattr(m, k) for k in kept] for m in back.moves] == [
        [getattr(m, k) for k in kept] for m in PLAN.moves
    ]
    assert [u.staff_id for u in back.unplaced] == [u.staff_id for u in PLAN.unplaced]
    assert back.facts["public"] is True
    assert back.facts["goals"] == PLAN.facts["goals"]


def test_who_was_spared_is_named_with_a_reason_that_is_not_told():
    files = rotation_files(PLAN, OFFICE, public=True)
    facts = json.loads(files["rotation.json"])
    spared = [e["staff_id"] for key in ("deferred", "exempt") for e in PLAN.facts[key]]
    missing = [e["staff_id"] for e in PLAN.facts["missing"]]
    for key, who in (("spared", spared), ("missing", missing)):
        assert facts[key] == [{"staff_id": each, "reason": "có lý do"} for each in sorted(who)]
    page = files["report.html"].decode()
    assert page.count("có lý do</span>") + page.count("<td>có lý do") >= len(spared)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nobody_can_tell_from_the_public_copy_who_is_near_retirement_and_who_is_deferred(lang):
    both = [*PLAN.facts["deferred"], *PLAN.facts["exempt"]]
    assert PLAN.facts["deferred"]
    assert PLAN.facts["exempt"]
    counts = {**PLAN.facts["counts"], "deferred": len(PLAN.facts["deferred"])}
    counts["exempt"] = len(PLAN.facts["exempt"])
    swapped = {"deferred": PLAN.facts["exempt"], "exempt": PLAN.facts["deferred"]}
    turned = {"deferred": counts["exempt"], "exempt": counts["deferred"]}
    first, second = (
        texts(rotation_files(replace(PLAN, facts=PLAN.facts | facts), OFFICE, lang, public=True))
        for facts in ({"counts": counts}, {"counts": counts | turned} | swapped)
    )
    assert first == second
    page = first["report.html"]
    assert [e["staff_id"] for e in both if e["staff_id"] not in page] == []


def test_no_distance_from_home_and_no_year_of_birth_leaves_the_office():
    files = rotation_files(PLAN, OFFICE, public=True)
    rows = list(csv.DictReader(files["moves.csv"].decode().splitlines()))
    assert {row["distance_km"] for row in rows} == {""}
    with zipfile.ZipFile(io.BytesIO(files["rotation.xlsx"])) as book:
        annex = book.read("xl/worksheets/sheet3.xml").decode()
    years = {f"<v>{s.birth_date.year}</v>" for s in OFFICE.staff}
    assert [year for year in years if year in annex] == []


def test_a_public_copy_made_of_a_public_copy_is_the_same():
    once = public_plan(PLAN)
    assert public_plan(once) == once


@pytest.mark.parametrize(
    "text", ["Bị KỶ LUẬT", "pregnancy_or_child", "đang ốm", "thai sản", "is ill"]
)
def test_a_telling_text_is_known(text):
    assert tells_ground(text)


@pytest.mark.parametrize(
    "text",
    ["Tết Nguyên đán", "Hoán đổi hai kế toán", "Bệnh viện Đa khoa", "move.unit-share", "Thái độ"],
)
def test_a_plain_text_is_left_alone(text):
    assert not tells_ground(text)


@given(st.sampled_from(sorted(CODES.values())), st.text(" .,;:()–", min_size=1, max_size=3))
def test_a_ground_inside_a_sentence_is_known(word, space):
    assert tells_ground(f"vì{space}{word}{space}nên hoãn")


def test_every_instrument_of_the_file_has_its_word():
    assert set(INSTRUMENTS) == {m.instrument for m in PLAN.moves}
    assert re.fullmatch(r"\S.*", INSTRUMENTS["transfer"].say("vi"))


def test_an_office_without_the_people_still_makes_a_public_copy():
    assert "report.html" in rotation_files(PLAN, Office(), public=True)
