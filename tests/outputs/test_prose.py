"""Markdown to safe HTML."""

from __future__ import annotations

import pytest

from reportgen.outputs.prose import prose_html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**b** _i_", "<p><strong>b</strong> <em>i</em></p>\n"),
        ("# Title", "<h3>Title</h3>\n"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("{{ 7 * 7 }}", "<p>{{ 7 * 7 }}</p>\n"),
        ("[a](https://x.example)", '<p><a href="https://x.example" rel="noopener noreferrer">a</a></p>\n'),
    ],
)
def test_markdown_becomes_safe_html(markdown: str, html: str) -> None:
    """Formatting is kept, titles start below the page's, and markup is text."""
    assert prose_html(markdown) == html


@pytest.mark.parametrize("markdown", ["[a](javascript:alert(1))", "![a](http://x.example/p.png)", "[a](file:///x)"])
def test_nothing_is_loaded_or_run(markdown: str) -> None:
    """Pictures and addresses that run code are no elements."""
    html = prose_html(markdown)
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="file' not in html
