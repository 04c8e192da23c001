"""The JSON API, a file a noun; `ROUTERS` is its table of contents."""

from api.routes import deferrals, draws, envelopes, measures, people, pins, successions

ROUTERS = (
    pins.router, draws.router, envelopes.router,
    people.router, deferrals.router, measures.router, successions.router,
)  # fmt: skip
