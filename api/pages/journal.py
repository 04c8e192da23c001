"""/journal: who did what when, for the auditor; and whether the chain of its lines holds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse

from api.access import MayReadJournal
from api.deps import StoreDep
from api.journal_words import details_of
from api.labels import LABELS
from api.page import Page
from api.paging import PageDep
from data.collation import vietnamese_key
from data.words import Message
from scheduler.journeys.online import journal

router = APIRouter(prefix="/journal")
Filter = Annotated[str, Query(max_length=200)]
FILTERS = ("noun", "noun_id", "action", "actor")


@router.get("")
def list_lines(
    by: MayReadJournal, page: Page, part: PageDep, store: StoreDep,
    noun: Filter = "", noun_id: Filter = "", action: Filter = "", actor: Filter = "",
) -> HTMLResponse:  # fmt: skip
    """Lines, newest first, with the head to note down."""
    wanted = {"noun": noun, "noun_id": noun_id, "action": action, "actor": actor}
    found, total = journal.list_lines(store, part.offset, part.limit, **wanted)
    listing = page.listing(total, part.offset, part.limit)
    head = journal.head(store)
    return page(
        "journal/list.html", lines=found, listing=listing, head=head, wanted=wanted,
        actions=_choices("action.", page.lang), nouns=_choices("noun.", page.lang), details_of=details_of,
    )  # fmt: skip


def _choices(of: str, lang: str) -> list[tuple[str, str]]:
    """Codes of a kind with their words, in the order of the words; first the choice of any."""
    any_one = Message("bất kỳ").say(lang)
    found = [
        (code.removeprefix(of), words.say(lang))
        for code, words in LABELS.items()
        if code.startswith(of)
    ]
    return [("", any_one), *sorted(found, key=lambda pair: vietnamese_key(pair[1]))]


@router.post("/verify")
def verify(
    by: MayReadJournal, page: Page, store: StoreDep,
    head: Annotated[str, Form(max_length=100)] = "",
) -> HTMLResponse:  # fmt: skip
    """Every line looked at again, against a head that was noted before if there is one."""
    found = journal.verify(store, journal.noted_head(head))
    return page("journal/verdict.html", found=found, noted=head)
