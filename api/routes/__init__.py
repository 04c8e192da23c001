"""The JSON API, a file a noun; `ROUTERS` is its table of contents."""

from api.routes import deferrals, measures, people, pins, successions

ROUTERS = (pins.router, people.router, deferrals.router, measures.router, successions.router)
