"""Visits of the plans in force, for the people who carry them out: nothing of a draft is ever found here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, select

from data.plan_columns import KINDS
from data.records import PastVisit, PlannedVisit
from data.store.errors import NotFound
from data.store.plans import VISITS
from data.store.tables.plans import plans, visit_people, visits
from data.store.visits import WHAT, visit_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Select

IN_FORCE = ("published", "closed")  # a closed year's visits stay the record of what was done
EVER = (*IN_FORCE, "amended")  # statuses of versions that people have, or had, in their calendars
DATA = func.coalesce(plans.c.checked_on_id, plans.c.dataset_id).label("dataset_id")
_later = plans.alias()
LAST = or_(  # a plan may be closed in the middle of a year, and another one published in its place
    plans.c.status == "published",
    and_(plans.c.status == "closed", ~exists(
        select(_later.c.id).where(
            _later.c.kind == plans.c.kind, _later.c.year == plans.c.year,
            _later.c.status.in_(IN_FORCE), _later.c.published_at > plans.c.published_at,
        ).correlate(plans)
    )),
)  # fmt: skip
TAKES_PLACE = and_(
    plans.c.kind == VISITS, LAST, plans.c.trial.is_(False),
    visits.c.status == "scheduled", visits.c.kind.in_(tuple(KINDS)), visits.c.start.is_not(None),
    visits.c.end.is_not(None),
)  # fmt: skip


@dataclass(frozen=True)
class Assigned:
    """A visit of a plan in force; `part` of the person who asked, "" when nobody did.

    `dataset_id`: the data that the plan was checked against, which have the names of everybody in it
    """

    plan_id: int
    dataset_id: int
    year: int
    part: str
    unit_name: str
    row: PlannedVisit

    @property
    def days(self) -> tuple[date, date]:
        """First and last day."""
        assert self.row.start is not None
        assert self.row.end is not None
        return self.row.start, self.row.end


def page(
    db: Connection, inspector_id: str, first: date, last: date, offset: int, limit: int
) -> tuple[list[Assigned], int]:
    """Somebody's own visits that touch the days from `first` to `last`, by date, and how many there are."""
    wanted = _own(inspector_id).where(visits.c.start <= last, visits.c.end >= first)
    total = db.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
    rows = db.execute(
        wanted.order_by(visits.c.start, visits.c.visit_id).offset(offset).limit(limit)
    )
    return [_assigned(row) for row in rows], total


def get(db: Connection, inspector_id: str, visit_id: str) -> Assigned:
    """One of somebody's own visits.

    Raises
    ------
    NotFound
        There is none, it is somebody else's, or its plan is not in force.
    """
    found = db.execute(
        _own(inspector_id).where(visits.c.visit_id == visit_id).order_by(plans.c.year.desc())
    ).first()
    if found is None:
        raise NotFound(WHAT, visit_id)
    return _assigned(found)


def find(db: Connection, visit_id: str) -> Assigned | None:
    """The visit of a plan in force, whoever goes."""
    found = db.execute(
        _all().where(visits.c.visit_id == visit_id).order_by(plans.c.year.desc())
    ).first()
    return _assigned(found) if found else None


def of_ids(db: Connection, ids: Collection[str]) -> dict[str, Assigned]:
    """Visit id -> visit of a plan in force."""
    rows = db.execute(_all().where(visits.c.visit_id.in_(ids)).order_by(plans.c.year))
    return {row.visit_id: _assigned(row) for row in rows}


def following(db: Connection, ids: Collection[str]) -> dict[str, Assigned]:
    """Visit id -> the last visit of a plan in force that looks again at what was found there."""
    rows = db.execute(_all().where(visits.c.follows.in_(ids)).order_by(visits.c.start))
    return {row.follows: _assigned(row) for row in rows}


def visits_done(db: Connection, on: date) -> tuple[PastVisit, ...]:
    """Visits of the plans in force that begin by a day, as rows of the dataset's table `visits`."""
    rows = db.execute(
        _all().where(visits.c.start <= on).order_by(visits.c.start, visits.c.visit_id, plans.c.year)
    )
    done = {}
    for found in map(_assigned, rows):
        row = found.row
        done[row.visit_id] = PastVisit(
            row.visit_id, row.unit_id, row.kind, *found.days, row.lead, row.members
        )
    return tuple(done.values())


def plans_before(db: Connection, year: int) -> tuple[tuple[int, int], ...]:
    """Id and revision of the plans of earlier years whose visits take place: the same, the same visits."""
    rows = db.execute(
        select(plans.c.id, plans.c.revision)
        .where(plans.c.kind == VISITS, plans.c.year < year, LAST, plans.c.trial.is_(False))
        .order_by(plans.c.id)
    )
    return tuple((int(plan), int(revision)) for plan, revision in rows)


def _all() -> Select[Any]:
    return (
        select(plans.c.year, DATA, visits)
        .join(plans, plans.c.id == visits.c.plan_id)
        .where(TAKES_PLACE)
    )


def _own(inspector_id: str) -> Select[Any]:
    mine = and_(
        visit_people.c.plan_id == visits.c.plan_id, visit_people.c.visit_id == visits.c.visit_id,
        visit_people.c.inspector_id == inspector_id, visit_people.c.inspector_id != "",
    )  # fmt: skip
    return _all().join(visit_people, mine).add_columns(visit_people.c.part)


def _assigned(row: Row[Any]) -> Assigned:
    part = row._mapping.get("part", "")
    stored = visit_of(row)
    return Assigned(row.plan_id, row.dataset_id, row.year, part, stored.unit_name, stored.row)
