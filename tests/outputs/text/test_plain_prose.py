"""Markdown to plain text."""

from __future__ import annotations

import pytest

from reportgen.outputs.text.plain_prose import plain_prose


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# Good _news_\n\n**3** new &amp; [old](https://x.example) <b>\nshops", "Good news\n3 new & old <b>\nshops"),
        ("- one\n- two `x`\n\n  more\n  1. three\n\n\nend", "• one\n• two x\nmore\n• three\nend"),
        ("| a | b |\n|---|---|\n| ~~1~~ |  |\n\n---\n> q  \n> r", "a | b\n1 | \nq\nr"),
        ("| | |\n|---|---|\n| 1 | 2 |", "1 | 2"),
        ("```\n<i>x</i>\n\ny\n```\n\n    z &lt;", "<i>x</i>\ny\nz &lt;"),
        (f"{'x' * 72}\r\n\x0bq \\* &nbsp;", f"{'x' * 72}\nq * \N{NO-BREAK SPACE}"),
        ("[a](javascript:x) ![b *c*](c.png) https://x.example", "a b c https://x.example"),
        ("- [x] done\n- [ ] **to** do\n- more", "☑ done\n☐ to do\n• more"),
        ("a[^n] b[^m] c[^n]\n\n[^m]: second\n[^n]: first\n\n    more", "a[1] b[2] c[1]\n[1] first\nmore\n[2] second"),
        ("リーチは**12%**増\n加", "リーチは12%増加"),
        ("", ""),
    ],
)
def test_markdown_becomes_plain_text(markdown: str, text: str) -> None:
    """Words stay as they are written, marks go; items have bullets or boxes, rows a line, footnotes their numbers."""
    assert plain_prose(markdown) == text
