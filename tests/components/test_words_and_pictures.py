"""The components that ask nothing: text, heading, image, divider, page break."""

from __future__ import annotations

import pytest

from reportgen.model import Picture
from reportgen.queries import Failure
from tests.components.scenes import block_of, resolved, scope


def test_text() -> None:
    """Markdown is carried as written, its variables replaced."""
    block = resolved({"text": "Good news for **{client.name}**."})
    assert (block.kind, block.prose, block.width) == ("text", "Good news for **Aurora**.", 12)


def test_heading_starts_a_row() -> None:
    """A heading is a label on a row of its own."""
    block = resolved({"heading": "Posts of {client.name}"})
    assert (block.kind, block.label, block.new_row) == ("heading", "Posts of Aurora", True)


def test_image() -> None:
    """The picture comes by its name and gets the author's alternative text."""
    component = block_of({"image": "team.png", "alt": "The team", "width": 6})
    picture = Picture("image/png", b"png")
    block = component.resolve(scope(pictures={"team.png": picture}), {})
    assert component.pictures() == ("team.png",)
    assert (block.kind, block.width, block.picture) == ("image", 6, Picture("image/png", b"png", "The team"))


def test_image_that_is_not_there() -> None:
    """A picture that could not be had costs its block, with the reason for staff."""
    component = block_of({"image": "team.png", "alt": "The team"})
    block = component.resolve(scope(pictures={"team.png": Failure("failed", "team.png: is damaged")}), {})
    assert (block.state, block.reason, block.picture) == ("failed", "team.png: is damaged", None)


@pytest.mark.parametrize("word", ["divider", "page_break"])
def test_bare_words(word: str) -> None:
    """A bare word is a block of that kind and asks nothing."""
    assert (resolved(word).kind, block_of(word).queries(scope())) == (word, ())
