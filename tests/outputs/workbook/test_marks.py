"""What marks cells by their values, is said by signs too, and is kept quiet; and how sheets are printed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from reportgen.model import Block, Column, Direction, Series, Table, ToneRule, Unit
from reportgen.outputs.workbook.marked_formats import signed_format, toned_format
from reportgen.outputs.workbook.print_layout import PrintLayout, print_layout, widths_on_a_page
from tests.gallery.cases import chart_block
from tests.outputs.reports import COUNT, GOAL, LINE, NUMBER, TABLE, TWICE, report
from tests.outputs.workbook.reading import HEAD, opened, written

NAMES = Column("a", "A", "dimension", Unit("text"), ("x", "y", "z"))


def block(*columns: Column) -> Block:
    """Return a compared table of three rows."""
    return replace(TABLE, label="Rows", tables=(Table((NAMES, *columns), ("both",) * 3, shown=3, of=3),))


def part(made: Block, name: str = "xl/worksheets/sheet2.xml") -> str:
    """Return the text of a part of a workbook: by default the first sheet behind the summary."""
    with ZipFile(BytesIO(written(report(made)))) as packed:
        return packed.read(name).decode()


@pytest.mark.parametrize(
    ("judged", "code"),
    [
        ("up_is_good", '"▲ "+#,##0;"▼ "-#,##0;#,##0'),
        ("down_is_good", '"▲ "+#,##0" worse";"▼ "-#,##0" better";#,##0'),
        ("neutral", "+#,##0;-#,##0;#,##0"),
    ],
)
def test_a_judged_change_has_an_arrow(judged: Direction, code: str) -> None:
    """Its colour is not all that tells good from bad: a word stands where the arrow alone would mislead."""
    column = Column("b", "B", "metric", COUNT, (5, 3, 4), (4, 4, 4), direction=judged)
    formats = [cell.number_format for cell in opened(report(block(column)))["Rows"]["D"][HEAD:]]
    assert formats == [code, code, "+#,##0;-#,##0;#,##0"]


def test_a_change_within_the_band_has_no_arrow() -> None:
    """It has no colour either."""
    column = Column("b", "B", "metric", COUNT, (101, 150, 100), (100, 100, 100), direction="up_is_good", band=0.02)
    formats = [cell.number_format for cell in opened(report(block(column)))["Rows"]["D"][HEAD:]]
    assert [code.startswith('"▲') for code in formats] == [False, True, False]


def test_signs_keep_the_rest_of_a_format() -> None:
    """Suffixes, minuses in places of their own, conditions and durations stay as they are."""
    assert signed_format('"€ "#,##0;"€ "-#,##0', "", "up_is_good", "nl") == '"▲ "+"€ "#,##0;"▼ ""€ "-#,##0;"€ "#,##0'
    assert toned_format('[<=0]0.0%;[<0.0005]"<0.1%";0.0%', "bad") == '[<=0]"✗ "0.0%;[<0.0005]"✗ ""<0.1%";"✗ "0.0%'
    assert toned_format('[m]"m "s"s"', "good") == '"✓ "[m]"m "s"s"'


def test_a_value_past_a_limit_has_a_sign() -> None:
    """Good, to be watched and bad are told apart without colours."""
    rules = (ToneRule("bad", "<", 2), ToneRule("warn", "<", 4), ToneRule("good", ">=", 4))
    column = Column("b", "B", "metric", COUNT, (5, 3, 1), tones=rules)
    formats = [cell.number_format for cell in opened(report(block(column)))["Rows"]["B"][HEAD:]]
    assert formats == ['"✓ "#,##0', '"! "#,##0', '"✗ "#,##0']


@pytest.mark.parametrize(
    ("values", "least"),
    [((5, 3, 0), '<x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo>'), ((5, -3, 0), '<x14:cfvo type="min"/>')],
)
def test_bars_begin_at_zero_and_are_solid(values: tuple[int, ...], least: str) -> None:
    """Their length is their value's, from nothing to the whole cell; values below zero run the other way."""
    sheet = part(block(Column("b", "B", "metric", COUNT, values, bar=True)))
    assert 'minLength="0" maxLength="100" gradient="0"' in sheet
    assert f'{least}<x14:cfvo type="max"/>' in sheet
    assert "<xm:sqref>B5:B7</xm:sqref>" in sheet


def test_a_map_colours_values_alone() -> None:
    """One scale covers the columns of the values, not those of compared values and changes."""
    made = chart_block("heatmap", "ok")
    (chart,) = made.charts
    series = tuple(replace(each, baseline=each.values) for each in chart.series[:2])
    days = replace(chart, series=series, baseline_labels=chart.labels)
    (area,) = re.findall('<conditionalFormatting sqref="([^"]*)">', part(replace(made, charts=(days,))))
    assert [place[0] for place in area.split()] == ["B", "F"]


def test_no_green_triangle_stands_beside_an_id() -> None:
    """Excel is told that ids are texts on purpose, and that some changes have no formula."""
    sheet = part(block(Column("b", "B", "metric", COUNT, (10**16, 2, 3), (1, 0, 2))))
    assert '<ignoredError sqref="A4:E8" numberStoredAsText="1" calculatedColumn="1" formula="1"' in sheet


def test_lines_of_a_cell_stay_lines() -> None:
    """A break is kept, and the cell wraps and is as high as its lines."""
    two = replace(NAMES, values=("first\nsecond", "y", "z"))
    table = Table((two, Column("b", "B", "metric", COUNT, (1, 2, 3))), shown=3, of=3)
    sheet = opened(report(replace(TABLE, label="Rows", tables=(table,))))["Rows"]
    assert sheet["A5"].value == "first\nsecond"
    assert (sheet["A5"].alignment.wrap_text, sheet.row_dimensions[5].height) == (True, 30)


@pytest.mark.parametrize(
    ("widths", "chart", "layout"),
    [
        ([20] * 3, 0, PrintLayout(landscape=False)),
        ([20] * 9, 0, PrintLayout(landscape=True)),
        ([20] * 4, 16, PrintLayout(landscape=True)),
        ([20] * 8, 16, PrintLayout(landscape=True, scale=73, chart_apart=True)),
        ([20] * 15, 0, PrintLayout(landscape=True, scale=73, several=True)),
    ],
)
def test_print_is_never_below_eight_points(widths: list[int], chart: float, layout: PrintLayout) -> None:
    """A sheet is as wide as a page where that is readable; else its chart begins a page, or a row takes several."""
    assert print_layout(widths, chart, "a4") == layout


def test_a_wide_sheet_repeats_its_names_on_every_page() -> None:
    """The heading and the first column stand on each page of a row that takes several."""
    columns = (Column(f"m{at}", f"A metric with a long name {at}", "metric", COUNT, (1, 2, 3)) for at in range(30))
    sheet = opened(report(block(*columns)))["Rows"]
    assert (sheet.print_title_rows, sheet.print_title_cols, sheet.page_setup.scale) == ("$4:$4", "$A:$A", 73)


def test_a_wide_summary_repeats_the_names_of_its_numbers_on_every_page() -> None:
    """Sections and numbers keep their lines where two comparisons and goals take a page more, and stand on both."""
    goal = replace(TWICE.readings[0], unit=Unit("currency", "BRL"), value=10**12, goal=GOAL.readings[0].goal)
    goal = replace(goal, baseline=10**12, further=(replace(goal.further[0], baseline=10**12),))
    number = replace(TWICE, label="Cost of each new registration in all channels", readings=(goal,))
    sheet = opened(report(number))["Summary"]
    assert (sheet.print_title_cols, sheet.column_dimensions["B"].width) == ("$A:$B", 45 + 4)


def test_ten_figures_stand_on_a_page() -> None:
    """Five compared metrics beside names of three dozen letters print without a second page for the last."""
    labels = ("Impressions", "Clicks", "Conversions", "Spend", "Revenue")
    columns = (Column(label, label, "metric", COUNT, (1, 2, 3), (1, 2, 3)) for label in labels)
    table = Table((replace(NAMES, values=("x" * 36, "y", "z")), *columns), ("both",) * 3)
    setup = opened(report(replace(TABLE, label="Rows", tables=(table,))))["Rows"].page_setup
    assert (setup.orientation, setup.fitToWidth) == ("landscape", 1)


@pytest.mark.parametrize(("days", "pages"), [(31, 1), (90, 0)])
def test_a_month_of_days_stands_on_a_page(days: int, pages: int) -> None:
    """Rows share a page with their chart where they stay readable, and take as many as they need elsewhere."""
    made = chart_block("line", "ok")
    labels = tuple((date(2026, 1, 1) + timedelta(at)).isoformat() for at in range(days))
    series = (replace(made.charts[0].series[0], values=(1,) * days, baseline=()),)
    chart = replace(made.charts[0], labels=labels, series=series, baseline_labels=())
    sheet = opened(report(replace(made, charts=(chart,)))).worksheets[1]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, pages)


def test_the_chart_of_the_summary_is_on_its_page() -> None:
    """The page of the summary is as wide as what stands on it, of which the chart sticks out."""
    setup = opened(report(replace(NUMBER, label="Accounts reached by every single post"), LINE))["Summary"].page_setup
    assert setup.orientation == "landscape"


def test_a_title_of_the_summary_stands_on_a_line() -> None:
    """A column is as wide as titles of up to some fifty letters where a page has room for it."""
    sheet = opened(report(replace(LINE, label="x" * 46)))["Summary"]
    assert (sheet.column_dimensions["B"].width, sheet.page_setup.fitToWidth) == (46 + 4, 1)


@pytest.mark.parametrize(
    ("widths", "fitted"),
    [
        ((50, 60, 30), (50, 60, 30)),
        ((50, 90, 120), (50, 76, 76)),
        ((20,) * 12, (20,) * 12),
        ((44, 33, *(16,) * 11), (44, 33, *(16,) * 11)),
    ],
)
def test_the_widest_columns_share_what_a_page_has(widths: tuple[int, ...], fitted: tuple[int, ...]) -> None:
    """Narrow columns keep their width, and all do where a page has no room for them at twenty characters."""
    assert widths_on_a_page(widths, "a4") == fitted


def test_buttons_of_filters_are_clear_of_headings() -> None:
    """A heading that ends at the right keeps away from the button, and its column has room for both."""
    sheet = opened(report(block(Column("b", "Unforgettable", "metric", COUNT, (1, 2, 3)))))["Rows"]
    assert (sheet["B4"].alignment.horizontal, sheet["B4"].alignment.indent) == ("right", 2)
    assert sheet.column_dimensions["B"].width >= len("Unforgettable") + 5


def test_a_chart_beside_a_wide_table_begins_a_page() -> None:
    """It is not cut in two by the edge of a page."""
    series = tuple(Series(f"m{at}", f"Metric {at}", COUNT, (1, 2), (2, 1)) for at in range(5))
    made = chart_block("line", "ok")
    chart = replace(made.charts[0], labels=("a", "b"), label_type="category", series=series, baseline_labels=("a", "b"))
    sheet = part(replace(made, charts=(chart,)))
    assert re.search(rf'<colBreaks[^>]*><brk [^>]*id="{1 + 4 * 5}"', sheet)
