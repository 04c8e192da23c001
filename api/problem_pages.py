"""Problems for people: a page, or the box above a form; who has to sign in goes there and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.field_words import field_words
from api.page import Pages
from api.problem_words import plain
from api.rendering import render

if TYPE_CHECKING:
    from fastapi import Request

    from api.problems import Problem

SIGN_IN = "/sign-in"


def wants_page(request: Request) -> bool:
    """Whether a browser asks, rather than a program."""
    path = request.url.path
    return not path.startswith(("/api/", "/static/")) and (
        "hx-request" in request.headers or "text/html" in request.headers.get("accept", "")
    )


def page_of(request: Request, problem: Problem, lang: str) -> Response:
    """The problem in HTML, in the words that programs get as problem+json."""
    page = Pages(request, lang)
    ended = problem.status == 401 and problem.slug == "sign-in" and request.url.path != SIGN_IN
    filled_in = page.from_script and request.method == "POST"
    if ended and not filled_in:  # what was typed into a form stays on the page
        return _to_sign_in(page)
    template = "errors/_box.html" if page.from_script else "errors/page.html"
    html = render(
        lang, template, page=page, problem=problem, told="", ended=ended, field_words=field_words,
        plain=plain,
    )  # fmt: skip
    headers = {
        "Content-Language": lang,
        "Cache-Control": "no-store",
        "Vary": "HX-Request",
        **page.marks,
    }
    headers |= dict(problem.headers or {})
    if page.from_script and request.method == "GET":
        headers |= {"HX-Retarget": "#problem", "HX-Reswap": "innerHTML"}
    return HTMLResponse(html, problem.status, headers)


def _to_sign_in(page: Pages) -> Response:
    back = page.here if not page.from_script else "/"
    path = SIGN_IN if back == "/" else f"{SIGN_IN}?next={quote(back, safe='')}"
    if page.from_script:
        return Response(status_code=401, headers={"HX-Redirect": path})
    return RedirectResponse(path, 303, {"Cache-Control": "no-store"})
