"""The form in which another value of a rule is tried: its rows in words, and the year of the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.rule_codes import code_words
from api.rule_parts import VALUE, part_unit, part_words
from api.rule_words import unit_of
from data.cells import parse_whole
from data.date_cells import CellError
from data.words import Message
from scheduler.trial_fields import NO, YES, TrialField, figure

if TYPE_CHECKING:
    from scheduler.journeys.online.rules import ShownRule

YEARS = range(2020, 2101)
YEAR = "year"


@dataclass(frozen=True)
class Row:
    """One row of the form: what it is called, what is in force, what was typed and what is wrong with it."""

    field: TrialField
    words: Message | str
    unit: Message | str
    typed: Sequence[str]
    fault: Message | None

    @property
    def bounds(self) -> Message | None:
        """Between which numbers the value lies."""
        if self.field.bounds is None:
            return None
        low, high = map(figure, self.field.bounds)
        return Message("từ {low} đến {high}", {"low": low, "high": high})


def rows(
    rule: ShownRule, fields: Sequence[TrialField], lang: str,
    typed: Mapping[str, Sequence[str]] | None = None, faults: Mapping[str, Message] | None = None,
) -> list[Row]:  # fmt: skip
    """The rows of the form as somebody left it, or as it stands before anything was typed."""
    return [
        Row(
            field, _words(rule.id, field), "" if field.code else part_unit(rule.id, field.key) or unit_of(rule),
            typed.get(field.name, ()) if typed is not None else _beginning(field, lang),
            (faults or {}).get(field.name),
        )
        for field in fields
    ]  # fmt: skip


def year_of(typed: Mapping[str, Sequence[str]]) -> tuple[int, Message | None]:
    """The year of the plan as it was typed, and what is wrong with it."""
    text = next(iter(typed.get(YEAR, ())), "").strip()
    try:
        year = parse_whole(text) if text else 0
    except CellError as error:
        return 0, error.message
    if year in YEARS:
        return year, None
    return 0, Message("Năm kế hoạch từ {first} đến {last}.", {"first": YEARS[0], "last": YEARS[-1]})


def _words(rule_id: str, field: TrialField) -> Message | str:
    if field.code:
        return code_words(rule_id, field.code)
    return part_words(rule_id, field.key) if field.key else VALUE


def _beginning(field: TrialField, lang: str) -> list[str]:
    if field.kind == "several":
        return list(field.now)
    if field.kind == "yes":
        return [NO if field.now else YES]
    if field.bounds is None:
        return [str(field.now)]
    return [f"{field.now:.15g}".replace(".", "," if lang == "vi" else ".")]
