"""A payload copied from the vendor's dashboard, read and checked: a request, or a list of metrics."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from reportgen.connect.strict_json import JsonError, parse_json
from reportgen.errors import PeriodError, Problem, SpecError
from reportgen.periods import Period, parse_day
from reportgen.spec.setup_file import Setup, read_setup
from reportgen.titles import INTEGRATIONS, prefix_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from pydantic import JsonValue

_Metric: TypeAlias = "dict[str, JsonValue]"
_Fault: TypeAlias = "tuple[str, str]"  # a place in the payload, and the fault there

_LISTS = ("metrics", "widgets")
_DATES = ("start", "end")
_COMPARED = ("comparison_start", "comparison_end")
_REQUEST_KEYS = {"customer_integration", *_LISTS, *_DATES, *_COMPARED}


@dataclass(frozen=True, slots=True)
class CopiedPayload:
    """A payload and its setup file.

    Attributes:
        metrics: The metric structures, unchanged, each with a reference_key and a component.
        integration: Their kind of integration, such as `instagram_business`.
        uuid: The customer integration's id; None where the payload has none.
        period: The period as a spec writes it; `last_month` where the payload has no dates.
        compare: The comparison as a spec writes it; without comparison dates it is `none`, and
            `previous_period` where the payload has no dates at all.
        unknown: Keys of the request that a spec has no place for.
        setup: Labels and formats.
    """

    metrics: tuple[_Metric, ...]
    integration: str
    uuid: str | None
    period: str
    compare: str
    unknown: tuple[str, ...]
    setup: Setup


def read_payload(  # noqa: PLR0913 - two files with their names
    payload: str,
    file: str,
    *,
    drawn: Container[str],
    setup: str | None,
    setup_file: str,
    integration: str | None,
) -> CopiedPayload:
    """Return a payload, read and checked.

    Args:
        payload: A get-data request, an object with `metrics` or `widgets`, a list of metrics or one metric, as JSON.
        file: Where it came from, for problems.
        drawn: The components whose metrics must be complete.
        setup: The setup file as JSON; None where there is none.
        setup_file: Where it came from, for problems.
        integration: The kind of integration; None: known by the prefix of the reference keys.

    Raises:
        SpecError: Every problem of both files.
    """
    problems: list[Problem] = []
    document = _parsed(payload, file, problems)
    fields = {} if setup is None else _parsed(setup, setup_file, problems)
    if not problems and not isinstance(fields, dict):
        problems.append(Problem(setup_file, 0, 0, "", "a setup file is an object with metrics and dimensions"))
    if problems or not isinstance(fields, dict):
        raise SpecError(problems)
    place, entries, faults = _entries(document)
    request = document if isinstance(document, dict) and document not in entries else {}
    faults += [*_metric_faults(entries, place, drawn), *_request_faults(request)]
    metrics = tuple(entry for entry in entries if isinstance(entry, dict))
    slug = integration or _integration(metrics)
    if slug is None:
        faults.append((place, "these metrics are of several integrations; import those of one at a time"))
    if faults or slug is None:
        raise SpecError(Problem(file, 0, 0, where, message) for where, message in faults)
    current, compared, uuid = _days(request, _DATES), _days(request, _COMPARED), request.get("customer_integration")
    return CopiedPayload(
        metrics=metrics,
        integration=slug,
        uuid=str(uuid) if uuid else None,
        period=current or "last_month",
        compare=compared or ("none" if current else "previous_period"),
        unknown=tuple(key for key in request if key not in _REQUEST_KEYS),
        setup=read_setup(fields),
    )


def _parsed(text: str, file: str, problems: list[Problem]) -> JsonValue:
    try:
        return parse_json(text)
    except JsonError as error:
        problems.append(Problem(file, error.line, error.column, "", error.message))
        return None


def _entries(document: JsonValue) -> tuple[str, list[JsonValue], list[_Fault]]:
    """Return the place of the list of metrics, the list, and the fault where there is none."""
    if isinstance(document, dict) and {"reference_key", "component"} <= document.keys():
        return "", [document], []  # a single metric, whose own `metrics` are names
    found = {key: document[key] for key in _LISTS if key in document} if isinstance(document, dict) else {"": document}
    place, entries = next(iter(found.items()), ("", None))
    if len(found) > 1:
        return "widgets", [], [("widgets", "the payload has metrics and widgets; keep the one that lists the metrics")]
    if not isinstance(entries, list):
        message = (
            'a payload is a get-data request, {"metrics": [...]}, {"widgets": [...]}, a list of metrics or one metric'
        )
        return place, [], [(place, message)]
    return place, entries, [] if entries else [(place, "the list of metrics is empty; there is nothing to import")]


def _request_faults(request: _Metric) -> Iterator[_Fault]:
    uuid = request.get("customer_integration")
    try:
        _ = uuid is None or UUID(str(uuid))
    except ValueError:
        yield "customer_integration", f"{uuid!r} is no uuid; copy it as 4addc0da-8583-4dbb-a0e9-c7e2e8470f50 is written"
    for pair in (_DATES, _COMPARED):
        try:
            _days(request, pair)
        except PeriodError as error:
            yield pair[0], str(error)
    if request.get(_DATES[0]) is None and request.get(_COMPARED[0]) is not None:
        yield _DATES[0], "comparison dates need start and end beside them"


def _days(request: _Metric, pair: tuple[str, str]) -> str | None:
    """Return two days of a request as a period of a spec, or None where it has neither.

    Raises:
        PeriodError: It has a single day, or they are no days in their order.
    """
    first, last = (request.get(key) for key in pair)
    if first is None and last is None:
        return None
    if not isinstance(first, str) or not isinstance(last, str):
        raise PeriodError(f"{pair[0]} and {pair[1]} go together, both written as YYYY-MM-DD")
    period = Period(parse_day(first), parse_day(last))
    return f"{period.start}..{period.end}"


def _metric_faults(entries: Sequence[JsonValue], place: str, drawn: Container[str]) -> Iterator[_Fault]:
    owners: dict[str, str] = {}
    for index, entry in enumerate(entries):
        where = f"{place}.{index}".lstrip(".")
        if not isinstance(entry, dict):
            yield where, "a metric is an object with reference_key, component and metrics"
            continue
        key, identifier = entry.get("reference_key"), entry.get("id")
        where = f"{where} ({key})" if isinstance(key, str) and key else where
        yield from ((where, message) for message in _faults_of_metric(entry, drawn))
        if isinstance(identifier, str) and owners.setdefault(identifier, where) is not where:
            yield where, f"its id {identifier!r} is also that of {owners[identifier]}; give each metric its own"
    if entries and not any(isinstance(entry, dict) and entry.get("component") in drawn for entry in entries):
        yield place, "none of these metrics is a number_v1, chart_v1 or datatable_v1; nothing can be drawn"


def _faults_of_metric(metric: _Metric, drawn: Container[str]) -> Iterator[str]:
    component, names, dimensions = metric.get("component"), metric.get("metrics"), metric.get("dimensions", [])
    for key in ("reference_key", "component"):
        if not isinstance(metric.get(key), str) or not metric[key]:
            yield f"{key} is missing, or is no text"
    if not isinstance(metric.get("id"), str | None):
        yield f"its id is {metric['id']!r}; the API's ids are text"
    if not isinstance(component, str) or component not in drawn:
        return  # it becomes a comment, whatever it holds
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        yield 'metrics is missing, or is no list of names such as ["reach"]'
    if not isinstance(dimensions, list) or not all(isinstance(name, str | dict) for name in dimensions):
        yield "dimensions is no list of names or objects; leave it out where there are none"


def _integration(metrics: Iterable[_Metric]) -> str | None:
    """Return the integration of metrics, or None where they are of several."""
    prefixes = Counter(prefix_of(str(metric.get("reference_key"))) for metric in metrics)
    known = {INTEGRATIONS[prefix][0] for prefix in prefixes if prefix in INTEGRATIONS}
    if known:
        return known.pop() if len(known) == 1 else None
    named = [prefix for prefix, _ in prefixes.most_common() if prefix]
    return named[0] if named else "unknown"
