"""The JSON API, a file a noun; `ROUTERS` is its table of contents."""

from api.routes import pins, runs

ROUTERS = (pins.router, runs.router)
from api.routes import accounts, links, me, pins, sessions, tokens

ROUTERS = (
    pins.router, sessions.router, me.router, tokens.router, links.router, accounts.router,
)  # fmt: skip
