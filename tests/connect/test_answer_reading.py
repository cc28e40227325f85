"""Tests of reportgen.connect.answer_reading."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.connect.answer_reading import read_answer
from reportgen.queries import Answer, ChartAnswer, Failure, NumberAnswer, RichCell, TableAnswer
from tests.connect.asking import CLICKS, GENDER, REPLIES, asked

if TYPE_CHECKING:
    from pydantic import JsonValue

    from reportgen.queries import Query

NUMBER, CHART, TABLE = asked(REPLIES), asked(GENDER), asked(CLICKS)
NO_COMPARISON: JsonValue = {"values": None, "difference": None, "absoluteDifference": None}


def test_the_pages_number() -> None:
    """The API page's number is read, and its comparison of nulls is none."""
    assert read_answer(NUMBER, {"values": 55645, "comparison": NO_COMPARISON}) == NumberAnswer(55645)


def test_the_pages_chart() -> None:
    """The API page's chart is read."""
    payload: JsonValue = {"labels": ["Male", "Female", "Unknown"], "values": [{"data": [12628, 8815, 2745]}]}
    assert read_answer(CHART, payload) == ChartAnswer(("Male", "Female", "Unknown"), ((12628, 8815, 2745),))


def test_the_pages_table() -> None:
    """The API page's table is read, of each number the first 15 digits, its total row the last row."""
    payload: JsonValue = {
        "values": [
            ["Email", 2, 0.0002254283137962128],
            ["Websites", 428, 0.04824165915238954],
            ["Total", 430, 0.048467087466185756],
        ]
    }
    assert read_answer(TABLE, payload) == TableAnswer(
        (
            ("Email", 2, 0.000225428313796213),
            ("Websites", 428, 0.0482416591523895),
            ("Total", 430, 0.0484670874661858),
        )
    )


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        (0, 0),
        (-3, -3),
        (12.5, 12.5),
        (None, None),
        ("1500", 1500),
        ("12.5", 12.5),
        ("-3", -3),
        ("0", 0),
        ("2026-10-03", "2026-10-03"),
        ("2026-10-03T10:00:00", "2026-10-03T10:00:00"),
        ("2026-10-03 10:00:00", "2026-10-03 10:00:00"),
    ],
)
def test_single_values(sent: JsonValue, value: object) -> None:
    """Numbers, plain decimal strings, ISO days and null are values."""
    answer = read_answer(NUMBER, {"values": sent})
    assert answer == NumberAnswer(value)  # type: ignore[arg-type]  # object: the table mixes types


@pytest.mark.parametrize(
    "sent",
    [
        *("1,234", "1.234,5", "NaN", "Infinity", "1e5", "", " 1", "+1", "007", "1.", ".5", "12%", "٣", "2026-02-30"),
        *(True, False, [5], {"value": 5}, "20261003T", "9" * 400, "2026-10-03\n"),
    ],
)
def test_other_values_fail_and_are_named(sent: JsonValue) -> None:
    """What is no plain number is never guessed at; the reason says where it stands."""
    answer = read_answer(NUMBER, {"values": sent})
    assert isinstance(answer, Failure)
    assert (answer.missing, answer.reason.partition(", the API sent")[0]) == (
        "failed",
        "number_v1: expected a number at /values",
    )


def test_the_reason_shows_the_value() -> None:
    """The unparsable value itself is in the reason."""
    answer = read_answer(NUMBER, {"values": "1.234,5"})
    assert answer == Failure("failed", 'number_v1: expected a number at /values, the API sent "1.234,5"')


def test_a_numbers_comparison() -> None:
    """Previous value and the API's own differences are read, from strings too."""
    payload: JsonValue = {
        "values": "50",
        "comparison": {"values": "40", "difference": 25.0, "absoluteDifference": "10"},
    }
    assert read_answer(NUMBER, payload) == NumberAnswer(50, 40, 25.0, 10)


@pytest.mark.parametrize("comparison", [None, [], {}])
def test_no_comparison(comparison: JsonValue) -> None:
    """Null and PHP's two empty objects are no comparison."""
    assert read_answer(NUMBER, {"values": 1, "comparison": comparison}) == NumberAnswer(1)


@pytest.mark.parametrize(
    ("comparison", "place"),
    [({"values": "1,5"}, "/comparison/values"), ({"values": "-"}, "/comparison/values"), ("n/a", "/comparison")],
)
def test_a_mistyped_baseline_costs_the_comparison_alone(comparison: JsonValue, place: str) -> None:
    """The number stands; its baseline is not taken for one that the source has not, and staff are told."""
    answer = read_answer(NUMBER, {"values": 1, "comparison": comparison})
    assert isinstance(answer, NumberAnswer)
    assert (answer.value, answer.baseline, answer.baseline_missing) == (1, None, "failed")
    (caution,) = answer.cautions
    assert (caution.code, f"at {place}, the API sent" in caution.text) == ("W-TEXT", True)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (0.30000000000000004, 0.3),
        (1234.5600000000002, 1234.56),
        ("0.1000000000000000055", 0.1),
        (9007199254740993, 9007199254740993),
        (1e308, 1e308),
        (0.1 + 0.7, 0.8),
    ],
)
def test_the_first_fifteen_digits_are_read(sent: JsonValue, read: float) -> None:
    """What floating point adds behind them is no figure of the source; whole numbers have all of theirs."""
    assert read_answer(NUMBER, {"values": sent}) == NumberAnswer(read)
    assert read_answer(CHART, {"labels": ["a"], "values": [{"data": [sent]}]}) == ChartAnswer(("a",), ((read,),))
    table = read_answer(TABLE, {"values": [["A", sent]]})
    assert isinstance(table, TableAnswer)
    assert table.rows == (("A", read),)


def test_headers_say_the_order_of_columns() -> None:
    """A table whose headers name the columns in another order is put in that of the question."""
    query = asked({**CLICKS, "dimensions": ["campaign"], "metrics": ["clicks", "cost"]})
    sent: JsonValue = {"headers": {"cost": {}, "campaign": {}, "clicks": {}}, "values": [[10.5, "A", 3], ["odd"]]}
    table = read_answer(query, sent)
    assert isinstance(table, TableAnswer)
    assert table.rows == (("A", 3, 10.5), ("odd",))


@pytest.mark.parametrize("message", ["There is no data", "There is no data."])
@pytest.mark.parametrize("more", [{}, {"type": "warning"}])
def test_the_warning_in_place_of_an_empty_table_is_no_failure(message: str, more: dict[str, JsonValue]) -> None:
    """A quiet month has no data; with another type it is an error."""
    answer = read_answer(TABLE, {"message": message, **more})
    assert isinstance(answer, Failure)
    assert answer.missing == "no_data"
    failed = read_answer(TABLE, {"message": message, "type": "internal_error"})
    assert isinstance(failed, Failure)
    assert failed.missing == "failed"


def test_a_text_among_the_points_of_a_chart_is_a_gap() -> None:
    """As in a table it is a missing value, and staff are told; a chart of texts alone fails."""
    chart = read_answer(CHART, {"labels": ["a", "b", "c"], "values": [{"data": [1, "n/a", 3]}]})
    assert isinstance(chart, ChartAnswer)
    assert chart.series == ((1, None, 3),)
    (caution,) = chart.cautions
    assert caution.code == "W-TEXT"
    assert caution.text == (
        "chart_v1: 1 of its 3 points are text and count as missing; the first: "
        'expected a number at /values/0/data/1, the API sent "n/a"'
    )
    failed = read_answer(CHART, {"labels": ["a", "b"], "values": [{"data": ["1,5", "2,5"]}]})
    assert isinstance(failed, Failure)
    assert "expected a number at /values/0/data/0" in failed.reason


def test_an_odd_difference_fails_nothing() -> None:
    """The API's own difference is only checked against ours: an odd one costs no number."""
    payload: JsonValue = {"values": 1, "comparison": {"values": 2, "difference": "n/a", "absoluteDifference": [1]}}
    assert read_answer(NUMBER, payload) == NumberAnswer(1, 2)


@pytest.mark.parametrize(
    ("payload", "place"),
    [
        ({"labels": ["a"]}, "expected an object with 'values' at the top"),
        ({"values": []}, "expected an object with 'labels' at the top"),
        ({"labels": "a", "values": []}, "expected a list at /labels"),
        ({"labels": ["a", {}], "values": []}, "expected a text at /labels/1"),
        ({"labels": [], "values": {}}, "expected a list at /values"),
        ({"labels": [], "values": [[1]]}, "expected an object at /values/0"),
        ({"labels": [], "values": [{}]}, "expected an object with 'data' at /values/0"),
        ({"labels": [], "values": [{"data": []}, {"data": 5}]}, "expected a list at /values/1/data"),
        ({"labels": [], "values": [{"data": [1, True]}]}, "expected a number at /values/0/data/1"),
        ([], "expected an object at the top"),
        (None, "expected an object at the top"),
    ],
)
def test_a_chart_of_wrong_types_fails_with_its_place(payload: JsonValue, place: str) -> None:
    """A wrong type in a chart is told with its JSON pointer."""
    answer = read_answer(CHART, payload)
    assert isinstance(answer, Failure)
    assert answer.reason.startswith(f"chart_v1: {place}, the API sent ")


def test_a_chart_keeps_gaps_and_lengths() -> None:
    """A missing point stays missing, strings become numbers, and no series is padded."""
    payload: JsonValue = {"labels": ["R&amp;D", 7, None], "values": [{"data": [None, "2.5"]}, {"data": [0]}]}
    assert read_answer(CHART, payload) == ChartAnswer(("R&D", "7", ""), ((None, 2.5), (0,)))


@pytest.mark.parametrize(
    ("cell", "typed"),
    [
        (None, None),
        (3, 3),
        ("3", 3),
        ("3.0", 3.0),
        ("1,234", "1,234"),
        ("NaN", "NaN"),
        (True, "true"),
        (False, "false"),
        ("a &amp; b\x00", "a & b"),
        ({"text": "Ann", "value": 4}, RichCell("Ann", 4)),
        ({"text": None, "value": "4.5"}, RichCell(None, 4.5)),
        ({"value": "n/a"}, RichCell("n/a")),
        (
            {
                "id": "1",
                "text": "Post &lt;1&gt;",
                "url": "https://e.example/p?a=1",
                "cdn_image": "https://cdn.example/s",
            },
            RichCell("Post <1>", None, "https://e.example/p", "https://cdn.example/s"),
        ),
        ({"text": "x", "url": "HTTPS://u:p@E.example:8/p;v=1?t=a#k"}, RichCell("x", None, "https://E.example:8/p;v=1")),
        (
            {"text": "https://e.example/p?t=a", "url": "https://e.example/p?t=a"},
            RichCell("https://e.example/p", None, "https://e.example/p"),
        ),
        ({"text": "x", "url": "ftp://e.example/p"}, RichCell("x")),
        ({"text": "x", "url": "javascript:alert(1)"}, RichCell("x")),
        ({"text": "x", "url": "https://e.example/\n<b>"}, RichCell("x")),
        ({"b": 1, "a": [True]}, '{"a":[true],"b":1}'),
        ([1, "x"], '[1,"x"]'),
    ],
)
def test_cells(cell: JsonValue, typed: object) -> None:
    """Every JSON value has its cell, and none fails the table."""
    assert read_answer(TABLE, {"values": [["row", cell]]}) == TableAnswer((("row", typed),))  # type: ignore[arg-type]


def test_numeric_dimensions_stay_text() -> None:
    """In a dimension column digits are a name, such as a campaign's id."""
    assert read_answer(TABLE, {"values": [["2026", "2026"]]}) == TableAnswer((("2026", 2026),))


@pytest.mark.parametrize(
    ("cell", "typed"),
    [(2026, "2026"), (0.5, "0.5"), (17841400000000001, "17841400000000001"), (True, "true"), (None, None)],
)
def test_dimensions_are_text(cell: JsonValue, typed: object) -> None:
    """A name that the API sends as a number is printed as it came, and 2026 and "2026" are the same name."""
    assert read_answer(TABLE, {"values": [[cell, 1]]}) == TableAnswer(((typed, 1),))  # type: ignore[arg-type]
    rich = read_answer(TABLE, {"values": [[{"value": cell, "url": None}, 1]]})
    expected = RichCell(typed, cell if typed in {"2026", "0.5", "17841400000000001"} else None)  # type: ignore[arg-type]
    assert rich == TableAnswer(((expected, 1),))


def test_rows_keep_their_width() -> None:
    """Ragged rows lose no cell and get none."""
    payload: JsonValue = {"values": [["a"], [], ["b", 1, 2, 3, "x"]]}
    assert read_answer(TABLE, payload) == TableAnswer((("a",), (), ("b", 1, 2, 3, "x")))


def test_a_row_that_is_no_list_fails() -> None:
    """A table with a row of another type is not read in part."""
    answer = read_answer(TABLE, {"values": [["a"], {"b": 1}]})
    assert answer == Failure("failed", 'datatable_v1: expected a list at /values/1, the API sent {"b": 1}')


@pytest.mark.parametrize("query", [CHART, TABLE])
def test_null_is_no_data(query: Query) -> None:
    """A chart or table of null says that there is no data."""
    answer = read_answer(query, {"labels": None, "values": None})
    assert isinstance(answer, Failure)
    assert answer.missing == "no_data"


@pytest.mark.parametrize(
    ("payload", "failure"),
    [
        (
            {"message": "There is no data", "type": "no_data_in_period"},
            Failure("no_data", "no_data_in_period: There is no data"),
        ),
        ({"message": "Reconnect", "type": "expired_token"}, Failure("expired", "expired_token: Reconnect")),
        ({"message": "Gone", "type": "integration_expired"}, Failure("expired", "integration_expired: Gone")),
        ({"message": "Boom", "type": "internal_error"}, Failure("failed", "internal_error: Boom")),
        ({"message": "Boom", "type": "internal_error", "values": 0}, Failure("failed", "internal_error: Boom")),
        ({"message": "Boom"}, Failure("failed", "Boom")),
        ({"message": "", "type": "no_data_in_period"}, Failure("no_data", "no_data_in_period")),
    ],
)
def test_the_apis_own_failures(payload: JsonValue, failure: Failure) -> None:
    """A failure inside a 200 is a failure with its closed word, never a zero."""
    assert read_answer(NUMBER, payload) == failure


def test_a_value_with_a_message_is_a_value() -> None:
    """A message beside a value, without a type, fails nothing."""
    assert read_answer(NUMBER, {"values": 3, "message": "from cache"}) == NumberAnswer(3)


def test_an_undocumented_component_fails_in_words() -> None:
    """A component without a documented shape is said to be one."""
    query = asked({"reference_key": "x", "component": "pipeline_v1", "metrics": []})
    answer = read_answer(query, {"values": 1})
    assert answer == Failure("failed", "answers of the component 'pipeline_v1' have no documented shape")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["values", "labels", "data", "comparison", "message", "type", "text", "url", "value"])
            | st.text(),
            inner,
        )
    ),
    max_leaves=12,
)
_SHAPED = st.fixed_dictionaries(
    {"values": _JSON | st.lists(st.fixed_dictionaries({"data": st.lists(_JSON)})) | st.lists(st.lists(_JSON))},
    optional={"labels": _JSON | st.lists(_JSON), "comparison": _JSON | st.fixed_dictionaries({"values": _JSON})},
)


@given(st.sampled_from([NUMBER, CHART, TABLE]), _JSON | _SHAPED)
def test_any_json_is_an_answer(query: Query, payload: JsonValue) -> None:
    """Whatever JSON comes, there is an answer, hashable and writable, and no error."""
    answer = read_answer(query, payload)
    assert isinstance(answer, get_args(Answer))
    assert json.dumps(asdict(answer), ensure_ascii=False).encode()
    hash(answer)


def test_cells_keep_their_line_breaks() -> None:
    """The lines of a caption stay, whether it comes as a text or as a post; labels of charts are on one line."""
    rows: JsonValue = [["one\r\n\r\n\r\ntwo\tthree", 1, 0.1], [{"id": "7", "text": "a\nb"}, 1, 0.1]]
    answer = read_answer(TABLE, {"values": rows})
    assert isinstance(answer, TableAnswer)
    assert [row[0] for row in answer.rows] == ["one\n\ntwo three", RichCell("a\nb")]
    chart = read_answer(CHART, {"values": [{"data": [1]}], "labels": ["a\nb"]})
    assert isinstance(chart, ChartAnswer)
    assert chart.labels == ("a b",)
