"""The page in Chromium, as its reader has it: values told, tables put in order, by day and by night, and no network."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from reportgen.model import Block, Column, PageSetup, Table, Unit
from reportgen.outputs.pdfium import page_sizes
from tests.browser import Visit, loaded_in, visited
from tests.outputs import reports
from tests.outputs.html.written_pages import written
from tests.outputs.pages import page, texts

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

WIDTHS = (1440, 390)
COMPARED = replace(
    reports.COMPARED_LINE,
    charts=tuple(replace(chart, annotations=()) for chart in reports.COMPARED_LINE.charts),
)


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
            reach = visit.page.get_by_role("button", name="Reach", exact=True)
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
            visit.page.get_by_role("button", name="Reach, Change", exact=True).click()
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


@pytest.mark.parametrize(("width", "most"), [(1440, 660), (390, 350)])
def test_a_subtitle_is_as_wide_as_prose_and_leaves_no_word_alone(
    browser: Browser, tmp_path: Path, width: int, most: int
) -> None:
    """Its last line has two words at least, at any length."""
    path = tmp_path / "page.html"
    report = reports.report(reports.NUMBER)
    for count in range(12, 20):
        told = tuple(replace(section, subtitle="Each visit " * count + "counts.") for section in report.sections)
        path.write_text(page(replace(report, sections=told), "screen"), "utf-8")
        with visited(browser, path.as_uri(), width=width) as visit:
            lead = visit.page.locator(".lead")
            assert lead.evaluate("one => Math.round(one.getBoundingClientRect().width)") == most
            last = """one => { const range = document.createRange(); range.selectNodeContents(one);
              return [...range.getClientRects()].at(-1).width }"""
            assert lead.evaluate(last) > 80
