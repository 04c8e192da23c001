"""What forms about spans of days post: a code, first and last day, the paper, the version shown."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Form

from api.fields import PlainDay, RowId

SOON_DAYS = 60  # a span that ends within so many days asks for a look; as on the first page
RowNumber = RowId
Code = Form(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]+$")
Paper = Form(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")
FirstDay = Annotated[PlainDay, Form()]
LastDay = Annotated[PlainDay | None, Form()]  # left blank: none
Revision = Annotated[int, Form(ge=1)]


def standing_of(start: date, end: date | None, today: date) -> str:
    """Key of the labels under `span.`: coming, now, soon (ends within `SOON_DAYS`) or over.

    >>> standing_of(date(2027, 1, 1), date(2027, 3, 1), today=date(2027, 3, 1))
    'soon'
    >>> standing_of(date(2027, 1, 1), None, today=date(2027, 3, 1))
    'now'
    """
    if start > today:
        return "coming"
    if end is None:
        return "now"
    left = (end - today).days
    return "over" if left < 0 else "soon" if left <= SOON_DAYS else "now"
