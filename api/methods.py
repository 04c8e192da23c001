"""Which methods an address takes, for the answer to one that it does not."""

from __future__ import annotations

from fastapi.routing import APIRoute

from api.pages import PAGES
from api.routes import PROBES, ROUTERS, V1


def methods_at(path: str) -> list[str]:
    """The methods that some route takes at this address."""
    taken = {
        method
        for prefix, routers in ((V1, ROUTERS), ("", PROBES), ("", PAGES))
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute)
        and path.startswith(prefix)
        and route.path_regex.match(path.removeprefix(prefix))
        for method in route.methods or ()
    }
    return sorted(taken | ({"HEAD"} if "GET" in taken else set()))
