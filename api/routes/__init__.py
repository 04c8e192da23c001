"""The JSON API, a file a noun; `ROUTERS` is its table of contents."""

from api.routes import journal, pins, system

V1 = "/api/v1"
ROUTERS = (pins.router, journal.router, system.router)  # under `V1`
PROBES = (system.probes,)  # under no prefix


def methods_at(path: str) -> list[str]:
    """The methods that some route takes at this address."""
    taken = {
        method
        for prefix, routers in ((V1, ROUTERS), ("", PROBES))
        for router in routers
        for route in router.routes
        if path.startswith(prefix) and route.path_regex.match(path.removeprefix(prefix))
        for method in route.methods
    }
    return sorted(taken | ({"HEAD"} if "GET" in taken else set()))
