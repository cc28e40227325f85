"""WeasyPrint's own stylesheet without what no report has: notes at the foot of a page, and boxes in all its margins.

Its rules for the marks of such notes meet every element of a page, and each meeting costs a style of its own; so do
the rules for sixteen boxes round each page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.outputs.pdf.weasyprint70.html_parser import UntidyPageError, parse_tidy

if TYPE_CHECKING:
    from weasyprint import CSS, HTML

_NOTES = re.compile(r"^::(?:footnote-call|footnote-marker|note-call|note-marker|note-callback) \{.*\}$", re.MULTILINE)
_MARGINS = re.compile(r"^ +@(?:top|bottom|left|right)-[a-z-]+ +\{.*\}$", re.MULTILINE)
_MARKS = re.compile(r"^::marker(?= \{)", re.MULTILINE)


def lean(css: str) -> str:
    """Return a browser's stylesheet without rules for notes and margins, whose rules for list marks meet only items.

    What is written in another way than WeasyPrint 70 writes it stays.
    """
    return _MARKS.sub("li::marker", _MARGINS.sub("", _NOTES.sub("", css)))


@lru_cache(maxsize=1)
def lean_html() -> type[HTML]:
    """Return WeasyPrint's class of a page with the shorter stylesheet, which reads a tidy page fast."""
    from cssselect2 import ElementWrapper  # noqa: PLC0415 - comes with WeasyPrint
    from weasyprint import CSS, HTML  # noqa: PLC0415 - slow, and needs system libraries
    from weasyprint.css.counters import CounterStyle  # noqa: PLC0415 - as above
    from weasyprint.html import UA  # noqa: PLC0415 - as above
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 - as above

    sheet = CSS(string=lean(UA), counter_style=CounterStyle())

    class LeanHTML(HTML):  # type: ignore[misc]  # WeasyPrint ships no types
        def __init__(self, string: str, url_fetcher: URLFetcher | None = None) -> None:
            try:
                root = parse_tidy(string)
            except UntidyPageError:
                super().__init__(string=string, url_fetcher=url_fetcher)
                return
            self.base_url, self.url_fetcher, self.media_type = None, url_fetcher or URLFetcher(), "print"
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: FBT001, FBT002 - as WeasyPrint has it
            return super()._ua_stylesheets(forms) if forms else [sheet]

    return LeanHTML
