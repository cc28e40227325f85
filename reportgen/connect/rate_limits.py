"""Rate limits, circuit breakers and retries of the API's requests, shared by all clients of a run."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from reportgen.connect.account_traffic import AccountTraffic
from reportgen.connect.clock import SystemClock
from reportgen.errors import RateLimited, Unreachable
from reportgen.logs import LOGGER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.connect.account_traffic import RateLimit
    from reportgen.connect.clock import Clock
    from reportgen.connect.request_time import RequestTime

LONGEST_PAUSE = 3_600.0
"""Seconds that a pause is taken for at the most: then a request looks whether the API answers. A run without a deadline
waits for rates and pauses for as long in all."""

_RETRIES_AT_LEAST = 6
_RETRIES_PER_REQUEST = 0.1
_FAILURES_THAT_OPEN = 5
_OPEN_SECONDS = 30.0
_WARN_AGAIN = 60.0  # seconds between warnings about a host that cannot be reached
_LOOK_AGAIN = 1.0  # seconds after which a waiting request looks whether its host answers
_WORTH_A_WARNING = 120.0  # seconds of a pause


@dataclass(slots=True)
class _Breaker:
    """The circuit breaker of a host: after some failures to connect in a row no request is sent for a while.

    Attributes:
        failures: In a row.
        open_until: No request is sent before.
        down_since: When the breaker opened; None before that.
        reason: Why the host could not be reached the last time.
        warn_at: No warning about the host is logged before.
    """

    failures: int = 0
    open_until: float = 0.0
    down_since: float | None = None
    reason: str = ""
    warn_at: float = 0.0


class Traffic:
    """Admission of requests: rate limits and pauses by account, a breaker by host, a budget of retries for the run.

    Any number of event loops in threads may share it; it waits by the clock it is given, and never with its lock.
    """

    def __init__(
        self, limits: Iterable[RateLimit] = (), clock: Clock | None = None, *, wait_until: float | None = None
    ) -> None:
        """Admit requests of all accounts to all hosts.

        Args:
            limits: Rates that hold for each account by itself.
            clock: Clock that requests wait by.
            wait_until: The deadline of a run, by the clock's `now`: before it, requests wait for rates, for pauses, and
                while a host cannot be reached. Without a deadline they wait for `LONGEST_PAUSE`, and for no host.
        """
        self.clock: Clock = clock or SystemClock()
        self._wait_for_hosts_until = wait_until or 0.0
        self._wait_until = self.clock.now() + LONGEST_PAUSE if wait_until is None else wait_until
        self._waited = 0.0
        self._lock = Lock()
        self._limits = tuple(limits)
        self._accounts: defaultdict[str, AccountTraffic] = defaultdict(AccountTraffic)
        self._breakers: dict[str, _Breaker] = {}
        self._requests = 0
        self._retries = 0

    @property
    def waits_for_hosts(self) -> bool:
        """Whether requests wait while a host cannot be reached."""
        return self.clock.now() < self._wait_for_hosts_until

    def now(self) -> float:
        """Return the seconds that deadlines are measured in: they stand still while requests wait for a host."""
        with self._lock:
            now = self.clock.now()
            waiting = max((self._downtime(breaker, now) for breaker in self._breakers.values()), default=0.0)
            return now - self._waited - waiting

    @property
    def patience(self) -> float:
        """The seconds that requests still wait for rates and pauses; below 0 after the deadline."""
        return self._wait_until - self.clock.now()

    def patient_now(self) -> float:
        """Return the seconds of `now`, which stand still after the deadline."""
        return self.now() + min(0.0, self.patience)

    async def admit(self, account: str, host: str, time: RequestTime, *, is_free: bool) -> float:
        """Wait until a request of an account may go out, count it as sent, and return when that was, by the clock.

        Whoever sends it says when it ended, by `end`.

        Args:
            account: Fingerprint of the account's token.
            host: The host it goes to.
            time: The time of the request.
            is_free: Whether it stands still while the request waits.

        Raises:
            RateLimited: It may not in its time.
            Unreachable: The host's breaker is open.
        """
        while wait := self._enter(account, host):
            if not time.allows(wait, is_free=is_free) and not self._is_down(host):
                raise RateLimited(f"{self._cause(account)}, which is longer than there is time for", 429, wait)
            self._warn(host)
            await self.clock.sleep(wait)
        return self.clock.now()

    def _cause(self, account: str) -> str:
        """Return in words why a request of an account has to wait, and for how long."""
        with self._lock:
            traffic, now = self._accounts[account], self.clock.now()
            pause, wait = traffic.seconds_of_pause(now), traffic.seconds_to_send(self._limits, now)
            is_tried = traffic.is_tried
        if pause:
            return f"the API asks for a pause of {max(pause, 1):.0f} seconds"
        if is_tried:
            return "the API asked for a pause, and the request that goes first has no answer yet"
        rate = "the rate of the account (requests_per_minute, or the API's own)"
        return f"{rate} lets no request out for {max(wait, 1):.0f} seconds"

    def limit(self, account: str, limits: Iterable[RateLimit]) -> None:
        """Add rate limits of an account."""
        with self._lock:
            self._accounts[account].limit(limits)

    def pause(self, account: str, seconds: float, sent: float | None = None) -> None:
        """Pause the requests of an account, as the API asked (429); see `AccountTraffic.pause`."""
        with self._lock:
            traffic, now = self._accounts[account], self.clock.now()
            is_news = not traffic.seconds_of_pause(now)
            traffic.pause(seconds, now, sent)
        if is_news and seconds >= _WORTH_A_WARNING:
            words = "the API asks for a pause of %.0f seconds; requests of the account wait"
            LOGGER.warning(words, seconds, extra={"event": "paused", "seconds": seconds})

    def end(self, account: str, sent: float, *, is_answered: bool) -> None:
        """Count the end of an account's request; see `AccountTraffic.end`."""
        with self._lock:
            self._accounts[account].end(sent, is_answered=is_answered)

    def may_retry(self) -> bool:
        """Count a retry, if the run may have another: a tenth of its requests, and at least 6."""
        with self._lock:
            if self._retries >= max(_RETRIES_AT_LEAST, int(self._requests * _RETRIES_PER_REQUEST)):
                return False
            self._retries += 1
            return True

    def _enter(self, account: str, host: str) -> float:
        """Return the seconds that a request has to wait before it tries again; 0 where it was counted as sent."""
        with self._lock:
            traffic, now = self._accounts[account], self.clock.now()
            wait = traffic.seconds_to_send(self._limits, now) or self._seconds_to_host(host)
            if not wait:
                traffic.send(now)
                self._requests += 1
            return wait

    def reset_failures(self, host: str) -> None:
        """Reset the failures of a host that answered."""
        with self._lock:
            breaker = self._breakers.pop(host, None)
            self._waited += self._downtime(breaker, self.clock.now()) if breaker else 0.0
        if breaker:
            LOGGER.info("the API at %s answers again", host, extra={"event": "reachable", "host": host})

    def count_failure(self, host: str, reason: str) -> None:
        """Count a failure to reach a host; some in a row open its breaker."""
        with self._lock:
            breaker = self._breakers.setdefault(host, _Breaker())
            breaker.failures += 1
            breaker.reason = reason.removeprefix(f"{host} ").removeprefix("cannot be reached: ")
            if breaker.failures >= _FAILURES_THAT_OPEN:
                now = self.clock.now()
                breaker.open_until = now + _OPEN_SECONDS
                breaker.down_since = now if breaker.down_since is None else breaker.down_since

        self._warn(host)

    def _warn(self, host: str) -> None:
        """Log that a host cannot be reached: at once, and every minute while that lasts; once for all clients."""
        with self._lock:
            breaker, now = self._breakers.get(host), self.clock.now()
            if breaker is None or now < breaker.warn_at:
                return
            breaker.warn_at = now + _WARN_AGAIN
            reason = breaker.reason
        extra = {"event": "unreachable", "host": host, "reason": reason}
        LOGGER.warning("the API at %s cannot be reached: %s; trying again", host, reason, extra=extra)

    def _is_down(self, host: str) -> bool:
        with self._lock:
            return host in self._breakers and self._breakers[host].down_since is not None

    def _downtime(self, breaker: _Breaker, now: float) -> float:
        """Return the seconds that requests have been waiting for a host."""
        since = now if breaker.down_since is None else breaker.down_since
        return max(0.0, min(now, self._wait_for_hosts_until) - since)

    def _seconds_to_host(self, host: str) -> float:
        """Return the seconds until a host is tried again; then a single request goes first, while others wait.

        Raises:
            Unreachable: Its breaker is open, and requests do not wait for it.
        """
        breaker = self._breakers.get(host)
        if breaker is None or breaker.failures < _FAILURES_THAT_OPEN:
            return 0.0
        now = self.clock.now()
        if breaker.open_until > now and not self.waits_for_hosts:
            raise Unreachable(f"{host} was not tried: it could not be reached {breaker.failures} times in a row")
        if breaker.open_until <= now and self.waits_for_hosts:
            breaker.open_until = now + _OPEN_SECONDS  # the others wait for the result of this request
            return 0.0
        return max(0.0, min(breaker.open_until - now, _LOOK_AGAIN))
