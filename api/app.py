"""The server: routes, errors and the layers around them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version

from fastapi import FastAPI

from api import problems, protection
from api.asking import Asking
from api.clock import wall_clock
from api.deps import Jobs
from api.routes import ROUTERS
from api.settings import ServerSettings
from data.store.store import Store

V1 = "/api/v1"


def create_app(
    settings: ServerSettings, store: Store, jobs: Jobs, clock: Callable[[], datetime] = wall_clock
) -> FastAPI:
    """The app on an opened store; `jobs` does the long work, `clock` gives the moment of each request."""
    app = FastAPI(
        title="Công Vụ", version=version("congvu"), docs_url=None, redoc_url=None,
        openapi_url=f"{V1}/openapi.json",
    )  # fmt: skip
    app.state.settings, app.state.store = settings, store
    app.state.jobs, app.state.clock = jobs, clock
    for router in ROUTERS:
        app.include_router(router, prefix=V1)
    problems.install(app)
    app.add_middleware(Asking, server=app)
    protection.protect(app, settings)
    return app
