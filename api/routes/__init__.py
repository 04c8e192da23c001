"""The JSON API, a file a noun; `ROUTERS` is its table of contents."""

from api.routes import (
    accounts,
    assignments,
    datasets,
    deferrals,
    draws,
    edited_books,
    envelopes,
    feed,
    findings,
    follow_ups,
    journal,
    links,
    me,
    measures,
    organisation,
    own_findings,
    papers,
    people,
    pins,
    plan_answers,
    plan_diff,
    plan_files,
    plan_steps,
    plans,
    rotation_steps,
    rotations,
    runs,
    sessions,
    successions,
    system,
    tokens,
    visits,
)

V1 = "/api/v1"
ROUTERS = (  # under `V1`
    accounts.router,
    assignments.router,
    datasets.router,
    deferrals.router,
    draws.router,
    edited_books.router,
    envelopes.router,
    feed.router,
    findings.router,
    follow_ups.router,
    journal.router,
    links.router,
    me.router,
    measures.router,
    organisation.router,
    own_findings.router,
    papers.plans,
    papers.rotations,
    people.router,
    pins.router,
    plan_answers.router,
    plan_diff.router,
    plan_files.router,
    plan_steps.router,
    plans.router,
    rotation_steps.router,
    rotations.router,
    runs.router,
    sessions.router,
    successions.router,
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
