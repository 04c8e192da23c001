"""What took long to work out, kept in memory for the next who asks, while its key stays the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store.store import Store

KEPT = 32  # things of a store that stay in memory
T = TypeVar("T")
_memory: WeakKeyDictionary[Store, OrderedDict[Hashable, Any]] = WeakKeyDictionary()
_lock = threading.Lock()


def remembered(store: Store, key: Hashable, make: Callable[[], T]) -> T:
    """What was made for this key before, or is made now."""
    with _lock:
        mine = _memory.setdefault(store, OrderedDict())
        if key in mine:
            mine.move_to_end(key)
            found: T = mine[key]
            return found
    made = make()
    with _lock:
        made = mine.setdefault(key, made)
        while len(mine) > KEPT:
            mine.popitem(last=False)
    return made
