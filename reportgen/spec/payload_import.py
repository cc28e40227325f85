"""The import of a payload from the vendor's dashboard into a runnable spec."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeAlias

from pydantic import ValidationError

from reportgen.components import API_KEYS, ChartBlock
from reportgen.spec.copied_payload import read_payload
from reportgen.spec.import_subjects import arranged, widths
from reportgen.spec.setup_file import presentations
from reportgen.spec.yaml_writer import editor_line, list_item, mapping_text
from reportgen.titles import integration_title, literal, name_of, numbered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import JsonValue

    from reportgen.spec.copied_payload import CopiedPayload
    from reportgen.spec.setup_file import Presentation

_Written: TypeAlias = "dict[str, JsonValue]"
_Metric: TypeAlias = "Mapping[str, JsonValue]"

_DRAWN = ("number_v1", "chart_v1", "datatable_v1")
_BLOCK_KEYS = {"id", *API_KEYS}
_TOP_ROWS = 10  # of a table of a long payload; the web page and the workbook have the others


@dataclass(frozen=True, slots=True)
class ImportedSpec:
    """A spec made from a payload.

    Attributes:
        text: The spec as YAML, with the metrics that were left out as comments.
        kept: Number of metrics that became blocks.
        aside: Number of metrics that became blocks in comments at the end.
        left_out: A line for each metric or key that became neither: its name, and why.
    """

    text: str
    kept: int
    aside: int
    left_out: tuple[str, ...]


def import_payload(  # noqa: PLR0913 - two files with their names
    payload: str,
    file: str,
    *,
    setup: str | None = None,
    setup_file: str = "",
    integration: str | None = None,
    everything: bool = False,
) -> ImportedSpec:
    """Return the spec of a payload: a section for each subject, with what a client reads of it.

    Args:
        payload: A get-data request, an object with `metrics` or `widgets`, a list of metrics or one metric, as JSON.
        file: Where it came from, for problems.
        setup: The vendor's setup file as JSON: labels and formats. None: labels come from the
            reference keys, and formats from what is known of them.
        setup_file: Where the setup came from, for problems.
        integration: The kind of integration, such as `instagram_business`; None: known by the
            prefix of the reference keys.
        everything: Whether every metric becomes a block; else, of a long payload, the rest stands in comments.

    Raises:
        SpecError: The payload or the setup file is no JSON or not what it should be; every problem.
    """
    read = read_payload(payload, file, drawn=_DRAWN, setup=setup, setup_file=setup_file, integration=integration)
    drawn = [metric for metric in read.metrics if metric["component"] in _DRAWN]
    undrawn = [metric for metric in read.metrics if metric["component"] not in _DRAWN]
    title = integration_title(read.integration)
    alias = name_of(title.lower())
    arrangement = arranged(drawn, read.integration, everything=everything)
    written = _Blocks(read, alias, _TOP_ROWS if arrangement.rest else None)
    parts = [_head(read, alias), *(written.section(name, title, group) for name, group in arrangement.sections)]
    if arrangement.rest:
        parts.append(_appendix(written.blocks(arrangement.rest)))
    parts += _remains(undrawn, read.unknown)
    left_out = [
        f"{_described(metric)}: only numbers, charts and tables can be drawn; kept as a comment" for metric in undrawn
    ]
    left_out += [f"{_escaped(key)}: this key of the request has no place in a spec" for key in read.unknown]
    aside = len(arrangement.rest)
    return ImportedSpec("\n".join(parts), len(drawn) - aside, aside, tuple(left_out))


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


class _Blocks:
    """The text of blocks, whose names are unique in the whole spec, as are their labels; `rows` limits tables."""

    def __init__(self, read: CopiedPayload, alias: str, rows: int | None) -> None:
        self._alias = alias
        self._rows = rows
        self._taken: list[str] = []
        drawn = [metric for metric in read.metrics if metric["component"] in _DRAWN]
        looks = presentations(drawn, read.setup, read.integration)
        # By the identity of a metric, as two may be equal.
        self._shown = {id(metric): look for metric, look in zip(drawn, looks, strict=True)}

    def section(self, subject: str, integration: str, metrics: Sequence[_Metric]) -> str:
        heading: _Written = {"title": literal(subject or integration), "source": self._alias}
        blocks = "\n".join(self.blocks(metrics, widths(metrics) if subject else ()))
        return f"{list_item(mapping_text(heading), 2)}    blocks:\n{blocks}"

    def blocks(self, metrics: Sequence[_Metric], columns: Sequence[int | None] = ()) -> list[str]:
        names = numbered([*self._taken, *(name_of(str(metric["reference_key"])) for metric in metrics)], "{}_{}")
        names, self._taken = names[len(self._taken) :], names
        placed = zip_longest(names, metrics, columns)
        return [
            _block(name, self._shown[id(metric)], metric, {"width": width, "limit": self._limit(metric)})
            for name, metric, width in placed
        ]

    def _limit(self, metric: _Metric) -> int | None:
        return self._rows if metric["component"] == "datatable_v1" else None


def _block(name: str, shown: Presentation, metric: _Metric, layout: _Metric) -> str:
    api = {key: value for key, value in metric.items() if key in _BLOCK_KEYS}
    extra: _Written = {key: value for key, value in metric.items() if key not in _BLOCK_KEYS}
    placed = {key: value for key, value in layout.items() if value}
    written: _Written = {"name": name, **placed, **shown.keys, **api, **({"extra": extra} if extra else {})}
    if metric["component"] == "chart_v1" and _suits_no_answer(written):
        written = {"name": name, "kind": "horizontal_bar", **written}
    remarks = "".join(f"      # {_escaped(remark)}\n" for remark in shown.remarks)
    return remarks + list_item(mapping_text(written), 6)


def _suits_no_answer(written: _Written) -> bool:
    """Return whether the payload asks for a kind of chart that `check` would warn of, such as a pie of rates."""
    try:
        return any(ChartBlock.model_validate(written).foreseen_cautions())
    except ValidationError:
        return False  # loading names what is wrong


def _appendix(blocks: Sequence[str]) -> str:
    intro = (
        "# The rest of the payload, which few clients read. To show a block, take the # before its lines away,\n"
        "# and move them below the blocks of a section.\n"
    )
    return intro + "\n".join(_comment(block.rstrip("\n")) for block in blocks)


def _remains(undrawn: Sequence[_Metric], unknown: Sequence[str]) -> Iterator[str]:
    if undrawn:
        yield "# Left out, because only numbers, charts and tables can be drawn. As the payload has them:\n"
        yield from (_comment(json.dumps(metric, indent=2, ensure_ascii=False)) for metric in undrawn)
    if unknown:  # by name alone: a value such as a webhook's address may hold a secret
        yield "# Left out, because a spec has no place for these keys of the request:\n"
        yield from map(_comment, unknown)


def _comment(text: str) -> str:
    return "".join(f"# {_escaped(line)}\n" for line in text.split("\n"))


def _described(metric: _Metric) -> str:
    return _escaped(f"{metric['reference_key']} ({metric['component']})")


def _escaped(text: str) -> str:
    r"""Return a text for a comment, with unprintable characters as JSON escapes, such as `\u2028`."""
    return "".join(
        char if char.isprintable() else re.sub("....", r"\\u\g<0>", char.encode("utf-16-be", "surrogatepass").hex())
        for char in text
    )
