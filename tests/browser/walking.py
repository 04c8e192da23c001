"""Somebody on the way from the sign-in page to a result, who finds every step by the words on the page."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from data.words import say
from tests.browser.serving import visiting
from tests.tries import THOROUGH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

    from tests.browser.serving import Visitor
    from tests.clients import Office

PASSWORD = "mười hai con giáp"
CROSSED = [("vi", 390), ("en", 1440)]  # tried when asked for: CONGVU_THOROUGH=1
EVERY = [("vi", 1440), ("en", 390), *(CROSSED if THOROUGH else ())]


@dataclass
class Walker:
    """A person at a browser, in one language; knows the pages by nothing but their words."""

    visitor: Visitor
    lang: str
    width: int

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self.visitor.page

    @property
    def phone(self) -> bool:
        """Whether the window is that of a phone."""
        return self.width < 600

    def words(self, text: str, **params: object) -> str:
        """The program's text in this person's language, which it must have."""
        told = say(self.lang, text, **params)
        assert (self.lang == "vi") == (told == say("vi", text, **params)), f"no English for {text}"
        return told

    def enters(self, name: str, password: str = PASSWORD) -> None:
        """From the sign-in page, with a typed password, to the first page."""
        self.visitor.goes("/")
        self.signs_in(name, password)

    def signs_in(self, name: str, password: str = PASSWORD) -> None:
        """On the sign-in page, which is open."""
        expect(self.heading("Đăng nhập")).to_be_visible()
        self.field("Tên đăng nhập").fill(name)
        self.field("Mật khẩu").press_sequentially(password)
        self.press("Đăng nhập")
        expect(self.page).to_have_url(re.compile(r":\d+/$"))

    def chooses(self, place: str) -> None:
        """A page through the menu."""
        if self.phone:
            self.press("Mở trình đơn")
        menu = self.page.get_by_role("navigation", name=self.words("Trình đơn"))
        menu.get_by_role("link", name=self.words(place), exact=True).click()
        expect(self.heading(place)).to_be_visible()

    def heading(self, text: str, **params: object) -> Locator:
        """The heading of the page."""
        return self.page.get_by_role("heading", level=1, name=self.words(text, **params))

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """What is filled in under this label."""
        return (within or self.page).get_by_label(self.words(label), exact=True)

    def button(self, text: str, within: Locator | None = None, **params: object) -> Locator:
        """The button with this name."""
        place = within or self.page
        return place.get_by_role("button", name=self.words(text, **params), exact=True)

    def link(self, text: str, within: Locator | None = None, **params: object) -> Locator:
        """The link with this name."""
        place = within or self.page
        return place.get_by_role("link", name=self.words(text, **params), exact=True)

    def region(self, name: str, **params: object) -> Locator:
        """The part of the page with this name, behind which a number may stand."""
        told = re.escape(self.words(name, **params)).replace("/", r"\/")  # as the browser wants it
        named = re.compile(rf"^{told}( [\d.,]+)?$")
        return self.page.get_by_role("region", name=named)

    def press(self, text: str, within: Locator | None = None) -> None:
        """The button, pressed."""
        self.button(text, within).click()

    def follows(self, text: str, within: Locator | None = None, **params: object) -> None:
        """The link, followed."""
        self.link(text, within, **params).click()

    def opens(self, text: str) -> Locator:
        """The dialog behind this button."""
        self.press(text)
        return self.page.get_by_role("dialog")

    def told(self, text: str, **params: object) -> None:
        """The page says that it is done."""
        told = self.page.get_by_role("status").filter(has_text=self.words(text, **params))
        expect(told).to_be_visible()

    def sees(self, text: str, **params: object) -> None:
        """These words, and no others, stand somewhere on the page."""
        expect(self.page.get_by_text(self.words(text, **params), exact=True).first).to_be_visible()

    def ends(self) -> None:
        """Nothing went wrong on the way, and the last page is in order."""
        assert self.visitor.violations() == []
        assert self.visitor.runs_over() == 0
        assert self.visitor.wrong == []


@contextmanager
def walking(
    browser: Browser, office: Office, address: str, lang: str, width: int
) -> Iterator[Walker]:
    """Somebody who has not signed in, with a window of this width."""
    with visiting(browser, office, address, lang=lang, width=width) as visitor:
        yield Walker(visitor, lang, width)
