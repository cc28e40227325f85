"""The plates under logos, on grounds where their colours would not be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.colors import MARK_CONTRAST, contrast
from reportgen.outputs.drawing.picture_colors import picture_colors
from reportgen.outputs.html.dark_colors import dark_colors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.model import Picture, Report

_VANISHING = 1.5
"""The contrast below which a colour cannot be seen on paper. Logos are made for it: a pale yellow is the brand's."""

_ENOUGH = 2 / 3  # of a logo's colours: a white name beside a coloured sign is seen no more on white


@dataclass(frozen=True, slots=True)
class LogoPlates:
    """The classes of the plates under the logos of a report; empty texts where they need none.

    Attributes:
        client: Of the client's logo: `plate-light` or `plate-dark` on paper and on a light screen, and the same after
            `dark-` on a dark screen.
        agency: Of the agency's logo.
    """

    client: str
    agency: str


def logo_plates(report: Report) -> LogoPlates:
    """Return the plates under the logos of a report, on its cover or in its masthead."""
    ground = "cover-bg" if report.cover else "page"
    light, dark = report.theme.colors, dark_colors(report.theme)
    grounds = (
        ("", light[ground], {"plate-light": light["page"], "plate-dark": light["ink"]}),
        ("dark-", dark[ground], {"plate-light": "#FFFFFF", "plate-dark": dark["page"]}),
    )

    def classes(logo: Picture | None) -> str:
        found = ((when, plate_of(logo, behind, plates)) for when, behind, plates in grounds if logo)
        return " ".join(f"{when}{plate}" for when, plate in found if plate)

    return LogoPlates(classes(report.client.logo), classes(report.agency.logo))


def plate_of(logo: Picture | None, ground: str, plates: Mapping[str, str]) -> str:
    """Return the name of the first plate by which enough of a logo is seen, or else most; empty where it needs none.

    Args:
        logo: A raster picture or an SVG, or None.
        ground: `#RRGGBB` of what the logo stands on.
        plates: The `#RRGGBB` of the plates there may be, by their names, the preferred first.
    """
    colors = picture_colors(logo) if logo else {}
    if colors is None:  # most logos are made for paper
        return "" if _is_paper(ground) else next(iter(plates))
    seen = _share_seen(colors, ground)
    if not colors or seen >= _ENOUGH:
        return ""
    best = max(plates, key=lambda name: min(_share_seen(colors, plates[name]), _ENOUGH))
    return best if _share_seen(colors, plates[best]) > seen else ""


def _is_paper(ground: str) -> bool:
    return contrast(ground, "#000000") > contrast(ground, "#FFFFFF")


def _share_seen(colors: Mapping[str, float], ground: str) -> float:
    least = _VANISHING if _is_paper(ground) else MARK_CONTRAST
    return sum(share for color, share in colors.items() if contrast(color, ground) >= least)
