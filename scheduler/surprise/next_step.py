"""What a record waits for at a moment, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from data.words import Message
from scheduler.surprise.permits import source_name
from scheduler.surprise.record import RecordState, beacon_for, clock_time, shown, written_time

SHOWN = 5  # days in a list


def next_steps(state: RecordState, now: datetime) -> list[Message]:
    """What is to be done, most urgent first; one message at least."""
    today = written_time(now)[:10]
    found = [*_late(state, today), *_out(state, today, now), *_coming(state, today, now)]
    found += _to_open(state, now)
    return found or [Message("Hồ sơ không còn việc gì; kiểm chứng: congvu draw verify.")]


def _listed(days: list[str]) -> str:
    return ", ".join(map(shown, days[:SHOWN])) + (" …" if len(days) > SHOWN else "")


def _late(state: RecordState, today: str) -> list[Message]:
    late = state.open_days(today)
    if not late:
        return []
    return [
        Message(
            "Ngày đã qua mà chưa rút thăm: {days}. Việc kế tiếp: ghi lý do, hai người ký (congvu draw "
            "no-draw).",
            {"days": _listed(late)},
        )
    ]


def _out(state: RecordState, today: str, now: datetime) -> list[Message]:
    if today not in state.draws:
        return []
    gone = {slot for day, slot, _ in state.released if day == today}
    gone |= {slot for day, slot in state.voids if day == today}
    left = state.commits[today].slots - len(gone)
    at = clock_time(today, state.setup["departure"])
    if not left:
        return []
    return [
        Message("Việc kế tiếp: từ {at:%H:%M %d/%m/%Y} giao phong bì cho từng tổ, còn {n} lượt (congvu draw "
                "release).", {"at": at, "n": left})
    ]  # fmt: skip


def _coming(state: RecordState, today: str, now: datetime) -> list[Message]:
    coming = [day for day in state.open_days("9999") if day >= today]
    if not coming:
        return []
    day, commit = coming[0], state.commits.get(coming[0])
    if commit is not None:
        text = (
            Message("Việc kế tiếp: rút thăm ngày {day} khi có số công khai ({source}), từ {at:%H:%M %d/%m/%Y} "
                    "(congvu draw run). Số không đến thì đợi thêm {wait} phút (congvu draw fallback).",
                    {"day": shown(day), "source": source_name(commit), "at": commit.beacon_at,
                     "wait": state.setup["wait"]})
        )  # fmt: skip
        return [text]
    if not any(line["first"] <= day <= line["last"] for line in state.epochs):
        return [
            Message("Việc kế tiếp: lập xác suất của quý mới, hai người ký (congvu draw epoch).")
        ]
    beacon = beacon_for(state.setup, day, now)
    if beacon is None:
        return [
            Message("Việc kế tiếp: ngày {day} đã quá giờ niêm phong; ghi lý do, hai người ký (congvu draw "
                    "no-draw).", {"day": shown(day)})
        ]  # fmt: skip
    return [
        Message("Việc kế tiếp: niêm phong bảng vé ngày {day} trước {at:%H:%M %d/%m/%Y} (congvu draw commit).",
                {"day": shown(day), "at": beacon[1]})
    ]  # fmt: skip


def _to_open(state: RecordState, now: datetime) -> list[Message]:
    wait = timedelta(days=max(1, state.setup["open_after"]))
    due = [
        day
        for day in state.days
        if day in state.draws
        and day not in state.revealed
        and clock_time(day, "00:00") + wait <= now
    ]
    if not due:
        return []
    return [
        Message("Đã đến hạn mở để kiểm chứng: {days} (congvu draw reveal).", {"days": _listed(due)})
    ]
