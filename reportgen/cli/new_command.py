"""`new`: the first version of a spec, a client, a fleet or a theme file, from answers to questions or from options."""

from __future__ import annotations

import os
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

import click

from reportgen.cli.accounts_commands import connected
from reportgen.cli.options import FILE, FORMATS_HELP, ExitCode, format_names, say, verbosity
from reportgen.cli.prompts import Prompts
from reportgen.outputs import DEFAULT_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from reportgen.spec.client_file import Client
    from reportgen.spec.new_files import Account

NewCommand = TypeVar("NewCommand", bound="Callable[..., object]")

_SOURCE_QUESTION = "Account as alias=uuid, or nothing"


@click.group()
def new() -> None:
    """Begin a spec, a client, a fleet or a theme file.

    In a terminal the command asks for what no option gives; elsewhere every needed option has to be there.
    """


def _formats(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    return None if value is None else format_names(context, parameter, value)


def _new_file(command: NewCommand) -> NewCommand:
    """Return a command with the argument and the options that all commands of `new` have."""
    command = click.option("--force", is_flag=True, help="Replace FILE if it exists.")(verbosity(command))
    return click.argument("file", type=FILE)(command)


@new.command("spec")
@_new_file
@click.option("--payload", type=FILE, metavar="FILE", help="Begin with a payload copied from the vendor's dashboard.")
@click.option("--setup", type=FILE, metavar="FILE", help="With --payload: the integration's setup file.")
@click.option(
    "--client", type=FILE, metavar="FILE", help="Begin with the accounts that this client has connected, from the API."
)
@click.option("--sandbox", "use_sandbox", is_flag=True, help="Begin with the accounts of a local server.")
@click.option("--integration", "kinds", multiple=True, metavar="NAME", help="An integration; may be given again.")
@click.option("--title", metavar="TEXT", help="Of the report, such as '{client.name} · {period.label}'.")
@click.option("--agency", metavar="NAME", help="Who sends the report.")
@click.option("--locale", metavar="L", help="Such as en, pt-BR or es.")
@click.option("--period", metavar="P", help="Such as last_month.")
@click.option("--compare", metavar="C", help="Such as previous_period.")
@click.option("--theme", metavar="NAME", help="paper, ink, terra, or a theme file beside the spec.")
def begin_spec(  # noqa: PLR0913 - an argument for each option
    *,
    file: Path,
    force: bool,
    payload: Path | None,
    setup: Path | None,
    client: Path | None,
    use_sandbox: bool,
    kinds: tuple[str, ...],
    **given: str | None,
) -> int:
    """Begin a spec: from a payload, from a client's accounts, or from the names of integrations."""
    _refuse_existing(file, force=force)
    ways = [bool(payload), bool(client or use_sandbox), bool(kinds)]
    if sum(ways) > 1:
        raise click.UsageError("--payload, --client (or --sandbox) and --integration are three ways to begin; give one")
    if setup and not payload:
        raise click.UsageError("--setup goes with --payload")
    if payload:
        return _spec_of_payload(file, payload, setup, [name for name, value in given.items() if value is not None])
    from reportgen.spec.new_files import NewSpec, spec_text
    from reportgen.spec.starter_metrics import starter_keys

    prompts = Prompts(given)
    from reportgen.spec.loading import load_client

    from_api = client or use_sandbox
    accounts = _accounts_of(load_client(client) if client else None, use_sandbox=use_sandbox) if from_api else None
    kinds = kinds or (prompts.several("integration") if accounts is None else ())
    answers = {name: prompts.answer(name) for name in ("title", "agency", "locale", "period", "compare", "theme")}
    prompts.end()
    made = NewSpec(**answers, accounts=_accounts_of_kinds(kinds) if accounts is None else accounts)
    for account in made.accounts:
        if not starter_keys(account.integration).metrics:
            say(f"reportgen: {account.integration}: its metrics are not known here; the file says how to import them")
    return _written(file, spec_text(made), "reportgen preview {} --sandbox")


@new.command("client")
@_new_file
@click.option("--name", metavar="NAME", help="Of the client.")
@click.option("--slug", metavar="SLUG", help="For the names of files. [default: made from the name]")
@click.option("--locale", metavar="L", help="Such as en, pt-BR or es.")
@click.option("--timezone", metavar="ZONE", help="Such as America/Sao_Paulo.")
@click.option("--currency", metavar="CODE", help="Such as BRL.")
@click.option("--token-env", metavar="NAME", help="Variable with the agency's token.")
@click.option("--customer-token-env", metavar="NAME", help="Variable with this client's token.")
@click.option("--source", "sources", multiple=True, metavar="ALIAS=UUID", help="An account; may be given again.")
@click.option("--online", is_flag=True, help="Ask the API, with these tokens, for the client's accounts.")
@click.option("--sandbox", "use_sandbox", is_flag=True, help="Take the accounts of a local server.")
def begin_client(
    *, file: Path, force: bool, sources: tuple[str, ...], online: bool, use_sandbox: bool, **given: str | None
) -> int:
    """Begin a client file, with the accounts that are named or that the API lists."""
    _refuse_existing(file, force=force)
    from reportgen.files import slug
    from reportgen.spec.new_files import NewClient, client_text

    prompts = Prompts(given)
    name = prompts.answer("name")
    usual = slug(name).encode("ascii", "ignore").decode().strip("-") or "client"
    answers = {option: prompts.answer(option) for option in ("locale", "timezone", "currency")}
    token = prompts.answer("token_env")
    own = prompts.answer("customer_token_env", f"{usual.upper().replace('-', '_')}_CUSTOMER_TOKEN")
    made = NewClient(
        name=name, slug=prompts.answer("slug", usual), **answers, token=token, customer_token=own, accounts=()
    )
    prompts.end()
    accounts = _accounts_of_client(prompts, sources, token, own, online=online, use_sandbox=use_sandbox)
    then = "reportgen render SPEC --client {} --sandbox" if use_sandbox else "reportgen doctor --client {} --online"
    return _written(file, client_text(replace(made, accounts=accounts)), then)


@new.command("fleet")
@_new_file
@click.option("--spec", "specs", multiple=True, metavar="SPEC", help="A spec beside FILE; may be given again.")
@click.option("--clients", metavar="PATTERN", help="The client files beside FILE, as clients/*.yaml, or clients.csv.")
@click.option("--period", metavar="P", help="Such as last_month.")
@click.option("--format", "formats", callback=_formats, metavar="LIST", help=FORMATS_HELP)
@click.option("--token-env", metavar="NAME", help="Variable with the agency's token.")
def begin_fleet(
    *, file: Path, force: bool, specs: tuple[str, ...], formats: tuple[str, ...] | None, **given: str | None
) -> int:
    """Begin a fleet file: the specs that are made for a list of clients."""
    _refuse_existing(file, force=force)
    from reportgen.spec.new_files import NewFleet, fleet_text

    prompts = Prompts(given)
    made = NewFleet(
        specs=specs or prompts.several("spec"),
        clients=prompts.answer("clients"),
        period=prompts.answer("period"),
        formats=formats or DEFAULT_FORMATS,
        token=prompts.answer("token_env"),
    )
    prompts.end()
    return _written(file, fleet_text(made), "reportgen run {} --dry-run")


@new.command("theme")
@_new_file
@click.option("--extends", metavar="NAME", help="The theme below it: paper, ink or terra.")
@click.option("--accent", metavar="COLOUR", help="Your colour, such as '#0B5D4E'.")
def begin_theme(*, file: Path, force: bool, **given: str | None) -> int:
    """Begin a theme file: your colours and fonts over a shipped theme."""
    _refuse_existing(file, force=force)
    from reportgen.spec.new_files import theme_text
    from reportgen.spec.theme import load_theme, own_colors

    prompts = Prompts(given)
    extends = prompts.answer("extends")
    accent = prompts.answer("accent", load_theme(extends).colors["accent"])
    prompts.end()
    colors = own_colors(extends, {"accent": accent})
    return _written(file, theme_text(extends, colors), "reportgen check {}")


def _refuse_existing(file: Path, *, force: bool) -> None:
    if file.exists() and not force:
        raise click.UsageError(f"{file} exists; choose another name, or --force to replace it")


def _spec_of_payload(file: Path, payload: Path, setup: Path | None, others: Sequence[str]) -> int:
    from reportgen.files import read_text
    from reportgen.spec.payload_import import import_payload

    if others:
        raise click.UsageError(
            f"--payload says itself what the spec holds; leave out {', '.join(f'--{name}' for name in others)}"
        )
    setup_text = read_text(setup) if setup else None
    imported = import_payload(read_text(payload), str(payload), setup=setup_text, setup_file=str(setup or ""))
    for line in imported.left_out:
        say(f"reportgen: left out: {line}")
    return _written(file, imported.text, "reportgen preview {} --sandbox")


def _accounts_of(client: Client | None, *, use_sandbox: bool) -> Sequence[Account]:
    """Return the connected accounts; none would make an empty file, and are refused."""
    from reportgen.preflight import aliases_of, remark_of, spelled
    from reportgen.spec.new_files import Account

    found = aliases_of(connected(client, use_sandbox=use_sandbox))
    if not found:
        raise click.UsageError(
            "this customer has connected nothing yet; connect an account in the vendor's dashboard first"
        )
    return [
        Account(alias, spelled(integration.slug) or "unknown", integration.uuid, remark_of(integration))
        for alias, integration in found
    ]


def _accounts_of_client(  # noqa: PLR0913 - the places they may come from
    prompts: Prompts, sources: Iterable[str], token: str, customer_token: str, *, online: bool, use_sandbox: bool
) -> Sequence[Account]:
    """Return the accounts of a new client: named by options, connected in the API, or typed by a person."""
    from reportgen.spec.client_file import Client

    named = [_account(source) for source in sources]
    if not (named or online or use_sandbox) and prompts.has_person:
        has_tokens = all(os.environ.get(name) for name in (token, customer_token))
        online = has_tokens and click.confirm("Ask the API what is connected?", default=True, err=True)
        while not online and (account := _typed_account()):
            named.append(account)
    if online or use_sandbox:
        places = {"token": {"env": token}, "customer_token": {"env": customer_token}}
        asked = Client.model_validate({"version": 1, "name": "new", "api": places})
        return _accounts_of(None if use_sandbox else asked, use_sandbox=use_sandbox)
    return named


def _typed_account() -> Account | None:
    """Return an account that a person types; None where there is no more."""

    def read(text: str) -> Account | None:
        return _account(text) if text.strip() else None

    account: Account | None = click.prompt(_SOURCE_QUESTION, default="", value_proc=read, show_default=False, err=True)
    return account


def _account(text: str) -> Account:
    from reportgen.spec.new_files import Account

    alias, _, uuid = (part.strip() for part in text.partition("="))
    try:
        return Account(alias, uuid=str(UUID(uuid)))
    except ValueError:
        raise click.UsageError(
            f"{text!r} is no account; write its alias, = and its uuid, as `reportgen integrations` lists them"
        ) from None


def _accounts_of_kinds(kinds: Sequence[str]) -> Sequence[Account]:
    """Return an account of each kind, under different aliases."""
    from reportgen.components.did_you_mean import nearest
    from reportgen.spec.new_files import Account
    from reportgen.titles import INTEGRATIONS, numbered

    known = sorted({slug for slug, _ in INTEGRATIONS.values()})
    for kind in kinds:
        if kind not in known:
            raise click.UsageError(f"{kind!r} is no integration; {nearest(kind, known)}")
    return [Account(alias, kind) for alias, kind in zip(numbered(kinds, "{}_{}"), kinds, strict=True)]


def _written(file: Path, text: str, then: str) -> int:
    """Check a new file as `check` does, write it, and print the next command.

    Raises:
        UsageError: It has problems; nothing is written.
    """
    from reportgen.files import write_whole
    from reportgen.spec.checking import check_document
    from reportgen.spec.yaml_reader import parse_yaml

    problems = check_document(parse_yaml(text, str(file))).problems
    if problems:
        raise click.UsageError(
            "nothing was written: " + "; ".join(f"{problem.place}: {problem.message}" for problem in problems)
        )
    write_whole(file, text.encode())
    click.echo(str(file))
    say(f"reportgen: next: {then.format(shlex.quote(str(file)))}")
    kind = text.partition("$schema=")[2].partition(".")[0]
    if not (file.parent / f"{kind}.schema.json").exists():
        beside = shlex.quote(f"{file.parent / kind}.schema.json")
        say(f"reportgen: for completion in editors: reportgen schema {kind} > {beside}")
    return ExitCode.DONE
