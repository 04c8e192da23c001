"""The JSON API, a file a noun; `ROUTERS` is its table of contents."""

from api.routes import (
    accounts,
    assignments,
    draws,
    edited_books,
    envelopes,
    feed,
    findings,
    follow_ups,
    journal,
    links,
    me,
    organisation,
    own_findings,
    papers,
    pins,
    plan_answers,
    plan_diff,
    plan_files,
    plan_steps,
    plans,
    runs,
    sessions,
    system,
    tokens,
    visits,
)

V1 = "/api/v1"
ROUTERS = (  # under `V1`
    accounts.router,
    assignments.router,
    draws.router,
    edited_books.router,
    envelopes.router,
    feed.router,
    findings.router,
    follow_ups.router,
    journal.router,
    links.router,
    me.router,
    organisation.router,
    own_findings.router,
    papers.plans,
    papers.rotations,
    pins.router,
    plan_answers.router,
    plan_diff.router,
    plan_files.router,
    plan_steps.router,
    plans.router,
    runs.router,
    sessions.router,
    system.router,
    tokens.router,
    visits.router,
)
PROBES = (system.probes,)  # under no prefix


def methods_at(path: str) -> list[str]:
    """The methods that some route takes at this address."""
    taken = {
        method
        for prefix, routers in ((V1, ROUTERS), ("", PROBES))
        for router in routers
        for route in router.routes
        if path.startswith(prefix) and route.path_regex.match(path.removeprefix(prefix))
        for method in route.methods
    }
    return sorted(taken | ({"HEAD"} if "GET" in taken else set()))
