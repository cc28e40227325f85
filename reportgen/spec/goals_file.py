"""The file of goals by month, `budgets.csv`: a line for each client, month and number."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reportgen.components.did_you_mean import nearest
from reportgen.components.goal_numbers import PERCENT_PATTERN
from reportgen.components.goals import GoalSpec, checked_month
from reportgen.connect.picture_files import inside
from reportgen.errors import ConfigurationError, Problem, SpecError
from reportgen.spec.csv_numbers import number_in
from reportgen.spec.csv_rows import csv_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

_COLUMNS = ("client", "month", "name", "goal")
_LARGEST = 20_000_000  # bytes; some ten thousand clients for a year


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A line of the file: the client's slug, the month, the name of the number, and its goal, perhaps in percent."""

    client: str
    month: str
    name: str
    goal: float | str
    line: int


@dataclass(frozen=True, slots=True)
class GoalsFile:
    """The goals of a file.

    Attributes:
        path: The file.
        rows: Its lines, in their order.
    """

    path: Path
    rows: tuple[GoalRow, ...]

    def of_client(self, client: str) -> dict[str, GoalSpec]:
        """Return the goals by month of a client, by the names of the numbers."""
        months: defaultdict[str, dict[str, float | str]] = defaultdict(dict)
        for row in self.rows:
            if row.client == client:
                months[row.name][row.month] = row.goal
        return {name: GoalSpec(months=goals) for name, goals in months.items()}

    def text_of_client(self, client: str) -> str:
        """Return the file with the lines of a client alone."""
        rows = (f"{row.client},{row.month},{row.name},{row.goal}" for row in self.rows if row.client == client)
        return "\n".join((",".join(_COLUMNS), *rows, ""))

    def unknown(self, column: Literal["client", "name"], known: Collection[str], of: str) -> Iterator[Problem]:
        """Yield a problem for the first line of each client or name that is not known.

        Args:
            column: The column that is looked at.
            known: The slugs of clients, or the names of numbers.
            of: The owner of these in words, such as `client of the fleet`.
        """
        lines: dict[str, int] = {}
        for row in self.rows:
            lines.setdefault(getattr(row, column), row.line)
        for word, line in lines.items():
            if word not in known:
                advice = nearest(word, sorted(known)) if known else "there is none"
                yield Problem(str(self.path), line, 1, column, f"{word!r} is no {of}; {advice}")


def read_goals(folder: Path, name: str) -> GoalsFile:
    """Return the goals of a file below the folder of the file that names it.

    Raises:
        SpecError: It cannot be read, or lines of it are wrong; with every wrong line.
    """
    path = folder / name
    try:
        inside(folder, name)
    except ConfigurationError as error:
        raise SpecError([Problem(str(path), 0, 0, "", str(error))]) from error
    rows = csv_rows(path, _LARGEST)
    first, headings = next(rows, (1, []))
    if sorted(headings) != sorted(_COLUMNS):
        message = (
            f"its first line has to name the columns {', '.join(_COLUMNS)}, not {', '.join(headings) or 'nothing'}"
        )
        raise SpecError([Problem(str(path), first, 1, "", message)])
    return GoalsFile(path, tuple(_rows(path, headings, rows)))


def _rows(path: Path, headings: Sequence[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[GoalRow]:
    """Yield the rows of a file.

    Raises:
        SpecError: After the last row, with every wrong line.
    """
    seen: dict[tuple[str, str, str], int] = {}
    problems: list[Problem] = []
    for line, cells in rows:
        try:
            row = _row(headings, cells, line)
        except ValueError as error:
            problems.append(Problem(str(path), line, 1, "", str(error)))
            continue
        if (first := seen.setdefault((row.client, row.month, row.name), line)) != line:
            message = f"{row.name} of {row.client} in {row.month} has a goal in line {first} too"
            problems.append(Problem(str(path), line, 1, "", message))
        yield row
    if problems:
        raise SpecError(problems)


def _row(headings: Sequence[str], cells: Sequence[str], line: int) -> GoalRow:
    if len(cells) != len(headings):
        raise ValueError(f"has {len(cells)} cells under {len(headings)} headings")
    values = dict(zip(headings, cells, strict=True))
    if empty := [heading for heading in headings if not values[heading]]:
        raise ValueError(f"has no {' and no '.join(empty)}")
    return GoalRow(values["client"], checked_month(values["month"]), values["name"], _goal(values["goal"]), line)


def _goal(text: str) -> float | str:
    return text if re.fullmatch(PERCENT_PATTERN, text) else number_in(text)
