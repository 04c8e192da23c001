"""The pages, a file a noun; `PAGES` is their table of contents."""

from api.pages import accounts, datasets, gallery, home, me, passwords, preferences, runs, sign_in, welcome

PAGES = (
    sign_in.router, welcome.router, passwords.router, preferences.router, home.router, datasets.router,
    runs.router, accounts.router, me.router, gallery.router,
)  # fmt: skip
