"""The requests of a run, and the accounts whose rate makes it take longer than an hour."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reportgen.fetching import planned_requests
from reportgen.queries import canonical_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.fleet.jobs import Job

_AN_HOUR = 60  # minutes


def long_runs(jobs: Iterable[Job]) -> Iterator[str]:
    """Yield a warning for each account whose requests take longer than an hour at its clients' rate.

    Every request is counted, also those whose answers are kept from an earlier run; a request of several reports of a
    client is counted once. Without `requests_per_minute` the rate is the API's, and is not known here.
    """
    asked: dict[str, set[str]] = defaultdict(set)
    rates: dict[str, int] = {}
    for job in jobs:
        api = job.plan.client.api if job.plan.client else None
        if api is None or api.requests_per_minute is None:
            continue
        account = api.token.model_dump_json()
        rates[account] = min(api.requests_per_minute, rates.get(account, api.requests_per_minute))
        asked[account] |= {f"{job.client}\n{canonical_json(request.body)}" for request in planned_requests(job.plan)}
    for account, requests in asked.items():
        minutes = len(requests) / rates[account]
        if minutes > _AN_HOUR:
            yield (
                f"{len(requests):,} requests at {rates[account]:,} a minute take {minutes / 60:.1f} hours; raise "
                "requests_per_minute, ask for shorter histories, or begin earlier"
            )
