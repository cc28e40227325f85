"""The plan of a report: the dates, accounts and queries of a spec, a client and a day. Nothing is asked yet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from reportgen.components import (
    AnyBlock,
    CalculatedNumber,
    Metric,
    MetricTableBlock,
    Scope,
    SummaryBlock,
)
from reportgen.components.period_fields import given_comparisons
from reportgen.components.variables import Filling
from reportgen.outputs.text.counts_and_shares import other_text
from reportgen.outputs.text.headings import account_heading
from reportgen.spec.block_windows import BlockWindows
from reportgen.spec.client_accounts import with_facts
from reportgen.spec.client_overrides import client_sections, with_operands
from reportgen.spec.live_words import named_numbers
from reportgen.spec.plan_texts import annotations_of
from reportgen.spec.planned_blocks import PlannedBlock, PlannedSection, with_histories
from reportgen.spec.reader_language import in_language
from reportgen.spec.report_spec import USUAL_TITLE
from reportgen.spec.source_accounts import accounts
from reportgen.spec.variable_values import variable_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from reportgen.periods import Window
    from reportgen.queries import AccountFacts, Query, Source
    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a report: everything but the answers.

    Attributes:
        spec: The spec, in the reader's language.
        client: The client; None where answers are recorded or synthetic.
        as_of: The day of the report, in the time zone.
        locale: The client's, else the spec's.
        timezone: The client's, else the spec's.
        window: The days reported and compared with.
        accounts: Alias -> account; None where the client has no such optional source.
        fill: The values of variables in texts, and of live words once all blocks are resolved.
        sections: The blocks that will be resolved; those of absent sources are left out.
        missing_words: The live words without a value, and why they have none.
    """

    spec: ReportSpec
    client: Client | None
    as_of: date
    locale: str
    timezone: str
    window: Window
    accounts: Mapping[str, Source | None]
    fill: Filling
    sections: tuple[PlannedSection, ...]
    missing_words: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The report's title: the usual title where nothing is left of the author's, whose values are missing."""
        return self.fill(self.spec.title) or self.fill(USUAL_TITLE)

    @property
    def blocks(self) -> tuple[PlannedBlock, ...]:
        """Every block, in the report's order."""
        return tuple(planned for section in self.sections for planned in section.blocks)

    def wanted_sources(self) -> dict[str, bool]:
        """Return the aliases that blocks ask, absent accounts included, in the spec's order.

        The value of an alias is whether the client sees figures of it: of a shown block, or of a hidden block that a
        shown block builds on or a text prints.
        """
        named = {
            name: (section, block) for section, part in client_sections(self.spec, self.client) for name, block in part
        }
        blocks = {name: block for name, (_, block) in named.items()}
        printed = named_numbers(self.spec, self.client)
        shown = with_operands({name for name, block in blocks.items() if not block.hidden or name in printed}, blocks)
        wanted: dict[str, bool] = {}
        for name, (section, block) in named.items():
            alias = self.spec.source_of(section, block)
            if alias and isinstance(block, Metric):
                wanted[alias] = wanted.get(alias, False) or name in shown
        return {alias: wanted[alias] for alias in self.spec.sources if alias in wanted}

    def with_facts(self, facts: Mapping[str, AccountFacts]) -> Plan:
        """Return this plan with the accounts' own currencies; that of the spec or the client is for others.

        Several accounts of a source have their names and currencies then, too.

        Args:
            facts: What the API has of each account, by its uuid.
        """
        accounts = {alias: source and with_facts(source, facts) for alias, source in self.accounts.items()}
        sections = tuple(section.with_facts(facts) for section in self.sections)
        return replace(self, accounts=accounts, sections=with_histories(sections))

    def parts(self) -> dict[str, str]:
        """Return the report's own days by their dates: `current`, and `baseline` for those it is compared with."""
        windows = (planned.scope.window for planned in self.blocks if not planned.scope.asks_apart)
        compared = (window.baseline for window in windows if window.current == self.window.current)
        return {
            **{baseline.dates: "baseline" for baseline in compared if baseline},
            self.window.current.dates: "current",
        }

    def author_keys(self) -> dict[Query, tuple[str, ...]]:
        """Return every query, once and in order, with the author's ids of its blocks: each `id`, then each name."""
        keys: dict[Query, tuple[str, ...]] = {}
        asked_anew: set[Query] = set()
        for planned in self.blocks:
            for query, names in ((each, names) for merged, names in planned.author_keys for each in merged.by_account):
                keys[query] = (*keys.get(query, ()), *names)
                asked_anew |= set() if query.is_kept else {query}
        return {
            replace(query, is_kept=False) if query.is_kept and query in asked_anew else query: names
            for query, names in keys.items()
        }


def make_plan(  # noqa: PLR0913 - each is an option of the command
    spec: ReportSpec,
    client: Client | None = None,
    *,
    period: str | None = None,
    compare: str | Sequence[str] | None = None,
    as_of: date,
    locale: str | None = None,
) -> Plan:
    """Return the plan of a spec for a client.

    Args:
        spec: The spec.
        client: The client; None where no account is asked.
        period: The period in place of the spec's.
        compare: The word of a comparison, or of two, in place of the spec's.
        as_of: The day of the report, in the report's time zone; see `zone_of`.
        locale: The locale in place of that of the spec's edition, the client's and the spec's.

    Raises:
        SpecError: The client lacks a source that the spec needs.
        PeriodError: The period or a comparison cannot be resolved.
    """
    day = as_of.date() if isinstance(as_of, datetime) else as_of
    chosen_locale = locale or spec.locale_for(client)
    languages = (chosen_locale, spec.locale)
    spec, client = in_language(spec, languages), client and in_language(client, languages)
    client = client and client.over(spec.goals.of_client(client.id) if spec.goals else {})
    windows = BlockWindows.of(
        spec,
        period=period or spec.period,
        compare=spec.compare if compare is None else given_comparisons(compare),
        as_of=day,
        locale=chosen_locale,
    )
    window = windows.report
    fill = Filling(variable_values(spec, client, window, day, chosen_locale))
    common, sources = _common_scope(spec, client, windows, fill), accounts(spec, client)
    return Plan(
        spec=spec,
        client=client,
        as_of=day,
        locale=chosen_locale,
        timezone=zone_of(spec, client),
        window=window,
        accounts=sources,
        fill=fill,
        sections=with_histories(tuple(_sections(spec, client, sources, common, windows))),
    )


def _common_scope(spec: ReportSpec, client: Client | None, windows: BlockWindows, fill: Filling) -> Scope:
    """Return what the scopes of all blocks have."""
    return Scope(
        "",
        None,
        windows.report,
        (client.currency if client else None) or spec.currency,
        fill,
        annotations=annotations_of(spec, client, fill),
        spec_period=windows.whole(spec.period),
        zone=zone_of(spec, client),
        starts=spec.starts,
        neutral_band=spec.neutral_band / 100,
        account_title=account_heading(windows.locale),
        other_text=partial(other_text, locale=windows.locale),
        renames={field: fill.names(names) for field, names in spec.rename.items()},
    )


def zone_of(spec: ReportSpec, client: Client | None) -> str:
    """Return the time zone that days begin and end in: the client's, else the spec's."""
    return (client.timezone if client else None) or spec.timezone


def _sections(
    spec: ReportSpec,
    client: Client | None,
    sources: Mapping[str, Source | None],
    common: Scope,
    windows: BlockWindows,
) -> Iterator[PlannedSection]:
    """Yield the sections with a block to show, without the blocks of absent sources.

    Args:
        spec: The spec.
        client: The client; None without any.
        sources: Alias -> account; None where the client has no such source.
        common: What the scopes of all blocks have.
        windows: The windows of the blocks.
    """
    absent = _absent_blocks(spec, sources)
    goals = client.goals if client else {}
    sections = client_sections(spec, client)
    shown = [_shown_figures(blocks, absent) for _, blocks in sections]
    for (section, blocks), own in zip(sections, shown, strict=True):
        planned = tuple(
            PlannedBlock(
                block.of_accounts() if source and source.members else block,
                replace(
                    windows.scope_of(block, common),
                    name=name,
                    source=source,
                    goal=goals.get(name),
                    absent_is_zero=alias in spec.sources and spec.sources[alias].absent == "zero",
                ),
                conditions=tuple(filter(None, (section.condition(), block.condition()))),
            )
            for name, block in _present_blocks(blocks, own, tuple(chain(*shown)), absent)
            for alias in (spec.source_of(section, block) or "",)
            for source in (sources.get(alias),)
        )
        if planned:
            yield PlannedSection(section, planned)


def _present_blocks(
    blocks: Iterable[tuple[str, AnyBlock]], section: Iterable[str], report: Iterable[str], absent: set[str]
) -> Iterator[tuple[str, AnyBlock]]:
    """Yield a section's blocks without those of absent sources, and without lists and summaries of such alone."""
    for name, written in blocks:
        block = written.about(section, report) if isinstance(written, SummaryBlock) else written
        empty = isinstance(block, SummaryBlock) and absent.issuperset(block.builds_on())
        if not empty and name not in absent:
            yield name, block


def _shown_figures(blocks: Iterable[tuple[str, AnyBlock]], absent: set[str]) -> list[str]:
    """Return the names of a section's numbers, charts and tables that are shown."""
    return [
        name
        for name, block in blocks
        if isinstance(block, Metric | CalculatedNumber | MetricTableBlock) and not block.hidden and name not in absent
    ]


def _absent_blocks(spec: ReportSpec, sources: Mapping[str, Source | None]) -> set[str]:
    """Return the names of the blocks of absent sources, and of the blocks that nothing is left of without them."""
    absent: set[str] = set()
    built: dict[str, AnyBlock] = {}
    for section, blocks in spec.named_sections():
        for name, block in blocks:
            alias = spec.source_of(section, block)
            if alias is not None and sources[alias] is None:
                absent.add(name)
            elif block.builds_on() and not isinstance(block, Metric):  # a number stays without its small line
                built[name] = block
    while more := {name for name in built.keys() - absent if _is_absent(built[name], absent)}:
        absent |= more
    return absent


def _is_absent(block: AnyBlock, absent: set[str]) -> bool:
    """Return whether a block is left out with the blocks it builds on."""
    missing = [name in absent for name in block.builds_on()]
    return any(missing) if block.needs_all else all(missing)
