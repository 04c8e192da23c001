"""What the record does not permit at a moment, in words: each answer is a Message, or None."""

from __future__ import annotations

from datetime import datetime, timedelta

from data.words import Message
from scheduler.surprise.record import Commit, RecordState, beacon_for, clock_time, shown

SOURCE_NAMES = {
    "lottery": Message("xổ số kiến thiết buổi tối"),
    "dice": Message("xúc xắc trước người chứng kiến"),
    "drand": Message("drand quicknet"),
}


def clock_fault(state: RecordState, now: datetime) -> Message | None:
    """The clock may not go back behind the last line."""
    if now < state.at:
        return Message(
            "Đồng hồ đang là {now:%H:%M %d/%m/%Y}, sớm hơn dòng cuối của hồ sơ ({at:%H:%M %d/%m/%Y}). "
            "Chỉnh lại đồng hồ của máy rồi làm lại; chưa có gì được ghi.",
            {"now": now, "at": state.at},
        )
    return None


def _season_fault(state: RecordState, day: str) -> Message | None:
    if day in state.days:
        return None
    return Message(
        "Ngày {day} không thuộc hồ sơ này ({n} ngày, từ {first} đến {last}). Kiểm tra lại ngày.",
        {
            "day": shown(day),
            "n": len(state.days),
            "first": shown(state.days[0]),
            "last": shown(state.days[-1]),
        },
    )


def _finished(state: RecordState, day: str) -> Message | None:
    if day in state.draws:
        return Message("Ngày {day} đã rút thăm; mỗi ngày chỉ rút một lần.", {"day": shown(day)})
    if day in state.without:
        return Message("Ngày {day} đã ghi là không rút thăm.", {"day": shown(day)})
    return None


def commit_fault(state: RecordState, day: str, now: datetime, reason: str) -> Message | None:
    """Why a table cannot be sealed for a day now."""
    fault = clock_fault(state, now) or _season_fault(state, day) or _finished(state, day)
    if fault is not None:
        return fault
    if beacon_for(state.setup, day, now) is None:
        return Message(
            "Đã quá giờ có số công khai cuối cùng của ngày {day}; bảng vé phải được niêm phong trước "
            "giờ đó. Ghi ngày này là không rút thăm: congvu draw no-draw, hai chữ ký và lý do.",
            {"day": shown(day)},
        )
    before = state.commits.get(day)
    if before is None:
        return None
    if before.attempt + 1 >= state.setup["attempts"]:
        return Message(
            "Ngày {day} đã lập bảng vé {n} lần, hết số lần cho phép.",
            {"day": shown(day), "n": before.attempt + 1},
        )
    if not reason.strip():
        return Message(
            "Ngày {day} đã có bảng vé. Lập lại thì ghi --reason và chữ ký của hai người giữ khóa (--key).",
            {"day": shown(day)},
        )
    return None


def draw_fault(state: RecordState, day: str, now: datetime) -> Message | None:
    """Why a day cannot be drawn now."""
    fault = clock_fault(state, now) or _season_fault(state, day) or _finished(state, day)
    if fault is not None:
        return fault
    commit = state.commits.get(day)
    if commit is None:
        return Message(
            "Ngày {day} chưa có bảng vé được niêm phong. Lập trước: congvu draw commit.",
            {"day": shown(day)},
        )
    if now < commit.beacon_at:
        return Message(
            "Số công khai ({source}) của ngày {day} có lúc {at:%H:%M %d/%m/%Y}; bây giờ là "
            "{now:%H:%M %d/%m/%Y}. Chờ đến giờ đó.",
            {"day": shown(day), "source": source_name(commit), "at": commit.beacon_at, "now": now},
        )
    return _order_fault(state, day, now)


def _order_fault(state: RecordState, day: str, now: datetime) -> Message | None:
    """A day is drawn on the day, and no earlier day is left open."""
    if now >= clock_time(day, "00:00", 1):
        return Message(
            "Ngày {day} đã qua, không rút thăm nữa. Ghi lý do: congvu draw no-draw, hai chữ ký.",
            {"day": shown(day)},
        )
    earlier = state.open_days(day)
    if earlier:
        return Message(
            "Ngày {days} trước đó chưa rút thăm và chưa ghi lý do. Ghi trước: congvu draw no-draw, hai "
            "chữ ký; rồi làm lại.",
            {"days": ", ".join(map(shown, earlier))},
        )
    return None


def source_name(commit: Commit) -> Message:
    """The beacon of a commit in words."""
    return SOURCE_NAMES[commit.beacon["source"]]


def fallback_fault(state: RecordState, day: str, now: datetime, wait: int) -> Message | None:
    """Why a day cannot turn to the next public value now; `wait` minutes have to pass first."""
    fault = clock_fault(state, now) or _season_fault(state, day) or _finished(state, day)
    commit = state.commits.get(day)
    if fault is not None or commit is None:
        return fault or Message(
            "Ngày {day} chưa có bảng vé được niêm phong. Lập trước: congvu draw commit.",
            {"day": shown(day)},
        )
    until = commit.beacon_at + timedelta(minutes=wait)
    if now < until:
        return Message(
            "Số công khai ({source}) của ngày {day} còn được chờ đến {at:%H:%M %d/%m/%Y}. Có số thì rút "
            "thăm (congvu draw run); đến giờ đó vẫn chưa có thì làm lại lệnh này.",
            {"day": shown(day), "source": source_name(commit), "at": until},
        )
    if beacon_for(state.setup, day, now) is None or commit.attempt + 1 >= state.setup["attempts"]:
        return Message(
            "Ngày {day} không còn nguồn số công khai nào. Ghi ngày này là không rút thăm: congvu draw "
            "no-draw, hai chữ ký và lý do.",
            {"day": shown(day)},
        )
    return None


def reuse_fault(state: RecordState, value: str) -> Message | None:
    """A public value serves once."""
    if value in state.beacons:
        return Message("Số công khai này đã dùng cho một ngày khác. Kiểm tra lại số của ngày.")
    return None


def undrawn_fault(state: RecordState, day: str, now: datetime) -> Message | None:
    """A day without a draw cannot be released, substituted, voided or revealed."""
    fault = clock_fault(state, now) or _season_fault(state, day)
    if fault is None and day not in state.draws:
        fault = Message("Ngày {day} chưa rút thăm.", {"day": shown(day)})
    return fault


def release_fault(state: RecordState, day: str, slot: int, now: datetime) -> Message | None:
    """Why a slot's envelope cannot be handed over now."""
    departure = clock_time(day, state.setup["departure"])
    if now < departure:
        return Message(
            "Phong bì của ngày {day} chỉ mở từ giờ xuất phát {at:%H:%M %d/%m/%Y}.",
            {"day": shown(day), "at": departure},
        )
    if now >= clock_time(day, "00:00") + timedelta(days=1):
        return Message("Ngày {day} đã qua; phong bì không mở nữa.", {"day": shown(day)})
    return slot_fault(state, day, slot)


def slot_fault(state: RecordState, day: str, slot: int) -> Message | None:
    """Why nothing more can be done with a slot."""
    slots = state.commits[day].slots
    if not 0 <= slot < slots:
        return Message("Ngày {day} có {n} lượt, từ 1 đến {n}.", {"day": shown(day), "n": slots})
    if (day, slot) in state.voids:
        return Message(
            "Lượt {slot} của ngày {day} đã bị hủy.", {"day": shown(day), "slot": slot + 1}
        )
    return None


def no_draw_fault(state: RecordState, day: str, now: datetime) -> Message | None:
    """Why a day cannot be written down as without a draw."""
    return clock_fault(state, now) or _season_fault(state, day) or _finished(state, day)


def reveal_fault(state: RecordState, day: str, now: datetime, wait: int) -> Message | None:
    """Why a day cannot be revealed now; `wait` days have to pass after it."""
    fault = undrawn_fault(state, day, now)
    if fault is not None:
        return fault
    if day in state.revealed:
        return Message("Ngày {day} đã được mở.", {"day": shown(day)})
    earliest = clock_time(day, "00:00", max(1, wait))
    if now < earliest:
        return Message(
            "Bí mật của ngày {day} chỉ mở từ {at:%d/%m/%Y}, sau khi có báo cáo.",
            {"day": shown(day), "at": earliest},
        )
    return None
