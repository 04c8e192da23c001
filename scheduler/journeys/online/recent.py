"""The last few results of something slow, kept in memory for every thread of the server."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Recent(Generic[Made]):
    """Results by key, at most `size` of them; the one that was wanted longest ago goes first.

    >>> recent = Recent[int](1)
    >>> recent.get("a", lambda: 1), recent.get("a", lambda: 2)
    (1, 1)
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.kept: OrderedDict[Hashable, Made] = OrderedDict()
        self.lock, self.making = Lock(), Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The result of this key; made when it is not there, by one thread at a time."""
        found = self._kept(key)
        if found is not None:
            return found
        with self.making:
            found = self._kept(key)
            if found is None:
                found = make()
                with self.lock:
                    self.kept[key] = found
                    while len(self.kept) > self.size:
                        self.kept.popitem(last=False)
        return found

    def _kept(self, key: Hashable) -> Made | None:
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
            return self.kept.get(key)
