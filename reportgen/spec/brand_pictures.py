"""The logo that a spec or a client names, and the image of a report's cover, with their places in the file."""

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


def logo_picture(file: ReportSpec | Client) -> NamedPicture | None:
    """Return the logo that a spec or a client names; None where it names none."""
    part, name = ("agency", file.agency.logo) if isinstance(file, ReportSpec) else ("brand", file.brand.logo)
    return NamedPicture(file.path, name, (part, "logo")) if name else None


def cover_picture(spec: ReportSpec, client: Client | None) -> NamedPicture | None:
    """Return the image of the cover of a report for a client; None where it has none."""
    cover, file = chosen_cover(spec, client)
    return NamedPicture(file, cover.image, _IMAGE) if isinstance(cover, CoverSpec) and cover.image else None
