"""What is typed for a trial value: its fields with their bounds, read back into a value of the rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.cells import parse_number, parse_whole
from data.columns import tables
from data.date_cells import CellError
from data.words import Figure, Message
from scheduler.rulebook import LARGEST

YES, NO = "yes", "no"
SKIPPED = {"study"}  # measured, not chosen
UNIT_KINDS = tuple(tables()["units"]["kind"].choices)
RANKS = tuple(tables()["positions"]["rank_group"].choices)
ONE_OF = {
    ("surprise.rates", "method"): ("minimax", "proportional"),
    ("surprise.on-call", "mode"): ("pool", "roster", "auto"),
    ("team.leader-rank", "enough"): RANKS,
}
SEVERAL_OF = {("coverage.denominator", ""): UNIT_KINDS}
PLACES = {  # lists that say an order: whether several may share a place
    ("goals.order", ""): False, ("team.leader-rank", "order"): True,
}  # fmt: skip
SHARED = "+"  # between those that share a place
DECIMAL = ("risk.weights", "risk.targets", "risk.floors", "risk.severity", "surprise.rates")
AT_MOST_1 = ("share", "skill_share", "surprise.weekly", "risk.classes")
AT_LEAST_1 = (
    *UNIT_KINDS, "capacity.teams-per-day", "size", "team.size", "risk.counts", "person.month-days",
    "frequency.high", "frequency.middle", "frequency.low", "length",
)  # fmt: skip
IN_ORDER = {  # parts of which the first may not be above the second
    "follow-up.window": ("first", "last"), "surprise.rates": ("floor", "cap"),
    "team.size": ("minimum", "default"),
}  # fmt: skip
UNCHANGED = Message("Đây đang là giá trị hiện hành. Ghi một giá trị khác để thử.")


class TrialMistyped(Exception):
    """What was typed is no value of the rule; `faults` has a message by the name of each field."""

    def __init__(self, faults: Mapping[str, Message]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{name}: {fault.say('en')}" for name, fault in faults.items()))


@dataclass(frozen=True)
class TrialField:
    """One thing to type.

    Attributes
    ----------
    key : part of the rule's table that it changes; "" for a rule of one value
    code : what is given a place in an order, else ""
    kind : yes, number, whole, one or several
    now : value in force; of an order the place, from 1 on
    bounds : least and largest number; None for what is no number
    options : codes to choose from
    """

    key: str
    kind: str
    now: Any
    code: str = ""
    bounds: tuple[float, float] | None = None
    options: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of the field in the form."""
        return "-".join(part for part in ("value", self.key, self.code) if part)


def trial_fields(
    rule_id: str, unit: str, now: Any, others: Callable[[str], Any]
) -> tuple[TrialField, ...]:
    """The fields of a rule, in the order of its table.

    Parameters
    ----------
    unit : of the rule, as its file writes it: a share lies between 0 and 1
    now : value in force
    others : value in force of another rule: targets stay above their floors
    """
    if not isinstance(now, dict):
        return tuple(_fields(rule_id, "", unit, now, others))
    parts = [
        _fields(rule_id, key, unit, part, others) for key, part in now.items() if key not in SKIPPED
    ]
    return tuple(field for fields in parts for field in fields)


def _fields(
    rule_id: str, key: str, unit: str, now: Any, others: Callable[[str], Any]
) -> list[TrialField]:
    where = (rule_id, key)
    if where in PLACES:
        places = {code: n for n, step in enumerate(now, 1) for code in step.split(SHARED)}
        return [
            TrialField(key, "whole", place, code, (1, len(places)))
            for code, place in places.items()
        ]
    if where in SEVERAL_OF:
        return [TrialField(key, "several", now, options=SEVERAL_OF[where])]
    if where in ONE_OF:
        return [TrialField(key, "one", now, options=ONE_OF[where])]
    if isinstance(now, bool):
        return [TrialField(key, "yes", now)]
    if not isinstance(now, int | float):
        raise TypeError(rule_id)
    whole = isinstance(now, int) and rule_id not in DECIMAL
    bounds = _bounds(rule_id, key, unit, now, others)
    return [TrialField(key, "whole" if whole else "number", now, bounds=bounds)]


def _bounds(
    rule_id: str, key: str, unit: str, now: float, others: Callable[[str], Any]
) -> tuple[float, float]:
    least = 1 if key in AT_LEAST_1 or rule_id in AT_LEAST_1 else 0
    share = unit.startswith("share") and isinstance(now, float)
    most: float = 1 if share or key in AT_MOST_1 or rule_id in AT_MOST_1 else max(LARGEST, now)
    if rule_id == "risk.targets":
        return others("risk.floors")[key] + 1, 100
    if rule_id == "risk.floors":
        return 0, others("risk.targets")[key] - 1
    return least, most


def typed_value(
    rule_id: str, fields: Sequence[TrialField], typed: Mapping[str, Sequence[str]]
) -> Any:
    """The trial value: of a table only the parts that differ from what is in force.

    Parameters
    ----------
    typed : name of a field -> what was typed or ticked

    Raises
    ------
    TrialMistyped
    """
    found: dict[str, Any] = {}
    faults: dict[str, Message] = {}
    for field in fields:
        try:
            found[field.name] = _read(field, [text.strip() for text in typed.get(field.name, ())])
        except CellError as error:
            faults[field.name] = error.message
    faults = faults or _together(rule_id, fields, found)
    if faults:
        raise TrialMistyped(faults)
    tried = _parts(fields, found)
    now = _parts(fields, {field.name: field.now for field in fields})
    changed = {key: value for key, value in tried.items() if value != now[key]}
    if not changed:
        raise TrialMistyped({fields[0].name: UNCHANGED})
    return changed.get("", changed)


def _read(field: TrialField, texts: list[str]) -> Any:
    if field.kind == "several":
        return [code for code in field.options if code in texts]
    text = texts[0] if texts else ""
    if not text:
        raise CellError(Message("Chưa ghi giá trị."))
    if field.kind == "yes":
        return text == YES
    if field.kind == "one" and text not in field.options:
        raise CellError(Message("Không phải một trong các giá trị cho phép."))
    if field.bounds is None:
        return text
    value = parse_whole(text) if field.kind == "whole" else parse_number(text)
    low, high = field.bounds
    if low <= value <= high:
        return value
    raise CellError(
        Message(
            "«{found}» ngoài khoảng từ {low} đến {high}. Sửa lại số.",
            {"found": text, "low": figure(low), "high": figure(high)},
        )
    )


def _together(
    rule_id: str, fields: Sequence[TrialField], found: Mapping[str, Any]
) -> dict[str, Message]:
    """Faults of values that are well by themselves."""
    faults = {}
    taken: dict[tuple[str, Any], TrialField] = {}
    for field in fields:
        if field.code and not PLACES[rule_id, field.key]:
            if (field.key, found[field.name]) in taken:
                faults[field.name] = Message("Mỗi thứ tự chỉ dùng một lần.")
            taken[field.key, found[field.name]] = field
    names = {field.key: field.name for field in fields}
    first, second = (names.get(key, "") for key in IN_ORDER.get(rule_id, ("", "")))
    if first and second and found[first] > found[second]:
        faults[second] = Message("Nhỏ hơn mức ở trên. Sửa một trong hai.")
    if rule_id == "risk.weights" and not any(found.values()):
        faults[fields[0].name] = Message("Ít nhất một mục phải lớn hơn 0.")
    return faults


def _parts(fields: Sequence[TrialField], values: Mapping[str, Any]) -> dict[str, Any]:
    """Part of the table -> value; what was given places is an order again."""
    parts: dict[str, Any] = {field.key: values[field.name] for field in fields if not field.code}
    steps: dict[str, dict[int, list[str]]] = {}
    for field in fields:
        if field.code:
            places = steps.setdefault(field.key, {})
            places.setdefault(values[field.name], []).append(field.code)
    for key, places in steps.items():
        parts[key] = [SHARED.join(places[place]) for place in sorted(places)]
    return parts


def figure(value: float) -> Figure:
    """A number with as many decimals as it has, three at most.

    >>> figure(0.25).say("vi"), figure(10_000).say("en")
    ('0,25', '10,000')
    """
    return Figure(value, next((n for n in range(3) if round(value, n) == value), 3))
