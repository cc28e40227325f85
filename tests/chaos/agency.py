"""An agency on disk: clients of whom every number, label and name can be told from every other client's."""

from __future__ import annotations

import os
import re
import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.canaries import MARK, TOKEN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

CLIENTS = int(os.environ.get("REPORTGEN_CHAOS_CLIENTS", "1000"))
"""Of the full forms."""

DAY = "2026-11-03"
RUN = "fleet-2026-10"

_SPEC = """\
version: 1
title: "Numbers of {client.name}"
period: last_month
compare: none
sources:
  shop: {integration: instagram_business}
sections:
  - title: "For {client.name}"
    source: shop
    blocks:
      - {component: number_v1, reference_key: "ig:reach", name: reach, metrics: [reach], label: Reach, format: count}
      - component: chart_v1
        reference_key: "ig:reach_by_city"
        name: cities
        metrics: [reach]
        dimensions: [city]
        chart_type: bar
        label: Cities
        format: count
      - component: datatable_v1
        reference_key: "ig:posts"
        name: posts
        metrics: [reach, likes]
        dimensions: [post]
        label: Posts
        format: count
"""
_FLEET = """\
version: 1
period: "2026-10"
formats: [{formats}]
defaults:
  api: {{token: {{env: FLEET_TOKEN}}}}
reports:
"""
_FIRST = 70_000_000
_A_CLIENT = 1_000  # numbers that are one client's
_LABEL = re.compile(r"canary(\d{4})")
_NUMBER = re.compile(r"(?<![0-9A-Za-z.])7(\d)[.,\s]?(\d{3})[.,\s]?(\d{3})(?![0-9A-Za-z])")


def label(number: int) -> str:
    """Return the word that stands in every name and label of a client."""
    return f"canary{number:04d}"


def value(number: int, at: int) -> int:
    """Return a value that no other client has.

    Args:
        number: Of the client.
        at: Which of the client's values, from 101; a round one could be the tick of an axis.
    """
    return _FIRST + number * _A_CLIENT + at


def account(number: int) -> str:
    """Return the uuid of a client's account."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, label(number)))


def customer_token(number: int) -> str:
    """Return the token of a customer."""
    return f"{MARK}-customer-{number:04d}"


def clients_in(text: str) -> set[int]:
    """Return the numbers of the clients whose words or values stand in a text."""
    labels = {int(found) for found in _LABEL.findall(text)}
    values = {int(first + second) for first, second, at in _NUMBER.findall(text) if int(at) % 50}
    return labels | values


@dataclass(frozen=True)
class Agency:
    """A fleet file, its two specs and its clients.

    Attributes:
        folder: Where the files are.
        clients: How many; they are numbered from 1.
        careful: Clients whose spec requires their reach.
        formats: What is made for each.
    """

    folder: Path
    clients: int
    careful: Collection[int] = ()
    formats: tuple[str, ...] = ("html", "pdf", "xlsx")

    @property
    def file(self) -> Path:
        """The fleet file."""
        return self.folder / "fleet.yaml"

    @property
    def numbers(self) -> range:
        """The clients."""
        return range(1, self.clients + 1)

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The clients by their accounts."""
        return {account(number): number for number in self.numbers}

    def environment(self) -> dict[str, str]:
        """Return every token by the variable that the fleet names."""
        customers = {f"CUSTOMER_{number}": customer_token(number) for number in self.numbers}
        return {"FLEET_TOKEN": TOKEN, **customers}

    def write(self) -> Agency:
        """Write all files."""
        entries = []
        lists = {"plain": [one for one in self.numbers if one not in self.careful], "careful": sorted(self.careful)}
        for name, numbers in lists.items():
            if not numbers:
                continue
            require = "require: {blocks: [reach]}\n" if name == "careful" else ""
            (self.folder / f"{name}.yaml").write_text(_SPEC.replace("sources:\n", f"{require}sources:\n"))
            (self.folder / f"{name}.csv").write_text("\n".join(self._rows(numbers)) + "\n")
            entries.append(f"  - {{spec: {name}.yaml, clients: {name}.csv}}\n")
        self.file.write_text(_FLEET.format(formats=", ".join(self.formats)) + "".join(entries))
        return self

    def _rows(self, numbers: Collection[int]) -> Iterator[str]:
        yield "slug,name,sources.shop,api.customer_token.env"
        for number in numbers:
            yield f"{label(number)},Client {label(number)},{account(number)},CUSTOMER_{number}"
