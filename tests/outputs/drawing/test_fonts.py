"""The embedded family."""

from __future__ import annotations

import base64
import io
import re
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont

from reportgen.model import FontFamily
from reportgen.outputs.drawing.font_metrics import BUILT_IN, Typeface
from reportgen.outputs.drawing.font_subsets import extra_characters, font_subset, lacked_characters
from reportgen.outputs.drawing.line_breaks import broken_lines
from reportgen.outputs.page.font_faces import embedded_faces
from tests.fonts import own_font

if TYPE_CHECKING:
    from pathlib import Path


def test_subset_holds_the_characters_of_the_page() -> None:
    """Each upright face of a Greek page holds its letters, and digits of one width."""
    font = re.findall(r"base64,([^)]+)\)", embedded_faces("Ω"))[1]
    with TTFont(io.BytesIO(base64.b64decode(font))) as face:
        letters, widths = face.getBestCmap(), face["hmtx"].metrics
    assert ord("Ω") in letters
    assert len({widths[letters[ord(digit)]][0] for digit in "0123456789"}) == 1


def test_common_characters_share_one_subset() -> None:
    """Latin pages need nothing extra, nor do letters that the family lacks, so one subset serves them all."""
    assert extra_characters("São João – R$ 5 ▲ ≥ 4 ↓ 日") == ""


def test_pages_of_an_alphabet_share_a_subset() -> None:
    """A page with one letter of an alphabet gets all of it, and nothing of another; a letter of none comes alone."""
    russian = extra_characters("Москва")
    assert russian == extra_characters("Ж")
    assert set("Москваґ") <= set(russian)
    assert {ord(letter) >> 8 for letter in russian} == {4}
    assert set(extra_characters("ﬁ Ω")) == {"ﬁ", *extra_characters("α")}


def test_a_themes_page_gets_all_letters_of_an_alphabet_that_its_typeface_lacks() -> None:
    """Whichever Greek letter it has, the same of the built-in family; where it lacks none, nothing."""
    own = Typeface(FontFamily(own_font()))
    assert lacked_characters("Reach", own) == ""
    assert set(lacked_characters("Ω", own)) > set("Ωαβ")
    assert lacked_characters("Reach Ω", own) == lacked_characters("α", own)


@pytest.mark.parametrize(("text", "stored"), [("", 1), ("Ж", 1), ("ﬁ", 0)])
def test_subsets_of_alphabets_are_stored(
    text: str, stored: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process finds the common subset and an alphabet's, the same to the byte; other letters are not stored."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    font_subset.cache_clear()
    first = font_subset("Regular", extra_characters(text))
    files = [file.read_bytes() for file in tmp_path.glob("reportgen/*")]
    assert [base64.b64decode(first) in file for file in files] == [True] * stored
    font_subset.cache_clear()
    assert font_subset("Regular", extra_characters(text)) == first
    assert (font_subset("Regular", "") == first) is (text == "")
    font_subset.cache_clear()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Reach", ("Reach",)),
        ("Reach of all posts together", ("Reach of all", "posts", "together")),
        ("", ("",)),
        ("Unbreakableword", ("Unbreakableword",)),
        ("到达的帐户数、互动", ("到达的帐户", "数、互动")),
        ("「フォロワー」の増", ("「フォロ", "ワー」の増")),
        ("10月（2026年）に", ("10月（2026", "年）に")),
        ("จำนวนผู้ติดตามทั้งหมด", ("จำนวนผู้", "ติดตามทั้ง", "หมด")),
    ],
)
def test_lines_break_as_browsers_break_them(text: str, lines: tuple[str, ...]) -> None:
    """Words wrap at spaces, Chinese between its letters but before no comma; a word alone is never broken."""
    assert broken_lines(text, 5.2, BUILT_IN) == lines


def test_the_last_line_holds_what_is_left() -> None:
    """Where there may be two lines only, the second is as long as it has to be."""
    assert broken_lines("Reach of all posts together", 52, BUILT_IN, 10, most=2) == ("Reach of all", "posts together")


def test_width_is_that_of_the_font() -> None:
    """Ten digits are ten times the font's digit, 0.497 em."""
    assert BUILT_IN.width("0123456789") == pytest.approx(4.97)
