"""Pages as a reader has them: opened in Chromium, with all that they said and asked for."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.machine import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, Page

_GRAVE = {"critical", "serious", "moderate"}
_QUIET = (
    "--no-sandbox",  # there is none for root, and the pages are ours
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that is open.

    Attributes:
        page: To click and read in.
        said: What came to its console, and errors that nothing caught.
        asked: Addresses that it asked for, its own among them.
    """

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def texts(self, selector: str) -> list[str]:
        """Return the texts of what can be seen of a selector, in order."""
        return [one.inner_text() for one in self.page.locator(selector).all() if one.is_visible()]


@contextmanager
def launched() -> Iterator[Browser]:
    """Run Chromium for the time of a `with` block; a test is skipped where there is none.

    Playwright has an event loop running in this thread meanwhile, so a test that has its own opens no page.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(_QUIET))
        yield browser
        browser.close()


@contextmanager
def visited(
    browser: Browser, address: str, *, width: int = 1440, height: int = 900, dark: bool = False
) -> Iterator[Visit]:
    """Open an address in a fresh profile, in a window of so many CSS pixels."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
    visit = Visit(context.new_page())
    visit.page.on("console", lambda message: visit.said.append(message.text))
    visit.page.on("pageerror", lambda error: visit.said.append(str(error)))
    visit.page.on("request", lambda request: visit.asked.append(request.url))
    visit.page.goto(address)
    yield visit
    context.close()


def loaded_in(visit: Visit, *widths: int) -> Iterator[int]:
    """Yield each width, in CSS pixels, after the page was loaded anew in a window of it: faster than visits."""
    for width in widths:
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.asked.clear()
        visit.page.reload()
        yield width


def complaints(page: Page, options: Mapping[str, object] | None = None) -> list[str]:
    """Return what axe-core finds in a page that hinders its readers, without what stands in frames.

    Args:
        page: As it is shown now.
        options: Of `axe.run`, such as which rules are meant; None means all.
    """
    asked = {"resultTypes": ["violations"], "preload": False, "iframes": False, **(options or {})}
    found = Axe().run(page, options=asked).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in _GRAVE]
