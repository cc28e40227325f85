"""The planned blocks and sections of a report, and the numbers that histories are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from reportgen.components import HistoryBlock, Metric
from reportgen.queries import AccountFacts
from reportgen.spec.client_accounts import with_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.components import AnyBlock, Component, Scope
    from reportgen.components.conditions import Condition
    from reportgen.queries import Query
    from reportgen.spec.section_spec import SectionSpec


@dataclass(frozen=True)  # without slots, so that its queries are made once: a history has dozens
class PlannedBlock:
    """A block of the spec and its scope.

    Attributes:
        conditions: Those without which it is not shown: its section's and its own.
    """

    block: AnyBlock
    scope: Scope
    conditions: tuple[Condition, ...] = ()

    @cached_property
    def author_keys(self) -> tuple[tuple[Query, tuple[str, ...]], ...]:
        """The queries of this block with the author's ids; a query may come more than once."""
        return tuple(self.block.author_keys(self.scope))

    @cached_property
    def queries(self) -> tuple[Query, ...]:
        """The queries of this block, each once."""
        return tuple(dict.fromkeys(query for query, _names in self.author_keys))

    def with_facts(self, facts: Mapping[str, AccountFacts]) -> PlannedBlock:
        """Return this block with the names and the currency of its accounts; see `Plan.with_facts`."""
        source = self.scope.source
        if source is None:
            return self
        told = {account.uuid: facts.get(account.uuid, AccountFacts()) for account in source.accounts}
        written = self.scope.currency
        owned = {uuid: replace(own, currency=own.currency or written) for uuid, own in told.items()}
        currencies = {own.currency for own in owned.values()}
        own = currencies.pop() if len(currencies) == 1 else written
        scope = replace(self.scope, source=with_facts(source, owned), currency=own)
        return replace(self, scope=scope)


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """A section as its author wrote it, and its blocks that will be resolved."""

    written: SectionSpec
    blocks: tuple[PlannedBlock, ...]

    def with_facts(self, facts: Mapping[str, AccountFacts]) -> PlannedSection:
        """Return this section with the names and currencies of the accounts of its blocks; see `Plan.with_facts`."""
        return replace(self, blocks=tuple(planned.with_facts(facts) for planned in self.blocks))


def with_histories(sections: tuple[PlannedSection, ...]) -> tuple[PlannedSection, ...]:
    """Return sections whose histories know the numbers that they are made of; see `Scope.operands`."""
    planned = {each.scope.name: each for section in sections for each in section.blocks}

    def known(each: PlannedBlock) -> PlannedBlock:
        if not isinstance(each.block, HistoryBlock):
            return each
        operands = operands_of(each.block.builds_on(), planned)
        return replace(each, scope=replace(each.scope, operands=operands))

    return tuple(replace(section, blocks=tuple(map(known, section.blocks))) for section in sections)


def operands_of(names: Iterable[str], planned: Mapping[str, PlannedBlock]) -> dict[str, tuple[Component, Scope]]:
    """Return the numbers of some names, and those that they are calculated from."""
    found: dict[str, tuple[Component, Scope]] = {}
    wanted = list(names)
    for name in wanted:
        if name in planned and name not in found:
            each = planned[name]
            found[name] = each.block, each.scope
            wanted += () if isinstance(each.block, Metric) else each.block.builds_on()
    return found
