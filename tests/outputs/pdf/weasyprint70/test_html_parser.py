"""A tidy page read fast is the page that a browser reads; an untidy one is not read so."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, tostring

import pytest
import tinyhtml5
from hypothesis import given
from hypothesis import strategies as st

from reportgen.outputs.page.prose_html import PrintedPassage, prose_html
from reportgen.outputs.pdf.weasyprint70.html_parser import UntidyPageError, parse_tidy
from tests.gallery.cases import gallery
from tests.outputs import reports
from tests.outputs.pages import page

if TYPE_CHECKING:
    from reportgen.model import Report


def browsers(html: str) -> bytes:
    """Return the tree of a page as a browser reads it."""
    return written(tinyhtml5.parse(html, namespace_html_elements=False))


def written(tree: Element) -> bytes:
    """Write a tree; spaces between the parts of a page mean nothing."""
    for part in (tree, *tree.iter("head"), *tree.iter("body")):
        part.text = (part.text or "").strip()
        for child in part:
            child.tail = (child.tail or "").strip()
    return bytes(tostring(tree))


@pytest.mark.parametrize("report", [gallery(), reports.large_report(), reports.compared_report("ar")])
def test_our_pages_are_read_as_a_browser_does(report: Report) -> None:
    """Every component in every case is tidy, and gives the same tree."""
    html = page(report, "print", {})
    assert written(parse_tidy(html)) == browsers(html)


@given(st.text(alphabet="ab <>&*_#-`|\n[]()!1.\"'/", max_size=80))
def test_passages_are_read_as_a_browser_does(markdown: str) -> None:
    """Whatever an author writes is read the same, or left to the slower reader."""
    prose = prose_html(PrintedPassage(markdown, level=2))
    html = f"<!doctype html><html><head><title>t</title></head><body><div>{prose}</div></body></html>"
    try:
        tree = parse_tidy(html)
    except UntidyPageError:
        return
    assert written(tree) == browsers(html)


@pytest.mark.parametrize(
    "body",
    [
        "<p>one<p>two",
        "<p><div>x</div></p>",
        "<b><i>x</b></i>",
        "<table>x</table>",
        "<table><tr><td>x</td></tr></table>",
        "<pre>\nx</pre>",
        "<svg><a></a></svg>",
        "<a><a>x</a></a>",
        "</p>",
        "</body></html><p>x</p>",
        "<div>",
    ],
)
def test_what_a_browser_would_mend_is_not_tidy(body: str) -> None:
    """What is read otherwise than it is written is told apart."""
    with pytest.raises(UntidyPageError):
        parse_tidy(f"<!doctype html><html><head></head><body>{body}</body></html>")
