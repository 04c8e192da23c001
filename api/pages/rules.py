"""/rules: the law as the program has it, in both languages; a trial value goes into a trial plan only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Day
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse

from api import rule_trial
from api.access import MayDraftPlans, MayReadRules
from api.deps import JobsDep, Now, SettingsDep, StoreDep, Today
from api.page import Page, Pages
from api.rule_codes import code_words
from api.rule_parts import part_unit, part_words
from api.rule_words import families, unit_of
from data.words import Message
from scheduler.journeys.online import plans, rules
from scheduler.journeys.online.versions import Effort
from scheduler.trial_fields import TrialMistyped, figure

router = APIRouter(prefix="/rules")
TRIED = Message("Đang lập kế hoạch thử. Kế hoạch thử không trình được và không đổi quy tắc nào.")
WORDS: dict[str, Any] = {
    "part_words": part_words, "part_unit": part_unit, "code_words": code_words, "unit_of": unit_of,
    "figure": figure,
}  # fmt: skip
LONGEST = 100  # of what is typed into a field


async def _typed(request: Request) -> Mapping[str, Sequence[str]]:
    """What a form with fields of its own carries, by their names."""
    form = await request.form(max_files=0)
    return {
        name: [text[:LONGEST] for text in form.getlist(name) if isinstance(text, str)]
        for name in form
    }


Typed = Annotated[Mapping[str, Sequence[str]], Depends(_typed)]


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
        **WORDS,
    )  # fmt: skip


@router.get("/{rule_id}/trial")
def trial_page(by: MayDraftPlans, page: Page, rule_id: str, today: Today) -> HTMLResponse:
    """The form for a plan with another value of this rule."""
    rule, fields = rules.trial_form(rule_id, today)
    rows = rule_trial.rows(rule, fields, page.lang)
    year = str(today.year + 1)
    return page("rules/trial.html", rule=rule, rows=rows, year=year, year_fault=None, **WORDS)


@router.post("/{rule_id}/trial")
def try_value(
    by: MayDraftPlans, page: Page, rule_id: str, typed: Typed, store: StoreDep, now: Now, today: Today,
    jobs: JobsDep, settings: SettingsDep,
) -> Response:  # fmt: skip
    """On to the run that makes a trial plan with this value; else every fault stands beside its field."""
    year, year_fault = rule_trial.year_of(typed)
    try:
        what_if = rules.trial_of(rule_id, typed, today)
    except TrialMistyped as error:
        return _mistyped(page, rule_id, today, typed, error.faults, year_fault)
    if year_fault:
        return _mistyped(page, rule_id, today, typed, {}, year_fault)
    run_id = plans.ask_for_plan(store, by, now, year, Effort(settings.effort_s), what_if)
    jobs.start(run_id)
    return page.go(f"/runs/{run_id}", TRIED)


def _mistyped(
    page: Pages, rule_id: str, today: Day, typed: Mapping[str, Sequence[str]],
    faults: Mapping[str, Message], year_fault: Message | None,
) -> HTMLResponse:  # fmt: skip
    """The form as it was left, with what is wrong; a script puts it in the place of the other."""
    rule, fields = rules.trial_form(rule_id, today)
    rows = rule_trial.rows(rule, fields, page.lang, typed, faults)
    year = next(iter(typed.get(rule_trial.YEAR, ())), "")
    template = "rules/_trial_form.html" if page.from_script else "rules/trial.html"
    answer = page(
        template, status=422, rule=rule, rows=rows, year=year, year_fault=year_fault, **WORDS
    )
    answer.headers.update({"HX-Retarget": "#trial", "HX-Reswap": "outerHTML"})
    return answer
