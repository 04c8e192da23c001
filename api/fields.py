"""Fields that several nouns have: lines of text that every database can keep, user names, ids."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, StringConstraints

PRINTED = r"^[^\x00-\x1f\x7f]*$"


def _whole(text: str) -> str:
    return unicodedata.normalize("NFC", text)


Line = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=PRINTED), AfterValidator(_whole)
]
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
Id = Annotated[int, Path(ge=1, le=2_147_483_647)]  # what a database takes for a number of a row
