"""WeasyPrint's own stylesheet without its rules for footnotes and for boxes in the margins, which no report has.

Its rules for the marks of footnotes match every element of a page, and each match costs a style; so do the rules for
sixteen boxes round each page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cssselect2 import ElementWrapper, Matcher, compile_selector_list
from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.html import UA
from weasyprint.urls import URLFetcher

from reportgen.outputs.pdf.weasyprint70.html_parser import UntidyPageError, parse_tidy

if TYPE_CHECKING:
    from cssselect2.compiler import CompiledSelector

_NOTES = frozenset({"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"})
_KEPT_AREAS = frozenset({None, "@footnote", "@note-area"})  # None: of the page itself


class LeanHTML(HTML):
    """A page with the shorter stylesheet; tidy HTML is read fast."""

    def __init__(self, string: str, url_fetcher: URLFetcher | None = None) -> None:
        """Read a page."""
        try:
            root = parse_tidy(string)
        except UntidyPageError:
            super().__init__(string=string, url_fetcher=url_fetcher)
            return
        self.base_url, self.url_fetcher, self.media_type = None, url_fetcher or URLFetcher(), "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: FBT001, FBT002 - as WeasyPrint has it
        return super()._ua_stylesheets(forms) if forms else [lean_stylesheet()]


@lru_cache(maxsize=1)
def lean_stylesheet() -> CSS:
    """Return the stylesheet without rules for notes and margins, whose rules for list marks match only items."""
    sheet = CSS(string=UA, counter_style=CounterStyle(), matcher=_LeanMatcher())
    sheet.page_rules = [rule for rule in sheet.page_rules if all(area in _KEPT_AREAS for _, area, _ in rule[1])]
    return sheet


class _LeanMatcher(Matcher):
    """The selectors of a stylesheet without those of notes, and with those of list marks for items alone."""

    def add_selector(self, selector: CompiledSelector, payload: object) -> None:
        if selector.pseudo_element in _NOTES:
            return
        if selector.pseudo_element == "marker" and selector.local_name is None:
            (selector,) = compile_selector_list("li::marker")
        super().add_selector(selector, payload)
