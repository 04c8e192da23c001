"""Sentences kept in rows: each is understood again and said in English; what people wrote stays as it is."""

import re
import string

import pytest

from data.drop_reasons import reason_text, said_reason
from data.kept_words import understood
from data.words import Message, say
from tests.wordlist import KEPT

LINES = KEPT.read_text(encoding="utf-8").splitlines()
SENTENCES = [line for line in LINES if re.search(r"[^\W\d_]", re.sub(r"\{\w+\}", "", line))]


def filled(sentence):
    """The sentence with a name in each of its fields."""
    fields = [name for _, name, _, _ in string.Formatter().parse(sentence) if name]
    return Message(sentence, {name: f"X{n}" for n, name in enumerate(fields, 1)})


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_that_a_row_may_keep_is_said_in_english(sentence):
    written = filled(sentence)
    found = understood(written.say("vi"))
    assert (found.say("vi"), found.say("en")) == (written.say("vi"), written.say("en"))


def test_a_sentence_within_a_sentence_is_understood_too():
    told = Message("{why}; {company}.", {
        "why": Message("Quá thời hạn giữ vị trí từ ngày {limit}", {"limit": "08/04/2026"}),
        "company": Message("tiếp nhận vị trí của {before}, vị trí cũ do {after} tiếp nhận",
                           {"before": "Lan; phòng 2 (CB1)", "after": "Bình (CB2)"}),
    })  # fmt: skip
    assert understood(told.say("vi")).say("en") == told.say("en")


def test_rules_are_named_by_their_english_titles():
    text = "Đã thử nới mà vẫn không xếp được: «Số người tối đa trong một vòng chuyển đổi» (move.cycle-length)"
    title = say("en", "Số người tối đa trong một vòng chuyển đổi")
    assert f'"{title}" (move.cycle-length)' in understood(text).say("en")


@pytest.mark.parametrize(
    "text", ["Bận họp; xong sớm.", "đơn vị đang sửa nhà: chuyển sang quý sau", "", "X"]
)
def test_what_somebody_wrote_is_no_sentence_of_the_program(text):
    assert understood(text) is None
    assert reason_text(text) == text


def test_a_visit_taken_out_by_hand_keeps_the_words_of_who_did_it_even_if_they_are_the_programs():
    text = "plan.dropped-by-hand: chưa từng được kiểm tra"
    assert said_reason(text, "en").endswith(": chưa từng được kiểm tra")
    assert "never" in said_reason("chưa từng được kiểm tra", "en")
