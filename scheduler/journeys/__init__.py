"""What a person can do, one function each: the only scheduler package that touches files."""

from scheduler.journeys.answers import AskAbout, why, write_answer
from scheduler.journeys.budgets import BudgetCurve, change_budgets
from scheduler.journeys.calendars import CalendarsMade, write_calendars
from scheduler.journeys.comparing import compare
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
from scheduler.journeys.frontier import check_frontier_file, frontier, write_frontier
from scheduler.journeys.mending import repair_rotation
from scheduler.journeys.other_bodies import (
    OtherPlanAsk,
    PlanTaken,
    ProposalsMade,
    confirm_units,
    propose_units,
)
from scheduler.journeys.replanning import Changes, ReplanAsk, open_replan, replan_year
from scheduler.journeys.rotation import (
    Rotated,
    RotationAsk,
    RotationDesk,
    audit_rotation_plan,
    breaches_of,
    open_rotation,
    rotate,
)
from scheduler.journeys.scenarios import ScenarioAsk, draft_scenario
from scheduler.journeys.tables import check_data, make_sample, make_template
from scheduler.journeys.wishing import WishAsk, outcome, recommend, why_not, why_not_move
from scheduler.journeys.year import (
    Drafted,
    YearDesk,
    audit_plan,
    birth_certificate,
    clash_in,
    draft_year_plan,
    finished_plan,
    open_year,
    plan_id,
    plan_view,
    year_desk,
)
from scheduler.scenarios import Scenario

__all__ = [
    "AskAbout",
    "BudgetCurve",
    "CalendarsMade",
    "Changes",
    "Demo",
    "Drafted",
    "EditsAsk",
    "EditsShown",
    "FlagSummary",
    "ForecastSummary",
    "OtherPlanAsk",
    "PlanTaken",
    "ProposalsMade",
    "ReplanAsk",
    "Rotated",
    "RotationAsk",
    "RotationDesk",
    "Scenario",
    "ScenarioAsk",
    "WishAsk",
    "YearDesk",
    "audit_plan",
    "audit_rotation_plan",
    "birth_certificate",
    "breaches_of",
    "change_budgets",
    "check_data",
    "check_frontier_file",
    "clash_in",
    "compare",
    "confirm_units",
    "demo",
    "draft_scenario",
    "draft_year_plan",
    "finished_plan",
    "flag_staff",
    "flags_of_one",
    "forecast_dues",
    "frontier",
    "import_edits",
    "make_sample",
    "make_template",
    "open_flags",
    "open_replan",
    "open_rotation",
    "open_year",
    "outcome",
    "plan_id",
    "plan_view",
    "propose_units",
    "reckon_flags",
    "recommend",
    "repair_rotation",
    "replan_year",
    "rotate",
    "why",
    "why_not",
    "why_not_move",
    "worded_flags",
    "write_answer",
    "write_calendars",
    "write_frontier",
    "year_desk",
]
