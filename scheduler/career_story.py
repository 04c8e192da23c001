"""The way back of a career in words: current post, each link followed, and why the chain ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from scheduler.careers import GOES, MAY_GO, MAY_STOP, NOWHERE, OPEN
from scheduler.clock import day_number
from scheduler.day_columns import NO_DAY, day_numbers
from scheduler.derivation_words import chain_words, post_words
from scheduler.flags import UNUSABLE
from scheduler.succession import NO, YES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scheduler.flags import Flags


class Days(dict[int, str]):
    """Day number -> dd/mm/yyyy, each formatted once."""

    def __missing__(self, day: int) -> str:
        known = date(1970, 1, 1) + timedelta(days=day)
        self[day] = text = f"{known.day:02}/{known.month:02}/{known.year}"
        return text


class Story:
    """The careers of the people of some rows of the flags; `n` below is a number among these rows."""

    def __init__(self, flags: Flags, rows: NDArray[np.int64], days: Days, lang: str) -> None:
        careers, self.days = flags.careers, days
        self.post_words, self.words = post_words(lang), chain_words(lang)
        self.gap = flags.law.gap_days
        self.today = day_number(flags.on)
        person = flags.steps.person[rows]
        low = np.searchsorted(careers.person, person, "left")
        count = np.searchsorted(careers.person, person, "right") - low
        self.begin = (np.cumsum(count) - count).tolist()
        self.count, self.low = count.tolist(), low.tolist()
        mine = np.repeat(low - self.begin, count) + np.arange(count.sum())  # rows of the careers
        before = careers.before[mine]
        self.before = np.where(before < 0, -1, before - mine + np.arange(len(mine))).tolist()
        self.start, self.end = careers.start[mine].tolist(), careers.end[mine].tolist()
        self.answer, self.hangs = careers.answer[mine].tolist(), careers.hangs[mine].tolist()
        self.event = careers.event[mine].tolist()
        postings, place = flags.tables["postings"], careers.place[mine]
        self.post = postings["position_id"].to_numpy(object)[place].tolist()
        self.paper = postings["document_no"].to_numpy(object)[place].tolist()
        now, self.n_now = careers.now[person], careers.n_now[person].tolist()
        self.now = (now - low + self.begin).tolist()
        self.unusable = _unusable(flags, rows)
        self.events = flags.tables.get("successions")

    def no_post(self, n: int, on: str) -> list[str]:
        """Why there is no current post to judge."""
        if n in self.unusable:
            return [self._unusable(*self.unusable[n])]
        if self.n_now[n] > 1:
            rows = range(self.begin[n], self.begin[n] + self.count[n])
            held = [r for r in rows if self.end[r] >= self.today]
            held.sort(key=lambda r: (self.start[r], self.post[r]))
            posts = ", ".join(
                self.post_words["since"].format(post=self.post[r], start=self.days[self.start[r]])
                for r in held
            )
            return [self.post_words["two"].format(on=on, n=len(held), posts=posts)]
        return [self.post_words["none"].format(on=on)]

    def held(self, n: int, on: str, title: str, unit: str) -> list[str]:
        """The current post."""
        row = self.now[n]
        told = [self.post_words["held"].format(
            on=on, title=title, post=self.post[row], unit=unit,
            start=self.days[self.start[row]], paper=self._paper(self.paper[row]),
        )]  # fmt: skip
        if self.n_now[n] > 1:
            told.append(self.post_words["several"].format(n=self.n_now[n]))
        return told

    def chain(self, n: int, continuous: bool) -> list[str]:
        """Each link followed back, and why it goes no further."""
        told: list[str] = []
        row = self.now[n]
        while True:
            hangs = self.hangs[row]
            if hangs != GOES and not (hangs == MAY_GO and continuous):
                return [*told, self._end(row)]
            former = self.before[row]
            told.append(self._link(row, former))
            if self.end[former] < self.start[former]:
                return [*told, self._unusable(
                    self.post[former], self.paper[former], self.start[former], self.end[former]
                )]  # fmt: skip
            row = former

    def _link(self, row: int, former: int) -> str:
        which = "renewed"
        if self.hangs[row] == MAY_GO:
            which = "taken"
        elif self.event[row] >= 0:
            which = "event"
        elif self.answer[row] == YES:
            which = "yes"
        end = self.end[former]
        return self.words[which].format(
            start=self.days[self.start[row]], post=self.post[former],
            since=self.days[self.start[former]], event=self._event(row),
            till=self.words["now"] if end == OPEN else self.days[end],
        )  # fmt: skip

    def _end(self, row: int) -> str:
        hangs, former = self.hangs[row], self.before[row]
        which = "first" if former < 0 else "silent"
        if hangs in (NOWHERE, MAY_STOP, MAY_GO):
            which = {NOWHERE: "nowhere", MAY_STOP: "open", MAY_GO: "refused"}[hangs]
        elif self.answer[row] == NO:
            which = "event_no" if self.event[row] >= 0 else "no"
        return self.words[which].format(
            start=self.days[self.start[row]], post=self.post[former] if former >= 0 else "",
            gap=self.gap, event=self._event(row),
        )  # fmt: skip

    def _event(self, row: int) -> str:
        if self.event[row] < 0 or self.events is None:
            return ""
        event = self.events.iloc[self.event[row]]
        named = ", ".join(filter(None, (event["event"], event["document_no"])))
        return f" ({named})" if named else ""

    def _paper(self, number: str) -> str:
        return self.post_words["paper"].format(no=number) if number else ""

    def _unusable(self, post: str, paper: str, start: int, end: int) -> str:
        if start == NO_DAY:
            return self.post_words["no_start"].format(post=post, paper=self._paper(paper))
        return self.post_words["reversed"].format(
            post=post, paper=self._paper(paper), start=self.days[start], end=self.days[end]
        )


def _unusable(flags: Flags, rows: NDArray[np.int64]) -> dict[int, tuple[str, str, int, int]]:
    """For each row without a current post for want of dates, the first posting that lacks them.

    The first by post, paper and dates, never by its place in the file.
    """
    wanted = np.flatnonzero(flags.steps.reason[rows] == UNUSABLE)
    if not len(wanted):
        return {}
    careers, asked = flags.careers, flags.steps.person[rows[wanted]]
    mine = np.flatnonzero(np.isin(careers.bad_person, asked))
    postings = flags.tables["postings"].iloc[careers.bad[mine]]
    facts = zip(
        postings["position_id"].tolist(), postings["document_no"].tolist(),
        day_numbers(postings["start"]).tolist(), day_numbers(postings["end"]).tolist(), strict=True,
    )  # fmt: skip
    first: dict[int, tuple[str, str, int, int]] = {}
    for person, fact in zip(careers.bad_person[mine].tolist(), facts, strict=True):
        first[person] = min(first.get(person, fact), fact)
    return dict(zip(wanted.tolist(), (first[person] for person in asked.tolist()), strict=True))
