"""The requests of an account: its rate limits, the pauses that the API asks for, and the rate that works after them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SLOWER, _FASTER = 1.15, 0.97  # factors of the gap between requests, after a refusal and after an answer
_STEADY = 60  # answers after a refusal during which the gap stays
_COUNTED_SECONDS = 60.0  # before a pause, in which answers are counted
_LOOK_AGAIN = 0.1  # seconds after which a waiting request looks whether the request before it was answered


@dataclass(frozen=True, slots=True)
class RateLimit:
    """A limit of an account's requests in a number of seconds.

    Attributes:
        requests: Most requests; at least 1.
        seconds: The time in which they may be sent.
    """

    requests: int
    seconds: float


@dataclass(slots=True)
class AccountTraffic:
    """The requests of an account's token.

    After a pause that the API asked for (429) a single request goes first, while the others wait for its answer. Then
    they follow each other in a gap, so that requests that waited together do not go out together: in the gap at which
    the API had answered before, which becomes longer with each further refusal, and shorter after many answers.

    Attributes:
        limits: Rates of this account alone.
    """

    limits: tuple[RateLimit, ...] = ()
    _sent: deque[float] = field(default_factory=lambda: deque(maxlen=10_000))  # when, the oldest first
    _answered: deque[float] = field(default_factory=lambda: deque(maxlen=1_000))  # when those were sent
    _closed_until: float = 0.0
    _paused_at: float | None = None
    _gap: float = 0.0
    _steady: int = 0  # answers until the gap becomes shorter
    _is_untried: bool = False  # since the last pause
    _trial: float | None = None  # when the request that goes first was sent

    def limit(self, limits: Iterable[RateLimit]) -> None:
        """Add limits."""
        self.limits = tuple(dict.fromkeys((*self.limits, *limits)))

    def seconds_to_send(self, shared: Iterable[RateLimit], now: float) -> float:
        """Return the seconds until the next request may go out.

        Args:
            shared: Limits that hold for every account.
            now: The time.
        """
        full = (limit for limit in (*shared, *self.limits) if len(self._sent) >= limit.requests)
        free_at = [self._closed_until, *(self._sent[-limit.requests] + limit.seconds for limit in full)]
        if self._gap and self._sent:
            free_at.append(self._sent[-1] + self._gap)
        if self._trial is not None:
            free_at.append(now + _LOOK_AGAIN)
        return max(0.0, max(free_at) - now)

    def seconds_of_pause(self, now: float) -> float:
        """Return the seconds that are left of a pause which the API asked for; 0 where there is none."""
        return max(0.0, self._closed_until - now)

    @property
    def is_tried(self) -> bool:
        """Whether the request that goes first after a pause is out."""
        return self._trial is not None

    def send(self, now: float) -> None:
        """Count a request that goes out."""
        self._sent.append(now)
        if self._is_untried:
            self._trial = now

    def pause(self, seconds: float, now: float, sent: float | None = None) -> None:
        """Pause the requests of the account, as the API asked.

        Args:
            seconds: How long.
            now: The time.
            sent: When the refused request was sent; None where that is not known.
        """
        self._closed_until = max(self._closed_until, now + seconds)
        if self._paused_at is not None and sent is not None and sent <= self._paused_at:
            return  # it was on its way already, and says nothing new of the rate
        self._paused_at, self._is_untried = now, True
        self._steady = _STEADY
        self._gap *= _SLOWER

    def end(self, sent: float, *, is_answered: bool) -> None:
        """Count the end of a request.

        Args:
            sent: When it was sent.
            is_answered: Whether the API answered it, without asking for a pause.
        """
        if is_answered:
            self._answered.append(sent)
            self._steady -= 1
            self._gap *= _FASTER if self._steady < 0 else 1.0
        if self._trial is None or sent < self._trial:
            return
        self._trial = None
        if is_answered:
            self._is_untried = False
            self._gap = self._gap or self._gap_before_pause(sent)

    def _gap_before_pause(self, tried: float) -> float:
        """Return the mean gap of the requests that were answered before the pause; 0 where none was.

        The pause belongs to their time, but no more than a minute of it: rates are of a minute or less, and a longer
        pause would leave the requests behind it almost as long a gap each.
        """
        until = self._paused_at or 0.0
        counted = [sent for sent in self._answered if until - _COUNTED_SECONDS < sent <= until]
        paused = min(tried - until, _COUNTED_SECONDS)
        return (until - min(counted) + paused) / len(counted) if counted else 0.0
