"""Units that no team may ever visit: they get no chance, and they are named wherever chances are shown."""

from __future__ import annotations

import numpy as np

from data.words import Message
from scheduler.surprise.service import Service


def unreachable(service: Service) -> tuple[str, ...]:
    """Ids of the units that every team is barred from."""
    return tuple(service.units[u] for u in np.flatnonzero(~service.eligible.any(axis=0)))


def unreachable_note(units: tuple[str, ...]) -> tuple[Message, ...]:
    """A word that names them; nothing when there are none."""
    if not units:
        return ()
    return (
        Message(
            "Không tổ nào được đến {n} đơn vị: {units}. Các đơn vị này không bị kiểm tra đột xuất; mượn "
            "người của nơi khác, hoặc kiểm tra định kỳ.",
            {"n": len(units), "units": ", ".join(units)},
        ),
    )


def one_team_note(service: Service) -> tuple[Message, ...]:
    """A word that names the units that one team alone may visit: what is expected of them is not reached."""
    alone = np.flatnonzero(service.eligible.sum(axis=0) == 1)
    if not len(alone):
        return ()
    return (
        Message(
            "Chỉ một tổ được đến {n} đơn vị: {units}. Khi tổ đó bận thì các đơn vị này không bị kiểm tra đột "
            "xuất, nên số lượt thật có thể thấp hơn mức kỳ vọng nhiều; xem trước: congvu draw simulate.",
            {"n": len(alone), "units": ", ".join(service.units[u] for u in alone)},
        ),
    )
