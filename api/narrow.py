"""Values that requests carry, as narrow as the database holds them: row numbers, codes, texts without NUL."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, Field, StringConstraints

LARGEST_ID = 2**31 - 1
YEARS = range(1900, 2200)  # as in the cells of a dataset


def _known_year(day: date) -> date:
    if day.year not in YEARS:
        raise ValueError(day.year)
    return day


RowId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="number in the store", examples=[7])]
Code = Annotated[
    str, Path(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]+$", description="code of a row")
]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=r"^[^\x00]*$"),
]
Line = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00-\x1f]*$")]
PlainDay = Annotated[date, AfterValidator(_known_year), Field(examples=["2027-03-15"])]
