"""The parts of a report around its sections, from the files of an author to the report's JSON."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from reportgen import build_report, load_client, load_spec
from reportgen.errors import SpecError
from reportgen.fault_bundle import make_bundle
from reportgen.fleet.report_key import key_of, key_parts
from reportgen.model import Contact, CoverPage, ReportHeading
from reportgen.outputs.page.picture_pixels import cover_pixels
from reportgen.outputs.report_json import decode_report, encode_report, json_bytes
from reportgen.preview.watched_folders import folders_of
from reportgen.spec.planning import make_plan
from tests.canaries import unpacked

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model import Report
    from reportgen.spec.planning import Plan

CLIENT = "version: 1\nname: Mark\nslug: mark\n"
SPEC = """\
version: 1
title: "{client.name} · Marketing report"
period: 2026-10
agency: {name: Norte, contact: {name: Ana, email: ana@norte.example}}
footer: "{agency.name} · {client.name}, {period.label}"
cover: {image: pictures/cover.jpg}
about: none
sections:
  - title: Words
    blocks: [{text: Words.}]
"""
DAY = date(2026, 11, 3)


def write(folder: Path, spec: str = SPEC, client: str = CLIENT) -> tuple[Path, Path]:
    """Write a spec with a large photograph for its cover, its client, and answers; return both paths."""
    (folder / "pictures").mkdir(exist_ok=True)
    if not (folder / "pictures/cover.jpg").exists():
        Image.new("RGB", (cover_pixels() + 400, 300), "#0B5D4E").save(folder / "pictures/cover.jpg")
    (folder / "answers.json").write_text("{}")
    for name, text in (("social.yaml", spec), ("mark.yaml", client)):
        (folder / name).write_text(text)
    return folder / "social.yaml", folder / "mark.yaml"


def built(folder: Path, spec: str = SPEC, client: str = CLIENT) -> Report:
    """Build the report of a spec and a client."""
    paths = write(folder, spec, client)
    return build_report(load_spec(paths[0]), load_client(paths[1]), answers=folder / "answers.json", as_of=DAY)


def planned(folder: Path, client: str = CLIENT) -> Plan:
    """Plan the report."""
    paths = write(folder, client=client)
    return make_plan(load_spec(paths[0]), load_client(paths[1]), as_of=DAY)


def test_a_report_has_what_its_author_wrote(tmp_path: Path) -> None:
    """Variables are filled in, a name that is a part of another word cuts nothing, and the photograph is smaller."""
    report = built(tmp_path)
    assert report.heading == ReportHeading("Marketing report")
    assert (report.footer, report.has_about) == ("Norte · Mark, October 2026", False)
    assert report.agency.contact == Contact("Ana", "ana@norte.example")
    assert report.cover
    assert report.cover.image
    with Image.open(io.BytesIO(report.cover.image.content)) as image:
        assert image.size == (cover_pixels(), 250)


def test_a_small_picture_stays_as_it_is(tmp_path: Path) -> None:
    """A picture that is no larger than the page shows keeps its bytes; one that lies on its side is set upright."""
    (tmp_path / "pictures").mkdir()
    small = tmp_path / "pictures/cover.jpg"
    Image.new("RGB", (60, 20)).save(small)
    report = built(tmp_path)
    assert report.cover == CoverPage(report.cover.image if report.cover else None)
    assert report.cover.image
    assert report.cover.image.content == small.read_bytes()
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (60, 20)).save(small, exif=turned)
    upright = built(tmp_path).cover
    assert upright
    assert upright.image
    with Image.open(io.BytesIO(upright.image.content)) as image:
        assert image.size == (20, 60)


def test_a_report_without_a_cover(tmp_path: Path) -> None:
    """The client's `none` goes before the spec's image, which may then be missing."""
    paths = write(tmp_path, client=CLIENT + "cover: none\nfooter: ''\n")
    (tmp_path / "pictures/cover.jpg").unlink()
    report = build_report(load_spec(paths[0]), load_client(paths[1]), answers=tmp_path / "answers.json", as_of=DAY)
    assert (report.cover, report.footer) == (None, "")


@pytest.mark.parametrize("content", [None, b"no picture"])
@pytest.mark.parametrize(
    ("client", "place"),
    [
        ("", r"social\.yaml:\d+:\d+: cover\.image: "),
        ("brand: {logo: pictures/cover.jpg}\n", r"mark\.yaml:\d+:\d+: brand\.logo: "),
    ],
)
def test_an_unfit_picture_has_the_place_that_names_it(
    content: bytes | None, client: str, place: str, tmp_path: Path
) -> None:
    """A cover or a logo that cannot be shown is a problem of the file and the line that names it, as in `check`."""
    paths = write(tmp_path, client=CLIENT + client)
    cover = tmp_path / "pictures/cover.jpg"
    cover.unlink()
    if content:
        cover.write_bytes(content)
    with pytest.raises(SpecError, match=place + r".*pictures/cover\.jpg: (there is no such file|is no PNG)"):
        build_report(load_spec(paths[0]), load_client(paths[1]), answers=tmp_path / "answers.json", as_of=DAY)


def test_the_json_carries_all_of_it(tmp_path: Path) -> None:
    """A worker with the JSON and its pictures has the same report; an older JSON has a cover and a last page."""
    report = built(tmp_path)
    files: dict[str, bytes] = {}
    fields = encode_report(report, files)
    assert decode_report(json_bytes(fields), files) == report
    for name in ("heading", "cover", "has_about", "footer"):
        del fields[name]
    older = decode_report(json_bytes(fields))
    assert (older.heading, older.cover, older.has_about, older.footer) == (None, CoverPage(), True, None)


def test_another_image_is_another_report(tmp_path: Path) -> None:
    """A fleet makes a report anew where the bytes of its cover's image change, or the client has another cover."""
    first = key_of(key_parts(planned(tmp_path), ["pdf"]))
    assert key_of(key_parts(planned(tmp_path), ["pdf"])) == first
    Image.new("RGB", (40, 40)).save(tmp_path / "pictures/cover.jpg")
    second = key_of(key_parts(planned(tmp_path), ["pdf"]))
    covers = ("cover: none", "cover: {}", "about: page", "footer: Mark")
    others = [key_of(key_parts(planned(tmp_path, f"{CLIENT}{line}\n"), ["pdf"])) for line in covers]
    assert len({first, second, *others}) == 6


def test_the_preview_watches_the_image(tmp_path: Path) -> None:
    """The folder of the cover's image is watched."""
    assert tmp_path / "pictures" in folders_of(planned(tmp_path))


def test_a_bundle_holds_the_image_and_the_clients_own_words(tmp_path: Path) -> None:
    """The bundle of a fault renders the same cover again."""
    paths = write(tmp_path, client=CLIENT + "about: page\nfooter: Footer of Mark\n")
    bundle = make_bundle(load_spec(paths[0]), load_client(paths[1]), tmp_path / "answers.json")
    parts = list(unpacked(bundle))
    assert b"pictures/cover.jpg" in parts
    assert any(b'"footer": "Footer of Mark"' in part and b'"about": "page"' in part for part in parts)
