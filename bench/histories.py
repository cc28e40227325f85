"""What thirteen months of history cost: `python -m bench.histories --help`.

Two specs show the same four numbers, each with a line chart of its last thirteen months. In one the API answers each
chart whole, as a `chart_v1` by month; in the other they are `history:` blocks, whose months are asked for one by one,
and kept. So as many charts of as many points are drawn, and what is compared is what the windows of the months, the
store of kept answers and putting them together cost. A `trend: {by: month}` asks for the same months.

Both are made in this process in turns, of the same answers in memory, in HTML, PDF and workbook with the audit. The
first report of the histories asks for all months; those that are measured find them kept, as each month's report does.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bench.engines.ours import expect_done
from reportgen import build_report
from reportgen.connect import AnswerSource
from reportgen.connect.live_answers import AnswerStorage, live_answers
from reportgen.connect.request_counts import Tally
from reportgen.connect.transport import Reply
from reportgen.garbage_collection import collect_seldom, collected_afterwards
from reportgen.report_rendering import finish
from reportgen.sandbox.get_data_requests import read_request
from reportgen.sandbox.synthetic_answers import answers
from reportgen.spec.loading import load_client, load_spec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.connect.transport import Call
    from reportgen.queries import AccountFacts, Answer, Query

_AS_OF = date(2026, 11, 3)
_FORMATS = ("html", "pdf", "xlsx")
_GOAL = 1.03
_TOKENS = SecretStr("merchant"), SecretStr("customer")
_KEYS = ("sessions", "clicks", "conversions", "impressions")
_HEAD = """\
version: 1
title: Histories
period: last_month
compare: none
sources:
  analytics: {integration: google_analytics_4}
sections:
  - title: Numbers
    source: analytics
    blocks:
"""
_CLIENT = """\
version: 1
name: Client
api: {token: {env: BENCH_TOKEN}, customer_token: {env: BENCH_CUSTOMER}}
sources: {analytics: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50}
"""
_NUMBER = (
    "      - {{name: {key}, label: {key}, format: count, "
    'reference_key: "ga4:{key}", component: number_v1, metrics: [{key}]}}\n'
)
_HISTORY = "      - {{history: {key}, kind: line, label: {key} by month}}\n"
_CHART = (
    "      - {{name: {key}_by_month, label: {key} by month, period: last_13_months, format: count, "
    'reference_key: "ga4:{key}_by_month", component: chart_v1, metrics: [{key}], dimensions: [month], '
    "chart_type: line}}\n"
)


@dataclass(slots=True)
class Memory:
    """A transport whose answers, once made, cost a look-up."""

    replies: dict[bytes, Reply] = field(default_factory=dict)

    async def send(self, call: Call) -> Reply:
        """Return the reply to a request."""
        if call.body not in self.replies:
            body = json.dumps(answers(read_request(call.body), calm=True)).encode()
            self.replies[call.body] = Reply(200, {"content-type": "application/json"}, body)
        return self.replies[call.body]


@dataclass(frozen=True)
class Timed(AnswerSource):
    """A source of answers whose seconds are counted.

    Attributes:
        seconds: The processors' seconds of each call.
    """

    source: AnswerSource
    seconds: list[float] = field(default_factory=list)

    def fetch(self, queries: Sequence[Query]) -> dict[Query, Answer]:
        """Return the answers of the source."""
        begun = time.process_time()
        answers = self.source.fetch(queries)
        self.seconds.append(time.process_time() - begun)
        return answers

    def account_facts(self) -> Mapping[str, AccountFacts]:
        """Return the facts of the source."""
        return self.source.account_facts()


@dataclass(frozen=True, slots=True)
class Made:
    """A report's processors' seconds for its answers, until it is resolved and for its files, and its requests."""

    answers: float
    resolved: float
    files: float
    requests: int

    @property
    def cpu(self) -> float:
        """All its seconds."""
        return self.answers + self.beyond

    @property
    def beyond(self) -> float:
        """Its seconds beyond its answers, which are asked for or found among those that were kept."""
        return self.resolved + self.files


def specs() -> dict[str, str]:
    """Return both specs."""
    kinds = {"charts": _CHART, "histories": _HISTORY}
    return {
        name: _HEAD + "".join(block.format(key=key) for block in (_NUMBER, kind) for key in _KEYS)
        for name, kind in kinds.items()
    }


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports of a spec in a folder, one after the other."""

    folder: Path
    name: str
    memory: Memory

    def __iter__(self) -> Iterator[Made]:
        """Make reports without an end."""
        files = {"client.yaml": _CLIENT, f"{self.name}.yaml": specs()[self.name]}
        for name, text in files.items():
            (self.folder / name).write_text(text, "utf-8")
        spec, client = load_spec(self.folder / f"{self.name}.yaml"), load_client(self.folder / "client.yaml")
        storage = AnswerStorage(state=self.folder / "state", buckets="use")
        while True:
            with collected_afterwards():
                tally, begun = Tally(), time.process_time()
                source = Timed(
                    live_answers("http://127.0.0.1/api", *_TOKENS, transport=self.memory, storage=storage, tally=tally)
                )
                report = build_report(spec, client, answers=source, as_of=_AS_OF)
                resolved = time.process_time()
                expect_done(finish(report, _FORMATS)[0])
                answers = sum(source.seconds)
                made = Made(answers, resolved - begun - answers, time.process_time() - resolved, tally.requests)
            yield made


def measure(rounds: int, folder: Path) -> dict[str, list[Made]]:
    """Make both reports in turns; the first of each fills the store, and is not to be compared."""
    collect_seldom()
    memory = Memory()
    reports = {name: iter(Reports(folder, name, memory)) for name in specs()}
    made: dict[str, list[Made]] = {name: [] for name in reports}
    for _turn in range(rounds + 1):
        for name, one in reports.items():
            made[name].append(next(one))
    return made


def lines(made: dict[str, list[Made]]) -> Iterator[str]:
    """Yield the lines of a table, and whether the goal is met."""
    words = {"answers": "answers", "resolved": "to resolve", "files": "files", "cpu": "all"}
    yield f"{'ms of cpu':12}{''.join(f'{word:>12}' for word in words.values())}{'requests: first':>17}{'later':>7}"
    for name, (first, *later) in made.items():
        seconds = [statistics.median(getattr(one, word) for one in later) for word in words]
        cells = "".join(f"{1000 * one:12.1f}" for one in seconds)
        yield f"{name:12}{cells}{first.requests:17}{later[-1].requests:7}"
    pairs = [*zip(made["charts"][1:], made["histories"][1:], strict=True)]
    whole = statistics.median(months.cpu / charts.cpu for charts, months in pairs)
    ratio = statistics.median(months.beyond / charts.beyond for charts, months in pairs)
    yield f"{'met    ' if ratio <= _GOAL else 'not met'}  beyond their answers, {_GOAL} of charts: {ratio:.3f}"
    yield f"         with them: {whole:.3f}"


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return the arguments of a command line, or exit with what is wrong with it."""
    parser = argparse.ArgumentParser(prog="python -m bench.histories", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=25, help="of both reports, in turns")
    given = parser.parse_args(words)
    if given.rounds < 1:
        parser.error("--rounds is at least 1")
    return given


def main() -> None:
    """Measure and print."""
    given = arguments(sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        print(*lines(measure(given.rounds, Path(folder))), sep="\n")


if __name__ == "__main__":
    main()
