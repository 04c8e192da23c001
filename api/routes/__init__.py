"""The JSON API, a file a noun; `ROUTERS` is its table of contents."""

from api.routes import (
    assignments,
    draws,
    envelopes,
    feed,
    findings,
    follow_ups,
    organisation,
    own_findings,
    papers,
    pins,
    runs,
)

ROUTERS = (
    assignments.router,
    draws.router,
    envelopes.router,
    feed.router,
    findings.router,
    follow_ups.router,
    organisation.router,
    own_findings.router,
    papers.plans,
    papers.rotations,
    pins.router,
    runs.router,
)
