"""What a client's files hold: what is shown, and nothing else of the report, which staff have as JSON."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pypdfium2
import pytest

from reportgen import build_report, load_client, load_spec
from reportgen.model import Change, client_edition
from reportgen.outputs import FOR_STAFF, FORMATS
from reportgen.outputs.pdf.attached_data import read_report
from reportgen.outputs.printed import PrintedReport
from reportgen.provenance import find_figures
from reportgen.report_rendering import finish
from tests.agreement import pdf_text
from tests.canaries import unpacked
from tests.outputs import reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.model import Report

# A canary is a word with "zq" in it, or a figure of seven digits that begins with 731; each place has its own.
SPEC = """\
version: 1
title: "{client.name}, {period.label}"
annotations: [{date: 2026-10-02, text: Zqannotation}]
sources:
  page: {integration: facebook_page}
  ads: {integration: google_ads}
  zqalias: {integration: zqintegration}
  zqabsent: {integration: zqnobody, optional: true}
  zqunused: {integration: zqunasked}
sections:
  - title: Shown
    source: page
    blocks:
      - {name: billed, label: Investment, formula: zqoperand * 7310.001, format: count}
      - {formula: zqoperand / 7310.002, format: count}
      - {history: billed, period: last_3_months}
      - {name: reach, label: Reach, trend: zqline, format: count,
         reference_key: "fb:reach", component: number_v1, metrics: [reach]}
      - {name: likes, label: Likes, format: count, reference_key: "fb:likes", component: number_v1, metrics: [likes]}
      - {name: saves, label: Saves, on_failure: omit, reference_key: "fb:saves", component: number_v1, metrics: [saves]}
      - name: links
        label: Links
        columns: [link, clicks]
        sort_by: -zqcolumn
        limit: 2
        format: count
        fields: {zqcolumn: {label: Zqheading}}
        reference_key: "fb:links"
        component: datatable_v1
        metrics: [clicks, zqcolumn]
        dimensions: [link, zqdimension]
        filters: [{field: zqfilter}]
        extra: {zqextra: 1}
      - name: chosen
        label: Chosen
        columns: [campaign, clicks, cpc]
        fields: {cpc: {label: Cost per click, formula: zqcost / clicks * 7310.003}}
        where: campaign != 'Zqdropped' and clicks > 3
        limit: 1
        other: The others
        format: count
        additive: true
        reference_key: "fb:chosen"
        component: datatable_v1
        metrics: [clicks, zqcost]
        dimensions: [campaign]
      - {name: devices, label: Devices, where: clicks > 3, kind: bar,
         reference_key: "fb:devices", component: chart_v1, metrics: [clicks], dimensions: [device]}
      - {metric_list: [zqlisted], label: In short}
      - {summary: [likes, zqtold], label: In words}
      - text: {file: "words/{client.slug}-{period.id}.md"}
      - text: Up by {margin.moved}.
  - title: Zqsection
    source: zqalias
    blocks:
      - {name: zqoperand, source: ads, hidden: true, label: Zqlabel, note: Zqnote, format: count, goal: 7310003,
         reference_key: "zqkey:cost", component: number_v1, metrics: [zqmetric]}
      - {name: zqlisted, source: ads, hidden: true, label: Margin, format: count,
         reference_key: "zqkey:listed", component: number_v1, metrics: [zqlistedmetric]}
      - {name: zqtold, source: ads, hidden: true, label: Zqtoldlabel, format: count,
         reference_key: "zqkey:told", component: number_v1, metrics: [zqtoldmetric]}
      - {name: zqline, source: ads, hidden: true, label: Zqlinelabel, fields: {reach: {label: Zqserieslabel}},
         reference_key: "zqkey:line", component: chart_v1, metrics: [reach, zqother], dimensions: [date],
         chart_type: line}
      - {name: zqbars, hidden: true, label: Zqbarslabel,
         reference_key: "zqkey:bars", component: chart_v1, metrics: [zqbarmetric], dimensions: [zqkind],
         chart_type: bar}
      - {name: zqrows, hidden: true, label: Zqrowslabel,
         reference_key: "zqkey:rows", component: datatable_v1, metrics: [zqcount], dimensions: [zqname]}
      - {name: margin, source: ads, hidden: true, label: Zqmarginlabel, note: Zqnote, format: count, goal: 7310045,
         reference_key: "gads:margin", component: number_v1, metrics: [zqmarginmetric]}
      - {name: zqwords, hidden: true, text: "Zqprose {margin} {margin.baseline} {margin.goal}"}
      - {name: zqfailed, hidden: true, reference_key: "zqkey:failed", component: number_v1, metrics: [zqfailed]}
  - title: Nobody's
    source: zqabsent
    blocks:
      - {name: zqgone, hidden: true, reference_key: "zqkey:gone", component: number_v1, metrics: [zqgone]}
"""
CLIENT = """\
version: 1
name: Acme
slug: acme
timezone: America/Sao_Paulo
sources:
  page: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50
  ads: 91f6d1aa-0c1e-4d0c-8a53-2f3f5f6f7b01
  zqalias: 7c3e1f52-93d0-4c0e-8f0a-2f6a9d1e5b77
  zqunused: 0b6cf1c6-6e0f-4d5c-9d36-5f7c2f0a1a10
"""
DAYS = ["2026-10-01", "2026-10-02", "2026-10-03"]
SHOWN, BELOW = [["Site", "Zqcell", 20, 7310013], ["Shop", "-", 10, 7310012]], ["Zzbelow", "-", 5, 7310011]
TOTAL = ["Total", "", 35, 7310014]
CURRENT = {
    "zqoperand": {"values": 7310021, "comparison": {"values": 7310922}},
    "zqlisted": {"values": 4100, "comparison": {"values": 4000}},
    "margin": {"values": 7310042, "comparison": {"values": 7310041}},
    "zqtold": {"values": 7310023, "comparison": {"values": 7310024}},
    "zqline": {"labels": DAYS, "values": [{"data": [1, 2, 3]}, {"data": [7310031, 7310032, 7310033]}]},
    "zqbars": {"labels": ["Zqcategory", "B"], "values": [{"data": [7310034, 7310035]}]},
    "zqrows": {"values": [["Zqrowofnames", 7310036], ["b", 7310037]]},
    "zqfailed": {"message": "Zqreason", "type": "internal_error"},
    "saves": {"message": "Zqomitted", "type": "internal_error"},
    "likes": {"message": "Zqfailure", "type": "internal_error"},
    "reach": {"values": 640, "comparison": {"values": 600}},
    "links": {"values": [*SHOWN, BELOW, TOTAL]},
    "chosen": {
        "values": [
            ["Kept", 20, 7310051],
            ["Zqdropped", 7310061, 1],
            ["Kept too", 10, 7310052],
            ["Zqfewclicks", 3, 7310062],
        ]
    },
    "devices": {"labels": ["Phone", "Zqdevice"], "values": [{"data": [8, 2]}]},
}
BASELINE = {
    "links": {"values": [["Site", "Zqcell", 18, 7310015], ["Total", "", 18, 7310016]]},
    "chosen": {"values": [["Kept", 18, 7310053], ["Zqbefore", 1, 7310063]]},
}

PLANTED = (
    *("zqoperand", "zqlabel", "zqnote", "zqkey:cost", "zqmetric", "zqlisted", "zqkey:listed", "zqlistedmetric"),
    *("zqmarginlabel", "zqmarginmetric", "7310041", "7310042", "7310045"),
    *("zqtold", "zqtoldlabel", "zqkey:told", "zqtoldmetric"),
    *("zqline", "zqlinelabel", "zqserieslabel", "zqkey:line", "zqother", "zqannotation"),
    *("zqbars", "zqbarslabel", "zqkey:bars", "zqbarmetric", "zqkind", "zqcategory"),
    *("zqrows", "zqrowslabel", "zqkey:rows", "zqcount", "zqname", "zqrowofnames", "zqwords", "zqprose"),
    *(
        "zqnobody",
        "zqfailed",
        "zqkey:failed",
        "zqreason",
        "zqomitted",
        "zqfailure",
        "zqalias",
        "zqintegration",
        "zqabsent",
    ),
    *("zqcolumn", "zqheading", "zqdimension", "zqcell", "zqfilter", "zqextra"),
    *("7310.001", "7310.002", "7310003", "7310011", "7310012", "7310013", "7310014", "7310015", "7310016"),
    *("zqcost", "7310.003", "7310051", "7310052", "7310053"),
    *("7310021", "7310922", "7310023", "7310024", "7310031", "7310033", "7310034", "7310035", "7310036", "7310037"),
)
NOWHERE = (
    *("zqsection", "zqrival", "zqunused", "zqunasked", "zqgone", "7c3e1f52", "4addc0da", "91f6d1aa"),
    *("zqdropped", "zqfewclicks", "zqbefore", "zqdevice", "7310061", "7310062", "7310063"),
)
"""What is in no file, not even in that of staff: another client's words, accounts, what nobody asked, dropped rows."""

ROW = "Zzbelow"
"""In a row below the printed ones."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Return a report with a canary in every place that its client does not see."""
    folder = tmp_path_factory.mktemp("acme")
    (folder / "words").mkdir()
    (folder / "words/acme-2026-10.md").write_text("Our words.")
    (folder / "words/acme-shoes-2026-10.md").write_text("Zqrival words.")
    (folder / "spec.yaml").write_text(SPEC)
    (folder / "acme.yaml").write_text(CLIENT)
    (folder / "answers.json").write_text(json.dumps({"current": CURRENT, "baseline": BASELINE}))
    spec, client = load_spec(folder / "spec.yaml"), load_client(folder / "acme.yaml")
    return build_report(spec, client, answers=folder / "answers.json", as_of=date(2026, 11, 3))


@pytest.fixture(scope="module")
def files(report: Report) -> dict[str, list[str]]:
    """Return, by format, all that its files hold, in their names and unpacked, as lower-case text."""
    made = {name: finish(report, [name])[1] for name in FORMATS}
    return {name: [text for one in made[name] for text in texts(one.name, one.content)] for name in FORMATS}


def texts(name: str, content: bytes) -> Iterator[str]:
    """Yield what a file holds: its name, its bytes, what they pack, and the text and the data of a PDF."""
    yield name
    for piece in unpacked(content):
        yield piece.decode("latin-1").casefold()
        yield piece.decode("utf-16-be", errors="ignore").casefold()
        yield piece[1:].decode("utf-16-be", errors="ignore").casefold()
    if content.startswith(b"%PDF"):
        yield pdf_text(content).casefold()
        with pypdfium2.PdfDocument(content) as document:
            yield bytes(document.get_attachment(0).get_data()).decode().casefold()


def holds(pieces: Iterable[str], canary: str) -> bool:
    """Tell whether a canary is in texts, as it is, in hexadecimal, or as a figure is printed."""
    word = canary.casefold()
    forms = {word, word.encode("utf-16-be").hex()}
    if word.isdecimal():
        forms.add(f"{int(word):,}")
    return any(form in piece for piece in pieces for form in forms)


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in FOR_STAFF])
def test_no_file_for_a_client_holds_what_is_not_shown(files: dict[str, list[str]], name: str) -> None:
    """Formulas, hidden blocks, unprinted columns, reasons for staff and requests: no file has any, however packed."""
    assert files[name]
    assert not [canary for canary in (*PLANTED, *NOWHERE) if holds(files[name], canary)]


def test_staff_have_all_of_it(files: dict[str, list[str]]) -> None:
    """Each canary was planted: the JSON has it; what is no part of the report is not even there."""
    assert not [canary for canary in (*PLANTED, ROW) if not holds(files["json"], canary)]
    assert not [canary for canary in NOWHERE if holds(files["json"], canary)]


def test_rows_below_the_printed_ones(files: dict[str, list[str]]) -> None:
    """The page, the workbook and the CSV have them; no PDF has, and its data neither."""
    assert {name for name in files if holds(files[name], ROW)} == {"html", "xlsx", "json", "csv", "csv-excel"}


def test_what_is_shown_is_there(files: dict[str, list[str]]) -> None:
    """A search that finds nothing would find none of this; a list shows the hidden number that it names."""
    for name in ("html", "pdf", "pdf-plain", "xlsx"):
        for word in ("Investment", "Links", "Site", "Margin", "Facebook", "could not be read"):
            assert holds(files[name], word), (name, word)
        assert holds(files[name], "4100"), name


def test_the_workbook_has_no_names_of_hidden_numbers(report: Report) -> None:
    """Its names lead to shown cells, its formulas to cells beside them, and no sheet is hidden."""
    (artifact,) = FORMATS["xlsx"].render(PrintedReport(report))
    book = openpyxl.load_workbook(io.BytesIO(artifact.content))
    names = [f"{start}_{block}" for block in ("billed", "formula", "reach", "likes") for start in ("kpi", "previous")]
    assert sorted(book.defined_names) == sorted(names)
    assert {sheet.sheet_state for sheet in book} == {"visible"}


def test_an_edition_is_its_own_edition(report: Report) -> None:
    """Cut twice it is the same, tables and all: what is put into words once is not put into words again."""
    edition = client_edition(report)
    again = client_edition(edition)
    assert again == edition
    tables = [[table for block in one.blocks for table in block.tables] for one in (edition, again)]
    assert all(one is other for one, other in zip(*tables, strict=True))


def test_the_small_line_of_a_hidden_chart_stays(report: Report) -> None:
    """What a shown card prints of a hidden chart is in its PDF, under the card's own name and request."""
    edition = read_report(FORMATS["pdf"].render(PrintedReport(report))[0].content)
    (card,) = [block for block in edition.blocks if block.name == "reach"]
    assert (card.charts[0].series[0].label, card.charts[0].series[0].values[:4]) == ("Reach", (1, 2, 3, None))
    assert [edition.queries[digest].metric["reference_key"] for digest in card.queries] == ["fb:reach"]


def test_what_words_print_of_a_hidden_number(report: Report, files: dict[str, list[str]]) -> None:
    """The printed part of it is in the file, with its request, so that its origin can be told; the rest is not."""
    edition = read_report(FORMATS["pdf"].render(PrintedReport(report))[0].content)
    (figure,) = find_figures(edition, "0.00001%")
    assert (figure.block.name, figure.role) == ("margin", "change")
    assert [origin.source for origin in figure.origins] == ["ads"]
    assert edition.words == ("margin.moved",)
    for name in ("html", "pdf", "pdf-plain", "xlsx", "json"):
        assert holds(files[name], "by 0.00001%"), name


def test_the_last_page_names_what_was_asked_for_something_shown(report: Report) -> None:
    """That a shown figure is made from is named, hidden or not; what only hidden blocks ask is known to staff alone."""
    assert [one.alias for one in client_edition(report).sources] == ["page", "ads"]
    assert [(one.alias, one.status) for one in report.sources] == [
        ("page", "active"),
        ("ads", "active"),
        ("zqalias", "active"),
        ("zqabsent", "absent"),
    ]


def test_a_second_comparison_of_a_hidden_number_is_not_for_the_client() -> None:
    """A text that prints the number's value hands on the value alone."""
    report = replace(reports.report(reports.NUMBER), hidden=(replace(reports.TWICE, name="secret"),), words=("secret",))
    (hidden,) = client_edition(report).hidden
    (reading,) = hidden.readings
    assert (reading.value, reading.baseline, reading.change, reading.further) == (55645, None, None, ())


@pytest.mark.parametrize(
    ("value", "baseline", "absolute", "relative"),
    [(110, 100, 0, 0.1), (-300, 200, -500, None), (1200, 100, 1100, None)],
)
def test_a_change_in_words_is_handed_on_as_it_is_printed(
    value: int, baseline: int, absolute: int, relative: float | None
) -> None:
    """Of a hidden number, as a share or as an amount: with both, its values could be worked out."""
    change = Change.between(value, baseline, reports.COUNT, "up_is_good")
    hidden = replace(reports.NUMBER, name="secret", readings=(replace(reports.NUMBER.readings[0], change=change),))
    report = replace(reports.report(reports.NUMBER), hidden=(hidden,), words=("secret.change",))
    (handed,) = client_edition(report).hidden
    (reading,) = handed.readings
    assert reading.change is not None
    assert (reading.change.absolute, reading.change.relative) == (absolute, relative)
