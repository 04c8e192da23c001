"""The JSON API, a file a noun; `ROUTERS` is its table of contents."""

from api.routes import (
    draws,
    edited_books,
    envelopes,
    pins,
    plan_answers,
    plan_diff,
    plan_files,
    plan_steps,
    plans,
    runs,
    visits,
)

ROUTERS = (
    draws.router,
    edited_books.router,
    envelopes.router,
    pins.router,
    plan_answers.router,
    plan_diff.router,
    plan_files.router,
    plan_steps.router,
    plans.router,
    runs.router,
    visits.router,
)
from api.routes import accounts, links, me, pins, sessions, tokens

ROUTERS = (
    pins.router, sessions.router, me.router, tokens.router, links.router, accounts.router,
)  # fmt: skip
