"""`explain`: the origin of a printed figure."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import click

from reportgen.cli.options import FILE, ExitCode, say, verbosity
from reportgen.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model import Report
    from reportgen.provenance import Figure

_MOST = 20
_FOR_CLIENTS = (
    "reportgen: a PDF holds no more than it shows; formulas, whole requests and hidden figures are in the report's "
    "JSON (--format json)"
)
_NEGATIVE = re.compile(r"-(?!-).*[0-9]", re.DOTALL)


class _Figures(click.Command):
    """A command whose arguments may be negative figures, which are no options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Return the arguments, `-23.5%` with the minus that reports print; no option has a digit."""
        return super().parse_args(ctx, [f"\N{MINUS SIGN}{arg[1:]}" if _NEGATIVE.match(arg) else arg for arg in args])


@click.command(cls=_Figures)
@click.argument("report", type=FILE)
@click.argument("figure", metavar="FIGURE")
@click.option("--json", "as_json", is_flag=True, help="Print the places of the figure as JSON.")
@verbosity
def explain(*, report: Path, figure: str, as_json: bool) -> int:
    """Show where FIGURE, as it is printed, came from.

    REPORT is the report's JSON, or its PDF, which carries the data of what it shows. Put FIGURE in quotes: "12,340".
    Formulas, whole requests and the figures of hidden blocks are in the JSON alone.
    """
    from reportgen.files import read_bytes
    from reportgen.outputs.pdf.attached_data import read_report
    from reportgen.provenance import find_figures

    content = read_bytes(report)
    try:
        loaded = read_report(content)
    except OutputError as error:
        hint = "" if content.startswith((b"{", b"%PDF")) else "; give the report's JSON or its PDF"
        raise OutputError(f"{report}: {error}{hint}") from error
    found = find_figures(loaded, figure)
    if as_json:
        click.echo(json.dumps([_fields(place) for place in found], ensure_ascii=False, indent=2))
    else:
        click.echo("\n\n".join("\n".join(_lines(place, loaded)) for place in found[:_MOST]), nl=bool(found))
    if len(found) > _MOST and not as_json:
        say(f"reportgen: {len(found) - _MOST} more places print {figure}; --json lists them all")
    if content.startswith(b"%PDF"):
        say(_FOR_CLIENTS)
    if not found:
        say(f'reportgen: {report} prints no figure {figure!r}; write it as the page does, such as "12,340"')
        return ExitCode.FAILED
    return ExitCode.DONE


def _lines(figure: Figure, report: Report) -> list[str]:
    """Return the lines about a figure for a terminal."""
    name = figure.block.label or figure.block.name
    is_printed = any(word.partition(".")[0] == figure.block.name for word in report.words)
    hidden = ("(in words)" if is_printed else "(not shown)") if figure.block in report.hidden else ""
    parts = filter(None, (hidden, figure.section, name, figure.place))
    where = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ".join(parts)
    compared = ", compared" if figure.window == "baseline" else ""
    lines = [
        f"{figure.text}  {where}",
        f"  is       the {figure.role} of {figure.period.id} ({figure.period.start} to {figure.period.end}){compared}",
        f"  raw      {figure.value!r}, {_unit(figure)}",
        *([f"  metric   {figure.field}"] if figure.field else []),
    ]
    if figure.against:
        lines.append(f"  against  {figure.against.id} ({figure.against.start} to {figure.against.end})")
    for origin in figure.origins:
        key = origin.record.metric.get("reference_key", "")
        kind = ", ".join(filter(None, (origin.account, origin.integration)))
        lines += [
            f"  from     {key} of {origin.source} ({kind}), asked for {origin.window}",
            f"  request  {origin.digest}",
        ]
    return lines


def _unit(figure: Figure) -> str:
    if figure.unit.name is None:
        return "printed as it came"
    return " ".join(filter(None, (figure.unit.name, figure.unit.currency)))


def _fields(figure: Figure) -> dict[str, object]:
    return {
        "text": figure.text,
        "value": figure.value,
        "unit": {"as": figure.unit.name, "currency": figure.unit.currency},
        "role": figure.role,
        "place": figure.place,
        "field": figure.field,
        "section": figure.section,
        "block": figure.block.name,
        "reference_key": figure.block.reference_key,
        "window": figure.window,
        "period": {"id": figure.period.id, "start": str(figure.period.start), "end": str(figure.period.end)},
        "origins": [
            {
                "digest": origin.digest,
                "source": origin.source,
                "account": origin.account,
                "integration": origin.integration,
                "window": origin.window,
                "metric": origin.record.metric,
            }
            for origin in figure.origins
        ],
    }
