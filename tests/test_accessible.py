"""The examples and the gallery for readers who cannot see them: tags, alternative texts, and axe-core's rules."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from reportgen.formatting import format_change, format_value
from reportgen.model import Change, Section, Unit
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.text.alternative_texts import alt_text
from reportgen.outputs.text.chart_data import plotted
from reportgen.outputs.text.chart_labels import label_in_words
from reportgen.outputs.text.period_notes import compared_period
from tests.browser import complaints, visited
from tests.figures import NUMBER, figures_of, foreign_numbers
from tests.gallery.cases import CASES, gallery
from tests.outputs.conformance import ARCHIVED, READ_BY_EVERYBODY, breaches
from tests.outputs.pages import page
from tests.outputs.structure import structure
from tests.shipped_examples import example
from tests.sweeps import swept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from reportgen.connect import AnswerSource
    from reportgen.model import Chart, Number, Report, Series

EXAMPLES = ("instagram", "multichannel", "multichannel.pt-br")
COLORED = ("color-contrast", "link-in-text-block")
COLORS: dict[str, object] = {"runOnly": {"type": "rule", "values": COLORED}}
BUT_COLORS: dict[str, object] = {"rules": {rule: {"enabled": False} for rule in COLORED}}
ALIKE_ROWS = """() => document.querySelectorAll("tbody").forEach((body) => {
    const rows = [...body.rows], look = (row) => row.outerHTML.replace(/>[^<]+</g, ">x<").replace(/[\\d.]+/g, "");
    for (const row of rows.slice(2, -2)) if (look(row) === look(rows[0]) || look(row) === look(rows[1])) row.remove();
})"""
"""Takes out the rows of tables whose marks are those of the first two: they have the same elements and colours."""


@pytest.mark.parametrize("name", swept(EXAMPLES[:1], EXAMPLES[1:]))
def test_an_example_keeps_the_rules_of_both_variants(name: str, api: AnswerSource) -> None:
    """Each example as PDF/UA-1 and as PDF/A-3u breaks no rule that is looked up, and its headings have no jumps."""
    report = example(name, api)
    (accessible,) = render_pdf(PrintedReport(replace(report, pdf_variant="pdf/ua-1")))
    (archived,) = render_pdf(PrintedReport(replace(report, pdf_variant="pdf/a-3u")))
    assert breaches(accessible.content, READ_BY_EVERYBODY) == []
    assert breaches(archived.content, ARCHIVED) == []
    levels = [int(one.kind[1]) for top in structure(accessible.content) for one in top.headings()]
    assert {1, 2} <= set(levels)
    assert all(after - before <= 1 for before, after in pairwise([0, *levels]))


@pytest.mark.parametrize("locale", swept(["en", "ar"], ["pt-BR", "es", "de", "fr", "ja"]))
@pytest.mark.parametrize("name", EXAMPLES)
def test_alternative_texts_hold_the_reports_own_figures(name: str, locale: str, api: AnswerSource) -> None:
    """Each number of each alternative text is printed in the report, or is a total or a change of what is."""
    report = example(name, api, locale)
    figures = figures_of(report)
    charts = [(block.label, chart) for block in report.blocks for chart in block.charts]
    texts = {}
    for label, chart in charts:
        text = alt_text(chart, label, locale, compared_period(report))
        assert foreign_numbers(text, figures | derived(chart, locale)) == [], text
        texts[label, chart.kind] = text
    assert len(texts) == len(charts) > 4
    assert len({text for text in texts.values() if NUMBER.search(text)}) == len(charts)


def derived(chart: Chart, locale: str) -> set[str]:
    """Return the numbers of hours, and those worked out from a chart's values: counts, totals, and changes."""
    texts = [format_value(len(chart.labels), Unit("count"), locale)]
    texts += [label_in_words(chart, label, locale) for label in chart.labels]
    for series in chart.series:
        values = [value for value in series.values if value is not None]
        before = [value for value in series.baseline if value is not None]
        texts.append(moved(values[0], values[-1], series, locale))
        if series.additive:
            texts.append(format_value(sum(values), series.unit, locale))
            texts.append(moved(sum(before), sum(values), series, locale))
    return {number for text in texts for number in NUMBER.findall(text)}


def moved(before: Number, after: Number, series: Series, locale: str) -> str:
    """Return a change as it is printed anywhere."""
    return format_change(Change.between(after, before, series.unit, "neutral"), series.unit, locale)


def test_a_made_up_figure_is_found(api: AnswerSource) -> None:
    """The walk above would fail: another digit is not the report's."""
    report = example("instagram", api, "en")
    chart = next(one for block in report.blocks for one in block.charts if one.kind == "line")
    figures = figures_of(report) | derived(chart, "en")
    highest = max(int(value) for value in chart.series[0].values if value is not None)
    assert foreign_numbers(f"Highest {highest:,} (Oct 29).", figures) == []
    assert foreign_numbers(f"Highest {highest + 1:,} (Oct 29), a rise of 77.7%.", figures) == [
        f"{highest + 1:,}",
        "77.7",
    ]


def test_a_fault_is_found(browser: Browser, tmp_path: Path) -> None:
    """Axe-core runs in these pages at all: a picture without a text is a complaint, however strict their policy."""
    path = tmp_path / "page.html"
    path.write_text(page(replace(gallery(), sections=()), "screen").replace("<main ", '<img src="data:,"><main ', 1))
    with visited(browser, path.as_uri()) as visit:
        assert "image-alt" in " ".join(complaints(visit.page))


def small_gallery(theme: str, *cases: str) -> Report:
    """Return the gallery in some cases alone: others differ in their values, which no rule of axe-core knows."""
    whole = gallery(theme)
    left_out = tuple(f"-{case}" for case in CASES if case not in cases)
    sections = (
        Section(part.title, tuple(block for block in part.blocks if not block.name.endswith(left_out)))
        for part in whole.sections
    )
    return replace(whole, sections=tuple(sections))


@pytest.mark.parametrize(
    ("name", "widths"),
    [
        ("instagram", (1440, 390)),
        ("multichannel", (1440,)),
        ("multichannel.pt-br", (390,)),  # the same blocks
        ("gallery", (1440, 390)),
    ],
)
def test_axe_finds_nothing(
    name: str, widths: tuple[int, ...], browser: Browser, api: AnswerSource, tmp_path: Path
) -> None:
    """Nothing of weight on a wide screen and on a phone, the data of some charts shown; see below for the colours."""
    report = example(name, api) if name in EXAMPLES else small_gallery("paper", "ok", "empty", "failed", "long_labels")
    path = tmp_path / "page.html"
    path.write_text(page(report, "screen"))
    with visited(browser, path.as_uri()) as visit:
        visit.page.locator("details").evaluate_all("all => all.slice(0, 3).forEach((one) => { one.open = true })")
        visit.page.evaluate(ALIKE_ROWS)
        for width in widths:
            visit.page.set_viewport_size({"width": width, "height": 844})
            assert (complaints(visit.page, BUT_COLORS), visit.said) == ([], [])


@pytest.mark.parametrize("name", ["instagram", "paper", "ink", "terra"])
def test_colors_can_be_read(name: str, browser: Browser, api: AnswerSource, tmp_path: Path) -> None:
    """The colours of each theme, and of a whole report, have enough contrast, by day and by night."""
    report = example(name, api) if name in EXAMPLES else small_gallery(name, "ok", "empty", "failed")
    path = tmp_path / "page.html"
    path.write_text(page(report, "screen"))
    with visited(browser, path.as_uri()) as visit:
        visit.page.locator("details").evaluate_all("all => all.slice(0, 3).forEach((one) => { one.open = true })")
        visit.page.evaluate(ALIKE_ROWS)
        found = complaints(visit.page, COLORS)
        visit.page.emulate_media(color_scheme="dark")
        assert found + complaints(visit.page, COLORS) == []


def test_a_color_that_cannot_be_read_is_found(browser: Browser, tmp_path: Path) -> None:
    """The test above is able to fail: the last row of a table of like ones, in a grey that is too light."""
    path = tmp_path / "page.html"
    html = page(small_gallery("paper", "ok"), "screen")
    path.write_text(html.replace("</head>", "<style>tbody tr:last-child td { color: #bbb }</style></head>"))
    with visited(browser, path.as_uri()) as visit:
        visit.page.evaluate(ALIKE_ROWS)
        assert "color-contrast" in " ".join(complaints(visit.page, COLORS))


def test_the_data_stand_behind_each_chart(browser: Browser, api: AnswerSource, tmp_path: Path) -> None:
    """The keyboard opens a chart's data, which are those that are drawn; paper has none of them."""
    report = example("multichannel.pt-br", api)
    path = tmp_path / "page.html"
    path.write_text(page(report, "screen"))
    charts = [chart for block in report.blocks for chart in block.charts if chart.kind != "sparkline"]
    with visited(browser, path.as_uri(), width=390) as visit:
        shown = visit.page.locator(".data table")
        assert shown.count() == len(charts)
        assert not shown.first.is_visible()
        visit.page.locator(".data summary").first.focus()
        visit.page.keyboard.press("Enter")
        assert shown.first.is_visible()
        rows = shown.first.locator("tbody tr").evaluate_all(
            "rows => rows.map((row) => [...row.cells].map((cell) => cell.innerText))"
        )
        assert rows == [list(row) for row in filled(plotted(charts[0], report).rows)]
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("End")
        region = visit.page.locator(".data .scroll").first
        visit.page.wait_for_function("one => one.scrollTop > 0", arg=region.element_handle())
        visit.page.emulate_media(media="print")
        assert not visit.page.locator(".data").first.is_visible()


def filled(rows: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, ...]]:
    """Yield rows with the words that stand in place of what is missing."""
    for row in rows:
        yield tuple(cell or "Sem dados" for cell in row)


def test_the_first_stop_leads_past_the_contents(browser: Browser, api: AnswerSource, tmp_path: Path) -> None:
    """The first Tab is a way to the report itself, seen only then."""
    path = tmp_path / "page.html"
    path.write_text(page(example("multichannel", api), "screen"))
    with visited(browser, path.as_uri()) as visit:
        visit.page.keyboard.press("Tab")
        skip = visit.page.locator(".skip")
        assert visit.page.evaluate("document.activeElement.className") == "skip"
        box = skip.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        visit.page.keyboard.press("Enter")
        assert visit.page.evaluate("document.activeElement.id") == "content"


def test_data_tables_are_not_printed(api: AnswerSource) -> None:
    """What the page engine lays out holds no data of charts: they would cost it time, and paper cannot fold."""
    report = example("instagram", api, "en")
    assert ["Show the data" in page(report, medium) for medium in ("screen", "print")] == [True, False]
