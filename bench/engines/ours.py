"""reportgen as it is used: a spec in YAML, recorded answers, `build_report`, the files, and the audit of them."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bench.content import SPARKLINE_DAYS, days
from reportgen.garbage_collection import collect_seldom, collected_afterwards
from reportgen.pipeline import build_report
from reportgen.report_rendering import finish
from reportgen.spec.loading import load_spec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.content import Chart, Content, Table
    from reportgen.model import Report
    from reportgen.spec.report_spec import ReportSpec

    Json = dict[str, object]

SPECS = Path(__file__).parent.parent / "reference"
AS_OF = date(2026, 11, 1)


def prepare_files(content: Content, folder: Path, formats: Sequence[str]) -> Callable[[], dict[str, bytes]]:
    """Return the making of audited files; the spec is loaded once a worker, which is one as a fleet's are."""
    collect_seldom()
    spec, answers = spec_of(content), answers_file(content, folder)

    def make() -> dict[str, bytes]:
        with collected_afterwards():
            report, files = finish(build_report(spec, answers=answers, as_of=AS_OF), formats)
            expect_done(report)
            return {form: file.content for form, file in zip(formats, files, strict=True)}

    return make


def answers_file(content: Content, folder: Path) -> Path:
    """Write what the API would have answered, as `--answers` takes it."""
    path = folder / "answers.json"
    path.write_text(json.dumps(answers_of(content)), "utf-8")
    return path


def answers_of(content: Content) -> Json:
    """Return the API's answers by the names of the spec's blocks."""
    cards: Json = {
        f"kpi{at}": {"values": one.value, "comparison": {"values": one.before}}
        for at, one in enumerate(content.cards, 1)
    }
    trend: Json = {"labels": days(SPARKLINE_DAYS), "values": [{"data": one.days} for one in content.cards]}
    charts: Json = {f"chart{at}": _chart(one) for at, one in enumerate(content.charts, 1)}
    tables: Json = {f"table{at}": _table(one) for at, one in enumerate(content.tables, 1)}
    return {**cards, **({"days": trend} if cards else {}), **charts, **tables}


def _chart(chart: Chart) -> Json:
    return {"labels": chart.labels, "values": [{"data": one.values} for one in chart.series]}


def _table(table: Table) -> Json:
    return {"values": table.rows}


@lru_cache
def _load(name: str) -> ReportSpec:
    return load_spec(SPECS / name)


def spec_of(content: Content) -> ReportSpec:
    """Return the spec that a content is the answers of."""
    return _load("report.yaml" if content.cards else "table.yaml")


def expect_done(report: Report) -> None:
    """Complain of a report that is anything but done, or has warnings.

    Raises:
        AssertionError: It has not the verdict `done`.
    """
    if report.verdict != "done" or report.warnings:
        raise AssertionError(f"the report is {report.verdict}: {'; '.join(one.text for one in report.warnings)}")
