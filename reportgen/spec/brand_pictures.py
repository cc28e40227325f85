"""The pictures that a spec and a client name beside those of blocks: logos and the image of the cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.spec.cover_spec import CoverSpec, chosen_cover
from reportgen.spec.report_spec import ReportSpec

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.spec.client_file import Client
    from reportgen.spec.yaml_reader import Place

_IMAGE: Place = ("cover", "image")


@dataclass(frozen=True, slots=True)
class NamedPicture:
    """A picture in a file.

    Attributes:
        file: The file that names it.
        name: Its path, which starts from that file's folder.
        place: The place of the path in that file.
    """

    file: Path
    name: str
    place: Place


def named_pictures(file: ReportSpec | Client) -> tuple[NamedPicture, ...]:
    """Return the logo and the cover's image that a spec or a client names."""
    image = file.cover.image if isinstance(file.cover, CoverSpec) else None
    logo = logo_picture(file)
    return (*([logo] if logo else []), *([NamedPicture(file.path, image, _IMAGE)] if image else []))


def logo_picture(file: ReportSpec | Client) -> NamedPicture | None:
    """Return the logo that a spec or a client names; None where it names none."""
    part, name = ("agency", file.agency.logo) if isinstance(file, ReportSpec) else ("brand", file.brand.logo)
    return NamedPicture(file.path, name, (part, "logo")) if name else None


def cover_picture(spec: ReportSpec, client: Client | None) -> NamedPicture | None:
    """Return the image of the cover of a report for a client; None where it has none."""
    cover, file = chosen_cover(spec, client)
    return NamedPicture(file, cover.image, _IMAGE) if isinstance(cover, CoverSpec) and cover.image else None


def brand_pictures(spec: ReportSpec, client: Client | None) -> tuple[NamedPicture, ...]:
    """Return the logos and the cover's image of a report for a client."""
    named = (*named_pictures(spec), *(named_pictures(client) if client else ()))
    image = cover_picture(spec, client)
    return (*(picture for picture in named if picture.place != _IMAGE), *([image] if image else []))
