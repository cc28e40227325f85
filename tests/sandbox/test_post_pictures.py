"""The pictures of posts: drawn from their addresses, the same everywhere, and of no other host."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from reportgen import build_report, load_spec
from reportgen.periods import Period
from reportgen.sandbox.daily_figures import StoryAccount
from reportgen.sandbox.dimensions import buckets
from reportgen.sandbox.post_pictures import PICTURES, post_picture
from reportgen.sandbox.synthetic_posts import posts

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.connect import AnswerSource

YEAR = buckets(None, Period(date(2026, 1, 1), date(2026, 12, 31)))[""]


def test_every_post_has_a_picture() -> None:
    """Each address in the cells of a year's posts is that of a small square PNG, and hardly any two are alike."""
    cells = [post.cell() for post in posts(StoryAccount("a", "social"), ["media"], YEAR)]
    pictures = [post_picture(str(cell["cdn_image"])) for cell in cells]
    assert None not in pictures
    for picture in pictures:
        with Image.open(io.BytesIO(picture or b""), formats=["PNG"]) as image:
            assert (image.size, len(picture or b"") < 20_000) == ((240, 240), True)
    assert len(set(pictures)) > len(pictures) / 3


def test_an_address_has_one_picture() -> None:
    """The same address is the same bytes, another post another picture."""
    address = f"{PICTURES}/hills-17001.png"
    first = post_picture(address)
    post_picture.cache_clear()
    assert post_picture(address) == first != post_picture(f"{PICTURES}/hills-17002.png")


@pytest.mark.parametrize(
    "address",
    [
        "https://cdn.example.com/hills-17001.png",
        f"{PICTURES}/hills-17001.png?key=a",
        f"{PICTURES}/unheard-17001.png",
        f"{PICTURES}/../hills-17001.png",
        f"{PICTURES}.example.org/hills-17001.png",
        "http://pictures.sandbox.example/hills-17001.png",
        "",
    ],
)
def test_any_other_address_has_none(address: str) -> None:
    """Pictures of other hosts are not drawn here."""
    assert post_picture(address) is None


def test_a_report_from_the_sandbox_shows_the_pictures_of_its_posts(api: AnswerSource, tmp_path: Path) -> None:
    """Without a host that the spec allows and without a connection, each printed post has its small picture."""
    path = tmp_path / "posts.yaml"
    path.write_text(
        "version: 1\ntitle: Posts\nsources: {instagram: {integration: instagram_business}}\nsections:\n"
        "  - title: Posts\n    source: instagram\n    blocks:\n"
        "      - {name: posts, label: Posts, thumbnails: true, limit: 5, reference_key: 'ig:media_datatable',"
        " component: datatable_v1, metrics: [reach], dimensions: [media]}\n"
    )
    report = build_report(load_spec(path), answers=api, as_of=date(2026, 11, 3))
    (table,) = report.blocks[0].tables
    assert [picture is not None for picture in table.columns[0].thumbnails[:5]] == [True] * 5
    assert report.warnings == ()
