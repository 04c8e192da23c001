"""A deferral before it is written: what the law does not allow, and what is allowed but looks odd."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from data.words import Message
from scheduler.errors import Refused


def refuse_unlawful(grounds: Mapping[str, str], ground: str, start: date, end: date | None) -> None:
    """Nothing when the ground stands in the law and the days are the right way round.

    Parameters
    ----------
    grounds : the rule rotation.grounds: ground -> article

    Raises
    ------
    Refused
    """
    if ground not in grounds:
        raise Refused(Message(
            "Căn cứ này không có trong quy định. Chọn một trong: {grounds}.",
            {"grounds": ", ".join(grounds)},
        ))  # fmt: skip
    if end is not None and end < start:
        raise Refused(Message(
            "Ngày cuối {end} trước ngày đầu {start}. Sửa lại ngày.",
            {"start": f"{start:%d/%m/%Y}", "end": f"{end:%d/%m/%Y}"},
        ))  # fmt: skip


def warnings_of(
    start: date, end: date | None, others: Collection[tuple[date, date | None]], today: date,
    *, subject: bool,
) -> list[Message]:  # fmt: skip
    """What whoever writes a deferral should know though it is saved.

    Parameters
    ----------
    others : first and last day of the person's other deferrals
    subject : whether the person holds a post that rotates
    """
    told = []
    if end is None:
        told.append(Message(
            "Chưa có ngày cuối: người này được coi là chưa thực hiện chuyển đổi cho đến khi rút. Ghi ngày cuối "
            "khi biết."
        ))  # fmt: skip
    elif end < today:
        told.append(Message(
            "Thời gian này đã hết ngày {end}; trường hợp này không còn hiệu lực.", {"end": f"{end:%d/%m/%Y}"}
        ))  # fmt: skip
    if any(_touch(start, end, *other) for other in others):
        told.append(Message(
            "Người này có trường hợp khác trùng hoặc liền kề thời gian: được tính chung là một."
        ))  # fmt: skip
    if not subject:
        told.append(Message(
            "Hôm nay người này không giữ vị trí phải chuyển đổi nên chưa có thời hạn phải thực hiện."
        ))  # fmt: skip
    return told


def _touch(start: date, end: date | None, since: date, until: date | None) -> bool:
    """Whether two spans overlap, or one follows the other without a free day."""
    before = until is not None and (start - until).days > 1
    after = end is not None and (since - end).days > 1
    return not (before or after)
