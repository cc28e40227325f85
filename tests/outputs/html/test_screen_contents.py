"""The way through a web page: contents beside the text and in a bar, the first figures, and what can be done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.browser import visited
from tests.outputs import reports
from tests.outputs.html.written_pages import written
from tests.outputs.pages import page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

COMPARED = replace(
    reports.COMPARED_LINE,
    charts=tuple(replace(chart, annotations=()) for chart in reports.COMPARED_LINE.charts),
)


def test_contents_stand_beside_the_text(browser: Browser, tmp_path: Path) -> None:
    """On a wide screen the contents stay in sight, lead to every section and mark the one that is read."""
    path = tmp_path / "page.html"
    path.write_text(page(reports.large_report(), "screen"), "utf-8")
    with visited(browser, path.as_uri()) as visit:
        link = visit.page.get_by_role("link", name="Posts and formats")
        before = link.bounding_box()
        link.click()
        visit.page.wait_for_selector("nav a[aria-current=location]")
        assert visit.texts("nav [aria-current]") == ["Posts and formats"]
        assert link.bounding_box() == before
        assert (visit.said, len(visit.asked)) == ([], 1)


@pytest.fixture
def large(tmp_path: Path) -> str:
    """Write a report of some sections and return its address."""
    path = tmp_path / "page.html"
    path.write_text(page(reports.large_report(), "screen"), "utf-8")
    return path.as_uri()


def test_a_phone_has_its_contents_in_a_bar(browser: Browser, large: str) -> None:
    """The bar stays above the text and names its section; its contents lead on and close, also by Escape."""
    with visited(browser, large, width=390, height=844) as visit:
        menu = visit.page.locator(".contents-bar summary")
        menu.click()
        visit.page.locator(".contents-bar").get_by_role("link", name="Posts and formats").click()
        visit.page.wait_for_selector(".contents-bar a[aria-current=location]", state="attached")
        assert (visit.texts(".here"), visit.texts(".contents-bar a")) == (["Posts and formats"], [])
        title = visit.page.get_by_role("heading", name="Posts and formats")
        bar, below = menu.bounding_box(), title.bounding_box()
        assert bar is not None
        assert below is not None
        assert (bar["y"], below["y"] >= bar["height"]) == (0, True)
        menu.press("Enter")
        assert len(visit.texts(".contents-bar a")) > 2
        visit.page.keyboard.press("Escape")
        assert visit.texts(".contents-bar a") == []
        visit.page.get_by_role("link", name="Back to top").click()
        visit.page.wait_for_function("() => scrollY === 0")
        assert visit.said == []


def test_a_long_list_of_contents_shows_the_section_that_is_read(browser: Browser, tmp_path: Path) -> None:
    """With forty sections the list beside the text scrolls along."""
    part = reports.report(reports.TEXT).sections[0]
    sections = tuple(
        replace(part, title=f"Section {at}", blocks=tuple(replace(one, name=f"{one.name}{at}") for one in part.blocks))
        for at in range(40)
    )
    path = tmp_path / "page.html"
    path.write_text(page(replace(reports.report(), sections=sections), "screen"), "utf-8")
    with visited(browser, path.as_uri()) as visit:
        visit.page.evaluate("document.querySelector('#section-39').scrollIntoView()")
        link = visit.page.locator("nav:not(.contents-bar) a[aria-current]")
        link.wait_for()
        box = link.bounding_box()
        assert box is not None
        assert (link.inner_text(), 0 < box["y"] < 880) == ("Section 38", True)


def test_a_phone_shows_figures_first(browser: Browser, tmp_path: Path) -> None:
    """The first screen of a phone has the first figures whole, below the names and the days of the cover."""
    with visited(browser, written(tmp_path, *reports.CARDS[:2], COMPARED), width=390, height=780) as visit:
        days, values = visit.page.locator(".strip .phone"), visit.page.locator("main .value").all()
        assert days.is_visible()
        boxes = [one.bounding_box() for one in values]
        assert all(box is not None and box["y"] + box["height"] < 780 for box in boxes)


def test_what_a_frame_forbids_is_not_offered(browser: Browser, tmp_path: Path) -> None:
    """A page of its own can be printed; in a sandbox, neither print nor files nor copies are offered."""
    address = written(tmp_path, reports.NUMBER, COMPARED)
    frame = tmp_path / "frame.html"
    frame.write_text(f'<iframe sandbox="allow-scripts" width="800" height="600" src="{address}"></iframe>')
    with visited(browser, address) as visit:
        assert visit.page.get_by_role("button", name="Print").is_visible()
    with visited(browser, frame.as_uri()) as visit:
        framed = visit.page.frame_locator("iframe")
        framed.locator("main .value").first.wait_for()
        assert not framed.get_by_role("button", name="Print").is_visible()
        framed.get_by_label(f"Options for {COMPARED.label}").click()
        assert framed.locator(".menu button").all_inner_texts() == ["Expand"]


HIDDEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const [x, y] = [box.left + Math.min(5, box.width / 2), box.top + Math.min(5, box.height / 2)];
  const above = document.elementFromPoint(Math.max(x, 0), y);
  const seen = above && (above.contains(document.activeElement) || document.activeElement.contains(above));
  return seen ? "" : `${document.activeElement.outerHTML.slice(0, 80)} at ${x}, ${y} below ${above?.className}`;
}"""
"""The element in focus where nothing of it is seen."""


@pytest.mark.parametrize("width", [320, 1440])
def test_what_has_the_focus_is_seen(browser: Browser, large: str, width: int) -> None:
    """By keyboard alone, no stop hides below the bar, the way to the top or a readout (WCAG 2.4.11)."""
    with visited(browser, large, width=width, height=640) as visit:
        visit.page.evaluate("document.querySelector('#content').focus()")
        stops = []
        for _ in range(40):
            visit.page.keyboard.press("Tab")
            stops.append(visit.page.evaluate(HIDDEN))
    assert [stop for stop in stops if stop] == []


def test_the_cover_of_a_phone_holds_its_words(browser: Browser, tmp_path: Path) -> None:
    """The day of issue stands inside the cover also where no link to a file stands beside it."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    opened = context.new_page()
    opened.goto(written(tmp_path, COMPARED))
    cover, issued = opened.locator(".cover").bounding_box(), opened.locator(".issued").bounding_box()
    context.close()
    assert cover is not None
    assert issued is not None
    assert issued["y"] + issued["height"] < cover["y"] + cover["height"]
