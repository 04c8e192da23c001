"""The JSON API, a file a noun; `ROUTERS` is its table of contents."""

from api.routes import datasets, draws, envelopes, pins

ROUTERS = (datasets.router, pins.router, draws.router, envelopes.router)
