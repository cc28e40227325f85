"""Tests of reportgen.connect.picture_files."""

from __future__ import annotations

import io
import os
import struct
import sys
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from reportgen.connect.picture_files import LARGEST_BYTES, load_picture, read_picture
from reportgen.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def raster(kind: str) -> bytes:
    """Return a small picture."""
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((40, 30)).save(buffer, kind)
    return buffer.getvalue()


def bomb(width: int, height: int) -> bytes:
    """Return a PNG that says it is huge and holds almost nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


PNG, JPEG = raster("PNG"), raster("JPEG")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (SVG.format("<rect/>").encode(), "image/svg+xml"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- logo -->\n" + SVG.format("").encode(), "image/svg+xml"),
        (SVG.format("<a href='https://e.example'/><use href='#x'/>").encode(), "image/svg+xml"),
    ],
)
def test_the_content_tells_the_kind(tmp_path: Path, content: bytes, media_type: str) -> None:
    """A picture is recognised whatever its name, and its bytes are unchanged."""
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "logo.txt").write_bytes(content)
    picture = load_picture(tmp_path, "images/logo.txt")
    assert (picture.media_type, picture.content, picture.alt) == (media_type, content, "")


@pytest.mark.parametrize(
    "name", ["../logo.png", "images/../logo.png", "/etc/hostname", "C:\\logo.png", "\\logo.png", "images\\..\\logo.png"]
)
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    """Only names under the folder are looked at."""
    with pytest.raises(ConfigurationError, match=r"without '\.\.'"):
        load_picture(tmp_path, name)


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    """A link to a file elsewhere is not followed."""
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "logo.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(ConfigurationError, match="the link leads out of"):
        load_picture(tmp_path / "spec", "logo.png")


def test_a_link_inside_is_followed(tmp_path: Path) -> None:
    """A link within the folder is a name like any other."""
    (tmp_path / "real.png").write_bytes(PNG)
    (tmp_path / "logo.png").symlink_to("real.png")
    assert load_picture(tmp_path, "logo.png").content == PNG


def test_a_loop_of_links_is_told(tmp_path: Path) -> None:
    """A link to itself ends in our error."""
    (tmp_path / "logo.png").symlink_to("logo.png")
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_picture(tmp_path, "logo.png")


@pytest.mark.parametrize(
    ("name", "reason"), [("none.png", "there is no such file"), (".", "is not a file"), ("a\0b", "cannot be read")]
)
def test_no_file_is_told(tmp_path: Path, name: str, reason: str) -> None:
    """What is no file is told with its name."""
    with pytest.raises(ConfigurationError, match=reason):
        load_picture(tmp_path, name)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Something that would block on reading is refused."""
    os.mkfifo(tmp_path / "logo.png")
    with pytest.raises(ConfigurationError, match="is not a file"):
        load_picture(tmp_path, "logo.png")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is no PNG, JPEG, WebP, GIF or SVG picture"),
        (b"GIF89a", "is a damaged GIF file"),
        (b"<html/>", "an SVG starts with"),
        (b"<svg/>", "an SVG starts with"),
        (b"<svg", "is no PNG, JPEG, WebP, GIF or SVG picture"),
        (PNG[:60], "is a damaged PNG file"),
        (PNG[:50] + b"\0\0\0\0" + PNG[54:], "is a damaged PNG file"),
        (JPEG[:-60], "is a damaged JPEG file"),
        (bomb(30_000, 30_000), "more than 40 million pixels"),
        (bomb(10_000, 10_000), "more than 40 million pixels"),
        (bomb(7_000, 7_000), "more than 40 million pixels"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * LARGEST_BYTES, "larger than 10 MB"),
        (b"<!DOCTYPE svg>" + SVG.format("").encode(), "has a document type"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + SVG.format("&a;").encode(), "has a document type"),
        (("<!DOCTYPE svg>" + SVG.format("")).encode("utf-16"), "has a document type"),
        (SVG.format("<script/>").encode(), "holds a script"),
        (SVG.format("<g><rect onclick='x()'/></g>").encode(), "holds a script"),
        (SVG.format("<image href='http://e.example/x.png'/>").encode(), "from elsewhere"),
        (
            SVG.format("<use xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='x.svg#a'/>").encode(),
            "from elsewhere",
        ),
        (
            b"<?xml version='1.0' encoding='nonsense'?>" + SVG.format("").encode(),
            "is no PNG, JPEG, WebP, GIF or SVG picture",
        ),
    ],
)
def test_unfit_content_is_told(tmp_path: Path, content: bytes, reason: str) -> None:
    """Each unfit file is refused with its name and the reason."""
    (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(ConfigurationError, match=reason) as raised:
        load_picture(tmp_path, "logo.png")
    assert str(raised.value).startswith(f"{tmp_path / 'logo.png'}: ")


@given(st.sampled_from([PNG, JPEG, SVG.format("<g a='1'/>").encode()]), st.data())
def test_damage_raises_only_our_error(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, data: st.DataObject
) -> None:
    """Whatever bytes are cut or changed, the picture is loaded or refused in our words."""
    place = data.draw(st.integers(0, len(whole) - 1))
    content = whole[:place] + data.draw(st.binary(max_size=9)) + whole[place + data.draw(st.integers(0, 9)) :]
    folder = tmp_path_factory.getbasetemp()
    (folder / "damaged").write_bytes(content)
    try:
        load_picture(folder, "damaged")
    except ConfigurationError as error:
        assert "damaged" in str(error)  # noqa: PT017 - either way out is right; only a foreign error is not


def test_threads_check_pictures_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many threads check pictures, a damaged one is refused, and the process's settings stay as they were."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    cut, before = PNG[: len(PNG) // 2], list(warnings.filters)

    def is_refused(_turn: int) -> bool:
        read_picture(PNG, "whole.png")
        with pytest.raises(ConfigurationError, match="damaged"):
            read_picture(cut, "cut.png")
        return True

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            assert all(threads.map(is_refused, range(200)))
    finally:
        sys.setswitchinterval(interval)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True
    assert list(warnings.filters) == before
