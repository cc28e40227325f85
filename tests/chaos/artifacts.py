"""What stands in finished files: each is opened as its reader would, and all of its text is looked at."""

from __future__ import annotations

import zipfile
from html.parser import HTMLParser
from io import BytesIO
from typing import TYPE_CHECKING

from pypdfium2 import PdfDocument

from tests.chaos.agency import clients_in, label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SPOKEN = {"alt", "title", "aria-label", "content"}


class _Text(HTMLParser):
    """The text of a page, its scripts, and what its attributes say."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.parts += [said for name, said in attrs if said and (name in _SPOKEN or name.startswith("data-"))]

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"]:
            self.parts.append(data)


def text_of(path: Path) -> str:
    """Return everything that is written in a file.

    Raises:
        AssertionError: It is torn, or no file of its kind.
    """
    content = path.read_bytes()
    assert content, path
    return "\n".join(_READERS[path.suffix](content))


def _of_html(content: bytes) -> Iterator[str]:
    html = content.decode()
    assert html.rstrip().endswith("</html>")
    page = _Text(html)
    assert "html" in page.tags
    yield from page.parts


def _of_pdf(content: bytes) -> Iterator[str]:
    assert content.rstrip().endswith(b"%%EOF")
    document = PdfDocument(content)
    try:
        assert len(document)
        for number in range(len(document)):
            yield document[number].get_textpage().get_text_bounded()
        for number in range(document.count_attachments()):
            yield bytes(document.get_attachment(number).get_data()).decode()
        yield from document.get_metadata_dict().values()
    finally:
        document.close()


def _of_workbook(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(content)) as book:
        assert book.testzip() is None
        assert "xl/workbook.xml" in book.namelist()
        for name in book.namelist():
            yield name
            yield book.read(name).decode(errors="replace")


_READERS = {".html": _of_html, ".pdf": _of_pdf, ".xlsx": _of_workbook}


def files_of(out: Path, number: int) -> list[Path]:
    """Return the finished files of a client, without those that are held."""
    return sorted(path for path in out.glob(f"out/*/{label(number)}/*/*") if not path.name.startswith("."))


def foreign(out: Path, clients: range) -> dict[str, set[int]]:
    """Return the files with something of another client's in them, and whose it is.

    Raises:
        AssertionError: A file is torn, or lacks its own client's words: a search of it would be worth nothing.
    """
    found: dict[str, set[int]] = {}
    for number in clients:
        for path in files_of(out, number):
            seen = clients_in(text_of(path))
            assert number in seen, f"{path} does not name its own client"
            if others := seen - {number}:
                found[path.name] = others
    return found
