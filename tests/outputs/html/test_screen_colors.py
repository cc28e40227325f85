"""The colours of a web page: readable by night and as text, and not the only sign of anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.colors import contrast
from reportgen.model import Block, Chart, Column, Series, Table, ToneRule
from reportgen.outputs.html.dark_colors import PAGE
from reportgen.spec.theme import load_theme
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


def test_a_dark_screen_can_be_read(browser: Browser, tmp_path: Path) -> None:
    """Every text of page and charts keeps a contrast of 4.5 on its ground, drawn marks 3, where the system is dark."""
    address = written(tmp_path, reports.NUMBER, COMPARED, reports.PIE, reports.COMPARED_TABLE, reports.TEXT)
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


SERIES = replace(
    reports.LINE,
    charts=(
        Chart(
            "line",
            "date",
            ("2026-10-01", "2026-10-02", "2026-10-03"),
            tuple(Series(f"s{at}", f"Series {at}", reports.COUNT, (at, at * 20, at * 30)) for at in range(4)),
        ),
    ),
)


@pytest.mark.parametrize("name", ["paper", "ink", "terra"])
def test_names_of_series_can_be_read(browser: Browser, tmp_path: Path, name: str) -> None:
    """Text in the colour of a series has the contrast of text, by day and by night; its marks keep their colour."""
    theme = load_theme(name)
    path = tmp_path / "page.html"
    path.write_text(page(replace(reports.report(SERIES), theme=theme), "screen"), "utf-8")
    with visited(browser, path.as_uri()) as visit:
        named = f"main svg:visible text[fill='{theme.colors['c2']}']"
        for dark, ground in ((False, theme.colors["page"]), (True, PAGE["page"])):
            visit.page.emulate_media(color_scheme="dark" if dark else "light")
            _, texts_in, _ = visit.page.evaluate(_PAINTED)
            assert visit.page.locator(named).count() > 0
            assert [one for one in texts_in if contrast(hex_of(one), ground) < 4.5] == []
        visit.page.emulate_media(color_scheme="light")
        stroke = visit.page.locator(f"main svg:visible path[stroke='{theme.colors['c2']}']").first
        assert stroke.evaluate("one => getComputedStyle(one).stroke") == hexadecimal(theme.colors["c2"])


MARKS = """all => all.map((one) => {
  const {backgroundColor, forcedColorAdjust} = getComputedStyle(one);
  return [backgroundColor !== "rgb(255, 255, 255)", forcedColorAdjust];
})"""


def test_a_readers_own_colors_keep_the_marks(browser: Browser, tmp_path: Path) -> None:
    """Bars and signs stay where a system forces its colours, and drawings keep their own."""
    rules = (ToneRule("good", ">=", 50), ToneRule("bad", "<", 50))
    bars = Column("n", "Clicks", "metric", reports.COUNT, (90, 10), bar=True, tones=rules)
    names = Column("d", "Name", "dimension", values=("a", "b"))
    table = replace(reports.TABLE, tables=(Table((names, bars), shown=2, of=2),))
    with visited(browser, written(tmp_path, reports.GOAL, table, COMPARED)) as visit:
        visit.page.emulate_media(forced_colors="active")
        marks = visit.page.locator("td.bar i, .goal .bar i, .sign, .source i").evaluate_all(MARKS)
        drawing = visit.page.locator("main .drawing.desktop")
        assert len(marks) > 5
        assert set(map(tuple, marks)) == {(True, "none")}
        assert drawing.evaluate("one => getComputedStyle(one).forcedColorAdjust") == "none"


def test_good_and_bad_are_words_too(browser: Browser, tmp_path: Path) -> None:
    """Where the arrow alone would mislead, a list and a table say better or worse; a change names its column."""
    costs = Column("c", "CPC", "metric", reports.COUNT, (5, 20), (10, 10), direction="down_is_good")
    names = Column("d", "Name", "dimension", values=("a", "b"))
    table = replace(reports.TABLE, tables=(Table((names, costs), ("both", "both"), shown=2, of=2),))
    cost = replace(reports.CARDS[3].readings[0], label="Cost")
    with visited(browser, written(tmp_path, table, Block("list", "metric_list", readings=(cost,)))) as visit:
        assert [one.split()[-1] for one in visit.texts("td.change")] == ["better", "worse"]
        assert visit.texts(".listed .change")[0].endswith(("better", "worse"))
        assert visit.page.get_by_role("columnheader", name="CPC, Change").count() == 1


def hexadecimal(color: str) -> str:
    """Return `#RRGGBB` as a browser says it."""
    return "rgb({}, {}, {})".format(*(int(color[at : at + 2], 16) for at in (1, 3, 5)))


def hex_of(said: str) -> str:
    """Return what a browser says of a colour as `#RRGGBB`."""
    return "#" + "".join(f"{int(part):02X}" for part in said.removeprefix("rgb(").removesuffix(")").split(","))
