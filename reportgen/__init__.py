"""Client reports from a metrics API: a YAML spec becomes HTML, PDF and a workbook.

>>> from reportgen import build_report, load_client, load_spec, write_report
>>> report = build_report(load_spec("social.yaml"), load_client("aurora.yaml"))  # doctest: +SKIP
>>> write_report(report, "out")  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.errors import (
        ConfigurationError,
        ConnectError,
        MissingLibrary,
        OutputError,
        PeriodError,
        Problem,
        ReportgenError,
        SpecError,
    )
    from reportgen.model import Report
    from reportgen.pipeline import build_report, write_report
    from reportgen.spec.client import Client
    from reportgen.spec.loading import load_client, load_spec
    from reportgen.spec.report import ReportSpec

_HOMES = {
    "Client": "reportgen.spec.client",
    "ConfigurationError": "reportgen.errors",
    "ConnectError": "reportgen.errors",
    "MissingLibrary": "reportgen.errors",
    "OutputError": "reportgen.errors",
    "PeriodError": "reportgen.errors",
    "Problem": "reportgen.errors",
    "Report": "reportgen.model",
    "ReportSpec": "reportgen.spec.report",
    "ReportgenError": "reportgen.errors",
    "SpecError": "reportgen.errors",
    "build_report": "reportgen.pipeline",
    "load_client": "reportgen.spec.loading",
    "load_spec": "reportgen.spec.loading",
    "write_report": "reportgen.pipeline",
}

__all__ = [  # resolved lazily (PEP 562), so that importing the package loads nothing
    "Client",
    "ConfigurationError",
    "ConnectError",
    "MissingLibrary",
    "OutputError",
    "PeriodError",
    "Problem",
    "Report",
    "ReportSpec",
    "ReportgenError",
    "SpecError",
    "build_report",
    "load_client",
    "load_spec",
    "write_report",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    if name not in _HOMES:
        message = f"module 'reportgen' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
