"""A real server in a thread, and a real browser: what the browser tests stand on."""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import uvicorn

from api.identity import cookie_name
from data.records.actors import PROGRAM
from data.store import sessions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.clients import Office

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
WIDTHS = {1440: 900, 390: 844}  # a desk, a phone


def chromium() -> str:
    """Where Debian's Chromium is; "" when it is not installed."""
    return os.environ.get("CONGVU_CHROMIUM") or which("chromium") or which("chromium-browser") or ""


@contextmanager
def served(office: Office) -> Iterator[str]:
    """The office's app on a free port of this machine; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(
        office.app, host="127.0.0.1", port=port, log_level="error", lifespan="off",
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            message = "the server did not start"
            raise RuntimeError(message)
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@dataclass
class Visitor:
    """Somebody at a browser, who notes everything that a page does wrong."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", lambda r: self._failed(r.url, r.failure))

    def _said(self, message) -> None:
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.wrong.append(f"console: {message.text}")

    def _asked(self, request) -> None:
        if not request.url.startswith((self.address, "data:")):
            self.wrong.append(f"asked elsewhere: {request.url}")

    def _failed(self, url: str, why: str | None) -> None:
        if "ERR_ABORTED" not in (why or ""):  # a stream that ends with its page
            self.wrong.append(f"failed: {url} {why}")

    def violations(self) -> list[str]:
        """What axe finds against WCAG 2.2 A and AA, each with the place; its own doings are not the page's."""
        before = list(self.wrong)
        if not self.page.evaluate("Boolean(window.axe)"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "axe.run(document, {preload: false, resultTypes: ['violations'], runOnly: ['wcag2a', "
            "'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        )
        self.wrong[:] = before
        return [
            f"{v['id']}: {node['target']} {node['failureSummary']}"
            for v in found["violations"]
            for node in v["nodes"]
        ]

    def picture(self, path: Path) -> None:
        """The whole page as a PNG."""
        before = list(self.wrong)
        self.page.screenshot(path=str(path), full_page=True)
        self.wrong[:] = before

    def runs_over(self) -> int:
        """By how many pixels the page is wider than the window."""
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return max(0, int(wide))

    def goes(self, path: str) -> Page:
        """The page at this path, drawn."""
        self.page.goto(self.address + path, wait_until="load")
        self.page.evaluate("document.fonts.ready")
        return self.page


@contextmanager
def visiting(
    browser: Browser, office: Office, address: str, *roles: str, lang: str = "vi", width: int = 1440,
    theme: str = "auto", **more: str,
) -> Iterator[Visitor]:  # fmt: skip
    """Somebody signed in with these roles; nobody without any."""
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]}, locale=lang, reduced_motion="reduce",
        has_touch=width < 600,
    )  # fmt: skip
    cookies = {"lang": lang, "theme": theme}
    if roles:
        who = office.account(*roles, **more)
        with office.store.writing(PROGRAM, office.now) as work:
            token = sessions.begin(work, who, office.settings.session_hours, "test", "127.0.0.1")
        cookies[cookie_name(office.settings)] = token
    context.add_cookies([{"name": k, "value": v, "url": address} for k, v in cookies.items()])
    visitor = Visitor(context.new_page(), address)
    yield visitor
    context.close()
