"""Client reports from a metrics API: a YAML spec becomes HTML, PDF and a workbook.

>>> from reportgen import build_report, load_client, load_spec, write_report
>>> report = build_report(load_spec("social.yaml"), load_client("aurora.yaml"))  # doctest: +SKIP
>>> write_report(report, "out")  # doctest: +SKIP
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.errors import (
        AuthenticationFailed,
        ConfigurationError,
        ConnectError,
        MissingLibrary,
        OutputError,
        PeriodError,
        Problem,
        ReportgenError,
        RunLocked,
        SpecError,
    )
    from reportgen.fleet.deliveries import deliver
    from reportgen.fleet.delivery_rules import DeliveryOutcome
    from reportgen.fleet.fleet_run import FleetPlan, plan_fleet, run_fleet
    from reportgen.fleet.run_records import ReportResult, RunResults
    from reportgen.model import Report
    from reportgen.pipeline import build_report, write_report
    from reportgen.spec.client_file import Client
    from reportgen.spec.loading import load_client, load_spec
    from reportgen.spec.report_spec import ReportSpec

logging.getLogger(__name__).addHandler(logging.NullHandler())  # a program that configures no log is not written to

_MODULES = {  # of the public names that are no errors
    "Client": "reportgen.spec.client_file",
    "DeliveryOutcome": "reportgen.fleet.delivery_rules",
    "FleetPlan": "reportgen.fleet.fleet_run",
    "Report": "reportgen.model",
    "ReportResult": "reportgen.fleet.run_records",
    "ReportSpec": "reportgen.spec.report_spec",
    "RunResults": "reportgen.fleet.run_records",
    "build_report": "reportgen.pipeline",
    "deliver": "reportgen.fleet.deliveries",
    "load_client": "reportgen.spec.loading",
    "load_spec": "reportgen.spec.loading",
    "plan_fleet": "reportgen.fleet.fleet_run",
    "run_fleet": "reportgen.fleet.fleet_run",
    "write_report": "reportgen.pipeline",
}

__all__ = [  # resolved lazily (PEP 562), so that importing the package loads nothing
    "AuthenticationFailed",
    "Client",
    "ConfigurationError",
    "ConnectError",
    "DeliveryOutcome",
    "FleetPlan",
    "MissingLibrary",
    "OutputError",
    "PeriodError",
    "Problem",
    "Report",
    "ReportResult",
    "ReportSpec",
    "ReportgenError",
    "RunLocked",
    "RunResults",
    "SpecError",
    "build_report",
    "deliver",
    "load_client",
    "load_spec",
    "plan_fleet",
    "run_fleet",
    "write_report",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module 'reportgen' has no attribute {name!r}")
    return getattr(import_module(_MODULES.get(name, "reportgen.errors")), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
