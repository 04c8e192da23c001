"""What a person can do, one function each: the only scheduler package that touches files."""

from scheduler.journeys.demo import demo
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
    "Drafted",
    "YearDesk",
    "audit_plan",
    "birth_certificate",
    "check_data",
    "demo",
    "draft_year_plan",
    "finished_plan",
    "make_sample",
    "make_template",
    "open_year",
    "plan_id",
    "plan_view",
    "year_desk",
]
