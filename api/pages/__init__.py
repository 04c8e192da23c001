"""The pages, a file a noun; `PAGES` is their table of contents."""

from api.pages import (
    accounts,
    datasets,
    draws,
    gallery,
    home,
    journal,
    me,
    passwords,
    preferences,
    rules,
    runs,
    sign_in,
    welcome,
)

PAGES = (
    sign_in.router, welcome.router, passwords.router, preferences.router, home.router, datasets.router,
    runs.router, draws.router, journal.router, accounts.router, me.router, rules.router, gallery.router,
)  # fmt: skip
