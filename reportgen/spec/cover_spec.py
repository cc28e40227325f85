"""The cover, the last page and the footer of a report: the spec's, or a client's own in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from reportgen.components.texts_by_language import InLanguages
from reportgen.components.yaml_models import LiveText, YamlModel
from reportgen.spec.local_pictures import LocalPicturePath

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec

_LONGEST_FOOTER = 150  # letters; two lines of a page beside its number


class CoverSpec(YamlModel):
    """The cover of a report."""

    image: Annotated[
        Annotated[LocalPicturePath, Field(min_length=1)] | None,
        Field(
            description="A PNG, JPEG, WebP, GIF or SVG file below this file's folder, in place of the chart of days."
        ),
    ] = None


def _keys_or_word(written: object) -> object:
    is_path = isinstance(written, str) and "." in written  # a word without a dot is compared with `none`
    if is_path or not isinstance(written, str | dict | CoverSpec):
        raise ValueError(f"{written!r} is no cover; write {{image: FILE}}, or none for a report without a cover")
    return written


def _form(written: object) -> str:
    return "none" if isinstance(written, str) else "<keys>"


WrittenCover: TypeAlias = Annotated[
    Annotated[CoverSpec, Tag("<keys>")] | Annotated[Literal["none"], Tag("none")],
    Discriminator(_form),
    BeforeValidator(_keys_or_word),
]
"""`{image: FILE}`, or `none` for a report that begins with its title above the first section."""

AboutWord: TypeAlias = Literal["page", "none"]
"""`page` for the last page, "About this report", or `none` for its necessary remarks alone, after the last block."""


def _checked_footer(text: str) -> str:
    if len(text) > _LONGEST_FOOTER:
        raise ValueError(f"a footer of {len(text):,} letters fits no margin; shorten it to {_LONGEST_FOOTER}")
    return text


Footer: TypeAlias = Annotated[LiveText, AfterValidator(_checked_footer), InLanguages()]


def chosen_cover(spec: ReportSpec, client: Client | None) -> tuple[CoverSpec | Literal["none"], Path]:
    """Return the cover of a report, and the file that says so."""
    if client and client.cover is not None:
        return client.cover, client.path
    return spec.cover, spec.path


def has_about(spec: ReportSpec, client: Client | None) -> bool:
    """Return whether a report has its last page."""
    return ((client.about if client else None) or spec.about) == "page"


def footer_template(spec: ReportSpec, client: Client | None) -> str | None:
    """Return the text of the footer, its variables not filled in; None where the agency's name stands there."""
    return spec.footer if client is None or client.footer is None else client.footer
