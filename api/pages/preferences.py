"""/language and /theme: what a browser remembers about how pages look, signed in or not."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Response

from api.page import Page, local

router = APIRouter()


@router.post("/language")
def choose_language(
    page: Page, lang: Annotated[Literal["vi", "en"], Form()], next: Annotated[str, Form()] = "/"
) -> Response:
    """The same page in the other language."""
    response = page.go(local(next))
    page.keep(response, "lang", lang)
    return response


@router.post("/theme")
def choose_theme(
    page: Page, theme: Annotated[Literal["auto", "light", "dark"], Form()],
    next: Annotated[str, Form()] = "/",
) -> Response:  # fmt: skip
    """The same page on the other ground."""
    response = page.go(local(next))
    page.keep(response, "theme", theme)
    return response
