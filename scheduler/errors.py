"""What a journey says when it cannot end well; the doors turn these into lines and statuses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.words import Message

if TYPE_CHECKING:
    from scheduler.rules.base import Breach


SHOWN = 8  # visits of a clash that are listed, and rows


@dataclass(frozen=True)
class ClashingRule:
    """One rule of a smallest clashing set: its name, value, source and what it touches."""

    label: str  # rule id, or pin:<row>
    title: Message
    value: Message | str
    source: Message | str
    touches: Message
    verified: bool  # left out alone, the visits of the clash can be planned


@dataclass(frozen=True)
class ClashingRow:
    """One row of the data without which the visits of the clash could be planned."""

    label: str  # rule id
    words: Message
    verified: bool  # left out alone, the visits of the clash can be planned


@dataclass(frozen=True)
class Relaxation:
    """One change that was tried and makes the whole year plannable."""

    label: str
    change: Message
    rank: str  # should, capacity, dates


@dataclass(frozen=True)
class Clash:
    """Rules that cannot hold together, the visits they meet in, and the cheapest ways out."""

    year: int
    rules: tuple[ClashingRule, ...]
    rows: tuple[ClashingRow, ...]
    visits: tuple[Message, ...]
    visit_ids: tuple[str, ...]
    people: int  # inspectors in the office
    relaxations: tuple[Relaxation, ...]
    named: tuple[str, ...]  # clashing rules for which nothing is offered
    more: bool  # other rules clash besides
    tried: int  # changes tried for a way out
    untried: int = 0  # changes for which there was no time

    def text(self, lang: str) -> str:
        """The clash as lines to read: rules with article and number, visits, ways out."""
        lines = [
            Message(
                "Không có kế hoạch năm {year} nào giữ được mọi quy tắc bắt buộc. "
                "Các quy tắc sau không thể cùng giữ:",
                {"year": self.year},
            ).say(lang)
        ]
        for rule in self.rules:
            value = f" = {_said(rule.value, lang)}" if rule.value else ""
            source = _said(rule.source, lang)
            lines.append(f"  {rule.label}: {rule.title.say(lang)}{value}  ({source})")
            rows = [row.words.say(lang) for row in self.rows if row.label == rule.label]
            lines.extend(f"      {row}" for row in rows[:SHOWN] or [rule.touches.say(lang)])
            if len(rows) > SHOWN:
                lines.append("      …")
        lines.append(
            Message(
                "Các cuộc kiểm tra vướng (cả cơ quan có {n} người đi kiểm tra):", {"n": self.people}
            ).say(lang)
        )
        lines.extend(f"  {visit.say(lang)}" for visit in self.visits[:SHOWN])
        if len(self.visits) > SHOWN:
            lines.append("  …")
        if self.more:
            lines.append(Message("Ngoài ra còn quy tắc khác xung đột.").say(lang))
        lines.extend(self._ways(lang))
        return "\n".join(lines)

    def _ways(self, lang: str) -> list[str]:
        if self.relaxations:
            head = Message("Cách gỡ đã thử và được, từ nhẹ đến nặng:").say(lang)
            ways = [head, *(f"  - {r.change.say(lang)}" for r in self.relaxations)]
            if self.named:
                words = {"rules": ", ".join(self.named)}
                ways.append(Message("Chỉ nêu, không đề nghị nới: {rules}.", words).say(lang))
            return ways + self._not_tried(lang)
        if self.tried or self.untried:
            none = Message(
                "Đã thử {n} cách nới một quy tắc, chưa cách nào đủ.", {"n": self.tried}
            ).say(lang)
            return [none, *self._not_tried(lang)]
        return [
            Message("Đổi giá trị quy tắc không gỡ được; xem lại dữ liệu của các cuộc trên.").say(
                lang
            )
        ]

    def _not_tried(self, lang: str) -> list[str]:
        if not self.untried:
            return []
        words = {"left": self.untried}
        return [Message("Còn {left} cách chưa kịp thử; chạy lại khi máy rảnh.", words).say(lang)]

    def facts(self, lang: str) -> dict[str, Any]:
        """The clash as plain JSON values."""
        return {
            "year": self.year, "visits": list(self.visit_ids), "more": self.more, "tried": self.tried,
            "untried": self.untried,
            "rules": [
                {
                    "id": r.label, "title": r.title.say(lang), "value": _said(r.value, lang),
                    "source": _said(r.source, lang), "verified": r.verified,
                    "rows": [x.words.say(lang) for x in self.rows if x.label == r.label],
                }
                for r in self.rules
            ],
            "ways": [
                {"eases": w.label, "kind": w.rank, "change": w.change.say(lang)}
                for w in self.relaxations
            ],
            "only_named": list(self.named),
        }  # fmt: skip


def _said(text: Message | str, lang: str) -> str:
    return text.say(lang) if isinstance(text, Message) else text


class NoPlanPossible(Exception):
    """Binding rules clash: no plan is invented; `clash` says which and what would help."""

    def __init__(self, clash: Clash) -> None:
        self.clash = clash
        super().__init__(clash.text("en"))


class NoPlanFound(Exception):
    """The solver ended without a plan and without a proof that none exists."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.say("en"))


class PlanRefused(Exception):
    """The checker found breaches in a plan that was about to be saved; nothing was saved."""

    def __init__(self, breaches: list[Breach]) -> None:
        self.breaches = breaches
        super().__init__("; ".join(f"{b.rule}: {b.message.say('en')}" for b in breaches))


class FolderTaken(Exception):
    """A folder to be filled already holds something; nothing was written."""

    def __init__(self, folder: Path) -> None:
        self.message = Message(
            "Thư mục «{folder}» không trống; không ghi đè. Chọn thư mục mới.", {"folder": folder}
        )
        super().__init__(self.message.say("en"))


class Refused(Exception):
    """Something asked for that cannot be done; `message` says what was found and what to do."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.say("en"))


class NotAllowed(Refused):
    """Something that only others may do, which shows no earlier than in what is asked for."""
