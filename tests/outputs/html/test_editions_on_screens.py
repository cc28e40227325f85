"""The example as a client sees it: in English, Arabic and Japanese, at the widths of phones, tablets and desks."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops

from tests.browser import visited
from tests.outputs.html.screen_faults import SCREENS, screen_faults
from tests.outputs.html.written_pages import written_example

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from reportgen.connect import AnswerSource

SEEN = Path(__file__).parent / "demo-on-screens.png"
_FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_DRAWN = f"document.fonts.ready.then(() => {_FRAME})"
AREA, MOST = 12, 48
"""Pixels of an area that is compared, and by how much of 255 it may differ."""


@pytest.mark.parametrize("locale", ["ar", "ja"])
def test_an_edition_has_no_faults(locale: str, browser: Browser, api: AnswerSource, tmp_path: Path) -> None:
    """Nothing breaks, overprints or leaves its place in other scripts, whichever fonts a machine has for them."""
    with visited(browser, written_example("multichannel", api, tmp_path, locale)) as visit:
        assert screen_faults(visit.page) == {}
        assert visit.said == []


def test_the_example_looks_as_it_did(browser: Browser, api: AnswerSource, tmp_path: Path) -> None:
    """It has no faults either, and looks on every screen as in the picture, whose fonts the page brings along.

    After a wanted change `REPORTGEN_UPDATE_GOLDEN=1` writes the picture anew; look at it before keeping it.
    """
    seen = []
    with visited(browser, written_example("multichannel", api, tmp_path, "en")) as visit:
        assert screen_faults(visit.page) == {}
        visit.page.reload()
        for width in SCREENS:
            visit.page.set_viewport_size({"width": width, "height": 844})
            visit.page.evaluate(_DRAWN)  # a slow machine draws before its fonts are there
            visit.page.screenshot(path=tmp_path / "seen.png", full_page=True, animations="disabled")
            with Image.open(tmp_path / "seen.png") as whole:
                seen.append(whole.convert("L").reduce(AREA))
    now = Image.new("L", (sum(one.width for one in seen), max(one.height for one in seen)))
    left = 0
    for picture in seen:
        now.paste(picture, (left, 0))
        left += picture.width
    if os.environ.get("REPORTGEN_UPDATE_GOLDEN") == "1":
        now.save(SEEN, optimize=True)
    with Image.open(SEEN) as before:
        assert now.size == before.size
        histogram = ImageChops.difference(now, before).histogram()
    assert max(shade for shade, count in enumerate(histogram) if count) <= MOST
