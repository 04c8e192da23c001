"""The pages, a file a noun; `PAGES` is their table of contents."""

from api.pages import (
    accounts,
    datasets,
    gallery,
    home,
    me,
    passwords,
    plan_steps,
    plan_views,
    plan_visits,
    plan_year,
    plans,
    preferences,
    runs,
    sign_in,
    welcome,
)

PAGES = (
    accounts.router, datasets.router, gallery.router, home.router, me.router, passwords.router,
    plans.router, plan_steps.router, plan_year.router, plan_visits.router, plan_views.router,
    preferences.router, runs.router, sign_in.router, welcome.router,
)  # fmt: skip
