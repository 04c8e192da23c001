"""Values that requests carry, as narrow as the database holds them: row numbers, codes, days, lines of text."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, Field, StringConstraints

LARGEST_ID = 2**31 - 1
YEARS = range(1900, 2200)  # as in the cells of a dataset
PRINTED = r"^[^\x00-\x1f\x7f]*$"


def _known_year(day: date) -> date:
    if day.year not in YEARS:
        raise ValueError(day.year)
    return day


def _whole(text: str) -> str:
    return unicodedata.normalize("NFC", text)


RowId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="number in the store", examples=[7])]
Code = Annotated[
    str, Path(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]+$", description="code of a row")
]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=r"^[^\x00]*$"),
]
Line = Annotated[  # the field says how long
    str, StringConstraints(strip_whitespace=True, pattern=PRINTED), AfterValidator(_whole)
]
Line500 = Annotated[Line, StringConstraints(max_length=500)]
PlainDay = Annotated[date, AfterValidator(_known_year), Field(examples=["2027-03-15"])]
Username = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]{1,63}$")
]
Subject = Annotated[  # `sub` of OpenID Connect, or `@name`
    str,
    StringConstraints(
        strip_whitespace=True, max_length=255,
        pattern=r"^(@[A-Za-z0-9][A-Za-z0-9._@-]{1,63}|[^@\x00-\x1f\x7f][^\x00-\x1f\x7f]*)?$",
    ),
]  # fmt: skip
