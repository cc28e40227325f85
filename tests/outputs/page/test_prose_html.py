"""Markdown to safe HTML."""

from __future__ import annotations

import re

import pytest
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import LineBox

from reportgen.model import Picture
from reportgen.outputs.page.prose_html import PrintedPassage, TableRoom, prose_html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**b** _i_", "<p><strong>b</strong><span> </span><em>i</em></p>\n"),
        ("# Title", "<h3>Title</h3>\n"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("{{ 7 * 7 }}", "<p>{{ 7 * 7 }}</p>\n"),
        ("[a **b**](#nowhere) c", "<p>a<span> </span><strong>b</strong> c</p>\n"),
        (f"a {'x' * 72} <b>", f"<p>a {'<wbr>'.join(['x' * 24] * 3)} &lt;b&gt;</p>\n"),
        ("[a](https://x.example)", '<p><a href="https://x.example" rel="noopener noreferrer">a</a></p>\n'),
    ],
)
def test_markdown_becomes_safe_html(markdown: str, html: str) -> None:
    """Formatting is kept, titles start below the page's, and markup is text."""
    assert prose_html(PrintedPassage(markdown)) == html


@pytest.mark.parametrize(
    "markdown",
    [
        *("[a](javascript:alert(1))", "![a](http://x.example/p.png)", "[a](file:///x)", "<img src=x onerror=y>"),
        *(
            '![a" onerror="x](p.png)',
            '<img src="reportgen-picture:0">',
            "[a](reportgen-picture:0)",
            "![a](data:image/png,x)",
        ),
    ],
)
def test_nothing_is_loaded_or_run(markdown: str) -> None:
    """Pictures that were not fetched, raw HTML and addresses that run code are no elements."""
    html = prose_html(PrintedPassage(markdown))
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="file' not in html
    assert 'href="reportgen' not in html


def test_pictures_stand_in_the_text_with_their_words() -> None:
    """A fetched picture is embedded; what an author writes beside it cannot take its place; a lost one is its words."""
    pictures = {"b.png": Picture("image/png", b"B"), "a.svg": Picture("image/svg+xml", b"<svg/>")}
    html = prose_html(
        PrintedPassage('![A *x*"](a.svg) src="reportgen-picture:0" ![](b.png) ![C](c.png)', pictures=pictures)
    )
    assert html == (
        '<p><img src="data:image/svg+xml;base64,PHN2Zy8+" alt="A x&quot;"> src="reportgen-picture:0"<span> </span>'
        '<img src="data:image/png;base64,Qg==" alt="Picture"> C</p>\n'
    )


def test_lines_are_filled_before_an_inline_element() -> None:
    """No line ends after its first word because the text before bold words ends in a space (a fault of WeasyPrint)."""
    prose = prose_html(PrintedPassage("Colour says whether a change is **good news**, not whether a number rose."))
    for width in range(205, 225):
        document = HTML(string=f"<style>p {{ font: 14px sans-serif; width: {width}px }}</style>{prose}").render()
        boxes = document.pages[0]._page_box.descendants()  # noqa: SLF001 - there is no other way to see lines
        first = next(box for box in boxes if isinstance(box, LineBox))
        assert first.width > 0.6 * width


@pytest.mark.parametrize(
    ("marks", "levels"),
    [("# ## ###", "234"), ("## #### ##", "232"), ("### # ##", "223"), ("# ## ### #### ##### ######", "234566")],
)
def test_headings_of_prose_have_no_jumps(marks: str, levels: str) -> None:
    """However many marks an author writes, a heading is one level below that which it belongs to, of six at most."""
    html = prose_html(PrintedPassage("\n\n".join(f"{mark} x" for mark in marks.split()), level=2))
    assert "".join(part[0] for part in html.split("<h")[1:]) == levels


def test_task_lists_have_boxes_with_words() -> None:
    """A reader who cannot see hears whether a task is done, in the report's language."""
    html = prose_html(PrintedPassage("- [x] a\n- [ ] b\n- c", locale="pt-BR"))
    box = '<li class="task"><span class="box" role="img" aria-label="{}">{}</span> {}</li>\n'
    assert html == f"<ul>\n{box.format('Feito', '☑', 'a')}{box.format('A fazer', '☐', 'b')}<li>c</li>\n</ul>\n"


def test_footnotes_have_numbers_and_ways_back_of_their_own_block() -> None:
    """The same name in two blocks gives places of two names; a note that is referred to twice has two ways back."""
    markdown = "a[^n] b[^n]\n\n[^n]: note"
    html = prose_html(PrintedPassage(markdown, "words"))
    ids, targets = re.findall(r' id="([^"]+)"', html), re.findall(r'href="#([^"]+)"', html)
    assert ids == ["note-words-1-from-1", "note-words-1-from-2", "note-words-1"]
    assert targets == ["note-words-1", "note-words-1", "note-words-1-from-1", "note-words-1-from-2"]
    assert html.count(' aria-label="Footnote 1"') == html.count(' aria-label="Back to the text"') == 2
    assert not set(ids) & set(re.findall(r' id="([^"]+)"', prose_html(PrintedPassage(markdown, "other"))))


def cells(markdown: str) -> list[str]:
    """Return the cells of a table in HTML, the heads first."""
    return re.findall(r"<(?:th|td)(?: [^>]*)?>.*?(?=</t[hd]>)", prose_html(PrintedPassage(markdown)))


def test_tables_have_the_sides_of_their_author() -> None:
    """A column stands left, in the middle or right as its line of dashes says; an empty head is no head."""
    assert cells("| a | b | c | |\n|:--|:-:|--:|---|\n| x | y | z | w |") == [
        *('<th scope="col">a', '<th class="c" scope="col">b', '<th class="n" scope="col">c', "<td>"),
        *("<td>x", '<td class="c">y', '<td class="n">z', "<td>w"),
    ]


def test_columns_of_numbers_stand_right() -> None:
    """Where an author says nothing, numbers and amounts stand right as in the report's own tables, all else left."""
    found = cells("|a|b|c|d|\n|-|-|-|:-|\n|1,200|2026-10-01|R$ 3|4|\n|–|2026-10-02|12 %|5|")
    assert ['class="n"' in cell for cell in found] == [True, False, True, False] * 3


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("1,200.50", "<bdi>1,200.50</bdi>"),
        ("**12,345**", "<bdi><strong>12,345</strong></bdi>"),
        ("Sep 1–30, 2026", "<bdi>Sep 1–30, 2026</bdi>"),
        ("1 de outubro de 2026", "<bdi>1 de outubro de 2026</bdi>"),
        ("1 أكتوبر 2026", '<bdi dir="rtl">1 أكتوبر 2026</bdi>'),
        ("−5 %", "<bdi>−5 %</bdi>"),
        ("it rose by 1,200 USD in the week", "it rose by<span> </span><bdi>1,200 USD</bdi> in the week"),
        (
            "from 2026-10-01 on, R$ 5 a click",
            "from<span> </span><bdi>2026-10-01</bdi> on,<span> </span><bdi>R$ 5</bdi> a click",
        ),
        ("words alone", "words alone"),
        ("2026年10月の結果は良好", "<bdi>2026</bdi>年<bdi>10</bdi>月の結果は良好"),
    ],
)
def test_figures_in_tables_stay_whole(text: str, html: str) -> None:
    """Numbers, amounts and dates never break, alone in a cell or in its text."""
    assert cells(f"| a | b |\n|:--|---|\n| {text} | x |")[2] == f"<td>{html}"


@pytest.mark.parametrize(
    ("columns", "begin"),
    [
        (2, '<div class="scroll">\n<table>'),
        (4, '<div class="scroll broad">\n<table>'),
        (5, '<div class="scroll broad">\n<table class="dense">'),
        (8, '<div class="scroll wide broad">\n<table class="dense" style="--squeeze:'),
    ],
)
def test_a_wide_table_is_set_smaller_on_paper(columns: int, begin: str) -> None:
    """It leaves the width of the text, then has small type, then just as small type as it needs."""
    markdown = f"{'|abcdefgh' * columns}\n{'|-' * columns}\n{'|12,345,678' * columns}"
    assert prose_html(PrintedPassage(markdown, room=TableRoom(20, 28, 35, phone=40))).startswith(begin)


def test_a_wide_table_is_scrolled_on_a_phone() -> None:
    """It keeps its type there, and is a place of its own for the keyboard, named after its block or its first head."""
    table = "|ab<|c|\n|-|-|\n|1|2|"
    assert prose_html(PrintedPassage(table, room=TableRoom(phone=1))).startswith(
        '<div class="scroll wide" tabindex="0" role="region" aria-label="ab&lt;">\n<table>\n<thead>'
    )
    assert 'aria-label="Plan"' in prose_html(PrintedPassage(table, label="Plan", room=TableRoom(phone=1)))


def test_a_table_without_heads_has_no_head() -> None:
    """An empty first line, which Markdown wants, is not printed."""
    assert prose_html(PrintedPassage("| | |\n|-|-|\n|a|b|")) == (
        '<div class="scroll">\n<table>\n<tbody>\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n</div>\n'
    )
