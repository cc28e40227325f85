"""The values of variables in the texts of a report: `{client.name}`, `{period.label}` and their like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import format_day, format_period
from reportgen.titles import readable

if TYPE_CHECKING:
    from datetime import date

    from reportgen.periods import Window
    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec


def client_name(spec: ReportSpec, client: Client | None) -> str:
    """Return the name of the client, or the readable name of the spec without a client."""
    return client.name if client else readable(spec.name)


def variable_values(
    spec: ReportSpec, client: Client | None, window: Window, today: date, locale: str
) -> dict[str, str]:
    """Return the values of the variables in texts, of a client's report of a day in a locale."""
    return {
        "client.name": client_name(spec, client),
        "client.slug": client.id if client else "",
        "period.label": format_period(window.current, locale),
        "period.id": window.current.id,
        "period.start": format_day(window.current.start, locale),
        "period.end": format_day(window.current.end, locale),
        "baseline.label": format_period(window.baseline, locale) if window.baseline else "",
        "spec.name": spec.name,
        "agency.name": spec.agency.name,
        "as_of": format_day(today, locale),
    }
