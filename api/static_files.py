"""Style, script, fonts and pictures of the pages, under addresses that change with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Scope

WORKER = "/sw.js"
FOREVER = "public, max-age=31536000, immutable"


@cache
def folder() -> Path:
    """Where the files stand."""
    with as_file(files("api") / "static") as place:
        return place


@cache
def digest() -> str:
    """Short digest of all files: part of each address, so that browsers may keep them for ever."""
    told = hashlib.sha256()
    for file in sorted(folder().rglob("*")):
        if file.is_file():
            told.update(file.relative_to(folder()).as_posix().encode() + b"\0" + file.read_bytes())
    return told.hexdigest()[:12]


def static(name: str) -> str:
    """Address of a file; an unknown name is a mistake in a template."""
    if not (folder() / name).is_file():
        raise FileNotFoundError(name)
    return f"/static/{digest()}/{name}"


class Fingerprinted(StaticFiles):
    """Files under `/<digest>/name`; under an older digest they are given, but not to be kept."""

    def get_path(self, scope: Scope) -> str:
        """The path without the digest."""
        return super().get_path(scope).partition("/")[2]

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long it may be kept."""
        response = await super().get_response(path, scope)
        if super().get_path(scope).startswith(f"{digest()}/"):
            response.headers["Cache-Control"] = FOREVER
        return response


def _worker(_request: Request) -> Response:
    return FileResponse(
        folder() / "sw.js", media_type="text/javascript", headers={"Cache-Control": "no-cache"}
    )


def mount(app: FastAPI) -> None:
    """Give the files, compressed where that helps; the service worker at the root, which it rules."""
    app.add_route(WORKER, _worker)
    files_app = Fingerprinted(directory=folder())
    app.mount(
        "/static", GZipMiddleware(files_app, minimum_size=1000, compresslevel=6), name="static"
    )
