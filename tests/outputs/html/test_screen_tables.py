"""The tables of a web page: whole on every screen, filtered, with all of their rows, and scrolled under their heads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from reportgen.model import Column, Table, Unit
from reportgen.outputs.html.screen_parts import screen_parts
from reportgen.outputs.html.web_page import page as web_page
from reportgen.outputs.printed import PrintedReport
from reportgen.periods import Period
from tests.browser import Visit, visited
from tests.outputs import reports
from tests.outputs.html.screen_faults import screen_faults
from tests.outputs.html.written_pages import written
from tests.outputs.pages import page, texts

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from reportgen.model import Block

MONEY = Unit("currency", "BRL")
SEEN = "tbody:not([hidden]):not(.total) > tr:not([hidden]) > th"


def table(name: str, rows: int, metrics: int, shown: int | None = None) -> Block:
    """Return a table of compared metrics with a total, its names in no order, some of them 70 letters long."""
    names = tuple("w" * 70 if at % 9 == 4 else f"Écharpe {at * 7 % rows}" for at in range(rows))
    numbers = tuple(10**12 + at * 7919 % rows for at in range(rows))
    columns = (
        Column("d", "Campaign", "dimension", values=names),
        *(
            Column(f"m{at}", f"Metric {at}", "metric", MONEY if at % 2 else reports.COUNT, numbers, numbers[::-1])
            for at in range(metrics)
        ),
    )
    made = Table(columns, (), ("Total", *[5] * metrics), shown=shown or rows, of=rows)
    return replace(reports.TABLE, name=name, label=f"Table {name}", tables=(made,))


def names(visit: Visit) -> list[str]:
    """Return the names of the rows that are seen, in their order, once all of them are there."""
    visit.page.wait_for_timeout(50)
    return [one[:12] for one in visit.page.locator(SEEN).all_inner_texts()]


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_cells_stay_whole_on_every_screen(browser: Browser, tmp_path: Path, locale: str) -> None:
    """Thirty columns, values of a trillion, names of 70 letters: no text leaves its cell, and no page its window."""
    blocks = (table("a", 9, 2), table("b", 20, 14, shown=8), table("c", 6, 30))
    with visited(browser, written(tmp_path, *blocks, locale=locale)) as visit:
        assert screen_faults(visit.page) == {}


def test_a_head_without_spaces_is_no_tower_of_letters(browser: Browser, tmp_path: Path) -> None:
    """On a phone a Japanese head over narrow figures keeps its words; it had a line for every few letters."""
    names = Column("d", "診療科", "dimension", values=("内科", "小児科"))
    figures = Column("m", "予約", "metric", reports.COUNT, (3, 8), (2, 9))
    rate = Column("r", "無断キャンセル率", "metric", Unit("percent"), (0.1, 0.2))
    week = Period(date(2026, 9, 21), date(2026, 9, 27))
    made = Table((names, figures, rate), ("both", "current"), shown=2, of=2, compared=week)
    with visited(browser, written(tmp_path, replace(reports.TABLE, tables=(made,)), locale="ja"), width=390) as visit:
        assert visit.page.locator("thead tr").evaluate("row => row.clientHeight") < 80


STOPS = """all => all.map((box) => {
  const wide = box.scrollWidth > box.clientWidth + 1, fits = box.classList.contains("fits");
  return [wide || (!fits && box.scrollHeight > box.clientHeight + 1), box.tabIndex >= 0, box.ariaLabel];
})"""


@pytest.mark.parametrize("width", [1440, 390])
def test_only_what_scrolls_is_a_stop(browser: Browser, tmp_path: Path, width: int) -> None:
    """The Tab key stops at a table, by its name, where it has to be scrolled, and nowhere else."""
    with visited(browser, written(tmp_path, table("a", 4, 1), table("b", 20, 14)), width=width) as visit:
        visit.page.wait_for_timeout(50)
        stops = visit.page.locator("main .scroll").evaluate_all(STOPS)
    assert stops[1] == [True, True, "Table b"]
    assert all(scrolls == is_stop for scrolls, is_stop, _ in stops)


SIDES = """box => {
  const table = box.getBoundingClientRect(), text = box.closest(".part").getBoundingClientRect();
  const hidden = box.scrollWidth - box.clientWidth;
  return [Math.round(text.left - table.left), Math.round(table.right - text.right), hidden > 1];
}"""


@pytest.mark.parametrize(("width", "hides"), [(1440, False), (1000, True), (390, True)])
def test_a_table_of_many_columns_takes_the_room_of_a_large_screen(
    browser: Browser, tmp_path: Path, width: int, *, hides: bool
) -> None:
    """It needs more than the text, and goes as far beyond it on both sides; where columns hide, a shade says so."""
    blocks = (table("a", 4, 1), table("b", 9, 5))
    with visited(browser, written(tmp_path, *blocks), width=width) as visit:
        visit.page.wait_for_timeout(50)
        wide = visit.page.locator("main .scroll.ample")
        left, right, hidden = wide.evaluate(SIDES)
        shade = wide.evaluate("box => getComputedStyle(box).backgroundImage")
        assert screen_faults(visit.page) == {}
    assert (hidden, shade != "none") == (hides, hides)
    assert left == right
    assert (left > 0) is not hides


UNDER = """box => {
  box.scrollTo(9e9, 9e9);
  const frame = box.getBoundingClientRect(), table = box.firstElementChild;
  const head = table.tHead.rows[0].cells[0].getBoundingClientRect();
  const at = (x, y) => document.elementFromPoint(x, y).closest("th, td");
  const row = [...table.tBodies[0].rows].at(-1).cells[0].getBoundingClientRect();
  const edge = getComputedStyle(table.tBodies[0].rows[0].cells[0]);
  return {
    corner: at(frame.left + 9, frame.top + 9) === table.tHead.rows[0].cells[0],
    head: at(frame.right - 30, frame.top + 9).parentElement === table.tHead.rows[0],
    name: at(frame.left + 9, row.top + 9).cellIndex, moved: box.scrollLeft > 99 && box.scrollTop > 99,
    edge: edge.borderInlineEndWidth, ground: edge.backgroundColor, stuck: Math.round(head.left - frame.left),
  };
}"""


@pytest.mark.parametrize("width", [1440, 390])
def test_names_and_heads_stay_in_sight(browser: Browser, tmp_path: Path, width: int) -> None:
    """Scrolled to its last cell, a table has its heads above and its names beside, with an edge and nothing through."""
    with visited(browser, written(tmp_path, table("b", 60, 14)), width=width) as visit:
        box = visit.page.locator("main .scroll").first
        box.scroll_into_view_if_needed()
        found = box.evaluate(UNDER)
    assert found == {
        "corner": True, "head": True, "name": 0, "moved": True, "edge": "1px",
        "ground": "rgb(255, 255, 255)", "stuck": 0,
    }  # fmt: skip


@pytest.mark.parametrize("width", [1440, 390])
def test_rows_are_filtered_and_shown(browser: Browser, tmp_path: Path, width: int) -> None:
    """Ten of 47 rows are seen, all by a button; a filter looks in all and hides the total, which is of all rows."""
    with visited(browser, written(tmp_path, table("a", 47, 2, shown=10)), width=width) as visit:
        assert len(names(visit)) == 10
        total, count = visit.page.locator("tbody.total"), visit.page.locator(".count")
        assert (total.is_visible(), count.inner_text()) == (True, "10 of 47, the total of all 47")
        visit.page.get_by_label("Filter").fill("echarpe 4")
        assert sorted(names(visit)) == ["Écharpe 4", *(f"Écharpe {at}" for at in (40, 41, 42, 43, 46))]
        assert (total.is_visible(), visit.page.locator(".filter [role=status]").inner_text()) == (False, "6 of 47")
        visit.page.get_by_label("Filter").fill("")
        visit.page.get_by_role("button", name="Show all 47").click()
        assert (len(names(visit)), total.is_visible(), count.is_visible()) == (47, True, False)
        visit.page.get_by_role("button", name="Show fewer").click()
        assert (len(names(visit)), visit.said) == (10, [])


def test_other_stands_for_the_rows_that_are_not_seen(browser: Browser, tmp_path: Path) -> None:
    """It is the last row, and goes where all rows are shown, some are sought, or others are the printed ones."""
    block = table("a", 20, 1, shown=4)
    summed = replace(block, tables=(replace(block.tables[0], other=("Other (16)", 99)),))
    with visited(browser, written(tmp_path, summed)) as visit:
        assert (len(names(visit)), names(visit)[-1]) == (5, "Other (16)")
        button = visit.page.locator("button.all")
        button.click()
        assert (len(names(visit)), "Other (16)" in names(visit)) == (20, False)
        button.click()
        assert names(visit)[-1] == "Other (16)"
        visit.page.locator(".filter input").fill("écharpe 1")
        assert "Other (16)" not in names(visit)
        visit.page.locator(".filter input").fill("")
        assert names(visit)[-1] == "Other (16)"
        visit.page.get_by_role("button", name="Metric 0").first.click()
        assert (len(names(visit)), "Other (16)" in names(visit)) == (4, False)


def test_the_largest_of_all_rows_come_first(browser: Browser, tmp_path: Path) -> None:
    """An order is that of all rows in the page, of which as many are seen as before."""
    with visited(browser, written(tmp_path, table("a", 47, 1, shown=10))) as visit:
        visit.page.get_by_role("button", name="Metric 0", exact=True).click()
        places = visit.page.locator("tbody:not([hidden]) tr:not([hidden]) td[data-place]:nth-child(2)")
        assert places.evaluate_all("all => all.map((one) => +one.dataset.place)") == list(range(46, 36, -1))


COUNT = f"document.querySelectorAll('{SEEN}').length"


def counted(visit: Visit) -> list[object]:
    """Return how many rows are there of the first table, of how many it says, and the place of its total in them."""
    found: list[object] = visit.page.evaluate(
        f"() => [{COUNT}, document.querySelector('main table').getAttribute('aria-rowcount'),"
        " document.querySelector('main .total tr').getAttribute('aria-rowindex')]"
    )
    return found


def test_a_thousand_rows_come_bit_by_bit(browser: Browser, tmp_path: Path) -> None:
    """A click is answered with a window of rows, of a table that says how many it has; paper has all at once."""
    with visited(browser, written(tmp_path, table("a", 1000, 1))) as visit:
        assert counted(visit) == [1000, None, None]
        visit.page.evaluate("document.querySelector('th button').click()")
        assert counted(visit) == [38, "1002", "1002"]  # 900 pixels of rows that are never less than 24 high
        visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert counted(visit) == [1000, None, None]


@pytest.mark.parametrize("need", ["scroll", "leave", "resize", "search"])
def test_the_other_rows_come_when_the_reader_goes_on(browser: Browser, tmp_path: Path, need: str) -> None:
    """A reader about to sort has the first rows; scrolling, leaving the heads or searching the page brings all back."""
    with visited(browser, written(tmp_path, table("a", 1000, 1))) as visit:
        head = visit.page.get_by_role("button", name="Metric 0", exact=True)
        head.scroll_into_view_if_needed()
        head.hover()
        visit.page.wait_for_function(f"() => {COUNT} === 38")
        match need:
            case "scroll":
                visit.page.mouse.wheel(0, 20)
            case "leave":
                visit.page.mouse.move(5, 5)
            case "resize":
                visit.page.set_viewport_size({"width": 1440, "height": 2000})
            case _:
                visit.page.evaluate("dispatchEvent(new Event('blur'))")
        visit.page.wait_for_function(f"() => {COUNT} === 1000")
        assert counted(visit) == [1000, None, None]


def test_a_file_of_a_table_has_the_rows_that_are_still_to_come(browser: Browser, tmp_path: Path) -> None:
    """The menu of a block saves what the table shows, also where only its first rows are in the page yet."""
    with visited(browser, written(tmp_path, table("a", 1000, 1))) as visit:
        visit.page.evaluate("document.querySelector('th button').click()")
        with visit.page.expect_download() as saving:
            visit.page.evaluate("document.querySelector('.menu .csv').click()")
        assert len(saving.value.path().read_text("utf-8").splitlines()) == 1002


def test_without_a_script_the_page_is_as_printed(browser: Browser, tmp_path: Path) -> None:
    """Ten of 47 rows and the words that say so; tools that need the script are not shown."""
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(written(tmp_path, table("a", 47, 2, shown=10)))
    assert opened.locator(f"{SEEN}:visible").count() == 10
    assert opened.locator("main .sub").first.inner_text() == "10 of 47, the total of all 47"
    assert opened.locator("main :is(button, input):visible").count() == 0
    context.close()


@pytest.mark.parametrize(("rows", "held"), [(500, 500), (501, 12)])
def test_a_page_holds_five_hundred_rows(rows: int, held: int) -> None:
    """A longer table has the rows that are printed, and the way to the workbook where that is written beside it."""
    report = reports.report(table("a", rows, 1, shown=12))
    printed = PrintedReport(report, formats=("html", "xlsx"))
    html = web_page(printed, "screen", screen_parts(printed))
    assert html.count('<th scope="row"') == held + 1
    way = '<a href="padaria-aurora-instagram-2026-10.xlsx">All 501 rows are in the workbook</a>'
    assert (way in html) == (rows > held)
    assert "in the workbook" not in page(report, "screen")


def test_a_browser_prints_a_wide_table_on_its_page(browser: Browser, tmp_path: Path) -> None:
    """Thirty columns are set smaller, so that no page is shrunk for them: the cover still fills its own."""
    with visited(browser, written(tmp_path, table("c", 6, 30))) as visit:
        content = visit.page.pdf(prefer_css_page_size=True, print_background=True)
    with pypdfium2.PdfDocument(content) as document:
        cover = document[0].render(scale=0.5).to_pil().convert("RGB")
    assert cover.getpixel((cover.width - 3, cover.height - 3)) == (0xF3, 0xEE, 0xE3)


def test_a_browser_repeats_the_heads_of_a_table_on_each_of_its_pages(browser: Browser, tmp_path: Path) -> None:
    """Also those that sort its rows on the screen."""
    with visited(browser, written(tmp_path, table("a", 90, 2))) as visit:
        pages = texts(visit.page.pdf(prefer_css_page_size=True, print_background=True))
        assert visit.page.locator("th button").count() > 2
    with_rows = [words for words in pages if words.count("Écharpe") > 3]
    assert len(with_rows) > 1
    assert all("Campaign" in words for words in with_rows)


def test_words_in_place_of_a_change_leave_room_for_names(browser: Browser, tmp_path: Path) -> None:
    """`not in September 2026` breaks where a caption of a post beside it would be cut after two words."""
    captions = tuple(f"{at}: which colour would you choose this season, sand or moss green?" for at in range(4))
    columns = (
        Column("media", "Post", "dimension", values=captions, lines=2),
        *(
            Column(f"m{at}", f"Metric {at}", "metric", reports.COUNT, (8, 7, 6, 5), (None, None, None, 2), bar=not at)
            for at in range(3)
        ),
    )
    made = Table(columns, ("current", "current", "current", "both"), shown=4, of=4)
    with visited(browser, written(tmp_path, replace(reports.TABLE, tables=(made,))), width=768) as visit:
        assert visit.page.locator("tbody th").first.evaluate("one => one.clientWidth") > 0.4 * 672
