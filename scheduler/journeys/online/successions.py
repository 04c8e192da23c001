"""Answers to "did the reorganisation continue the work?" on the server."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from data.store import successions
from data.store.successions import StoredSuccession, SuccessionText
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online.opened import open_dataset

if TYPE_CHECKING:
    from data.dataset import Dataset
    from data.records.actors import Actor
    from data.store.store import Store


def list_successions(store: Store, offset: int, limit: int) -> tuple[list[StoredSuccession], int]:
    """A page of the answers that hold, by date, and how many there are."""
    with store.reading() as db:
        return successions.page(db, offset, limit)


def names_in(store: Store, rows: Iterable[StoredSuccession]) -> dict[str, str]:
    """Unit or position id -> its name or title, of what these answers speak of and the accepted dataset has."""
    texts = [row.text for row in rows]
    if not texts:
        return {}
    tables = open_dataset(store).tables
    names: dict[str, str] = {}
    for table, key, named, ids in (
        ("units", "unit_id", "name", {i for t in texts for i in (t.unit_id, t.from_unit_id)}),
        ("positions", "position_id", "title", {i for t in texts for i in (t.position_id, t.from_position_id)}),
    ):  # fmt: skip
        mine = tables[table][tables[table][key].isin(list(ids))]
        names |= dict(zip(mine[key], mine[named], strict=True))
    return names


def one_succession(store: Store, succession_id: int) -> StoredSuccession:
    """One answer.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        return successions.get(db, succession_id)


def add_succession(store: Store, by: Actor, at: datetime, text: SuccessionText) -> StoredSuccession:
    """A new answer: from now on the clocks that it settles have one reading.

    Raises
    ------
    Refused
        It speaks of no new unit or post, or of one that is not in the accepted dataset.
    """
    _refuse_strangers(open_dataset(store), text)
    with store.writing(by, at) as work:
        return successions.add(work, text)


def withdraw_succession(
    store: Store, by: Actor, at: datetime, succession_id: int, revision: int
) -> None:
    """The answer no longer holds: the clocks have two readings again.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale
    """
    with store.writing(by, at) as work:
        successions.withdraw(work, succession_id, revision)


def _refuse_strangers(dataset: Dataset, text: SuccessionText) -> None:
    if not (text.unit_id or text.position_id):
        raise Refused(Message("Ghi đơn vị mới hoặc vị trí mới mà câu trả lời nói đến."))
    units = {text.unit_id, text.from_unit_id} - {"", *dataset.tables["units"]["unit_id"]}
    posts = {text.position_id, text.from_position_id} - {
        "", *dataset.tables["positions"]["position_id"],
    }  # fmt: skip
    if units or posts:
        raise Refused(
            Message(
                "Không có trong dữ liệu: {ids}. Kiểm tra lại mã.",
                {"ids": ", ".join(sorted(units | posts))},
            )
        )
