"""The gallery looks as it did: each page of each theme against its picture, with a tolerance."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw

from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from tests.gallery.cases import THEMES, gallery
from tests.gallery.crowded_charts import crowded_charts

if TYPE_CHECKING:
    from collections.abc import Sequence

PICTURES = Path(__file__).parent / "pictures"
DPI = 36
ACROSS = 8
CELL = (425, 425)
MOST = 56
"""Of 255: how far an area of 4 x 4 points may be from its picture; letters that another version of a
library sets a hair elsewhere stay below, a shifted line, another colour or a missing bar do not."""


def sheet(pdf: bytes) -> Image.Image:
    """Return all pages of a PDF side by side."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in document]
    whole = Image.new("RGB", (ACROSS * CELL[0], -(-len(pages) // ACROSS) * CELL[1]), "#808080")
    for at, page in enumerate(pages):
        whole.paste(page, (at % ACROSS * CELL[0], at // ACROSS * CELL[1]))
    return whole


def changed_pages(now: Image.Image, before: Image.Image) -> Sequence[int]:
    """Return the numbers of the pages that look different."""
    if now.size != before.size:
        return [0]
    small = [picture.reduce(2) for picture in (now, before)]
    channels = ImageChops.difference(*small).split()
    differences = ImageChops.lighter(ImageChops.lighter(*channels[:2]), channels[2])
    wide, high = CELL[0] // 2, CELL[1] // 2
    boxes = [(x * wide, y * high) for y in range(now.height // CELL[1]) for x in range(ACROSS)]
    return [
        number
        for number, (x, y) in enumerate(boxes, 1)
        if any(differences.crop((x, y, x + wide, y + high)).histogram()[MOST + 1 :])
    ]


@pytest.mark.thorough
@pytest.mark.parametrize("name", [*THEMES, "charts"])
def test_the_gallery_looks_as_it_did(name: str, tmp_path: Path) -> None:
    """A page that looks different is named, and what it looks like now is kept beside the test's output."""
    report = crowded_charts() if name == "charts" else gallery(name)
    now = sheet(render_pdf(PrintedReport(report))[0].content)
    path = PICTURES / f"{name}.png"
    if os.environ.get("REPORTGEN_UPDATE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        now.quantize(64).save(path, optimize=True)
    changed = changed_pages(now.quantize(64).convert("RGB"), Image.open(path).convert("RGB"))
    now.save(tmp_path / "now.png")
    assert not changed, f"pages {changed} of {name} look different; see {tmp_path / 'now.png'} beside {path}"


def test_a_change_is_seen() -> None:
    """A line moved by two millimetres and a bar in another colour are changes; a hair's shift is none."""
    before = Image.open(PICTURES / "paper.png").convert("RGB")
    shifted = before.copy()
    shifted.paste(before.crop((CELL[0], 60, 2 * CELL[0], 120)), (CELL[0], 63))
    assert changed_pages(shifted, before) == [2]
    colored = before.copy()
    ImageDraw.Draw(colored).rectangle((2 * CELL[0] + 50, 150, 2 * CELL[0] + 56, 156), fill="#C03030")
    assert changed_pages(colored, before) == [3]
    assert changed_pages(before, before) == []
