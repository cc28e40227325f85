"""The theme of a report: its colours and fonts."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.model.file_bytes import FileBytes

_REGULAR = 400  # weight in CSS


@dataclass(frozen=True, slots=True)
class FontFamily:
    """The fonts of a theme's own family, as the bytes of their files; a missing weight is set in the regular.

    Attributes:
        regular: Upright, of the usual weight.
        bold: Of headings and of figures that stand out.
        italic: Of emphasis in prose.
        light: Of large figures and titles.
    """

    regular: FileBytes = field(repr=False)
    bold: FileBytes | None = field(default=None, repr=False)
    italic: FileBytes | None = field(default=None, repr=False)
    light: FileBytes | None = field(default=None, repr=False)

    def upright(self, weight: int) -> bytes:
        """Return the upright font of a weight as in CSS."""
        wanted = self.light if weight < _REGULAR else self.bold if weight > _REGULAR else None
        return wanted or self.regular


@dataclass(frozen=True, slots=True)
class Theme:
    """The theme of a report: its colours and fonts.

    Attributes:
        name: The theme's name.
        colors: CSS custom property without its dashes -> `#RRGGBB`.
        text_fonts: Of everything but titles; None for the built-in family.
        title_fonts: Of the cover's names and of titles; None for those of the text.
    """

    name: str
    colors: dict[str, str]
    text_fonts: FontFamily | None = None
    title_fonts: FontFamily | None = None
