"""A small fleet on disk."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """\
version: 1
title: "Social {client.name}"
period: last_month
compare: none
sources:
  instagram: {integration: instagram_business}
sections:
  - title: Numbers
    source: instagram
    blocks:
      - {component: number_v1, reference_key: "ig:reach", name: reach, metrics: [reach], label: Reach}
"""
FLEET = """\
version: 1
period: "2026-10"
formats: [html]
defaults:
  api: {token: {env: FLEET_TOKEN}, customer_token: {env: FLEET_CUSTOMER}}
reports:
  - {spec: social.yaml, clients: clients.csv}
"""
QUICK = FLEET.replace("[html]", "[xlsx]")
"""The same with workbooks, for runs that end early: a process that has just begun takes a second to cut fonts."""


def account(number: int) -> str:
    """Return the uuid of a client's account."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, str(number)))


def write_fleet(folder: Path, clients: int = 3, fleet: str = FLEET) -> Path:
    """Write a fleet, its spec and a list of clients; return the fleet's file."""
    rows = [f"client-{one:04d},Client {one},{account(one)}" for one in range(clients)]
    (folder / "clients.csv").write_text("\n".join(["slug,name,sources.instagram", *rows]) + "\n")
    (folder / "social.yaml").write_text(SPEC)
    (folder / "fleet.yaml").write_text(fleet)
    return folder / "fleet.yaml"
