"""The fetching of a run's reports: together, so that rate limits, budgets and equal requests are shared."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Self

from reportgen.connect.live_answers import AnswerStorage
from reportgen.connect.request_counts import Tally
from reportgen.connect.shared_answers import SharedAnswers
from reportgen.connect.shared_receivers import SharedReceivers
from reportgen.connect.shared_transport import SharedTransport
from reportgen.connect.tokens import Tokens
from reportgen.errors import AuthenticationFailed, ConfigurationError
from reportgen.fetching import client_answers, learn_limits
from reportgen.pipeline import report_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.connect.live_answers import BucketUse
    from reportgen.connect.rate_limits import Traffic
    from reportgen.fleet.jobs import Job
    from reportgen.model import Report


@dataclass(frozen=True, slots=True)
class FetchedReport:
    """A report with the counts of its requests.

    Attributes:
        report: Resolved, not rendered.
        tally: Counts of the requests sent for it.
    """

    report: Report
    tally: Tally


class ReportFetcher:
    """The fetcher of the reports of a run, called in several threads at once; `with` opens and closes connections."""

    def __init__(
        self, jobs: Sequence[Job], traffic: Traffic, *, buckets: BucketUse = "use", common_token: str = ""
    ) -> None:
        """Prepare; each account is asked once for its rate limits.

        Args:
            jobs: All reports that will be asked for; answers that two of them need are shared.
            traffic: Limits and budgets that the run shares.
            buckets: What becomes of the kept answers for months of histories; see `AnswerStorage`.
            common_token: The place of the customer token that all clients of the fleet share; empty where none is.

        Raises:
            AuthenticationFailed: Every account's own token is refused.
        """
        clients = {job.key: job.plan.client for job in jobs if job.plan.client}
        self._tokens: dict[str, Tokens] = {}
        self._without_tokens: dict[str, ConfigurationError] = {}
        for key, client in clients.items():
            try:
                self._tokens[key] = Tokens.of(*client.tokens())
            except ConfigurationError as error:
                self._without_tokens[key] = error
        learn_limits((clients[key] for key in self._tokens), traffic)
        self._traffic = traffic
        self._storage = AnswerStorage(buckets=buckets)
        self._transport = SharedTransport()
        self._receivers = SharedReceivers(self._storage.state, traffic.clock)
        self._lock = Lock()
        self._accounts = {tokens.account_fingerprint for tokens in self._tokens.values()}
        self._refused: dict[str, AuthenticationFailed] = {}
        self._common_token, self._common_refused = common_token, ""
        self._left = Counter(tokens.fingerprint for tokens in self._tokens.values())
        self._shared = {tokens: SharedAnswers() for tokens, reports in self._left.items() if reports > 1}

    def __enter__(self) -> Self:
        """Open the connections to the API; receivers are opened where a report needs one."""
        self._transport.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        """Close the receivers of deliveries, and the connections."""
        self._receivers.__exit__(*error)
        self._transport.__exit__(*error)

    def __call__(self, job: Job) -> FetchedReport:
        """Return a report, fetched and resolved; see `report_of`.

        Raises:
            ConfigurationError: A token of its client is missing.
            AuthenticationFailed: Its tokens are refused, or its account's or the fleet's customer token was before.
        """
        if missing := self._without_tokens.get(job.key):
            raise ConfigurationError(str(missing)) from missing
        tally = Tally()
        client = job.plan.client
        if client is None:
            return FetchedReport(report_of(job.plan), tally)
        tokens = self._tokens[job.key]
        if refused := self._refused.get(tokens.account_fingerprint):
            raise AuthenticationFailed(str(refused), concerns_account=True) from refused
        if self._common_refused:
            raise AuthenticationFailed(self._common_refused, concerns_account=False)
        try:
            with self._shared_answers(tokens.fingerprint) as shared:
                source = client_answers(
                    client,
                    self._storage,
                    traffic=self._traffic,
                    transport=self._transport,
                    sharing=shared,
                    receivers=self._receivers,
                    tally=tally,
                )
                return FetchedReport(report_of(job.plan, source), tally)
        except AuthenticationFailed as error:
            if error.concerns_account:
                self._refused[tokens.account_fingerprint] = error
            elif error.concerns_account is False and self._common_token and len(self._left) == 1:
                self._common_refused = str(error)
            raise

    @property
    def refusal(self) -> AuthenticationFailed | None:
        """The error that ends all requests: every account's own token, or the customer token of all, is refused."""
        if self._common_refused:
            return AuthenticationFailed(f"{self._common_token}: {self._common_refused}", concerns_account=False)
        if self._refused.keys() < self._accounts or not self._refused:
            return None
        return next(iter(self._refused.values()))

    @contextmanager
    def _shared_answers(self, tokens: str) -> Iterator[SharedAnswers | None]:
        """Yield the answers that reports with the same tokens share; after the last report they are dropped."""
        try:
            yield self._shared.get(tokens)
        finally:
            with self._lock:
                self._left[tokens] -= 1
                if not self._left[tokens]:
                    self._shared.pop(tokens, None)
