"""The icon of a web page, in the colour of its theme: the bars of a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from reportgen.model import Theme

_BARS = "M2 9h3v5H2zM6.5 5h3v9h-3zM11 2h3v12h-3z"


def page_icon(theme: Theme) -> str:
    """Return the icon as a `data:` address."""
    bars = f'<path fill="{theme.colors["accent"]}" d="{_BARS}"/>'
    return "data:image/svg+xml," + quote(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{bars}</svg>')
