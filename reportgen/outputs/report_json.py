"""The report as JSON, and read from it again as an equal report.

It is for staff and for workers, and holds the complete report. Numbers stay numbers; `text` beside a
reading is its text on the page, so that a printed figure can be searched for.
"""

from __future__ import annotations

import json
from json import JSONDecodeError
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from reportgen.errors import OutputError
from reportgen.files import file_stem
from reportgen.formatting import format_value, judged_unit, telling_unit
from reportgen.made_once import made_once
from reportgen.model import Artifact, Block, Report
from reportgen.outputs import FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from reportgen.outputs.printed import PrintedReport

SCHEMA = "reportgen.report/2"
_FIRST_SCHEMA = "reportgen.report/1"


def render_json(printed: PrintedReport) -> tuple[Artifact, ...]:
    """Return a report as a JSON file."""
    return (
        Artifact(
            f"{file_stem(printed.complete)}.json",
            FORMATS["json"].media_type,
            json_bytes(encode_report(printed.complete), indent=1),
        ),
    )


def json_bytes(fields: dict[str, JsonValue], indent: int | None = None) -> bytes:
    """Return JSON values as text in UTF-8; a lone surrogate, which UTF-8 cannot hold, is written as JSON's escape."""
    content = json.dumps(fields, ensure_ascii=False, indent=indent, allow_nan=False) + "\n"
    return content.encode(errors="backslashreplace")


def encode_report(report: Report, files: dict[str, bytes] | None = None) -> dict[str, JsonValue]:
    """Return a report as JSON values: dates as ISO text, the digests of pictures and fonts in place of their bytes.

    Args:
        report: The report.
        files: Is given the bytes of pictures and fonts, by their digests.
    """
    encoded: dict[str, JsonValue] = _codec().dump_python(report, mode="json", by_alias=True, context=files)
    periods = zip(
        (report.period, *report.baselines), _list([encoded["period"], *_list(encoded["baselines"])]), strict=True
    )
    period, *baselines = ({"id": period.id, "days": period.days, **fields} for period, fields in periods)
    encoded |= {"period": period, "baselines": [*baselines]}
    for section, fields in zip(report.sections, _list(encoded["sections"]), strict=True):
        for block, block_fields in zip(section.blocks, _list(fields["blocks"]), strict=True):
            _add_texts(block, block_fields, report.locale)
    for block, block_fields in zip(report.hidden, _list(encoded["hidden"]), strict=True):
        _add_texts(block, block_fields, report.locale)
    return {"schema": SCHEMA, **encoded}


def decode_report(text: str | bytes, files: Mapping[str, bytes] | None = None) -> Report:
    """Return a report from its JSON.

    Args:
        text: The JSON; that of its first schema, of reports with a single comparison, is still read. In version 0.1 it
            held the bytes of pictures too.
        files: The bytes of its pictures and fonts by their digests; None where it is not rendered: they are empty then.

    Raises:
        OutputError: It is not JSON of this schema, or a file is missing or another.
    """
    try:
        fields = json.loads(text)
        if not isinstance(fields, dict) or fields.get("schema") not in {SCHEMA, _FIRST_SCHEMA}:
            raise OutputError(f"is no report of schema {SCHEMA}")
        if fields["schema"] == _FIRST_SCHEMA:
            fields = _as_of_today(fields)
        return _codec().validate_python(fields, context=files)
    except (JSONDecodeError, UnicodeDecodeError) as error:
        raise OutputError(f"is no report of schema {SCHEMA}: it is not JSON") from error
    except (KeyError, TypeError, ValueError, ValidationError, RecursionError) as error:
        raise OutputError(f"is no report of schema {SCHEMA}: {error}") from error


def _as_of_today(fields: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the fields of the first schema as they are now: it called the days of queries current and baseline."""
    periods = {"current": fields["period"], "baseline": fields["baseline"]}
    days = {word: f"{period['start']}..{period['end']}" for word, period in periods.items() if isinstance(period, dict)}
    queries = fields["queries"].items() if isinstance(fields["queries"], dict) else ()
    named = {
        digest: {**record, "window": days[str(record["window"])]}
        for digest, record in queries
        if isinstance(record, dict)
    }
    baselines: JsonValue = [fields["baseline"]] if fields["baseline"] else []
    return {**fields, "queries": {**named}, "baselines": baselines}


@made_once
def _codec() -> TypeAdapter[Report]:
    return TypeAdapter(Report)


def _add_texts(block: Block, fields: dict[str, JsonValue], locale: str) -> None:
    """Add to each reading its text on the page."""
    for reading, reading_fields in zip(block.readings, _list(fields["readings"]), strict=True):
        unit, present = telling_unit(reading.value, judged_unit(reading)), reading.value is not None
        reading_fields["text"] = format_value(reading.value, unit, locale) if present else None


def _list(value: JsonValue) -> list[dict[str, JsonValue]]:
    assert isinstance(value, list)  # noqa: S101 - the codec writes tuples as lists
    return [item for item in value if isinstance(item, dict)]
