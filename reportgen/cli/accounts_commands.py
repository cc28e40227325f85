"""`integrations` and `check --online`: a client's accounts in the API, before anything is rendered."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from reportgen.cli.options import FILE, ExitCode, say, verbosity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from reportgen.connect.account_directory import Integration
    from reportgen.connect.api_client import ApiClient
    from reportgen.spec.client_file import Client
    from reportgen.spec.planning import Plan


@click.command()
@click.option("--client", "path", type=FILE, metavar="FILE", help="The client file; its tokens are used.")
@click.option("--sandbox", "use_sandbox", is_flag=True, help="List the accounts of a local server.")
@verbosity
def integrations(*, path: Path | None, use_sandbox: bool) -> int:
    """List the accounts that a client has connected, ready to paste under `sources:` of the client file."""
    from reportgen.preflight import aliases_of, joint_sources, remark_of
    from reportgen.spec.loading import load_client

    listed = connected(load_client(path) if path else None, use_sandbox=use_sandbox)
    found = aliases_of(listed)
    click.echo("sources:")
    for alias, integration in found:
        click.echo(f"  {alias}: {integration.uuid}  # {remark_of(integration)}")
    for alias, accounts in joint_sources(listed).items():
        uuids = ", ".join(account.uuid for account in accounts)
        click.echo(f"  # as one source, whose accounts are added up: {alias}: [{uuids}]")
    if not found:
        say("reportgen: this customer has connected nothing yet")
    return ExitCode.DONE


def check_online(spec: Path, path: Path | None, as_of: date | None, *, use_sandbox: bool) -> int:
    """Ask the API for the accounts of a valid spec, and print of each whether it can be used."""
    from reportgen.connect.event_loop import run
    from reportgen.pipeline import today
    from reportgen.preflight import inspect
    from reportgen.spec.loading import load_spec_and_client
    from reportgen.spec.planning import make_plan

    loaded = load_spec_and_client(spec, path)
    plan = make_plan(*loaded, as_of=as_of or today(*loaded))
    with _api(loaded[1], use_sandbox=use_sandbox) as api:
        findings = inspect(plan, run(_listed(api, plan)))
    for finding in findings:
        click.echo(f"{finding.alias}: {finding.text}")
    return ExitCode.DONE if all(finding.usable for finding in findings) else ExitCode.FAILED


def connected(client: Client | None, *, use_sandbox: bool) -> Sequence[Integration]:
    """Return the integrations that a client, or the customer of a sandbox, has connected."""
    from reportgen.connect.event_loop import run

    with _api(client, use_sandbox=use_sandbox) as api:
        return run(_listed(api))


async def _listed(api: ApiClient, plan: Plan | None = None) -> Sequence[Integration]:
    """Return the connected integrations, and the accounts of a plan that the list leaves out."""
    from reportgen.connect.account_directory import AccountDirectory

    async with api:
        directory = AccountDirectory(api)
        found = list(await directory.integrations())
        sources = filter(None, plan.accounts.values()) if plan else ()
        wanted = {account.uuid for source in sources for account in source.accounts}
        for uuid in sorted(wanted - {integration.uuid for integration in found}):
            integration = await directory.integration(uuid)
            found += [integration] if integration else []
        return found


@contextmanager
def _api(client: Client | None, *, use_sandbox: bool) -> Iterator[ApiClient]:
    """Yield the API client for a client's accounts, or for the accounts of a sandbox that runs meanwhile."""
    from pydantic import SecretStr

    from reportgen.connect.api_client import ApiClient
    from reportgen.connect.network_addresses import api_address
    from reportgen.connect.tokens import Tokens

    if use_sandbox:
        from reportgen.sandbox.sandbox_server import running_sandbox

        with running_sandbox(calm=True) as running:
            tokens = Tokens.of(SecretStr(running.token), SecretStr(running.customer_token))
            yield ApiClient(running.url, tokens)
    elif client:
        yield ApiClient(api_address(), Tokens.of(*client.tokens()))
    else:
        raise click.UsageError("whose accounts? Give --client FILE, or --sandbox to try it out")
