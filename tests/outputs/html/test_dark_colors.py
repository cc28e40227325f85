"""A theme's colours on a dark screen."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.colors import compared_shades, contrast, distance, lightness_hue
from reportgen.outputs.html.dark_colors import dark_colors, dark_css
from reportgen.spec.brand_colors import with_brand
from reportgen.spec.theme import load_theme

THEMES = ("paper", "ink", "terra")
SERIES = ("c1", "c2", "c3", "c4", "c5")
COLORS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")


def unreadable(night: dict[str, str]) -> list[str]:
    """Return the tokens of text and of marks that cannot be made out where they stand."""
    page = ("ink", "ink-2", "ink-3", "accent", "good", "bad", "flat", "warn")
    cover = ("cover-ink", "cover-soft", "cover-accent")
    found = [one for one in page for ground in ("page", "tint") if contrast(night[one], night[ground]) < 4.5]
    found += [one for one in cover if contrast(night[one], night["cover-bg"]) < 4.5]
    return found + [one for one in (*SERIES, "c6", "compare", "rule") if contrast(night[one], night["page"]) < 3]


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_has_a_night(name: str) -> None:
    """No token is left out; all can be read, series told apart, and steps of heat get lighter."""
    theme = load_theme(name)
    night = dark_colors(theme)
    assert set(night) == set(theme.colors)
    assert unreadable(night) == []
    assert min(distance(night[a], night[b]) for a, b in combinations(SERIES, 2)) >= 7.5
    heat = [lightness_hue(night[f"q{step}"])[0] for step in range(6)]
    assert all(after - one > 0.05 for one, after in pairwise(heat))


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(THEMES), primary=COLORS, secondary=st.none() | COLORS)
def test_any_brand_can_be_read_at_night(name: str, primary: str, secondary: str | None) -> None:
    """Whatever a client's colours are."""
    assert unreadable(dark_colors(with_brand(load_theme(name), primary, secondary)[0])) == []


def test_paper_stays_paper() -> None:
    """The rules hold on a screen only: a browser prints by day."""
    assert dark_css(load_theme("paper")).startswith("@media screen and (prefers-color-scheme: dark)")


@pytest.mark.parametrize("name", THEMES)
def test_compared_marks_are_lighter_and_distinct(name: str) -> None:
    """On paper and on a dark screen compared lines can be seen, stay behind their own series, and differ."""
    theme = load_theme(name)
    for colors in (dict(theme.colors), dark_colors(theme)):
        shades = compared_shades(colors)
        lines = [shades[f"{token}-line"] for token in (*SERIES, "c6")]
        assert min(contrast(line, colors["page"]) for line in lines) >= 1.6
        for token in (*SERIES, "c6"):
            ratios = [contrast(shade, colors["page"]) for shade in (shades[f"{token}-bar"], shades[f"{token}-line"])]
            assert ratios[0] < ratios[1] < contrast(colors[token], colors["page"])
        assert min(distance(a, b) for a, b in combinations(lines, 2)) >= 3


def test_compared_marks_are_repainted_on_a_dark_screen() -> None:
    """A compared line of a page in light colours is that of the dark series there."""
    theme = load_theme("paper")
    light, dark = compared_shades(theme.colors)["c2-line"], compared_shades(dark_colors(theme))["c2-line"]
    assert f'svg [stroke="{light}"]{{stroke:{dark}}}' in dark_css(theme)
