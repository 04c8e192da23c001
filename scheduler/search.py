"""Things found by the beginnings of their words or by their id: what is sought, and which come first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.collation import folded, sought, toned

if TYPE_CHECKING:
    from data.words import Message

# how near: the id, the whole name, the name's beginning, words of the name, words of anything else
EXACT, WHOLE, BEGINS, NAMED, INSIDE = range(5)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with a name.

    Attributes
    ----------
    note : what stands beneath the name
    under : id of what it belongs to: the plan of a visit, the visit of an own finding; of a unit by its
        former name, today's name
    more : further words by which it is found
    """

    kind: str
    key: str
    name: str
    note: str | Message = ""
    under: str = ""
    more: str = ""


@dataclass(frozen=True)
class Query:
    """What somebody typed, as it is compared: words without accents, and with them if there are any."""

    key: str
    words: tuple[str, ...]
    name: str
    toned: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Query:
        """The query of a text.

        >>> Query.of("Đống Đa").words
        (' dong', ' da')
        """
        key, name = folded(text), sought(text)
        accented = key != " ".join(text.lower().split())
        marks = toned(text).split() if accented else ()
        return cls(key, tuple(f" {w}" for w in name.split()), name, tuple(f" {w}" for w in marks))


class Index:
    """Things in an order that means something, with their words as a search compares them."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self.things = tuple(things)
        texts = [f"{thing.name} {thing.key} {thing.more}" for thing in self.things]
        self.keys = [folded(thing.key) for thing in self.things]
        self.names = [sought(thing.name) for thing in self.things]
        self.words = [sought(text) for text in texts]
        self.toned = [toned(text) for text in texts]

    def found(self, query: Query) -> list[tuple[int, Thing]]:
        """The things in which every word of the query begins a word, each with how near it is.

        The nearest first, else in order. A query with accents puts those that are written with them before
        those that are only spelt alike.

        >>> things = [Thing("unit", "U10", "Xã Hóa An"), Thing("unit", "U1", "Phường Hoà Bình")]
        >>> [thing.key for _, thing in Index(things).found(Query.of("hòa"))]
        ['U1', 'U10']
        >>> [thing.key for _, thing in Index(things).found(Query.of("u10"))]
        ['U10']
        """
        if not query.words:
            return []
        ranked = [
            (*self._rank(place, query), place)
            for place, text in enumerate(self.words)
            if _all_in(query.words, text)
        ]
        return [(near, self.things[place]) for near, _, place in sorted(ranked)]

    def _rank(self, place: int, query: Query) -> tuple[int, bool]:
        name = self.names[place]
        if self.keys[place] == query.key:
            near = EXACT
        elif name == query.name:
            near = WHOLE
        elif name.startswith(query.name):
            near = BEGINS
        else:
            near = NAMED if _all_in(query.words, name) else INSIDE
        return near, not _all_in(query.toned, self.toned[place])


def _all_in(words: Sequence[str], text: str) -> bool:
    return all(word in text for word in words)
