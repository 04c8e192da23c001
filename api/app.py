"""The server: routes, errors and the layers around them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api import openapi, problems, protection, static_files
from api.clock import wall_clock
from api.deps import Jobs
from api.metrics import Metrics
from api.pages import PAGES
from api.routes import PROBES, ROUTERS, V1
from api.settings import ServerSettings
from data.passwords import Passwords
from data.store.store import Store


def create_app(
    settings: ServerSettings, store: Store, jobs: Jobs, clock: Callable[[], datetime] = wall_clock,
    passwords: Passwords | None = None,
) -> FastAPI:  # fmt: skip
    """The app on an opened store; `jobs` does the long work, `clock` gives the moment of each request.

    `passwords` hashes; tests take a cheap one.
    """
    app = FastAPI(
        title="Công Vụ", version=version("congvu"), docs_url=None, redoc_url=None,
        openapi_url=f"{V1}/openapi.json",
        redirect_slashes=False,
    )  # fmt: skip
    app.state.settings, app.state.store = settings, store
    app.state.jobs, app.state.clock = jobs, clock
    app.state.passwords = passwords or Passwords()
    app.state.metrics = Metrics()
    for router in ROUTERS:
        app.include_router(router, prefix=V1)
    for router in PROBES:
        app.include_router(router)
    if settings.oidc_issuer:
        from api.oidc import install  # its libraries are an extra

        install(app, settings, V1)
    for page in PAGES:
        app.include_router(page, include_in_schema=False)
    app.state.page_paths = frozenset(
        route.path for page in PAGES for route in page.routes if isinstance(route, APIRoute)
    )
    static_files.mount(app)
    problems.install(app)
    openapi.describe(app)
    protection.protect(app, settings)
    return app
