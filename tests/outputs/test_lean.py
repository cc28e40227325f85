"""WeasyPrint's own stylesheet without notes: the contract that a version which writes it otherwise breaks."""

from __future__ import annotations

import re

from weasyprint import HTML
from weasyprint.html import UA

from reportgen.outputs.embedding.lean import lean_html, without_notes

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
    assert bare.findall(without_notes(UA)) == []
    assert without_notes(UA).count("li::marker {") == 1


def test_a_page_is_printed_the_same() -> None:
    """Lists, quotes and tables come out in the same bytes with either stylesheet."""
    whole, lean = (kind(string=PAGE).write_pdf(pdf_identifier=b"x") for kind in (HTML, lean_html()))
    assert whole == lean
