"""The chained record of draws as values: what its lines say together, and how the next line looks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

from data.words import Message
from scheduler.surprise.draw import ZERO, digest

VIETNAM = timezone(timedelta(hours=7))


class RecordBroken(Exception):
    """A line of the record does not follow from the one before it, or cannot be read."""

    def __init__(self, number: int) -> None:
        self.message = Message(
            "Dòng {n} của hồ sơ không nối tiếp dòng trước hoặc không đọc được: hồ sơ đã bị sửa. "
            "Dừng lại, đối chiếu với bản sao và các mã băm đã công bố.",
            {"n": number},
        )
        super().__init__(self.message.say("en"))


@dataclass(frozen=True)
class Commit:
    """The newest table of a day."""

    attempt: int
    input: str
    hash: str  # of the commit line
    slots: int
    beacon: Mapping[str, Any]  # source, at, digits and, of drand, round

    @property
    def beacon_at(self) -> datetime:
        """When the public value comes."""
        return datetime.fromisoformat(self.beacon["at"])


@dataclass(frozen=True)
class RecordState:
    """What the lines of a record say together."""

    setup: Mapping[str, Any]
    n: int  # number of the next line
    head: str  # hash of the last line
    at: datetime  # time of the last line
    commits: Mapping[str, Commit] = field(default_factory=dict)  # by day
    draws: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # draw lines by day
    without: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # no-draw lines by day
    revealed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # reveal lines by day
    released: frozenset[tuple[str, int, str]] = frozenset()  # day, slot, team
    voids: frozenset[tuple[str, int]] = frozenset()
    instead: Mapping[tuple[str, int], str] = field(default_factory=dict)  # newest team of a slot
    handed_on: Mapping[str, int] = field(default_factory=dict)  # team -> slots that another took
    beacons: frozenset[str] = frozenset()  # values used
    incidents: tuple[Mapping[str, Any], ...] = ()
    epochs: tuple[Mapping[str, Any], ...] = ()

    @property
    def days(self) -> tuple[str, ...]:
        """The days of the season."""
        return tuple(self.setup["days"])

    def open_days(self, before: str) -> list[str]:
        """Days before another one that are neither drawn nor closed with a reason."""
        over = {*self.draws, *self.without}
        return [day for day in self.days if day < before and day not in over]


def written_time(moment: datetime) -> str:
    """A moment as the record writes it, in Vietnam's time.

    >>> written_time(datetime(2027, 3, 4, 17, 42, 10, tzinfo=VIETNAM))
    '2027-03-04T17:42:10+07:00'
    """
    return moment.astimezone(VIETNAM).replace(microsecond=0).isoformat()


def shown(day: str) -> str:
    """A day as people write it.

    >>> shown("2027-03-04")
    '04/03/2027'
    """
    return f"{day[8:10]}/{day[5:7]}/{day[:4]}"


def line_of(
    state: RecordState | None, kind: str, moment: datetime, fields: Mapping[str, Any]
) -> dict[str, Any]:
    """The next line, not yet signed; the first one when there is no state."""
    return {
        **fields, "type": kind, "at": written_time(moment),
        "n": state.n if state else 0, "prev": state.head if state else ZERO,
    }  # fmt: skip


def state_of(lines: Sequence[bytes]) -> RecordState:
    """What the lines say together; the chain is followed, signatures are the verifier's task.

    Raises
    ------
    RecordBroken
        The first line that does not follow.
    """
    previous, read = ZERO, []
    for number, content in enumerate(lines):
        try:
            line = json.loads(content)
        except ValueError:
            raise RecordBroken(number) from None
        good = isinstance(line, dict) and line.get("n") == number and line.get("prev") == previous
        if not good or (number == 0) != (line.get("type") == "setup"):
            raise RecordBroken(number)
        previous = digest(content)
        read.append((line, previous))
    if not read:
        raise RecordBroken(0)
    try:
        return _told(read, previous)
    except (KeyError, TypeError, ValueError):
        raise RecordBroken(len(read) - 1) from None


def _told(read: Sequence[tuple[Mapping[str, Any], str]], head: str) -> RecordState:
    of: dict[str, list[Mapping[str, Any]]] = {}
    commits: dict[str, Commit] = {}
    for line, hashed in read:
        of.setdefault(line["type"], []).append(line)
        if line["type"] == "commit":
            commits[line["day"]] = Commit(
                line["attempt"], line["input"], hashed, line["slots"], line["beacon"]
            )
    drawn = of.get("draw", [])
    return RecordState(
        setup=read[0][0], n=len(read), head=head, at=datetime.fromisoformat(read[-1][0]["at"]),
        commits=commits, draws={x["day"]: x for x in drawn},
        without={x["day"]: x for x in of.get("no-draw", [])},
        revealed={x["day"]: x for x in of.get("reveal", [])},
        released=frozenset((x["day"], x["slot"], x["team"]) for x in of.get("release", [])),
        voids=frozenset((x["day"], x["slot"]) for x in of.get("void", [])),
        instead={(x["day"], x["slot"]): x["to"] for x in of.get("substitution", [])},
        handed_on=Counter(x["from"] for x in of.get("substitution", [])),
        beacons=frozenset(x["value"] for x in drawn), incidents=tuple(of.get("incident", [])),
        epochs=tuple(of.get("epoch", [])),
    )  # fmt: skip


def clock_time(day: str, clock: str, offset: int = 0) -> datetime:
    """A clock time of a day in Vietnam's time, `offset` days later.

    >>> clock_time("2027-03-05", "18:35", -1).isoformat()
    '2027-03-04T18:35:00+07:00'
    """
    hour, minute = (int(part) for part in clock.split(":"))
    on = date.fromisoformat(day) + timedelta(days=offset)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=VIETNAM)


def beacon_for(
    setup: Mapping[str, Any], day: str, moment: datetime
) -> tuple[str, datetime, int] | None:
    """Source, time and digits of the beacon that a commit made now waits for; None: all are past."""
    for source in setup["beacons"]:
        at = clock_time(day, source["time"], source["offset"])
        if at > moment:
            return source["source"], at, source["digits"]
    return None
