"""Pictures of whole reports: they cost what is printed of them, in every file."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from reportgen import build_report, load_client, load_spec
from reportgen.model import AgencyCard
from reportgen.outputs import FORMATS
from reportgen.outputs.printed import PrintedReport
from reportgen.spec.checking import check_file

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model import Report

SPEC = """\
version: 1
title: Pictures
period: 2026-10
agency: {name: Studio Norte, logo: norte.png}
sections:
  - title: Team
    blocks:
      - {image: team.webp, alt: The team, width: 6}
      - {image: team.webp, alt: The team again, width: 4}
"""
CLIENT = "version: 1\nname: Padaria Aurora\nbrand: {logo: aurora.jpg}\n"


def noise(wide: int, high: int) -> Image.Image:
    """Return an image that no file makes small."""
    pixels = bytes(at * at // 7 % 251 for at in range(wide * high // 4))
    return Image.frombytes("L", (wide // 2, high // 2), pixels).resize((wide, high)).convert("RGB")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a spec and a client that have large pictures."""
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "spec.yaml").write_text(SPEC)
    (folder / "client.yaml").write_text(CLIENT)
    noise(2400, 1200).save(folder / "norte.png", compress_level=0)
    noise(2400, 1200).save(folder / "aurora.jpg", quality=98)
    noise(3000, 2000).save(folder / "team.webp", quality=95)
    return folder


def made(folder: Path) -> Report:
    """Return the report of the spec in a folder, which asks nothing."""
    (folder / "answers.json").write_text("{}")
    spec, client = load_spec(folder / "spec.yaml"), load_client(folder / "client.yaml")
    return build_report(spec, client, answers=folder / "answers.json")


@pytest.mark.thorough
def test_a_logo_of_4_mb_costs_little(folder: Path) -> None:
    """Each of two logos adds at most 100 KB to the web page, the PDF and the JSON."""
    assert (folder / "norte.png").stat().st_size > 4_000_000
    report = made(folder)
    bare = replace(report, client=replace(report.client, logo=None), agency=AgencyCard(report.agency.name))
    for name in ("html", "pdf", "json"):
        (whole,), (plain,) = (FORMATS[name].render(PrintedReport(each)) for each in (report, bare))
        assert 0 < len(whole.content) - len(plain.content) < 2 * 100_000


@pytest.mark.thorough
def test_a_photograph_has_the_pixels_of_its_widest_place(folder: Path) -> None:
    """It is made small once, for all its places and files."""
    report = made(folder)
    pictures = {block.picture.content for block in report.blocks if block.picture}
    assert [Image.open(io.BytesIO(content)).size for content in pictures] == [(860, 573)]
    (file,) = FORMATS["pdf"].render(PrintedReport(report))
    with pikepdf.open(io.BytesIO(file.content)) as pdf:
        widths = {int(image.Width) for page in pdf.pages for image in page.get_images().values()}
    assert widths == {860, 192}


def test_check_names_the_place_of_a_picture_that_is_not_read(folder: Path) -> None:
    """The line of the picture is named, with what to do."""
    (folder / "team.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    (folder / "heic.yaml").write_text(SPEC.replace("team.webp", "team.heic"))
    problem = check_file(folder / "heic.yaml").problems[0]
    assert (problem.line, problem.message) == (
        8,
        f"{folder / 'team.heic'}: is a HEIC picture, as phones take them; save it as JPEG",
    )
