"""The preview's state as JSON for the browser: the shown report, its blocks' lines, and problems with their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pydantic import JsonValue

    from reportgen.errors import Problem
    from reportgen.model import Caution
    from reportgen.preview.preview_build import PreviewState
    from reportgen.preview.problem_lines import NumberedLines

_Json: TypeAlias = "dict[str, JsonValue]"


def state_json(state: PreviewState) -> _Json:
    """Return the state of a preview as JSON."""
    warnings = state.shown.report.warnings if state.shown else ()
    return {
        "builds": state.builds,
        "shown": state.shown.build if state.shown else "",
        "title": state.shown.report.title if state.shown else "",
        "verdict": state.shown.report.verdict if state.shown else "",
        "seconds": round(state.seconds, 2),
        "problems": [_problem(*shown) for shown in zip(state.problems, state.lines, strict=True)],
        "blocks": dict(state.shown.block_lines) if state.shown else {},
        "warnings": [_warning(caution) for caution in warnings],
    }


def _problem(problem: Problem, lines: NumberedLines) -> _Json:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "place": problem.place,
        "message": problem.message,
        "lines": [list(line) for line in lines],
    }


def _warning(caution: Caution) -> JsonValue:
    return {"code": caution.code, "block": caution.block or "", "text": caution.text}
