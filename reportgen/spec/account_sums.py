"""The blocks of a spec whose values of a client's several accounts do not add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.components import Metric
from reportgen.components.account_merging import sum_refusal
from reportgen.errors import SpecError
from reportgen.spec.client_overrides import client_sections
from reportgen.spec.source_accounts import accounts
from reportgen.spec.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.yaml_reader import Document


def require_sums(spec: ReportSpec, client: Client | None, written: Document | None = None) -> None:
    """Refuse a client with several accounts behind a block whose values do not add up.

    Args:
        spec: The spec.
        client: The client; None without any.
        written: The document of the client; None reads its file.

    Raises:
        SpecError: With a problem for each such block, at the accounts in the client file.
    """
    if client and (found := list(_refusals(spec, client))):
        document = written or read_yaml(client.path)
        raise SpecError(
            document.problem(("sources", alias), message, at_key=not client.line) for alias, message in found
        )


def _refusals(spec: ReportSpec, client: Client) -> Iterator[tuple[str, str]]:
    """Yield the alias and the message of each block that cannot be added up and is asked for this client."""
    sources, lines = accounts(spec, client), spec.block_lines()
    for section, blocks in client_sections(spec, client):
        for name, block in blocks:
            alias = spec.source_of(section, block) or ""
            source = sources.get(alias)
            if isinstance(block, Metric) and source and source.members and (fault := sum_refusal(block, source)):
                at = f" ({lines[name]})" if name in lines else ""
                yield alias, f"the block {name!r}{at}: {fault}, or hide the block for this client"
