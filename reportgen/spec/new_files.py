"""The text of new specs, clients, fleets and themes: few keys, each with a remark that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.outputs import FORMATS
from reportgen.spec.field_types import THEMES
from reportgen.spec.starter_metrics import starter_blocks
from reportgen.spec.theme_file import ThemeColors
from reportgen.spec.yaml_writer import editor_line, list_item, mapping_text
from reportgen.titles import integration_title, literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import JsonValue

_REMARK_AT = 48  # column of the remarks, where the line is not longer


@dataclass(frozen=True, slots=True)
class Account:
    """An account that a spec or a client begins with.

    Attributes:
        alias: Its name in the files.
        integration: Its kind, such as `instagram_business`.
        uuid: The customer integration; empty in a spec.
        remark: Which account it is, in a few words.
    """

    alias: str
    integration: str = ""
    uuid: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class NewSpec:
    """The values of a new spec."""

    title: str
    agency: str
    locale: str
    period: str
    compare: str
    theme: str
    accounts: Sequence[Account]


@dataclass(frozen=True, slots=True)
class NewClient:
    """The values of a new client file; the tokens are names of variables."""

    name: str
    slug: str
    locale: str
    timezone: str
    currency: str
    token: str
    customer_token: str
    accounts: Sequence[Account]


@dataclass(frozen=True, slots=True)
class NewFleet:
    """The values of a new fleet file."""

    specs: Sequence[str]
    clients: str
    period: str
    formats: Sequence[str]
    token: str


def spec_text(new: NewSpec) -> str:
    """Return the text of a spec with a section for each account: its usual metrics, where they are known."""
    agency = [_line({"agency": {"name": new.agency}}, "who sends it; a logo: images/logo.svg may stand beside")]
    return "\n".join(
        [
            editor_line("spec"),
            "# What the report holds, for whichever client. `reportgen check` tells what is wrong with it,",
            "# and `reportgen preview` shows it while it is written.",
            _line({"version": 1}),
            _line({"title": new.title}, "on the cover; what stands in braces is filled in"),
            _line({"locale": new.locale}, "of words, numbers and dates, where the client has none"),
            _line({"period": new.period}, "or 2026-10, 2026-Q3, last_7_days, ..."),
            _line({"compare": new.compare}, "or same_period_last_year, none, ..."),
            _line({"theme": new.theme}, "paper, ink, terra or a theme file"),
            *(agency if new.agency else []),
            "sources:",
            *(
                _line({account.alias: {"integration": account.integration}}, account.remark, 2)
                for account in new.accounts
            ),
            "",
            "# What may stand here too:",
            "# cover: {image: images/cover.jpg}              # or none: the title stands above the first section",
            "# about: none                                   # no last page; necessary remarks follow the last block",
            '# footer: "{agency.name} · studio.example"      # in the margin of each page',
            "",
            "sections:",
            *_sections(new.accounts),
        ]
    )


def client_text(new: NewClient) -> str:
    """Return the text of a client file."""
    return "\n".join(
        [
            editor_line("client"),
            "# Whom reports are for. A token never stands here, only the name of the variable or the file that has it.",
            _line({"version": 1}),
            _line({"name": new.name}),
            _line({"slug": new.slug}, "in the names of files; keep it once reports are out"),
            _line({"locale": new.locale}, "of words, numbers and dates"),
            _line({"timezone": new.timezone}, "where the client's days begin and end"),
            *([_line({"currency": new.currency}, "of amounts whose currency nobody names")] if new.currency else []),
            "api:",
            _line({"token": {"env": new.token}}, "the agency's; or {file: path}", 2),
            _line({"customer_token": {"env": new.customer_token}}, "this client's", 2),
            *_client_sources(new.accounts),
            "",
            "# What may stand here too:",
            "# email: owner@client.example",
            '# brand: {logo: images/logo.svg, primary: "#8A3B12"}',
            "# cover: {image: images/cover.jpg}",
            "# goals: {conversions: 1500}",
            "",
        ]
    )


def theme_text(extends: str, colors: Mapping[str, str]) -> str:
    """Return the text of a theme file: its accent, and as remarks the other `colors` that it has then."""
    fields = {field.alias or name: field.description or "" for name, field in ThemeColors.model_fields.items()}
    accent = fields.pop("accent")
    return "\n".join(
        [
            editor_line("theme"),
            "# Your own look: `theme:` in a spec names this file. What is left out is as in the theme below it.",
            "# `reportgen check` says of every colour whether it can be read.",
            _line({"version": 1}),
            _line({"extends": extends}, ", ".join(THEMES)),
            "",
            "# Take the # away from what you change. The accent alone gives its shades to charts and cover.",
            "colors:",
            _line({"accent": colors["accent"]}, accent, 2),
            *(f"  # {_line({name: colors[name]}, remark)}" for name, remark in fields.items()),
            "",
            "# Font files (.ttf, .otf), from this file's folder; they have to be below the spec's folder.",
            "# fonts:",
            "#   text: {regular: fonts/Own-Regular.ttf, bold: fonts/Own-Bold.ttf, italic: fonts/Own-Italic.ttf}",
            "#   titles: {regular: fonts/Own-Display.ttf}",
            "",
        ]
    )


def fleet_text(new: NewFleet) -> str:
    """Return the text of a fleet file."""
    output = "out/{period.id}/{client.slug}/{spec.name}"
    reports: list[JsonValue] = [{"spec": spec, "clients": new.clients} for spec in new.specs]
    return "\n".join(
        [
            editor_line("fleet"),
            "# Which reports go to which clients. `reportgen run` makes those that are not made yet.",
            _line({"version": 1}),
            _line({"period": new.period}, "for every report; or 2026-10, 2026-Q3, ..."),
            _line({"formats": list(new.formats)}, f"of {', '.join(FORMATS)}"),
            _line({"output": output}, "below --out, else beside this file"),
            "defaults:                                       # under every client",
            "  api:",
            _line({"token": {"env": new.token}}, "the agency's; or {file: path}", 4),
            "reports:",
            *(f"  - {mapping_text({'report': report}).removeprefix('report: ').rstrip()}" for report in reports),
            "",
            "# What is made is sent once this says where to:",
            "# deliver:",
            "#   when: [done]",
            '#   to: [{folder: "outbox/{client.slug}"}]',
            "",
        ]
    )


def _sections(accounts: Sequence[Account]) -> Iterator[str]:
    taken: set[str] = set()
    for account in accounts:
        heading: dict[str, JsonValue] = {"title": literal(integration_title(account.integration))}
        if sum(other.integration == account.integration for other in accounts) > 1:
            heading["title"] = f"{heading['title']} ({account.alias})"
        yield list_item(mapping_text({**heading, "source": account.alias}), 2).rstrip("\n")
        blocks = starter_blocks(account.integration, account.alias, taken)
        if not blocks:
            yield "    # The metrics of this integration are not known. Copy a payload in the vendor's dashboard, then"
            yield "    #   reportgen import payload.json -o -"
            yield "    # prints blocks to paste here, in place of the [] below."
            yield "    blocks: []"
            yield ""
            continue
        yield "    blocks:"
        yield from (list_item(mapping_text(block), 6) for block in blocks)


def _client_sources(accounts: Sequence[Account]) -> Iterator[str]:
    if not accounts:
        yield _line({"sources": {}}, "`reportgen integrations --client THIS_FILE` prints what belongs here")
        return
    yield "sources:"
    for account in accounts:
        yield _line({account.alias: account.uuid}, account.remark, 2)


def _line(entry: Mapping[str, JsonValue], remark: str = "", indent: int = 0) -> str:
    """Return a line with a key, its value and a remark behind them."""
    text = " " * indent + mapping_text(entry).rstrip("\n")
    return f"{text:<{_REMARK_AT - 1}} # {remark}" if remark else text
