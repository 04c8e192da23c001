"""The pages, a file a noun; `PAGES` is their table of contents."""

from api.pages import (
    deferrals,
    gallery,
    home,
    measures,
    passwords,
    people,
    preferences,
    runs,
    sign_in,
    successions,
    welcome,
)

PAGES = (
    sign_in.router, welcome.router, passwords.router, preferences.router, home.router, runs.router,
    people.router, deferrals.router, measures.router, successions.router, gallery.router,
)  # fmt: skip
