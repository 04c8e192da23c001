"""Which of our units a written name means: proposals with a score, for a person to confirm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from data.columns import fold, unaccented
from data.matching.old_names import OldName
from data.matching.words import LOCAL, Reading, readings
from data.records import Unit

LEAST = 0.78  # below, a name means none of our units
SURE = 0.9  # from here, and well ahead of the next, a proposal may be taken as it is
AHEAD = 0.05
ACCENTS = 0.25  # weight of the accents, where the writer used any
OTHER_LOCAL = 0.05  # "phường" written for "xã"
NO_KIND = 0.03  # only the own name was written
OLD = 0.06  # a unit of today stands before one of old with the same name,
OLD_LIKE = 0.01  # and, where neither is written quite so, hardly before
NO_DISTRICT = 0.1  # a district was written, and nothing is known of the unit's
INITIALS = 0.95  # a name whose words are written as initials
SAME = 0.97
SHOWN = 5


@dataclass(frozen=True)
class Candidate:
    """A unit that may be meant: how like the names are (0 to 1), and by which old name, or ""."""

    unit_id: str
    score: float
    old_name: str = ""
    part: bool = False  # only a part of the old unit went to this one


@dataclass(frozen=True)
class Proposal:
    """What a written name means: the best candidates first; none when it means no unit of ours.

    `sure` when the first is very like and well ahead; even then a person confirms.
    """

    text: str
    candidates: tuple[Candidate, ...] = ()
    sure: bool = False

    @property
    def unit_id(self) -> str:
        """The unit proposed, or ""."""
        return self.candidates[0].unit_id if self.candidates else ""

    @property
    def score(self) -> float:
        """How like the first candidate is; 0 when there is none."""
        return self.candidates[0].score if self.candidates else 0.0


@dataclass(frozen=True)
class _Entry:
    """A name that stands for units, of today or of old."""

    reading: Reading
    targets: tuple[Candidate, ...]  # score 1 each
    districts: frozenset[str] = frozenset()
    old: bool = False


class Units:
    """The names of an office's units and their old names, ready to be looked up."""

    def __init__(self, units: Iterable[Unit], old: Iterable[OldName] = ()) -> None:
        units = tuple(units)
        by_name = {fold(unit.name): unit.unit_id for unit in reversed(units)}
        given = [(row, by_name[fold(row.new)]) for row in old if fold(row.new) in by_name]
        areas: dict[str, set[str]] = defaultdict(set)
        for row, unit_id in given:
            areas[unit_id] |= {_plain_district(row.district)} - {""}
        self.districts = frozenset(name for names in areas.values() for name in names)
        self.entries: list[_Entry] = []
        for unit_id, name in ((u.unit_id, u.name) for u in units):
            self._add(name, (Candidate(unit_id, 1.0),), frozenset(areas[unit_id]), old=False)
        grouped: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
        for row, unit_id in sorted(given, key=lambda pair: not pair[0].most):
            name = f"{row.name}, {row.district}" if row.district else row.name
            grouped[row.name, row.district].append(Candidate(unit_id, 1.0, name, not row.whole))
        for (name, district), targets in grouped.items():
            place = frozenset({_plain_district(district)} - {""})
            self._add(name, tuple(targets), place, old=True)
        whole: dict[str, dict[str, Candidate]] = defaultdict(dict)
        for row, unit_id in given:
            if row.district:
                whole[row.district][unit_id] = Candidate(unit_id, 1.0, row.district, True)
        for district, parts in whole.items():
            self._add(district, tuple(parts.values()), frozenset(), old=True)
        self.plain = [entry.reading.plain for entry in self.entries]

    def _add(
        self, name: str, targets: tuple[Candidate, ...], districts: frozenset[str], old: bool
    ) -> None:
        found = readings(name)
        if found:
            self.entries.append(_Entry(found[0], targets, districts, old))

    def _near(self, reading: Reading) -> Iterator[tuple[_Entry, float]]:
        """Entries whose own names are like the written one, or have it as initials."""
        row = process.cdist([reading.plain], self.plain, scorer=OSA.normalized_similarity)[0]
        for n in np.flatnonzero(row >= LEAST).tolist():
            yield self.entries[n], _with_accents(reading, self.entries[n].reading, float(row[n]))
        if _has_initials(reading.words):
            for entry in self.entries:
                if _kind_price(reading.kind, entry.reading.kind) is not None and _written_out(
                    reading.words, entry.reading.words
                ):
                    yield entry, INITIALS

    def propose(self, text: str) -> Proposal:
        """The units that a written name may mean."""
        best: dict[str, Candidate] = {}
        for reading in readings(text, self.districts):
            for entry, like in self._near(reading):
                score = like - _price(reading, entry, OLD if like > SAME else OLD_LIKE)
                if score < LEAST:
                    continue
                for place, target in enumerate(entry.targets):
                    known = best.get(target.unit_id)
                    mine = round(score - 0.001 * place, 4)
                    if known is None or known.score < mine:
                        best[target.unit_id] = replace(target, score=mine)
        ordered = sorted(best.values(), key=lambda c: (-c.score, c.unit_id))
        if not ordered:
            return Proposal(text)
        second = ordered[1].score if len(ordered) > 1 else 0.0
        first = ordered[0]
        sure = first.score >= SURE and first.score - second >= AHEAD and not first.part
        near = [c for c in ordered if c.score >= first.score - 4 * AHEAD]
        return Proposal(text, tuple(near if first.part else near[:SHOWN]), sure)


def _plain_district(name: str) -> str:
    found = readings(name)
    return found[0].plain if found else ""


def _price(reading: Reading, entry: _Entry, old: float) -> float:
    """What is taken from a likeness: another kind, another district; 1 where it cannot be meant."""
    price = _kind_price(reading.kind, entry.reading.kind)
    if price is None:
        return 1.0
    if not reading.district:
        return price + (old if entry.old else 0.0)
    if entry.districts and reading.district not in entry.districts:
        return 1.0
    return price + (0.0 if entry.districts else NO_DISTRICT) + (0.0 if entry.old else old)


def _kind_price(written: str, known: str) -> float | None:
    if written == known:
        return 0.0
    if written in LOCAL and known in LOCAL:
        return OTHER_LOCAL
    if not written and known in LOCAL | {"department", "district"}:
        return NO_KIND
    return None


def _with_accents(reading: Reading, known: Reading, plain: float) -> float:
    """Likeness with the accents weighed in, where the writer used any."""
    if reading.accented == reading.plain:
        return plain
    accented = OSA.normalized_similarity(reading.accented, known.accented)
    return (1 - ACCENTS) * plain + ACCENTS * accented


def _has_initials(words: Sequence[str]) -> bool:
    """Whether a word looks like initials: no vowel in it (y is one too seldom to count)."""
    return any(not set(unaccented(word)) & set("aeiou") for word in words)


@lru_cache(maxsize=65_536)
def _written_out(short: Sequence[str], words: Sequence[str]) -> str | None:
    """The full name when the short one is it with runs of words as initials ("nv" for "nội vụ")."""
    if not short:
        return "" if not words else None
    head, rest = unaccented(short[0]).replace("&", ""), short[1:]
    if words and _alike(unaccented(words[0]), head):
        full = _written_out(rest, words[1:])
        if full is not None:
            return words[0] + full
    for n in range(2, len(words) + 1):
        run = words[:n]
        plain = [unaccented(word)[:1] for word in run]
        lean = [unaccented(word)[:1] for word in run if word not in ("và", "-")]
        if head in ("".join(plain), "".join(lean)):
            full = _written_out(rest, words[n:])
            if full is not None:
                return "".join(run) + full
    return None


def _alike(one: str, other: str) -> bool:
    return one == other or (len(one) > 3 and OSA.distance(one, other) <= 1)
