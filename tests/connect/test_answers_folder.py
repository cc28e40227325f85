"""Recordings and the cache: what is kept, for whom, and what is used again."""

from __future__ import annotations

import stat
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from reportgen.connect import payload_sources
from reportgen.connect.answer_reading import read_answer
from reportgen.connect.answers_folder import AnswerFolder, Recording, Replay, StoredAnswer
from reportgen.connect.event_loop import run
from reportgen.connect.live_answers import AnswerStorage, live_answers
from reportgen.connect.payload_sources import Payload, PayloadSource, TypedAnswers
from reportgen.connect.rate_limits import Traffic
from reportgen.queries import AccountFacts, Failure, NumberAnswer, Source
from tests.canaries import CUSTOMER, MARK, TOKEN
from tests.connect.asking import ADS, CLICKS, GENDER, REPLIES, FakeClock, asked
from tests.faultserver import Fault, Hit, answer_all, answering, echoing, json_reply, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.connect import AnswerSource
    from reportgen.connect.payload_sources import Outcome
    from reportgen.queries import Answer, Query

HOUR = timedelta(hours=1)


def live(
    address: str, storage: AnswerStorage, clock: FakeClock | None = None, customer: str = CUSTOMER
) -> AnswerSource:
    """Return the API at an address, with something kept of it."""
    traffic = Traffic((), clock or FakeClock())
    return live_answers(address, SecretStr(TOKEN), SecretStr(customer), traffic=traffic, storage=storage)


def recorded(folder: Path, queries: Sequence[Query], planted: dict[str, JsonValue]) -> dict[Query, object]:
    """Record the answers of a server that plants some; returns them."""
    with serving(echoing(answering(planted))) as server:
        return dict(live(server.address, AnswerStorage(record=folder)).fetch(queries))


def test_a_replay_is_what_was_recorded(tmp_path: Path) -> None:
    """Answers and failures of every kind come back equal, without a server."""
    queries = [asked(REPLIES), asked(GENDER), asked(CLICKS), asked({**REPLIES, "reference_key": "bad"})]
    planted: dict[str, JsonValue] = {"bad": {"message": "no", "type": "no_data_in_period"}}
    before = recorded(tmp_path, queries, planted)
    assert TypedAnswers(Replay(tmp_path)).fetch(queries) == before


def test_a_failed_request_is_recorded_too(tmp_path: Path) -> None:
    """A replay fails where the run failed, with the same words."""
    with serving(lambda _: json_reply({"message": "m"}, 403)) as server:
        before = live(server.address, AnswerStorage(record=tmp_path)).fetch([asked(REPLIES)])
    assert TypedAnswers(Replay(tmp_path)).fetch([asked(REPLIES)]) == before


def test_nothing_secret_is_kept(tmp_path: Path) -> None:
    """S01, S04: no name and no content holds a token, though the server echoes both; folder and files are private."""
    folder = tmp_path / "kept"
    recorded(folder, [asked(REPLIES), asked(GENDER)], {})
    files = list(folder.iterdir())
    assert len(files) == 2
    assert not any(MARK in path.name + path.read_text() for path in files)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_two_aliases_share_a_file(tmp_path: Path) -> None:
    """The same question under another alias is the same file."""
    one = asked(REPLIES)
    two = asked(REPLIES, source=Source("again", one.source.integration, one.source.uuid))
    recorded(tmp_path, [one, two], {})
    assert len(list(tmp_path.iterdir())) == 1
    assert len(TypedAnswers(Replay(tmp_path)).fetch([one, two])) == 2


def test_what_was_not_recorded_is_not_returned(tmp_path: Path) -> None:
    """A query without a file names the file and the question."""
    query = asked(REPLIES)
    (answer,) = TypedAnswers(Replay(tmp_path)).fetch([query]).values()
    name = query.digest.removeprefix("sha256:")
    assert answer == Failure(
        "not_returned", f"the recording has no {name}.json, for ig:story_replies of instagram, 2026-10-01..2026-10-31"
    )


def test_what_nobody_asks_for_is_named(tmp_path: Path) -> None:
    """A file of another report is a warning."""
    recorded(tmp_path, [asked(REPLIES), asked(GENDER)], {})
    replay = TypedAnswers(Replay(tmp_path))
    replay.fetch([asked(REPLIES)])
    (caution,) = replay.cautions()
    assert (caution.code, asked(GENDER).digest[7:] in caution.text) == ("W-UNUSED", True)


@pytest.mark.parametrize(
    "name", ["Reels \ud83d", "\\\ud83d", "caf\u00e9 \U0001f4a5"], ids=["half", "behind a backslash", "whole"]
)
def test_a_name_cut_within_an_emoji_is_kept(tmp_path: Path, name: str) -> None:
    """Half of a pair of surrogates, which JSON may hold and UTF-8 may not, comes back as it was."""
    query, payload = asked(REPLIES), Payload({"values": [[name, 1]]})
    files = AnswerFolder(tmp_path)
    files.store(query.digest, query, StoredAnswer(payload))
    assert files.read(query.digest) == StoredAnswer(payload)


@given(st.data())
def test_a_flipped_bit_is_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """F16: whichever byte of a kept answer changes, a replay fails that metric and names the file."""
    folder = tmp_path_factory.mktemp("flipped")
    query = asked(REPLIES)
    files = AnswerFolder(folder)
    files.store(query.digest, query, StoredAnswer(Payload({"values": 55645})))
    path = files.path(query.digest)
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 2))  # the last one is a line break
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content)
    (answer,) = TypedAnswers(Replay(folder)).fetch([query]).values()
    assert isinstance(answer, Failure)
    assert answer.missing == "failed"
    assert path.name in answer.reason


@pytest.mark.parametrize(
    "failed",
    [
        lambda _hit: json_reply({"message": "m"}, 403),
        lambda hit: answer_all(hit, lambda _: {"type": "error", "code": "expired_token", "message": "m"}),
    ],
    ids=["request", "metric"],
)
def test_fresh_answers_are_used_again(tmp_path: Path, failed: Callable[[Hit], Fault]) -> None:
    """N30: a second run asks only for what has not been answered before."""
    clock = FakeClock()
    storage = AnswerStorage(fresh=HOUR, state=tmp_path)

    def script(hit: Hit) -> Fault:
        failing = isinstance(hit.body, dict) and hit.body["customer_integration"] == ADS.uuid and len(server.hits) < 3
        return failed(hit) if failing else answer_all(hit)

    queries = [asked(REPLIES), asked(REPLIES, source=ADS)]
    with serving(script) as server:
        first = live(server.address, storage, clock).fetch(queries)
        second = live(server.address, storage, clock).fetch(queries)
        third = live(server.address, storage, clock).fetch(queries)
    assert [isinstance(answer, Failure) for answer in first.values()] == [False, True]
    assert second == third == dict.fromkeys(queries, NumberAnswer(1))
    asked_for = [str(hit.body["customer_integration"]) for hit in server.hits if isinstance(hit.body, dict)]
    assert sorted(asked_for[:2]) == sorted(query.source.uuid for query in queries)
    assert asked_for[2:] == [ADS.uuid]


def test_an_answer_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store judges the answer that the report is then made of: a large table is not read twice."""
    read: list[Query] = []

    def counted(query: Query, payload: JsonValue) -> Answer:
        read.append(query)
        return read_answer(query, payload)

    monkeypatch.setattr(payload_sources, "read_answer", counted)
    with serving(echoing(answering({}))) as server:
        live(server.address, AnswerStorage(fresh=HOUR, state=tmp_path)).fetch([asked(REPLIES), asked(GENDER)])
    assert read == [asked(REPLIES), asked(GENDER)]


def test_an_old_answer_is_asked_again(tmp_path: Path) -> None:
    """An answer is used until its time is over, and one from the future is none."""
    clock = FakeClock()
    with serving(answer_all) as server:
        for seconds, hits in ((0, 1), (3599, 1), (3600, 2), (0, 3)):
            clock.seconds = seconds
            live(server.address, AnswerStorage(fresh=HOUR, state=tmp_path), clock).fetch([asked(REPLIES)])
            assert len(server.hits) == hits


def test_another_customer_has_its_own_answers(tmp_path: Path) -> None:
    """P22: what was answered to one customer's token is never given to another's."""
    with serving(answer_all) as server:
        for customer in (CUSTOMER, f"{CUSTOMER}-2", CUSTOMER):
            live(server.address, AnswerStorage(fresh=HOUR, state=tmp_path), customer=customer).fetch([asked(REPLIES)])
    assert [hit.customer_token for hit in server.hits] == [CUSTOMER, f"{CUSTOMER}-2"]


@pytest.mark.parametrize("damage", [lambda text: text[:40], lambda text: text.replace('"values":1', '"values":9')])
def test_a_damaged_entry_is_asked_again(tmp_path: Path, damage: object) -> None:
    """F16: a truncated or changed entry is not used; it is fetched again, kept again, and a warning names it."""
    assert callable(damage)
    storage = AnswerStorage(fresh=HOUR, state=tmp_path)
    with serving(answer_all) as server:
        live(server.address, storage).fetch([asked(REPLIES)])
        (path,) = (tmp_path / "cache").iterdir()
        path.write_text(damage(path.read_text()))
        again = live(server.address, storage)
        assert list(again.fetch([asked(REPLIES)]).values()) == [NumberAnswer(1)]
        (caution,) = again.cautions()
        assert (caution.code, str(path) in caution.text) == ("W-CACHE", True)
        live(server.address, storage).fetch([asked(REPLIES)])
    assert len(server.hits) == 2


class Facts(PayloadSource):
    """A source that knows accounts, and has no answer."""

    def __init__(self, facts: Mapping[str, AccountFacts]) -> None:
        """Know these."""
        self._facts = facts

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Return a failure for each."""
        return dict.fromkeys(queries, Failure("not_returned", ""))

    async def fetch_account_facts(self) -> Mapping[str, AccountFacts]:
        """Return them."""
        return self._facts


def test_names_and_currencies_are_recorded(tmp_path: Path) -> None:
    """The asked accounts' names and currencies are replayed as they were told, and no other's are stored."""
    facts = {ADS.uuid: AccountFacts("Bakery", "USD"), "4addc0da-8583-4dbb-a0e9-c7e2e8470f50": AccountFacts("Rival")}
    recording = Recording(Facts(facts), tmp_path)
    run(recording.fetch_payloads([asked(REPLIES, ADS)]))
    run(recording.fetch_account_facts())
    replay = Replay(tmp_path)
    assert run(replay.fetch_account_facts()) == {ADS.uuid: facts[ADS.uuid]}
    assert run(replay.fetch_payloads([asked(REPLIES, ADS)])) == {asked(REPLIES, ADS): Failure("not_returned", "")}
    assert replay.cautions() == ()
    assert not [path for path in tmp_path.iterdir() if "Rival" in path.read_text()]
