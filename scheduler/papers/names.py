"""Names behind the ids of a plan, out of a dataset or as far as the plan's own files tell them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from data.records import Office, Posting


@dataclass(frozen=True)
class Person:
    """Somebody with title and unit as a paper says them."""

    name: str
    post: str = ""  # title and unit; "" when not known


@dataclass(frozen=True)
class Post:
    """A post: title, unit, field of work."""

    title: str
    unit: str = ""
    field: str = ""


@dataclass(frozen=True)
class Names:
    """Looks up ids; an unknown id stands for itself."""

    units: Mapping[str, str] = field(default_factory=dict)
    inspectors: Mapping[str, Person] = field(default_factory=dict)
    staff: Mapping[str, str] = field(default_factory=dict)
    posts: Mapping[str, Post] = field(default_factory=dict)

    def unit(self, unit_id: str) -> str:
        """Name of a unit; that of a section ends in the body that it belongs to."""
        return self.units.get(unit_id, unit_id)

    def inspector(self, inspector_id: str) -> Person:
        """Name, title and unit of an inspector."""
        return self.inspectors.get(inspector_id, Person(inspector_id))

    def person(self, staff_id: str) -> str:
        """Name of an official."""
        return self.staff.get(staff_id, staff_id)

    def post(self, position_id: str) -> Post:
        """Title and unit of a post."""
        return self.posts.get(position_id, Post(position_id))


def names_of(office: Office, on: date) -> Names:
    """The names of an office; titles of inspectors are those of their posts on a day."""
    units = dict(_unit_names(office))
    posts = {
        p.position_id: Post(p.title, units.get(p.unit_id, p.unit_id), p.field)
        for p in office.positions
    }
    held = current_postings(office.postings, on)
    people = {}
    for who in office.inspectors:
        unit = units.get(who.home_unit_id, who.home_unit_id)
        posting = held.get(who.staff_id)
        post = posts.get(posting.position_id) if posting else None
        title = f"{post.title}, {post.unit}" if post else unit
        people[who.inspector_id] = Person(who.name, title)
    return Names(units, people, {s.staff_id: s.name for s in office.staff}, posts)


def _unit_names(office: Office) -> Iterable[tuple[str, str]]:
    known = {unit.unit_id: unit for unit in office.units}
    for unit in office.units:
        parent = known.get(unit.parent_id) if unit.kind == "section" else None
        told = parent is None or parent.name.casefold() in unit.name.casefold()
        yield unit.unit_id, unit.name if told or parent is None else f"{unit.name}, {parent.name}"


def current_postings(postings: Iterable[Posting], on: date) -> dict[str, Posting]:
    """The assignment under which each person serves on a day: the latest that covers it."""
    held: dict[str, Posting] = {}
    for row in postings:
        if row.start and row.start <= on and (row.end is None or on <= row.end):
            known = held.get(row.staff_id)
            if known is None or (known.start or row.start) < row.start:
                held[row.staff_id] = row
    return held
