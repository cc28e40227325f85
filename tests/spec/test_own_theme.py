"""Theme files of an agency: their colours, fonts and problems."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._f_v_a_r import Axis

from reportgen.colors import LEAST_DISTANCE, SERIES, nearest_pair
from reportgen.errors import SpecError
from reportgen.outputs.html.dark_colors import dark_colors
from reportgen.spec.brand_colors import with_brand
from reportgen.spec.checking import check_file
from reportgen.spec.loading import load_spec
from reportgen.spec.theme import load_theme, own_colors, own_theme, theme_of
from reportgen.spec.theme_contrast import shortfalls
from reportgen.spec.theme_file import ThemeColors
from tests.fonts import own_font, postscript_font

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SPEC = "version: 1\ntheme: themes/norte.yaml\nsections: [{title: A, blocks: [{text: Hello}]}]\n"
ACCENT = 'version: 1\ncolors: {accent: "#0B5D4E"}\n'


def written(folder: Path, text: str, **fonts: bytes) -> Path:
    """Return the file of a theme, with its fonts in `fonts/` beside it."""
    theme = folder / "themes/norte.yaml"
    (theme.parent / "fonts").mkdir(parents=True, exist_ok=True)
    theme.write_text(text)
    for name, content in fonts.items():
        (theme.parent / f"fonts/{name}.ttf").write_bytes(content)
    return theme


def faults(path: Path) -> list[str]:
    """Return the problems of a file without its folder."""
    return [str(problem).removeprefix(f"{path.parent}/") for problem in check_file(path).problems]


def test_a_theme_file_may_have_every_token_and_no_other() -> None:
    """Its colours are those of the shipped themes."""
    tokens = [field.alias or name for name, field in ThemeColors.model_fields.items()]
    assert [list(load_theme(name).colors) for name in ("paper", "ink", "terra")] == [tokens] * 3


def test_the_accent_gives_its_shades(tmp_path: Path) -> None:
    """An accent alone is first series, cover and heat map too; what the file says besides stays as it is written."""
    colors = own_theme(written(tmp_path, ACCENT)).theme.colors
    assert [colors[token] for token in ("accent", "c1", "cover-accent")] == ["#0B5D4E"] * 3
    assert colors["q5"] != load_theme("paper").colors["q5"]
    assert colors["page"] == load_theme("paper").colors["page"]
    own = 'version: 1\ncolors: {accent: "#0B5D4E", c1: "#123456", q5: "#0A0A0A"}\n'
    assert own_theme(written(tmp_path, own)).theme.colors["c1"] == "#123456"
    assert own_theme(written(tmp_path, own)).theme.colors["q5"] == "#0A0A0A"


@pytest.mark.parametrize("accent", ["#0B5D4E", "#8A3B12", "#003399", "#006FA8", "#3F6B1E"])
def test_a_dark_screen_follows(accent: str, tmp_path: Path) -> None:
    """All series of an own theme can be told apart on a dark screen too, the grey of "Other" among them."""
    dark = dark_colors(own_theme(written(tmp_path, f'version: 1\ncolors: {{accent: "{accent}"}}\n')).theme)
    assert nearest_pair({token: dark[token] for token in (*SERIES, "c6")})[0] >= LEAST_DISTANCE


def test_a_client_s_colours_go_over_it(tmp_path: Path) -> None:
    """The brand's primary colour is the accent, and the fonts stay."""
    text = ACCENT + "fonts: {titles: {regular: fonts/a.ttf}}\n"
    theme = own_theme(written(tmp_path, text, a=own_font())).theme
    branded, _ = with_brand(theme, "#8A3B12", None)
    assert branded.colors["accent"] == "#8A3B12"
    assert branded.title_fonts == theme.title_fonts is not None


@pytest.mark.parametrize("name", ["paper", "ink", "terra"])
def test_shipped_themes_have_no_shortfall(name: str) -> None:
    """Every text, mark and series of them passes what is asked of an agency's theme."""
    assert list(shortfalls(load_theme(name).colors)) == []


@pytest.mark.parametrize(
    ("colors", "message"),
    [
        ('{ink-3: "#C9CCD1"}', "2:17: colors.ink-3: ink-3 has a contrast of 1.6 on page, where 4.5 can be read"),
        ('{cover-bg: "#000000"}', "2:20: colors.cover-bg: cover-ink has a contrast of 1.3 on cover-bg"),
        ('{acent: "#0B5D4E"}', "2:10: colors.acent: 'acent' is no key here; did you mean 'accent'?"),
        ("{ink: red}", "2:15: colors.ink: 'red' does not fit; write a colour such as '#8A3B12', in quotes"),
        ("\n  ink: #000000", "colors.ink: "),
    ],
)
def test_a_wrong_colour_is_a_problem_at_its_place(colors: str, message: str, tmp_path: Path) -> None:
    """The file, the line, the column and the nearest word are named; text that nobody can read is refused."""
    assert any(message in fault for fault in faults(written(tmp_path, f"version: 1\ncolors: {colors}\n")))


@pytest.mark.parametrize(
    ("colors", "message"),
    [
        ('{ink-3: "#808690"}', "ink-3 has a contrast of 3.7 on page, where 4.5 can be read; make it darker or lighter"),
        ('{c2: "#2347A1"}', "c1 and c2 are 0.3 apart to colour-blind readers, where 7.5 differ"),
        ('{c3: "#A0D8C0"}', "c3 has a contrast of 1.6 on page, where 3 can be seen"),
    ],
)
def test_a_weak_colour_is_a_warning(colors: str, message: str, tmp_path: Path) -> None:
    """The theme can be used, `check` and the report's staff hear of it."""
    path = written(tmp_path, f"version: 1\ncolors: {colors}\n")
    assert faults(path) == []
    assert any(message in str(warning) for warning in check_file(path).warnings)
    assert any(message in caution.text for caution in own_theme(path).cautions)


def test_check_prints_contrasts_and_the_most_alike_series(tmp_path: Path) -> None:
    """Each text on its ground, the marks, and the pair of series with the least distance, on paper and dark screens."""
    remarks = check_file(written(tmp_path, "version: 1\ncolors: {}\n")).remarks
    assert remarks[0].startswith("text on page: ink 16.0, ink-2 8.1, ink-3 5.3, accent 8.6, good 6.5, bad 6.6")
    assert remarks[4].startswith("series: the most alike are c3 and c6, 9.4 apart")
    assert remarks[5].startswith("dark screen, text on page: ink 15.2")


def damaged(font: bytes) -> bytes:
    """Return a font whose outlines are cut off."""
    return font[: len(font) // 2]


def variable() -> bytes:
    """Return a font with an axis of weights."""
    font, axis, file = TTFont(io.BytesIO(own_font(letters="abc"))), Axis(), io.BytesIO()
    axis.axisTag, axis.minValue, axis.defaultValue, axis.maxValue = "wght", 300, 400, 700
    font["fvar"] = newTable("fvar")
    font["fvar"].axes = [axis]
    font.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),  # functions make the contents, since fonts take a while
    [
        (lambda: b"hello", "is no font; name a .ttf or .otf file"),
        (lambda: b"wOF2" + b"x" * 90, "is a web font (WOFF2); name the font's desktop file"),
        (lambda: b"ttcf" + b"x" * 90, "is a collection of fonts (TTC)"),
        (lambda: own_font(fs_type=0x0002), "may not be embedded, as its maker says in it (fsType 2)"),
        (lambda: own_font(fs_type=0x0100), "may not be embedded in part, as its maker says in it (fsType 0x0100)"),
        (lambda: own_font(fs_type=0x0200), "may not be embedded as outlines"),
        (lambda: b"\0\1\0\0" + b"x" * 10_000_000, "is larger than 10 MB; take a cut of the font"),
        (lambda: damaged(own_font()), "is a damaged font"),
        (variable, "is a variable font; name a static file for each weight"),
    ],
    ids=["text", "woff2", "ttc", "restricted", "no-subset", "bitmap", "large", "damaged", "variable"],
)
def test_a_font_that_pages_cannot_be_set_in_is_a_problem(
    content: Callable[[], bytes], message: str, tmp_path: Path
) -> None:
    """The line of the font, why, and what to do; the report of a spec with it is refused before it is asked for."""
    path = written(tmp_path, "version: 1\nfonts:\n  text: {regular: fonts/a.ttf}\n", a=content())
    (fault,) = faults(path)
    assert fault.startswith("norte.yaml:3:19: fonts.text.regular: fonts/a.ttf ")
    assert message in fault
    (tmp_path / "spec.yaml").write_text(SPEC)
    with pytest.raises(SpecError, match=r"norte\.yaml:3:19"):
        theme_of(load_spec(tmp_path / "spec.yaml"))
    assert any("norte.yaml:3:19" in fault for fault in faults(tmp_path / "spec.yaml"))


@pytest.mark.parametrize("allowed", [0x0000, 0x0004, 0x0008, 0x0006])
def test_a_font_that_may_be_embedded_for_looking_at_is_fit(allowed: int, tmp_path: Path) -> None:
    """Print and preview suffices; of several permissions in an old font the mildest counts."""
    assert (
        faults(written(tmp_path, "version: 1\nfonts: {titles: {regular: fonts/a.ttf}}\n", a=own_font(fs_type=allowed)))
        == []
    )


def test_postscript_outlines_are_fit(tmp_path: Path) -> None:
    """An OpenType font (CFF) is accepted like a TrueType font."""
    path = written(tmp_path, "version: 1\nfonts: {titles: {regular: fonts/a.ttf}}\n", a=postscript_font())
    assert faults(path) == []


def test_missing_weights_and_ragged_figures_are_warnings(tmp_path: Path) -> None:
    """A text font without bold and italic, and figures of different widths without a feature that evens them."""
    ragged = own_font(widths={"1": 250})
    path = written(tmp_path, "version: 1\nfonts: {text: {regular: fonts/a.ttf}}\n", a=ragged)
    assert [str(warning).partition("norte.yaml:")[2] for warning in check_file(path).warnings] == [
        "2:25: fonts.text.regular: warning: the figures of fonts/a.ttf have several widths, and stand in no columns",
        "2:15: fonts.text: warning: has no bold font, so the regular stands in its place; add bold:",
        "2:15: fonts.text: warning: has no italic font, so the regular stands in its place; add italic:",
    ]
    titles = "version: 1\nfonts: {titles: {regular: fonts/a.ttf}}\n"
    assert check_file(written(tmp_path, titles)).warnings == ()


@pytest.mark.parametrize("name", ["../../secret.ttf", "/etc/fonts/a.ttf", "fonts/link.ttf", "fonts/none.ttf"])
def test_fonts_stay_below_the_spec(name: str, tmp_path: Path) -> None:
    """By `..`, from the root or over a link, no font outside the spec's folder is read."""
    folder = tmp_path / "agency"
    written(folder, f"version: 1\nfonts: {{titles: {{regular: {name}}}}}\n")
    (tmp_path / "secret.ttf").write_bytes(own_font())
    (folder / "themes/fonts/link.ttf").symlink_to(tmp_path / "secret.ttf")
    (folder / "spec.yaml").write_text(SPEC)
    assert any("fonts.titles.regular" in fault for fault in faults(folder / "spec.yaml"))


def test_fonts_may_stand_beside_the_theme_s_folder(tmp_path: Path) -> None:
    """A path up from the theme is fine as long as it stays below the spec's folder."""
    written(tmp_path, "version: 1\nfonts: {titles: {regular: ../fonts/a.ttf}}\n")
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/a.ttf").write_bytes(own_font())
    (tmp_path / "spec.yaml").write_text(SPEC)
    assert theme_of(load_spec(tmp_path / "spec.yaml")).theme.title_fonts is not None


@pytest.mark.parametrize("theme", ["../norte.yaml", "/etc/norte.yaml", "themes/none.yaml"])
def test_themes_stay_below_the_spec(theme: str, tmp_path: Path) -> None:
    """A theme outside the spec's folder, or none, is a problem at the spec's line."""
    (tmp_path / "spec.yaml").write_text(SPEC.replace("themes/norte.yaml", theme))
    (fault,) = faults(tmp_path / "spec.yaml")
    assert fault.startswith("spec.yaml:2:8: theme: ")


def test_the_shades_of_an_accent_are_fit() -> None:
    """What is worked out of an accent that can be read has no shortfall of its own."""
    for accent in ("#0B5D4E", "#8A3B12", "#003399", "#7A1F5C"):
        for below in ("paper", "ink", "terra"):
            found = [shortfall.text for shortfall in shortfalls(own_colors(below, {"accent": accent}))]
            assert found == [], (accent, below)
