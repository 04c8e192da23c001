"""The move rules' table of contents: every rule that binds a rotation plan, family by family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.move_rules.desks import DESKS
from scheduler.move_rules.exchanges import EXCHANGES
from scheduler.move_rules.instruments import INSTRUMENTS
from scheduler.move_rules.kin import KIN
from scheduler.move_rules.listed import LISTED
from scheduler.move_rules.people import PEOPLE
from scheduler.move_rules.pins import MOVE_PINS
from scheduler.move_rules.targets import TARGETS
from scheduler.move_rules.terms import TERMS
from scheduler.move_rules.units import UNITS
from scheduler.move_rules.waves import WAVES

if TYPE_CHECKING:
    from scheduler.move_rules.base import MoveRule

MOVE_RULES: tuple[MoveRule, ...] = (
    *PEOPLE,
    *TARGETS,
    *TERMS,
    *KIN,
    *DESKS,
    *EXCHANGES,
    *UNITS,
    *WAVES,
    *INSTRUMENTS,
    *MOVE_PINS,
    *LISTED,
)
