"""The papers that were made of a plan: asked for, listed, read; grounds of people only for who may know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from data.papers.fixed_zip import zip_of
from data.store import files, plans, runs
from data.store.assignments import IN_FORCE
from data.store.errors import NotFound
from data.store.files import Kept
from scheduler.journeys.online.stored_plans import digest_of, plan_of
from scheduler.papers.kinds import BY_KEY

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.records.actors import Actor
    from data.store.plans import Version
    from data.store.store import Store

KIND = "papers"  # of the run
NOUN = (
    "papers"  # files of their own beside those of the plan, which are sealed once it is published
)
MADE = "made.json"
PUBLIC = "cong-khai"
NO_GROUNDS = ("quyet-dinh-chuyen-doi-chung", "quyet-dinh-chuyen-doi", "ban-giao")


@dataclass(frozen=True)
class Made:
    """How papers came to be.

    Attributes
    ----------
    on : day of their figures
    draft : whether they say that they are drafts
    rows : digest of the plan's rows
    visits : visit id -> name of its files, where no other visit has the same
    """

    run: str
    at: datetime
    on: date
    draft: bool
    rows: str
    visits: Mapping[str, str]


@dataclass(frozen=True)
class Paper:
    """One file: `name` as it is asked for, its kind, and whose it is ("" of the whole plan)."""

    name: str
    kind: str
    title: str
    title_en: str
    copy: str
    file: Kept


@dataclass(frozen=True)
class Shelf:
    """The papers of a version that somebody may see, by name; without `made` none were made.

    `current`: whether they would come out the same way now, drafts or not.
    """

    made: Made | None
    papers: tuple[Paper, ...]
    current: bool = False


def ask_for_papers(store: Store, by: Actor, at: datetime, kind: str, plan_id: int, on: date) -> str:
    """A run that makes every paper of a version with the figures of a day; gives its id.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.writing(by, at) as work:
        version = plans.get(work.db, kind, plan_id)
        ask = {"kind": kind, "plan_id": version.id, "year": version.year, "on": on.isoformat()}
        return runs.ask(work, KIND, ask)


def list_papers(store: Store, by: Actor, kind: str, plan_id: int) -> Shelf:
    """The papers of a version that this person may see.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        version = plans.get(db, kind, plan_id)
        shelf = shelf_of(db, version.id)
        made = shelf.made
        current = (
            made is not None
            and made.draft == is_draft(version)
            and made.rows == digest_of(plan_of(db, version))
        )
    seen = tuple(paper for paper in shelf.papers if _may_see(by, version, paper))
    return Shelf(made, seen, current)


def read_paper(store: Store, by: Actor, kind: str, plan_id: int, name: str) -> tuple[Paper, bytes]:
    """One paper.

    Raises
    ------
    data.store.errors.NotFound
        There is none of this name, or none that this person may see.
    """
    for paper in list_papers(store, by, kind, plan_id).papers:
        if paper.name == name:
            with store.reading() as db:
                return paper, files.read(db, NOUN, plan_id, paper.name)
    raise NotFound(files.WHAT, name)


def zipped_papers(store: Store, by: Actor, kind: str, plan_id: int) -> bytes:
    """Every paper that this person may see, in one zip file.

    Raises
    ------
    data.store.errors.NotFound
    """
    shelf = list_papers(store, by, kind, plan_id)
    if not shelf.papers:
        raise NotFound(files.WHAT, "papers.zip")
    with store.reading() as db:
        return zip_of({
            paper.name: files.read(db, NOUN, plan_id, paper.name) for paper in shelf.papers
        })  # fmt: skip


def is_draft(version: Version) -> bool:
    """Whether papers of this version are drafts: only what is in force may be signed as it is."""
    return version.trial or version.status not in IN_FORCE


def shelf_of(db: Connection, plan_id: int) -> Shelf:
    """All papers of a version."""
    kept = {file.name: file for file in files.listed(db, NOUN, plan_id)}
    if MADE not in kept:
        return Shelf(None, ())
    told = json.loads(files.read(db, NOUN, plan_id, MADE))
    made = Made(
        told["run"], datetime.fromisoformat(told["at"]), date.fromisoformat(told["on"]),
        told["draft"], told["rows"], told["visits"],
    )  # fmt: skip
    papers = (_paper(name, file) for name, file in kept.items() if not name.endswith(".json"))
    return Shelf(made, tuple(papers))


def _paper(name: str, file: Kept) -> Paper:
    stem = name.rpartition(".")[0]
    parts = stem.split("/")
    public = parts[0] == PUBLIC
    key, *copy = parts[1:] if public else parts
    titles = (BY_KEY[key].title, BY_KEY[key].title_en) if key in BY_KEY else (key, key)
    return Paper(name, f"{PUBLIC}/{key}" if public else key, *titles, "/".join(copy), file)


def _may_see(by: Actor, version: Version, paper: Paper) -> bool:
    """Annexes, report and covering note of moves tell why people are spared: health, family, discipline."""
    if version.kind == plans.VISITS or by.may("grounds.read"):
        return True
    return paper.kind.startswith(f"{PUBLIC}/") or paper.kind in NO_GROUNDS
