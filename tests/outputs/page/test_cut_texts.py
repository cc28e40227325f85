"""Tests of reportgen.outputs.page.cut_texts."""

from __future__ import annotations

import pytest

from reportgen.outputs.drawing.font_metrics import BUILT_IN
from reportgen.outputs.page.cut_texts import count_lines, cut_text

BREAD = "Autumn is here, and with it our pumpkin bread, baked every morning. Come by, bring a friend, and tell us!"


@pytest.mark.parametrize("most", [1, 2, 3])
def test_a_long_text_ends_with_an_ellipsis(most: int) -> None:
    """It is cut behind a word, and takes the lines that it may take, not one less."""
    cut = cut_text(BREAD, 14, most, BUILT_IN)
    assert cut.endswith("…")
    assert BREAD.startswith(cut[:-1])
    assert BREAD[len(cut) - 1] in " ,"
    assert count_lines(cut, 14, BUILT_IN) == most


def test_a_short_text_is_whole() -> None:
    """What fits has no ellipsis, whatever its line breaks."""
    assert cut_text("Short", 14, 1, BUILT_IN) == "Short"
    assert cut_text("Two\nlines", 14, 2, BUILT_IN) == "Two\nlines"
    assert cut_text(BREAD, 14, 9, BUILT_IN) == BREAD


def test_line_breaks_count() -> None:
    """Each paragraph begins a line; blank lines are left out of a text that is cut."""
    assert (
        cut_text("Win!\n\n1. Follow us\n2. Like this\n3. Name a friend", 14, 3, BUILT_IN)
        == "Win!\n1. Follow us\n2. Like this…"
    )
    assert count_lines("a\nb\n\nc", 14, BUILT_IN) == 4


def test_an_endless_word_is_cut_inside() -> None:
    """A word that is wider than its column fills its lines."""
    cut = cut_text("w" * 300, 10, 2, BUILT_IN)
    assert cut == "w" * (len(cut) - 1) + "…"
    assert 15 < BUILT_IN.width(cut) < 20


def test_no_mark_is_torn_off_its_letter() -> None:
    """Scripts that write no spaces are cut between letters that stand by themselves."""
    text = "ที่นี่มีขนมปังฟักทอง" * 9
    cut = cut_text(text, 8, 2, BUILT_IN)
    assert cut.endswith("…")
    assert text.startswith(cut[:-1])
    assert text[len(cut) - 1] not in "\u0e31\u0e34\u0e35\u0e48\u0e49"


def test_japanese_is_cut_between_its_letters() -> None:
    """A line of it is full, and no mark begins a line."""
    text = "秋の新作パンプキンブレッドが焼き上がりました。毎朝六時から、" * 4
    cut = cut_text(text, 12, 3, BUILT_IN)
    assert cut.endswith("…")
    assert 3 * 12 * 0.7 < BUILT_IN.width(cut) <= 3 * 12
