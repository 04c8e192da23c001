"""What a page's route asks for to answer: `page(template, ...)`, `page.go(path)`, `page.listing(...)`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, unquote

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api import help_pages, navigation
from api.access import EVERYBODY
from api.deps import Lang
from api.listing import Listing
from api.rendering import render

if TYPE_CHECKING:
    from datetime import datetime

    from api.settings import ServerSettings
    from data.records.actors import Actor
    from data.words import Message

THEMES = ("auto", "light", "dark")
TOLD = "told"  # cookie with what the next page says once
YEAR = int(timedelta(days=365).total_seconds())


@dataclass(frozen=True)
class Pages:
    """Closes over the request, who asks and in which language, so that routes give only what they found."""

    request: Request
    lang: str

    def __call__(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """The page of a template; in it `page` is this, `_` and the notations are of the language."""
        told = "" if self.in_passing else unquote(self.request.cookies.get(TOLD, ""))
        html = render(self.lang, template, page=self, told=told, **values)
        headers = {"Content-Language": self.lang, "Vary": "HX-Request", **self.marks}
        response = HTMLResponse(html, status, headers)
        if told:
            response.delete_cookie(TOLD)
        return response

    def go(self, path: str, told: Message | None = None) -> Response:
        """On to another page of ours after something was saved; `told` is said there once."""
        response: Response = RedirectResponse(path, 303)
        if self.from_script:
            response = Response(headers={"HX-Redirect": path})
        if told is not None:
            self.keep(response, TOLD, quote(told.say(self.lang))[:3500], max_age=60, secret=True)
        return response

    def keep(
        self, response: Response, name: str, value: str, *, max_age: int | None = YEAR, secret: bool = False
    ) -> None:  # fmt: skip
        """Set a cookie for this host only; `secret`: not for scripts."""
        response.set_cookie(
            name, value, max_age=max_age, path="/", secure=self.settings.secure, httponly=secret,
            samesite="strict" if secret else "lax",
        )  # fmt: skip

    def listing(self, total: int, offset: int = 0, limit: int = 50) -> Listing:
        """The list that the page's address asks for."""
        query = {k: v for k, v in self.request.query_params.items() if k != "lang"}
        return Listing(self.path, query, total, offset, limit)

    @property
    def settings(self) -> ServerSettings:
        """Settings of the server."""
        settings: ServerSettings = self.request.app.state.settings
        return settings

    @property
    def actor(self) -> Actor | None:
        """Who has signed in."""
        actor: Actor | None = self.request.state.actor
        return actor

    @property
    def at(self) -> datetime:
        """The moment of this page, as a sheet of paper has to say it."""
        moment: datetime = self.request.app.state.clock()
        return moment

    @property
    def owner(self) -> str:
        """Whose pages a browser may keep for days without a network: a mark of this session; "": nobody's."""
        session = getattr(self.request.state, "session_id", None)
        if self.actor is None or session is None or not self.may("assignments.read"):
            return ""
        return f"{self.actor.account_id}-{session}"

    @property
    def marks(self) -> dict[str, str]:
        """Headers by which the service worker tells whose page this is."""
        return {"X-Offline-Owner": self.owner} if self.owner else {}

    @property
    def path(self) -> str:
        """Path of the page."""
        return self.request.url.path

    @property
    def here(self) -> str:
        """Path and query of the page, to come back to; of the first page when this one was posted to."""
        if self.request.method != "GET":
            return "/"
        return local(self.path + (f"?{self.request.url.query}" if self.request.url.query else ""))

    @property
    def from_script(self) -> bool:
        """Whether htmx asks: the answer is a part of a page."""
        return "hx-request" in self.request.headers

    @property
    def in_passing(self) -> bool:
        """Whether nobody sees the page: the service worker keeps it for later, and what is told once stays."""
        return "x-in-passing" in self.request.headers

    @property
    def theme(self) -> str:
        """light, dark, or auto: as the system has it."""
        wanted = self.request.cookies.get("theme", "")
        return wanted if wanted in THEMES else "auto"

    @property
    def places(self) -> tuple[navigation.Place, ...]:
        """The menu."""
        return navigation.places(self.actor, self.request.app.state.page_paths)

    @property
    def place(self) -> str:
        """Path of the menu's entry under which this page stands."""
        return navigation.current(self.path, self.places)

    @property
    def help(self) -> str:
        """Address of the help that belongs to this page."""
        return help_pages.help_for(self.path, self.actor)

    def knows(self, path: str) -> bool:
        """Whether there is a page of this path that the person may see."""
        return any(place.path == path for place in self.places)

    @property
    def without_role(self) -> bool:
        """Whether the person may do nothing but what everybody may."""
        return self.actor is None or self.actor.rights <= EVERYBODY

    def may(self, right: str) -> bool:
        """Whether the person has a right: what one may not do is not shown."""
        return self.actor is not None and self.actor.may(right)


def local(path: str) -> str:
    """The path when it leads to a page of this server, else the first page.

    >>> local("/plans?year=2027"), local("//elsewhere.example/"), local("https:x")
    ('/plans?year=2027', '/', '/')
    """
    if path.isascii() and path.isprintable() and path.startswith("/"):
        return path if path[1:2] not in ("/", "\\") and "\\" not in path else "/"
    return "/"


def person_path(staff_id: str) -> str:
    """The page of this person, as an address writes it whatever letters the code has.

    >>> person_path("Đào")
    '/people/%C4%90%C3%A0o'
    """
    return f"/people/{quote(staff_id)}"


def _page(request: Request, lang: Lang) -> Pages:
    return Pages(request, lang)


Page = Annotated[Pages, Depends(_page)]
