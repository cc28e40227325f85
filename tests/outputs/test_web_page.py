"""The page in Chromium, as its reader has it: values told, tables put in order, nothing asked of a network."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Column, Table
from reportgen.outputs.html import page
from tests.browser import Visit, launched, visited
from tests.outputs import reports

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


@pytest.mark.parametrize("width", WIDTHS)
def test_a_chart_tells_its_values_to_the_keyboard(browser: Browser, tmp_path: Path, width: int) -> None:
    """One stop of the Tab key a chart; the arrow keys go through its values, which are the report's own."""
    with visited(browser, written(tmp_path, COMPARED), width=width) as visit:
        places = visit.page.locator(".points:visible > *")
        labels = COMPARED.charts[0].labels
        assert places.count() == len(labels)
        assert [one.get_attribute("tabindex") for one in places.all()] == ["0", *["-1"] * (len(labels) - 1)]
        places.first.focus()
        visit.page.keyboard.press("ArrowRight")
        assert told(visit) == places.nth(1).get_attribute("aria-label")
        visit.page.keyboard.press("End")
        assert told(visit) == places.last.get_attribute("aria-label")
        assert (visit.said, len(visit.asked)) == ([], 1)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("block", [COMPARED, reports.PIE], ids=lambda block: block.charts[0].kind)
def test_what_is_told_stays_in_the_window(browser: Browser, tmp_path: Path, width: int, block: Block) -> None:
    """Nothing that opens under the pointer makes the page wider than its window."""
    with visited(browser, written(tmp_path, block), width=width) as visit:
        for place in visit.page.locator(".points:visible > *").all():
            place.hover(force=True)
            assert place.evaluate("one => getComputedStyle(one, '::after').content") not in {"none", "normal"}
            assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_values_are_told_as_the_report_writes_them() -> None:
    """A place names its day, the value and the compared one, each in the report's locale."""
    html = page(reports.report(COMPARED, locale="pt-BR"), "screen")
    assert html.count('<div class="points"') == 2
    assert 'aria-label="1 de out.&#10;' in html


def test_paper_tells_no_values() -> None:
    """What is printed has no places to point at, and no script."""
    html = page(reports.report(COMPARED), "print", {})
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
    return visit.texts("tbody td:first-child")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_table_sorts_by_its_heads(browser: Browser, tmp_path: Path, width: int) -> None:
    """By number, then by words without regard to accents; what is missing stays below, and the total last."""
    with visited(browser, written(tmp_path, RANKED), width=width) as visit:
        before = first_column(visit)
        assert before == ["écharpe", "Zebra", "apple", "Éclair", "Total"]
        reach = visit.page.get_by_role("button", name="Reach")
        reach.click()
        assert first_column(visit) == ["apple", "écharpe", "Éclair", "Zebra", "Total"]
        assert visit.page.locator("[aria-sort]").evaluate_all("all => all.map(one => one.ariaSort)") == ["descending"]
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
    assert opened.locator("tbody td:first-child").all_inner_texts() == ["écharpe", "Zebra", "apple", "Éclair", "Total"]
    opened.locator(".points:visible > *").first.hover()
    context.close()
