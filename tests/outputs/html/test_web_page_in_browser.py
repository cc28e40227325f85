"""The page in Chromium, as its reader has it: values told, tables put in order, by day and by night, and no network."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from reportgen.colors import contrast
from reportgen.model import Column, PageSetup, Table, Unit
from reportgen.outputs.html.dark_colors import PAGE
from reportgen.outputs.pdfium import page_sizes
from tests.browser import Visit, launched, loaded_in, visited
from tests.outputs import reports
from tests.outputs.pages import page, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from reportgen.model import Block

WIDTHS = (1440, 390)
COMPARED = replace(
    reports.COMPARED_LINE,
    charts=tuple(replace(chart, annotations=()) for chart in reports.COMPARED_LINE.charts),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run Chromium once for these tests."""
    with launched() as one:
        yield one


def written(folder: Path, *blocks: Block) -> str:
    """Write a page of some blocks and return its address."""
    path = folder / "page.html"
    path.write_text(page(reports.report(*blocks), "screen"), "utf-8")
    return path.as_uri()


def told(visit: Visit) -> str:
    """Return what the one place in focus tells, as it can be read."""
    return str(visit.page.evaluate("getComputedStyle(document.activeElement, '::after').content.slice(1, -1)")).replace(
        "\\a ", "\n"
    )


def test_a_chart_tells_its_values_to_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    """One stop of the Tab key a chart; the arrow keys go through its values, which are the report's own."""
    with visited(browser, written(tmp_path, COMPARED)) as visit:
        for _ in loaded_in(visit, *WIDTHS):
            places = visit.page.locator("main .points:visible > *")
            labels = COMPARED.charts[0].labels
            assert places.count() == len(labels)
            assert [one.get_attribute("tabindex") for one in places.all()] == ["0", *["-1"] * (len(labels) - 1)]
            places.first.focus()
            visit.page.keyboard.press("ArrowRight")
            assert told(visit) == places.nth(1).get_attribute("aria-label")
            visit.page.keyboard.press("End")
            assert told(visit) == places.last.get_attribute("aria-label")
            assert (visit.said, len(visit.asked)) == ([], 1)


OPENED = """places => places.map((one) => {
    one.focus();
    const told = getComputedStyle(one, "::after").content;
    return {told, fits: document.documentElement.scrollWidth <= innerWidth};
})"""
"""What each place tells that is in focus, and whether the page fits its window then."""


@pytest.mark.parametrize("block", [COMPARED, reports.PIE], ids=lambda block: block.charts[0].kind)
def test_what_is_told_stays_in_the_window(browser: Browser, tmp_path: Path, block: Block) -> None:
    """Nothing that opens, under the pointer or at a place in focus, makes the page wider than its window."""
    with visited(browser, written(tmp_path, block)) as visit:
        for _ in loaded_in(visit, *WIDTHS):
            places = visit.page.locator("main .points:visible > *")
            for place in (places.first, places.last):
                place.hover(force=True)
                assert place.evaluate("one => getComputedStyle(one, '::after').content") not in {"none", "normal"}
                assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            opened = places.evaluate_all(OPENED)
            assert len(opened) > 2
            assert [one for one in opened if one["told"] in {"none", "normal"} or not one["fits"]] == []


def test_values_are_told_as_the_report_writes_them() -> None:
    """A place names its day, the value and the compared one, each in the report's locale."""
    html = page(reports.report(COMPARED, locale="pt-BR"), "screen")
    assert html.count('<div class="points"') == 4  # of the cover and of the chart, each wide and for a phone
    assert 'aria-label="1 de out.&#10;' in html


def test_paper_tells_no_values() -> None:
    """What is printed has no places to point at, and no script."""
    html = page(reports.report(COMPARED), "print", {})
    assert html.count('src="reportgen-drawing:') == 2  # the cover's and the chart's
    assert 'class="points"' not in html
    assert "<script" not in html


RANKED = replace(
    reports.COMPARED_TABLE,
    tables=(
        Table(
            (
                Column("post", "Post", "dimension", values=("écharpe", "Zebra", "apple", "Éclair")),
                Column(
                    "reach", "Reach", "metric", reports.COUNT, values=(90, None, 1000, 20), baseline=(100, 5, 500, 0)
                ),
            ),
            shown=4,
            of=4,
            presence=("both", "both", "both", "both"),
            total=("Total", 1110),
        ),
    ),
)


def first_column(visit: Visit) -> list[str]:
    """Return the names of the rows, the total's last, as they stand."""
    return visit.texts("tbody th:not(.data th)")


def test_a_table_sorts_by_its_heads(browser: Browser, tmp_path: Path) -> None:
    """By number, then by words without regard to accents; what is missing stays below, and the total last."""
    with visited(browser, written(tmp_path, RANKED)) as visit:
        for _ in loaded_in(visit, *WIDTHS):
            before = first_column(visit)
            assert before == ["écharpe", "Zebra", "apple", "Éclair", "Total"]
            reach = visit.page.get_by_role("button", name="Reach")
            reach.click()
            assert first_column(visit) == ["apple", "écharpe", "Éclair", "Zebra", "Total"]
            assert visit.page.locator("[aria-sort]").evaluate_all("all => all.map(one => one.ariaSort)") == [
                "descending"
            ]
            reach.press("Enter")
            assert first_column(visit) == ["Éclair", "écharpe", "apple", "Zebra", "Total"]
            visit.page.get_by_role("button", name="Post").press("Space")
            assert first_column(visit) == ["apple", "écharpe", "Éclair", "Zebra", "Total"]
            visit.page.get_by_role("button", name="Post").click()
            visit.page.get_by_role("button", name="Post").click()
            assert (first_column(visit), visit.page.locator("[aria-sort]").count()) == (before, 0)
            visit.page.get_by_role("button", name="Change").click()
            assert first_column(visit) == ["Éclair", "apple", "écharpe", "Zebra", "Total"]
            assert (visit.said, len(visit.asked)) == ([], 1)


def test_reads_without_a_script(browser: Browser, tmp_path: Path) -> None:
    """Where no script may run, the table stands in the report's order under plain heads."""
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(written(tmp_path, RANKED, COMPARED))
    assert opened.locator("th button").count() == 0
    assert opened.locator("tbody th:not(.data th)").all_inner_texts() == [
        "écharpe",
        "Zebra",
        "apple",
        "Éclair",
        "Total",
    ]
    opened.locator(".points:visible > *").first.hover()
    context.close()


def test_prints_from_the_browser(browser: Browser, tmp_path: Path) -> None:
    """The cover has a page to itself, every section begins one, and what is for a screen only stays away."""
    path = tmp_path / "page.html"
    report = reports.large_report()
    path.write_text(page(report, "screen"), "utf-8")
    with visited(browser, path.as_uri()) as visit:
        visit.page.locator("th button").first.click()
        visit.page.locator("main .points > *").first.focus()
        pages = texts(visit.page.pdf(prefer_css_page_size=True, print_background=True))
        visit.page.emulate_media(media="print")
        assert visit.texts("nav, .points, .swipe, .phone") == []
        assert visit.page.locator("th button").first.evaluate("one => getComputedStyle(one).borderTopWidth") == "0px"
    assert pages[0][0] != pages[1][0]
    titles = [section.title for section in report.sections if section.title]
    assert [title for words in pages for title in titles if words[: len(title.split())] == title.split()] == titles


def test_a_dark_screen_can_be_read(browser: Browser, tmp_path: Path) -> None:
    """Every text of page and charts keeps a contrast of 4.5 on its ground, drawn marks 3, where the system is dark."""
    address = written(tmp_path, reports.NUMBER, COMPARED, reports.PIE, RANKED, reports.TEXT)
    with visited(browser, address, dark=True) as visit:
        ground, texts_in, marks = visit.page.evaluate(_PAINTED)
    assert ground == hexadecimal(PAGE["page"])
    assert len(texts_in) > 5
    assert [one for one in texts_in if contrast(hex_of(one), PAGE["page"]) < 4.5] == []
    assert len(marks) == 2
    assert [one for one in marks if contrast(hex_of(one), PAGE["page"]) < 3] == []


_PAINTED = """() => {
  const seen = (what, property) => [...new Set([...document.querySelectorAll(what)]
    .filter((one) => one.checkVisibility()).map((one) => getComputedStyle(one)[property]))];
  const lines = seen("main svg :is([stroke-width='1.75'], [stroke-width='1.1'])", "stroke");
  return [getComputedStyle(document.documentElement).backgroundColor,
    [...seen("main svg text", "fill"), ...seen("main :is(h1, h2, h3, p, td, th, a, b, dd, dt)", "color")], lines];
}"""


def hexadecimal(color: str) -> str:
    """Return `#RRGGBB` as a browser says it."""
    return "rgb({}, {}, {})".format(*(int(color[at : at + 2], 16) for at in (1, 3, 5)))


def hex_of(said: str) -> str:
    """Return what a browser says of a colour as `#RRGGBB`."""
    return "#" + "".join(f"{int(part):02X}" for part in said.removeprefix("rgb(").removesuffix(")").split(","))


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
        menu = visit.page.locator(".bar summary")
        menu.click()
        visit.page.locator(".bar").get_by_role("link", name="Posts and formats").click()
        visit.page.wait_for_selector(".bar a[aria-current=location]", state="attached")
        assert (visit.texts(".here"), visit.texts(".bar a")) == (["Posts and formats"], [])
        title = visit.page.get_by_role("heading", name="Posts and formats")
        bar, below = menu.bounding_box(), title.bounding_box()
        assert bar is not None
        assert below is not None
        assert (bar["y"], below["y"] >= bar["height"]) == (0, True)
        menu.press("Enter")
        assert len(visit.texts(".bar a")) > 2
        visit.page.keyboard.press("Escape")
        assert visit.texts(".bar a") == []
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
        link = visit.page.locator("nav:not(.bar) a[aria-current]")
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
    """A page of its own can be printed; in a sandbox, which opens no dialogue, the button is not shown."""
    address = written(tmp_path, reports.NUMBER)
    frame = tmp_path / "frame.html"
    frame.write_text(f'<iframe sandbox="allow-scripts" width="800" height="600" src="{address}"></iframe>')
    with visited(browser, address) as visit:
        assert visit.page.get_by_role("button", name="Print").is_visible()
    with visited(browser, frame.as_uri()) as visit:
        framed = visit.page.frame_locator("iframe")
        framed.locator("main .value").first.wait_for()
        assert not framed.get_by_role("button", name="Print").is_visible()


def test_the_cover_tells_its_days(browser: Browser, tmp_path: Path) -> None:
    """The days of the cover are told as those of the chart are that they come from."""
    with visited(browser, written(tmp_path, COMPARED)) as visit:
        for _ in loaded_in(visit, *WIDTHS):
            told_on = [
                visit.page.locator(f"{where} .points:visible > *").evaluate_all(
                    "all => all.map((one) => one.ariaLabel)"
                )
                for where in (".cover", "main")
            ]
            assert len(told_on[0]) == len(COMPARED.charts[0].labels)
            assert told_on[0] == told_on[1]


CAPTION = (
    "Autumn is here, and with it our pumpkin bread.\n\nCome by, bring a friend, and tell us which spread you like. " * 4
)
_CELLS = """all => all.map(cell => {
  const range = document.createRange(); range.selectNodeContents(cell)
  const text = range.getBoundingClientRect(), box = cell.getBoundingClientRect()
  return {
    lines: Math.round(text.height / 20), middle: text.top + 10, bar: !!cell.querySelector("i[style]"),
    inside: text.left >= box.left - 1 && text.right <= box.right + 1, seen: box.width > 0,
  }
})"""


def posts_table(metrics: int) -> Block:
    """Return a table of posts with pictures, days, and compared metrics, the first as bars too."""
    columns = (
        Column("media", "Post", "dimension", values=(CAPTION, "Short"), thumbnails=(reports.LOGO, None), lines=3),
        Column("day", "Published", "dimension", Unit("date"), ("2026-10-12", "2026-10-31")),
        *(
            Column(f"m{at}", f"Metric {at}", "metric", reports.COUNT, (1_128_940, 7), (907_020, 6), bar=at == 0)
            for at in range(metrics)
        ),
    )
    return replace(reports.TABLE, tables=(Table(columns, ("both", "both"), shown=2, of=2),))


@pytest.mark.parametrize("metrics", [1, 6, 14])
def test_no_cell_runs_into_another(browser: Browser, tmp_path: Path, metrics: int) -> None:
    """Days and figures stay on one line inside their columns, captions on three, and bars beside their figures."""
    with visited(browser, written(tmp_path, posts_table(metrics))) as visit:
        for width in loaded_in(visit, 1440, 768, 390):
            rows = visit.page.locator("main tbody tr").all()
            cells = rows[0].locator("th, td").evaluate_all(_CELLS)
            assert all(cell["inside"] for cell in cells if cell["seen"])
            assert all(cell["lines"] <= 1 for cell in cells[1:] if cell["seen"] and not cell["bar"])
            assert visit.page.locator(".clamp").first.evaluate("one => one.getBoundingClientRect().height") <= 61
            bar, figure = cells[2:4]
            assert (bar["bar"], bar["seen"]) == (True, width > 720)
            height = visit.page.locator("td.bar i").first.evaluate("one => one.getBoundingClientRect().top")
            assert not bar["seen"] or abs(height + 4 - figure["middle"]) < 4
            assert visit.page.evaluate("document.documentElement.scrollWidth") == width
            assert CAPTION.partition("\n")[0] in visit.texts("main .clamp")[0]


@pytest.mark.parametrize("setup", [PageSetup(), PageSetup("letter"), PageSetup("slide")])
def test_a_browser_prints_the_cover_on_a_page(browser: Browser, tmp_path: Path, setup: PageSetup) -> None:
    """The cover fills the first page of any paper to its edges, with all of its words; the first section follows."""
    path = tmp_path / "page.html"
    path.write_text(page(replace(reports.report(reports.NUMBER, reports.LINE), page=setup), "screen"), "utf-8")
    with visited(browser, path.as_uri()) as visit:
        content = visit.page.pdf(prefer_css_page_size=True, print_background=True)
    cover, first, *_ = texts(content)
    assert {"Issued", "October"} <= set(cover)
    assert "Issued" not in first
    assert len(set(page_sizes(content))) == 1
    with pypdfium2.PdfDocument(content) as document:
        picture = document[0].render(scale=0.5).to_pil().convert("RGB")
    corners = {picture.getpixel((x, y)) for x in (2, picture.width - 3) for y in (2, picture.height - 3)}
    assert corners == {(0xF3, 0xEE, 0xE3)}
