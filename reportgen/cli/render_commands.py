"""`render`, `demo` and `sandbox`: the commands that make reports or serve their numbers."""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.options import (
    FILE,
    FORMATS_HELP,
    ExitCode,
    as_of_option,
    duration,
    format_names,
    fresh_option,
    lines,
    locale_name,
    log_format,
    pdf_variant_option,
    say,
    state_option,
    verbosity,
    window_options,
)
from reportgen.cli.time_limit import at_most
from reportgen.outputs import DEFAULT_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reportgen.connect import AnswerSource
    from reportgen.connect.live_answers import AnswerStorage
    from reportgen.model import PdfVariant, Report
    from reportgen.spec.client_file import Client

DEMO = "showcase"
_SANDBOX_PORT = 8765
_TOO_LONG = "shorten its longest text or table, take out its largest picture, or allow more with --timeout"


@click.command()
@click.argument("spec", type=FILE)
@window_options
@click.option(
    "--locale", metavar="L", callback=locale_name, help="In place of the client's or the spec's, such as pt-BR."
)
@click.option(
    "--format",
    "formats",
    default=",".join(DEFAULT_FORMATS),
    show_default=True,
    callback=format_names,
    metavar="LIST",
    help=FORMATS_HELP,
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path("out"), show_default=True, help="Folder."
)
@click.option("--sandbox", "use_sandbox", is_flag=True, help="Take made-up numbers from a local server.")
@click.option("--calm", is_flag=True, help="With --sandbox: no failures, gaps or odd values.")
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Take recorded answers: a file, or a folder of --record.",
)
@click.option(
    "--record",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Store every answer for --answers.",
)
@click.option(
    "--cache", callback=duration, metavar="TTL", help="Use answers again that are no older, such as 10m, 2h or 1d."
)
@fresh_option
@click.option("--async", "by_webhook", is_flag=True, help="Have the API deliver to a webhook, as fetch: async does.")
@state_option
@click.option("--strict", is_flag=True, help="Hold the report back if any block failed.")
@click.option("--plain", is_flag=True, help="Have the page engine set the whole PDF: slower, and should look the same.")
@pdf_variant_option
@click.option(
    "--timeout", metavar="T", default="2m", callback=duration, help="Give up laying out after so long. [default: 2m]"
)
@click.option("--json", "as_json", is_flag=True, help="Print the verdict, paths and warnings as JSON.")
@log_format
@verbosity
def render(  # noqa: PLR0913 - an argument for each option
    *,
    spec: Path,
    client: Path | None,
    period: str | None,
    compare: str | None,
    as_of: date | None,
    locale: str | None,
    formats: tuple[str, ...],
    out: Path,
    use_sandbox: bool,
    calm: bool,
    answers: Path | None,
    record: Path | None,
    cache: timedelta | None,
    fresh: bool,
    state: Path,
    by_webhook: bool,
    strict: bool,
    plain: bool,
    pdf_variant: PdfVariant | None,
    timeout: timedelta,
    as_json: bool,
) -> int:
    """Make the report of SPEC and print the paths of its files.

    Without --client, numbers come from --sandbox or --answers.
    """
    from reportgen.connect.live_answers import AnswerStorage
    from reportgen.pipeline import build_report, write_files
    from reportgen.report_rendering import finish
    from reportgen.spec.loading import load_spec_and_client

    if use_sandbox and answers:
        raise click.UsageError("--sandbox and --answers are two places for the numbers; give one")
    if calm and not use_sandbox:
        raise click.UsageError("--calm is for --sandbox; add it, or leave --calm out")
    if pdf_variant and not any(name.startswith("pdf") for name in formats):
        raise click.UsageError("--pdf-variant is for a PDF; add pdf to --format, or leave --pdf-variant out")
    if answers and (record or cache or by_webhook):
        raise click.UsageError("--answers asks nobody, so leave out --record, --cache and --async")
    if not (client or use_sandbox or answers):
        raise click.UsageError(
            "without --client there is no account to ask; give --client FILE, --sandbox or --answers FILE"
        )
    report_spec, report_client = load_spec_and_client(spec, client)
    storage = AnswerStorage(record, cache, state, "none" if use_sandbox else "renew" if fresh else "use")
    opening = _answers(answers, report_client, storage, in_sandbox=use_sandbox, calm=calm, by_webhook=by_webhook)
    with opening as source:
        report = build_report(
            report_spec,
            report_client,
            answers=source,
            period=period,
            compare=compare,
            as_of=as_of,
            locale=locale,
            strict=strict,
        )
    report = replace(report, pdf_variant=pdf_variant or report.pdf_variant)
    late = f"{spec}: its files were not made within {timeout.total_seconds():g} seconds; {_TOO_LONG}"
    line = lines().formatted(f"reportgen: {late}", logging.ERROR, "error")
    with at_most(timeout, late, line=line):
        report, artifacts = finish(report, [f"{name}-plain" if plain and name == "pdf" else name for name in formats])
    _print(report, write_files(report, artifacts, out), as_json=as_json)
    return ExitCode.DONE if report.verdict == "done" else ExitCode.FAILED


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("demo-out"), show_default=True)
@as_of_option
@verbosity
@click.pass_context
def demo(context: click.Context, *, out: Path, as_of: date | None) -> int:
    """Render a shipped example with made-up numbers."""
    from reportgen.resources import examples_folder

    folder = examples_folder()
    code = context.invoke(
        render,
        spec=folder / f"{DEMO}.yaml",
        client=folder / f"{DEMO}.client.yaml",
        period=None,
        compare=None,
        as_of=as_of,
        locale=None,
        formats=DEFAULT_FORMATS,
        out=out,
        use_sandbox=True,
        calm=True,
        answers=None,
        record=None,
        cache=None,
        fresh=False,
        state=Path(),
        by_webhook=False,
        strict=False,
        plain=False,
        pdf_variant=None,
        timeout=timedelta(minutes=2),
        as_json=False,
    )
    return int(code)


@click.command()
@click.argument("spec", type=FILE)
@click.option("--client", type=FILE, metavar="FILE", help="The client file; its tokens are left out.")
@click.option(
    "--answers", type=click.Path(path_type=Path), required=True, metavar="PATH", help="The folder of --record."
)
@click.option("-o", "--output", type=FILE, default=Path("bundle.zip"), show_default=True, help="The file to write.")
@verbosity
def bundle(*, spec: Path, client: Path | None, answers: Path, output: Path) -> int:
    """Pack a report's spec, client and recorded answers, without secrets, to be sent with a bug."""
    from reportgen.fault_bundle import make_bundle
    from reportgen.files import write_private
    from reportgen.spec.loading import load_spec_and_client

    write_private(output, make_bundle(*load_spec_and_client(spec, client), answers))
    click.echo(str(output))
    return ExitCode.DONE


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=_SANDBOX_PORT, show_default=True, help="0: any free port."
)
@click.option("--calm", is_flag=True, help="No failures, gaps or odd values.")
@click.option("--omit-zeros", is_flag=True, help="Charts and tables by day leave out the days of zero.")
@click.option(
    "--top-rows", type=click.IntRange(min=1), metavar="N", help="Cut tables at their N largest rows, as some APIs do."
)
@verbosity
def sandbox(*, port: int, calm: bool, omit_zeros: bool, top_rows: int | None) -> None:
    """Serve the metrics API on this machine with made-up numbers, until Ctrl-C."""
    from reportgen.sandbox.sandbox_server import serve

    serve(
        port,
        calm=calm,
        omits_zeros=omit_zeros,
        top_rows=top_rows,
        announce=lambda running: click.echo(
            f"REPORTGEN_API_URL={running.url}\n"
            f"merchant token: {running.token}\ncustomer token: {running.customer_token}"
        ),
    )


@contextmanager
def _answers(  # noqa: PLR0913 - the options that choose the source
    answers: Path | None,
    client: Client | None,
    storage: AnswerStorage,
    *,
    in_sandbox: bool,
    calm: bool,
    by_webhook: bool,
) -> Iterator[AnswerSource | Path | None]:
    """Yield the source of the numbers: recorded answers, a sandbox that runs meanwhile, or the client's accounts."""
    if not in_sandbox:
        from reportgen.fetching import client_answers

        yield answers if answers or client is None else client_answers(client, storage, by_webhook=by_webhook)
        return
    from pydantic import SecretStr

    from reportgen.connect.live_answers import live_answers
    from reportgen.connect.webhook_settings import WebhookSettings
    from reportgen.sandbox.sandbox_server import running_sandbox

    webhook = WebhookSettings.on_this_machine() if by_webhook else None
    with running_sandbox(calm=calm) as running:
        tokens = SecretStr(running.token), SecretStr(running.customer_token)
        yield live_answers(running.url, *tokens, storage=storage, webhook=webhook)


def _print(report: Report, paths: tuple[Path, ...], *, as_json: bool) -> None:
    from reportgen.report_conditions import UNMET

    warnings = [{"code": warning.code, "block": warning.block, "text": warning.text} for warning in report.warnings]
    if as_json:
        result = {"verdict": report.verdict, "paths": [str(path) for path in paths], "warnings": warnings}
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(map(str, paths)))
    name = {"client": report.client.slug, "spec": report.spec}
    for warning in report.warnings:
        word, level = ("note", logging.DEBUG) if warning.code == UNMET else ("warning", logging.WARNING)
        text = f"reportgen: {word}: {warning.block or report.spec}: {warning.text} [{warning.code}]"
        say(text, level, "caution", **name, block=warning.block, code=warning.code)
    if report.verdict != "done":
        say(f"reportgen: the report is {report.verdict}", logging.WARNING, "report", **name, state=report.verdict)
