"""The resources that the page engine may read: the report's own fonts and `data:` addresses, nothing else."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_metrics import Typefaces
from reportgen.outputs.page.font_faces import SCHEME, linked_font
from reportgen.outputs.pdf.logged_faults import LONGEST_MESSAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weasyprint.urls import URLFetcher

BUILT_IN_TYPEFACES = Typefaces()
"""The typefaces of a page without a theme of its own."""


def embedded_only(refused: list[str], typefaces: Typefaces = BUILT_IN_TYPEFACES) -> URLFetcher:
    """Return a fetcher of the report's own fonts and `data:` addresses; everything else is an empty resource.

    It raises nothing, as WeasyPrint does not catch the errors of a fetcher of colour profiles.

    Args:
        refused: Is given the start of each address that was refused.
        typefaces: Whose fonts are the report's own.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class EmbeddedOnly(URLFetcher):
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            scheme, _, face = url.partition(":")
            if scheme == SCHEME and (font := linked_font(face, typefaces)):
                return URLFetcherResponse(url, font, {"Content-Type": "font/ttf"})
            if scheme.lower() == "data":
                with suppress(ValueError, OSError):  # a broken address
                    return super().fetch(url, headers)
            refused.append(url[:LONGEST_MESSAGE])
            return URLFetcherResponse(url, b"")

    return EmbeddedOnly(allowed_protocols={"data"}, allow_redirects=False)
