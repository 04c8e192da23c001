"""The pages, a file a noun; `PAGES` is their table of contents."""

from api.pages import (
    assignments,
    envelopes,
    follow_ups,
    gallery,
    home,
    offline,
    own_findings,
    passwords,
    preferences,
    runs,
    sign_in,
    welcome,
)

PAGES = (
    sign_in.router, welcome.router, passwords.router, preferences.router, home.router, runs.router,
    assignments.router, own_findings.router, follow_ups.router, envelopes.router, offline.router,
    gallery.router,
)  # fmt: skip
