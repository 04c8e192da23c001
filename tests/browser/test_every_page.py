"""Every page for somebody who may see it: no violation, nothing from elsewhere, nothing beside the window."""

import re

import pytest

from api.pages import PAGES
from tests.browser.serving import visiting
from tests.clients import ROLES

OPEN = ["/sign-in", "/welcome?token=x", "/signed-out"]
FOR_ALL = [("/", role) for role in ROLES]
OTHERS = [
    ("/people", "hr"), ("/people?standing=deferred&q=an", "leader"), ("/people/{unclear}", "hr"),
    ("/people/{spared}", "leader"), ("/people/{spared}", "hr"), ("/deferrals?which=all", "hr"),
    ("/deferrals/new", "hr"), ("/deferrals/{deferral}", "hr"), ("/measures?which=all", "hr"),
    ("/measures/new?staff_id={spared}", "hr"), ("/measures/{measure}", "hr"), ("/successions", "hr"),
    ("/forecast", "hr"), ("/approvals", "leader"), ("/approvals/plans/{waiting}", "leader"),
    ("/pins", "planner"), ("/pins/new", "planner"), ("/pins", "hr"), ("/pins/new", "hr"),
    ("/approvals/rotations/{waiting_moves}", "leader"),
    ("/search", "inspector"), ("/search?q=nguyen", "hr"), ("/search?q=phuong&kind=unit", "planner"),
    ("/runs", "planner"), ("/runs/{run}", "planner"), ("/style", "administrator"), ("/nowhere", "hr"),
    ("/datasets", "planner"), ("/datasets/new", "planner"), ("/datasets/{dataset}", "hr"),
    ("/datasets/{dataset}/tables/staff?q=a", "hr"), ("/accounts", "administrator"),
    ("/accounts/new", "administrator"), ("/accounts/{account}", "administrator"), ("/me", "inspector"),
    ("/plans", "planner"), ("/plans/new", "planner"), ("/plans/{plan}", "leader"),
    ("/plans/{plan}/year", "planner"), ("/plans/{plan}/load", "leader"), ("/plans/{plan}/map", "leader"),
    ("/plans/{plan}/compare", "leader"), ("/plans/{plan}/visits/V1", "planner"),
    ("/rotations", "hr"), ("/rotations/new", "hr"), ("/rotations/{rotation}", "leader"),
    ("/rotations/{rotation}", "hr"), ("/rotations/{rotation}/moves", "leader"),
    ("/rotations/{rotation}/moves?q=an&kind=swap", "hr"), ("/rotations/{rotation}/staying", "hr"),
    ("/rotations/{rotation}/staying?which=single", "leader"),
    ("/rotations/{rotation}/compare?against={rotation_in_force}&what=all", "leader"),
    ("/rotations/{rotation_in_force}/compare", "hr"),
    ("/rotations/{rotation_in_force}/amend?q=a", "hr"),
    ("/assignments", "inspector"), ("/assignments/{visit}", "inspector"),
    ("/assignments/{visit}/findings/{finding}", "inspector"), ("/envelopes", "inspector"),
    ("/offline", "inspector"), ("/follow-ups", "planner"), ("/follow-ups?state=overdue", "planner"),
    ("/follow-ups/{finding}", "planner"),
    ("/journal", "auditor"), ("/draws", "leader"), ("/rules", "inspector"),
    ("/rules/risk.weights/trial", "planner"), ("/plans/{plan}/edits", "planner"),
    ("/other-plans", "hr"), ("/other-plans/new", "planner"), ("/other-plans/{other}", "planner"),
    ("/other-plans/{other}?tick=sure&which=open", "hr"),
    ("/help", "hr"), ("/help/glossary?q=chong", "inspector"), ("/help/planner", "planner"),
    ("/help/auditor", "auditor"),
]  # fmt: skip
SEEN = [*((path, None) for path in OPEN), *FOR_ALL, *OTHERS]
PARTS = {  # not whole pages, or tried elsewhere
    "/runs/{id}/live", "/first/people", "/password", "/datasets/{id}/wait", "/plans/{id}/visits/{id}/why",
    "/plans/{id}/edits/{id}", "/other-plans/{id}/rows/{id}/meetings", "/offline/pages",
    "/search/found", "/assignments/{id}/papers/{id}", "/draws/{id}", "/tour",
}  # fmt: skip
NAMED = re.compile(
    r"\{\w+\}|(?<=/tables/)\w+|(?<=/visits/)V1|(?<=/rules/)[\w.-]+|(?<=/help/)(?!glossary)\w+"
)
KINDS = [("vi", 1440, "light"), ("en", 390, "dark")]


def faults(visitor, path):
    visitor.goes(path)
    visitor.page.locator(".waits").wait_for(state="detached")
    over = visitor.runs_over()
    silent = visitor.page.locator(".figure:not(:has(.how)) .figure-words").all_inner_texts()
    return [
        *visitor.wrong, *visitor.violations(), *([f"{over} px over the edge"] if over else []),
        *(f"says not how it is made: {figure}" for figure in silent),
    ]  # fmt: skip


@pytest.mark.parametrize(("lang", "width", "theme"), KINDS)
def test_every_page_is_clean_on_a_desk_and_a_phone(browser, served_office, lang, width, theme):
    office, address, ids = served_office
    how = {"lang": lang, "width": width, "theme": theme}
    found = {}
    for role in (None, *ROLES):
        more = {"inspector_id": "TV0001"} if role == "inspector" else {}
        with visiting(
            browser, office, address, *([role] if role else []), **how, **more
        ) as visitor:
            for path in (path for path, who in SEEN if who == role):
                if wrong := faults(visitor, path.format(**ids)):
                    found[path, role] = wrong
                visitor.wrong.clear()
    assert found == {}


def test_every_page_is_among_those_that_are_looked_at():
    paths = {route.path for router in PAGES for route in router.routes if "GET" in route.methods}
    looked_at = {NAMED.sub("{id}", path.partition("?")[0]) for path, _ in SEEN}
    assert {NAMED.sub("{id}", path) for path in paths} - looked_at - PARTS == set()
