"""Plates under logos, on paper, on covers and on dark screens."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from reportgen.model import AgencyCard, CoverPage, Picture, Report
from reportgen.outputs.html.logo_plates import LogoPlates, logo_plates, plate_of
from reportgen.spec.theme import load_theme
from tests.outputs import reports
from tests.outputs.pages import page

PLATES = {"light": "#FFFFFF", "dark": "#1E2227"}
PAPER, CREAM, INK = "#FFFFFF", "#F3EEE3", "#14181D"


def raster(color: str, ground: str = "#00000000") -> Picture:
    """Return a round sign of one colour, by default on a transparent ground."""
    picture = Image.new("RGBA", (90, 24), ground)
    ImageDraw.Draw(picture).ellipse((2, 2, 22, 22), fill=color)
    content = io.BytesIO()
    picture.save(content, "PNG")
    return Picture("image/png", content.getvalue())


def vector(body: str) -> Picture:
    """Return a drawing of 90 by 24 units."""
    return Picture(
        "image/svg+xml", f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 24">{body}</svg>'.encode()
    )


@pytest.mark.parametrize(
    ("logo", "plates"),
    [
        (raster("#FFFFFF"), ("dark", "dark", "")),
        (raster("#101010"), ("", "", "light")),
        (raster("#2346A0"), ("", "", "light")),
        (raster("#F2C14E"), ("", "", "")),
        (raster("#FFFFFF", "#2346A0"), ("", "", "")),
        (raster("#2346A0", "#FFFFFF"), ("", "", "")),
    ],
)
def test_a_logo_gets_a_plate_only_where_it_would_not_be_seen(logo: Picture, plates: tuple[str, str, str]) -> None:
    """A white logo keeps a dark cover as it is and gets a dark plate on light ones; its own ground needs none."""
    assert tuple(plate_of(logo, ground, PLATES) for ground in (PAPER, CREAM, INK)) == plates


@pytest.mark.parametrize(
    ("body", "plates"),
    [
        ('<path d="M2 2h20v20h-20z" fill="#fff"/>', ("dark", "")),
        ('<g fill="white"><circle cx="12" cy="12" r="10"/></g>', ("dark", "")),
        ('<style>.a,.b{fill:#FFF}</style><polygon class="b" points="0,0 9,0 9,9"/>', ("dark", "")),
        ('<path d="M2 2h20v20h-20z" style="fill:none;stroke:#fff"/>', ("dark", "")),
        ('<path d="M2 2h20v20h-20z"/>', ("", "light")),
        ('<text x="2" y="20" fill="#FFFFFF">Norte</text>', ("dark", "")),
        ('<defs><circle id="c" r="9"/></defs><use href="#c" fill="#fff"/>', ("dark", "")),
        (
            '<linearGradient id="g"><stop stop-color="#fff"/></linearGradient><circle r="9" fill="url(#g)"/>',
            ("dark", ""),
        ),
        ('<circle r="9" fill="#108169"/><path d="M0 0h4v4z" fill="#fff"/>', ("", "")),
        ('<rect width="90" height="24" fill="#2346A0"/><circle r="9" fill="#fff"/>', ("", "")),
        ('<path d="M10 50 L50 10 L90 50" fill="none" stroke="#fff"/>', ("dark", "")),
        ('<path d="M10 50 L50 10 L90 50" fill="#fff"/>', ("dark", "")),
        ('<g color="#fff"><circle r="9" fill="currentColor"/></g>', ("dark", "")),
        ('<style>/* x */ .a{fill:#fff !important}</style><circle class="a" r="9"/>', ("dark", "")),
        ('<g transform="scale(0.1,-0.1)"><path d="M0 0h900v240h-900z"/></g>', ("", "light")),
    ],
)
def test_the_colours_of_a_drawing_are_those_of_its_shapes(body: str, plates: tuple[str, str]) -> None:
    """Attributes, styles, classes, gradients and references are followed; large shapes count more than small ones."""
    assert tuple(plate_of(vector(body), ground, PLATES) for ground in (CREAM, INK)) == plates


@pytest.mark.parametrize(
    "body",
    [
        '<path d="no path" fill="#fff"/>',
        '<path d="M0 0 L9 9 foo"/>',
        '<image href="data:image/png;base64,AA"/>',
        '<rect width="90" height="24" fill="#fff" opacity="0"/><circle r="9"/>',
        '<rect width="90" height="24" style="display:none"/><circle r="9"/>',
        "<style>svg .a{fill:#fff}</style><circle class='a' r='9'/>",
        '<circle r="9" fill="var(--brand)"/>',
        '<pattern id="p"/><circle r="9" fill="url(#p)"/>',
        '<text>A<tspan fill="#fff">B</tspan></text>',
        "",
    ],
)
def test_a_drawing_that_is_not_read_stands_as_on_paper(body: str) -> None:
    """Most logos are made for it: nothing is painted under them there, and a light plate on a dark ground."""
    assert tuple(plate_of(vector(body), ground, PLATES) for ground in (CREAM, INK)) == ("", "light")


def branded(theme: str, logo: Picture, cover: CoverPage | None) -> Report:
    """Return a report of the agency's logo in a theme."""
    return replace(reports.report(), theme=load_theme(theme), agency=AgencyCard("Norte", logo), cover=cover)


@pytest.mark.parametrize(
    ("theme", "color", "cover", "classes"),
    [
        ("ink", "#FFFFFF", CoverPage(), ""),
        ("paper", "#FFFFFF", CoverPage(), "plate-dark"),
        ("paper", "#FFFFFF", None, "plate-dark"),
        ("ink", "#101010", CoverPage(), "plate-light dark-plate-light"),
        ("paper", "#101010", CoverPage(), "dark-plate-light"),
        ("paper", "#101010", None, "dark-plate-light"),
    ],
)
def test_the_plates_suit_the_cover_and_a_dark_screen(
    theme: str, color: str, cover: CoverPage | None, classes: str
) -> None:
    """The plate under a logo depends on what stands behind it there: cover or paper, by day and on a dark screen."""
    report = branded(theme, raster(color), cover)
    assert logo_plates(report) == LogoPlates("", classes)
    logo = page(report, "screen").partition('class="agency"')[2].partition("</div>")[0]
    assert (f'class="{classes}"' in logo) is bool(classes)
