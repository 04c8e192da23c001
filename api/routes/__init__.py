"""The JSON API, a file a noun; `ROUTERS` is its table of contents."""

from api.routes import (
    draws,
    envelopes,
    pins,
    runs,
)

ROUTERS = (
    draws.router,
    envelopes.router,
    pins.router,
    runs.router,
)
