"""Sources in English: every act, article and remark of rules and catalogue; numbers stay as they are."""

from data.catalogue import catalogue_rows, english_fields
from data.citations import Cited, source_text
from data.rulefiles import read_rules
from data.words import Message
from tests.page_words import ACCENTED, PAPER_NO

RULES = read_rules()
SOURCES = {
    *(row.source for row in RULES), *(v.source for row in RULES for v in row.values if v.source),
    *(row.citation for row in catalogue_rows()),
}  # fmt: skip


def test_every_source_of_a_rule_and_of_the_catalogue_is_said_in_english():
    told = {source: source_text(source, "en") for source in SOURCES}
    assert [en for en in told.values() if ACCENTED.search(PAPER_NO.sub("", en))] == []


def test_the_numbers_of_papers_and_articles_are_the_same_in_both_languages():
    for source in SOURCES:
        english = source_text(source, "en")
        assert PAPER_NO.findall(english) == PAPER_NO.findall(source)
        assert source_text(source, "vi") == source


def test_articles_put_together_by_the_program_are_understood_too():
    source = (
        "Luật A 1/2018/QH14, Điều 24 và Điều 25, khoản 1, 2; Nghị định 59/2019/NĐ-CP, Điều 36, 37"
    )
    assert source_text(source, "en") == (
        "Law A 1/2018/QH14, Article 24 and Article 25, clauses 1, 2; Decree 59/2019/NĐ-CP, Articles 36, 37"
    )


def test_a_source_within_a_sentence_follows_its_language():
    told = Message("Theo {law}.", {"law": Cited("Nghị định 59/2019/NĐ-CP")})
    assert (told.say("vi"), told.say("en")) == (
        "Theo Nghị định 59/2019/NĐ-CP.", "By Decree 59/2019/NĐ-CP."
    )  # fmt: skip


def test_every_field_of_the_catalogue_has_an_english_name():
    fields = english_fields()
    assert {row.field for row in catalogue_rows()} == set(fields)
    assert [en for en in fields.values() if not en or ACCENTED.search(en)] == []
