"""A list on a page: which part is shown, and the addresses of its other parts, orders and filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

WIDE = 2  # pages shown on either side of the current one


@dataclass(frozen=True)
class Listing:
    """Rows `first`..`last` of `total`, under the query of the page's address.

    >>> found = Listing("/plans", {"year": "2027"}, total=143, offset=50, limit=50)
    >>> found.first, found.last, found.page_at(3)
    (51, 100, '/plans?year=2027&offset=100')
    >>> found.without("year")
    '/plans'
    """

    path: str
    query: Mapping[str, str]
    total: int
    offset: int = 0
    limit: int = 50

    @property
    def first(self) -> int:
        """Number of the first row shown; 0 for none."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.offset + self.limit, self.total)

    @property
    def number(self) -> int:
        """Number of this page, from 1."""
        return self.offset // self.limit + 1

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.total // self.limit))

    @property
    def near(self) -> tuple[int, ...]:
        """Numbers of pages to offer: the first, the last, those around; 0 for a gap."""
        shown = sorted(
            {1, self.pages, *range(max(1, self.number - WIDE), min(self.pages, self.number + WIDE) + 1)}
        )  # fmt: skip
        out: list[int] = []
        for number in shown:
            if out and number > out[-1] + 1:
                out.append(0)
            out.append(number)
        return tuple(out)

    def page_at(self, number: int) -> str:
        """Address of another page of this list."""
        return self.changed(offset=str((number - 1) * self.limit) if number > 1 else None)

    def sorted_by(self, column: str) -> str:
        """Address of the list in order of a column; of the opposite order when it is in it already."""
        order = f"-{column}" if self.query.get("sort") == column else column
        return self.changed(sort=order, offset=None)

    def order_of(self, column: str) -> str:
        """`ascending`, `descending` or `none`, as screen readers call it."""
        sort = self.query.get("sort", "")
        return "ascending" if sort == column else "descending" if sort == f"-{column}" else "none"

    def without(self, name: str) -> str:
        """Address of the list without one filter."""
        return self.changed(**{name: None, "offset": None})

    def changed(self, **values: str | None) -> str:
        """Address of the list with other values in its query; None takes one away."""
        query = {k: v for k, v in {**self.query, **values}.items() if v not in (None, "")}
        return f"{self.path}?{urlencode(query)}" if query else self.path
