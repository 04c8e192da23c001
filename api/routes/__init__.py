"""The JSON API, a file a noun; `ROUTERS` is its table of contents."""

from api.routes import draws, envelopes, pins

ROUTERS = (pins.router, draws.router, envelopes.router)
