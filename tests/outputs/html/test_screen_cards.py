"""The cards of a web page: figures stay whole and in line on every screen, and no card is left alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Block, Change, Reading, Unit
from tests.browser import visited
from tests.outputs import reports
from tests.outputs.html.screen_faults import screen_faults
from tests.outputs.html.written_pages import written
from tests.outputs.pages import page, texts

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from reportgen.model import Number

MONEY = Unit("currency", "BRL")


def card(name: str, value: Number, width: int, unit: Unit = reports.COUNT) -> Block:
    """Return a card with a compared value and a sparkline."""
    return replace(
        reports.NUMBER, name=name, width=width, readings=(Reading("f", unit, value, baseline=round(value / 3)),)
    )


SECONDS = Unit("seconds")
DURATIONS = tuple(
    replace(
        reports.NUMBER,
        name=f"t{value}",
        width=2,
        new_row=value == 3820,
        readings=(Reading("f", SECONDS, value, baseline=100, change=Change.between(value, 100, SECONDS, "neutral")),),
    )
    for value in (3820, 7480, 11_220, 14_960)
)
GOAL = reports.GOAL.readings[0].goal
CROWDED = (
    *(card(f"a{at}", value, 2) for at, value in enumerate((1_234_567_890_123, 5, 1_234_567_890_123, 6))),
    replace(card("b0", 1_234_567_890_123.12, 3, MONEY), new_row=True),
    card("b1", 4300, 6, Unit("seconds")),
    replace(card("b2", 7, 3), label="A label of so many words that it takes two lines", notes=("A note.", "Another.")),
    *(replace(card(f"c{at}", 1_234_567.89, 4, MONEY), new_row=not at) for at in range(3)),
    replace(card("d", 10**17 + 7, 3), label="x" * 70, new_row=True),
    *reports.CARDS[:4],
    reports.TWICE,
    replace(reports.TWICE, name="wide", width=8),
    reports.NO_DATA,
    reports.GOAL,
    *DURATIONS,
)


@pytest.mark.parametrize("locale", ["en", "ar", "de"])
def test_figures_stay_whole_on_every_screen(browser: Browser, tmp_path: Path, locale: str) -> None:
    """A trillion in two columns, cards of unlike widths, a long label: nothing breaks, leaves its card or is alone."""
    path = tmp_path / "page.html"
    path.write_text(page(reports.report(*CROWDED, locale=locale), "screen"), "utf-8")
    with visited(browser, path.as_uri()) as visit:
        assert screen_faults(visit.page) == {}


def test_a_figure_that_breaks_is_found(browser: Browser, tmp_path: Path) -> None:
    """The test above can fail: with print's sizes, a value of a narrow card breaks on a phone."""
    path = tmp_path / "page.html"
    html = page(reports.report(*CROWDED), "screen")
    path.write_text(
        html.replace("</head>", "<style>.value bdi { font-size: 28px; white-space: normal }</style></head>")
    )
    with visited(browser, path.as_uri()) as visit:
        assert "a figure breaks" in " ".join(screen_faults(visit.page)[390])


SHARED = """row => [".label", ".value", ".previous"].map((part) =>
  new Set([...row.querySelectorAll(part)].map((one) => Math.round(one.getBoundingClientRect().top))).size)"""
"""In how many lines the parts of a row's cards begin."""


def test_cards_of_a_row_stand_in_line(browser: Browser, tmp_path: Path) -> None:
    """Their values and compared values begin in a line of their own, however many lines a label takes, at one size."""
    long = replace(card("b", 5, 3), label="A label of so many words that it takes two or three lines")
    path = tmp_path / "page.html"
    path.write_text(page(reports.report(card("a", 1_234_567, 3), long, card("c", 7, 3)), "screen"), "utf-8")
    with visited(browser, path.as_uri()) as visit:
        row = visit.page.locator(".row.number")
        assert row.evaluate(SHARED) == [1, 1, 1]
        sizes = row.locator(".value bdi").evaluate_all("all => all.map((one) => getComputedStyle(one).fontSize)")
        assert len(set(sizes)) == 1


def test_second_comparisons_of_a_row_stand_in_line(browser: Browser, tmp_path: Path) -> None:
    """In two lines more, and goals and small lines below them, also of a card that has a single comparison."""
    goal = replace(reports.TWICE, name="goal", readings=(replace(reports.TWICE.readings[0], goal=GOAL),))
    path = tmp_path / "page.html"
    path.write_text(page(reports.report(reports.TWICE, goal, reports.GOAL, reports.CARDS[0]), "screen"), "utf-8")
    with visited(browser, path.as_uri()) as visit:
        row = visit.page.locator(".row.number")
        assert row.evaluate(SHARED) == [1, 1, 2]
        tops = "all => all.map((one) => Math.round(one.getBoundingClientRect().top))"
        (goals,) = set(row.locator(".goal").evaluate_all(tops))
        (slots,) = set(row.locator(".slot").evaluate_all(tops))
        lowest = max(row.locator(".previous").evaluate_all(tops))
        assert lowest < slots < goals


@pytest.mark.parametrize("width", [390, 1440])
def test_values_side_by_side_have_one_size(browser: Browser, tmp_path: Path, width: int) -> None:
    """Also where the author's cards are of different widths, which are as wide as one another on a phone."""
    path = tmp_path / "page.html"
    path.write_text(page(reports.report(card("a", 1_234_567, 4), card("b", -98_765.4, 3, MONEY)), "screen"), "utf-8")
    with visited(browser, path.as_uri(), width=width) as visit:
        sizes = visit.page.locator(".value bdi").evaluate_all("all => all.map((one) => getComputedStyle(one).fontSize)")
        assert len(set(sizes)) == 1


def test_a_list_of_two_comparisons_begins_at_one_edge_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    """Where its texts are too wide to stand beside one another, values and changes stand below their names."""
    cost = replace(reports.TWICE.readings[0], value=123_456_789_012.34, unit=MONEY, label="Cost of new registrations")
    reading = replace(cost, further=(replace(cost.further[0], baseline=98_765_432.1),))
    block = Block("list", "metric_list", readings=(reading,), width=12)
    with visited(browser, written(tmp_path, block), width=390) as visit:
        edges = "all => all.map((one) => Math.round(one.getClientRects()[0].left))"
        inner = visit.page.locator(".listed.phone-stack :is(dt, dd > b, .further > .change)")
        assert inner.count() == 3
        assert set(inner.evaluate_all(edges)) == {20}


PLACES = """all => {
  const boxes = all.map((one) => one.getBoundingClientRect()), [left, top] = [boxes[0].left, boxes[0].top];
  const lines = [...new Set(boxes.map((box) => box.top))];
  return boxes.map((box) => [lines.indexOf(box.top), Math.round(box.left - left)]);
}"""
"""Of each card the number of its line, and how far it stands from the first."""


@pytest.mark.parametrize(
    ("width", "places"),
    [
        (390, [(line, at * 183) for line in range(3) for at in range(2)]),
        (1440, [(0, 0), (0, 301), (0, 603), (1, 0), (1, 301), (2, 0)]),
    ],
)
def test_rows_of_cards_fill_the_lines_of_a_phone(
    browser: Browser, tmp_path: Path, width: int, places: list[tuple[int, int]]
) -> None:
    """Two rows of three are three lines of two there, and rows that are not full stay rows on wide screens."""
    cards = [card(name, 1234, 4) for name in "abcdef"]
    cards[-1] = replace(cards[-1], new_row=True)
    with visited(browser, written(tmp_path, *cards), width=width) as visit:
        assert [tuple(place) for place in visit.page.locator(".block.number").evaluate_all(PLACES)] == places


def test_a_browser_prints_cards_on_each_page(browser: Browser, tmp_path: Path) -> None:
    """Rows of cards that the rest of a page has no room for break between rows, and leave it no blank."""
    cards = [card(f"card{at}", 1000 + at, 3) for at in range(48)]
    with visited(browser, written(tmp_path, reports.TEXT, *cards)) as visit:
        pages = texts(visit.page.pdf(prefer_css_page_size=True))
    first = next(text for text in pages if "autumn" in text)
    assert [f"{1000 + at:,}" in first for at in (0, 3, 47)] == [True, True, False]
