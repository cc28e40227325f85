"""The API of a bad night: each account answers its own canaries, or fails as the night says."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from tests.canaries import TOKEN
from tests.chaos.agency import account, customer_token, label, value
from tests.faultserver import Reset, json_reply, payload_of, raw_reply

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pydantic import JsonValue

    from tests.chaos.agency import Agency
    from tests.faultserver import Fault, Hit

    Answer: TypeAlias = Callable[[int, Hit], Fault]

SETTINGS = "/api/merchants/settings"
_ROWS = 3
_UNBOUND = {"rate_limit_per_minute": "1000000", "rate_limit_per_second": "100000"}


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to fail, and what a run tells of it.

    Attributes:
        answer: What the account's requests get.
        state: How the report ends.
        code: The class of the failure, or the code of the caution.
        words: Part of what is said.
        careful: Whether only a client whose reach is required is hit like this.
    """

    answer: Answer
    state: str
    code: str
    words: str
    careful: bool = False


def good(number: int, hit: Hit) -> Fault:
    """Answer all metrics with the client's canaries."""
    return json_reply(payload_of(hit, lambda metric: canaries(number, str(metric["component"]))))


def canaries(number: int, component: str) -> JsonValue:
    """Return the answer to one metric."""
    names = [f"{label(number)} place {at}" for at in range(_ROWS)]
    if component == "chart_v1":
        data: list[JsonValue] = [value(number, 210 + at) for at in range(1, _ROWS + 1)]
        return {"labels": list(names), "values": [{"data": data}]}
    if component == "datatable_v1":
        rows: list[JsonValue] = [
            [name, value(number, 310 + at), value(number, 410 + at)] for at, name in enumerate(names, 1)
        ]
        return {"values": rows}
    return {"values": value(number, 111)}


def _without_reach(answer: JsonValue) -> Answer:
    """Answer all but the reach well; `answer` stands in its place, None leaves it out."""

    def fault(number: int, hit: Hit) -> Fault:
        payload = payload_of(hit, lambda metric: canaries(number, str(metric["component"])))
        for metric in hit.metrics:
            if metric["reference_key"] == "ig:reach":
                payload.pop(str(metric["id"])) if answer is None else payload.update({str(metric["id"]): answer})
        return json_reply(payload)

    return fault


def _of_another(number: int, hit: Hit) -> Fault:
    """Answer with another client's ids and values, as an API that mixes up its answers would."""
    other = payload_of(hit, lambda metric: canaries(number + 1, str(metric["component"])))
    return json_reply({account(number + at): answer for at, answer in enumerate(other.values(), 1)})


def _always(fault: Fault) -> Answer:
    return lambda _number, _hit: fault


_BROKEN: JsonValue = {"message": "The pump is broken", "type": "internal_error"}
_EXPIRED: JsonValue = {"message": "Connect it again", "type": "expired_token"}
_PAGE = raw_reply(b"<!doctype html><title>Please log in</title>", media="text/html")
_REFUSED = json_reply({"message": "Invalid Customer Token"}, 401)
_HALF = raw_reply(b'{"half": [1, ')

KINDS: dict[str, Kind] = {
    "refused token": Kind(_always(_REFUSED), "failed", "AuthenticationFailed", "refused the tokens"),
    "403": Kind(_always(json_reply({"message": "No"}, 403)), "held", "W-FAILED", "answered 403"),
    "404": Kind(_always(json_reply({"message": "Gone"}, 404)), "held", "W-FAILED", "answered 404"),
    "422": Kind(_always(json_reply({"message": "Bad"}, 422)), "held", "W-FAILED", "answered 422"),
    "500 for ever": Kind(_always(json_reply({"message": "Oops"}, 500)), "held", "W-FAILED", "answered 500"),
    "a page": Kind(_always(_PAGE), "held", "W-FAILED", "text/html instead of JSON"),
    "half an answer": Kind(_always(_HALF), "held", "W-FAILED", "not strict JSON"),
    "nothing": Kind(_always(raw_reply(b"", media="")), "held", "W-FAILED", "nothing in it"),
    "cut": Kind(_always(Reset(after_headers=True)), "held", "W-FAILED", "cut the connection"),
    "another's answer": Kind(_of_another, "held", "W-FAILED", "which was not asked for"),
    "a broken metric": Kind(_without_reach(_BROKEN), "degraded", "W-FAILED", "The pump is broken"),
    "an expired metric": Kind(_without_reach(_EXPIRED), "degraded", "W-EXPIRED", "Connect it again"),
    "an absent metric": Kind(_without_reach(None), "degraded", "W-NOT-RETURNED", "does not hold this metric"),
    "a required metric": Kind(_without_reach(_BROKEN), "held", "W-REQUIRE", "it is required", careful=True),
}


@dataclass(slots=True)
class Night:
    """Which account fails how.

    Attributes:
        agency: Whose accounts are asked.
        faults: Client -> name of a kind; healed where it is emptied.
        asked: How often each client's account was asked.
    """

    agency: Agency
    faults: dict[int, str] = field(default_factory=dict)
    asked: Counter[int] = field(default_factory=Counter)

    def script(self, hit: Hit) -> Fault:
        """Answer one request; a client's account that is asked with another's token is a defect, and fails the test."""
        assert hit.token == TOKEN
        if hit.path == SETTINGS:
            return json_reply({"merchant": {"name": "Agency", **_UNBOUND}})
        number = self.client_of(hit)
        assert hit.customer_token == customer_token(number)
        self.asked[number] += 1
        return KINDS[self.faults[number]].answer(number, hit) if number in self.faults else good(number, hit)

    def client_of(self, hit: Hit) -> int:
        """Return whose account a request asks."""
        body = json.loads(hit.raw)
        return self.agency.number_of[body["customer_integration"]]


def mixed(clients: Sequence[int], careful: Sequence[int]) -> dict[int, str]:
    """Return a fault for each of some clients, every kind in turn.

    Args:
        clients: Whom it hits.
        careful: Those of them whose reach is required.
    """
    ordinary = [name for name, kind in KINDS.items() if not kind.careful]
    special = [name for name, kind in KINDS.items() if kind.careful]
    plain = [one for one in clients if one not in careful]
    faults = {number: ordinary[at % len(ordinary)] for at, number in enumerate(plain)}
    return faults | {number: special[at % len(special)] for at, number in enumerate(careful)}
