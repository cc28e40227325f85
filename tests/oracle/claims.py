"""Claims about numbers: a drawn report, and what must be found in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path
    from random import Random

    from tests.oracle.display import Number
    from tests.oracle.made_report import Json, Made
    from tests.oracle.windows import Window

Cell: TypeAlias = "int | float | str | dict[str, Any] | None"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in a report that is not as it must be."""

    block: str
    expected: object
    got: object


_Lines: TypeAlias = "Sequence[Sequence[Number | None]]"
Check: TypeAlias = "Callable[[Made], Iterator[Difference]]"


@dataclass(frozen=True, slots=True)
class Case:
    """A drawn report and what must hold of it."""

    draft: Draft
    check: Check


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that must hold of every report.

    Attributes:
        name: In plain words.
        case: Draws a report.
    """

    name: str
    case: Callable[[Random], Case]


class Draft:
    """A report being drawn: its blocks and the answers to them."""

    def __init__(
        self, window: Window, *, locale: str = "en", currency: str = "USD", formats: str = "json,html"
    ) -> None:
        """Begin a report with a summary of all that it holds."""
        self.window, self.locale, self.currency, self.formats = window, locale, currency, formats
        self.as_of: date = window.as_of
        self.blocks: list[Json] = []
        self.sources: Json = {"ads": {"integration": "google_ads"}}
        self.more: Json = {}
        self.spec_period = window.word
        self.options: list[str] = []
        self.client: Json = {}
        self._answers: Json = {"current": {}, "baseline": {}}

    def number(self, name: str, value: Cell, before: Cell = None, metric: str = "", **keys: Any) -> None:  # noqa: ANN401 - of a spec
        """Add a number with its answer; `answer=` replaces the latter."""
        comparison = {"values": before, "difference": None, "absoluteDifference": None}
        comparison |= keys.pop("own_change", {})
        answer = keys.pop("answer", {"values": value, "comparison": comparison})
        self._asked(name, "number_v1", [metric or name], keys)
        self._answers["current"][name] = answer
        if self.window.second and isinstance(value, int | float):
            self.answered(name, self.window.second[1], value + 7)

    def answered(self, name: str, days: tuple[date, date], value: Cell) -> None:
        """Answer a number for days that are not those of the report."""
        start, end = days
        self._answers.setdefault(f"{start}..{end}", {})[name] = {"values": value}

    def lost(self, name: str, days: tuple[date, date], failure: Json | None) -> None:
        """Answer with a failure for days that are not those of the report, or with nothing."""
        start, end = days
        self._answers[f"{start}..{end}"] = {name: failure} if failure else {}

    def formula(self, name: str, formula: str, **keys: Any) -> None:  # noqa: ANN401 - of a spec
        """Add a number worked out from others."""
        self.blocks.append({"name": name, "label": _readable(name), "formula": formula, **keys})

    def chart(
        self,
        name: str,
        labels: Sequence[Any],
        series: _Lines,
        before: tuple[Sequence[Any], _Lines] | None = None,
        *,
        metrics: tuple[str, ...] = ("clicks",),
        **keys: Any,  # noqa: ANN401 - of a spec
    ) -> None:
        """Add a chart with its answer and the compared one."""
        asked = {"dimensions": ["date"], "chart_type": "line", "width": 12, **keys}
        self._asked(name, "chart_v1", list(metrics), asked)
        self._answers["current"][name] = _chart(labels, series)
        if before:
            self._answers["baseline"][name] = _chart(*before)

    def table(
        self,
        name: str,
        rows: Sequence[Sequence[Any]],
        before: Sequence[Sequence[Any]] | None = None,
        *,
        metrics: tuple[str, ...] = ("clicks",),
        **keys: Any,  # noqa: ANN401 - of a spec
    ) -> None:
        """Add a table with its answer and the compared one."""
        self._asked(name, "datatable_v1", list(metrics), {"dimensions": ["campaign"], "limit": "all", **keys})
        self._answers["current"][name] = {"values": rows}
        if before is not None:
            self._answers["baseline"][name] = {"values": before}

    def without_answer(self, name: str) -> None:
        """Take the answer to a block away."""
        del self._answers["current"][name]

    def _asked(self, name: str, component: str, metrics: list[str], keys: Json) -> None:
        key = keys.pop("reference_key", f"gads:{name}")
        block = {"name": name, "label": _readable(name), **keys, "reference_key": key}
        self.blocks.append({**block, "component": component, "metrics": metrics})

    def write(self, folder: Path) -> list[str]:
        """Write the spec and the answers, and return the arguments of the command that renders them."""
        folder.mkdir(parents=True)
        spec = {
            "version": 1,
            "title": "A report",
            "locale": self.locale,
            "timezone": "UTC",
            "currency": self.currency,
            "period": self.spec_period,
            "compare": self.window.written_comparison,
            "sources": self.sources,
            **self.more,
            "sections": [{"title": "Part", "source": "ads", "blocks": [*self.blocks, {"summary": "auto"}]}],
        }
        (folder / "spec.yaml").write_text(json.dumps(spec, indent=1), encoding="utf-8")
        (folder / "answers.json").write_text(json.dumps(self._answers), encoding="utf-8")
        if self.client:
            (folder / "client.yaml").write_text(json.dumps(self.client), encoding="utf-8")
            self.options = [*self.options, "--client", str(folder / "client.yaml")]
        named = {"--answers": folder / "answers.json", "--out": folder / "out", "--as-of": self.as_of}
        options = [str(part) for pair in named.items() for part in pair]
        period = [] if self.spec_period == self.window.word else ["--period", self.window.word]
        return [
            "render",
            str(folder / "spec.yaml"),
            *options,
            *period,
            *self.options,
            "--format",
            self.formats,
            "--json",
        ]


def _chart(labels: Sequence[Any], series: _Lines) -> Json:
    return {"labels": labels, "values": [{"data": data} for data in series]}


def _readable(name: str) -> str:
    return name.replace("_", " ").capitalize()


def differing(block: str, expected: object, got: object) -> Iterator[Difference]:
    """Yield a difference where two things are not equal; of two lists the first item that is not."""
    if expected == got:
        return
    if not (isinstance(expected, list | tuple) and isinstance(got, list | tuple)):
        yield Difference(block, expected, got)
        return
    if len(expected) != len(got):
        yield Difference(f"{block}, count", len(expected), len(got))
    pairs = enumerate(zip(expected, got, strict=False), start=1)
    unequal = next(((at, pair) for at, pair in pairs if pair[0] != pair[1]), None)
    if unequal:
        yield Difference(f"{block}, item {unequal[0]}", *unequal[1])
