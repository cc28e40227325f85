"""The HTML: whole in itself, safe, and the same markup for a component as the golden fragments.

After a wanted change of the markup, `REPORTGEN_UPDATE_GOLDEN=1 pytest tests/outputs/html/test_web_page.py`
writes the fragments anew; read their difference before keeping it. Drawings are left out of them.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import OutputError, WrongTemplate
from reportgen.model import (
    RAW,
    Annotation,
    Block,
    Chart,
    Column,
    Reading,
    Section,
    Series,
    Table,
    Theme,
    ToneRule,
    Unit,
)
from reportgen.outputs.html import page_script
from reportgen.outputs.html.screen_parts import block_parts
from reportgen.outputs.html.web_page import render_html, render_template
from reportgen.outputs.page.block_rows import BlockRow
from reportgen.outputs.page.card_rows import card_row
from reportgen.outputs.page.page_parts import PageParts
from reportgen.outputs.pdf.blocks.page_margins import RunningHeads
from reportgen.outputs.printed import PrintedReport, PrintedRow
from reportgen.outputs.text.flat_tables import flat_table
from reportgen.resources import templates_folder
from tests.outputs import reports
from tests.outputs.pages import page

if TYPE_CHECKING:
    from reportgen.outputs.pdf.print_parts import DrawnPart

GOLDEN = Path(__file__).parent / "golden"
POINT = replace(
    reports.LINE, name="point", charts=(Chart("line", "date", ("2026-10-01",), (Series("a", "A", RAW, (3,)),)),)
)
HUGE = replace(reports.NUMBER, name="huge", readings=(Reading("reach", reports.COUNT, 10**15 + 7),))
NEGATIVE = replace(reports.NUMBER, name="negative", charts=(), readings=(Reading("net", reports.COUNT, -12),))
MARKED = replace(
    reports.TABLE,
    tables=(
        replace(
            reports.TABLE.tables[0],
            columns=tuple(
                replace(column, bar=column.unit.name == "count", tones=(ToneRule("good", ">=", 0.04),))
                for column in reports.TABLE.tables[0].columns
            ),
        ),
    ),
)
LISTED = tuple(replace(block.readings[0], label=block.label) for block in (*reports.CARDS[:3], reports.NO_DATA))
ANNOTATED = replace(
    reports.LINE,
    name="annotated",
    charts=(replace(reports.LINE.charts[0], annotations=(Annotation("2026-10-02", "Shop <closed>"),)),),
)
FRAGMENTS: dict[str, Block] = {
    "number": reports.NUMBER,
    "number-failed": reports.FAILED,
    "number-no_data": reports.NO_DATA,
    "number-huge": HUGE,
    "number-negative": NEGATIVE,
    "number-better": reports.CARDS[3],
    "number-level": reports.CARDS[6],
    **{
        f"number-{state}": replace(
            reports.NO_DATA, state=state, readings=(replace(reports.NO_DATA.readings[0], missing=state),)
        )
        for state in ("not_returned", "not_requested", "expired", "not_comparable")
    },
    "chart": reports.LINE,
    "chart-no_data": reports.EMPTY_CHART,
    "chart-failed": replace(reports.EMPTY_CHART, state="failed", reason="upstream said 500"),
    "chart-point": POINT,
    "datatable": reports.TABLE,
    "datatable-no_data": reports.EMPTY_TABLE,
    "datatable-failed": replace(reports.EMPTY_TABLE, state="failed", tables=()),
    "text": reports.TEXT,
    "heading": reports.HEADING,
    "image": reports.IMAGE,
    "divider": reports.DIVIDER,
    "page_break": reports.PAGE_BREAK,
    "number-goal": reports.GOAL,
    "number-twice": reports.TWICE,
    "number-paced": replace(reports.PACED, charts=()),
    "chart-compared": reports.COMPARED_LINE,
    "datatable-marked": MARKED,
    "datatable-compared": reports.COMPARED_TABLE,
    "datatable-uncompared": replace(
        reports.TABLE, tables=(replace(reports.TABLE.tables[0], baseline_missing="not_returned"),)
    ),
    "chart-annotated": ANNOTATED,
    "callout": Block("callout", "callout", "Stock", prose="It ran **out**.", tone="warn"),
    "metric_list": Block("list", "metric_list", "In short", readings=LISTED),
    "metric_list-twice": Block(
        "list", "metric_list", readings=(replace(reports.TWICE.readings[0], label="Reach"), LISTED[0])
    ),
    "metric_list-remarked": Block(
        "list",
        "metric_list",
        readings=(
            replace(reports.GOAL.readings[0], label="Leads"),
            replace(reports.PACED.readings[0], label="Clicks", remarks=("own_period",)),
            Reading("", reports.COUNT, missing="no_data", label="Cost per lead", remarks=("zero_divisor",)),
        ),
    ),
    "summary": Block("summary", "summary", "The month", readings=LISTED),
    "summary-still": Block("still", "summary", "The month"),
    "remark": replace(reports.NUMBER, charts=(), remarks=("last_30_days", "zero_divisor")),
    "note": replace(reports.NUMBER, charts=(), notes=("Counted by the platform.",)),
}


def fragment(block: Block) -> str:
    """Return one block as the page holds it, without its drawings."""
    printed, row = PrintedReport(reports.report(block)), BlockRow((block,))
    shared = card_row(row, printed.report, printed.card)
    parts = PageParts({block.name: block_parts(block, PrintedRow(row, shared), printed)})
    shown = {"report": printed.report, "printed": printed, "block": block, "row": row, "shared": shared}
    html = render_template("block.html", "en", medium="screen", level=2, parts=parts, **shown)
    return re.sub(r"<svg.*?</svg>", "<svg/>", html, flags=re.DOTALL) + "\n"


class Outline(HTMLParser):
    """Collects the attributes of every element and the text that is seen."""

    def __init__(self, html: str) -> None:
        """Read a page."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.seen = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.seen += data


@pytest.mark.parametrize("name", sorted(FRAGMENTS))
def test_component_keeps_its_markup(name: str) -> None:
    """Each kind and state is written as its golden fragment says."""
    golden = GOLDEN / f"{name}.html"
    written = fragment(FRAGMENTS[name])
    if os.environ.get("REPORTGEN_UPDATE_GOLDEN") == "1":
        golden.write_text(written, "utf-8")
    assert written == golden.read_text("utf-8")


def test_every_fragment_has_a_case() -> None:
    """No golden fragment is left over from a case that is gone."""
    assert {path.stem for path in GOLDEN.glob("*.html")} == set(FRAGMENTS)


def test_loads_nothing_from_elsewhere() -> None:
    """All that a browser would fetch is a data: address; only links that a reader follows lead outside."""
    html = page(reports.large_report(), "screen")
    fetched = [
        value
        for tag, attributes in Outline(html).elements
        for key, value in attributes.items()
        if key in {"src", "srcset", "poster", "data"} or (key == "href" and tag != "a") or tag == "script"
    ]
    fetched += re.findall(r"url\(([^)]*)\)", html)
    assert fetched
    assert [value[:60] for value in fetched if value and not value.startswith("data:")] == []


def test_forbids_everything_but_what_is_inside() -> None:
    """The page carries a content security policy that allows no address, and the page's own script alone."""
    html = page(reports.report(), "screen")
    policies = [a["content"] for _, a in Outline(html).elements if "http-equiv" in a]
    (own,) = re.findall("<script>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
    assert policies == [
        (
            f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
            "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
        )
    ]


def test_every_block_can_be_found() -> None:
    """Each block is one element with its id, its state and, for a metric, its reference key.

    The figures of an empty section come first, in its line; all others stand in order.
    """
    blocks = reports.large_report().blocks
    elements = [a for _, a in Outline(page(reports.large_report(), "screen")).elements if "data-state" in a]
    found = [(a["id"], a["data-state"], a.get("data-reference-key")) for a in elements]
    expected = [(f"block-{block.name}", block.state, block.reference_key) for block in blocks]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert [one for one in found if one[1] == "ok"] == [one for one in expected if one[1] == "ok"]


def test_api_text_is_data() -> None:
    """Markup and template syntax in labels and cells are shown, not obeyed."""
    nasty = "<script>alert(1)</script>{{7*7}}</style><!--"
    table = Table((Column("a", nasty, "dimension", values=(nasty,)),), shown=1, of=1)
    block = replace(reports.TABLE, label=nasty, tables=(table,))
    html = page(reports.report(block), "screen")
    assert Outline(html).seen.count(nasty) == 3


def test_prose_cannot_bring_markup() -> None:
    """Raw HTML of Markdown is shown as text."""
    html = page(reports.report(replace(reports.TEXT, prose="<img src=x onerror=y> **b**")), "screen")
    assert "&lt;img src=x onerror=y&gt;<span> </span><strong>b</strong>" in html


def test_forbidden_characters_are_left_out() -> None:
    """Control characters and lone surrogates, which HTML and UTF-8 cannot hold, do not reach the file."""
    (artifact,) = render_html(PrintedReport(reports.report(replace(reports.HEADING, label="a\x00b\x1bc\ud800d"))))
    assert b">abcd<" in artifact.content


@pytest.mark.parametrize("color", ["red", "#12345", "#123456;}"])
def test_theme_holds_colours_only(color: str) -> None:
    """What is no #RRGGBB is refused by its token's name."""
    with pytest.raises(OutputError, match="accent"):
        page(replace(reports.report(), theme=Theme("odd", {**reports.PAPER.colors, "accent": color})), "screen")


def test_unknown_kind_is_named() -> None:
    """A block without a template is an error that says which template is missing."""
    with pytest.raises(OutputError, match=re.escape("components/hologram.html")):
        page(reports.report(replace(reports.TEXT, kind="hologram")), "screen")


def test_reason_is_for_staff() -> None:
    """Why a block failed is not told to the client."""
    html = page(reports.report(reports.FAILED), "screen")
    assert f'id="block-{reports.FAILED.name}"' in html
    assert "cannot be combined" not in html


def test_missing_is_no_zero() -> None:
    """A missing number is said in words."""
    html = fragment(reports.NO_DATA)
    assert ">No data<" in html
    assert ">0<" not in html


@pytest.mark.parametrize(("width", "tablets"), [(12, 1), (10, 1), (9, 0), (6, 0)])
def test_draws_for_each_screen(width: int, tablets: int) -> None:
    """A chart has a drawing for desks and for phones, and for tablets where it is wider than these."""
    html = page(reports.report(replace(reports.PIE, width=width)), "screen")
    drawn = [html.count(f'class="drawing {screen}"') for screen in ("desktop", "tablet", "phone")]
    assert drawn == [1, tablets, 1]


def test_draws_once_for_print() -> None:
    """A printed page has each chart once, below its title."""
    drawings: dict[str, DrawnPart] = {}
    html = page(reports.report(reports.PIE), "print", drawings)
    assert re.findall(r'<img[^>]* src="(reportgen-drawing:\d+)"', html) == [
        address for address, drawn in drawings.items() if not isinstance(drawn, RunningHeads)
    ]
    assert (len(drawings), html.count("<svg")) == (2, 0)


def test_closing_block_says_what_was_left_out() -> None:
    """The last words name an account that is not there and the figures that could not be read."""
    seen = " ".join(Outline(page(reports.large_report(), "screen")).seen.split())
    assert "Google Ads No account is connected, so its figures are left out." in seen
    assert "Could not be read Profile views" in seen


def test_language_and_direction_are_told() -> None:
    """The page says its language and the direction of its script."""
    _, attributes = Outline(page(reports.report(locale="ar"), "screen")).elements[0]
    assert (attributes["lang"], attributes["dir"]) == ("ar", "rtl")


@pytest.mark.parametrize(
    ("locale", "meaning", "entry"),
    [
        ("ar", "Sales, by ads.", '<dt dir="ltr">ROAS</dt>\n<dd dir="ltr">Sales, by ads.</dd>'),
        ("ar", "مبيعات.", '<dt dir="ltr">ROAS</dt>\n<dd>مبيعات.</dd>'),
        ("en", "Sales, by ads.", "<dt>ROAS</dt>\n<dd>Sales, by ads.</dd>"),
    ],
)
def test_a_glossary_runs_as_its_author_wrote(locale: str, meaning: str, entry: str) -> None:
    """A full stop stands at the end of an English meaning on an Arabic page too."""
    assert entry in page(replace(reports.report(locale=locale), glossary=(("ROAS", meaning),)), "screen")


def test_name_carries_client_and_period() -> None:
    """The file is named after the client, the spec and the period."""
    (artifact,) = render_html(PrintedReport(reports.report()))
    assert (artifact.name, artifact.media_type) == (
        "padaria-aurora-instagram-2026-10.html",
        "text/html; charset=utf-8",
    )


def test_a_number_beside_a_chart_keeps_its_card() -> None:
    """A card without a change can share its row with another kind, at its own size."""
    lone = replace(reports.NUMBER, charts=(), readings=(Reading("reach", reports.COUNT, 55645),))
    html = page(reports.report(lone, replace(reports.PIE, width=6)), "print")
    assert "55,645" in html
    assert "--fit:" in html


def test_a_broken_link_is_no_link() -> None:
    """What is no web address stays text."""
    column = replace(reports.TABLE.tables[0].columns[0], links=("javascript:alert(1)", "ftp://x"))
    table = replace(reports.TABLE.tables[0], columns=(column, *reports.TABLE.tables[0].columns[1:]))
    main = page(reports.report(replace(reports.TABLE, tables=(table,))), "print").split("<main>")[1]
    assert str(column.values[0]) in main
    assert "<a href" not in main


def test_odd_periods_are_told_beside_their_dates() -> None:
    """That October is longer than September stands on the cover in a few words, and at the end in a sentence."""
    seen = " ".join(Outline(page(reports.report(), "screen")).seen.split())
    assert "compared with September 2026 31 days compared with 30 days" in seen
    assert "The periods differ in length, 31 days and 30 days; totals are compared as they are." in seen


def test_rows_left_out_are_told_by_period() -> None:
    """Under a title stand the rows printed of the period, those of the compared period alone, and the total."""
    table = replace(reports.COMPARED_TABLE.tables[0], shown=2)
    assert '<span class="count">2 of 4, and 1 only in September 2026; the total is of all 4</span>' in fragment(
        replace(reports.COMPARED_TABLE, tables=(table,))
    )


def test_contents_lead_to_the_sections_they_name() -> None:
    """Also where a section before them has no title and is not among them."""
    report = reports.report(reports.NUMBER)
    blocks = report.sections[0].blocks
    report = replace(report, sections=(Section("", blocks), Section("Reach", blocks), Section("Clicks", blocks)))
    contents = page(report, "screen").split("<nav")[1].split("</nav>")[0]
    assert re.findall(r'<a href="#([\w-]+)">([^<]+)', contents) == [
        ("section-2", "Reach"),
        ("section-3", "Clicks"),
        ("about", "About this report"),
    ]


def test_an_endless_word_may_break() -> None:
    """A cell of thousands of letters has places to break, which cost no letter; markup in it stays text."""
    table = reports.TABLE.tables[0]
    column = replace(table.columns[0], values=("<b>" + "x" * 20_000, *table.columns[0].values[1:]))
    html = fragment(replace(reports.TABLE, tables=(replace(table, columns=(column, *table.columns[1:])),)))
    assert "&lt;b&gt;" in html
    assert html.replace("<wbr>", "").count("x" * 20_000) == 1
    assert max(len(run) for run in re.findall("x+", html)) <= 24


def test_figures_run_as_their_words_do() -> None:
    """In Arabic an hour, its minutes and seconds follow to the left; money keeps its order."""
    hours = replace(reports.NUMBER, name="hours", readings=(Reading("f", Unit("seconds"), 4300),))
    money = replace(reports.NUMBER, readings=(Reading("f", Unit("currency", "BRL"), 163658.72),))
    html = page(reports.report(hours, money, locale="ar"), "print")
    first, second = re.findall(r'<p class="value">(<bdi[^>]*>)', html)
    assert (first, second) == ('<bdi dir="rtl">', "<bdi>")


def test_a_link_runs_as_its_letters_do() -> None:
    """In Arabic the question mark of an English post stays at its end."""
    table = reports.TABLE.tables[0]
    values = ("Sand or moss green?", *table.columns[0].values[1:])
    column = replace(table.columns[0], values=values, links=("https://example.com/p/1", *(None for _ in values[1:])))
    block = replace(reports.TABLE, tables=(replace(table, columns=(column, *table.columns[1:])),))
    for locale, direction in (("ar", ' dir="ltr"'), ("en", "")):
        html = page(reports.report(block, locale=locale), "print")
        assert f'rel="noopener noreferrer"{direction}>Sand or moss green?</a>' in html


def test_a_long_text_is_whole_in_the_page() -> None:
    """Three of its lines are seen; the whole text is there, and what the pointer shows has its blank lines too."""
    caption = "Win a basket!\n\n1. Follow us\n2. Like this post\n3. Name two friends"
    names = Column("media", "Post", "dimension", values=(caption, "Short\none"), lines=3)
    html = fragment(replace(reports.TABLE, tables=(Table((names,), shown=2, of=2),)))
    seen = caption.replace("\n\n", "\n")
    assert f'<span class="clamp" style="--lines:3" title="{caption}">{seen}</span></th>' in html
    assert ">Short\none</th>" in html
    assert html.count('<th scope="row" class="lined"') == 2


def test_no_search_engine_lists_a_page_unless_its_author_wants_it() -> None:
    """A report is for its client: a published page asks not to be listed."""
    robots = '<meta name="robots" content="noindex">'
    report = reports.report(reports.NUMBER)
    assert robots in page(report, "screen")
    assert robots not in page(replace(report, is_indexed=True), "screen")


def test_a_link_to_the_page_is_shown_with_words() -> None:
    """Chats show its title, and in a line the client, the title and both periods; its icon is in the page."""
    elements = Outline(page(reports.report(reports.NUMBER), "screen")).elements
    told = {
        attributes.get("property"): attributes["content"]
        for tag, attributes in elements
        if tag == "meta" and "content" in attributes
    }
    assert told["og:title"] == "Padaria Aurora · October 2026"
    assert told["og:description"] == "Padaria Aurora, Marketing report, October 2026, compared with September 2026"
    (icon,) = (attributes["href"] or "" for tag, attributes in elements if tag == "link")
    assert icon.startswith("data:image/svg+xml,%3Csvg")


def test_a_page_leads_to_the_files_beside_it() -> None:
    """To the PDF and the workbook by their names, where these are written into its folder, and else not."""
    printed = PrintedReport(reports.report(reports.NUMBER), formats=("html", "pdf", "xlsx"))
    (artifact,) = render_html(printed)
    stem = artifact.name.removesuffix(".html")
    for name in ("pdf", "xlsx"):
        assert f'<a href="{stem}.{name}">'.encode() in artifact.content
        assert f"{stem}.{name}" not in page(printed.report, "screen")


def test_the_script_is_small() -> None:
    """Every page carries it, so it stays under 30 KB."""
    assert len(page_script.script().encode()) < 30_000


@pytest.mark.parametrize(
    ("context", "line", "said"),
    [
        ({}, "{% if pages %}", "'pages' is undefined"),
        ({"pages": {"build": "a", "count_words": "", "sheets": 5}}, "{%- for sheet in pages.sheets", "not iterable"),
    ],
)
def test_a_template_that_fails_is_told_with_its_line(context: dict[str, object], line: str, said: str) -> None:
    """What fails while a template is filled in has a file and a line too, also where Python finds the fault."""
    with pytest.raises(WrongTemplate) as raised:
        render_template("staff/preview-pages.html", "en", **context)
    path, problem = templates_folder() / "staff/preview-pages.html", raised.value.problem
    assert problem.file == str(path)
    assert path.read_text().splitlines()[problem.line - 1].startswith(line)
    assert said in problem.message
    assert str(raised.value) == f"{path}:{problem.line}: {problem.message}"


def test_a_fault_of_a_function_is_no_templates() -> None:
    """An error of our own code that a template calls is not told as the template's."""

    class Broken:
        @property
        def build(self) -> str:
            raise ValueError("our own")

    with pytest.raises(ValueError, match="our own"):
        render_template("staff/preview-pages.html", "en", pages=Broken())


def test_a_subtitle_stands_under_its_title() -> None:
    """The author's sentence follows the title of its section as text; a section without one has no empty line."""
    report = reports.report(reports.NUMBER)
    (section,) = report.sections
    told = page(replace(report, sections=(replace(section, subtitle="Reach <grew> & stayed"),)), "screen")
    assert '<h2>Instagram</h2>\n<p class="lead">Reach &lt;grew&gt; &amp; stayed</p>' in told
    assert 'class="lead"' not in page(report, "screen")


@pytest.mark.parametrize(("locale", "word"), [("en", "Total"), ("ja", "合計")])
def test_a_total_that_was_worked_out_is_called_so(locale: str, word: str) -> None:
    """The API names its own total; a total of ours has the word of the report's language, on the page and in sheets."""
    (table,) = reports.TABLE.tables
    worked_out = replace(table, total=(None, *(table.total or ())[1:]))
    report = reports.report(replace(reports.TABLE, tables=(worked_out,)), locale=locale)
    assert f">{word}<" in page(report, "screen")
    assert flat_table(worked_out, report)[0].total == word
