"""Why each flag is as it is: plain sentences with the dates used and the article, one for each step.

It is what the officer shows to the person concerned. Built for the rows asked for, a slice of careers
at a time, so that a table of millions is never told at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.career_story import Days, Story
from scheduler.careers import OPEN
from scheduler.clock import day_number
from scheduler.derivation_words import (
    ground_words,
    overlay_words,
    post_words,
    rank_words,
    subject_words,
    term_words,
)
from scheduler.flag_facts import Fact, lives_of, posts_of, read_facts
from scheduler.flags import (
    CITY,
    DATED,
    NOT_LISTED,
    ON_PROBATION,
    STATUSES,
    STATUTE,
    TERM_OUTSIDE,
)
from scheduler.legal_basis import article, cited, marked

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
        self.flags, self.lang, self.law = flags, lang, flags.law
        self.days = Days()
        self.today = day_number(flags.on)
        self.on = self.days[self.today]
        self.subject, self.term, self.overlay = (
            subject_words(lang),
            term_words(lang),
            overlay_words(lang),
        )
        self.ranks, self.grounds = rank_words(lang), ground_words(lang)
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
                told += self._overlays(fact, category, *lives[n])
            yield told

    def _subject(self, fact: Fact, category: str, rank: str, leads: bool, faces: bool) -> list[str]:
        """Which regimes bind, and why the statute does not."""
        words, rank, desks = self.subject, self.ranks.get(rank, rank), self.flags.desks
        told = []
        if desks.by_statute[fact.desk]:
            row = self.kinds[fact.kind]
            told.append(words["statute"].format(
                category=category, kind=row.position_en if self.lang == "en" else row.position_vi,
                source=marked(f"{self.law.sources['statute']}; {row.citation}", row.confidence, self.lang),
            ))  # fmt: skip
        else:
            why = "off" if not self.law.statute else "leads" if leads else "unknown"
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
            told.append(words["both"].format(law=days[law], city=days[city]))
        left = fact.latest - self.today
        return [
            *told,
            words["dates"].format(earliest=days[fact.earliest], latest=days[fact.latest]),
            words["served"].format(on=self.on, n=fact.served),
            words[STATUSES[fact.status]].format(n=abs(left)),
        ]

    def _overlays(
        self, fact: Fact, category: str, birth: int, year_only: bool, retires: int
    ) -> list[str]:
        """Everything that puts a move off, not only what the flag shows."""
        words, days, law, told = self.overlay, self.days, self.law, []
        if year_only:
            told.append(words["year"].format(year=days[birth][-4:], check=self.check))
        if fact.exempt:
            told.append(words["exempt"].format(
                day=days[retires], age=law.sources["retirement"], n=law.exempt_months,
                since=days[max(fact.latest, self.today)], source=law.sources["exempt-months"],
            ))  # fmt: skip
        if fact.deferred:
            ground = self.flags.deferred.grounds[fact.ground]
            until = "" if fact.until == OPEN else days[fact.until]
            told.append(words["deferred" if until else "open"].format(
                ground=self.grounds.get(ground, ground), since=days[fact.since], until=until,
                source=article(self.flags, fact.ground),
            ))  # fmt: skip
        if fact.single:
            source = law.sources["single-post"]
            told.append(words["single"].format(category=category, source=source))
        return told

    def _term(self, fact: Fact, which: str) -> str:
        row = self.kinds[fact.kind]
        return self.term[which].format(
            low=row.term_min, high=row.term_max, term=fact.given, source=self.cited[fact.kind]
        )

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
