"""The import of a payload from the vendor's dashboard into a runnable spec."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from reportgen.components.metric import API_KEYS
from reportgen.spec.copied_payload import read_payload
from reportgen.spec.setup_file import Setup, presentations
from reportgen.spec.yaml_writer import editor_line, list_item, mapping_text
from reportgen.titles import integration_title, literal, name_of, numbered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import JsonValue

    from reportgen.spec.copied_payload import CopiedPayload
    from reportgen.spec.setup_file import Presentation

_Written: TypeAlias = "dict[str, JsonValue]"

_SECTIONS = {"number_v1": "numbers", "chart_v1": "charts", "datatable_v1": "tables"}
_BLOCK_KEYS = {"id", *API_KEYS}


@dataclass(frozen=True, slots=True)
class ImportedSpec:
    """A spec made from a payload.

    Attributes:
        text: The spec as YAML, with the metrics that were left out as comments.
        kept: Number of metrics that became blocks.
        left_out: A line for each metric or key that did not become a block: its name, and why.
    """

    text: str
    kept: int
    left_out: tuple[str, ...]


def import_payload(
    payload: str, file: str, *, setup: str | None = None, setup_file: str = "", integration: str | None = None
) -> ImportedSpec:
    """Return the spec of a payload.

    Args:
        payload: A get-data request, an object with `metrics` or `widgets`, a list of metrics or one metric, as JSON.
        file: Where it came from, for problems.
        setup: The vendor's setup file as JSON: labels and formats. None: labels come from the
            reference keys, and values are printed as they come.
        setup_file: Where the setup came from, for problems.
        integration: The kind of integration, such as `instagram_business`; None: known by the
            prefix of the reference keys.

    Raises:
        SpecError: The payload or the setup file is no JSON or not what it should be; every problem.
    """
    read = read_payload(payload, file, drawn=_SECTIONS, setup=setup, setup_file=setup_file, integration=integration)
    drawn = [metric for metric in read.metrics if metric["component"] in _SECTIONS]
    rest = [metric for metric in read.metrics if metric["component"] not in _SECTIONS]
    title = integration_title(read.integration)
    alias = name_of(title.lower())
    parts = [_head(read, alias), *_sections(drawn, read.setup, title, alias)]
    if rest:
        parts.append("# Left out, because only numbers, charts and tables can be drawn. As the payload has them:\n")
        parts += [_comment(json.dumps(metric, indent=2, ensure_ascii=False)) for metric in rest]
    if read.unknown:  # by name alone: a value such as a webhook's address may hold a secret
        parts.append("# Left out, because a spec has no place for these keys of the request:\n")
        parts += [_comment(key) for key in read.unknown]
    left_out = [
        f"{_described(metric)}: only numbers, charts and tables can be drawn; kept as a comment" for metric in rest
    ]
    left_out += [f"{_escaped(key)}: this key of the request has no place in a spec" for key in read.unknown]
    return ImportedSpec("\n".join(parts), len(drawn), tuple(left_out))


def _head(read: CopiedPayload, alias: str) -> str:
    account = {"customer_integration": read.uuid} if read.uuid else {}
    head: _Written = {
        "version": 1,
        "title": "{client.name} · {period.label}",
        "locale": "en",
        "period": read.period,
        "compare": read.compare,
        "sources": {alias: {"integration": read.integration, **account}},
    }
    return f"{editor_line('spec')}\n{mapping_text(head)}\nsections:"


def _sections(drawn: Sequence[_Written], setup: Setup, title: str, alias: str) -> Iterator[str]:
    """Yield a section for each kind of metric; names are unique in the report, labels in a section."""
    groups = {word: [metric for metric in drawn if metric["component"] == kind] for kind, word in _SECTIONS.items()}
    ordered = [metric for group in groups.values() for metric in group]
    names = iter(numbered([name_of(str(metric["reference_key"])) for metric in ordered], "{}_{}"))
    for word, group in groups.items():
        if group:
            heading: _Written = {"title": f"{literal(title)} {word}", "source": alias}
            shown = presentations(group, setup)
            blocks = (_block(next(names), look, metric) for look, metric in zip(shown, group, strict=True))
            yield f"{list_item(mapping_text(heading), 2)}    blocks:\n" + "\n".join(blocks)


def _block(name: str, shown: Presentation, metric: _Written) -> str:
    api = {key: value for key, value in metric.items() if key in _BLOCK_KEYS}
    extra: _Written = {key: value for key, value in metric.items() if key not in _BLOCK_KEYS}
    written: _Written = {"name": name, **shown.keys, **api, **({"extra": extra} if extra else {})}
    remarks = "".join(f"      # {_escaped(remark)}\n" for remark in shown.remarks)
    return remarks + list_item(mapping_text(written), 6)


def _comment(text: str) -> str:
    return "".join(f"# {_escaped(line)}\n" for line in text.split("\n"))


def _described(metric: _Written) -> str:
    return _escaped(f"{metric['reference_key']} ({metric['component']})")


def _escaped(text: str) -> str:
    r"""Return a text for a comment, with unprintable characters as JSON escapes, such as `\u2028`."""
    return "".join(
        char if char.isprintable() else re.sub("....", r"\\u\g<0>", char.encode("utf-16-be", "surrogatepass").hex())
        for char in text
    )
