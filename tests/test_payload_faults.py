"""What a payload can hold, seen in the finished files: right, whole and quiet."""

from __future__ import annotations

import io
import json
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import openpyxl
import pytest

from reportgen import build_report, load_spec
from reportgen.outputs import FORMATS
from reportgen.outputs.printed import PrintedReport
from tests.agreement import pdf_text
from tests.machine import needs_japanese

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model import Block, Report

SPEC = """
version: 1
compare: none
sources: {page: {integration: facebook}}
sections:
  - title: Faults
    source: page
    blocks:
      - {name: number, reference_key: "x:number", component: number_v1, metrics: [n]}
      - {name: lines, reference_key: "x:lines", component: chart_v1, metrics: [n], dimensions: [date], chart_type: line}
      - {name: bars, reference_key: "x:bars", component: chart_v1, metrics: [n], dimensions: [kind], chart_type: bar}
      - {name: pie, reference_key: "x:pie", component: chart_v1, metrics: [n], dimensions: [kind], chart_type: pie}
      - {name: table, reference_key: "x:table", component: datatable_v1, metrics: [n, m], dimensions: [kind]}
"""


def report_of(folder: Path, answers: str | dict[str, object]) -> Report:
    """Build the report of all components from answers; what they lack is not returned."""
    (folder / "spec.yaml").write_text(SPEC)
    (folder / "answers.json").write_text(answers if isinstance(answers, str) else json.dumps(answers))
    return build_report(load_spec(folder / "spec.yaml"), answers=folder / "answers.json", as_of=date(2026, 11, 3))


def block(report: Report, name: str) -> Block:
    """Return a block by its name."""
    return next(one for one in report.blocks if one.name == name)


def rendered(report: Report) -> dict[str, bytes]:
    """Render the formats that hold a report whole; a warning of any library fails the test."""
    printed = PrintedReport(report)
    return {name: FORMATS[name].render(printed)[0].content for name in ("html", "pdf", "xlsx", "json")}


def chart(labels: list[str], *series: list[object]) -> dict[str, object]:
    """Return a chart's answer."""
    return {"labels": labels, "values": [{"data": data} for data in series]}


def cells(content: bytes) -> list[object]:
    """Return the value of every cell of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]


class _Texts(HTMLParser):
    """Gathers the text of a page, without its styles and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.styled = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's signature
        """Notice where a style or a script begins."""
        self.styled = tag in {"style", "script"}

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        if not self.styled:
            self.text.append(data)


def text_of(html: bytes) -> str:
    """Return what a browser shows."""
    parser = _Texts()
    parser.feed(html.decode())
    return " ".join(parser.text)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_is_no_number_is_missing_and_told(tmp_path: Path, word: str) -> None:
    """P02: it becomes a missing value, the others stay, and a warning says how many there were."""
    answers = (
        '{"lines": {"labels": ["2026-10-01", "2026-10-02"], "values": [{"data": [%s, 5]}]}, "number": {"values": %s}}'
    )
    report = report_of(tmp_path, answers % (word, word))
    values = block(report, "lines").charts[0].series[0].values
    assert (values[:2], set(values[2:])) == ((None, 5), {None})  # the other days did not come
    assert block(report, "number").readings[0].value is None
    told = [(one.block, one.text[:2]) for one in report.warnings if one.code == "W-NOT-FINITE"]
    assert told == [("number", "1 "), ("lines", "1 ")]
    rendered(report)


def test_what_nobody_asked_for_is_ignored(tmp_path: Path) -> None:
    """P06: further fields of an answer change nothing."""
    report = report_of(tmp_path, {"number": {"values": 5, "trend": {"data": [1]}, "new": [{}]}})
    assert block(report, "number").readings[0].value == 5


def test_null_is_never_zero(tmp_path: Path) -> None:
    """P07: a null is missing in a number, a line and a cell, and no file shows a zero for it."""
    report = report_of(
        tmp_path,
        {
            "number": {"values": None},
            "lines": chart(["2026-10-01", "2026-10-02"], [None, 7]),
            "table": {"values": [["a", None, 7]]},
        },
    )
    assert block(report, "number").readings[0].value is None
    files = rendered(report)
    assert 7 in cells(files["xlsx"])
    assert 0 not in cells(files["xlsx"])
    assert " 7 " in text_of(files["html"])
    assert " 0 " not in text_of(files["html"])


@pytest.mark.parametrize("text", ["1,234", "12%", "1.234,5", "0x10"])
def test_no_text_is_guessed_to_be_a_number(tmp_path: Path, text: str) -> None:
    """P08: a plain decimal in a text is a number; anything else fails a number with its place, a cell keeps it."""
    report = report_of(tmp_path, {"number": {"values": text}, "table": {"values": [["a", "12.5", text]]}})
    failed = block(report, "number")
    assert failed.state == "failed"
    assert "/values" in failed.reason
    assert [column.values for column in block(report, "table").tables[0].columns] == [("a",), (12.5,), (text,)]


def test_ragged_rows_keep_every_cell(tmp_path: Path) -> None:
    """P09: shorter rows are missing at their end, longer ones get further columns, and a warning names them."""
    report = report_of(tmp_path, {"table": {"values": [["a", 1, 2], ["b", 3], ["c", 4, 5, 6]]}})
    columns = block(report, "table").tables[0].columns
    assert [column.values for column in columns] == [("a", "b", "c"), (1, 3, 4), (2, None, 5), (None, None, 6)]
    assert any(one.block == "table" and one.code.startswith("W-") for one in report.warnings)
    assert 6 in cells(rendered(report)["xlsx"])


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("number", {"values": True}),
        ("number", {"values": [1]}),
        ("lines", {"labels": {}, "values": []}),
        ("lines", {"labels": ["a"], "values": {"data": [1]}}),
        ("lines", {"labels": ["a"], "values": [{"data": 1}]}),
        ("table", {"values": {"a": 1}}),
        ("table", {"values": [1, 2]}),
    ],
)
def test_a_wrong_type_fails_only_its_block(tmp_path: Path, name: str, answer: object) -> None:
    """P10: the reason has the place in the JSON; the other blocks are as they would be."""
    report = report_of(tmp_path, {"bars": chart(["a"], [1]), name: answer})
    failed = block(report, name)
    assert failed.state == "failed"
    assert " at " in failed.reason
    assert block(report, "bars").state == "ok"


@pytest.mark.parametrize("value", [1e308, -1e308, 1e-320, -0.0, 2**63 + 1, 1.7976931348623157e308])
def test_extreme_values_are_drawn_quietly(tmp_path: Path, value: float) -> None:
    """P11: the largest and smallest numbers are in every file without a warning of any library."""
    report = report_of(
        tmp_path,
        {
            "number": {"values": value},
            "lines": chart(["2026-10-01", "2026-10-02"], [value, 1]),
            "bars": chart(["a", "b"], [value, 1]),
            "pie": chart(["a", "b"], [abs(value), 1]),
            "table": {"values": [["a", value, 1], ["Total", value, 1]]},
        },
    )
    files = rendered(report)
    assert {one.state for one in report.blocks} == {"ok"}
    assert "inf" not in text_of(files["html"]).lower().split()


MARKUP = [
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{% for x in y %}",
    "]]></style>",
    "&lt;b&gt;",
    "</table><p>",
    "a&amp;b",
]


@pytest.mark.parametrize("label", MARKUP)
def test_markup_is_text(tmp_path: Path, label: str) -> None:
    """P12: markup and templates in labels are shown as they stand, in the page, the PDF and the workbook."""
    answers = {
        "bars": chart([label, "b"], [2, 1]),
        "pie": chart([label, "b"], [2, 1]),
        "table": {"values": [[label, 1, 2]]},
    }
    files = rendered(report_of(tmp_path, answers))
    plain = label.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert b"<script>alert" not in files["html"]
    assert plain in text_of(files["html"])
    assert plain in cells(files["xlsx"])
    assert "".join(plain.split()) in "".join(pdf_text(files["pdf"]).split())


def test_the_page_engine_alone_prints_them_too(tmp_path: Path) -> None:
    """P11, P12, P14: extreme values, markup and a long label are in the PDF without its fast paths, quietly."""
    labels = [*MARKUP, "y" * 400]
    answers = {
        "number": {"values": -1e308},
        "lines": chart(["2026-10-01", "2026-10-02"], [1e308, 1e-320]),
        "bars": chart(labels, [*range(len(labels))]),
        "table": {"values": [*([label, 1e308, 2**63 + 1] for label in labels), ["w" * 400, None, -0.0]]},
    }
    printed = PrintedReport(report_of(tmp_path, answers))
    (fast,), (plain,) = (FORMATS[name].render(printed) for name in ("pdf", "pdf-plain"))
    text = "".join(pdf_text(plain.content).split())
    assert "alert(1)" in text
    assert sorted(text) == sorted("".join(pdf_text(fast.content).split()))


@pytest.mark.parametrize("label", [r"$\\frac{1}{2}$", "$", "$x$ and $y$", r"\\alpha", "a_b^c", "100 %"])
def test_mathematics_is_text(tmp_path: Path, label: str) -> None:
    """P13: what matplotlib takes for a formula is drawn as it stands."""
    files = rendered(report_of(tmp_path, {"bars": chart([label, "b"], [2, 1]), "lines": chart([label, "b"], [2, 1])}))
    assert label in text_of(files["html"])


LETTERS = [
    "\u05e9\u05dc\u05d5\u05dd",  # Hebrew
    "\u0645\u0631\u062d\u0628\u0627",  # Arabic
    pytest.param("\u65e5\u672c\u8a9e", marks=needs_japanese),
    "e\u0301",  # an accent of its own
    "\u202eevil",  # an override, which is taken out
]


@pytest.mark.parametrize("label", LETTERS)
def test_every_script_is_drawn(tmp_path: Path, label: str) -> None:
    """P14: right-to-left, CJK and combining characters are in the page and the workbook."""
    files = rendered(report_of(tmp_path, {"bars": chart([label, "b"], [2, 1]), "table": {"values": [[label, 1, 2]]}}))
    plain = label.replace("\u202e", "")
    assert plain in text_of(files["html"])
    assert plain in cells(files["xlsx"])


@pytest.mark.thorough
def test_an_endless_label_is_kept(tmp_path: Path) -> None:
    """P14: a label of 40,000 letters stops no file; the workbook has as much of it as a cell may hold."""
    answers = {"bars": chart(["y" * 40_000, "b"], [2, 1]), "table": {"values": [["z" * 40_000, 1, 2]]}}
    files = rendered(report_of(tmp_path, answers))
    longest = max((str(value) for value in cells(files["xlsx"]) if value), key=len)
    assert 32_000 < len(longest) <= 32_767


def test_control_characters_are_gone(tmp_path: Path) -> None:
    """P15: NUL, other controls, overrides, lone surrogates and non-characters are removed once, where they come in."""
    label = "a\u0000b\u0007c\u202ed\ud800e\ufffef\n g"
    report = report_of(tmp_path, {"table": {"values": [[label, 1, 2]]}, "bars": chart([label, "x"], [1, 2])})
    files = rendered(report)
    assert "abcdef  g" in cells(files["xlsx"])
    assert block(report, "bars").charts[0].labels[-2:] in {("x", "abcdef  g"), ("abcdef  g", "x")}


@pytest.mark.thorough
def test_ten_thousand_points_are_drawn(tmp_path: Path) -> None:
    """P16: 10,000 labels and 3,000 rows are drawn; what the page cuts it counts, and the workbook has all."""
    labels = [f"label {number}" for number in range(10_000)]
    answers = {"bars": chart(labels, [*range(10_000)]), "table": {"values": [[f"row {n}", n, n] for n in range(3000)]}}
    files = rendered(report_of(tmp_path, answers))
    assert {"label 9999", "row 2999"} <= set(cells(files["xlsx"]))
    assert "of 3,000" in text_of(files["html"])


@pytest.mark.parametrize("values", [[-1, 2], [0, 0], [], [5], [-1, -2], [None, None], [0, 5]])
def test_a_pie_of_anything_is_drawn(tmp_path: Path, values: list[int | None]) -> None:
    """P17: a pie that cannot be one is drawn as bars or said to be empty; never an exception."""
    labels = [f"part {number}" for number in range(len(values))]
    report = report_of(tmp_path, {"pie": chart(labels, list(values)), "number": {"values": 1}})
    files = rendered(report)
    assert block(report, "pie").state in {"ok", "no_data"}
    assert b"block-pie" in files["html"]


@pytest.mark.parametrize("values", [[7], [7, 7, 7], [None], [None, None, 3], [0, 0, 0], []])
def test_a_line_of_anything_is_drawn(tmp_path: Path, values: list[int | None]) -> None:
    """P18: one point, equal points, missing points, zeros and none."""
    labels = [f"2026-10-{number + 1:02}" for number in range(len(values))]
    report = report_of(tmp_path, {"lines": chart(labels, list(values)), "number": {"values": 1}})
    assert b"block-lines" in rendered(report)["html"]


@pytest.mark.parametrize("day", ["2026-02-30", "0001-01-01", "9999-12-31", "10/31/2026", "soon"])
def test_a_bad_date_is_no_other_date(tmp_path: Path, day: str) -> None:
    """P19: labels are days only where all are days of the calendar; another one makes them all categories.

    A day of another period is left out, and staff are told.
    """
    report = report_of(tmp_path, {"lines": chart(["2026-10-01", day], [1, 2]), "number": {"values": 1}})
    drawn = block(report, "lines").charts[0]
    outside = day in {"0001-01-01", "9999-12-31"}
    assert (drawn.label_type == "date") == outside
    assert sorted(value for value in drawn.series[0].values if isinstance(value, int)) == ([1] if outside else [1, 2])
    assert ("W-OUTSIDE" in {one.code for one in report.warnings}) == outside
    rendered(report)


def test_days_in_disorder_are_put_in_order(tmp_path: Path) -> None:
    """P20: days are sorted, a gap stays a gap, and a day that comes twice fails its block."""
    days = ["2026-10-05", "2026-10-01", "2026-10-03"]
    drawn = block(report_of(tmp_path, {"lines": chart(days, [5, 1, 3])}), "lines").charts[0]
    assert [(label, value) for label, value in zip(drawn.labels, drawn.series[0].values, strict=True) if value] == [
        ("2026-10-01", 1),
        ("2026-10-03", 3),
        ("2026-10-05", 5),
    ]
    twice = report_of(tmp_path, {"lines": chart(["2026-10-01", "2026-10-01"], [1, 2]), "number": {"values": 1}})
    failed = block(twice, "lines")
    assert (failed.state, failed.reason) == ("failed", "the day 2026-10-01 stands twice, so its value is not known")
    rendered(twice)
