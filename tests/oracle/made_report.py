"""A report as the command made it: its warnings, its data, and its files read back."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias
from zipfile import ZipFile

import openpyxl
import pypdfium2

from tests.oracle.display import plain
from tests.oracle.made_page import Element, PageBlock, page_blocks, read_page

if TYPE_CHECKING:
    from pathlib import Path

Json: TypeAlias = dict[str, Any]
Row: TypeAlias = tuple[object, ...]


_HEAD = 4  # row of the heading of a table
_SUMMARY = "xl/worksheets/_rels/sheet1.xml.rels"
_FORM = re.compile(r"<(?:c:)?(\w+Chart)>")
_DIGITS = re.compile(r"[^0-9]")


class DisagreementError(AssertionError):
    """A report that is not what the oracle worked out."""


@dataclass(frozen=True)
class Made:
    """What the command made of one spec and its answers.

    Attributes:
        folder: Where its files are.
        code: With which it ended.
        out: What it printed, JSON where it made a report.
        err: What it told the user.
    """

    folder: Path
    code: int
    out: str
    err: str

    @cached_property
    def warnings(self) -> list[Json]:
        """The warnings for staff, each with code, block and text."""
        return list(self._result["warnings"])

    @cached_property
    def verdict(self) -> str:
        """Whether the report is done, degraded or held."""
        return str(self._result["verdict"])

    def codes(self, block: str | None = None) -> set[str]:
        """Return the codes of the warnings, those of a block where one is named."""
        return {one["code"] for one in self.warnings if block is None or one["block"] == block}

    @cached_property
    def _result(self) -> Json:
        if not self.out.startswith("{"):
            message = f"expected a report, got exit {self.code}: {self.err.strip()[:400]}"
            raise DisagreementError(message)
        return dict(json.loads(self.out))

    def _path(self, ending: str) -> Path:
        return self.folder / str(next(path for path in self._result["paths"] if path.endswith(ending)))

    @cached_property
    def report(self) -> Json:
        """The report as JSON for staff."""
        return dict(json.loads(self._path(".json").read_text(encoding="utf-8")))

    def block(self, name: str) -> Json:
        """Return a block of the report."""
        blocks = [one for section in self.report["sections"] for one in section["blocks"]]
        return next(one for one in blocks if one["name"] == name)

    def reading(self, name: str) -> Json:
        """Return the one reading of a number block."""
        return dict(self.block(name)["readings"][0])

    def chart(self, name: str) -> Json:
        """Return the chart of a block; a block without one disagrees."""
        return self._only("charts", name)

    def table(self, name: str) -> Json:
        """Return the table of a block; a block without one disagrees."""
        return self._only("tables", name)

    def _only(self, kind: str, name: str) -> Json:
        block = self.block(name)
        if not block[kind]:
            message = f"{name}: expected one of {kind}, got state {block['state']}: {block['reason']}"
            raise DisagreementError(message)
        return dict(block[kind][0])

    @cached_property
    def _tree(self) -> Element:
        return read_page(self._path(".html").read_text(encoding="utf-8"))

    @cached_property
    def page_text(self) -> str:
        """All that a reader of the web page sees."""
        return self._tree.text

    @cached_property
    def source_lines(self) -> list[str]:
        """What the sections say of their sources."""
        return [one.text for one in self._tree.all("p", "source")]

    @cached_property
    def page(self) -> dict[str, PageBlock]:
        """The blocks of the web page by name."""
        return page_blocks(self._tree)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of all summaries."""
        return tuple(said for block in self.page.values() for said in block.sentences)

    @cached_property
    def pdf_text(self) -> str:
        """The text of the PDF, on one line."""
        document = pypdfium2.PdfDocument(self._path(".pdf"))
        try:
            return plain(" ".join(page.get_textpage().get_text_range() for page in document))
        finally:
            document.close()

    def sheet(self, title: str = "") -> list[Row]:
        """Return the rows of a sheet from its heading on, of the summary where none is named; formulas by results."""
        book = openpyxl.load_workbook(self._path(".xlsx"), data_only=True)
        sheet = book[title] if title else book.worksheets[0]
        return [tuple(row) for row in sheet.iter_rows(min_row=_HEAD if title else 1, values_only=True)]

    def formats(self, title: str = "") -> list[Row]:
        """Return the number formats of the cells of a sheet, the summary where none is named."""
        book = openpyxl.load_workbook(self._path(".xlsx"))
        sheet = book[title] if title else book.worksheets[0]
        return [tuple(cell.number_format for cell in row) for row in sheet.iter_rows(min_row=_HEAD if title else 1)]

    @cached_property
    def forms_in_excel(self) -> list[str]:
        """The kinds of the charts of the workbook but that of the summary, such as `pieChart`, in their order."""
        with ZipFile(self._path(".xlsx")) as book:
            parts = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
            parts.sort(key=lambda name: int("0" + _DIGITS.sub("", name)))
            on_summary = _SUMMARY in book.namelist() and b"drawing1.xml" in book.read(_SUMMARY)
            texts = [book.read(name).decode() for name in parts[on_summary:]]
        return [_FORM.findall(text)[0] for text in texts]

    def csv_rows(self, block: str) -> list[dict[str, str]]:
        """Return the rows of a table's CSV file."""
        with self._path(f"-{block}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
