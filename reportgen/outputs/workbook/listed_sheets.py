"""The sheets of a finished workbook, read from its archive's own list; no cell is read."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import unescape
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHEET = re.compile(rb'<sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]+)"')
_RELATION = re.compile(rb"<Relationship [^>]*?/>")
_ATTRIBUTE = re.compile(rb'(Target|Id)="([^"]*)"')
_QUOTES = {"&quot;": '"', "&apos;": "'"}
_MEGABYTE = 1 << 20


def sheet_names_in(content: bytes) -> frozenset[str] | None:
    """Return the names of a workbook's sheets that have rows; None where it cannot be opened or a part is torn."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            with_rows = {part for part in archive.namelist() if _has_rows(archive, part)}
            return frozenset(name for name, part in _listed(archive) if part in with_rows)
    except (OSError, ValueError, KeyError, BadZipFile, zlib.error):
        return None


def _has_rows(archive: ZipFile, part: str) -> bool:
    """Return whether a part has rows of cells; reading it to its end holds it against its checksum.

    Raises:
        BadZipFile: It is torn.
    """
    found, end = False, b""
    with archive.open(part) as opened:
        while read := opened.read(_MEGABYTE):
            found, end = found or b"<row" in end[-4:] + read, read.rstrip()
    if not end.endswith(b">"):
        raise BadZipFile(f"{part} ends early")
    return found


def _listed(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name and the part of each sheet."""
    relations = _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
    entries = (dict(_ATTRIBUTE.findall(relation)) for relation in relations)
    parts = {entry[b"Id"]: entry[b"Target"].decode().lstrip("/") for entry in entries}
    for name, ident in _SHEET.findall(archive.read("xl/workbook.xml")):
        yield unescape(name.decode(), _QUOTES), parts.get(ident, "")
