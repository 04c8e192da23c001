"""Every route for every role: who is let in stands in one table, and a route without a row fails."""

import pytest

from api.access import EVERYBODY, ROLES, Requires
from api.app import V1
from api.routes import ROUTERS
from data.store.store import Store
from tests.clients import ROLES as KNOWN_ROLES
from tests.clients import Office
from tests.databases import fresh_url

OPEN = {  # routes that ask for no right, each with the reason
    ("POST", "/sessions"): "who signs in has not signed in yet",
    ("POST", "/passwords"): "the one-time link is the right",
    ("POST", "/first-admin"): "the one-time link is the right, and nobody has an account yet",
    (
        "GET",
        "/feeds/{token}.ics",
    ): "calendar programs cannot sign in: the secret address is the right",
}
ROUTES = [
    (method, router_path, route)
    for router in ROUTERS
    for route in router.routes
    for router_path in [route.path]
    for method in sorted(route.methods - {"HEAD", "OPTIONS"})
]
IDS = [f"{method} {path}" for method, path, _ in ROUTES]


def right_of(route):
    """The right that the signature of a route asks for, or None."""
    found = [
        part.call.right for part in route.dependant.dependencies if isinstance(part.call, Requires)
    ]
    assert len(found) <= 1
    return found[0] if found else None


def address(path):
    """The path with ids that name nothing."""
    parts = ["999999" if part.startswith("{") else part for part in path.split("/")]
    return V1 + "/".join(parts)


@pytest.mark.parametrize(("method", "path", "route"), ROUTES, ids=IDS)
def test_a_route_names_its_right(method, path, route):
    assert (right_of(route) is None) == ((method, path) in OPEN)
    if (method, path) not in OPEN:  # asked for before anything else is said about the request
        assert isinstance(route.dependant.dependencies[0].call, Requires)


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """One server for all: nothing here changes anything but who has signed in."""
    store = Store(fresh_url("sqlite", tmp_path_factory.mktemp("rights")))
    office = Office(store)
    yield office
    office.close()
    store.close()


@pytest.mark.parametrize(("method", "path", "route"), ROUTES, ids=IDS)
def test_who_is_let_in_is_who_has_the_right(city, method, path, route):
    if (method, path) in OPEN:
        return
    callers = {"": city.anonymous(), **{role: city.client(role) for role in KNOWN_ROLES}}
    found = {role: c.request(method, address(path)).status_code for role, c in callers.items()}
    right = right_of(route)
    barred = {role: 403 for role in KNOWN_ROLES if right not in ROLES[role] | EVERYBODY}
    let_in = {role: status for role, status in found.items() if role and role not in barred}
    assert found == {"": 401, **barred, **let_in}
    assert all(status != 403 and status < 500 for status in let_in.values())


def test_every_right_is_asked_for_somewhere():
    asked = {right_of(route) for _, _, route in ROUTES}
    assert set().union(*ROLES.values()) - asked == set()
