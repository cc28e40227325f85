"""Faults of a page's layout, found by measuring its boxes in a browser at the widths of phones, tablets and desks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

SCREENS = (320, 360, 390, 600, 768, 1024, 1440, 1920)
"""Widths in CSS pixels: 320 is 1280 at 400 %, as WCAG 1.4.10 has it."""

_FAULTS = """() => {
  for (const one of document.querySelectorAll(".unseen")) one.hidden = true; // it is for ears
  const found = [], wide = document.documentElement.clientWidth;
  const name = (one) => `${one.closest("[id^=block]")?.id ?? one.tagName}: ${one.textContent.trim().slice(0, 40)}`;
  const seen = (selector) => [...document.querySelectorAll(selector)]
    .filter((one) => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().width > 0);
  const text = (one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return range.getBoundingClientRect();
  };
  const hold = (is, what, one) => is || found.push(`${what}: ${name(one)}`);
  if (document.documentElement.scrollWidth > wide) found.push("the page scrolls sideways");
  for (const value of seen(".value:not(.absent)")) {
    const inner = text(value), box = value.getBoundingClientRect();
    hold(inner.height < 1.4 * parseFloat(getComputedStyle(value).lineHeight), "a figure breaks", value);
    hold(inner.left > box.left - 1 && inner.right < box.right + 1, "a figure leaves its card", value);
  }
  for (const line of seen(".delta, .previous")) {
    const inner = text(line), box = line.getBoundingClientRect();
    hold(!inner.width || (inner.left > box.left - 1 && inner.right < box.right + 1), "a text leaves its card", line);
  }
  for (const figure of seen(".delta bdi, .listed dd > b, .listed .change bdi, td.n > bdi, td.whole"))
    hold(text(figure).height < 1.5 * parseFloat(getComputedStyle(figure).lineHeight), "a figure breaks", figure);
  for (const cell of seen("th, td")) {
    const inner = text(cell), box = cell.getBoundingClientRect();
    hold(!inner.width || (inner.left > box.left - 1 && inner.right < box.right + 1), "a text leaves its cell", cell);
  }
  for (const words of seen(".clamp")) {
    const {width} = words.getBoundingClientRect();
    hold(words.scrollHeight <= words.clientHeight + 1 || width > 6 * parseFloat(getComputedStyle(words).fontSize),
         "a text is cut in a narrow column", words);
  }
  for (const hint of seen(".swipe")) {
    const box = hint.nextElementSibling;
    hold(box.scrollWidth > box.clientWidth + 1, "a hint on columns that are all there", hint);
  }
  for (const row of seen("tr:not(:has([rowspan]))")) {
    const {top, bottom} = row.getBoundingClientRect();
    for (const cell of [...row.cells].filter((one) => one.checkVisibility())) {
      const box = cell.getBoundingClientRect();
      hold(Math.abs(box.top - top) < 2 && Math.abs(box.bottom - bottom) < 2, "a cell is not as high as its row", cell);
    }
  }
  for (const one of seen("body *"))
    if (!one.closest(".scroll, svg, .points, .skip")) {
      const {left, right} = one.getBoundingClientRect();
      hold(left > -1 && right < wide + 1, "leaves the window", one);
    }
  for (const row of seen(".row.number")) {
    const tops = [...row.children].map((card) => Math.round(card.getBoundingClientRect().top));
    const last = row.lastElementChild, alone = tops.filter((top) => top === tops.at(-1)).length === 1;
    const whole = last.getBoundingClientRect().width > row.getBoundingClientRect().width - 2;
    hold(!alone || whole, "a card is left alone in its line", last);
  }
  return found;
}"""


_TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Until then the page's script has seen the new width."""


def screen_faults(page: Page) -> dict[int, list[str]]:
    """Return the faults of an open page by the width of the window; none where it has none."""
    return dict(_by_width(page))


def _by_width(page: Page) -> Iterator[tuple[int, list[str]]]:
    for width in reversed(SCREENS):  # what fitted a wider window is squeezed first
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate(_TWO_FRAMES)
        if faults := page.evaluate(_FAULTS):
            yield width, faults
