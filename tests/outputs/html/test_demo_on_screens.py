"""The demo on screens: by keyboard alone each stop shows that it has the focus, and nothing breaks at any width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import visited
from tests.outputs.html.screen_faults import screen_faults
from tests.outputs.html.written_pages import written_example

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from reportgen.connect import AnswerSource

_STOP = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y), faults = [];
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && style.opacity === "1";
  if (!seen) faults.push("no outline");
  if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) faults.push("outside");
  else if (!top || !(one.contains(top) || top.contains(one))) faults.push("covered");
  const name = one.getAttribute("aria-label") || one.textContent.trim();
  return [one === document.body ? "" : one.tagName, ...faults.map((fault) => `${fault}: ${one.tagName} ${name}`)];
}"""
_MOST_STOPS = 400


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_each_stop_shows_that_it_has_the_focus(width: int, browser: Browser, api: AnswerSource, tmp_path: Path) -> None:
    """WCAG 2.4.7 and 2.4.11: an outline of two pixels, not beside the window, nor below a bar that stays."""
    with visited(browser, written_example("showcase", api, tmp_path)) as visit:
        visit.page.set_viewport_size({"width": width, "height": 844})
        stops: list[str] = []
        while len(stops) < _MOST_STOPS:
            visit.page.keyboard.press("Tab")
            kind, *faults = visit.page.evaluate(_STOP)
            if not kind:
                break
            stops.append(kind)
            assert faults == []
    assert {"A", "BUTTON", "I", "SUMMARY", "INPUT"} <= set(stops)
    assert len(stops) > 80  # one of a chart's points, which arrows lead on from


@pytest.mark.parametrize("locale", [None, "ar"])
def test_it_has_no_faults(locale: str | None, browser: Browser, api: AnswerSource, tmp_path: Path) -> None:
    """The demo, with posts, funnel and heat map, breaks on no screen, whichever window it was opened in."""
    with visited(browser, written_example("showcase", api, tmp_path, locale)) as visit:
        assert screen_faults(visit.page) == {}
