"""Computed columns, conditions on rows and Other in the files of a report."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from reportgen import build_report, load_spec
from reportgen.provenance import find_figures
from reportgen.report_rendering import finish

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model import Report

SPEC = """\
version: 1
currency: BRL
compare: none
sources: {ads: {integration: google_ads}}
sections:
  - source: ads
    blocks:
      - {name: clicks, format: count, reference_key: "gads:clicks", component: number_v1, metrics: [metrics.clicks]}
      - name: campaigns
        label: Campaigns
        fields:
          metrics.clicks: {label: Clicks, format: count}
          metrics.cost_micros: {label: Spend, format: currency}
          cpc: {label: CPC, formula: metrics.cost_micros / metrics.clicks}
        where: campaign != 'Test'
        sort_by: -metrics.clicks
        limit: 1
        other: true
        reference_key: gads:campaigns
        component: datatable_v1
        metrics: [metrics.clicks, metrics.cost_micros]
        dimensions: [campaign]
"""
ROWS = [["Boots", 20, 50], ["Hats", 15, 30], ["Belts", 10, 45], ["Test", 5, 1], ["Total", 50, 126]]


def report(folder: Path, clicks: int = 50) -> Report:
    """Return the report of a number and a table."""
    (folder / "ads.yaml").write_text(SPEC)
    (folder / "answers.json").write_text(json.dumps({"clicks": {"values": clicks}, "campaigns": {"values": ROWS}}))
    return build_report(load_spec(folder / "ads.yaml"), answers=folder / "answers.json", as_of=date(2026, 11, 3))


@pytest.mark.parametrize(("clicks", "codes"), [(50, []), (45, ["W-SUM"])])
def test_numbers_are_held_against_the_apis_total(tmp_path: Path, clicks: int, codes: list[str]) -> None:
    """Not against the total of the rows that meet a condition, which is another figure."""
    assert [caution.code for caution in report(tmp_path, clicks).warnings] == codes


def test_the_workbook_has_the_rows_and_a_total_of_its_own(tmp_path: Path) -> None:
    """Not Other: a sum over its rows would count them twice. The total is not said to be the source's."""
    (artifact,) = finish(report(tmp_path), ["xlsx"])[1]
    sheet = openpyxl.load_workbook(io.BytesIO(artifact.content))["Campaigns"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_col=1, max_col=4)]
    start = next(at for at, row in enumerate(rows) if row[0] == "Campaign")
    assert rows[start : start + 4] == [
        ["Campaign", "Clicks", "Spend", "CPC"],
        ["Boots", 20, 50, f"=C{start + 2}/B{start + 2}"],
        ["Hats", 15, 30, f"=C{start + 3}/B{start + 3}"],
        ["Belts", 10, 45, f"=C{start + 4}/B{start + 4}"],
    ]
    total = [cell for row in sheet.iter_rows(min_row=start + 5, max_row=start + 5, max_col=4) for cell in row]
    name, clicks, spend, cpc = (cell.value for cell in total)
    assert (name, cpc) == ("Total", f"=C{start + 5}/B{start + 5}")
    assert all(str(value).startswith("=SUBTOTAL(109,") for value in (clicks, spend))
    assert not any(cell.comment for cell in total)


def test_the_csv_has_the_rows_alone(tmp_path: Path) -> None:
    """Those that meet the condition, beyond the limit too."""
    (artifact,) = finish(report(tmp_path), ["csv"])[1]
    assert artifact.content.decode().splitlines() == [
        "Campaign,Clicks,Spend [BRL],CPC [BRL]",
        "Boots,20,50,2.5",
        "Hats,15,30,2.0",
        "Belts,10,45,4.5",
    ]


def test_a_computed_figure_is_found_with_its_formula(tmp_path: Path) -> None:
    """In a row, in Other and in the total, each from the request of the table."""
    made = report(tmp_path)
    found = {
        text: [(one.place, one.role) for one in find_figures(made, text)] for text in ("R$2.50", "R$3.00", "R$2.78")
    }
    assert found == {
        "R$2.50": [("Boots · CPC", "cell")],
        "R$3.00": [("Other (2) · CPC", "cell")],
        "R$2.78": [("CPC", "total")],
    }
    (figure,) = find_figures(made, "R$2.50")
    assert (figure.field, len(figure.origins)) == ("metrics.cost_micros / metrics.clicks", 1)
