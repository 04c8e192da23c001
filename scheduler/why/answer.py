"""An answer to a question about a plan: sentences in either language, with the numbers behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from data.words import Message


@dataclass(frozen=True)
class Section:
    """One part of an answer: its sentences, and the facts that they were made of."""

    name: str  # list, cycle, week, team, options ...
    title: Message
    sentences: tuple[Message, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What was asked, in short what is so, and why."""

    question: Message
    short: Message
    sections: tuple[Section, ...]
    about: Mapping[str, Any] = field(default_factory=dict)  # ids of what was asked about
    notes: tuple[Message, ...] = ()  # what a reader must know first: a trial, other data

    def text(self, lang: str) -> str:
        """The answer as lines to read."""
        lines = [f"! {note.say(lang)}" for note in self.notes]
        lines += [self.question.say(lang), self.short.say(lang)]
        for section in self.sections:
            lines += ["", section.title.say(lang)]
            lines += [f"  - {sentence.say(lang)}" for sentence in section.sentences]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """The answer as plain JSON values, words in both languages."""
        return {
            "format": "congvu-answer/1", "about": dict(self.about),
            "question": both(self.question), "short": both(self.short),
            "notes": [both(note) for note in self.notes],
            "sections": [
                {
                    "name": s.name, "title": both(s.title),
                    "sentences": [both(m) for m in s.sentences], "facts": dict(s.facts),
                }
                for s in self.sections
            ],
        }  # fmt: skip


def both(message: Message) -> dict[str, str]:
    """The message in both languages."""
    return {"vi": message.say("vi"), "en": message.say("en")}


def listed(messages: Iterable[Message]) -> Message:
    """Several messages as one, with semicolons between them."""
    joined: Message | None = None
    for message in messages:
        joined = (
            Message("{first}; {rest}", {"first": joined, "rest": message}) if joined else message
        )
    return joined or Message("-")
