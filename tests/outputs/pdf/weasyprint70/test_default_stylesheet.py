"""WeasyPrint's own stylesheet without notes and margins: a version that writes it otherwise breaks the contract."""

from __future__ import annotations

import re

from weasyprint import HTML
from weasyprint.html import UA

from reportgen.outputs.pdf.weasyprint70.default_stylesheet import lean, lean_html

PAGE = "<ol><li>one<li>two</ol><ul><li>three</ul><dl><dt>a<dd>b</dl><q>four</q><br><h1 id='x'>five</h1><table><td>six"


def test_no_rule_meets_every_element_for_a_pseudo_element() -> None:
    """Five rules are taken out, one is bound to list items, and none of that kind is left."""
    bare = re.compile(r"^::[a-z-]+", re.MULTILINE)
    assert sorted(bare.findall(UA)) == [
        "::footnote-call",
        "::footnote-marker",
        "::marker",
        "::note-call",
        "::note-callback",
        "::note-marker",
    ]
    assert bare.findall(lean(UA)) == []
    assert lean(UA).count("li::marker {") == 1


def test_no_page_has_boxes_in_its_margins() -> None:
    """Sixteen rules are taken out; those for pages themselves stay."""
    margin = re.compile(r"^ +@[a-z-]+", re.MULTILINE)
    assert len(margin.findall(UA)) == 18
    assert [name.strip() for name in margin.findall(lean(UA))] == ["@footnote", "@note-area"]


def test_a_page_is_printed_the_same() -> None:
    """Lists, quotes and tables come out in the same bytes with either stylesheet."""
    whole, lean = (kind(string=PAGE).write_pdf(pdf_identifier=b"x") for kind in (HTML, lean_html()))
    assert whole == lean
