"""The Markdown files that a client's reports of any period may read, and the pictures that passages name."""

from __future__ import annotations

import posixpath
import re
from datetime import date, timedelta
from glob import escape, glob
from itertools import product
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from reportgen.components.variables import check_variables, fill_variables
from reportgen.connect.passage_files import load_passage
from reportgen.connect.picture_addresses import is_remote
from reportgen.formatting import format_day, format_period
from reportgen.languages import LANGUAGE_PATTERN
from reportgen.markdown.pictures import named_pictures
from reportgen.periods import Period, resolve_period
from reportgen.spec.variable_values import client_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import TypeAlias

    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec

    _Patterns: TypeAlias = tuple[set[str], str]  # those of `glob`, and a regular expression

_DIGIT = re.compile(r"\d")
_YEAR = 2025  # its digits stand for any digits
_MARK = "\0"  # no path holds it
_LANGUAGE = "language"  # in place of a variable, in the path of a file in another language


def passage_files(spec: ReportSpec, client: Client | None) -> tuple[str, ...]:
    """Return the paths, from the spec's folder and sorted, of the Markdown files for a client's reports.

    In a path the client's own slug and name stand as they are, and days and periods in any form that they have in
    the client's language. So `{client.slug}-{period.id}.md` of acme is not `acme-shoes-2026-10.md`, and a client
    called `*` has its own files alone. The files of other languages beside a file are among them.
    """
    paths = {file.file for section in spec.sections for block in section.blocks for file in block.passages()}
    spoken = {str(path.with_suffix(f".{{{_LANGUAGE}}}{path.suffix}")) for path in map(PurePosixPath, paths)}
    return _existing_files(paths | spoken, spec, client)


def passage_pictures(spec: ReportSpec, client: Client | None) -> tuple[str, ...]:
    """Return the paths, from the spec's folder and sorted, of the pictures in passages of a client's reports."""
    passages = (passage for section in spec.sections for block in section.blocks for passage in block.prose())
    files = ((load_passage(spec.folder, name, optional=True), name) for name in passage_files(spec, client))
    texts = [(passage, "") for passage in passages if isinstance(passage, str)]
    texts += [(text, posixpath.dirname(name)) for text, name in files if isinstance(text, str)]
    named = {picture.path for text, folder in texts for picture in named_pictures(text, folder)}
    return _existing_files({path for path in named if path and not is_remote(path) and _is_known(path)}, spec, client)


def _is_known(path: str) -> bool:
    """Return whether all variables in a path are known."""
    try:
        return bool(check_variables(path))
    except ValueError:
        return False


def _existing_files(paths: Iterable[str], spec: ReportSpec, client: Client | None) -> tuple[str, ...]:
    """Return the paths, sorted, of the files below the spec's folder that fit paths with variables."""
    known, forms = _client_values(spec, client), _possible_texts(spec.locale_for(client))
    folder = spec.folder.resolve()
    found = (name for path in paths for name in _matching_paths(path, spec, known, forms))
    return tuple(sorted({name for name in found if (spec.folder / name).resolve().is_relative_to(folder)}))


def _client_values(spec: ReportSpec, client: Client | None) -> dict[str, str]:
    """Return the values of the variables that are the same in every report of a client."""
    return {
        "client.slug": client.id if client else "",
        "client.name": client_name(spec, client),
        "spec.name": spec.name,
        "agency.name": spec.agency.name,
    }


def _possible_texts(locale: str) -> dict[str, Callable[[], _Patterns]]:
    """Return the patterns of the possible texts of the other variables, but for their digits."""

    def day() -> _Patterns:
        return _patterns(format_day(each, locale) for each in _days())

    return {
        "period.id": lambda: _patterns(period.id for period in _periods()),
        "period.label": lambda: _patterns(format_period(period, locale) for period in _periods()),
        "baseline.label": lambda: _patterns(("", *(format_period(period, locale) for period in _periods()))),
        _LANGUAGE: lambda: ({"*"}, LANGUAGE_PATTERN.strip("^$")),
        **dict.fromkeys(("period.start", "period.end", "as_of"), day),
    }


def _matching_paths(
    file: str, spec: ReportSpec, known: Mapping[str, str], forms: Mapping[str, Callable[[], _Patterns]]
) -> Iterator[str]:
    """Yield the paths of the files that fit a path with variables."""
    values = {**known, **{name: f"{_MARK}{name}{_MARK}" for name in forms}}
    texts = fill_variables(str(PurePosixPath(file)), values).split(_MARK)  # every second is the name of a variable
    parts = [forms[text]() if at % 2 else ({escape(text)}, re.escape(text)) for at, text in enumerate(texts)]
    exact = "".join(pattern for _, pattern in parts)
    for loose in map("".join, product(*(sorted(globs) for globs, _ in parts))):
        names = glob(loose, root_dir=spec.folder)  # noqa: PTH207 - Path.glob raises for a path from the root
        yield from (name for name in names if re.fullmatch(exact, name))


def _patterns(texts: Iterable[str]) -> _Patterns:
    """Return the patterns of `glob` for texts of days, some of which have slashes, and their regular expression."""
    forms = {_DIGIT.sub("0", text) for text in texts}
    globs = {"/".join("*" for _ in form.split("/")) for form in forms}
    return globs, "|".join(sorted(re.escape(form).replace("0", r"\d") for form in forms)).join(("(?:", ")"))


def _days(year: int = _YEAR, days: tuple[int, int] = (2, 10)) -> list[date]:
    """Return days whose texts have every form: each month, with a day of a single digit and of two."""
    return [date(year, month, day) for month in range(1, 13) for day in days]


def _fiscal(first_month: int, months: int) -> Period:
    """Return a quarter or a year of a fiscal year."""
    years, month0 = divmod(first_month - 1 + months, 12)
    last_day = date(_YEAR + years, month0 + 1, 1) - timedelta(days=1)
    return Period(date(_YEAR, first_month, 1), last_day, fiscal=True)


def _periods() -> Iterator[Period]:
    """Yield periods whose names and texts have every form: a year, quarters, months, a week, days, any days between."""
    after = date(_YEAR + 2, 1, 1)
    quarters, months = (f"{_YEAR}-Q{number}" for number in range(1, 5)), (f"{day:%Y-%m}" for day in _days())
    yield from (resolve_period(text, after) for text in (str(_YEAR), f"{_YEAR}-W10", *quarters, *months))
    yield from (Period(day, day) for day in _days())
    yield from (_fiscal(month, length) for month in range(1, 13) for length in (3, 12))
    ends = [*_days(days=(9, 20)), *_days(_YEAR + 1, (9, 20))]
    yield from (Period(start, end) for start in _days() for end in ends if start < end)
