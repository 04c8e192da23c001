"""Who issues and signs the papers: read, checked, changed; before the first change the sample city's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from data.papers.organisation_in import organisation_of, read_blocks
from data.store import organisation
from data.store.organisation import StoredOrganisation
from scheduler.papers.kinds import KEYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from data.records.actors import Actor
    from data.store.store import Store

Blocks = list[dict[str, Any]]


def read_organisation(store: Store) -> StoredOrganisation:
    """The dated blocks; those of the sample city, as revision 0, when nobody has saved any."""
    with store.reading() as db:
        found = organisation.get(db)
    return found if found.revision else replace(found, blocks=_plain(read_blocks()))


def change_organisation(
    store: Store, by: Actor, at: datetime, revision: int, blocks: Blocks
) -> StoredOrganisation:
    """Other blocks.

    Raises
    ------
    data.papers.organisation_in.PapersRefused
        With every fault; nothing is saved.
    data.store.errors.Stale
    """
    dated = _dated(blocks)
    latest = max((block["from"] for block in dated), default=date.max)
    organisation_of(dated, "organisation", latest, KEYS)
    with store.writing(by, at) as work:
        return organisation.change(work, revision, _plain(dated))


def issuer(db: Connection) -> Blocks:
    """The blocks as papers take them; none when nobody has saved any."""
    return _dated(organisation.get(db).blocks)


def _dated(blocks: Sequence[dict[str, Any]]) -> Blocks:
    return [{**block, "from": _day(block["from"])} for block in blocks]


def _day(found: str | date) -> date:
    return found if isinstance(found, date) else date.fromisoformat(found)


def _plain(blocks: Sequence[dict[str, Any]]) -> Blocks:
    return [{**block, "from": block["from"].isoformat()} for block in blocks]
