"""The links of Markdown: those that lead somewhere from a report, and cautions of the others."""

from __future__ import annotations

import pytest

from reportgen.model import Block, Section
from reportgen.outputs.page.prose_html import PrintedPassage, prose_html
from reportgen.outputs.text.prose_links import footnote_references, link_cautions, link_places

PLACES = link_places([Section("Reach", (Block("reach", "number", label="Accounts reached"),)), Section("", ())])


def test_sections_and_their_blocks_are_places() -> None:
    """A link may lead to each, by the name that its element has in the page."""
    assert PLACES == {"section-1": "Reach", "block-reach": "Accounts reached", "section-2": ""}


@pytest.mark.parametrize(
    "address",
    [
        *("#nowhere", "#block-gone", "#", "page.html", "/page", "//host/page", "?a=b", "", "C:/report.pdf"),
        *("javascript:alert(1)", "file:///x", "data:text/html,x", "ftp://x.example", "tel:1", "report:x", "HTTPS:x"),
        *("https://", "https://x.example:99999/", "https:///page", "mailto:", "http://:80/"),
    ],
)
def test_a_link_that_leads_nowhere_is_its_words(address: str) -> None:
    """Whatever is no whole address is plain text, and staff are told; a place that is not there would stop the PDF."""
    markdown = f"- see [the **page**](<{address}>)\n- <https://x.example/?a=b#c> [mail](mailto:a@b.example)"
    html = prose_html(PrintedPassage(markdown, places=PLACES))
    assert "see the<span> </span><strong>page</strong></li>" in html
    assert html.count("<a ") == 2
    (caution,) = link_cautions(Block("words", "text", prose=markdown), PLACES)
    assert (caution.code, caution.block, repr(address) in caution.text) == ("W-LINK", "words", True)


def test_links_that_lead_somewhere_are_no_caution() -> None:
    """Addresses of the web and of mail, by reference and bare too, and places of the report are links as written."""
    markdown = (
        "[a][1] <b@c.example> [d](HTTP://x.example:8080/%20?q#e) [f](#block-reach) https://g.example[^1] h@i.example"
        "\n\n[1]: https://b\u00fccher.example/\u00e9\n\n[^1]: [j](#section-1)"
    )
    assert not list(link_cautions(Block("words", "text", prose=markdown), PLACES))
    html = prose_html(PrintedPassage(markdown, places=PLACES))
    assert html.count("<a href=") == 8
    assert '<a href="#block-reach" rel="noopener noreferrer">f</a>' in html


def test_a_dead_place_is_named_with_the_way_to_write_it() -> None:
    """The caution tells an author how a place is named."""
    (caution,) = link_cautions(Block("words", "text", prose="[x](#reach)"), PLACES)
    assert caution.text.endswith("write the name of a shown block, such as #block-reach")


@pytest.mark.parametrize(
    ("markdown", "counts"),
    [("a", []), ("a[^1]", []), ("a[^x] b[^y] c[^x]\n\n[^x]: 1\n[^y]: 2", [2, 1]), ("a\n\n[^x]: unused", [])],
)
def test_references_to_footnotes_are_counted(markdown: str, counts: list[int]) -> None:
    """In the order of the footnotes, which is that of their first references."""
    assert footnote_references(markdown) == counts
