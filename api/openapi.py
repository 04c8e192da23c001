"""The OpenAPI description: what FastAPI finds, and what every route shares (rights, problems, ways in)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field

from api.access import Requires
from api.identity import cookie_name
from api.problems import MEDIA
from api.routes import PROBES, ROUTERS, V1

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

SAVES = ("post", "put", "patch", "delete")
TITLES = {
    400: "Bad request", 401: "Nobody has signed in, or the session has ended", 403: "Right missing",
    404: "Nothing with this id", 409: "Not possible as things stand",
    410: "The link is used up or too old", 412: "Somebody has changed it meanwhile", 413: "Too large",
    414: "Address too long", 415: "Content type not taken", 422: "Fields or values at fault, all named",
    428: "If-Match missing", 429: "Too many failures: wait for Retry-After", 431: "Headers too long",
    500: "Unforeseen",
    503: "Store or server not ready: try again after Retry-After", 507: "No room left on the disk",
}  # fmt: skip


class FaultText(BaseModel, extra="allow"):
    """One fault; further fields say where it stands (`table`, `row`, `column`, `rule`, `field`)."""

    message: str | None = Field(None, examples=["Thiếu trường này."])


class ProblemText(BaseModel):
    """A problem in the caller's language (RFC 9457)."""

    type: str = Field(description="the same in every language", examples=["/problems/stale"])
    title: str = Field(examples=["Đã có bản mới hơn"])
    status: int = Field(examples=[412])
    detail: str = Field(examples=["Có người đã sửa kế hoạch sau khi bạn mở; chưa lưu gì."])
    instance: str = Field(
        description="id of the request, as in the log", examples=["f65c686b6a8b3931"]
    )
    faults: list[FaultText] | None = None


def describe(app: FastAPI) -> None:
    """Make the app describe itself this way, once."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _whole(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _whole(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(title=app.title, version=app.version, routes=app.routes)
    found["info"]["description"] = (
        "Every error is application/problem+json in the caller's language (`lang`, Accept-Language). "
        "Lists carry totals; a change takes the ETag that was read in If-Match; a creation takes an "
        "Idempotency-Key."
    )
    parts = found.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    told = ProblemText.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(told.pop("$defs"))
    schemas["ProblemText"] = told
    parts["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": cookie_name(app.state.settings)},
        "token": {"type": "http", "scheme": "bearer"},
    }
    for path, method, right, wants in _operations():
        operation = found["paths"].get(path, {}).get(method)
        if operation is not None:
            _complete(operation, path, method, right, wants)
    return found


def _complete(
    operation: dict[str, Any], path: str, method: str, right: str, wants: set[str]
) -> None:
    """Add to one operation what it shares with the others."""
    if right:
        operation["security"] = [{"session": []}, {"token": []}]
        operation["description"] = (
            f"{operation.get('description', '')}\n\nRight: `{right}`.".strip()
        )
    for status in _statuses(method, bool(right), wants):
        operation["responses"][str(status)] = {
            "description": TITLES[status],
            "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/ProblemText"}}},
        }


def _statuses(method: str, has_right: bool, wants: set[str]) -> list[int]:
    """The problems that an operation can end with."""
    found = {400, 404, 409, 414, 422, 431, 500, 503}
    found |= {401, 403} if has_right or method in SAVES else set()
    if method in SAVES:
        found |= {413, 415, 429, 507}
        found |= set() if has_right else {410}  # the link that stands in for a right is used up
    return sorted(found | ({412, 428} if "if-match" in wants else set()))


def _operations() -> Iterator[tuple[str, str, str, set[str]]]:
    """Path, method, right and wanted headers of every operation."""
    for prefix, routers in ((V1, ROUTERS), ("", PROBES)):
        for router in routers:
            for route in router.routes:
                assert isinstance(route, APIRoute)
                for method in route.methods or ():
                    yield (
                        prefix + route.path_format,
                        method.lower(),
                        _right_of(route),
                        _wanted(route),
                    )


def _right_of(route: APIRoute) -> str:
    asked = [part.call for part in route.dependant.dependencies]
    return next((call.right for call in asked if isinstance(call, Requires)), "")


def _wanted(route: APIRoute) -> set[str]:
    """Names of the headers that the route reads, in lower case."""
    waiting, found = [route.dependant], set()
    while waiting:
        part = waiting.pop()
        found |= {header.alias.lower() for header in part.header_params}
        waiting += part.dependencies
    return found
