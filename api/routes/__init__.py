"""The JSON API, a file a noun; `ROUTERS` is its table of contents."""

from api.routes import (
    deferrals,
    draws,
    envelopes,
    measures,
    people,
    pins,
    rotation_steps,
    rotations,
    runs,
    successions,
)

ROUTERS = (
    deferrals.router,
    draws.router,
    envelopes.router,
    measures.router,
    people.router,
    pins.router,
    rotation_steps.router,
    rotations.router,
    runs.router,
    successions.router,
)
