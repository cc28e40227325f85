"""Markdown to safe HTML."""

from __future__ import annotations

import pytest
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import LineBox

from reportgen.model import Block
from reportgen.outputs.text.markdown import link_cautions, plain_prose, prose_html


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
    assert prose_html(markdown) == html


@pytest.mark.parametrize("markdown", ["[a](javascript:alert(1))", "![a](http://x.example/p.png)", "[a](file:///x)"])
def test_nothing_is_loaded_or_run(markdown: str) -> None:
    """Pictures and addresses that run code are no elements."""
    html = prose_html(markdown)
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="file' not in html


@pytest.mark.parametrize(
    "address",
    [
        *("#nowhere", "page.html", "/page", "//host/page", "?a=b", "", "C:/report.pdf"),
        *("javascript:alert(1)", "file:///x", "data:text/html,x", "ftp://x.example", "tel:1", "report:x", "HTTPS:x"),
        *("https://", "https://x.example:99999/", "https:///page", "mailto:", "http://:80/"),
    ],
)
def test_a_link_that_leads_nowhere_is_its_words(address: str) -> None:
    """Whatever is no whole address is plain text, and staff are told; a place that is not there would stop the PDF."""
    markdown = f"- see [the **page**](<{address}>)\n- <https://x.example/?a=b#c> [mail](mailto:a@b.example)"
    html = prose_html(markdown)
    assert "see the<span> </span><strong>page</strong></li>" in html
    assert html.count("<a ") == 2
    (caution,) = link_cautions(Block("words", "text", prose=markdown))
    assert (caution.code, caution.block, repr(address) in caution.text) == ("W-LINK", "words", True)


def test_links_that_lead_somewhere_are_no_caution() -> None:
    """Addresses of the web and of mail, by reference too, are links as they are written."""
    markdown = "[a][1] <b@c.example> [d](HTTP://x.example:8080/%20?q#e)\n\n[1]: https://b\u00fccher.example/\u00e9"
    assert not list(link_cautions(Block("words", "text", prose=markdown)))
    assert prose_html(markdown).count("<a href=") == 3


def test_lines_are_filled_before_an_inline_element() -> None:
    """No line ends after its first word because the text before bold words ends in a space (a fault of WeasyPrint)."""
    prose = prose_html("Colour says whether a change is **good news**, not whether a number rose.")
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
    html = prose_html("\n\n".join(f"{mark} x" for mark in marks.split()), 2)
    assert "".join(part[0] for part in html.split("<h")[1:]) == levels


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# Good _news_\n\n**3** new &amp; [old](https://x.example) <b>\nshops", "Good news\n3 new & old <b>\nshops"),
        ("- one\n- two `x`\n\n  more\n  1. three\n\n\nend", "• one\n• two x\nmore\n• three\nend"),
        ("| a | b |\n|---|---|\n| ~~1~~ |  |\n\n---\n> q  \n> r", "a\nb\n1\nq\nr"),
        ("```\n<i>x</i>\n\ny\n```\n\n    z &lt;", "<i>x</i>\ny\nz &lt;"),
        (f"{'x' * 72}\r\n\x0bq \\* &nbsp;", f"{'x' * 72}\nq * \N{NO-BREAK SPACE}"),
        ("[a](javascript:x) ![b](c.png)", "a !b"),
        ("", ""),
    ],
)
def test_markdown_becomes_plain_text(markdown: str, text: str) -> None:
    """Words stay as they are written, marks go, and an item of a list has a bullet."""
    assert plain_prose(markdown) == text
