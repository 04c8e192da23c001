"""The rules' table of contents: every rule that binds a plan, family by family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.rules.blackout import BLACKOUT
from scheduler.rules.calendar import CALENDAR
from scheduler.rules.campaign import CAMPAIGN
from scheduler.rules.capacity import CAPACITY
from scheduler.rules.follow_up import FOLLOW_UP
from scheduler.rules.frequency import FREQUENCY
from scheduler.rules.independence import INDEPENDENCE
from scheduler.rules.interest import INTEREST
from scheduler.rules.person import PERSON
from scheduler.rules.pins import PINS
from scheduler.rules.plan import PLAN
from scheduler.rules.team import TEAM
from scheduler.rules.unit import UNIT

if TYPE_CHECKING:
    from scheduler.rules.base import Rule

RULES: tuple[Rule, ...] = (
    *CALENDAR,
    *BLACKOUT,
    *CAMPAIGN,
    *FOLLOW_UP,
    *FREQUENCY,
    *UNIT,
    *CAPACITY,
    *TEAM,
    *PERSON,
    *INTEREST,
    *INDEPENDENCE,
    *PINS,
    *PLAN,
)
