"""The preview's state as JSON for the browser: the report that is shown, and each problem with the lines around it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from reportgen.errors import SpecError
from reportgen.files import read_text

if TYPE_CHECKING:
    from pydantic import JsonValue

    from reportgen.errors import Problem
    from reportgen.model import Caution
    from reportgen.preview.preview_build import PreviewState

_Json: TypeAlias = "dict[str, JsonValue]"

_AROUND = 2  # lines before and after the line of a problem
_LARGEST = 500_000


def state_json(state: PreviewState) -> _Json:
    """Return the state of a preview as JSON."""
    warnings = state.shown.report.warnings if state.shown else ()
    return {
        "builds": state.builds,
        "shown": state.shown.build if state.shown else "",
        "title": state.shown.report.title if state.shown else "",
        "verdict": state.shown.report.verdict if state.shown else "",
        "seconds": round(state.seconds, 2),
        "problems": [_problem(problem) for problem in state.problems],
        "warnings": [_warning(caution) for caution in warnings],
    }


def _problem(problem: Problem) -> _Json:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "place": problem.place,
        "message": problem.message,
        "lines": _lines(problem),
    }


def _warning(caution: Caution) -> JsonValue:
    return {"code": caution.code, "block": caution.block or "", "text": caution.text}


def _lines(problem: Problem) -> JsonValue:
    """Return the lines around a problem with their numbers; none where it has no line or its file is gone."""
    if not problem.line:
        return []
    try:
        lines = read_text(Path(problem.file), _LARGEST).splitlines()
    except SpecError:
        return []
    first = max(problem.line - _AROUND, 1)
    return [[number, text] for number, text in enumerate(lines[first - 1 : problem.line + _AROUND], first)]
