"""The words: every text has its English, with the same fields, and the compiled catalogue is today's."""

import ast
import string
import unicodedata

from tests.page_words import ACCENTED, PAPER_NO
from tests.wordlist import FLOORS, KEPT, MO, ROOT, compiled, kept, texts, titles, written

SPOKEN = texts()
CATALOGUE = written()
ENGLISH = {message.id: message.string for message in CATALOGUE if message.id}
FROM_A_LIST = {"title_vi"}  # texts that stand in the rule files, with their English beside them


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def calls_of_message():
    for floor in FLOORS:
        for file in sorted((ROOT / floor).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Message":
                    yield f"{file.relative_to(ROOT).as_posix()}:{node.lineno}", node.args[0]


def test_every_text_has_its_english():
    assert [f"{SPOKEN[text][0]}: {text}" for text in SPOKEN if not ENGLISH.get(text)] == []


def test_every_rule_title_has_its_english():
    assert [title for title in titles() if not ENGLISH.get(title)] == []


def test_the_english_fills_in_the_same_fields():
    assert [vi for vi, en in ENGLISH.items() if fields(vi) != fields(en)] == []


def test_no_english_is_a_guess():
    assert [message.id for message in CATALOGUE if message.id and message.fuzzy] == []


def test_the_catalogue_holds_no_text_that_nobody_says():
    assert sorted(set(ENGLISH) - set(SPOKEN) - set(titles())) == []


def test_the_compiled_catalogue_is_that_of_the_written_one():
    assert MO.read_bytes() == compiled(CATALOGUE)


def test_no_english_is_vietnamese_but_for_the_name_of_the_program():
    plain = {vi: PAPER_NO.sub("", en.replace("Công Vụ", "")) for vi, en in ENGLISH.items()}
    assert [en for en in plain.values() if ACCENTED.search(en)] == []


def test_the_list_of_sentences_in_rows_is_that_of_the_code():
    assert KEPT.read_text(encoding="utf-8") == kept()


def test_a_message_is_a_whole_sentence_in_the_code_so_that_it_can_be_collected():
    made_up = [
        place
        for place, text in calls_of_message()
        if not isinstance(text, ast.Constant) and getattr(text, "attr", "") not in FROM_A_LIST
    ]
    assert made_up == [
        "data/exports/bilingual.py:43",  # the templates' `_`, collected from the templates
        "data/kept_words.py:53",  # a sentence of kept.txt, collected where it is written into a row
    ]


def test_vietnamese_letters_are_whole():
    assert [text for text in SPOKEN if not unicodedata.is_normalized("NFC", text)] == []


def test_the_department_checks_and_never_inspects_as_the_inspectorate_does():
    assert [text for text in SPOKEN if "thanh tra" in text] == []
