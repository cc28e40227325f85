"""Plain text in Markdown: whatever it is, it is read as itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.markdown.parser import Token, parse
from reportgen.markdown.plain_text import escaped, is_at_line_start

SIGNS = "\\`*_{}[]<>()#!|&~^=@:/.+-0123456789 ab\u00a0\"'$%é見"
TABLE = "| {} | b |\n|---|---|\n| c | {} |"
PLACES = ["{}. then", "x {} y", "**{}**", "um**{}** *é*", "- {}", "> {}) x", "1. {}", TABLE]


def filled(passage: str, text: str) -> str:
    """Return a passage of Markdown with a text in place of each {}."""

    def placed(match: re.Match[str]) -> str:
        return escaped(text, at_start=is_at_line_start(match.string, match.start()))

    return re.sub(r"\{\}", placed, passage)


def leaves(tokens: list[Token]) -> list[tuple[str, str]]:
    """Return the type and the text of each token, texts beside each other put together."""
    found: list[tuple[str, str]] = []
    for token in tokens:
        for leaf in token.children or [token]:
            if leaf.type == "text" and found and found[-1][0] == "text":
                found[-1] = ("text", found[-1][1] + leaf.content)
            else:
                found.append((leaf.type, leaf.content))
    return [(kind, text) for kind, text in found if kind != "text" or text]


@given(st.text(SIGNS, min_size=1, max_size=12).filter(lambda text: text.strip() == text), st.sampled_from(PLACES))
def test_no_sign_of_a_text_is_markdown(text: str, passage: str) -> None:
    """A passage with the text is what it is with a plain word, but for the word: no mark, link, list or entity."""
    alike = "w" if text[0].isalnum() and text[-1].isalnum() else "$"
    plain = leaves(parse(passage.replace("{}", alike)))
    found = leaves(parse(filled(passage, text)))
    if "**{}**" in passage and [kind for kind, _ in found] != [kind for kind, _ in plain]:
        return  # whether a mark is emphasis depends on its neighbours, also where they are plain
    assert [kind for kind, _ in found] == [kind for kind, _ in plain]
    assert [words for kind, words in found if kind == "text"] == [
        re.sub(re.escape(alike), lambda _: text, words, count=1) if alike in words else words
        for kind, words in plain
        if kind == "text"
    ]


@pytest.mark.parametrize("text", ["5", "---", "# h", "- a", "+ b", "> c", "1) d", "    e", "| f |"])
def test_a_text_that_begins_a_line(text: str) -> None:
    """It begins no list, heading, rule, quotation or code, also together with the words after it."""
    kinds = [token.type for token in parse(filled("{}. then", text))]
    assert kinds == ["paragraph_open", "inline", "paragraph_close"]


def test_a_text_of_several_lines() -> None:
    """It stays on its line."""
    assert escaped("a\r\n\r\n# b\tc") == "a \\# b c"


def test_addresses() -> None:
    """An address that an author writes is a link; an address in a text of the API is none."""
    written = [token.type for line in parse("see https://a.example and b@c.example") for token in line.children or ()]
    assert written.count("link_open") == 2
    text = filled("see {}", "https://a.example and b@c.example")
    assert "link_open" not in [token.type for line in parse(text) for token in line.children or ()]
