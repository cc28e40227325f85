"""Answers for ended months of histories, kept between runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from reportgen.connect.answers_folder import AnswerFolder, StoredAnswer
from reportgen.connect.event_loop import run
from reportgen.connect.kept_buckets import UNUSED, KeptBuckets
from reportgen.connect.payload_sources import Payload, PayloadSource
from reportgen.connect.request_counts import Tally
from reportgen.periods import Period, Window
from reportgen.queries import Failure
from tests.connect.asking import CLICKS, REPLIES, FakeClock, asked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.connect.payload_sources import Outcome
    from reportgen.queries import AccountFacts, Query

AUGUST = Window(Period(date(2026, 8, 1), date(2026, 8, 31)))
KEPT, ANEW = replace(asked(REPLIES, window=AUGUST), is_kept=True), asked(CLICKS)


class Counted(PayloadSource):
    """A source that answers every query with a value, and counts what it is asked for."""

    def __init__(self, value: float | str | None = 5, outcome: Outcome | None = None) -> None:
        """Answer with a value, or as is said."""
        self.asked: list[Query] = []
        self._outcome: Outcome = outcome or Payload({"values": value})

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Answer."""
        self.asked += queries
        return dict.fromkeys(queries, self._outcome)

    async def fetch_account_facts(self) -> Mapping[str, AccountFacts]:
        """Return none."""
        return {}


def kept(  # noqa: PLR0913 - each is what a test is about
    source: Counted,
    folder: Path,
    clock: FakeClock,
    *,
    renews: bool = False,
    keeps: bool = True,
    key: str = "tokens",
) -> tuple[KeptBuckets, Tally]:
    """Return a source that keeps the answers of another."""
    tally = Tally()
    return KeptBuckets(source, folder, key, renews=renews, keeps=keeps, clock=clock, tally=tally), tally


def test_an_ended_month_is_asked_once(tmp_path: Path) -> None:
    """The next run asks for the rest alone, and has the same answer."""
    clock, first, second = FakeClock(), Counted(), Counted()
    run(kept(first, tmp_path, clock)[0].fetch_payloads([KEPT, ANEW]))
    again, tally = kept(second, tmp_path, clock)
    assert run(again.fetch_payloads([KEPT, ANEW])) == {KEPT: Payload({"values": 5}), ANEW: Payload({"values": 5})}
    assert (first.asked, second.asked, tally.reused) == ([KEPT, ANEW], [ANEW], 1)


def test_without_a_history_nothing_is_made(tmp_path: Path) -> None:
    """No folder and no file."""
    run(kept(Counted(), tmp_path / "buckets", FakeClock())[0].fetch_payloads([ANEW]))
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_its_owners_alone(tmp_path: Path) -> None:
    """Mode 0700, and files 0600."""
    run(kept(Counted(), tmp_path / "buckets", FakeClock())[0].fetch_payloads([KEPT]))
    (folder,) = (tmp_path / "buckets").iterdir()
    (file,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


def test_answers_never_cross_tokens(tmp_path: Path) -> None:
    """Another customer is asked for itself."""
    clock, other = FakeClock(), Counted(7)
    run(kept(Counted(), tmp_path, clock)[0].fetch_payloads([KEPT]))
    assert run(kept(other, tmp_path, clock, key="others")[0].fetch_payloads([KEPT])) == {KEPT: Payload({"values": 7})}
    assert other.asked == [KEPT]


REFUSED: dict[str, JsonValue] = {"type": "error", "code": "expired_token", "message": "Reconnect"}
NO_DATA: dict[str, JsonValue] = {"type": "warning", "code": "no_data_in_period", "message": "There is no data"}


@pytest.mark.parametrize(
    "outcome",
    [Failure("failed", "slow"), Payload(REFUSED), Payload({"values": "1.234,5"}), Payload(None)],
    ids=["request", "metric", "text", "null"],
)
@pytest.mark.parametrize("renews", [False, True])
def test_what_failed_is_not_kept(tmp_path: Path, outcome: Outcome, *, renews: bool) -> None:
    """It is asked again, also where the API reports the failure in place of the answer, and replaces no answer."""
    clock, again = FakeClock(), Counted()
    run(kept(Counted(outcome=outcome), tmp_path, clock, renews=renews)[0].fetch_payloads([KEPT]))
    source, _ = kept(again, tmp_path, clock)
    run(source.fetch_payloads([KEPT]))
    assert again.asked == [KEPT]
    assert not source.cautions()
    run(kept(Counted(outcome=outcome), tmp_path, clock, renews=True)[0].fetch_payloads([KEPT]))
    assert run(kept(Counted(6), tmp_path, clock)[0].fetch_payloads([KEPT])) == {KEPT: Payload({"values": 5})}


def test_what_was_kept_of_a_failure_is_asked_again(tmp_path: Path) -> None:
    """A folder of an earlier version may hold one."""
    clock, again = FakeClock(), Counted()
    run(kept(Counted(), tmp_path, clock)[0].fetch_payloads([KEPT]))
    (folder,) = tmp_path.iterdir()
    AnswerFolder(folder).store(KEPT.digest, KEPT, StoredAnswer(Payload(REFUSED)))
    run(kept(again, tmp_path, clock)[0].fetch_payloads([KEPT]))
    assert again.asked == [KEPT]


def test_a_month_without_data_is_kept(tmp_path: Path) -> None:
    """An account that is younger than its history is asked once."""
    clock, again = FakeClock(), Counted()
    run(kept(Counted(outcome=Payload(NO_DATA)), tmp_path, clock)[0].fetch_payloads([KEPT]))
    run(kept(again, tmp_path, clock)[0].fetch_payloads([KEPT]))
    assert again.asked == []


def test_what_is_not_used_is_pruned(tmp_path: Path) -> None:
    """35 days after it was last used, and not before; each use counts, and so do other customers' folders."""
    clock = FakeClock()
    run(kept(Counted(), tmp_path, clock)[0].fetch_payloads([KEPT]))
    run(kept(Counted(), tmp_path, clock, key="gone")[0].fetch_payloads([KEPT]))
    for days, asks in ((34, 0), (68, 0), (104, 1)):
        clock.seconds = timedelta(days=days).total_seconds()
        source = Counted()
        run(kept(source, tmp_path, clock)[0].fetch_payloads([KEPT]))
        assert (days, len(source.asked)) == (days, asks)
    assert timedelta(days=35) == UNUSED
    assert len(list(tmp_path.iterdir())) == 1


def test_a_damaged_answer_is_asked_again(tmp_path: Path) -> None:
    """And a warning names its file."""
    clock, again = FakeClock(), Counted(6)
    run(kept(Counted(), tmp_path, clock)[0].fetch_payloads([KEPT]))
    (path,) = next(tmp_path.iterdir()).iterdir()
    path.write_text(path.read_text().replace('"values":5', '"values":9'))
    source, _ = kept(again, tmp_path, clock)
    assert run(source.fetch_payloads([KEPT])) == {KEPT: Payload({"values": 6})}
    (caution,) = source.cautions()
    assert (caution.code, str(path) in caution.text) == ("W-CACHE", True)
    assert AnswerFolder(path.parent).read(KEPT.digest)


@pytest.mark.parametrize(("now", "restated"), [(5, False), ("5", False), (5.0, False), (6, True), (None, True)])
def test_a_restated_month_is_said(tmp_path: Path, now: float | str | None, *, restated: bool) -> None:
    """Asked anew on purpose, a month whose value is another is a warning with both values; the new one is used."""
    clock = FakeClock()
    run(kept(Counted(), tmp_path, clock)[0].fetch_payloads([KEPT]))
    source, tally = kept(Counted(now), tmp_path, clock, renews=True)
    assert run(source.fetch_payloads([KEPT])) == {KEPT: Payload({"values": now})}
    assert tally.reused == 0
    texts = [caution.text for caution in source.cautions() if caution.code == "W-RESTATED"]
    words = f"ig:story_replies of 2026-08-01..2026-08-31 was 5 and is {now} now"
    assert [text.startswith(words) for text in texts] == ([True] if restated else [])


def test_a_look_leaves_what_is_kept(tmp_path: Path) -> None:
    """It tells of restated months, as the report that is made after it does; where nothing is kept it makes no file."""
    clock, root = FakeClock(), tmp_path / "kept"
    run(kept(Counted(6), root, clock, renews=True, keeps=False)[0].fetch_payloads([KEPT]))
    assert not root.exists()
    run(kept(Counted(), root, clock)[0].fetch_payloads([KEPT]))
    before = {path: path.read_bytes() for path in root.rglob("*.json")}
    for keeps in (False, True):
        source, _ = kept(Counted(6), root, clock, renews=True, keeps=keeps)
        assert run(source.fetch_payloads([KEPT])) == {KEPT: Payload({"values": 6})}
        assert [caution.code for caution in source.cautions()] == ["W-RESTATED"]
        assert (before == {path: path.read_bytes() for path in root.rglob("*.json")}) is not keeps
