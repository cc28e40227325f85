"""The tables of a report as CSV files: plain numbers and ISO days for programs, or a form that Excel opens."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from reportgen.files import file_stem, slug
from reportgen.formatting import babel_locale
from reportgen.model import Artifact
from reportgen.outputs import FORMATS
from reportgen.outputs.text.flat_tables import flat_table
from reportgen.outputs.text.spreadsheet_text import FORMULA_STARTS, clean_text, column_names
from reportgen.outputs.text.unit_words import unit_words

if TYPE_CHECKING:
    from reportgen.model import Column, Report, Table, Value
    from reportgen.outputs.printed import PrintedReport

_OTHERWISE_READ = re.compile(r"0\d+|-?\d{16,}|\d+[eE]\d+|\d{1,2}[-/.]\d{1,2}([-/.]\d{2,4})?")
_LONG_ID = 10**15  # from here on, Excel would lose digits
_SEMICOLONS = frozenset({"ar", "fa", "CH", "LI"})  # languages and countries whose decimal sign is a point
_IN_QUOTES = re.compile(r'[,;\t"\r\n]')  # whatever the separator is
_QUOTE = '"'
_LINE_END = "\r\n"
_EMPTY = '""'  # a line of a single empty cell, which programs would skip
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # at the start of a file, by which Excel knows UTF-8


@dataclass(frozen=True, slots=True)
class _Dialect:
    """The form of a CSV file.

    Attributes:
        separator: Between cells.
        decimal: The decimal sign.
        start: Of the file.
        name: Of the dialect in the name of the file; empty for the plain form.
        quotes: Whether texts that Excel reads as another number or as a day are written as texts of a formula.
    """

    separator: str = ","
    decimal: str = "."
    start: str = ""
    name: str = ""
    quotes: bool = False


def render_csv(printed: PrintedReport) -> tuple[Artifact, ...]:
    """Return a CSV file for each table: all rows, printed or not, compared values and changes beside them.

    UTF-8, commas, CRLF (RFC 4180). Headings name the unit, `Cost [BRL]`. The total is left out, because a sum over the
    column would count it twice. A text that a spreadsheet would take for a formula has an apostrophe before it, as
    OWASP advises; numbers, also negative numbers, are left as they are. A text with a comma, a semicolon or a tab is in
    quotes whatever the separator is: a spreadsheet that splits at all three makes no cells of its parts.
    """
    return _files(printed.report, _Dialect())


def render_excel_csv(printed: PrintedReport) -> tuple[Artifact, ...]:
    """Return the files of `render_csv` as Excel opens them by a double click in the report's locale.

    They begin with a byte-order mark, without which Excel reads UTF-8 as another encoding. Where the decimal sign is a
    comma, as in Brazil, Spain, Germany and France, Excel takes the semicolon for the separator of lists, and the files
    have both; in Arabic, in Persian and in Switzerland the semicolon stands beside a decimal point (the list separators
    of Windows, as .NET's `TextInfo.ListSeparator` has them). No line `sep=;` says so: Excel would no longer mind the
    byte-order mark, and other programs read it as a row. An id of more than 15 digits or with zeros before it, a range
    such as `10-12`, and a name such as `1E5` stand as `="10-12"`: from a bare text Excel would make another number or
    a day.
    """
    locale = babel_locale(printed.report.locale)
    decimal = "," if locale.number_symbols["latn"]["decimal"] == "," else "."
    separator = ";" if decimal == "," or not _SEMICOLONS.isdisjoint({locale.language, locale.territory}) else ","
    return _files(printed.report, _Dialect(separator, decimal, _MARK, ".excel", quotes=True))


def _files(report: Report, dialect: _Dialect) -> tuple[Artifact, ...]:
    return tuple(
        Artifact(
            f"{file_stem(report)}-{slug(block.name)}{dialect.name}.csv",
            FORMATS["csv"].media_type,
            _content(table, report, dialect),
        )
        for block in report.blocks
        for table in block.tables
    )


def _content(table: Table, report: Report, dialect: _Dialect) -> bytes:
    """Return the file of a table, whose rows are encoded as they are written."""
    columns = [flat.column for flat in flat_table(table, report)]
    content = io.BytesIO()
    with io.TextIOWrapper(content, "utf-8", newline="") as file:
        file.write(dialect.start)
        headings = column_names(_heading(column, report.locale) for column in columns)
        for row in chain([headings], zip_longest(*(column.values for column in columns))):
            line = dialect.separator.join([_cell(value, dialect) for value in row])
            file.write((line or _EMPTY) + _LINE_END)
        file.flush()
        return content.getvalue()


def _heading(column: Column, locale: str) -> str:
    """Return the heading of a column with its unit, as its cells have none: `Cost [BRL]`."""
    unit = unit_words(column.unit, locale) if column.is_numeric else ""
    return f"{column.label} [{unit}]" if unit else column.label


def _cell(value: Value, dialect: _Dialect) -> str:
    """Return a cell as the file has it."""
    if value is None:
        return ""
    if type(value) is int and -_LONG_ID < value < _LONG_ID:
        return str(value)
    if isinstance(value, float):
        return repr(value).replace(".", dialect.decimal)
    text = clean_text(value) if isinstance(value, str) else str(value)
    if dialect.quotes and _OTHERWISE_READ.fullmatch(text):
        return f'"=""{text}"""'
    if isinstance(value, str) and text.startswith(FORMULA_STARTS):
        text = f"'{text}"
    return f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if _IN_QUOTES.search(text) else text
