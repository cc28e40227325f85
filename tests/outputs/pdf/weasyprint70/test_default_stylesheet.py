"""WeasyPrint's own stylesheet without notes and margins: a version that has it otherwise breaks the contract."""

from __future__ import annotations

from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.html import UA

from reportgen.outputs.pdf.weasyprint70.default_stylesheet import LeanHTML, lean_stylesheet

PAGE = "<ol><li>one<li>two</ol><ul><li>three</ul><dl><dt>a<dd>b</dl><q>four</q><br><h1 id='x'>five</h1><table><td>six"
WHOLE = CSS(string=UA, counter_style=CounterStyle())


def pseudo_elements(sheet: CSS) -> list[str]:
    """Return the pseudo-elements of the rules of a stylesheet that meet every element."""
    return sorted(pseudo for _, _, _, pseudo, _ in sheet.matcher.other_selectors if pseudo)


def areas(sheet: CSS) -> list[str]:
    """Return the areas of a page that a stylesheet has rules for, besides pages themselves."""
    return sorted(area for _, selectors, _ in sheet.page_rules for _, area, _ in selectors if area)


def test_no_rule_meets_every_element_for_a_pseudo_element() -> None:
    """Five rules are taken out, one is bound to list items, and none of that kind is left."""
    notes = ["footnote-call", "footnote-marker", "note-call", "note-callback", "note-marker"]
    assert pseudo_elements(WHOLE) == sorted([*notes, "marker"])
    assert pseudo_elements(lean_stylesheet()) == []
    ((*_, pseudo, _),) = lean_stylesheet().matcher.lower_local_name_selectors["li"][-1:]
    assert pseudo == "marker"


def test_no_page_has_boxes_in_its_margins() -> None:
    """Sixteen rules are taken out; those for pages themselves stay."""
    assert len(areas(WHOLE)) == 18
    assert areas(lean_stylesheet()) == ["@footnote", "@note-area"]
    assert len(WHOLE.page_rules) - len(lean_stylesheet().page_rules) == 16


def test_a_page_is_printed_the_same() -> None:
    """Lists, quotes and tables come out in the same bytes with either stylesheet."""
    assert HTML(string=PAGE).write_pdf(pdf_identifier=b"x") == LeanHTML(PAGE).write_pdf(pdf_identifier=b"x")
