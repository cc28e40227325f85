"""Pictures inside of pages, as addresses that hold them."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.model import Picture


def data_uri(picture: Picture) -> str:
    """Return a picture as an address that holds it."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.content).decode('ascii')}"
