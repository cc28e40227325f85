"""The datatable component."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.components.dated_rows import with_cut_buckets
from reportgen.model import Column, Picture, Table, Unit
from reportgen.periods import Period, Window
from reportgen.queries import Cell, ChartAnswer, Failure, RichCell, TableAnswer
from tests.components.scenes import block_of, resolved, scope

CLICKS = {
    "fields": {
        "clicks_breakdown": {"label": "Link"},
        "count": {"label": "Clicks", "format": "count"},
        "ctr": {"label": "CTR", "format": "percent"},
    },
    "reference_key": "ig:clicks_breakdown",
    "component": "datatable_v1",
    "metrics": ["count", "ctr"],
    "dimensions": ["clicks_breakdown"],
}
ROWS = (("Email", 2, 0.0002), ("Websites", 428, 0.048), ("Total", 430, 0.047))


def test_asks_without_presentation_keys() -> None:
    """Sorting and limiting are done here, so neither `sort_by` nor `limit` goes to the API."""
    query, _ = block_of({**CLICKS, "sort_by": "-count", "limit": 10, "sort": ["-count"]}).queries(scope())
    assert query.metric["sort"] == ["-count"]
    assert not {"sort_by", "limit", "fields"} & set(query.metric)


def test_columns_are_dimensions_then_metrics() -> None:
    """The API sends no headings: they come from what was asked, in its order, with units for metrics."""
    (table,) = resolved(CLICKS, TableAnswer(ROWS)).tables
    assert [(column.field, column.label, column.role, column.unit) for column in table.columns] == [
        ("clicks_breakdown", "Link", "dimension", Unit()),
        ("count", "Clicks", "metric", Unit("count")),
        ("ctr", "CTR", "metric", Unit("percent")),
    ]
    assert table.columns[1].values == (2, 428)


def test_the_apis_total_is_set_apart() -> None:
    """The last row that says Total is no row: it is not counted, sorted or ranked."""
    (table,) = resolved({**CLICKS, "sort_by": "-count"}, TableAnswer(ROWS)).tables
    assert (table.total, table.of, table.columns[0].values) == (("Total", 430, 0.047), 2, ("Websites", "Email"))


@pytest.mark.parametrize("rows", [(("Total", 3, 0.1), ("Email", 2, 0.2)), (("Total", 3, 0.1),)])
def test_a_row_called_total_elsewhere_is_a_row(rows: tuple[tuple[str, int, float], ...]) -> None:
    """Only the last of several rows can be a total."""
    (table,) = resolved(CLICKS, TableAnswer(rows)).tables
    assert (table.total, table.of) == (None, len(rows))


@pytest.mark.parametrize(
    ("sort_by", "expected"),
    [("count", ("b", "a", "d", "c")), ("-count", ("d", "a", "b", "c")), ("-clicks_breakdown", ("d", "c", "b", "a"))],
)
def test_sorting_puts_missing_last(sort_by: str, expected: tuple[str, ...]) -> None:
    """Numbers sort by size in either direction; a missing value is never the smallest."""
    rows = (("a", 5, 0.1), ("b", -1, 0.1), ("c", None, 0.1), ("d", 90, 0.1))
    (table,) = resolved({**CLICKS, "sort_by": sort_by}, TableAnswer(rows)).tables
    assert table.columns[0].values == expected


def test_names_are_sorted_by_their_letters() -> None:
    """As the web page sorts them: accents and capitals make no difference, and numbers stand before words."""
    names = ("Zaragoza", "Évora", "beja", "10", "Águas", "9", "Almada")
    (table,) = resolved(
        {**CLICKS, "sort_by": "clicks_breakdown"}, TableAnswer(tuple((n, 1, 0.1) for n in names))
    ).tables
    assert table.columns[0].values == ("9", "10", "Águas", "Almada", "beja", "Évora", "Zaragoza")


def test_the_apis_sort_is_applied_here() -> None:
    """The API is sent `sort` and does not sort, so its rows are put in that order."""
    (table,) = resolved({**CLICKS, "sort": ["-ctr"]}, TableAnswer(ROWS[:2])).tables
    assert table.columns[0].values == ("Websites", "Email")


def test_a_column_that_is_not_there_leaves_the_order() -> None:
    """Sorting by an absent column keeps the API's order and says so."""
    block = resolved({**CLICKS, "sort_by": "reach"}, TableAnswer(ROWS))
    assert block.tables[0].columns[0].values == ("Email", "Websites")
    assert "'reach'" in block.reason


@pytest.mark.parametrize(("limit", "shown"), [(None, 100), (10, 10), ("all", 150)])
def test_limit_is_for_the_page_alone(limit: int | str | None, shown: int) -> None:
    """The table has every row; `shown` says how many are printed."""
    rows = tuple((f"row {index}", index, 0.5) for index in range(150))
    (table,) = resolved({**CLICKS, "limit": limit}, TableAnswer(rows)).tables
    assert (table.shown, table.of, len(table.columns[0].values)) == (shown, 150, 150)


def test_surplus_cells_are_kept_and_short_rows_are_not_shifted() -> None:
    """Five columns where three were asked: all are kept, the rest named by place, and staff are told."""
    block = resolved(CLICKS, TableAnswer((("a", 1, 0.1, "x", 9), ("b",))))
    (table,) = block.tables
    assert [column.label for column in table.columns] == ["Link", "Clicks", "CTR", "#4", "#5"]
    assert [column.values for column in table.columns] == [("a", "b"), (1, None), (0.1, None), ("x", None), (9, None)]
    assert (block.state, "3 columns" in block.reason) == ("partial", True)


def test_object_cells_show_text_and_keep_value_and_link() -> None:
    """A post shows its caption and its link; an object in a metric column is its number."""
    post = RichCell("Night shift", None, "https://example.org/p/1")
    (table,) = resolved(CLICKS, TableAnswer(((post, RichCell("12 clicks", 12), 0.5),))).tables
    assert (table.columns[0].values, table.columns[0].links) == (("Night shift",), ("https://example.org/p/1",))
    assert (table.columns[1].values, table.columns[1].links) == ((12,), ())


POSTS = {**CLICKS, "thumbnails": True, "limit": 2, "sort_by": "-count"}
POST_ROWS = tuple(
    (RichCell(f"Post {number}", None, None, f"https://cdn.example/{number}.jpg?sig=1"), number, 0.5)
    for number in (1, 2, 3)
)


def test_only_the_pictures_of_printed_rows_are_asked_for() -> None:
    """T01: a table of three posts that prints two fetches two pictures; without thumbnails none."""
    for keys, expected in ((POSTS, ("3", "2")), (CLICKS, ())):
        block, where = block_of(keys), scope()
        answers = dict.fromkeys(block.queries(where), TableAnswer(POST_ROWS))
        assert block.pictures_of(where, answers) == tuple(f"https://cdn.example/{n}.jpg?sig=1" for n in expected)


def test_a_thumbnail_that_is_missing_costs_only_itself() -> None:
    """The row stays, beside one with its picture, and staff are told why without the address's query."""
    small = Picture("image/jpeg", b"small")
    pictures: dict[str, Picture | Failure] = {
        "https://cdn.example/3.jpg?sig=1": small,
        "https://cdn.example/2.jpg?sig=1": Failure("failed", "https://cdn.example/2.jpg: expired"),
    }
    block = resolved(POSTS, TableAnswer(POST_ROWS), compared=False, pictures=pictures)
    assert block.tables[0].columns[0].thumbnails == (small, None, None)
    assert block.tables[0].columns[0].values == ("Post 3", "Post 2", "Post 1")
    assert [(one.code, one.text) for one in block.cautions] == [
        ("W-THUMBNAIL", "1 of 2 thumbnails are left out; the first: https://cdn.example/2.jpg: expired")
    ]


def test_empty_is_no_data() -> None:
    """No rows are no data, not a table of nothing."""
    assert resolved(CLICKS, TableAnswer(())).state == "no_data"


def test_failed() -> None:
    """A failure keeps its word and its reason."""
    block = resolved(CLICKS, Failure("failed", "internal_error: sorry"))
    assert (block.state, block.reason, block.tables) == ("failed", "internal_error: sorry", ())


def test_an_answer_of_another_kind_fails() -> None:
    """A chart where a table was asked is a failure, not a crash."""
    assert resolved(CLICKS, ChartAnswer((), ())).state == "failed"


def test_dimensions_may_be_objects() -> None:
    """A dimension that the payload writes as an object is named by its field."""
    block = resolved({**CLICKS, "dimensions": [{"field": "summary"}]}, TableAnswer((("a", 1, 0.1),)))
    assert block.tables[0].columns[0].label == "Summary"


def test_words_among_numbers_come_after_them() -> None:
    """A cell of text takes no place among the largest or the smallest numbers."""
    rows = (("a", 5, 0.1), ("b", "x", 0.1), ("c", 7, 0.1), ("d", None, 0.1))
    for sort_by, expected in (("count", ("a", "c", "b", "d")), ("-count", ("c", "a", "b", "d"))):
        (table,) = resolved({**CLICKS, "sort_by": sort_by}, TableAnswer(rows)).tables
        assert table.columns[0].values == expected


def test_only_a_total_of_nothing_is_no_data() -> None:
    """An answer of nothing but a total of zero has no row: not now, and not in the compared period."""
    rows = (("Email", 2, 0.1), ("Websites", 4, 0.2))
    assert resolved(CLICKS, TableAnswer((("Total", 0, None),))).state == "no_data"
    block, where = block_of(CLICKS), scope()
    now, then = block.queries(where)
    (table,) = block.resolve(where, {now: TableAnswer(rows), then: TableAnswer((("Total", 0, 0),))}).tables
    assert (table.columns[0].values, table.presence) == (("Email", "Websites"), ("current", "current"))


def test_a_compared_total_alone_is_a_total() -> None:
    """Where the table has a total, a compared answer that is a total alone is compared with it."""
    block, where = block_of(CLICKS), scope()
    now, then = block.queries(where)
    (table,) = block.resolve(where, {now: TableAnswer(ROWS), then: TableAnswer((("Total", 70, 0.01),))}).tables
    assert (table.of, table.total_baseline) == (2, ("Total", 70, 0.01))


def test_names_that_are_numbers_sort_by_their_size() -> None:
    """Names are text, and hours still come in their order."""
    rows = (("10", 5, 0.1), ("9", 1, 0.1), ("night", 2, 0.1))
    (table,) = resolved({**CLICKS, "sort_by": "clicks_breakdown"}, TableAnswer(rows)).tables
    assert table.columns[0].values == ("9", "10", "night")


BY_DAY = {
    "reference_key": "gads:days",
    "component": "datatable_v1",
    "metrics": ["clicks"],
    "dimensions": ["date"],
    "limit": "all",
}


def test_a_table_by_day_has_every_day() -> None:
    """A day that did not come is a row without a figure, where the days begin with the last one too."""
    rows = (("2026-10-31", 3), ("2026-10-30", 2), ("2026-10-01", 1))
    (table,) = resolved(BY_DAY, TableAnswer(rows), compared=False).tables
    assert [column.values[:3] for column in table.columns] == [("2026-10-31", "2026-10-30", "2026-10-29"), (3, 2, None)]
    assert (table.of, table.columns[1].values[30]) == (31, 1)


def test_a_sorted_table_by_day_ends_with_the_days_that_did_not_come() -> None:
    """They have no place among values."""
    rows = (("2026-10-31", 3), ("2026-10-30", 2))
    (table,) = resolved({**BY_DAY, "sort_by": "-clicks"}, TableAnswer(rows), compared=False).tables
    assert table.columns[1].values[:3] == (3, 2, None)


def test_a_row_of_another_month_is_left_out_of_a_table_by_day() -> None:
    """With a caution; a table of posts keeps those that were written before."""
    rows = (("2026-09-30", 3), ("2026-10-01", 2))
    block = resolved(BY_DAY, TableAnswer(rows), compared=False)
    assert (block.tables[0].columns[0].values[0], block.cautions[0].code) == ("2026-10-01", "W-OUTSIDE")
    posts = resolved({**BY_DAY, "dimensions": ["post", "date"]}, TableAnswer((("a", "2026-09-30", 3),)), compared=False)
    assert (posts.tables[0].of, posts.cautions) == (1, ())


@pytest.mark.parametrize(
    ("dimensions", "rows", "fields", "expected"),
    [
        (["date"], (("2026-10-30", 2), ("2026-10-31", 3)), {}, ["date", None]),
        (["post", "date"], (("a", "2026-09-30", 3), ("b", "2026-10-01", 3)), {}, [None, "date", None]),
        (["post", "date"], (("a", "2026-09-30", 3), ("b", "soon", 3)), {}, [None, None, None]),
        (["date"], (("2026-10-30", 2), ("2026-10-31", 3)), {"date": {"format": "text"}}, ["text", None]),
        (["month"], (("2026-10", 3),), {}, ["date", None]),
        (["date"], (("2026-10-30T08:00", 2), ("2026-10-30T09:00", 3)), {}, [None, None]),
        (["post"], (("a", "2026-10-03T14:22:01+0000"), ("b", None), ("c", "")), {}, [None, "date"]),
        (["post", "date"], (("a", "2026-09-30", 3), ("b", "", 3)), {}, [None, "date", None]),
        (["date"], (("2026-10-30 00:00:00", 2), ("2026-10-31 00:00:00", 3)), {}, ["date", None]),
        (["post"], (("a", "2026-10-03"), ("b", "2026-10-04 09:00")), {"clicks": {"format": "text"}}, [None, "text"]),
        (["post"], (("a", "2026-10-03T14:22:01Z"), ("b", "draft")), {}, [None, None]),
    ],
)
def test_a_column_of_days_is_printed_as_dates(
    dimensions: list[str], rows: tuple[tuple[Cell, ...], ...], fields: dict[str, object], expected: list[str | None]
) -> None:
    """Of the locale, where its author says nothing: nobody writes 2026-10-30 to a client."""
    written = {**BY_DAY, "dimensions": dimensions, "fields": fields}
    (table,) = resolved(written, TableAnswer(rows), compared=False).tables
    assert [column.unit.name for column in table.columns] == expected


def test_days_in_another_form_are_dates() -> None:
    """They are printed as dates of the locale, those that did not come among them."""
    (table,) = resolved(BY_DAY, TableAnswer((("31/10/2026", 3), ("30/10/2026", 2))), compared=False).tables
    assert (table.columns[0].unit.name, table.columns[0].values[0]) == ("date", "2026-10-31")


def test_days_of_a_table_that_do_not_read() -> None:
    """They stay words, with a caution."""
    block = resolved(BY_DAY, TableAnswer((("day 1", 3), ("day 2", 2))), compared=False)
    assert (block.tables[0].of, [caution.code for caution in block.cautions]) == (2, ["W-LABELS"])


@pytest.mark.parametrize("month", ["2026-10", "2026-10-01"])
def test_months_of_a_table_keep_their_names(month: str) -> None:
    """Months are joined by their place, and none is added; one that came as its first day is no day."""
    written = {**BY_DAY, "dimensions": ["month"]}
    (table,) = resolved(written, TableAnswer(((month, 3),)), compared=False).tables
    assert table.columns[0].values == ("2026-10",)


def test_which_columns_add_up() -> None:
    """Known metrics do, also under a prefix; the author goes before, but never makes a rate add up."""
    written = {**CLICKS, "metrics": ["metrics.clicks", "reach", "ctr"]}
    for keys, expected in (({}, [1]), ({"additive": True}, [1, 2]), ({"additive": False}, [])):
        (table,) = resolved({**written, **keys}, TableAnswer((("a", 1, 2, 0.5),))).tables
        assert [at for at, column in enumerate(table.columns) if column.additive] == expected


@pytest.mark.parametrize(
    ("field", "lines", "printed"),
    [("media", None, 3), ("media", 5, 5), ("media", "all", None), ("campaign", None, None), ("campaign", 2, 2)],
)
def test_a_posts_text_is_cut_on_the_page(field: str, lines: int | str | None, printed: int | None) -> None:
    """Captions have three lines where the author says nothing else; other texts have all of theirs."""
    fields = {} if lines is None else {field: {"lines": lines}}
    table_block = {**CLICKS, "dimensions": [field], "fields": fields}
    (table,) = resolved(table_block, TableAnswer((("A text", 2, 0.1),))).tables
    assert [column.lines for column in table.columns] == [printed, None, None]


def test_a_dimension_of_texts_has_no_days() -> None:
    """`format: text` keeps rows that look like other months; without it staff are told of that way."""
    cohorts = {**BY_DAY, "dimensions": ["month"]}
    rows = (("2026-08", 10), ("2026-10", 30))
    (caution,) = resolved(cohorts, TableAnswer(rows), compared=False).cautions
    assert "write fields: {month: {format: text}}" in caution.text
    texts = {**cohorts, "fields": {"month": {"format": "text"}}}
    block = resolved(texts, TableAnswer(rows), compared=False)
    assert (block.tables[0].columns[0].values, block.cautions) == (("2026-08", "2026-10"), ())


@pytest.mark.parametrize(
    ("dimension", "names", "rows"),
    [
        ("start_date", ("2026-10-12", "2026-09-03", "2026-07-09"), 3),
        ("signup_month", ("2026-08", "2026-10"), 2),
        ("send_date", ("2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26"), 4),
        ("date_start", ("2026-10-05", "2026-10-06"), 31),
        ("week_start", ("2026-10-05", "2026-10-12", "2026-10-19"), 3),
        ("stat_time_day", ("2026-10-05", "2026-10-06"), 31),
    ],
)
def test_a_day_of_what_a_row_stands_for_is_no_day_of_its_figures(
    dimension: str, names: tuple[str, ...], rows: int
) -> None:
    """Campaigns by their first day keep all rows, and no day without a campaign lacks a figure."""
    answer = TableAnswer(tuple((name, 2) for name in names))
    block = resolved({**BY_DAY, "dimensions": [dimension]}, answer, compared=False)
    (table,) = block.tables
    assert (table.of, table.columns[0].unit.name, table.left_out) == (rows, "date", rows - len(names))
    assert [caution.code for caution in block.cautions] == []


@pytest.mark.parametrize(
    ("dimension", "labels", "names"),
    [
        ("yearMonth", ("202608", "202609", "202610"), ("2026-08", "2026-09", "2026-10")),
        ("isoYearIsoWeek", ("202640", "202641"), ("2026-W40", "2026-W41")),
        ("week", ("2026-09-28", "2026-10-05"), ("2026-W40", "2026-W41")),
        ("quarter", ("2026Q3", "2026-Q4"), ("2026-Q3", "2026-Q4")),
        ("date", ("2026-10-01 00:00:00", "2026-10-02 00:00:00"), ("2026-10-01 00:00:00", "2026-10-02 00:00:00")),
        ("campaign_month", ("202608", "202609"), ("202608", "202609")),
    ],
)
def test_months_weeks_and_quarters_beside_another_dimension_have_names(
    dimension: str, labels: tuple[str, ...], names: tuple[str, ...]
) -> None:
    """In whatever form the source writes them; digits that no dimension calls so stay words."""
    answer = TableAnswer(tuple((label, "Ads", 2) for label in labels))
    (table,) = resolved({**BY_DAY, "dimensions": [dimension, "channel"]}, answer, compared=False).tables
    assert table.columns[0].values == names
    assert (table.columns[0].unit.name == "date") == (dimension != "campaign_month")


@pytest.mark.parametrize(
    ("field", "value", "held"),
    [
        ("campaign_id", 120_210_000_000_000_123, "120210000000000123"),
        ("adId", 7, "7"),
        ("segments.year", 2026, "2026"),
        ("paid", 2026, 2026),
    ],
)
def test_ids_and_years_are_no_amounts(field: str, value: int, held: object) -> None:
    """Nobody writes the year 2,026."""
    (table,) = resolved({**BY_DAY, "dimensions": ["ad"], "metrics": [field]}, TableAnswer((("a", value),))).tables
    assert table.columns[1].values == (held,)


BY_WEEK = {**BY_DAY, "dimensions": ["week"]}
WEEKS = tuple((f"2026-W{week}", 700) for week in range(40, 45))
WEEKS_BEFORE = tuple((f"2026-W{week}", 350) for week in range(36, 41))
MONDAYS = tuple((f"2026-10-{day:02}", 700) for day in (5, 12, 19, 26))


def both(written: object, now: tuple[tuple[Cell, ...], ...], before: tuple[tuple[Cell, ...], ...]) -> Table:
    """Return the table of a block that is compared with other rows."""
    component, where = block_of(written), scope()
    answers = dict(zip(component.queries(where), map(TableAnswer, (now, before)), strict=True))
    (table,) = component.completed(component.resolve(where, answers), where).tables
    return table


def test_weeks_that_a_period_cuts_have_no_change() -> None:
    """October begins in week 40 and ends in 44, September in 36 and 40; the figures stay, in whatever order."""
    table = both({**BY_WEEK, "sort_by": "-week"}, WEEKS, WEEKS_BEFORE)
    weeks, clicks = table.columns
    assert (weeks.values[0], weeks.cut, weeks.baseline_cut) == ("2026-W44", (0, 4), (0, 4))
    assert [change and change.absolute for change in table.changes(clicks)] == [None, 350, 350, 350, None]
    assert clicks.values == (700,) * 5


def test_a_week_beside_a_cut_one_has_no_change() -> None:
    """It is whole itself, and its name is not told as that of an incomplete one."""
    table = both(BY_WEEK, (("2026-W41", 700), ("2026-W42", 700)), (("2026-W37", 700), ("2026-W40", 300)))
    assert table.columns[0].baseline == ("2026-W37", None, "2026-W40")
    assert (table.columns[0].cut, table.columns[0].baseline_cut) == ((), (2,))


@pytest.mark.parametrize(("last_year", "cut"), [(date(2025, 10, 20), ()), (date(2025, 10, 19), (9,))])
def test_a_month_of_which_both_years_have_the_same_days_is_compared(last_year: date, cut: tuple[int, ...]) -> None:
    """The year to 20 October stands beside that to 20 October of the year before."""
    window = Window(Period(date(2026, 1, 1), date(2026, 10, 20)), Period(date(2025, 1, 1), last_year))
    now, before = (tuple(f"{year}-{month:02}" for month in range(1, 11)) for year in (2026, 2025))
    column = Column("month", "Month", "dimension", values=now, baseline=before)
    found = with_cut_buckets(column, ("both",) * 10, window, "month", "")
    assert (found.cut, found.baseline_cut) == (cut, cut)


def test_weeks_of_campaigns_have_no_change_either() -> None:
    """The names of weeks stand beside others."""
    now, before = (
        tuple((name, week, count) for week, count in weeks for name in "ab") for weeks in (WEEKS, WEEKS_BEFORE)
    )
    table = both({**BY_WEEK, "dimensions": ["campaign", "week"]}, now, before)
    assert table.columns[1].cut == table.columns[1].baseline_cut == (0, 1, 8, 9)


@pytest.mark.parametrize(
    ("written", "rows", "cut"),
    [
        ({}, MONDAYS, (3,)),
        ({}, MONDAYS[1:], ()),
        ({"dimensions": ["week"]}, MONDAYS[1:], (2,)),
        ({"dimensions": ["month"]}, (("2026-10", 7),), ()),
        ({"dimensions": ["quarter"]}, (("2026-Q4", 7),), (0,)),
        ({"dimensions": ["week"], "fields": {"week": {"format": "text"}}}, WEEKS, ()),
        ({"dimensions": ["week"], "custom": {"custom_period": "30ED"}}, WEEKS, ()),
    ],
)
def test_which_names_of_rows_are_cut(
    written: dict[str, object], rows: tuple[tuple[Cell, ...], ...], cut: tuple[int, ...]
) -> None:
    """Mondays are weeks where every whole week is among them; days, texts and days of a metric's own are never cut."""
    (table,) = resolved({**BY_DAY, **written}, TableAnswer(rows), compared=False).tables
    assert table.columns[0].cut == cut


def test_a_condition_on_a_change_is_open_for_a_cut_week() -> None:
    """Of weeks that doubled, those that are whole are left; a computed column of changes has none of the others."""
    doubled = {**BY_WEEK, "where": "clicks.change >= 100%"}
    assert both(doubled, WEEKS, WEEKS_BEFORE).columns[0].values == ("2026-W41", "2026-W42", "2026-W43")
    fields = {"clicks": {"format": "count"}, "grown": {"formula": "clicks.change", "format": "percent"}}
    table = both({**BY_WEEK, "fields": fields}, WEEKS, WEEKS_BEFORE)
    assert table.columns[2].values == (None, 1.0, 1.0, 1.0, None)
