"""What a person can do, one function each: the only scheduler package that touches files."""

from scheduler.journeys.calendars import CalendarsMade, write_calendars
from scheduler.journeys.demo import Demo, demo
from scheduler.journeys.exchange import EditsAsk, EditsShown, import_edits
from scheduler.journeys.flags import (
    FlagSummary,
    ForecastSummary,
    flag_staff,
    flags_of_one,
    forecast_dues,
    open_flags,
    reckon_flags,
    worded_flags,
)
from scheduler.journeys.mending import repair_rotation
from scheduler.journeys.other_bodies import (
    OtherPlanAsk,
    PlanTaken,
    ProposalsMade,
    confirm_units,
    propose_units,
)
from scheduler.journeys.rotation import (
    Rotated,
    RotationAsk,
    RotationDesk,
    audit_rotation_plan,
    breaches_of,
    open_rotation,
    rotate,
)
from scheduler.journeys.tables import check_data, make_sample, make_template
from scheduler.journeys.year import (
    Drafted,
    YearDesk,
    audit_plan,
    birth_certificate,
    draft_year_plan,
    finished_plan,
    open_year,
    plan_id,
    plan_view,
    year_desk,
)

__all__ = [
    "CalendarsMade",
    "Demo",
    "Drafted",
    "EditsAsk",
    "EditsShown",
    "FlagSummary",
    "ForecastSummary",
    "OtherPlanAsk",
    "PlanTaken",
    "ProposalsMade",
    "Rotated",
    "RotationAsk",
    "RotationDesk",
    "YearDesk",
    "audit_plan",
    "audit_rotation_plan",
    "birth_certificate",
    "breaches_of",
    "check_data",
    "confirm_units",
    "demo",
    "draft_year_plan",
    "finished_plan",
    "flag_staff",
    "flags_of_one",
    "forecast_dues",
    "import_edits",
    "make_sample",
    "make_template",
    "open_flags",
    "open_rotation",
    "open_year",
    "plan_id",
    "plan_view",
    "propose_units",
    "reckon_flags",
    "repair_rotation",
    "rotate",
    "worded_flags",
    "write_calendars",
    "year_desk",
]
