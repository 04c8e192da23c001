"""The public value does not come: the same sealed table waits for the next one of the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.draws.desk import (
    Desk,
    append,
    awaited,
    refuse,
    two_signers,
    writing,
)
from scheduler.journeys.draws.results import Logged
from scheduler.surprise.permits import SOURCE_NAMES, fallback_fault
from scheduler.surprise.record import shown


def fall_back(desk: Desk, day: date, reason: str, key_files: Sequence[Path]) -> Logged:
    """A second commit to the same table, with the next public value; two custodians sign.

    The value that failed can no longer be used, whether it comes or not: the next attempt has other
    secrets, too.

    Raises
    ------
    Refused
        Too early to give the value up, none is left, no reason, not two signers.
    """
    text = day.isoformat()
    refuse(fallback_fault(desk.state, text, desk.now, desk.state.setup["wait"]))
    if not reason.strip():
        raise Refused(Message("Ghi lý do (--reason)."))
    commit, beacon = desk.state.commits[text], awaited(desk, text)
    fields = {
        "day": text, "attempt": commit.attempt + 1, "input": commit.input, "slots": commit.slots,
        "beacon": beacon, "reason": reason.strip(),
    }  # fmt: skip
    note = Message(
        "Ngày {day} chuyển sang nguồn số công khai kế tiếp: {source}, {at:%H:%M %d/%m/%Y}. Bảng vé không đổi.",
        {
            "day": shown(text),
            "source": SOURCE_NAMES[beacon["source"]],
            "at": datetime.fromisoformat(beacon["at"]),
        },
    )
    signers = two_signers(desk, key_files)
    about = Message("Bảng vé ngày {day}", {"day": shown(text)})
    with writing(desk):
        return append(desk, "commit", fields, (note,), signers, about)[1]
