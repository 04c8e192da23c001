"""Lists a page at a time, always with the total: nobody believes that 20 rows are all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, Field

LARGEST = 500
Item = TypeVar("Item")


@dataclass(frozen=True)
class Page:
    """Which part of a list is asked for."""

    offset: int
    limit: int


def _page(
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="rows to pass over")] = 0,
    limit: Annotated[int, Query(ge=1, le=LARGEST, description="most rows to give")] = 50,
) -> Page:
    return Page(offset, limit)


PageDep = Annotated[Page, Depends(_page)]


class Listed(BaseModel, Generic[Item]):
    """A page of a list."""

    total: int = Field(description="rows of the whole list, on all pages", examples=[143])
    offset: int = Field(examples=[0])
    items: list[Item]
