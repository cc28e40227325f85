"""Chromium, warm: one browser for all reports, a new page for each; its charts are given to it as SVG."""

from __future__ import annotations

import atexit
import shutil
from functools import lru_cache
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup
from playwright.sync_api import sync_playwright

from bench.content import CLIENT, TITLE
from bench.engines import FOLDER
from bench.engines.given import chart_svg, sparkline_svg
from reportgen.outputs.page.font_faces import embedded_faces

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

    from bench.content import Content
_MOST_MILLISECONDS = 600_000


def prepare(content: Content, _folder: Path) -> Callable[[], bytes]:
    """Return the making of the report."""
    template, style, browser = _template(), _style(), _browser()
    cards = [(card, Markup(sparkline_svg(card))) for card in content.cards]  # noqa: S704 - our own
    charts = [(chart, Markup(chart_svg(chart))) for chart in content.charts]  # noqa: S704 - our own

    def make() -> bytes:
        html = template.render(
            title=TITLE,
            client=CLIENT,
            style=Markup(style),  # noqa: S704 - our own file
            cards=cards,
            charts=charts,
            tables=content.tables,
        )
        page = browser.new_page()
        page.set_default_timeout(_MOST_MILLISECONDS)
        try:
            page.set_content(html)
            return page.pdf(prefer_css_page_size=True, print_background=True)
        finally:
            page.close()

    return make


@lru_cache
def _template() -> jinja2.Template:
    return jinja2.Environment(autoescape=True).from_string((FOLDER / "document.html").read_text("utf-8"))


@lru_cache
def _style() -> str:
    """Return the page's style, with the font that the charts were drawn for: it is not installed."""
    return embedded_faces("") + (FOLDER / "document.css").read_text("utf-8")


@lru_cache
def _browser() -> Browser:
    """Start the system's browser, once a worker."""
    command = shutil.which("chromium")
    if command is None:
        raise ImportError(
            "Debian's chromium is not installed; run: apt-get install -y --no-install-recommends chromium"
        )
    driver = sync_playwright().start()
    browser = driver.chromium.launch(executable_path=command, args=["--no-sandbox"])
    atexit.register(driver.stop)
    atexit.register(browser.close)
    return browser
