"""The JSON API, a file a noun; `ROUTERS` is its table of contents."""

from api.routes import pins, runs

ROUTERS = (pins.router, runs.router)
