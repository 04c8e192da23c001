"""Deferrals kept on the server; why somebody is spared is told to nobody but HR."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from data import rulefiles
from data.collation import folded
from data.store import deferrals
from data.store.deferrals import DeferralText, StoredDeferral
from data.words import Message
from scheduler.deferral_checks import refuse_unlawful, warnings_of
from scheduler.errors import Refused
from scheduler.journeys.online.people import GROUNDS, names_of, officials
from scheduler.officials import OUTSIDE
from scheduler.rulebook import in_force

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.store import Store
    from scheduler.officials import Official

RULE = "rotation.grounds"
ALL = 1000  # deferrals of one person
SHOWN = 8  # of people with the same name


@dataclass(frozen=True)
class SeenDeferral:
    """A deferral as this person may see it."""

    stored: StoredDeferral
    name: str
    warnings: tuple[Message, ...] = ()


def list_deferrals(
    store: Store, by: Actor, offset: int, limit: int, *, staff_id: str = "", on: date | None = None,
    ends: tuple[date, date] | None = None,
) -> tuple[list[SeenDeferral], int]:  # fmt: skip
    """A page of the deferrals that hold, those that end first at the top, and how many there are."""
    with store.reading() as db:
        found, total = deferrals.page(db, offset, limit, staff_id=staff_id, on=on, ends=ends)
    names = names_of(store, {each.text.staff_id for each in found})
    return [SeenDeferral(_seen(e, by), names.get(e.text.staff_id, "")) for e in found], total


def one_deferral(store: Store, by: Actor, deferral_id: int) -> SeenDeferral:
    """One deferral.

    Raises
    ------
    NotFound
    """
    with store.reading() as db:
        found = deferrals.get(db, deferral_id)
    names = names_of(store, [found.text.staff_id])
    return SeenDeferral(_seen(found, by), names.get(found.text.staff_id, ""))


def grounds_on(day: date) -> tuple[str, Mapping[str, str]]:
    """The law that names the grounds of a day, and ground -> article."""
    policy = in_force(rulefiles.read_rules(), day).policies[RULE]
    return policy.source, policy.value


def add_deferral(
    store: Store, by: Actor, at: datetime, today: date, text: DeferralText
) -> SeenDeferral:
    """A new deferral: from now on the flags follow it.

    Raises
    ------
    Refused
        Nobody has this id, the law knows no such ground, or the days are the wrong way round.
    """
    who = _checked(store, by, today, text)
    with store.writing(by, at) as work:
        others, _ = deferrals.page(work.db, 0, ALL, staff_id=text.staff_id)
        made = deferrals.add(work, text)
    return _told(made, others, by, today, who)


def change_deferral(
    store: Store, by: Actor, at: datetime, today: date, deferral_id: int, revision: int,
    text: DeferralText,
) -> SeenDeferral:  # fmt: skip
    """The deferral with another text.

    Raises
    ------
    NotFound, data.store.errors.Stale, Refused
    """
    who = _checked(store, by, today, text)
    with store.writing(by, at) as work:
        changed = deferrals.change(work, deferral_id, revision, text)
        others, _ = deferrals.page(work.db, 0, ALL, staff_id=text.staff_id)
    return _told(changed, [each for each in others if each.id != deferral_id], by, today, who)


def withdraw_deferral(
    store: Store, by: Actor, at: datetime, deferral_id: int, revision: int
) -> None:
    """The deferral no longer holds: the flag comes back by itself.

    Raises
    ------
    NotFound, data.store.errors.Stale
    """
    with store.writing(by, at) as work:
        deferrals.withdraw(work, deferral_id, revision)


def staff_id_of(store: Store, by: Actor, today: date, written: str) -> str:
    """The id of the person whose id or full name this is; as it is where nobody has either.

    Raises
    ------
    Refused
        Several people have this name: their ids are told.
    """
    written = written.strip()
    board = officials(store, by, today)
    alike = [who for who in board.people if folded(who.name) == folded(written)]
    if written in board.by_id or not alike:
        return written
    if len(alike) > 1:
        told = [f"{who.staff_id} ({who.unit_name})" for who in alike[:SHOWN]]
        raise Refused(
            Message(
                "{n} người tên «{name}»: {who}. Ghi mã nhân sự của người cần ghi.",
                {"n": len(alike), "name": written, "who": ", ".join(told)},
            )
        )
    return alike[0].staff_id


def official_to_be(store: Store, by: Actor, today: date, staff_id: str) -> Official:
    """The official about whom something is to be written.

    Raises
    ------
    Refused
        Nobody has this id in the accepted dataset.
    """
    who = officials(store, by, today).by_id.get(staff_id)
    if who is None:
        raise Refused(
            Message(
                "Không có ai mang mã «{staff_id}» trong bảng staff. Kiểm tra lại mã nhân sự.",
                {"staff_id": staff_id},
            )
        )
    return who


def _checked(store: Store, by: Actor, today: date, text: DeferralText) -> Official:
    who = official_to_be(store, by, today, text.staff_id)
    grounds = in_force(rulefiles.read_rules(), today).value(RULE)
    refuse_unlawful(grounds, text.ground or "", text.start, text.end)
    return who


def _told(
    stored: StoredDeferral, others: list[StoredDeferral], by: Actor, today: date, who: Official
) -> SeenDeferral:
    text = stored.text
    spans = [(each.text.start, each.text.end) for each in others]
    subject = who.standing != OUTSIDE
    told = warnings_of(text.start, text.end, spans, today, subject=subject)
    return SeenDeferral(_seen(stored, by), who.name, tuple(told))


def _seen(stored: StoredDeferral, by: Actor) -> StoredDeferral:
    if by.may(GROUNDS):
        return stored
    return replace(stored, text=replace(stored.text, ground=None, evidence=None))
