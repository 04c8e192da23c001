"""Figures for Prometheus: requests as they are answered, the rest looked up when somebody asks."""

from __future__ import annotations

import threading
from importlib.metadata import version
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from starlette.types import Scope

    from scheduler.journeys.online.system import Figures

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
API = "/api/"


def route_of(scope: Scope) -> str:
    """The template of the route that answered, so that ids make no new series; "(none)" for no route."""
    path: str | None = getattr(scope.get("route"), "path", None)
    if path is None:
        return "(none)"
    parts = str(scope["path"]).split("/")  # a route does not know the prefix it stands under
    under = len(parts) - len(path.split("/"))
    return "/".join(parts[: under + 1]) + path if scope["path"].startswith(API) else path


class Metrics:
    """The figures of one server."""

    def __init__(self) -> None:
        own = self.registry = CollectorRegistry()
        self._one_at_a_time = threading.Lock()
        self.requests = Counter(
            "congvu_requests", "Requests answered", ["route", "method", "status"], registry=own
        )
        self.seconds = Histogram(
            "congvu_request_seconds", "Seconds until the answer", ["route", "method"],
            buckets=SECONDS, registry=own,
        )  # fmt: skip
        self.up = Gauge(
            "congvu_database_up", "1 when the database answered this question", registry=own
        )
        self.runs = Gauge(
            "congvu_runs", "Long works by kind and status", ["kind", "status"], registry=own
        )
        self.queued = Gauge("congvu_runs_queued", "Long works that wait", registry=own)
        self.running = Gauge("congvu_runs_running", "Long works under way", registry=own)
        self.gap = Gauge(
            "congvu_plan_gap", "Newest plan: most that any goal can be above its bound, share",
            ["kind"], registry=own,
        )  # fmt: skip
        self.journal = Gauge("congvu_journal_lines", "Lines of the journal", registry=own)
        Gauge("congvu_build", "Version of the program", ["version"], registry=own).labels(
            version("congvu")
        ).set(1)

    def asked(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        method = method if method in METHODS else "(other)"
        self.requests.labels(route, method, str(status)).inc()
        self.seconds.labels(route, method).observe(seconds)

    def text(self, figures: Figures | None) -> bytes:
        """Everything in Prometheus's text form; `figures`: None when the store did not answer."""
        with self._one_at_a_time:
            self.up.set(figures is not None)
            for gauge in (self.runs, self.gap):
                gauge.clear()
            if figures is not None:
                for (kind, status), n in figures.runs.items():
                    self.runs.labels(kind, status).set(n)
                self.queued.set(figures.queued)
                self.running.set(figures.running)
                for kind, gap in figures.gaps.items():
                    self.gap.labels(kind).set(gap)
                self.journal.set(figures.journal_lines)
            return generate_latest(self.registry)
