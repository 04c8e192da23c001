"""Why each flag is as it is: plain sentences with the dates used and the article, one for each step.

It is what the officer shows to the person concerned. Built for the rows asked for, a slice of careers
at a time, so that a table of millions is never told at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.catalogue import codes_of_the_city
from data.citations import source_text
from scheduler.career_story import Days, Story
from scheduler.careers import OPEN
from scheduler.citations import cited_once
from scheduler.clock import day_number
from scheduler.derivation_words import (
    ground_words,
    later_words,
    overlay_words,
    post_words,
    rank_words,
    subject_words,
    term_words,
)
from scheduler.flag_facts import Fact, Life, lives_of, posts_of, read_facts
from scheduler.flags import (
    CITY,
    DATED,
    NOT_LISTED,
    ON_PROBATION,
    STATUSES,
    STATUTE,
    TERM_OUTSIDE,
)
from scheduler.legal_basis import article, cited, clause, marked, named_papers

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from scheduler.flags import Flags

SLICE = 20_000
JOINT = " | "  # between the sentences of a cell


def derivations(flags: Flags, rows: NDArray[np.int64], lang: str) -> list[str]:
    """The derivation of each of these rows of the flags, in the reader's language.

    Parameters
    ----------
    rows : row numbers of `flags.frame`
    """
    return [JOINT.join(sentences) for sentences in sentences_of(flags, rows, lang)]


def sentences_of(flags: Flags, rows: NDArray[np.int64], lang: str) -> Iterator[list[str]]:
    """The same as lists of sentences, one list for each row."""
    teller = Teller(flags, lang)
    for first in range(0, len(rows), SLICE):
        yield from teller.tell(rows[first : first + SLICE])


class Teller:
    """Says rows of one table of flags in one language."""

    def __init__(self, flags: Flags, lang: str) -> None:
        self.flags, self.lang, self.law = flags, lang, named_papers(flags.law, lang)
        self.days = Days()
        self.today = day_number(flags.on)
        self.on = self.days[self.today]
        self.subject, self.term, self.overlay = (
            subject_words(lang),
            term_words(lang),
            overlay_words(lang),
        )
        self.ranks = rank_words(lang)
        self.grounds, self.later = ground_words(lang), later_words(lang)
        self.frames = [self._frame(row.term_min, row.term_max) for row in flags.catalogue.values()]
        self.subjects = [
            marked(cited_once([flags.law.sources["statute"], row.citation]), row.confidence, lang)
            for row in flags.catalogue.values()
        ]
        self.check = post_words(lang)["check"]
        self.kinds = [*flags.catalogue.values()]
        self.cited = cited(flags, lang)
        units = flags.tables["units"]
        self.units = dict(zip(units["unit_id"].tolist(), units["name"].tolist(), strict=True))

    def tell(self, rows: NDArray[np.int64]) -> Iterator[list[str]]:
        """The sentences of each row."""
        story = Story(self.flags, rows, self.days, self.lang)
        posts = posts_of(self.flags, rows)
        lives = lives_of(self.flags, rows)
        for n, fact in enumerate(read_facts(self.flags, rows)):
            if fact.desk < 0:
                yield story.no_post(n, self.on)
                continue
            title, unit_id, category, rank, leads, faces = posts[n]
            told = story.held(n, self.on, title, self.units.get(unit_id, unit_id))
            told += self._subject(fact, category, rank, leads, faces)
            if fact.reason != NOT_LISTED:
                told += story.chain(n, fact.reading == 0)
                told += self._clock(fact)
            if fact.reason == DATED:
                told += self._overlays(fact, category, lives[n])
            yield told

    def _subject(self, fact: Fact, category: str, rank: str, leads: bool, faces: bool) -> list[str]:
        """Which regimes bind, and why the statute does not."""
        words, rank, desks = self.subject, self.ranks.get(rank, rank), self.flags.desks
        told = []
        if desks.by_statute[fact.desk]:
            row = self.kinds[fact.kind]
            told.append(words["statute"].format(
                category=category, kind=row.position_en if self.lang == "en" else row.position_vi,
                source=self.subjects[fact.kind],
            ))  # fmt: skip
        else:
            why = "of_city" if category in codes_of_the_city() else "unknown"
            why = "off" if not self.law.statute else "leads" if leads else why
            why = "unlisted" if self.law.statute and not category else why
            told.append(
                words[why].format(category=category, on=self.on, source=self.law.sources["statute"])
            )
        if desks.by_city[fact.desk]:
            source = self.law.sources["city-policy"]
            told.append(words["city"].format(rank=rank, source=source, check=self.check))
        elif not desks.by_statute[fact.desk]:
            why = "city_off" if not self.law.city_policy else "rank" if faces else "inside"
            told.append(words[why].format(rank=rank))
        return told

    def _clock(self, fact: Fact) -> list[str]:
        """Probation, term, dates and status."""
        if fact.reason == ON_PROBATION:
            return [self.term["all"].format(source=self._no_probation(fact))]
        if fact.reason == TERM_OUTSIDE:
            return [self._term(fact, "outside")]
        if fact.reason != DATED:
            return []
        words, days, told = self.term, self.days, []
        if fact.first != fact.origin:
            since = int(self.flags.careers.start[fact.origin])
            told.append(words["probation"].format(
                since=days[since], till=days[fact.start - 1], source=self._no_probation(fact)))  # fmt: skip
        source = self.law.sources["gap-days"].split(";")[0]
        told.append(words["clock"].format(start=days[fact.start], source=source))
        told += self._idle(fact)
        if fact.regime & STATUTE:
            told.append(self._term(fact, "head" if fact.given >= 0 else "statute"))
        if fact.regime & CITY:
            told.append(words["city"].format(
                high=self.law.city_limit, source=self.law.sources["limit"], check=self.check))  # fmt: skip
        if fact.regime == STATUTE + CITY:
            law, city = (fact.other, fact.latest) if fact.by_city else (fact.latest, fact.other)
            told.append(
                words["tie" if law == city else "both"].format(law=days[law], city=days[city])
            )
        left = fact.latest - self.today
        return [
            *told,
            words["dates"].format(earliest=days[fact.earliest], latest=days[fact.latest]),
            words["served"].format(on=self.on, n=fact.served),
            words[STATUSES[fact.status]].format(n=abs(left)),
        ]

    def _overlays(self, fact: Fact, category: str, life: Life) -> list[str]:
        """Everything that puts a move off, not only what the flag shows."""
        words, days, law, told = self.overlay, self.days, self.law, []
        if life.birth > self.today:
            told.append(words["unborn"].format(birth=days[life.birth]))
        elif life.year_only:
            told.append(words["year"].format(year=days[life.birth][-4:], check=self.check))
        if fact.exempt:
            told.append(words["past" if life.retires < self.today else "exempt"].format(
                day=days[life.retires], age=law.sources["retirement"], n=law.exempt_months,
                since=days[max(fact.latest, self.today)], source=law.sources["exempt-months"],
            ))  # fmt: skip
        if fact.deferred:
            told.append(self._deferred(life))
        if fact.single:
            source = law.sources["single-post"]
            told.append(words["single"].format(category=category, source=source))
        return told

    def _deferred(self, life: Life) -> str:
        """The deferral of the day: what holds on the day, and what it is merged with."""
        words, days, deferred = self.overlay, self.days, self.flags.deferred
        parts = deferred.parts(life.person)
        until = int(deferred.until[life.person])
        if len(parts) == 1:
            ((since, until, ground),) = parts
            return words["open" if until == OPEN else "deferred"].format(
                ground=self._ground(ground, life, self.grounds), since=days[since],
                until=self._until(until), source=source_text(article(self.flags, ground), self.lang),
            )  # fmt: skip
        now: list[str] = []
        others: list[str] = []
        for part in parts:
            holds = part[0] <= self.today <= part[1]
            (now if holds else others).append(self._part(part, life, holds))
        told = "; ".join(now)
        if others:
            told = words["beside"].format(now=told, others="; ".join(others))
        return words["merged_open" if until == OPEN else "merged"].format(
            now=told, since=days[parts[0][0]], until=self._until(until),
            source=self.law.sources["grounds"],
        )  # fmt: skip

    def _part(self, part: tuple[int, int, int], life: Life, holds: bool) -> str:
        since, until, ground = part
        return self.overlay["part_open" if until == OPEN else "part"].format(
            ground=self._ground(ground, life, self.grounds if holds else self.later),
            since=self.days[since], until=self._until(until),
            clause=source_text(clause(self.flags, ground), self.lang) or self.law.sources["grounds"],
        )  # fmt: skip

    def _until(self, day: int) -> str:
        return "" if day == OPEN else self.days[day]

    def _ground(self, ground: int, life: Life, words: dict[str, str]) -> str:
        name = self.flags.deferred.grounds[ground]
        if name == "pregnancy_or_child" and not life.female:
            name = "child_of_man"
        return words.get(name, name)

    def _term(self, fact: Fact, which: str) -> str:
        return self.term[which].format(
            terms=self.frames[fact.kind], term=fact.given, source=self.cited[fact.kind]
        )

    def _frame(self, low: int, high: int) -> str:
        return self.term["exact" if low == high else "range"].format(low=low, high=high)

    def _idle(self, fact: Fact) -> list[str]:
        """A regime that binds the post but whose clock has not begun."""
        if self.flags.desks.by_statute[fact.desk] and not fact.regime & STATUTE:
            return [self.term["idle_statute"].format(source=self.cited[fact.kind])]
        if self.flags.desks.by_city[fact.desk] and not fact.regime & CITY:
            source = f"{self.law.sources['city-probation']}; {self.check}"
            return [self.term["idle_city"].format(source=source)]
        return []

    def _no_probation(self, fact: Fact) -> str:
        """The paper by which probation is left out."""
        if fact.by_city or fact.kind < 0 or not self.flags.desks.by_statute[fact.desk]:
            return f"{self.law.sources['city-probation']}; {self.check}"
        return self.cited[fact.kind]
