"""One search through everything that a person may read; its indexes stay in memory while the data do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from data.citations import Cited
from data.collation import person_key, vietnamese_key
from data.exports.labels import KINDS as VISIT_KINDS
from data.exports.labels import UNIT_KINDS, day_text, span_text
from data.store import assignments, datasets, findings, ledgers, plans, visits
from data.store.store import Store
from data.words import Message
from scheduler.journeys.online import people, rules
from scheduler.journeys.online.former_units import FORMER, former_units
from scheduler.journeys.online.opened import open_office
from scheduler.journeys.online.recent import Recent
from scheduler.lifecycle import APPROVED, CHECKED, DRAFT, PUBLISHED, STATES, SUBMITTED
from scheduler.search import INSIDE, Index, Query, Thing

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.records.actors import Actor
    from data.store.assignments import Assigned
    from data.store.plans import Version

PAGE, PLAN, ROTATION, UNIT, VISIT = "page", "plan", "rotation", "unit", "visit"
INSPECTOR, PERSON, FINDING, RULE = "inspector", "person", "finding", "rule"
ALIVE = (PUBLISHED, APPROVED, SUBMITTED, CHECKED, DRAFT)  # whose visits are found, in this order
KEPT = 64  # indexes of a store that stay in memory
MOST, ALL = 500, 1_000_000  # versions of plans, visits of one inspector; findings
_indexes: WeakKeyDictionary[Store, Recent[Index]] = WeakKeyDictionary()
PLAN_NAME = Message("Kế hoạch kiểm tra năm {year}, bản số {n}")
ROTATION_NAME = Message("Kế hoạch chuyển đổi vị trí năm {year}, bản số {n}")


@dataclass(frozen=True)
class Group:
    """What was found of one kind: `things` is the part that was asked for, of `total`."""

    kind: str
    total: int
    things: Sequence[Thing]
    near: int


@dataclass(frozen=True)
class Found:
    """What was found, the kind with the nearest thing first.

    Attributes
    ----------
    plan_id : the yearly plan in force, else the newest that is alive: where units and inspectors are seen
    dataset_id : the accepted one
    """

    groups: Sequence[Group]
    plan_id: int | None = None
    dataset_id: int | None = None

    @property
    def total(self) -> int:
        """How many things of all kinds."""
        return sum(group.total for group in self.groups)

    @property
    def shown(self) -> int:
        """How many of them are here."""
        return sum(len(group.things) for group in self.groups)


@dataclass(frozen=True)
class _Asked:
    """Who asks, when and in which language, and what stands in the store now."""

    store: Store
    by: Actor
    on: date
    lang: str
    dataset: datasets.StoredDataset | None
    versions: Sequence[Version]  # alive ones of yearly plans, in the order of `ALIVE`
    rotations: Sequence[Version]


def search(
    store: Store, by: Actor, on: date, lang: str, q: str, *, kind: str = "", offset: int = 0,
    limit: int = 5, pages: Iterable[Thing] = (),
) -> Found:  # fmt: skip
    """Everything with these words in its name or with this id that the person may read, by kind.

    `limit` things of each kind, after `offset` of them; with `kind` of this one alone. `pages` are found too.
    """
    query = Query.of(q)
    if not query.words:
        return Found(())
    asked = _asked(store, by, on, lang)
    groups = []
    for name, rights, indexes in _SOURCES:
        if kind in ("", name) and (not rights or any(by.may(right) for right in rights)):
            hits = [hit for index in indexes(asked) for hit in index.found(query)]
            groups.append(_group(name, hits, offset, limit))
    if kind in ("", PAGE):
        groups.append(_group(PAGE, Index(pages).found(query), offset, limit))
    shown = sorted((group for group in groups if group.total), key=lambda group: group.near)
    newest = asked.versions[0].id if asked.versions else None
    return Found(shown, newest, asked.dataset.id if asked.dataset else None)


def _asked(store: Store, by: Actor, on: date, lang: str) -> _Asked:
    with store.reading() as db:
        return _Asked(
            store, by, on, lang, datasets.current(db),
            _alive(db, plans.VISITS) if by.may("plans.read") else (),
            _alive(db, plans.MOVES) if by.may("rotations.read") else (),
        )  # fmt: skip


def _alive(db: Connection, kind: str) -> list[Version]:
    found, _ = plans.page(db, kind, 0, MOST, statuses=ALIVE)
    return sorted(found, key=lambda version: (ALIVE.index(version.status), -version.id))


def _group(kind: str, hits: list[tuple[int, Thing]], offset: int, limit: int) -> Group:
    near = min((near for near, _ in hits), default=INSIDE)
    hits.sort(key=lambda hit: hit[0])
    return Group(kind, len(hits), [thing for _, thing in hits[offset : offset + limit]], near)


def _plans(asked: _Asked) -> Iterable[Index]:
    yield Index(_named(v, PLAN, PLAN_NAME, asked.lang) for v in asked.versions)


def _rotations(asked: _Asked) -> Iterable[Index]:
    yield Index(_named(v, ROTATION, ROTATION_NAME, asked.lang) for v in asked.rotations)


def _named(version: Version, kind: str, words: Message, lang: str) -> Thing:
    name = replace(words, params={"year": version.year, "n": version.number}).say(lang)
    return Thing(kind, str(version.id), name, STATES[version.status], more=version.title)


def _visits(asked: _Asked) -> Iterable[Index]:
    if not asked.by.may("plans.read"):
        yield _own_visits(asked)
        return
    for version in asked.versions:
        key = (PLAN, version.id, version.revision)
        yield _kept(asked, key, partial(_visits_of, asked, version))


def _visits_of(asked: _Asked, version: Version) -> Iterable[Thing]:
    with asked.store.reading() as db:
        stored, rows = visits.unit_names(db, version.id), visits.all_rows(db, version.id)
    names = {**_unit_names(asked), **{unit: name for unit, name in stored.items() if name}}
    words = Message("bản số {n}, {state}", {"n": version.number, "state": STATES[version.status]})
    for row in sorted(rows, key=lambda row: (row.start or date.max, row.visit_id)):
        kind = VISIT_KINDS[row.kind].name if row.kind in VISIT_KINDS else row.kind
        days = span_text(row.start, row.end) or Message("không xếp được")
        note = Message("{kind}, {days}; {plan}", {"kind": kind, "days": days, "plan": words})
        name = names.get(row.unit_id, row.unit_id)
        yield Thing(VISIT, row.visit_id, name, note, str(version.id), row.unit_id)


def _own_visits(asked: _Asked) -> Index:
    with asked.store.reading() as db:
        mine = _own(db, asked.by)
    names = _unit_names(asked) if mine else {}
    return Index(
        Thing(
            VISIT, visit.row.visit_id, names.get(visit.row.unit_id) or visit.unit_name,
            Message("{kind}, {days}", {
                "kind": VISIT_KINDS[visit.row.kind].name, "days": span_text(*visit.days),
            }), more=visit.row.unit_id,
        )
        for visit in mine
    )  # fmt: skip


def _own(db: Connection, by: Actor) -> list[Assigned]:
    return assignments.page(db, by.inspector_id, date.min, date.max, 0, MOST)[0]


def _unit_names(asked: _Asked) -> dict[str, str]:
    if asked.dataset is None:
        return {}
    return {unit.unit_id: unit.name for unit in open_office(asked.store).units}


def _units(asked: _Asked) -> Iterable[Index]:
    if asked.dataset:
        yield _kept(asked, (UNIT,), lambda: _units_of(asked))


def _units_of(asked: _Asked) -> Iterable[Thing]:
    office = open_office(asked.store)
    names = {unit.unit_id: unit.name for unit in office.units}
    bodies_first = sorted(office.units, key=lambda u: (bool(u.parent_id), vietnamese_key(u.name)))
    for unit in bodies_first:
        kind, part_of = UNIT_KINDS.get(unit.kind, ""), names.get(unit.parent_id, "")
        note = Message("{kind}, thuộc {body}", {"kind": kind, "body": part_of}) if part_of else kind
        yield Thing(UNIT, unit.unit_id, unit.name, note)


def _former(asked: _Asked) -> Iterable[Index]:
    if asked.dataset:
        yield _kept(asked, (FORMER,), lambda: former_units(open_office(asked.store).units))


def _inspectors(asked: _Asked) -> Iterable[Index]:
    if asked.dataset:
        yield _kept(asked, (INSPECTOR,), lambda: _inspectors_of(asked))


def _inspectors_of(asked: _Asked) -> Iterable[Thing]:
    office = open_office(asked.store)
    names = {unit.unit_id: unit.name for unit in office.units}
    for who in sorted(office.inspectors, key=lambda who: person_key(who.name)):
        yield Thing(INSPECTOR, who.inspector_id, who.name, names.get(who.home_unit_id, ""))


def _people(asked: _Asked) -> Iterable[Index]:
    if asked.dataset:
        yield _kept(asked, (PERSON, asked.on), lambda: _people_of(asked))


def _people_of(asked: _Asked) -> Iterable[Thing]:
    board = people.officials(asked.store, asked.by, asked.on)
    for place in board.orders["name"]:
        who = board.people[place]
        note = ", ".join(filter(None, (who.title, who.unit_name)))
        yield Thing(PERSON, who.staff_id, who.name, note, more=who.unit_name)


def _findings(asked: _Asked) -> Iterable[Index]:
    if asked.by.may("findings.read"):
        with asked.store.reading() as db:
            state = ledgers.state(db)
        yield _kept(asked, (FINDING, state), lambda: _findings_of(asked, None))
    else:
        with asked.store.reading() as db:
            mine = [visit.row.visit_id for visit in _own(db, asked.by)]
        yield Index(_findings_of(asked, mine))


def _findings_of(asked: _Asked, own: Sequence[str] | None) -> Iterable[Thing]:
    """Every finding, or those of these visits, which are the own ones."""
    with asked.store.reading() as db:
        found, _ = findings.page(db, 0, ALL, visit_ids=own)
    names = _unit_names(asked) if found else {}
    for finding in found:
        text = finding.text.text
        note = Message("{id}, hạn khắc phục {day}: {told}", {
            "id": finding.finding_id, "day": day_text(finding.text.remedy_due),
            "told": text[:160] or Message("không ghi nội dung"),
        })  # fmt: skip
        yield Thing(
            FINDING, str(finding.id), names.get(finding.unit_id, finding.unit_id), note,
            "" if own is None else finding.visit_id,
            f"{finding.finding_id} {finding.unit_id} {finding.visit_id} {text}",
        )  # fmt: skip


def _rules(asked: _Asked) -> Iterable[Index]:
    yield _kept(asked, (RULE, asked.on, asked.lang), lambda: _rules_of(asked))


def _rules_of(asked: _Asked) -> Iterable[Thing]:
    for rule in rules.list_rules(asked.on):
        titles = (rule.row.title_vi, rule.row.title_en)
        name, other = titles if asked.lang == "vi" else titles[::-1]
        yield Thing(RULE, rule.id, name, Cited(rule.source), more=f"{other} {rule.source}")


def _kept(asked: _Asked, key: tuple[object, ...], make: Callable[[], Iterable[Thing]]) -> Index:
    """The index of this key in this store and dataset; made when it is not there."""
    dataset = asked.dataset
    known = (dataset.id, dataset.digest) if dataset else ()
    mine = _indexes.setdefault(asked.store, Recent(KEPT))
    return mine.get((known, *key), lambda: Index(make()))


_SOURCES: tuple[tuple[str, tuple[str, ...], Callable[[_Asked], Iterable[Index]]], ...] = (
    (UNIT, ("plans.read", "people.read", "datasets.read"), _units),
    (FORMER, ("plans.read", "people.read", "datasets.read", "assignments.read"), _former),
    (VISIT, ("plans.read", "assignments.read"), _visits),
    (PERSON, ("people.read",), _people),
    (INSPECTOR, ("plans.read", "datasets.read"), _inspectors),
    (PLAN, ("plans.read",), _plans),
    (ROTATION, ("rotations.read",), _rotations),
    (FINDING, ("findings.read", "findings.report"), _findings),
    (RULE, (), _rules),
)  # whose kind it is: the rights of which one is enough
KINDS = (PAGE, *(name for name, _, _ in _SOURCES))
