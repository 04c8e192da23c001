"""The pages, a file a noun; `PAGES` is their table of contents."""

from api.pages import (
    gallery,
    home,
    passwords,
    plan_steps,
    plan_visits,
    plan_year,
    plans,
    preferences,
    runs,
    sign_in,
    welcome,
)

PAGES = (
    sign_in.router, welcome.router, passwords.router, preferences.router, home.router, runs.router,
    plans.router, plan_steps.router, plan_year.router, plan_visits.router,
    gallery.router,
)  # fmt: skip
