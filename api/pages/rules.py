"""/rules: the law as the program has it, in both languages; a trial value goes into a trial plan only."""

from __future__ import annotations

from datetime import date as Day
from typing import Annotated

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import HTMLResponse

from api.access import MayDraftPlans, MayReadRules
from api.deps import JobsDep, Now, SettingsDep, StoreDep, Today
from api.page import Page
from api.rule_words import families, unit_of
from data.words import Message
from scheduler.journeys.online import plans, rules
from scheduler.journeys.online.versions import Effort

router = APIRouter(prefix="/rules")
TRIED = Message("Đang lập kế hoạch thử. Kế hoạch thử không trình được và không đổi quy tắc nào.")


@router.get("")
def list_rules(
    by: MayReadRules, page: Page, today: Today, on: Annotated[Day | None, Query()] = None,
    q: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:  # fmt: skip
    """Every rule with its value of a day, under the families of their ids."""
    found = rules.list_rules(on or today, q)
    listing = page.listing(len(found), 0, max(1, len(found)))
    return page(
        "rules/list.html", families=families(found), listing=listing, on=on or today, today=today, q=q,
        unit_of=unit_of,
    )  # fmt: skip


@router.get("/{rule_id}/trial")
def trial_page(by: MayDraftPlans, page: Page, rule_id: str, today: Today) -> HTMLResponse:
    """The form for a plan with another value of this rule."""
    return page("rules/trial.html", rule=rules.one_rule(rule_id, today), year=today.year + 1)


@router.post("/{rule_id}/trial")
def try_value(
    by: MayDraftPlans, page: Page, rule_id: str, store: StoreDep, now: Now, today: Today, jobs: JobsDep,
    settings: SettingsDep, year: Annotated[int, Form(ge=2020, le=2100)],
    value: Annotated[str, Form(max_length=5000)],
) -> Response:  # fmt: skip
    """On to the run that makes a trial plan with this value."""
    what_if = rules.trial_of(rule_id, value, today)
    run_id = plans.ask_for_plan(store, by, now, year, Effort(settings.effort_s), what_if)
    jobs.start(run_id)
    return page.go(f"/runs/{run_id}", TRIED)
