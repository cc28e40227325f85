"""What pdfium reads of finished PDFs, for one thread at a time."""

from __future__ import annotations

import gc
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from pypdfium2.internal import ObjectTracker

from reportgen.errors import OutputError
from reportgen.outputs.pdf.attached_data import NAME, attached_json
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.pdfium import attached_file, page_count, page_picture, page_sizes, read_pages
from reportgen.outputs.printed import PrintedReport
from tests.outputs import reports

if TYPE_CHECKING:
    from collections.abc import Callable

REPORT = replace(reports.report(*reports.FULL), attach_data=True)
READERS: dict[str, Callable[[bytes], object]] = {
    "pages": lambda pdf: read_pages(pdf, top=0, bottom=0),
    "sizes": page_sizes,
    "count": page_count,
    "picture": lambda pdf: page_picture(pdf, 1, width=90),
    "attachment": lambda pdf: attached_file(pdf, NAME),
}


@lru_cache(maxsize=1)
def printed() -> bytes:
    """Print the report once."""
    return render_pdf(PrintedReport(REPORT))[0].content


def test_one_thread_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four threads that read PDFs never have two documents open: pdfium ends the process where two threads call it."""
    here: list[object] = []
    most: list[int] = []

    class Watched(pypdfium2.PdfDocument):  # type: ignore[misc] # pypdfium2 ships no types
        def __init__(self, pdf: bytes) -> None:
            here.append(self)
            super().__init__(pdf)
            time.sleep(0.01)  # lets the others come in, where they may

        def close(self) -> None:
            most.append(len(here))
            super().close()
            here.remove(self)

    monkeypatch.setattr(pypdfium2, "PdfDocument", Watched)
    pdf = printed()
    with ThreadPoolExecutor(4) as threads:
        for reading in [threads.submit(read, pdf) for _ in range(3) for read in READERS.values()]:
            reading.result()
    assert most == [1] * 3 * len(READERS)


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_nothing_of_pdfium_is_left(read: Callable[[bytes], object]) -> None:
    """When the lock is let go of, all of pdfium's objects are closed: none waits for a garbage collector's thread."""
    pdf = printed()
    gc.disable()
    try:
        before = {kind: len(alive) for kind, alive in ObjectTracker.items()}
        kept = read(pdf)
        assert kept is not None
        assert {kind: len(alive) for kind, alive in ObjectTracker.items() if len(alive) > before.get(kind, 0)} == {}
    finally:
        gc.enable()


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_what_is_no_pdf_is_an_error(read: Callable[[bytes], object]) -> None:
    """A damaged file is told as such, and the next one can be read."""
    with pytest.raises(OutputError, match="the PDF cannot be opened"):
        read(b"%PDF-1.7 and nothing more")
    assert read(printed()) is not None


def test_what_is_read_is_what_was_printed() -> None:
    """Pages have their text, size and places, their pictures the width that is asked for, and data come back."""
    read = read_pages(printed(), top=80, bottom=70)
    assert [(round(page.width), round(page.height)) for page in read.pages] == [(595, 842)] * 3
    assert [(page.is_blank, page.missing_fonts) for page in read.pages] == [(False, ())] * 3
    assert "55,645" in "".join(page.text for page in read.pages)
    assert {"block-reach", "block-clicks"} <= set(read.places)
    assert page_picture(printed(), 2, width=90).size == (90, 128)
    assert attached_file(printed(), NAME) == attached_json(PrintedReport(REPORT))
    assert attached_file(printed(), "other.json") is None
