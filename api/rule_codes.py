"""Words for the codes that values of rules hold: kinds of units, groups of ranks, goals, sources of chance."""

from __future__ import annotations

from functools import cache

from data.exports.labels import UNIT_KINDS
from data.exports.rotation_labels import GROUNDS, READINGS
from data.rulefiles import read_rules
from data.words import Message
from scheduler.move_rules.targets import RANKS
from scheduler.surprise.permits import SOURCE_NAMES
from scheduler.surprise.protocol import beacons_of
from scheduler.trial_fields import SHARED

CODES = {
    "coverage.denominator": UNIT_KINDS,
    "goals.order": {
        "drops": Message("Xếp được nhiều việc nhất, tính theo rủi ro"),
        "timing": Message("Đúng thời hạn"),
        "load": Message("Chia đều tải giữa mọi người"),
        "pairs": Message("Ít cặp đi cùng nhau quá mức"),
        "travel": Message("Quãng đường ngắn"),
        "spread": Message("Rải đều theo tuần"),
    },
    "move.rank": RANKS,
    "move.reading": READINGS,
    "rotation.adjacent-ranks": RANKS,
    "rotation.city-ranks": RANKS,
    "rotation.stops-clock": GROUNDS,
    "surprise.rates": {
        "minimax": Message("Giảm cái lợi lớn nhất của việc vi phạm"),
        "proportional": Message("Theo tỷ lệ với rủi ro"),
    },
    "surprise.on-call": {
        "pool": Message("Mọi đoàn rảnh cùng trực"),
        "roster": Message("Chỉ định đoàn cho từng ngày"),
        "auto": Message("Tự chọn theo số đoàn và số cuộc"),
    },
    "team.leader-rank": RANKS,
    "team.secretary": {"secretary": Message("thư ký")},
}


def code_words(rule_id: str, code: str) -> Message | str:
    """What a code in a rule's value means; text that people wrote stays as it is.

    >>> code_words("team.leader-rank", "division_head+commune_leader").say("vi")
    'trưởng phòng và lãnh đạo cấp xã'
    """
    if rule_id == "papers.bases":
        return _acts().get(code, code)
    if rule_id == "surprise.protocol":
        return _beacon(code)
    codes = CODES.get(rule_id, {})
    first, *others = (codes.get(part, part) for part in code.split(SHARED))
    for other in others:
        first = Message("{first} và {other}", {"first": first, "other": other})
    return first


def _beacon(text: str) -> Message | str:
    if " " not in text:
        return text
    [beacon] = beacons_of([text])
    days = -int(beacon["offset"])
    return Message(
        "{source}, {day}, lúc {time}, {digits} chữ số",
        {
            "source": SOURCE_NAMES[beacon["source"]], "time": beacon["time"], "digits": beacon["digits"],
            "day": Message("{n} ngày trước", {"n": days}) if days else Message("trong ngày"),
        },
    )  # fmt: skip


@cache
def _acts() -> dict[str, Message]:
    return {
        row.id.removeprefix("act."): Message(row.title_vi)
        for row in read_rules()
        if row.id.startswith("act.")
    }
