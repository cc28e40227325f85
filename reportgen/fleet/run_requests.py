"""The requests of a run, and the accounts whose rate makes it take longer than an hour."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reportgen.fetching import planned_requests
from reportgen.queries import canonical_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.fleet.jobs import Job
    from reportgen.spec.client_file import Client

_AN_HOUR = 60  # minutes


def long_runs(jobs: Iterable[Job], advertised: Mapping[str, float] | None = None) -> Iterator[str]:
    """Yield a warning for each account whose requests take longer than an hour at its rate.

    Every request is counted, also those whose answers are kept from an earlier run; a request of several reports of a
    client is counted once.

    Args:
        jobs: The reports of the run.
        advertised: Requests a minute that the API allows, by the place of the account's token, see `token_place`;
            without it, and without `requests_per_minute` of its clients, the rate of an account is not known.
    """
    by_account = [(account, job) for job in jobs if job.plan.client and (account := token_place(job.plan.client))]
    rates: dict[str, float] = dict(advertised or {})
    for account, job in by_account:
        own = job.plan.client.api.requests_per_minute if job.plan.client and job.plan.client.api else None
        if own is not None:
            rates[account] = min(own, rates.get(account, own))
    asked: dict[str, set[str]] = defaultdict(set)
    for account, job in by_account:
        if account in rates:
            bodies = (canonical_json(request.body) for request in planned_requests(job.plan))
            asked[account] |= {f"{job.client}\n{body}" for body in bodies}
    for account, requests in asked.items():
        minutes = len(requests) / rates[account]
        if minutes > _AN_HOUR:
            yield (
                f"{len(requests):,} requests at {rates[account]:,.10g} a minute take {minutes / 60:.1f} hours; raise "
                "requests_per_minute, ask for shorter histories, or begin earlier"
            )


def token_place(client: Client) -> str | None:
    """Return the place of a client's API token, which tells accounts apart; None without any."""
    return client.api.token.model_dump_json() if client.api else None
