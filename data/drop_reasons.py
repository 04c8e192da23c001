"""Why a visit has no date, as a plan's rows keep it: ids of rules, then words; or words alone."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache

from data.kept_words import understood
from data.rulefiles import read_rules
from data.words import LANGUAGES, Message

BY_HAND, NOTHING_CLOSES = "plan.dropped-by-hand", "plan.complete"
NO_DAY = Message("không tìm được ngày và người phù hợp")
GAVE_WAY = Message("nhường chỗ cho việc có thứ tự ưu tiên cao hơn")
OFTEN = {message.text: message for message in (NO_DAY, GAVE_WAY)}
PIN, PINS = "pin:", "pins"  # label of one row of the pins, and their rule
_ID = r"(?:[a-z][a-z0-9_-]*\.[a-z0-9-]+|pin:\d+)"
_IDS = re.compile(rf"({_ID}(?:[;,] {_ID})*): ")


@dataclass(frozen=True)
class DropReason:
    """A reason taken apart.

    Attributes
    ----------
    rules : ids of the rules that close every day; without `BY_HAND`
    words : what follows them
    by_hand : whether somebody took the visit out, in which case the words are theirs
    before : what stands in front, such as that the visit could not be placed again
    """

    rules: tuple[str, ...]
    words: str
    by_hand: bool
    before: str = ""

    @property
    def closing(self) -> tuple[str, ...]:
        """The rules that a reader is told of."""
        return tuple(rule for rule in self.rules if rule != NOTHING_CLOSES)

    @property
    def said(self) -> Message | str:
        """The words for either language; "" where they only repeat the title of the rule."""
        names = (title_of(rule) for rule in self.closing)
        if any(name and self.words in map(name.say, LANGUAGES) for name in names):
            return ""
        return OFTEN.get(self.words, self.words)


def reason_of(text: str, known: Collection[str] | None = None) -> DropReason:
    """The reason; `known` are ids of rules: a beginning with any other id belongs to the words.

    >>> reason_of("capacity.teams-per-day; follow-up.window: không tìm được ngày").rules
    ('capacity.teams-per-day', 'follow-up.window')
    >>> reason_of("plan.dropped-by-hand: đơn vị giải thể")
    DropReason(rules=(), words='đơn vị giải thể', by_hand=True, before='')
    """
    told = text.removeprefix(f"{BY_HAND}: ")
    found = _IDS.match(told)
    rules = tuple(re.split("[;,] ", found[1])) if found else ()
    if known is not None and not all(rule in known for rule in rules):
        rules = ()
    words = told[found.end() :] if found and rules else told
    return DropReason(rules, words, told != text)


def reason_within(text: str) -> DropReason:
    """The first reason with ids of our own rules in a text, wherever it begins.

    >>> reason_within("không xếp lại được: unit.gap: không tìm được ngày").before
    'không xếp lại được: '
    """
    before, by_hand, told = text.partition(f"{BY_HAND}: ")
    if by_hand and before.endswith((": ", "")):
        return replace(reason_within(told), by_hand=True, before=before)
    for found in _IDS.finditer(text):
        rules, before = tuple(re.split("[;,] ", found[1])), text[: found.start()]
        if before[-2:] in ("", ": ") and all(title_of(rule) for rule in rules):
            return DropReason(rules, text[found.end() :], by_hand=False, before=before)
    return DropReason((), text, by_hand=False)


@cache
def titles() -> dict[str, Message]:
    """Id of a rule -> its title."""
    return {row.id: Message(row.title_vi) for row in read_rules()}


def title_of(label: str) -> Message | None:
    """What a rule is called; of a row of the pins with its number. None: there is no such rule."""
    if label.startswith(PIN):
        return _pin(label.removeprefix(PIN))
    return titles().get(label)


def _pin(row: str) -> Message:
    return Message("{rule}, dòng {row}", {"rule": titles()[PINS], "row": row})


def _because(words: Message | str, rules: Message | str) -> Message:
    return Message("{words}, do: {rules}", {"words": words, "rules": rules})


def reason_text(text: str) -> Message | str:
    """The reason for readers: that it was by hand in words, rules by their titles, no ids.

    >>> reason_text("unit.gap: không tìm được ngày và người phù hợp").say("en")
    'no fitting day and people were found, because of: «Least time between two visits to a unit»'
    """
    found = reason_within(text)
    words = found.said
    if found.closing:
        listed = Message("«{rule}»", {"rule": title_of(found.closing[0])})
        for rule in found.closing[1:]:
            listed = Message("{rules}; «{rule}»", {"rules": listed, "rule": title_of(rule)})
        words = _because(words, listed) if words else listed
    if found.by_hand:
        words = Message("Bỏ bằng tay: {why}", {"why": words})
    return (
        Message("{first}{rest}", {"first": found.before, "rest": words}) if found.before else words
    )


def reason_written(text: str) -> str:
    """A reason as a plan keeps it, from the words that `reason_text` gave in either language.

    >>> reason_written("Bỏ bằng tay: đơn vị giải thể"), reason_written("chờ thêm")
    ('plan.dropped-by-hand: đơn vị giải thể', 'chờ thêm')
    """
    for lang in LANGUAGES:
        by_hand = Message("Bỏ bằng tay: {why}", {"why": ""}).say(lang)
        if text.startswith(by_hand):
            return f"{BY_HAND}: {reason_written(text.removeprefix(by_hand))}"
        if text == GAVE_WAY.say(lang):
            return f"{NOTHING_CLOSES}: {GAVE_WAY.text}"
        between = _because("\n", "\n").say(lang).split("\n")[1]
        words, _, listed = text.rpartition(between)
        labels = [_label(title, lang) for title in listed[1:-1].split("»; «")]
        if words and all(labels):
            plain = next((kept for kept, said in OFTEN.items() if said.say(lang) == words), words)
            return f"{'; '.join(labels)}: {plain}"
    return text


def reason_again(text: str) -> str:
    """What `reason_written` makes of a reason that was said in words: its ids separated anew.

    >>> reason_again("unit.gap, team.size: thiếu người")
    'unit.gap; team.size: thiếu người'
    """
    told = reason_text(text)
    return text if isinstance(told, str) else reason_written(told.say("vi"))


def _label(title: str, lang: str) -> str:
    """The rule with this title; "" for none."""
    pin = _pin("").say(lang)
    if title.startswith(pin) and title[len(pin) :].isdecimal():
        return f"{PIN}{title[len(pin) :]}"
    return next((rule for rule, known in titles().items() if known.say(lang) == title), "")


def reason_told(text: str) -> Message | str:
    """What `reason_text` says, and a sentence that the program wrote into a row is said in both languages."""
    told = reason_text(text)
    return (understood(told) or told) if isinstance(told, str) else told


def said_reason(text: str, lang: str) -> str:
    """The same in one language."""
    told = reason_told(text)
    return told.say(lang) if isinstance(told, Message) else told
