"""Themes."""

from __future__ import annotations

import pytest

from reportgen.errors import SpecError
from reportgen.spec.theme import load_theme


def test_paper_has_the_tokens_of_page_and_charts() -> None:
    """Every colour that templates and charts ask for is there."""
    colors = load_theme("paper").colors
    assert {"page", "ink", "accent", "good", "bad", "flat", "compare", "grid", "axis", "c1", "c6"} <= set(colors)


def test_an_unknown_theme_is_told() -> None:
    """A theme without a file is an error that names it."""
    with pytest.raises(SpecError, match=r"nowhere\.yaml"):
        load_theme("nowhere")
