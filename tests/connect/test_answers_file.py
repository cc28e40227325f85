"""Tests of reportgen.connect.answers_file."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.connect.answers_file import RecordedAnswers
from reportgen.errors import SpecError
from reportgen.periods import Period, Window
from reportgen.queries import ChartAnswer, Failure, NumberAnswer, TableAnswer
from tests.connect.asking import ADS, CLICKS, COMPARED, GENDER, OCTOBER, REPLIES, SEPTEMBER, asked

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import JsonValue

PARTS = {OCTOBER.dates: "current", SEPTEMBER.dates: "baseline"}
PAGE = """{
  "f35a44ce-dac5-4188-aace-5c44a8952176": {
    "values": 55645,
    "comparison": {"values": null, "difference": null, "absoluteDifference": null}
  },
  "3051ed66-a05c-462a-aece-e1d900e78b02": {
    "labels": ["Male", "Female", "Unknown"],
    "values": [{"data": [12628, 8815, 2745]}]
  },
  "b3a949ac-f6ae-4bd1-bb90-1e8e0cbe8ed5": {
    "values": [
      ["Email", 2, 0.0002254283137962128],
      ["Websites", 428, 0.04824165915238954],
      ["Total", 430, 0.048467087466185756]
    ]
  }
}"""


def file_of(folder: Path, payload: JsonValue) -> Path:
    """Write a payload as a file."""
    path = folder / "answers.json"
    path.write_text(json.dumps(payload), encoding="utf-8")
    return path


def test_the_api_pages_own_response(tmp_path: Path) -> None:
    """The reference page's response, saved as it is, answers its three metrics by their ids."""
    path = tmp_path / "page.json"
    path.write_text(PAGE, encoding="utf-8")
    number, chart, table = asked(REPLIES), asked(GENDER), asked(CLICKS)
    source = RecordedAnswers.from_file(
        path,
        {
            number: ["f35a44ce-dac5-4188-aace-5c44a8952176"],
            chart: ["3051ed66-a05c-462a-aece-e1d900e78b02"],
            table: ["b3a949ac-f6ae-4bd1-bb90-1e8e0cbe8ed5"],
        },
        PARTS,
    )
    assert source.fetch([number, chart, table]) == {
        number: NumberAnswer(55645),
        chart: ChartAnswer(("Male", "Female", "Unknown"), ((12628, 8815, 2745),)),
        table: TableAnswer(
            (
                ("Email", 2, 0.000225428313796213),
                ("Websites", 428, 0.0482416591523895),
                ("Total", 430, 0.0484670874661858),
            )
        ),
    }
    assert source.unused == ()


ONE: dict[str, JsonValue] = {"values": 1}
TWO: dict[str, JsonValue] = {"values": 2}


@pytest.mark.parametrize(
    "payload",
    [
        {"replies": ONE, "clicks": TWO},
        {"data": {"replies": ONE, "clicks": TWO}},
        {"instagram": {"replies": ONE}, "ads": {"clicks": TWO}},
        {"instagram": {"replies": ONE}, "clicks": TWO},
        {"current": {"replies": ONE, "clicks": TWO}, "baseline": {}},
        {"current": {"instagram": {"replies": ONE}, "ads": {"clicks": TWO}}},
        {"instagram": {"current": {"replies": ONE}}, "ads": {"data": {"clicks": TWO}}},
        {"data": {"current": {"replies": ONE, "clicks": TWO}}},
    ],
)
def test_every_shape_of_the_file(tmp_path: Path, payload: JsonValue) -> None:
    """By id, by alias and id, by part, and enveloped: the same answers."""
    first, second = asked(REPLIES), asked(REPLIES, source=ADS)
    source = RecordedAnswers.from_file(file_of(tmp_path, payload), {first: ["replies"], second: ["clicks"]}, PARTS)
    assert source.fetch([first, second]) == {first: NumberAnswer(1), second: NumberAnswer(2)}
    assert source.unused == ()


def test_one_id_under_two_sources(tmp_path: Path) -> None:
    """Under its alias the same id is another answer for each source."""
    first, second = asked(REPLIES), asked(REPLIES, source=ADS)
    path = file_of(tmp_path, {"instagram": {"x": ONE}, "ads": {"x": TWO}})
    source = RecordedAnswers.from_file(path, {first: ["x"], second: ["x"]}, PARTS)
    assert source.fetch([first, second]) == {first: NumberAnswer(1), second: NumberAnswer(2)}


@pytest.mark.parametrize("name", ["instagram", "current", "data"])
def test_a_block_may_be_called_like_a_group(tmp_path: Path, name: str) -> None:
    """An answer is known by its shape, whatever its name."""
    query = asked(REPLIES)
    source = RecordedAnswers.from_file(file_of(tmp_path, {name: ONE}), {query: [name]}, PARTS)
    assert source.fetch([query]) == {query: NumberAnswer(1)}


def test_one_question_has_one_answer(tmp_path: Path) -> None:
    """Two names of one query may say the same; where they differ, neither is used in silence."""
    query = asked(REPLIES)
    same = RecordedAnswers.from_file(file_of(tmp_path, {"name": ONE, "id": ONE}), {query: ["id", "name"]}, PARTS)
    assert same.fetch([query]) == {query: NumberAnswer(1)}
    other = RecordedAnswers.from_file(file_of(tmp_path, {"name": TWO, "id": ONE}), {query: ["id", "name"]}, PARTS)
    with pytest.raises(SpecError, match="'id' and 'name' are one question"):
        other.fetch([query])


def test_a_baseline_gives_the_comparison(tmp_path: Path) -> None:
    """A number without a comparison of its own is compared with the file's baseline."""
    query = asked(REPLIES, window=COMPARED)
    path = file_of(tmp_path, {"current": {"x": ONE}, "baseline": {"x": TWO}})
    assert RecordedAnswers.from_file(path, {query: ["x"]}, PARTS).fetch([query]) == {query: NumberAnswer(1, 2)}


def test_a_numbers_own_comparison_wins(tmp_path: Path) -> None:
    """The comparison that the API sent with a number is not replaced."""
    query = asked(REPLIES, window=COMPARED)
    own: JsonValue = {"values": 1, "comparison": {"values": 9}}
    path = file_of(tmp_path, {"current": {"x": own}, "baseline": {"x": TWO}})
    assert RecordedAnswers.from_file(path, {query: ["x"]}, PARTS).fetch([query]) == {query: NumberAnswer(1, 9)}


def test_no_comparison_without_a_compared_period(tmp_path: Path) -> None:
    """Where the report compares nothing, the file's baseline is left alone."""
    query = asked(REPLIES)
    path = file_of(tmp_path, {"current": {"x": ONE}, "baseline": {"x": TWO}})
    assert RecordedAnswers.from_file(path, {query: ["x"]}, PARTS).fetch([query]) == {query: NumberAnswer(1)}


def test_compared_days_come_from_the_baseline(tmp_path: Path) -> None:
    """A chart of the compared days is answered from the baseline part, never from the current one."""
    now, then = asked(GENDER), asked(GENDER, window=Window(SEPTEMBER))
    chart: JsonValue = {"labels": ["Male"], "values": [{"data": [1]}]}
    before: JsonValue = {"labels": ["Male"], "values": [{"data": [2]}]}
    path = file_of(tmp_path, {"current": {"x": chart}, "baseline": {"x": before}})
    keys = {now: ["x"], then: ["x"]}
    assert RecordedAnswers.from_file(path, keys, PARTS).fetch([now, then]) == {
        now: ChartAnswer(("Male",), ((1,),)),
        then: ChartAnswer(("Male",), ((2,),)),
    }
    only = RecordedAnswers.from_file(file_of(tmp_path, {"x": chart}), keys, PARTS).fetch([then])[then]
    assert isinstance(only, Failure)
    assert only.missing == "not_requested"


def test_other_days_stand_under_their_dates(tmp_path: Path) -> None:
    """Days of a block's own are answered under their dates; under none they are not requested, never October's."""
    august = Window(Period(date(2026, 8, 1), date(2026, 8, 31)))
    now, then, other = asked(REPLIES), asked(REPLIES, window=august), asked(CLICKS, window=august)
    path = file_of(tmp_path, {"x": ONE, "y": ONE, "2026-08-01..2026-08-31": {"instagram": {"x": TWO}}})
    source = RecordedAnswers.from_file(path, {now: ["x"], then: ["x"], other: ["y"]}, PARTS)
    assert source.unused == ()
    assert source.fetch([now, then, other]) == {
        now: NumberAnswer(1),
        then: NumberAnswer(2),
        other: Failure("not_requested", f"{path} has no answer for 2026-08-01..2026-08-31"),
    }


def test_dates_go_before_the_words(tmp_path: Path) -> None:
    """The report's own days may stand under their dates too, also as what a number is compared with."""
    query = asked(REPLIES, window=COMPARED)
    path = file_of(tmp_path, {OCTOBER.dates: {"x": ONE}, SEPTEMBER.dates: {"x": TWO}})
    assert RecordedAnswers.from_file(path, {query: ["x"]}, PARTS).fetch([query]) == {query: NumberAnswer(1, 2)}


def test_a_failed_baseline_is_not_read_as_no_data(tmp_path: Path) -> None:
    """Where the compared number failed, that is why it is missing."""
    query = asked(REPLIES, window=COMPARED)
    failed: JsonValue = {"message": "reconnect", "type": "expired_token"}
    path = file_of(tmp_path, {"current": {"x": ONE}, "baseline": {"x": failed}})
    answer = RecordedAnswers.from_file(path, {query: ["x"]}, PARTS).fetch([query])[query]
    assert answer == NumberAnswer(1, baseline_missing="expired")


def test_an_absent_answer_is_not_returned(tmp_path: Path) -> None:
    """A query that the file does not have is not returned, with the names that were looked for."""
    query, unknown = asked(REPLIES), asked(CLICKS)
    source = RecordedAnswers.from_file(file_of(tmp_path, {}), {query: ["id", "name"]}, PARTS)
    name = tmp_path / "answers.json"
    assert source.fetch([query, unknown]) == {
        query: Failure("not_returned", f"{name} has no answer under 'id' or 'name'"),
        unknown: Failure("not_returned", f"{name} has no answer under a name"),
    }


def test_what_nobody_asks_for_is_listed(tmp_path: Path) -> None:
    """Answers without a query are listed once, with their alias, in the file's order."""
    payload: JsonValue = {
        "current": {"z": ONE, "x": ONE, "instagram": {"y": ONE}, "facebook": {"x": ONE}},
        "baseline": {"z": ONE, "x": ONE},
    }
    source = RecordedAnswers.from_file(file_of(tmp_path, payload), {asked(REPLIES): ["x"]}, PARTS)
    assert source.unused == ("z", "instagram/y", "facebook")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'{\n  "a": {"values": 1},\n}', ":2:21: delete this comma: nothing follows it"),
        (b'{"a": 1,\n "a": 2}', ":2:2: the key 'a' stands twice in this object; keep one"),
        (b"[]", ":1:1: this must be an object of answers by id"),
        (b'{"a": "\xff"}', ":1:1: is not UTF-8; save the file as UTF-8"),
    ],
)
def test_a_wrong_file_is_told_with_its_place(tmp_path: Path, content: bytes, problem: str) -> None:
    """A file that is no strict JSON object is a problem with line and column."""
    path = tmp_path / "answers.json"
    path.write_bytes(content)
    with pytest.raises(SpecError) as raised:
        RecordedAnswers.from_file(path, {}, PARTS)
    assert str(raised.value) == f"{path}{problem}"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A file that is not there is a problem of the file as a whole."""
    with pytest.raises(SpecError, match="cannot be read: No such file"):
        RecordedAnswers.from_file(tmp_path / "none.json", {}, PARTS)
