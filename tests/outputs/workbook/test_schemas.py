"""Workbooks held against the published schemas of their format, and against a list of what Excel repairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openxml_audit import OpenXmlValidator

from reportgen.model import Block, Column, Table, ToneRule, Unit
from tests.gallery.cases import KINDS, chart_block
from tests.outputs.reports import COUNT, FULL, compared_report, large_report, report
from tests.outputs.workbook.reading import written

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model import Report

ALSO_VALID = "/xl/styles.xml"
"""Its parts of a font may stand in any order, of which the schemas in the validator know one (ECMA-376, CT_Font)."""

MARKED = Table(
    (
        Column(
            "a",
            "A",
            "dimension",
            Unit("text"),
            ("x\ny", "0012", "https://a.example"),
            links=(None, None, "https://a.example/ä"),
        ),
        Column("b", "B", "metric", COUNT, (5, -3, None), (4, 4, 4), direction="down_is_good", bar=True),
        Column("c", "C", "metric", Unit("minutes"), (5, 3, 0), bar=True, tones=(ToneRule("warn", ">=", 4.0),)),
    ),
    ("both",) * 3,
    total=("Total", 2, None),
    shown=3,
    of=3,
)
REPORTS = {
    "full": report(*FULL),
    "compared": compared_report(),
    "arabic": compared_report("ar"),
    "large": large_report(),
    "charts": report(*(chart_block(kind, "ok") for kind in KINDS)),
    "marked": report(Block("marked", "datatable", "Marked", tables=(MARKED,))),
}


@pytest.mark.parametrize("name", REPORTS)
def test_every_part_is_as_its_schema_has_it(name: str, tmp_path: Path) -> None:
    """No element, attribute or value is other than the schemas and Excel's own rules have it."""
    made: Report = REPORTS[name]
    file = tmp_path / "book.xlsx"
    file.write_bytes(written(made))
    found = OpenXmlValidator(max_errors=0).validate(str(file)).errors
    faults = {(error.part_uri, error.path, error.description) for error in found if error.part_uri != ALSO_VALID}
    assert faults == set()
