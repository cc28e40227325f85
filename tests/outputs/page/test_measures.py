"""Each size of the look stands once: style sheets and drawings both follow it."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pytest

from reportgen.model import Block, Column, Picture, Section, Table, Unit
from reportgen.outputs.page.lengths import Length
from reportgen.outputs.page.measures import MEASURES
from reportgen.outputs.page.stylesheet import margins, printed_stylesheet, stylesheet
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.pdfium import page_sizes
from reportgen.outputs.printed import PrintedReport
from tests.gallery.cases import annotated_chart, marked_table, words_blocks
from tests.outputs import reports
from tests.outputs.pages import differences, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Report
    from reportgen.outputs.page.measures import Measures

MOST = 40
"""Of 255: how far an area of 4 x 4 points may be off between what is drawn and what the page engine sets."""

DURATION = replace(
    reports.NUMBER,
    name="lasting",
    readings=(replace(reports.NUMBER.readings[0], unit=Unit("seconds"), value=3903, baseline=71),),
)
SENTENCE = (
    "The campaign of the autumn brought more people to the shop than those of the spring and the summer together. "
)


def mixed_table() -> Block:
    """Return a table of a picture, figures, and words after these."""
    pictures = (Picture("image/png", reports.PIXEL, "A post"), None)
    columns = (
        Column("post", "Post", "dimension", Unit(), ("Bread", "Cake"), thumbnails=pictures),
        Column("views", "Views", "metric", reports.COUNT, (48_312, 17_655)),
        Column("format", "Format", "dimension", Unit(), ("Reels", "Stories")),
    )
    return Block("mixed", "datatable", "Mixed", tables=(Table(columns, shown=2, of=2),))


def squeezed_table() -> Block:
    """Return a table whose type is made smaller than the small one."""
    money = tuple(Column(f"m{at}", "Spend", "metric", Unit("currency", "BRL"), (9_200_000, 81_000)) for at in range(5))
    names = Column("name", "Network", "dimension", Unit(), ("Social", "x"))
    counts = tuple(Column(f"c{at}", "Clicks", "metric", Unit("count"), (920, 81)) for at in range(4))
    table = Table((names, *money, *counts), shown=2, of=2, landscape=False)
    return Block("squeezed", "datatable", "Squeezed", tables=(table,))


@lru_cache(maxsize=1)
def whole() -> Report:
    """Return a report in which each size plays a part."""
    words = words_blocks()
    text = replace(reports.TEXT, prose=SENTENCE * 2, notes=(SENTENCE * 2,))
    turned = replace(reports.TABLE.tables[0], landscape=True)
    sections = (
        Section("Cards", (reports.GOAL, reports.PACED, DURATION, reports.NO_DATA)),
        Section("Charts", (annotated_chart(), reports.HEADING, reports.BAR)),
        Section("Tables", (marked_table(), reports.COMPARED_TABLE, mixed_table(), squeezed_table())),
        Section("Words", (text, reports.IMAGE, replace(words[0], width=12), replace(reports.TABLE, tables=(turned,)))),
    )
    client = replace(reports.report().client, logo=reports.LOGO)
    return replace(reports.report(), sections=sections, client=client, attach_data=False)


def sizes_in(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:  # noqa: ANN401 - any of the groups
    """Yield where each size stands, by the names of the fields that lead to it."""
    for field in fields(group):
        size, place = getattr(group, field.name), (*path, field.name)
        if isinstance(size, Length):
            yield place
        elif is_dataclass(size):
            yield from sizes_in(size, place)


def changed(group: Any, path: tuple[str, ...], factor: float) -> Any:  # noqa: ANN401 - as above
    """Return sizes of which one is multiplied by a factor."""
    own = getattr(group, path[0])
    new = changed(own, path[1:], factor) if path[1:] else replace(own, value=factor * own.value)
    return replace(group, **{path[0]: new})


SIZES = tuple(sizes_in(MEASURES))
PRINTED = {"page", "cover", "relative", "paper"}


# A size that only shows where something breaks or has no room is made so small or large that it does.
FACTORS: dict[tuple[str, ...], float] = {
    ("paper", "figure_gap"): 30,
    ("paper", "sentence_width"): 0.3,
    ("page", "image_height"): 0.0001,
}


def resized(path: tuple[str, ...]) -> Measures:
    """Return the usual sizes but for one."""
    other: Measures = changed(MEASURES, path, FACTORS.get(path, 1.1))
    return other


@lru_cache(maxsize=1)
def usual() -> dict[str, str]:
    """Return where the usual sizes take effect."""
    return effects(MEASURES)


def effects(measures: Measures) -> dict[str, str]:
    """Return the effective styles of the PDF, a browser's printer, wide screens and phones."""
    css = stylesheet("screen", measures)
    return {
        "pdf": printed_stylesheet("en", measures) + margins("en", measures),
        "printer": effective(css, "print"),
        "screen": effective(css, "screen"),
        "phone": effective(css, "screen", "screen and (max-width: 720px)"),
    }


def effective(css: str, *media: str) -> str:
    """Return the rules that some media have, with the values of their variables; pages are no screen's."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    wanted = [body for prelude, body in blocks(css) if prelude in {f"@media {one}" for one in media}]
    wanted.insert(0, "".join(f"{prelude}{{{body}}}" for prelude, body in blocks(css) if prelude[0] != "@"))
    rules = [rule for part in wanted for rule in blocks(part)]
    variables = {
        name: value
        for prelude, body in rules
        if prelude == ":root"
        for name, value in re.findall(r"(--[a-z0-9-]+):\s*([^;]*)", body)
    }
    written = "".join(f"{prelude}{{{body}}}" for prelude, body in rules if prelude != ":root")
    for _ in range(2):  # a variable may hold another one
        written = re.sub(r"var\((--[a-z0-9-]+)\)", lambda used: variables.get(used[1], used[0]), written)
    return written


def blocks(css: str) -> list[tuple[str, str]]:
    """Return what stands before and in each pair of outer braces."""
    found: list[tuple[str, str]] = []
    prelude, depth, start = "", 0, 0
    for brace in re.finditer("[{}]", css):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            found.append((prelude, css[start : brace.start()]))
        elif depth == 1 and brace[0] == "{":
            prelude = css[start : brace.start()].strip()
        else:
            continue
        start = brace.end()
    return found


SEEN = {
    "page": ({"pdf"}, {"screen", "phone"}),
    "cover": ({"pdf"}, {"screen", "phone"}),
    "paper": ({"pdf", "printer"}, {"screen", "phone"}),
    "relative": ({"pdf", "printer", "screen", "phone"}, set[str]()),
    "screen": ({"screen"}, {"pdf", "printer"}),
    "phone": ({"phone"}, {"pdf", "printer", "screen"}),
    "widths.content_width": ({"screen"}, {"pdf", "printer"}),
}
"""Group of sizes, or a size -> for what its style sheet has it, and for what it has not."""
CHARTS = tuple(path for path in SIZES if "chart" in path[1])
"""The sizes of charts are in no style sheet."""


@pytest.mark.parametrize("path", [path for path in SIZES if path not in CHARTS], ids=".".join)
def test_a_size_takes_effect_in_its_media(path: tuple[str, ...]) -> None:
    """One that is larger changes the rules of the media that it is for, and no others."""
    now = effects(resized(path))
    seen = {name for name, style in usual().items() if now[name] != style}
    there, elsewhere = SEEN.get(".".join(path[:2])) or SEEN[path[0]]
    assert there <= seen
    assert seen.isdisjoint(elsewhere)


@pytest.mark.parametrize("path", CHARTS, ids=".".join)
def test_the_size_of_a_chart_is_drawn(path: tuple[str, ...]) -> None:
    """One that is larger on screens changes what HTML holds, one on paper does not; neither changes a style sheet."""
    assert effects(resized(path)) == usual()
    assert (markup(resized(path)) != markup(MEASURES)) is (path[0] != "paper")


@lru_cache(maxsize=2)
def markup(measures: Measures) -> str:
    """Return a wide and a narrow chart as the web page holds them."""
    shown = replace(reports.report(annotated_chart(), reports.BAR), baselines=())
    return re.sub(r"<style>.*?</style>", "", page(shown, "screen", measures=measures), flags=re.DOTALL)


def printed(measures: Measures, report: Report | None = None, *, plain: bool = False) -> bytes:
    """Print a report, the whole one where none is given, in sizes, without the file's identifier."""
    (artifact,) = render_pdf(PrintedReport(report or whole(), measures), plain=plain)
    return re.sub(rb"/ID ?\[[^\]]*\]", b"", artifact.content)


@lru_cache(maxsize=1)
def parts() -> tuple[tuple[Report, bytes], ...]:
    """Return the report with each of its sections alone, and whole, with its pages in the usual sizes."""
    reports = [replace(whole(), sections=(section,)) for section in whole().sections]
    return tuple((report, printed(MEASURES, report)) for report in (*reports, whole()))


@pytest.mark.thorough
@pytest.mark.parametrize("path", [path for path in SIZES if path[0] in PRINTED], ids=".".join)
def test_a_printed_size_is_drawn(path: tuple[str, ...]) -> None:
    """One that is larger on paper changes the pages of the PDF, whose sections are tried one by one."""
    other = resized(path)
    assert any(printed(other, report) != usual for report, usual in parts())


@pytest.mark.parametrize("path", [("screen", "text", "size"), ("phone", "chart", "wide"), ("widths", "content_width")])
def test_a_screen_size_is_not_printed(path: tuple[str, ...]) -> None:
    """One of screens leaves the PDF as it is."""
    assert printed(resized(path)) == printed(MEASURES)


@pytest.mark.thorough
@pytest.mark.parametrize("factors", [(1.12, 1.04), (0.93, 0.97)])
def test_drawings_follow_the_style_sheet(factors: tuple[float, ...]) -> None:
    """In other sizes too, cards, charts and rows that are drawn look as the page engine sets them."""
    other = MEASURES
    for at, path in enumerate(path for path in SIZES if path[0] in {"relative", "paper"}):
        other = changed(other, path, factors[at % len(factors)])
    assert max(differences(printed(other, plain=True), printed(other))) <= MOST


@pytest.mark.thorough
def test_another_paper() -> None:
    """A letter is printed as a letter: its pages, and those turned on their side."""
    letter = changed(changed(MEASURES, ("page", "page_width"), 215.9 / 210), ("page", "page_height"), 279.4 / 297)
    pages = {tuple(map(round, size)) for size in page_sizes(printed(letter))}
    assert pages == {(612, 792), (792, 612)}
    assert max(differences(printed(letter, plain=True), printed(letter))) <= MOST


def test_no_size_takes_the_name_of_a_color() -> None:
    """A variable of a size is none of a theme's colours."""
    names = set(re.findall(r"--([a-z0-9-]+):", stylesheet("screen") + stylesheet("print")))
    assert names.isdisjoint(reports.PAPER.colors)
