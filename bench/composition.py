"""`make composition`: the blank share of each page of PDFs, from the lowest ink of its body to its lower margin.

Any PDF can be measured, also those of other engines; the margins are those of reportgen's own pages.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from reportgen.outputs.page.measures import MEASURES
from reportgen.outputs.page.page_composition import MOST_BLANK
from reportgen.outputs.pdfium import page_picture, page_sizes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

_SCALE = 1.0  # pixels a point
_INK = 24  # of 255: by how much the darkest colour of a point differs from its page's


def blank_shares(pdf: bytes) -> list[float]:
    """Return the blank share of each page: how much of its body is empty below its lowest ink, from 0 to 1.

    Raises:
        OutputError: It cannot be opened.
    """
    return [
        _blank_share(page_picture(pdf, number, width=width * _SCALE), height)
        for number, (width, height) in enumerate(page_sizes(pdf), 1)
    ]


def inner_pages(shares: Sequence[float]) -> list[float]:
    """Return the shares without the last page's, which ends where the report ends."""
    return list(shares[:-1])


def _blank_share(picture: Image, height: float) -> float:
    """Return the blank share of the picture of a page that is some points high."""
    from PIL import ImageChops  # comes with WeasyPrint, which draws the pages

    scale = picture.height / height
    top, bottom = MEASURES.page.margin_top.points * scale, picture.height - MEASURES.page.margin_bottom.points * scale
    body = picture.convert("RGB").crop((0, round(top), picture.width, round(bottom)))
    ground = ImageChops.invert(body.convert("L")).point(lambda value: 255 if value > _INK else 0)
    box = ground.getbbox()
    return 1 - box[3] / body.height if box else 1.0


def lines(name: str, shares: Sequence[float]) -> list[str]:
    """Return the printed lines of a PDF: the share of each page in percent, and how many inner pages are too empty."""
    inner = inner_pages(shares)
    over = sum(share > MOST_BLANK for share in inner)
    percents = " ".join(f"{100 * share:.0f}" for share in shares)
    middle = f"{100 * mean(inner):.1f}" if inner else "-"
    return [f"{name}: {percents}", f"  over a third: {over} of {len(inner)} inner pages, mean {middle} %"]


def main(paths: Sequence[str]) -> int:
    """Print the blank shares of PDFs; return 1 where an inner page is over a third empty, 2 without PDFs."""
    if not paths:
        sys.stderr.write("usage: python -m bench.composition FILE.pdf...\n")
        return 2
    inner: list[float] = []
    for path in paths:
        shares = blank_shares(Path(path).read_bytes())
        inner += inner_pages(shares)
        sys.stdout.write("\n".join(lines(Path(path).name, shares)) + "\n")
    over = sum(share > MOST_BLANK for share in inner)
    sys.stdout.write(
        f"all: {over} of {len(inner)} inner pages over a third empty, mean {100 * mean(inner or [0]):.1f} %\n"
    )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
