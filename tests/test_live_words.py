"""Live words: texts of numbers in the author's words, in every file, as the cards print them."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from reportgen import build_report, load_client, load_spec
from reportgen.errors import SpecError
from reportgen.outputs import FORMATS
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.headings import report_heading
from reportgen.provenance import find_figures
from reportgen.spec.checking import check_file
from tests.outputs.pages import outline, page
from tests.outputs.pages import texts as texts_of_pages

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model import Report

SPEC = """\
version: 1
currency: BRL
sources:
  page: {integration: facebook_page}
  ads: {integration: google_ads, optional: true}
%s
sections:
  - source: page
    title: Reach of {reach}
    subtitle: "{reach.moved} more than {reach.baseline}"
    blocks:
      - {name: reach, label: Reach, format: count, direction: up_is_good, goal: {between: [1000, 1500]},
         reference_key: "fb:reach", component: number_v1, metrics: [reach]}
      - {name: cost, label: Cost, hidden: true, format: currency, direction: down_is_good,
         reference_key: "fb:cost", component: number_v1, metrics: [cost]}
      - {name: each, label: "Cost of each of {reach}", formula: cost / reach, format: currency}
      - {name: days, label: By day, reference_key: "fb:days", component: chart_v1,
         metrics: [reach], dimensions: [date], chart_type: line, fields: {reach: {label: "People ({reach})"}}}
      - {name: leads, source: ads, label: Leads, reference_key: "gads:conversions", component: number_v1, metrics: [a]}
%s
"""
CLIENT = """\
version: 1
name: Aurora
sources: {page: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50}
"""
CURRENT = {
    "reach": {"values": 1200, "comparison": {"values": 800}},
    "cost": {"values": 3000, "comparison": {"values": 4000}},
    "days": {"labels": [f"2026-10-{day:02}" for day in range(1, 32)], "values": [{"data": 31 * [2]}]},
    "leads": {"values": 7},
}
EMPTY = {"message": "nothing", "type": "no_data_in_period"}


def made(folder: Path, blocks: str = "", keys: str = "", client: str = "", **options: Any) -> Report:  # noqa: ANN401 - options of `build_report`
    """Return the report of the spec with more blocks and keys."""
    (folder / "spec.yaml").write_text(SPEC % (keys, blocks))
    answers = {"current": CURRENT | options.pop("answers", {}), "baseline": {"days": CURRENT["days"]}}
    answers |= options.pop("windows", {})
    (folder / "answers.json").write_text(json.dumps(answers))
    (folder / "client.yaml").write_text(client)
    known = load_client(folder / "client.yaml") if client else None
    spec = load_spec(folder / "spec.yaml")
    return build_report(spec, known, answers=folder / "answers.json", as_of=date(2026, 11, 3), **options)


def live(report: Report) -> list[tuple[str | None, str]]:
    """Return the block and the text of each caution on a live word."""
    return [(caution.block, caution.text) for caution in report.warnings if caution.code == "W-LIVE"]


WORDS = '      - text: "**{cost}**, {cost.change} from {cost.baseline}; {reach.goal}; {each} each."'


@pytest.mark.parametrize(
    ("locale", "prose"),
    [
        ("en", "**R$3,000.00**, −25.0% from R$4,000.00; 1,000 to 1,500; R$2.50 each."),
        ("pt-BR", "**R$ 3.000,00**, −25,0% from R$ 4.000,00; 1.000 a 1.500; R$ 2,50 each."),
    ],
)
def test_the_texts_of_the_cards(tmp_path: Path, locale: str, prose: str) -> None:
    """A word is what a card prints of its number, hidden or calculated, in the language of the report."""
    report = made(tmp_path, WORDS, locale=locale)
    assert report.blocks[-1].prose.replace("\N{NO-BREAK SPACE}", " ") == prose
    assert live(report) == []


def test_every_text_of_a_report(tmp_path: Path) -> None:
    """Titles, labels, footers, terms, annotations, files and a client's own titles have live words."""
    (tmp_path / "words.md").write_text("In all **{reach}**.")
    keys = 'title: "{client.name}: {reach}"\nfooter: "{reach.change}"\nglossary: {Reach: "{reach}"}\n'
    keys += 'annotations: [{date: 2026-10-05, text: "{reach}"}]'
    blocks = "      - text: {file: words.md}\n      - {heading: 'Of {reach}', note: '{reach}'}\n"
    blocks += "      - {image: missing.png, alt: '{reach}', hidden: true}"
    report = made(tmp_path, blocks, keys, CLIENT + "titles: {each: 'Each of {reach}'}\n")
    assert (report.title, report.footer, report.glossary) == ("Aurora: 1,200", "+50.0%", (("Reach", "1,200"),))
    (section,) = report.sections
    assert (section.title, section.subtitle) == ("Reach of 1,200", "50.0% more than 800")
    labels = {block.name: block.label for block in section.blocks}
    assert (labels["each"], labels["heading"]) == ("Each of 1,200", "Of 1,200")
    chart = next(block for block in section.blocks if block.name == "days").charts[0]
    assert (chart.series[0].label, chart.annotations[0].text) == ("People (1,200)", "1,200")
    assert [block.prose for block in section.blocks if block.prose] == ["In all **1,200**."]


def test_every_file(tmp_path: Path) -> None:
    """The page, the PDF with its bookmarks and contents, the workbook and the JSON print them."""
    report = made(tmp_path, WORDS, 'title: "Cost of {cost}"')
    printed = PrintedReport(report)
    assert "<strong>R$3,000.00</strong>" in page(report, "screen")
    (pdf,) = FORMATS["pdf"].render(printed)
    words = " ".join(word for part in texts_of_pages(pdf.content) for word in part)
    assert "Cost of R$3,000.00" in words
    assert "R$3,000.00, −25.0% from R$4,000.00" in words
    assert "Reach of 1,200" in [title for _, title in outline(pdf.content)]
    (book,) = FORMATS["xlsx"].render(printed)
    cells = [
        str(cell.value) for sheet in openpyxl.load_workbook(io.BytesIO(book.content)) for row in sheet for cell in row
    ]
    assert any("R$3,000.00, −25.0%" in cell for cell in cells)
    assert "Cost of R$3,000.00" in cells
    (staff,) = FORMATS["json"].render(printed)
    assert json.loads(staff.content)["sections"][0]["title"] == "Reach of 1,200"
    assert json.loads(staff.content)["words"][:2] == ["cost", "reach"]


def test_a_text_of_the_api_is_no_markdown(tmp_path: Path) -> None:
    """A value that is a text is printed as it is: no mark, no link, no markup of it counts anywhere."""
    value = "**a** <b>x</b> [c](https://d.example) https://e.example {client.name}"
    block = (
        '      - {name: best, label: Best, format: text, reference_key: "fb:b", component: number_v1, metrics: [b]}\n'
    )
    report = made(
        tmp_path,
        block + '      - {text: "{best}", label: "{best}"}',
        answers={"best": {"value": value}, "values": value},
    )
    shown = page(report, "screen")
    assert ("<b>x" in shown, 'href="https://d' in shown, 'href="https://e' in shown) == (False, False, False)


def test_a_sentence_without_a_value(tmp_path: Path) -> None:
    """It is left out for the lack of a value, of the compared value, of a goal or of a source; staff are told why."""
    blocks = '      - text: "Reach was {reach}. It moved by {reach.change}. The goal was {cost.goal}. It cost {cost}. '
    blocks += '{leads} leads came. In all (before: {leads.baseline}), {each} each."'
    report = made(tmp_path, blocks, client=CLIENT, answers={"reach": EMPTY})
    assert report.blocks[-1].prose == "It cost R$3,000.00."
    assert ("text", "'The goal was {cost.goal}.' is left out, without a value for {cost.goal} (no goal)") in live(
        report
    )
    assert ("text", "'{leads} leads came.' is left out, without a value for {leads} (not included)") in live(report)
    assert ("text", "'Reach was {reach}.' is left out, without a value for {reach} (no data)") in live(report)
    assert report.words == ("cost",)
    assert report.verdict == "done"
    assert made(tmp_path, blocks, client=CLIENT, answers={"reach": EMPTY}, strict=True).verdict == "held"


def test_a_text_of_which_nothing_is_left(tmp_path: Path) -> None:
    """It is as if its author had not written it: no block, no note, no title, and the name that a thing has without."""
    keys = 'title: "{client.name}: {reach}"\nfooter: "{reach.change}"\nglossary: {Reach: "{reach}", Cost: "{cost}"}\n'
    keys += 'annotations: [{date: 2026-10-05, text: "{reach}"}, {date: 2026-10-06, text: A}]\n'
    keys += "rename: {city: {sp: 'São Paulo {reach}'}}"
    blocks = "      - {heading: 'Of {reach}'}\n      - {callout: '{reach} people.', label: A title}\n"
    blocks += "      - {text: 'One.', note: '{reach}', label: 'Of {reach}'}"
    report = made(tmp_path, blocks, keys, CLIENT, answers={"reach": EMPTY})
    (section,) = report.sections
    assert (section.title, section.subtitle) == ("", "")
    assert [(block.name, block.label, block.notes) for block in section.blocks if block.kind == "text"] == [
        ("text", "", ())
    ]
    assert not {"heading", "callout"} & {block.name for block in section.blocks}
    labels = {block.name: block.label for block in section.blocks}
    assert labels["each"] == "Each"
    assert (report.title, report.footer) == ("Aurora · October 2026", None)
    assert report_heading(report) == ("Aurora", "Marketing report")
    assert report.glossary == (("Cost", "R$3,000.00"),)
    (chart,) = next(block for block in section.blocks if block.name == "days").charts
    assert chart.series[0].label == "People"
    assert [annotation.text for annotation in chart.annotations] == ["A"]
    assert {block for block, _ in live(report)} == {None, "each", "days", "heading", "callout", "text"}


@pytest.mark.parametrize(
    ("text", "compared", "alone"),
    [
        ("{reach} ({reach.change} in {baseline.label}).", "1,200 (+50.0% in September 2026).", "1,200."),
        ("{reach}, {reach.moved} up. At {cost}.", "1,200, 50.0% up. At R$3,000.00.", "At R$3,000.00."),
        ("**Up by {reach.moved}**, see [the chart](#x).", "**Up by 50.0%**, see [the chart](#x).", None),
    ],
)  # fmt: skip
def test_a_report_without_a_comparison(tmp_path: Path, text: str, compared: str, alone: str | None) -> None:
    """What compares is left out, in brackets alone where it stands in such, also the name of the compared period."""
    blocks = f'      - {{text: "{text}", name: told}}'
    first, second = made(tmp_path, blocks), made(tmp_path, blocks, compare="none")
    prose = [{block.name: block.prose for block in report.blocks} for report in (first, second)]
    assert (prose[0]["told"], prose[1].get("told")) == (compared, alone)
    assert "September" not in str(prose[1])


@pytest.mark.parametrize("locale", ["en", "pt-BR", "ja", "ar"])
def test_no_file_has_a_state_in_a_sentence(tmp_path: Path, locale: str) -> None:
    """Page, PDF and workbook have neither the words of the state nor half a sentence."""
    blocks = "      - text: {en: 'A was {leads}. B.', pt-BR: 'A foi {leads}. B.', ja: 'Aは{leads}です。B。'"
    blocks += ", ar: 'أ {leads}؟ ب.'}\n"
    report = made(tmp_path, blocks, client=CLIENT, locale=locale)
    printed = PrintedReport(report)
    (pdf,), (book,) = FORMATS["pdf"].render(printed), FORMATS["xlsx"].render(printed)
    cells = [
        str(cell.value) for sheet in openpyxl.load_workbook(io.BytesIO(book.content)) for row in sheet for cell in row
    ]
    found = (page(report, "screen"), *(word for part in texts_of_pages(pdf.content) for word in part), *cells)
    state = words_of(locale).gettext("Not included")
    assert not [text for text in found if state in text]
    assert report.blocks[-1].prose == {"ja": "B。", "ar": "ب."}.get(locale, "B.")


OTHER = {"reach": {"values": 400}, "cost": {"values": 2500}, "days": CURRENT["days"]}


@pytest.mark.parametrize(
    ("compare", "texts"),
    [
        ("[previous_period, same_period_last_year]", ["+50.0%", "+50.0%", "400", "200.0%", "−60.0%"]),
        ("[same_period_last_year, previous_period]", ["+50.0%", "+200.0%", "800", "50.0%", "−50.0%"]),
        ("previous_period", ["+50.0%", "+50.0%"]),
    ],
)
def test_the_texts_of_a_further_comparison(tmp_path: Path, compare: str, texts: list[str]) -> None:
    """A word names the comparison that it means, whichever is the main one; one that was not asked for is missing."""
    words = "{reach.change} · {reach.change.previous_period} · {reach.baseline.same_period_last_year} · "
    words += "{reach.moved.same_period_last_year} · {each.change.same_period_last_year}"
    days = dict.fromkeys(("2025-10-01..2025-10-31", "2026-09-01..2026-09-30"), OTHER)
    report = made(tmp_path, f'      - {{text: x, label: "{words}"}}\n', f"compare: {compare}", windows=days)
    assert report.blocks[-1].label.split(" · ") == texts
    assert len(live(report)) == 5 - len(texts)


def test_what_is_not_printed_warns_of_nothing(tmp_path: Path) -> None:
    """A text that its condition hides lacks nothing, and neither does a hidden text."""
    blocks = '      - {callout: "{cost.goal}", when: cost.goal > 1}\n      - {text: "{cost.goal}", hidden: true}'
    report = made(tmp_path, blocks, strict=True)
    assert (live(report), report.verdict) == ([], "done")
    assert "cost" not in {word.partition(".")[0] for word in report.words}


def test_a_number_that_the_client_does_not_see(tmp_path: Path) -> None:
    """It is still asked for, as a text prints it, and its source is named."""
    report = made(tmp_path, WORDS, client=CLIENT + "hide: [cost, each, days]\n")
    assert [block.name for block in report.blocks] == ["reach", "text"]
    assert "R$3,000.00" in report.blocks[-1].prose


def test_their_origin(tmp_path: Path) -> None:
    """A word's text is found as the figure of its number, hidden or not, with its request."""
    report = made(tmp_path, WORDS)
    for text, name in (("R$3,000.00", "cost"), ("25.0%", "cost"), ("R$2.50", "each")):
        assert name in {figure.block.name for figure in find_figures(report, text)}, text
    (figure,) = (figure for figure in find_figures(report, "R$3,000.00") if figure.block.name == "cost")
    assert [origin.record.metric["reference_key"] for origin in figure.origins] == ["fb:cost"]


@pytest.mark.parametrize(
    ("blocks", "keys", "said"),
    [
        ("      - text: '{raech}'", "", "blocks.5.text: {raech} is no variable and no number of the spec; did you"),
        ("      - text: '{days}'", "", "blocks.5.text: {days}: 'days' is no number, so no text can stand for it; "),
        ("      - text: {en: x, es: '{spend.chnge}'}", "", "text.es: {spend.chnge}: 'chnge' is no part of a number"),
        ("      - text: {en: x, es: '{zug}'}", "", "blocks.5.text.es: {zug} is no variable and no number of"),
        ("", "title: '{raech}'", "title: {raech} is no variable and no number of the spec; did you mean {reach}?"),
        ("      - text: {file: 'x/{reach}.md'}", "", "file: {reach} is no variable"),
    ],
)  # fmt: skip
def test_words_of_nothing(tmp_path: Path, blocks: str, keys: str, said: str) -> None:
    """A misspelt word is named with the nearest, at its line; a table has no text; a path has no live word."""
    (tmp_path / "spec.yaml").write_text(SPEC % (keys, blocks))
    with pytest.raises(SpecError) as caught:
        load_spec(tmp_path / "spec.yaml")
    assert said in str(caught.value)


def test_check_reads_the_words_of_clients_and_files(tmp_path: Path) -> None:
    """A word of nothing in a client's texts or in a Markdown file is found, with its file."""
    (tmp_path / "spec.yaml").write_text(SPEC % ("", "      - text: {file: words.md}"))
    (tmp_path / "client.yaml").write_text(CLIENT + "footer: '{reech}'\n")
    (tmp_path / "words.md").write_text("{costs}")
    found = [str(problem) for problem in check_file(tmp_path / "spec.yaml", tmp_path / "client.yaml").problems]
    assert any("client.yaml:4:1: footer: {reech} is no variable and no number" in problem for problem in found), found
    assert any(
        "words.md: {costs} is no variable and no number of the spec; did you mean {cost}?" in text for text in found
    )
