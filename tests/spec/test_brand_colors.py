"""Brand colours over themes."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.colors import (
    LEAST_DISTANCE,
    MARK_CONTRAST,
    TEXT_CONTRAST,
    color_of,
    contrast,
    distance,
    lightness_hue,
    readable_on,
)
from reportgen.spec.brand_colors import with_brand
from reportgen.spec.checking import check_file
from reportgen.spec.theme import load_theme

if TYPE_CHECKING:
    from pathlib import Path

THEMES = ("paper", "ink", "terra")
SERIES = ("c1", "c2", "c3", "c4", "c5")
COLORS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")


def unreadable(colors: dict[str, str]) -> list[str]:
    """Return the tokens of text that cannot be read where they stand."""
    page = ("ink", "ink-2", "ink-3", "accent", "good", "bad", "flat", "warn")
    cover = ("cover-ink", "cover-soft", "cover-accent")
    on_page = [one for one in page for ground in ("page", "tint") if contrast(colors[one], colors[ground]) < 4.5]
    return on_page + [one for one in cover if contrast(colors[one], colors["cover-bg"]) < 4.5]


@pytest.mark.parametrize("name", THEMES)
def test_themes_can_be_read(name: str) -> None:
    """Every text has a contrast of 4.5 on its ground, every series and rule 3, as WCAG AA asks."""
    colors = load_theme(name).colors
    assert unreadable(colors) == []
    assert [one for one in (*SERIES, "c6", "compare", "rule") if contrast(colors[one], colors["page"]) < 3] == []


@pytest.mark.parametrize("name", THEMES)
def test_series_can_be_told_apart(name: str) -> None:
    """Any two series of a theme differ to readers with and without colour blindness; steps of heat get darker."""
    colors = load_theme(name).colors
    assert min(distance(colors[a], colors[b]) for a, b in combinations(SERIES, 2)) >= LEAST_DISTANCE
    heat = [lightness_hue(colors[f"q{step}"])[0] for step in range(6)]
    assert all(one - other > 0.05 for one, other in pairwise(heat))


@pytest.mark.parametrize("name", THEMES)
def test_three_series_hold_in_grey_print(name: str) -> None:
    """The first three series, which most charts have at most, differ in lightness alone."""
    colors = load_theme(name).colors
    light = sorted(lightness_hue(colors[key])[0] for key in SERIES[:3])
    assert all(after - one > 0.05 for one, after in pairwise(light))


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(THEMES), primary=COLORS, secondary=st.none() | COLORS)
def test_any_brand_can_be_read_and_told_apart(name: str, primary: str, secondary: str | None) -> None:
    """Whatever two colours a client has, text keeps its contrast and no theme's series looks like another."""
    theme, _ = with_brand(load_theme(name), primary, secondary)
    colors = theme.colors
    assert unreadable(colors) == []
    assert contrast(colors["c2"], colors["page"]) >= MARK_CONTRAST
    own = {("c1", "c2")} if secondary else set()  # the client's two may be alike, and are named directly
    apart = {(a, b): distance(colors[a], colors[b]) for a, b in combinations(SERIES, 2) if (a, b) not in own}
    assert min(apart.values()) >= LEAST_DISTANCE, apart


def test_a_colour_that_reads_is_taken_as_it_is() -> None:
    """A dark primary colour is the accent, unchanged and without a word."""
    theme, cautions = with_brand(load_theme("paper"), "#8A3B12", None)
    assert (theme.colors["accent"], theme.colors["c1"], cautions) == ("#8A3B12", "#8A3B12", ())


def test_a_pale_colour_is_made_darker_and_told() -> None:
    """A yellow keeps its hue and gets dark enough to be read; staff are told which colour is used."""
    theme, (caution,) = with_brand(load_theme("paper"), "#F2C14E", None)
    accent = theme.colors["accent"]
    assert contrast(accent, "#FFFFFF") >= TEXT_CONTRAST
    assert lightness_hue(accent)[2] == pytest.approx(lightness_hue("#F2C14E")[2], abs=3.4)
    assert caution.text == (
        f"brand.primary #F2C14E has a contrast of 1.7 on the page, where 4.5 can be read; {accent} is used"
    )


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21, #767676 is the lightest grey that passes, and red has the very weight of WCAG's text."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert contrast("#FF0000", "#000000") == pytest.approx((0.2126 + 0.05) / 0.05)
    assert readable_on("#808080", ("#FFFFFF",), 4.5) >= "#707070"


@given(COLORS)
def test_colours_survive_the_way_to_oklab_and_back(color: str) -> None:
    """Lightness, chroma and hue name the colour they came from, to a step of a screen."""
    back = color_of(*lightness_hue(color))
    assert max(abs(int(color[at : at + 2], 16) - int(back[at : at + 2], 16)) for at in (1, 3, 5)) <= 3


@pytest.mark.parametrize("value", ["'red;}'", "'url(https://evil.example/x)'", "'#12345'", "'#GGGGGG'", "#8A3B12", "1"])
def test_only_colours_are_colours(tmp_path: Path, value: str) -> None:
    """T08: what is no '#RRGGBB' is refused with its line, and an unquoted one told to need quotes."""
    path = tmp_path / "a.client.yaml"
    path.write_text(f"version: 1\nname: A\nsources: {{}}\nbrand:\n  primary: {value}\n")
    problems = [one for one in check_file(path).problems if "primary" in one.place]
    assert [(one.line, "in quotes" in one.message) for one in problems] == [(5, True)], problems
