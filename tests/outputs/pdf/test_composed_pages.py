"""Composed pages: what begins them, what stays together, and how much of each stays empty."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from bench.composition import blank_shares, inner_pages
from reportgen.model import Annotation, Block, Chart, PageSetup, Section, Series, Unit
from reportgen.outputs.audit import BLANK, audit
from reportgen.outputs.page.page_composition import MOST_BLANK
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.pdfium import page_sizes, read_pages
from reportgen.outputs.printed import PrintedReport
from tests.outputs import reports
from tests.outputs.pages import texts

if TYPE_CHECKING:
    from reportgen.model import Flow, Paper, Report


@lru_cache(maxsize=8)
def pdf(report: PrintedReport, *, plain: bool = False) -> bytes:
    """Print a report."""
    return render_pdf(report, plain=plain)[0].content


def pages_of(report: Report, *, plain: bool = False) -> dict[str, int]:
    """Return the index of the page of each place of a report's PDF, by its name."""
    found = read_pages(render_pdf(PrintedReport(report), plain=plain)[0].content, top=80, bottom=70)
    return {name: page for name, (page, _) in found.places.items()}


def sections(*blocks: tuple[Block, ...], flow: Flow = "auto") -> Report:
    """Return a report of sections, whose blocks have names of their own."""
    named = [
        tuple(replace(block, name=f"b{number}-{at}") for at, block in enumerate(own))
        for number, own in enumerate(blocks, 1)
    ]
    made = tuple(Section(f"Part {number}", own) for number, own in enumerate(named, 1))
    return replace(reports.report(), sections=made, page=PageSetup(flow=flow))


SHORT, HIGH = (reports.NUMBER,), (reports.LINE, reports.LINE)
FIXED = replace(reports.LINE, height="medium")


def rows(count: int) -> Block:
    """Return a table of so many rows."""
    return replace(reports.LONG_TABLE, tables=(replace(reports.LONG_TABLE.tables[0], shown=count),))


TURNED = replace(reports.TABLE, tables=(replace(reports.TABLE.tables[0], landscape=True),))
FIRST = (reports.TEXT, TURNED)


@pytest.mark.parametrize(("flow", "begun"), [("auto", [1, 1, 2]), ("pages", [1, 2, 3]), ("continuous", [1, 1, 2])])
def test_sections_begin_pages_as_the_author_wants(flow: Flow, begun: list[int]) -> None:
    """A section follows on below a page that would be too empty, and where pages are continuous; else it begins one."""
    places = pages_of(sections(SHORT, HIGH, HIGH, flow=flow))
    assert [places[f"section-{number}"] for number in (1, 2, 3)] == begun


@pytest.mark.parametrize(("flow", "new_page", "begun"), [("auto", True, 2), ("pages", False, 1), ("pages", None, 2)])
def test_a_section_says_itself_whether_it_begins_a_page(*, flow: Flow, new_page: bool | None, begun: int) -> None:
    """`new_page` goes before the flow of the report."""
    report = sections(SHORT, SHORT, flow=flow)
    first, second = report.sections
    made = replace(report, sections=(first, replace(second, new_page=new_page)))
    assert pages_of(made)["section-2"] == begun


def test_a_block_keeps_with_the_next() -> None:
    """A text that says so stands on the page of the chart below it, though the page before has room."""
    chart = replace(reports.LINE, height="tall")
    loose, kept = (
        pages_of(sections((FIXED, replace(reports.TEXT, keep_with_next=keeps), chart))) for keeps in (False, True)
    )
    assert [loose[f"block-b1-{at}"] for at in range(3)] == [1, 1, 2]
    assert [kept[f"block-b1-{at}"] for at in range(3)] == [1, 2, 2]


def test_a_short_table_is_parted_with_three_rows_on_each_side() -> None:
    """Where much of a page would stay empty it splits, its head comes again, and no row is lost."""
    report = sections((FIXED, reports.NUMBER, rows(15)))
    content = pdf(PrintedReport(report))
    counts = [sum(word.startswith("number") for word in page) for page in texts(content)]
    above, below = filter(None, counts)
    assert (above + below, min(above, below) >= 3) == (15, True)
    assert audit(PrintedReport(report), render_pdf(PrintedReport(report))) == ()


def test_a_running_head_names_the_section_that_goes_on() -> None:
    """A page on which a section begins further down has the title of the section at its top."""
    pages = [" ".join(page) for page in texts(pdf(PrintedReport(sections((rows(36),), SHORT, HIGH))))]
    heads = [next(part for part in (1, 2, 3) if f"Padaria Aurora Part {part} October" in page) for page in pages[1:]]
    assert ("Reach 55,645" in pages[2], heads) == (True, [1, 1, 3])


@pytest.mark.parametrize("plain", [False, True])
def test_half_empty_pages_are_named_with_their_next_block(*, plain: bool) -> None:
    """W-BLANK: a break of the author leaves a page too empty; the block that begins the next page is told."""
    report = sections((reports.NUMBER, reports.PAGE_BREAK, reports.LINE))
    files = render_pdf(PrintedReport(report), plain=plain)
    ((code, block),) = [(one.code, one.block) for one in audit(PrintedReport(report), files)]
    assert (code, block) == (BLANK, "b1-2")


def test_a_full_report_has_no_empty_pages() -> None:
    """Cards, charts of all heights, tables, lists and texts in six sections leave no page over a third empty."""
    table = rows(10)
    half = replace(reports.LINE, width=6)
    report = sections(
        (reports.TEXT, *[reports.NUMBER] * 8, replace(reports.LINE, width=8), replace(reports.TEXT, width=4)),
        (table, replace(reports.TABLE, width=6), replace(reports.TABLE, width=6)),
        (*[reports.NUMBER] * 8, half, half, table, table),
        (half, replace(reports.PIE, width=6), reports.HEADING, *[reports.NUMBER] * 4, table),
        (replace(reports.TEXT, width=6), replace(reports.TEXT, width=6)),
        (reports.IMAGE,),
    )
    shares = blank_shares(pdf(PrintedReport(report)))
    assert max(inner_pages(shares)) <= MOST_BLANK
    assert len(shares) <= 8


def test_both_ways_to_print_have_the_same_pages() -> None:
    """The page engine alone breaks as planned, and draws the charts at the planned heights."""
    report = sections((*[reports.NUMBER] * 5, reports.LINE, reports.LINE), HIGH, SHORT)
    assert pages_of(report) == pages_of(report, plain=True)


def test_a_subtitle_is_printed_between_title_and_cards() -> None:
    """The page composition leaves room for the sentence under a title, on a page of its own and below another."""
    report = sections(SHORT, SHORT, flow="continuous")
    words = "The month brought more people, and more of them stayed than in any month of the year before it."
    made = replace(report, sections=tuple(replace(section, subtitle=words) for section in report.sections))
    text = " ".join(word for page in texts(pdf(PrintedReport(made))) for word in page)
    assert text.count(words) == 2


@pytest.mark.parametrize("plain", [False, True])
def test_what_follows_stands_on_the_page_of_a_short_turned_table(*, plain: bool) -> None:
    """A section with a chart that gives way stands below the table, its chart as low as that page needs."""
    places = pages_of(sections(FIRST, (reports.LINE,), (FIXED,), flow="continuous"), plain=plain)
    assert [places[f"block-{name}"] for name in ("b1-0", "b1-1", "b2-0", "b3-0")] == [1, 2, 2, 3]


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize(
    "blocks",
    [(FIRST, (FIXED, reports.NUMBER), (FIXED, FIXED)), ((*FIRST, reports.PAGE_BREAK, FIXED), (FIXED, reports.NUMBER))],
)
def test_pages_stand_upright_again_behind_a_turned_table(locale: str, blocks: tuple[tuple[Block, ...], ...]) -> None:
    """Charts too high to stand below the table begin an upright page, and nothing is outside of it."""
    report = replace(sections(*blocks), locale=locale)
    printed = PrintedReport(report)
    files = render_pdf(printed)
    assert {one.code for one in audit(printed, files)} <= {BLANK}
    upright = [height > width for width, height in page_sizes(files[0].content)]
    assert upright == [True, True, False, *[True] * (len(upright) - 3)]
    assert pages_of(report) == pages_of(report, plain=True)


@pytest.mark.parametrize("plain", [False, True])
def test_the_last_section_is_as_wide_as_its_page(*, plain: bool) -> None:
    """Below a turned table its columns are as wide as the table."""
    report = sections(FIRST)
    found = read_pages(pdf(PrintedReport(report), plain=plain), top=80, bottom=70)
    at, top = found.places["about"]
    page = found.pages[at]
    lefts = [left for left, bottom, _, _ in page.lines if 60 < bottom < top]
    assert (at, page.width > page.height, max(lefts) > 0.6 * page.width) == (2, True, True)


@pytest.mark.parametrize("count", [28, 30, 31])
def test_a_page_break_finds_room_on_a_full_page(count: int) -> None:
    """It needs no room of its own, however much of its page the rows before it take: no page is blank."""
    report = sections((rows(count), reports.PAGE_BREAK, reports.NUMBER))
    printed = PrintedReport(report)
    assert audit(printed, render_pdf(printed)) == ()
    places = pages_of(report)
    assert [places[f"block-b1-{at}"] for at in range(3)] == [1, 1, 2]


def test_a_summary_with_nothing_to_say_takes_no_place() -> None:
    """It leaves no gap and no blank page, and nobody misses it."""
    silent = Block("silent", "summary", "In short")
    report, without = sections((FIXED, silent, FIXED)), sections((FIXED, FIXED))
    printed = PrintedReport(report)
    files = render_pdf(printed)
    assert audit(printed, files) == audit(PrintedReport(without), render_pdf(PrintedReport(without)))
    assert texts(files[0].content) == texts(pdf(PrintedReport(without)))
    tops = [read_pages(pdf(made), top=80, bottom=70).pages[1].lines for made in (printed, PrintedReport(without))]
    assert tops[0] == tops[1]


@pytest.mark.parametrize("paper", ["letter", "slide"])
def test_a_high_chart_stands_below_the_title_of_its_section(paper: Paper) -> None:
    """Rows of many campaigns, and two plots above six remarks, are as high as the paper has room: no title is alone."""
    campaigns, metrics = tuple(f"Campaign {at}" for at in range(14)), ("Clicks", "Leads", "Spend")
    series = [Series(name, name, reports.COUNT, tuple(range(100, 86, -1))) for name in metrics]
    bars = replace(reports.BAR, charts=(Chart("horizontal_bar", "category", campaigns, tuple(series)),))
    line = reports.LINE.charts[0]
    remarks = tuple(Annotation(line.labels[at], f"Remark {at}") for at in range(6))
    money = replace(line.series[0], field="spend", label="Spend", unit=Unit("currency", "BRL"))
    plots = replace(line, series=(line.series[0], money), annotations=remarks)
    half = replace(reports.LINE, width=6, charts=(plots,))
    report = replace(sections((bars,), (half, half)), page=PageSetup(paper=paper, flow="pages"))
    places = pages_of(report)
    assert places["section-1"] == places["block-b1-0"]
    assert places["section-2"] == places["block-b2-0"] == places["block-b2-1"]
    printed = PrintedReport(report)
    assert {one.code for one in audit(printed, render_pdf(printed))} <= {BLANK}


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_the_head_of_a_report_stands_on_the_page_of_its_turned_table(*, locale: str, plain: bool) -> None:
    """Without a cover the names stand over a wide table on a page that is turned with it: no page holds them alone."""
    report = replace(sections((TURNED,), (FIXED,)), cover=None, locale=locale)
    (artifact,) = render_pdf(PrintedReport(report), plain=plain)
    sizes = [width > height for width, height in page_sizes(artifact.content)]
    assert (pages_of(report, plain=plain)["block-b1-0"], sizes) == (0, [True, False])
    assert {one.code for one in audit(PrintedReport(report), [artifact])} <= {BLANK}


@pytest.mark.parametrize("plain", [False, True])
def test_a_row_of_cards_stands_on_the_page_of_the_turned_table_below(*, plain: bool) -> None:
    """So it does below a title that begins a page, which cards alone would leave nearly empty."""
    cards = (reports.NUMBER, reports.NUMBER, TURNED)
    report = sections(cards, cards, flow="pages")
    places = pages_of(report, plain=plain)
    assert [places[f"block-b1-{at}"] for at in range(3)] == [places["section-1"]] * 3 == [1, 1, 1]
    assert [places[f"block-b2-{at}"] for at in range(3)] == [places["section-2"]] * 3 == [2, 2, 2]
    assert [width > height for width, height in page_sizes(pdf(PrintedReport(report), plain=plain))][1:3] == [True] * 2
