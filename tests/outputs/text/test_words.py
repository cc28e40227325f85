"""Sentences made from data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from reportgen.model import Block, Chart, Missing, Remark, ReportHeading, Series, SourceStatus, Unit
from reportgen.outputs.text.bidi import direction_of, is_turned
from reportgen.outputs.text.block_states import (
    REMARK_WORDS,
    STATE_WORDS,
    baseline_words,
    labels_in_states,
    missing_sentences,
    missing_words,
    remark_words,
)
from reportgen.outputs.text.bucket_words import bucket_words
from reportgen.outputs.text.chart_captions import subtitle
from reportgen.outputs.text.chart_data import plotted
from reportgen.outputs.text.headings import block_title, report_heading
from reportgen.outputs.text.number_cards import compared_value, reading_card
from reportgen.outputs.text.period_notes import WINDOW_WORDS, cover_notes, day_words, own_days_words, window_words
from reportgen.outputs.text.source_coverage import coverage_of
from reportgen.outputs.text.sources import source_lines, source_name
from reportgen.outputs.text.table_captions import rows_shown, table_subtitle
from reportgen.outputs.text.table_columns import change_column, compared_column
from reportgen.periods import BucketUnit, Period, WindowNote
from tests.outputs import reports


def test_every_missing_state_has_words() -> None:
    """No reason for a missing value is left without words."""
    assert set(STATE_WORDS) == set(get_args(Missing))
    assert set(REMARK_WORDS) == set(get_args(Remark))
    assert set(WINDOW_WORDS) == set(get_args(WindowNote))


def test_a_zero_divisor_does_not_lack_data() -> None:
    """Its words stand in place of the figure, and no others with them; other missing figures have theirs."""
    missing = replace(reports.NUMBER, state="no_data", reason="", charts=())
    undefined = replace(missing, remarks=("zero_divisor", "own_period"))
    assert missing_words(undefined.remarks, "no_data") == ("Not defined", "It would be divided by zero.")
    assert missing_words(missing.remarks, "no_data") == ("No data", "No data for this period.")
    assert remark_words(undefined, "en") == (REMARK_WORDS["own_period"],)
    report = reports.report(missing, undefined)
    assert missing_sentences(report.sections[0], "en") == ("No data for this period.", "It would be divided by zero.")
    assert labels_in_states(reports.report(undefined), frozenset({"no_data"})) == ()


def test_a_sum_of_which_accounts_lack_a_value_does_not_lack_data() -> None:
    """The others have some: it is incomplete, and is listed so."""
    lacking = replace(reports.NUMBER, state="no_data", reason="", charts=(), remarks=("lacking_account",))
    sentence = "Some of the accounts have no value, so their sum is not known."
    assert missing_words(lacking.remarks, "no_data") == ("Incomplete", sentence)
    assert remark_words(lacking, "en") == ()
    report = reports.report(lacking)
    assert missing_sentences(report.sections[0], "en") == (sentence,)
    assert labels_in_states(report, frozenset({"no_data"})) == ()
    assert labels_in_states(report, frozenset({"partial"})) == ("Reach",)


def test_rows_of_which_none_was_chosen_do_not_lack_data() -> None:
    """A list of campaigns that cost too much may well be empty: its data came, and it is listed nowhere."""
    none = replace(reports.TABLE, state="no_data", reason="no row", tables=(), remarks=("none_met",))
    assert missing_sentences(reports.report(none).sections[0], "pt-BR") == ("Nada atende à condição.",)
    assert labels_in_states(reports.report(none), frozenset({"no_data", "partial"})) == ()


def test_figures_of_accounts_that_are_not_added_up_were_read() -> None:
    """Staff are told a failure, which it is; a client is not told that they could not be read."""
    apart = replace(reports.NUMBER, state="failed", reason="in BRL and MXN", charts=(), remarks=("unmergeable",))
    sentence = "The figures of its accounts cannot be added up."
    assert missing_words(apart.remarks, "failed") == ("Not added up", sentence)
    assert missing_sentences(reports.report(apart).sections[0], "de") == (
        "Die Zahlen der Konten lassen sich nicht zusammenzählen.",
    )
    assert labels_in_states(reports.report(apart), frozenset({"failed"})) == ()


@pytest.mark.parametrize(
    ("heading", "printed"),
    [
        (ReportHeading(), ("Padaria Aurora", "Marketing report")),
        (ReportHeading("Social and ads"), ("Padaria Aurora", "Social and ads")),
        (ReportHeading("Ads of Padaria Aurora", names_client=True), ("", "Ads of Padaria Aurora")),
        (None, ("", "Padaria Aurora · October 2026")),
    ],
)
def test_a_heading_names_the_client_once(heading: ReportHeading | None, printed: tuple[str, str]) -> None:
    """The client's name stands before the title unless the title has it; a report without a heading has its title."""
    assert report_heading(replace(reports.report(), heading=heading)) == printed


@pytest.mark.parametrize(
    ("block", "title"),
    [
        (reports.NUMBER, "Reach"),
        (replace(reports.NUMBER, label=""), "Reach"),
        (replace(reports.NUMBER, label="", reference_key="li_ads:averageCpc"), "Average CPC"),
        (replace(reports.IMAGE, label="", name="team_2"), "Picture"),
        (replace(reports.TEXT, name="internal_remark"), "Text"),
    ],
)
def test_the_name_of_a_block_is_no_title(block: Block, title: str) -> None:
    """Without a label a reader is told the metric or the kind of block, never the author's own name for it."""
    assert block_title(block, "en") == title


def test_source_is_complete_or_says_so() -> None:
    """A section says of each source whether all of it was read."""
    report = reports.report(reports.NUMBER, reports.FAILED)
    (line,) = source_lines(report.sections[0], report)
    assert (line.name, line.complete, line.missing) == ("Instagram", False, ("Profile views",))


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (reports.LINE, ("not every day has figures", "data to Oct 31, 2026")),
        (reports.NUMBER, ("everything was read", "")),
        (reports.FAILED, ("not everything could be read", "")),
    ],
)
def test_a_source_says_what_is_known_of_its_days(block: Block, words: tuple[str, str]) -> None:
    """Without a chart or table by day no day is named, and nothing is called complete."""
    report = reports.report(replace(block, charts=block.charts if block is reports.LINE else ()))
    (line,) = source_lines(report.sections[0], report)
    assert (line.standing, line.reach) == words


def test_the_sources_of_calculated_figures_are_named() -> None:
    """A total of two sources says so where one was not read; sources that stand alike share a line."""
    total = replace(
        reports.NUMBER,
        name="all",
        label="All",
        source=None,
        made_of=("ads", "social", "mail"),
        made_without=("social",),
    )
    sources = tuple(SourceStatus(name, name, "active") for name in ("ads", "social", "mail", "other"))
    report = replace(reports.report(total), sources=sources)
    lines = source_lines(report.sections[0], report)
    assert [(line.name, line.complete, line.missing) for line in lines] == [
        ("Ads and Mail", True, ()),
        ("Social", False, ("All",)),
    ]


def test_accounts_of_a_kind_are_named_once() -> None:
    """Three shops of one kind of source that stand alike share a line with its name, which is not said three times."""
    names = ("shop_de", "shop_ch", "shop_us")
    blocks = [replace(reports.NUMBER, name=name, source=name) for name in names]
    sources = tuple(SourceStatus(name, "google_analytics_4", "active") for name in names)
    report = replace(reports.report(*blocks), sources=sources)
    assert [line.name for line in source_lines(report.sections[0], report)] == ["Google Analytics 4"]


def test_source_has_a_readable_name() -> None:
    """An integration is named as people write it."""
    assert source_name(SourceStatus("ads", "google_ads", "active")) == "Google Ads"


def test_subtitle_adds_what_the_title_does_not_say() -> None:
    """The series is named under a chart unless its title does."""
    report = reports.report()
    chart = reports.BAR.charts[0]
    assert subtitle(chart, reports.BAR, report) == "October 2026"
    assert subtitle(chart, replace(reports.BAR, label="Reels gained"), report) == "Interactions, October 2026"


def test_subtitle_says_what_is_compared() -> None:
    """A chart with a baseline names both periods; one whose baseline did not come says why."""
    report, chart = reports.report(), reports.COMPARED_LINE.charts[0]
    assert subtitle(chart, reports.COMPARED_LINE, report) == "October 2026, compared with September 2026"
    missing = replace(reports.LINE.charts[0], baseline_missing="not_returned")
    assert subtitle(missing, reports.LINE, report) == "October 2026 · September 2026: not received"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (
            (3, 1),
            (2, 1),
            "October 2026 · Visitors rose by 33.3%, to 4 in all, compared with September 2026.",
        ),
        ((3, 1), (2, None), "Visitors, October 2026"),
        ((3, 1), (2, 2), "Visitors, October 2026"),
    ],
)
def test_the_words_above_a_ring_compare_it(now: tuple[int, int], before: tuple[int | None, ...], said: str) -> None:
    """A ring shows one period; its subtitle has the change of the total where there is one."""
    series = Series("v", "Visitors", Unit("count"), now, before, additive=True)
    chart = Chart("donut", "category", ("phone", "computer"), (series,), ("phone", "computer"))
    assert subtitle(chart, reports.BAR, reports.report()) == said


def test_periods_of_other_length_say_so() -> None:
    """Beside the dates in a sentence, on the cover in a few words."""
    report = reports.report()
    assert window_words(report, "baseline") == (
        "The periods differ in length, 31 days and 30 days; totals are compared as they are.",
    )
    assert (window_words(report, "period"), cover_notes(report)) == ((), ("31 days compared with 30 days",))


def test_a_running_period_says_how_far_it_goes() -> None:
    """The last day read and the day on which the period ends."""
    running = Period(date(2026, 10, 1), date(2026, 10, 14), "month", until=date(2026, 10, 31))
    report = replace(reports.report(), period=running, baselines=())
    assert window_words(report, "period") == ("The figures go to Oct 14, 2026; the period ends on Oct 31, 2026.",)
    assert cover_notes(report) == ("to Oct 14, 2026; the period ends Oct 31, 2026",)


@pytest.mark.parametrize(
    ("missing", "said"), [("failed", "September 2026: not read"), ("not_requested", ""), (None, "")]
)
def test_a_missing_baseline_is_worded(missing: Missing | None, said: str) -> None:
    """Why there is nothing to compare with is said where something was asked for."""
    assert baseline_words(missing, reports.report(), reports.LINE.charts[0]) == said


def test_a_part_with_compared_days_of_its_own_names_them() -> None:
    """In its card, its subtitle, the heads of its table and its data, and where they did not come."""
    own, report = Period(date(2025, 10, 2), date(2025, 11, 1)), reports.report()
    words = "Oct 2 \N{EN DASH} Nov 1, 2025"
    reading = replace(reports.NUMBER.readings[0], compared=own)
    assert compared_value(reading_card(reading, report).comparisons[0], report).endswith(f" ({words})")
    chart = replace(reports.COMPARED_LINE.charts[0], compared=own)
    assert subtitle(chart, reports.COMPARED_LINE, report).endswith(f"compared with {words}")
    assert plotted(chart, report).heads[-1].endswith(words)
    assert baseline_words("not_returned", report, chart) == f"{words}: not received"
    table = replace(reports.COMPARED_TABLE.tables[0], compared=own)
    assert compared_column(table, 1, report).head.text.split() == f"Views, {words}".split()  # of no-break spaces
    block = replace(reports.COMPARED_LINE, charts=(chart,))
    assert own_days_words(block, report) == f"October 2026, compared with {words}"
    assert own_days_words(reports.COMPARED_LINE, report) == ""


def test_a_part_with_days_of_its_own_says_them() -> None:
    """It is compared only with days of its own, whatever the report is compared with."""
    days, report = Period(date(2026, 8, 1), date(2026, 10, 31), "month", units=3), reports.report()
    words = "August \N{EN DASH} October 2026"
    chart = replace(reports.COMPARED_LINE.charts[0], days=days)
    assert subtitle(chart, reports.COMPARED_LINE, report) == words
    assert plotted(chart, report).heads == ("Date", chart.series[0].label)
    table = replace(reports.COMPARED_TABLE.tables[0], days=days)
    assert table_subtitle(table, report, 1, 1).startswith(words)
    assert reading_card(replace(reports.NUMBER.readings[0], days=days), report).comparisons == ()
    assert own_days_words(replace(reports.COMPARED_LINE, charts=(chart,)), report) == words
    assert coverage_of([replace(reports.COMPARED_LINE, charts=(chart,))]) is None


@pytest.mark.parametrize(
    ("bucket", "cut", "words"),
    [
        ("day", (0,), ""),
        ("week", (), "By week"),
        ("month", (0,), "By month, the first incomplete"),
        ("quarter", (2,), "By quarter, the last incomplete"),
        ("year", (0, 2), "By year, the first and the last incomplete"),
        ("month", (1,), "By month, some incomplete"),
        ("month", (0, 1, 2), "By month, some incomplete"),
    ],
)
def test_buckets_that_are_cut_are_said(bucket: BucketUnit, cut: tuple[int, ...], words: str) -> None:
    """Which are not whole: those at the ends, or others."""
    chart = Chart("bar", "date", ("2026-08-01", "2026-09-01", "2026-10-01"), (), bucket=bucket, cut=cut)
    assert bucket_words(chart, "en") == words


@pytest.mark.parametrize("locale", ["en", "pt-BR", "de", "fr", "ja"])
def test_words_run_with_a_script_that_runs_to_the_right(locale: str) -> None:
    """English or own words, a page from left to right needs no marks."""
    assert not is_turned(locale)
    assert day_words(date(2026, 10, 3), locale).isprintable()


def test_english_words_on_a_hebrew_page_run_as_english_does() -> None:
    """Where a language of the right has no catalogue its sentences are turned, and days in them are isolated."""
    assert is_turned("he")
    assert not is_turned("ar")
    assert "\N{FIRST STRONG ISOLATE}" in day_words(date(2026, 10, 3), "he")
    assert "\N{FIRST STRONG ISOLATE}" not in day_words(date(2026, 10, 3), "ar")


@pytest.mark.parametrize(
    ("text", "locale", "runs"),
    [("Spend rose.", "ar", "ltr"), ("**\u0627\u0631\u062a\u0641\u0639**", "en", "rtl"), ("12 %", "ar", "rtl")],
)
def test_an_authors_text_runs_as_its_letters_do(text: str, locale: str, runs: str) -> None:
    """English prose on an Arabic page keeps its full stop at its end; figures alone run with the page."""
    assert direction_of(text, locale) == runs


@pytest.mark.parametrize(
    ("compared", "card", "row", "caption"),
    [
        (Period(date(2026, 9, 1), date(2026, 9, 30)), " in September 2026", "only in September", "only in September"),
        (Period(date(2026, 9, 30), date(2026, 9, 30)), " on September 30", "only on September", "only on September"),
        (Period(date(2026, 9, 3), date(2026, 9, 9)), " (Sep 3", "only Sep 3", "only in the period Sep 3"),
        (Period(date(2026, 7, 1), date(2026, 9, 30)), " in Q3 2026", "only in Q3 2026", "only in Q3 2026"),
    ],
)
def test_in_stands_before_months_alone(compared: Period, card: str, row: str, caption: str) -> None:
    """Before a day stands `on`, and before a first and a last day nothing or `the period`."""
    report = replace(reports.report(), baselines=(compared,))
    assert card in compared_value(reading_card(reports.NUMBER.readings[0], report).comparisons[0], report)
    table = replace(reports.COMPARED_TABLE.tables[0], shown=1, of=2, presence=("current", "baseline"), total=None)
    column = change_column(replace(table, shown=2, presence=("baseline", "both")), 1, report, leading=True)
    assert column.cells[0].text.replace("\N{NO-BREAK SPACE}", " ").startswith(row)
    assert caption in rows_shown(table, report)
