"""The theme file: an agency's own colours and fonts, over a shipped theme."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from reportgen.components.yaml_models import Color, FontPath, YamlModel
from reportgen.spec.field_types import ShippedTheme, Version


class ThemeColors(YamlModel):
    """The colours of a theme, each as `"#RRGGBB"`; shades of an own accent, and else the theme below, fill it up."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"))

    page: Annotated[Color | None, Field(description="The paper.")] = None
    ink: Annotated[Color | None, Field(description="Text.")] = None
    ink_2: Annotated[Color | None, Field(description="Text of second rank.")] = None
    ink_3: Annotated[Color | None, Field(description="Small text: labels, notes.")] = None
    grid: Annotated[Color | None, Field(description="Lines across a chart.")] = None
    axis: Annotated[Color | None, Field(description="The axes of a chart.")] = None
    hair: Annotated[Color | None, Field(description="Thin lines between rows and blocks.")] = None
    track: Annotated[Color | None, Field(description="The empty part of a bar.")] = None
    rule: Annotated[Color | None, Field(description="Thick lines of tables.")] = None
    compare: Annotated[Color | None, Field(description="The compared period in a chart.")] = None
    compare_soft: Annotated[Color | None, Field(description="Its bars and areas.")] = None
    accent: Annotated[Color | None, Field(description="This period, links and titles.")] = None
    accent_soft: Annotated[Color | None, Field(description="A light shade of the accent.")] = None
    good: Annotated[Color | None, Field(description="Good news.")] = None
    bad: Annotated[Color | None, Field(description="Bad news.")] = None
    flat: Annotated[Color | None, Field(description="A change that is neither.")] = None
    warn: Annotated[Color | None, Field(description="What is to be watched.")] = None
    tint: Annotated[Color | None, Field(description="Light grounds.")] = None
    cover_bg: Annotated[Color | None, Field(description="The cover.")] = None
    cover_ink: Annotated[Color | None, Field(description="Text on the cover.")] = None
    cover_soft: Annotated[Color | None, Field(description="Small text on the cover.")] = None
    cover_accent: Annotated[Color | None, Field(description="The accent of the cover.")] = None
    cover_line: Annotated[Color | None, Field(description="Lines on the cover.")] = None
    c1: Annotated[Color | None, Field(description="The first series of a chart.")] = None
    c2: Annotated[Color | None, Field(description="The second series of a chart.")] = None
    c3: Annotated[Color | None, Field(description="The third series of a chart.")] = None
    c4: Annotated[Color | None, Field(description="The fourth series of a chart.")] = None
    c5: Annotated[Color | None, Field(description="The fifth series of a chart.")] = None
    c6: Annotated[Color | None, Field(description="The sixth series of a chart.")] = None
    q0: Annotated[Color | None, Field(description="A heat map, its lowest values.")] = None
    q1: Annotated[Color | None, Field(description="A heat map, step 1.")] = None
    q2: Annotated[Color | None, Field(description="A heat map, step 2.")] = None
    q3: Annotated[Color | None, Field(description="A heat map, step 3.")] = None
    q4: Annotated[Color | None, Field(description="A heat map, step 4.")] = None
    q5: Annotated[Color | None, Field(description="A heat map, its highest values.")] = None

    @property
    def given(self) -> dict[str, str]:
        """The colours that the file has, by their tokens."""
        given: dict[str, str] = self.model_dump(by_alias=True, exclude_none=True)
        return given


class TitleFonts(YamlModel):
    """The fonts of the cover's names and of the titles of sections, chapters and blocks; a file for each weight."""

    regular: Annotated[FontPath, Field(description="The usual weight: a TTF or OTF file, from this file's folder.")]
    bold: Annotated[FontPath | None, Field(description="Titles of blocks; left out, the regular font.")] = None
    light: Annotated[FontPath | None, Field(description="The cover and titles of sections; left out, the regular.")] = (
        None
    )


class TextFonts(YamlModel):
    """The fonts of all text but titles, also in charts; a file for each weight."""

    regular: Annotated[FontPath, Field(description="The usual weight: a TTF or OTF file, from this file's folder.")]
    bold: Annotated[FontPath | None, Field(description="Figures that stand out; left out, the regular font.")] = None
    italic: Annotated[FontPath | None, Field(description="Emphasis in prose; left out, the regular font.")] = None
    light: Annotated[FontPath | None, Field(description="The large figures of cards; left out, the regular font.")] = (
        None
    )


class ThemeFonts(YamlModel):
    """The fonts of a theme; letters that they lack are those of the built-in family."""

    text: Annotated[TextFonts | None, Field(description="Of all text; left out, the built-in family.")] = None
    titles: Annotated[TitleFonts | None, Field(description="Of titles; left out, the fonts of the text.")] = None


class ThemeFile(YamlModel):
    """A theme of your own: what it says goes before the theme that it extends."""

    version: Version
    extends: Annotated[ShippedTheme, Field(description="The theme below it.")] = "paper"
    colors: Annotated[ThemeColors, Field(description="Your colours.")] = ThemeColors()
    fonts: Annotated[ThemeFonts, Field(description="Your fonts.")] = ThemeFonts()
