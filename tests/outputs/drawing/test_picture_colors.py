"""The colours that pictures are painted in."""

from __future__ import annotations

import pytest

from reportgen.model import Picture
from reportgen.outputs.drawing.picture_colors import picture_colors


def test_a_shape_counts_as_much_as_it_covers() -> None:
    """Of a square that is its area, of a line its length times its width."""
    body = '<rect width="10" height="10" fill="teal"/><line x2="50" stroke="#FF0000" stroke-width="2"/>'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 24">{body}</svg>'
    assert picture_colors(Picture("image/svg+xml", drawing.encode())) == pytest.approx({"#008080": 0.5, "#FF0000": 0.5})
