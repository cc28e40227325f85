"""Alerts of a fleet: messages to staff, never to a client, about reports whose numbers meet a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.components.number_parts import condition_on_numbers, holds
from reportgen.components.variables import live_words
from reportgen.errors import Problem
from reportgen.spec.fleet_texts import FLEET_VARIABLES
from reportgen.spec.live_word_checks import number_names, word_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.model import Report
    from reportgen.spec.delivery_spec import NotifyDelivery
    from reportgen.spec.fleet_file import Fleet
    from reportgen.spec.report_spec import ReportSpec


def alerts_of(fleet: Fleet) -> tuple[str, ...]:
    """Return the conditions of a fleet's alerts, each once."""
    return tuple(dict.fromkeys(notify.alert for _, notify in _notices(fleet) if notify.alert))


def decided(alerts: Iterable[str], report: Report) -> dict[str, JsonValue]:
    """Return whether each alert holds for a report; it does not where a missing value leaves it open."""
    blocks = (*report.blocks, *report.hidden)
    readings = {block.name: block.readings[0] for block in blocks if block.readings}

    def is_met(alert: str) -> bool:
        try:
            return holds(condition_on_numbers(alert), readings)
        except ValueError:  # amounts of two currencies, which accounts may have
            return False

    return {alert: is_met(alert) for alert in alerts}


def notice_problems(fleet: Fleet, file: Path, specs: Sequence[ReportSpec]) -> Iterator[Problem]:
    """Yield the problems with the messages of a fleet: words and numbers of alerts that no spec has."""
    known = {name for spec in specs for name in number_names(spec)}
    for place, notify in _notices(fleet):
        key = f"deliver.to.{place}.notify"
        for fault in (word_fault(word, specs, FLEET_VARIABLES) for word in live_words(notify.text, FLEET_VARIABLES)):
            if fault:
                yield Problem(str(file), 0, 0, f"{key}.text", fault)
        names = condition_on_numbers(notify.alert).names if notify.alert else ()
        for name in sorted(set(names) - known):
            listed = ", ".join(sorted(known))
            yield Problem(str(file), 0, 0, f"{key}.alert", f"{name} is no number of a spec; known are {listed}")


def _notices(fleet: Fleet) -> Iterator[tuple[int, NotifyDelivery]]:
    channels = fleet.deliver.to if fleet.deliver else ()
    yield from ((place, channel.notify) for place, channel in enumerate(channels) if channel.notify)
