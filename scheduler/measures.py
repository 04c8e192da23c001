"""Temporary measures against the days that the law gives them. The clock of rotation never reads them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from data.citations import Cited
from data.words import Message
from scheduler.errors import Refused

if TYPE_CHECKING:
    from scheduler.rulebook import Rulebook

MOST_DAYS = "measure.most-days"


def refuse_too_long(rulebook: Rulebook, kind: str, start: date, end: date | None) -> None:
    """Nothing when the measure keeps to the longest time of its kind, first and last day included.

    Raises
    ------
    Refused
        It is longer, has no end though its kind needs one, or ends before it starts.
    """
    if end is not None and end < start:
        raise Refused(Message(
            "Ngày cuối {end} trước ngày đầu {start}. Sửa lại ngày.",
            {"start": f"{start:%d/%m/%Y}", "end": f"{end:%d/%m/%Y}"},
        ))  # fmt: skip
    policy = rulebook.policies.get(MOST_DAYS)
    most = policy.value.get(kind) if policy else None
    if policy is None or most is None:
        return
    if end is None:
        raise Refused(Message(
            "Biện pháp này phải có ngày cuối, không quá {most} ngày kể từ ngày đầu ({source}). Ghi ngày cuối.",
            {"most": most, "source": Cited(policy.source)},
        ))  # fmt: skip
    days = (end - start).days + 1
    if days > most:
        raise Refused(Message(
            "Biện pháp này dài {days} ngày, quá mức {most} ngày ({source}). Chọn ngày cuối sớm hơn.",
            {"days": days, "most": most, "source": Cited(policy.source)},
        ))  # fmt: skip
