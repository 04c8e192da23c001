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
)

ROUTERS = (
    pins.router, draws.router, envelopes.router, assignments.router, own_findings.router,
    findings.router, follow_ups.router, feed.router, papers.plans, papers.rotations,
    organisation.router,
)  # fmt: skip
