"""The charts of a web page: values read by pointer, finger and keyboard, series seen alone, and menus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Block, Chart, Column, Series, Table
from tests.browser import Visit, loaded_in, visited
from tests.outputs import reports
from tests.outputs.html.written_pages import written
from tests.outputs.pages import page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

WIDTHS = (1440, 390)
COMPARED = replace(
    reports.COMPARED_LINE,
    charts=tuple(replace(chart, annotations=()) for chart in reports.COMPARED_LINE.charts),
)


def told(visit: Visit) -> str:
    """Return the text of the readout."""
    return visit.page.locator(".readout").inner_text()


def test_a_chart_tells_its_values_to_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    """One stop of the Tab key a chart; the arrow keys go through its values, which are the report's own."""
    with visited(browser, written(tmp_path, COMPARED)) as visit:
        for _ in loaded_in(visit, *WIDTHS):
            places = visit.page.locator("main .points:visible > *")
            labels = COMPARED.charts[0].labels
            assert places.count() == len(labels)
            assert [one.get_attribute("tabindex") for one in places.all()] == ["0", *[None] * (len(labels) - 1)]
            places.first.focus()
            visit.page.keyboard.press("ArrowRight")
            assert told(visit) == places.nth(1).get_attribute("aria-label")
            visit.page.keyboard.press("End")
            assert told(visit) == places.last.get_attribute("aria-label")
            visit.page.keyboard.press("Escape")
            assert (visit.texts(".readout"), places.last.evaluate("one => one === document.activeElement")) == (
                [],
                True,
            )
            assert (visit.said, len(visit.asked)) == ([], 1)


OPENED = """places => places.map((one) => {
    one.dispatchEvent(new PointerEvent("pointerover", {bubbles: true}));
    const told = document.querySelector(".readout"), {left, top, right, bottom} = told.getBoundingClientRect();
    const inside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    return inside && told.textContent === one.dataset.text && document.documentElement.scrollWidth <= innerWidth;
})"""
"""Whether the readout of each place tells it, inside of the window."""


@pytest.mark.parametrize("block", [COMPARED, reports.PIE, reports.NUMBER], ids=lambda block: block.charts[0].kind)
def test_what_is_told_stays_in_the_window(browser: Browser, tmp_path: Path, block: Block) -> None:
    """The readout of every place of a chart, and of a card's small line, stays in the window of any screen."""
    with visited(browser, written(tmp_path, block)) as visit:
        for _ in loaded_in(visit, *WIDTHS, 320):
            places = visit.page.locator("main .points:visible > *")
            places.first.scroll_into_view_if_needed()
            opened = places.evaluate_all(OPENED)
            assert len(opened) > 2
            assert set(opened) == {True}


def test_a_pointer_may_move_onto_what_is_told(browser: Browser, tmp_path: Path) -> None:
    """The readout stays under the pointer, goes away with it, and Escape dismisses it without a move."""
    with visited(browser, written(tmp_path, COMPARED)) as visit:
        places = visit.page.locator("main .points:visible > *")
        places.nth(1).hover()
        text = told(visit)
        visit.page.locator(".readout").hover(position={"x": 20, "y": 20})
        assert told(visit) == text
        visit.page.keyboard.press("Escape")
        assert visit.texts(".readout") == []
        places.nth(1).hover()
        visit.page.mouse.move(5, 5)
        assert visit.texts(".readout") == []


def test_a_finger_reads_along(browser: Browser, tmp_path: Path) -> None:
    """Dragged over a chart, a finger reads value after value above the chart; a tap elsewhere ends that."""
    with visited(browser, written(tmp_path, COMPARED), width=390) as visit:
        points = visit.page.locator("main .points:visible")
        points.scroll_into_view_if_needed()
        assert points.evaluate("one => getComputedStyle(one).touchAction") == "pan-y"
        boxes = points.locator("i").evaluate_all("all => all.map((one) => one.getBoundingClientRect().toJSON())")
        read = []
        for box in boxes[::3]:
            at = {"clientX": box["x"] + 1, "clientY": box["y"] + 20, "pointerType": "touch", "bubbles": True}
            points.evaluate("(one, at) => one.dispatchEvent(new PointerEvent('pointermove', at))", at)
            read.append(told(visit))
        assert read == points.locator("i").evaluate_all("all => all.map((one) => one.dataset.text)")[::3]
        above = visit.page.locator(".readout").bounding_box()
        assert above is not None
        assert above["y"] + above["height"] <= boxes[0]["y"] + 1
        visit.page.locator("h2").first.click()
        assert visit.texts(".readout") == []


def test_a_screen_reader_knows_one_value_at_a_time(browser: Browser, tmp_path: Path) -> None:
    """Of all values of a chart one is an image with a text, the one in focus, in a group with the chart's name."""
    with visited(browser, written(tmp_path, COMPARED)) as visit:
        group = visit.page.locator("main").get_by_role("group", name=COMPARED.label, exact=True)
        assert group.get_by_role("img").count() == 1
        group.get_by_role("img").focus()
        visit.page.keyboard.press("ArrowRight")
        (one,) = group.get_by_role("img").all()
        assert one.get_attribute("aria-label") == group.locator("i").nth(1).get_attribute("data-text")


TWO = replace(
    reports.LINE,
    charts=(
        Chart(
            "line",
            "date",
            ("2026-10-01", "2026-10-02", "2026-10-03"),
            (
                Series("a", "Organic", reports.COUNT, (30, 60, 90)),
                Series("b", "Paid", reports.COUNT, (9, 20, 12)),
            ),
        ),
    ),
)


def test_a_series_is_seen_alone(browser: Browser, tmp_path: Path) -> None:
    """Its name is a button that fades the others, by pointer and by keyboard, and brings them back."""
    with visited(browser, written(tmp_path, TWO)) as visit:
        faded = visit.page.locator("main .pointed:visible .faded")
        visit.page.get_by_role("button", name="Paid", exact=True).click()
        shown = visit.page.locator("main .pointed:visible text:not(.faded)").all_text_contents()
        assert ("Organic" in shown, "Paid" in shown, faded.count() > 1) == (False, True, True)
        visit.page.get_by_role("button", name="Paid", exact=True).press("Enter")
        assert faded.count() == 0
        assert visit.said == []


def test_a_block_has_a_menu(browser: Browser, tmp_path: Path) -> None:
    """It copies the block's link and table, saves the table and the drawing, and shows the block alone."""
    with visited(browser, written(tmp_path, TWO)) as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        menu = visit.page.get_by_label(f"Options for {TWO.label}")

        def chosen(name: str) -> None:
            menu.click()
            visit.page.get_by_role("button", name=name).click()

        chosen("Copy the link")
        visit.page.get_by_text("Copied").wait_for()
        assert visit.page.evaluate("navigator.clipboard.readText()") == f"{visit.page.url}#block-{TWO.name}"
        chosen("Copy as a table")
        assert visit.page.evaluate("navigator.clipboard.readText()").splitlines()[:2] == [
            "Date\tOrganic\tPaid",
            "Oct 1\t30\t9",
        ]
        for name, begins in (("CSV", '\ufeff"Date","Organic"'.encode()), ("SVG", b"<svg"), ("PNG", b"\x89PNG")):
            with visit.page.expect_download() as started:
                chosen(f"Save as {name}")
            assert started.value.suggested_filename == f"block-{TWO.name}.{name.lower()}"
            started.value.save_as(tmp_path / name)
            assert (tmp_path / name).read_bytes().startswith(begins)
        chosen("Expand")
        assert visit.page.locator("dialog[open] .drawing.desktop").is_visible()
        visit.page.keyboard.press("Escape")
        visit.page.locator(".block figure").wait_for()
        assert visit.page.locator("dialog[open]").count() == 0
        assert visit.said == []


def test_an_expanded_block_has_a_name_and_gives_the_focus_back(browser: Browser, tmp_path: Path) -> None:
    """Whichever way it is closed, the keyboard goes on at the block's menu; Escape closes an open menu first."""
    with visited(browser, written(tmp_path, TWO)) as visit:
        menu = visit.page.get_by_label(f"Options for {TWO.label}")
        dialog = visit.page.get_by_role("dialog", name=TWO.label)

        def expanded() -> None:
            menu.click()
            visit.page.get_by_role("button", name="Expand").click()
            dialog.wait_for()

        expanded()
        visit.page.get_by_role("button", name="Close").press("Enter")
        dialog.wait_for(state="detached")
        assert menu.evaluate("menu => menu === document.activeElement")
        expanded()
        menu.press("Enter")
        visit.page.keyboard.press("Escape")
        assert (dialog.count(), menu.evaluate("menu => menu.parentElement.open")) == (1, False)
        visit.page.keyboard.press("Escape")
        dialog.wait_for(state="detached")
        assert menu.evaluate("menu => menu === document.activeElement")


def test_a_saved_table_has_no_formulas(browser: Browser, tmp_path: Path) -> None:
    """A cell that a spreadsheet would compute is quoted as text; numbers with a sign stay numbers."""
    column = Column("a", "Name", "dimension", values=("=HYPERLINK(1)", "@x", "-2+3", "-5"))
    block = replace(reports.TABLE, tables=(Table((column,), shown=4, of=4),))
    with visited(browser, written(tmp_path, block)) as visit:
        visit.page.get_by_label(f"Options for {block.label}").click()
        with visit.page.expect_download() as started:
            visit.page.get_by_role("button", name="Save as CSV").click()
        started.value.save_as(tmp_path / "table.csv")
    lines = (tmp_path / "table.csv").read_text("utf-8-sig").split()
    assert lines == ['"Name"', '"\'=HYPERLINK(1)"', '"\'@x"', '"\'-2+3"', '"-5"']


SMALLEST = """() => Math.min(...[...document.querySelectorAll(".drawing svg, .strip svg")]
  .filter((one) => one.checkVisibility()).flatMap((one) => [...one.querySelectorAll("text")].map((text) =>
    parseFloat(getComputedStyle(text).fontSize) * one.getBoundingClientRect().width / one.viewBox.baseVal.width)))"""


def test_texts_of_charts_are_not_shrunk_on_tablets(browser: Browser, tmp_path: Path) -> None:
    """From 721 pixels on, texts of charts and of the cover's days have eleven pixels or more; each is shown once."""
    half = replace(reports.LINE, name="half", width=6)
    with visited(browser, written(tmp_path, COMPARED, half)) as visit:
        for _ in loaded_in(visit, 721, 768, 850, 851, 900, 976, 1440):
            assert visit.page.evaluate(SMALLEST) >= 11
            assert visit.page.locator(".strip svg:visible, main .drawing svg:visible").count() == 3


def test_values_are_told_as_the_report_writes_them() -> None:
    """A place names its day, the value and the compared one, each in the report's locale."""
    html = page(reports.report(COMPARED, locale="pt-BR"), "screen")
    assert html.count('<div class="points"') == 6  # of the cover and of the chart, each for three screens
    assert 'data-text="1 de out.&#10;' in html


def test_paper_tells_no_values() -> None:
    """What is printed has no places to point at, and no script."""
    html = page(reports.report(COMPARED), "print", {})
    assert html.count('src="reportgen-drawing:') == 2  # the cover's and the chart's
    assert 'class="points"' not in html
    assert "<script" not in html


TEXTS = "all => all.map((one) => one.dataset.text)"


def test_the_cover_tells_its_days(browser: Browser, tmp_path: Path) -> None:
    """The days of the cover are told as those of the chart are that they come from."""
    with visited(browser, written(tmp_path, COMPARED)) as visit:
        for _ in loaded_in(visit, *WIDTHS):
            told_on = [
                visit.page.locator(f"{where} .points:visible > *").evaluate_all(TEXTS) for where in (".cover", "main")
            ]
            assert len(told_on[0]) == len(COMPARED.charts[0].labels)
            assert told_on[0] == told_on[1]


CUT = """() => [...document.querySelectorAll("main .drawing svg")].flatMap((drawing) => {
  if (!drawing.checkVisibility()) return [];
  const frame = drawing.getBoundingClientRect();
  return [...drawing.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1;
  }).map((text) => text.textContent);
})"""


@pytest.mark.parametrize("width", [390, 1440])
def test_no_letter_of_a_chart_is_cut(browser: Browser, tmp_path: Path, width: int) -> None:
    """The browser sets letters as wide as they were measured: the names beside a ring end in its drawing."""
    parts = ("Google Ads", "Instagram", "TikTok", "Facebook")
    seen = Series("n", "Times seen", reports.COUNT, (552_361, 395_390, 296_416, 273_343))
    block = replace(reports.LINE, width=6, charts=(Chart("donut", "category", parts, (seen,)),))
    with visited(browser, written(tmp_path, block), width=width) as visit:
        assert visit.page.evaluate(CUT) == []
