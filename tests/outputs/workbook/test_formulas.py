"""Changes and totals of the workbook: live formulas with their results, which another program computes the same."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from reportgen import build_report, load_spec
from reportgen.connect.live_answers import live_answers
from reportgen.model import Block, Change, Chart, Column, Reading, Series, Table, Unit
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.workbook import render_workbook
from reportgen.outputs.workbook.sheets import sheets_of
from reportgen.sandbox.sandbox_server import running_sandbox
from tests.machine import office
from tests.outputs.reports import COUNT, FULL, NUMBER, TABLE, compared_report, report
from tests.outputs.workbook.libreoffice import SHOWN, cells, differing, recalculate
from tests.outputs.workbook.reading import HEAD, column, opened
from tests.shipped_examples import example

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

    from reportgen.model import Report
    from tests.outputs.workbook.libreoffice import Cells

PERCENT = Unit("percent")
NAMES = Column("post", "Post", "dimension", Unit("text"), ("a", "b", "c", "d"))
CLICKS = Column("clicks", "Clicks [all] @ #1", "metric", COUNT, (10, 0, None, 7), (8, 5, 4, 0), additive=True)
SPEND = Column("cost", "Cost", "metric", Unit("currency", "EUR"), (0.1, 0.2, 0.3, 1.5), additive=True)
CTR = Column("ctr", "CTR", "metric", PERCENT, (0.1125, 0.2, None, 0.3), (0.1, 0.25, 0.1, 0.3))
TIMES = Column("t", "Time", "metric", Unit("seconds"), (30, 90, 0.36, 1), (60, 60, 1, 1))
LONG = (1_234_567_890_123_456, 1, 2, 3)
BOTH = ("both",) * 4
FALLEN = Column("d", "Delay", "metric", Unit("milliseconds"), (-4, 640, 4, 1), (3, 70_000, 640, 1))


def number(value: float, before: float, unit: Unit) -> Block:
    """Return a number block with a comparison."""
    change = Change.between(value, before, unit, "down_is_good")
    return replace(NUMBER, readings=(Reading("f", unit, value, baseline=before, change=change),))


TINY = (
    number(18, 36, Unit("seconds")),
    number(0.0004, 0.0005, PERCENT),
    number(4, 640, Unit("milliseconds")),
    number(100_001, 100_000, COUNT),
)


def block(*columns: Column, total: tuple[object, ...] | None = None) -> Block:
    """Return a table of four rows."""
    table = Table(columns, BOTH, total=total, shown=4, of=4)  # type: ignore[arg-type] # values of cells
    return replace(TABLE, label="Rows", tables=(table,))


def formulas_of(made: Report) -> Workbook:
    """Read a workbook back: its formulas."""
    return opened(made, results=False)


def test_current_previous_difference_and_percent() -> None:
    """Each stands in a column of its own; a percentage of nothing, and of what is missing, is blank."""
    made = report(block(NAMES, CLICKS))
    name = CLICKS.label
    assert column(formulas_of(made)["Rows"], f"{name} (change)") == ["=B5-C5", "=B6-C6", None, "=B8-C8"]
    assert column(opened(made)["Rows"], f"{name} (change)") == [2, -5, None, 7]
    percent = column(formulas_of(made)["Rows"], f"{name} (change %)")
    assert percent == [
        '=IF(OR(C5<=0,B5<0,B5>11*C5),"",(B5-C5)/C5)',
        '=IF(OR(C6<=0,B6<0,B6>11*C6),"",(B6-C6)/C6)',
        None,
        None,
    ]
    assert column(opened(made)["Rows"], f"{name} (change %)") == [0.25, -1, None, None]


def test_rates_move_in_points() -> None:
    """A rate has no percentage of a percentage, as on the page."""
    made = report(block(NAMES, CTR))
    heads = [cell.value for cell in formulas_of(made)["Rows"][HEAD]]
    assert heads == ["Post", "CTR", "CTR (previous)", "CTR (change, pp)"]
    assert column(formulas_of(made)["Rows"], "CTR (change, pp)")[0] == "=(B5-C5)*100"
    assert column(opened(made)["Rows"], "CTR (change, pp)") == [1.25, -5, None, 0]


def test_a_change_of_durations_is_in_seconds() -> None:
    """Excel prints no negative time: a difference is a number of seconds, and its percentage needs no difference."""
    sheet = formulas_of(report(block(NAMES, TIMES)))["Rows"]
    assert column(sheet, "Time (change)") == ["=(B5-C5)*86400", "=(B6-C6)*86400", "=(B7-C7)*86400", "=(B8-C8)*86400"]
    assert column(sheet, "Time (change %)")[0] == '=IF(OR(C5<=0,B5<0,B5>11*C5),"",(B5-C5)/C5)'
    assert sheet["D5"].number_format == '+#,##0"s";-#,##0"s";#,##0"s"'
    assert sheet["D7"].number_format == '+#,##0.00"s";-#,##0.00"s";#,##0.00"s"'
    results = opened(report(block(NAMES, TIMES)))["Rows"]
    assert column(results, "Time (change)") == [-30, 30, pytest.approx(-0.64), 0]


def test_a_change_that_is_not_nothing_says_so() -> None:
    """A small change has decimals of its own, unless its author chose them; so has a small goal's progress."""
    clicks = replace(CLICKS, values=(500_001, 10, 3, 1), baseline=(500_000, 8, 10_000, 1))
    ctr = replace(CTR, values=(0.0499, 0.2, 0.3, 0.1), baseline=(0.05, 0.25, 0.1, 0.3))
    sheet = formulas_of(report(block(NAMES, clicks, ctr)))["Rows"]
    assert [sheet[place].number_format.partition(";")[0] for place in ("E5", "E6", "E7", "H5", "H6")] == [
        "+#,##0.0000%",
        "+#,##0.0%",
        "+#,##0.00%",
        "+#,##0.00",
        "+#,##0.0",
    ]
    own = formulas_of(report(block(NAMES, replace(ctr, unit=Unit("percent", decimals=1)))))["Rows"]
    assert own["D5"].number_format.startswith("+#,##0.0;")


def test_numbers_that_excel_cannot_hold_have_no_formulas() -> None:
    """Integers of 16 digits are text, which sums leave out and differences would cut."""
    views = replace(CLICKS, label="Views", values=LONG, baseline=(5, 6, 7, 8))
    sheet = formulas_of(report(block(NAMES, views, total=("Total", sum(LONG)))))["Rows"]
    assert column(sheet, "Views") == [str(LONG[0]), 1, 2, 3, str(sum(LONG))]
    assert column(sheet, "Views (change)")[:2] == [str(LONG[0] - 5), "=B6-C6"]
    near = replace(views, values=(LONG[0], 1, 2, 3), baseline=(LONG[0] - 1, 1, 2, 3))
    assert column(formulas_of(report(block(NAMES, near)))["Rows"], "Views (change)")[:2] == [1, "=B6-C6"]


def test_a_total_that_is_the_sum_is_a_formula() -> None:
    """It follows the filters of its table; the sum of cents is the API's to the cent, not to the last digit."""
    made = report(block(NAMES, CLICKS, SPEND, CTR, total=("Total", 17, 2.1, 0.2)))
    formulas, results = formulas_of(made)["Rows"], opened(made)["Rows"]
    assert str(formulas["B9"].value).startswith("=SUBTOTAL(109,")
    assert str(formulas["B9"].value).endswith("[[Clicks '[all'] '@ '#1]])")
    assert str(formulas["F9"].value).endswith("[[Cost]])")
    assert formulas["G9"].value == 0.2, "a rate does not add up"
    assert (results["B9"].value, results["F9"].value) == (17, pytest.approx(2.1))


SPEC = """
version: 1
title: T
sources: {ads: {integration: google_ads}}
sections:
  - title: S
    source: ads
    blocks:
      - {name: own, label: Own, reference_key: "x:own", component: datatable_v1, metrics: [metrics.clicks],
         dimensions: [campaign]}
      - {name: told, label: Told, additive: true, reference_key: "x:told", component: datatable_v1, metrics: [orders],
         dimensions: [campaign]}
"""
ANSWER = [["a", 10], ["b", 20], ["Total", 30]]


def test_live_totals_of_prefixed_and_of_the_author_s_metrics(tmp_path: Path) -> None:
    """`metrics.clicks` adds up as clicks do, and a metric that nobody knows where its author says so."""
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "answers.json").write_text(json.dumps({name: {"values": ANSWER} for name in ("own", "told")}))
    made = build_report(load_spec(tmp_path / "spec.yaml"), answers=tmp_path / "answers.json", as_of=date(2026, 11, 3))
    book = formulas_of(made)
    assert [str(book[name]["B7"].value).partition("(")[0] for name in ("Own", "Told")] == ["=SUBTOTAL"] * 2


def test_a_total_of_endless_digits_is_a_number() -> None:
    """A sum of more than 15 digits would lose its last ones: the total is the source's own, as text."""
    views = replace(CLICKS, label="Views", values=(9 * 10**14, 9 * 10**14, 0, 1), baseline=())
    sheet = formulas_of(report(block(NAMES, views, total=("Total", 18 * 10**14 + 1))))["Rows"]
    assert sheet["B9"].value == str(18 * 10**14 + 1)


def test_a_total_that_is_not_the_sum_says_so() -> None:
    """The API's own total stands, and a note says what the rows come to."""
    cell = formulas_of(report(block(NAMES, CLICKS, total=("Total", 99))))["Rows"]["B9"]
    assert cell.value == 99
    assert cell.comment is not None
    assert "add up to 17" in cell.comment.text


def test_rows_on_several_sheets_have_the_totals_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """A total of rows that one sheet cannot hold is no sum of one sheet."""
    monkeypatch.setattr("reportgen.outputs.workbook.sheets_of", partial(sheets_of, most_rows=3))
    book = formulas_of(report(block(NAMES, CLICKS, total=("Total", 17))))
    assert book["Rows (2)"]["B6"].value == 17


def test_incomplete_weeks_have_no_change() -> None:
    """In the sheet of a table and in that of a chart's data, whichever period has them in part."""
    names, before = ("2026-W40", "2026-W41", "2026-W44"), ("2026-W36", "2026-W37", "2026-W40")
    weeks = Column("week", "Week", "dimension", Unit("text"), names, before, cut=(2,), baseline_cut=(0,))
    values, compared = (400, 700, 600), (600, 700, 300)
    table = block(weeks, Column("clicks", "Clicks", "metric", COUNT, values, compared))
    days = ("2026-09-28", "2026-10-05", "2026-10-26"), ("2026-08-31", "2026-09-07", "2026-09-28")
    series = Series("clicks", "Clicks", COUNT, values, compared)
    drawn = Chart("bar", "date", days[0], (series,), days[1], bucket="week", cut=(2,), baseline_cut=(0,))
    book = formulas_of(report(table, Block("drawn", "chart", "Drawn", charts=(drawn,))))
    for sheet in (book["Rows"], book["Drawn"]):
        assert column(sheet, "Clicks (change)") == [None, "=C6-D6", None]
        assert [bool(formula) for formula in column(sheet, "Clicks (change %)")] == [False, True, False]


def test_changes_of_the_summary() -> None:
    """A number's changes are formulas over its value and the previous one; a rate moves in points alone."""
    rate = replace(NUMBER, name="rate", label="Rate", readings=(replace(NUMBER.readings[0], unit=PERCENT),))
    sheet = formulas_of(report(NUMBER, rate))["Summary"]
    formulas = [str(cell.value) for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    (difference, share, *_), points = formulas, formulas[-2]
    value, previous = difference.removeprefix("=").split("-")
    assert (value[0], previous[0]) == ("C", "D")
    assert share == f'=IF(OR({previous}<=0,{value}<0,{value}>11*{previous}),"",({value}-{previous})/{previous})'
    assert points.endswith("*100")


BARE = "bare"
"""The name of the workbook that has no results."""


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Cells, Cells]]:
    """Return workbooks as we wrote them, and one without results, and as LibreOffice computes them anew."""
    command = office()
    folder = tmp_path_factory.mktemp("office")
    made = {
        "table": report(block(NAMES, CLICKS, SPEND, CTR, total=("Total", 17, 2.1, 0.2))),
        "times": report(block(NAMES, TIMES, FALLEN), *TINY),
        "long": report(block(NAMES, replace(CLICKS, values=LONG, baseline=LONG), total=("Total", sum(LONG)))),
        "compared": compared_report(),
        "arabic": compared_report("ar"),
        "full": report(*FULL),
        **{name: calm_example(name) for name in ("instagram", "multichannel", "multichannel.pt-br")},
    }
    files = {name: folder / f"{name}.xlsx" for name in made}
    for name, file in files.items():
        file.write_bytes(render_workbook(PrintedReport(made[name]))[0].content)
    bare = folder / f"{BARE}.xlsx"
    formulas_of(report(block(NAMES, CLICKS, total=("Total", 17)))).save(bare)  # openpyxl writes it without results
    recalculate(command, [*files.values(), bare], folder)
    return {name: (cells(file), cells(folder / "out" / file.name)) for name, file in {**files, BARE: bare}.items()}


def calm_example(name: str) -> Report:
    """Build a shipped example with its client."""
    with running_sandbox(calm=True) as sandbox:
        source = live_answers(sandbox.url, SecretStr(sandbox.token), SecretStr(sandbox.customer_token))
        return example(name, source)


@pytest.mark.thorough
@pytest.mark.timeout(180)
def test_libreoffice_computes_the_same(recalculated: dict[str, tuple[Cells, Cells]]) -> None:
    """Every cell of every sheet has the value that we wrote when all formulas are computed anew."""
    for name, (ours, theirs) in recalculated.items():
        assert len(ours) > 10, name
        assert name == BARE or differing(ours, theirs) == {}, name


@pytest.mark.thorough
@pytest.mark.timeout(180)
def test_libreoffice_does_compute(recalculated: dict[str, tuple[Cells, Cells]]) -> None:
    """The proof is one: results that we did not write are there as well, a total by the name of its column too."""
    ours, theirs = recalculated[BARE]
    assert ("Rows", "B9") not in ours
    assert theirs["Rows", "B9"] == 17


@pytest.mark.thorough
@pytest.mark.timeout(180)
def test_libreoffice_shows_what_the_page_says(tmp_path: Path) -> None:
    """A spreadsheet shows bounds, small changes and durations, falling and with decimals, as they are printed."""
    ctr = replace(CTR, values=(0.0004, 0.9997, 0.5, -0.0004), baseline=(0.0005, 0.98, 0.5, 0.01))
    times = replace(TIMES, values=(18, 0.004, 90, 0.64), baseline=(36, 0.64, 90, 0.004))
    exact = Column("l", "Load", "metric", Unit("seconds", decimals=2), (1.49, 75.25, 2, 59.996), (1.996, 60, 2.5, 1))
    brief = Column("w", "Wait", "metric", Unit("seconds"), (1.501, 9.96, 3, 0.996), (2.95, 1.25, 2.5, 1))
    (tmp_path / "shown.xlsx").write_bytes(
        render_workbook(PrintedReport(report(block(NAMES, ctr, times, exact, brief))))[0].content,
    )
    recalculate(office(), [tmp_path / "shown.xlsx"], tmp_path, SHOWN)
    shown = list(csv.reader((tmp_path / "out" / "shown-Rows.csv").read_text().splitlines()))
    assert [row[1:] for row in shown[HEAD:]] == [
        [
            *("<0.1%", "0.1%", "-0.01", "18s", "36s", "-18s", "-50.0%"),
            *("1.49s", "2.00s", "-0.51s", "-25.4%", "1.5s", "3.0s", "-1.4s", "-49.1%"),
        ],
        [
            *(">99.9%", "98.0%", "+2.0", "<0.01s", "0.64s", "-0.64s", "-99.4%"),
            *("1m 15.25s", "1m 0.00s", "+15.25s", "+25.4%", "10s", "1.3s", "+8.7s", "+696.8%"),
        ],
        [
            *("50.0%", "50.0%", "0.0", "1m 30s", "1m 30s", "0s", "0.0%"),
            *("2.00s", "2.50s", "-0.50s", "-20.0%", "3s", "2.5s", "+0.50s", "+20.0%"),
        ],
        [
            *("-0.04%", "1.0%", "-1.0", "0.64s", "<0.01s", "+0.64s", ""),
            *("1m 0.00s", "1.00s", "+59.00s", "", "1.0s", "1s", "-0.004s", "-0.4%"),
        ],
    ]
