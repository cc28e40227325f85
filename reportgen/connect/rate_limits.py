"""How often the API may be asked: one object for a whole run, shared by all its clients."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from reportgen.connect.clock import SystemClock
from reportgen.errors import RateLimited, Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.connect.clock import Clock

_RETRIES_AT_LEAST = 6
_RETRIES_PER_REQUEST = 0.1
_FAILURES_THAT_OPEN = 5
_OPEN_SECONDS = 30.0
_LOOK_AGAIN = 1.0  # seconds after which a request that is held looks whether its host answers


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most so many requests in so many seconds, of one account.

    Attributes:
        requests: How many; at least 1.
        seconds: In how long.
    """

    requests: int
    seconds: float


@dataclass(slots=True)
class _Lane:
    """What is known of one account's token.

    Attributes:
        closed_until: No request goes out before; the API asked for it.
        sent: When the latest requests went out, the oldest first.
        limits: Rates of this account alone.
    """

    closed_until: float = 0.0
    sent: deque[float] = field(default_factory=lambda: deque(maxlen=10_000))
    limits: tuple[RateLimit, ...] = ()


@dataclass(slots=True)
class _Breaker:
    """What is known of one host: after some failures to connect in a row nobody tries for a while.

    Attributes:
        failures: In a row.
        open_until: Nobody tries before.
        down_since: When so many had failed that nobody tried any more; None before that.
    """

    failures: int = 0
    open_until: float = 0.0
    down_since: float | None = None


class Traffic:
    """Lets requests out: rate limits and gates by account, a breaker by host, retries by a budget of the run.

    Any number of event loops in threads may share it; it waits by the clock it is given, and never with its lock.
    """

    def __init__(
        self, limits: Iterable[RateLimit] = (), clock: Clock | None = None, *, holds_until: float = 0.0
    ) -> None:
        """Start with open gates.

        Args:
            limits: Rates that hold for each account by itself.
            clock: What tells the time and waits.
            holds_until: Before this, by the clock's `now`, requests wait while a host cannot be reached,
                rather than fail.
        """
        self.clock: Clock = clock or SystemClock()
        self._holds_until = holds_until
        self._stopped = 0.0
        self._lock = Lock()
        self._limits = tuple(limits)
        self._lanes: dict[str, _Lane] = {}
        self._breakers: dict[str, _Breaker] = {}
        self._requests = 0
        self._retries = 0

    @property
    def holds(self) -> bool:
        """Whether requests wait while a host cannot be reached."""
        return self.clock.now() < self._holds_until

    def now(self) -> float:
        """Return the seconds that deadlines are measured in: they stand still while requests wait for a host."""
        with self._lock:
            now = self.clock.now()
            waited = max((self._held(breaker, now) for breaker in self._breakers.values()), default=0.0)
            return now - self._stopped - waited

    async def admit(self, account: str, host: str, until: float) -> None:
        """Wait until a request of this account may go out, and count it as sent.

        Args:
            account: Fingerprint of the account's token.
            host: Where it goes.
            until: When waiting is no longer of use, by `now`.

        Raises:
            RateLimited: It may not before then.
            Unreachable: The host could not be reached so often that nobody tries for a while.
        """
        while wait := self._enter(account, host):
            if self.now() + wait > until and not self._is_down(host):
                message = f"the API asks for a pause of {wait:.0f} seconds, which is longer than there is time for"
                raise RateLimited(message, 429, wait)
            await self.clock.sleep(wait)

    def limit(self, account: str, limits: Iterable[RateLimit]) -> None:
        """Let an account out at these rates too."""
        with self._lock:
            lane = self._lanes.setdefault(account, _Lane())
            lane.limits = tuple(dict.fromkeys((*lane.limits, *limits)))

    def _enter(self, account: str, host: str) -> float:
        """Count a request as sent and return 0, or return how long it has to wait before it tries again."""
        with self._lock:
            lane = self._lanes.setdefault(account, _Lane())
            wait = max(self._closed(host), self._wait(lane))
            if not wait:
                lane.sent.append(self.clock.now())
                self._requests += 1
            return wait

    def close_gate(self, account: str, seconds: float) -> None:
        """Let no request of an account out for so many seconds: the API said so (429)."""
        with self._lock:
            lane = self._lanes.setdefault(account, _Lane())
            lane.closed_until = max(lane.closed_until, self.clock.now() + seconds)

    def may_retry(self) -> bool:
        """Count one retry, if the run may have another: a tenth of its requests, and at least 6."""
        with self._lock:
            if self._retries >= max(_RETRIES_AT_LEAST, int(self._requests * _RETRIES_PER_REQUEST)):
                return False
            self._retries += 1
            return True

    def refund_retries(self, count: int) -> None:
        """Take back retries that only waited as the API had asked, and then succeeded."""
        with self._lock:
            self._retries -= count

    def reached(self, host: str) -> None:
        """Remember that a host answered."""
        with self._lock:
            breaker = self._breakers.pop(host, None)
            self._stopped += self._held(breaker, self.clock.now()) if breaker else 0.0

    def missed(self, host: str) -> None:
        """Remember that a host could not be reached; some in a row open its breaker."""
        with self._lock:
            breaker = self._breakers.setdefault(host, _Breaker())
            breaker.failures += 1
            if breaker.failures >= _FAILURES_THAT_OPEN:
                now = self.clock.now()
                breaker.open_until = now + _OPEN_SECONDS
                breaker.down_since = now if breaker.down_since is None else breaker.down_since

    def _is_down(self, host: str) -> bool:
        with self._lock:
            return host in self._breakers and self._breakers[host].down_since is not None

    def _held(self, breaker: _Breaker, now: float) -> float:
        """Return for how long requests have been waiting for a host."""
        since = now if breaker.down_since is None else breaker.down_since
        return max(0.0, min(now, self._holds_until) - since)

    def _closed(self, host: str) -> float:
        """Return the seconds for which nobody tries a host; after them a single request goes first, while others wait.

        Raises:
            Unreachable: Nobody tries it, and requests do not wait for that to change.
        """
        breaker = self._breakers.get(host)
        if breaker is None or breaker.failures < _FAILURES_THAT_OPEN:
            return 0.0
        now = self.clock.now()
        if breaker.open_until > now and not self.holds:
            message = f"{host} was not tried: it could not be reached {breaker.failures} times in a row"
            raise Unreachable(message)
        if breaker.open_until <= now and self.holds:
            breaker.open_until = now + _OPEN_SECONDS  # the others wait for what this one finds
            return 0.0
        return max(0.0, min(breaker.open_until - now, _LOOK_AGAIN))

    def _wait(self, lane: _Lane) -> float:
        """Return the seconds until a lane lets its next request out."""
        now = self.clock.now()
        limits = (*self._limits, *lane.limits)
        full = (limit for limit in limits if len(lane.sent) >= limit.requests)
        free_at = max((lane.sent[-limit.requests] + limit.seconds for limit in full), default=0.0)
        return max(0.0, lane.closed_until - now, free_at - now)
