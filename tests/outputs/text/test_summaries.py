"""The rules of summaries: each says its sentence where there is one to say, and is silent where there is not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from reportgen.formatting import format_period
from reportgen.model import Goal, Series, Target
from reportgen.outputs.text.catalogues import filled
from reportgen.outputs.text.summaries import RULES, sentences, sentences_by_rule
from reportgen.periods import Period
from tests.outputs import reports
from tests.outputs.summary_cases import (
    COUNT,
    DEVICES,
    EVEN,
    PAGES,
    QUIET,
    SILENT,
    SPEAKS,
    WEEK,
    days,
    missing,
    number,
    parts,
    summary,
    table,
)

if TYPE_CHECKING:
    from reportgen.model import Block


def said(rule: str, *blocks: Block, locale: str = "en") -> list[str]:
    """Return what one rule says of blocks."""
    return [text for name, text in sentences_by_rule(*summary(*blocks, locale=locale)) if name == rule]


def test_every_rule_has_its_cases() -> None:
    """No rule is without a case in which it speaks and one in which it is silent."""
    assert set(SPEAKS) == set(SILENT) == set(RULES)


def test_a_sentence_that_ends_with_an_abbreviation_has_one_full_stop() -> None:
    """Seconds are `Sek.` in German; an ellipsis stays."""
    assert filled("%(value)s.", {"value": "9 Min. 0 Sek."}) == "9 Min. 0 Sek."
    assert filled("%(value)s", {"value": "and so on..."}) == "and so on..."


@pytest.mark.parametrize(("rule", "block", "sentence"), [(rule, *case) for rule in SPEAKS for case in SPEAKS[rule]])
def test_a_rule_speaks(rule: str, block: Block, sentence: str) -> None:
    """Each rule says the figures as they are printed, and what they are."""
    assert said(rule, block) == [sentence]


@pytest.mark.parametrize(("rule", "why"), [(rule, why) for rule in SILENT for why in SILENT[rule]])
def test_a_rule_is_silent(rule: str, why: str) -> None:
    """Noise, what is not compared, missing or partial, and another rule's business are not told."""
    assert said(rule, SILENT[rule][why]) == [], why


NAMES = ("Likes", "Saves", "Clicks", "Views", "Leads")


@pytest.mark.parametrize(
    ("locale", "count", "sentence"),
    [
        ("en", 1, "This figure could not be read: Likes."),
        ("en", 3, "These figures could not be read: Likes, Saves, and Clicks."),
        ("en", 5, "Several figures could not be read, among them Likes, Saves, Clicks, and Views."),
        ("pt-BR", 1, "Este número não pôde ser lido: Likes."),
        ("pt-BR", 2, "Estes números não puderam ser lidos: Likes e Saves."),
        ("es", 1, "Esta cifra no se pudo leer: Likes."),
        ("es", 2, "Estas cifras no se pudieron leer: Likes y Saves."),
        ("de", 1, "Diese Zahl konnte nicht abgerufen werden: Likes."),
        ("de", 2, "Diese Zahlen konnten nicht abgerufen werden: Likes und Saves."),
        ("fr", 1, "Ce chiffre n’a pas pu être lu\N{NO-BREAK SPACE}: Likes."),
        ("fr", 2, "Ces chiffres n’ont pas pu être lus\N{NO-BREAK SPACE}: Likes et Saves."),
        ("ja", 2, "次の数値を読み取れませんでした\N{FULLWIDTH COLON}Likes、Saves。"),
    ],
)
def test_one_and_many(locale: str, count: int, sentence: str) -> None:
    """What is missing is listed as the language lists things, in its plural."""
    assert said("unread", *(missing(name, "failed") for name in NAMES[:count]), locale=locale) == [sentence]


def test_the_most_important_comes_first_and_six_are_enough() -> None:
    """A goal before a move, a large move before a small one; no more than six of all that could be said."""
    blocks = [number(f"N{at}", 1000 + 100 * at, 1000) for at in range(1, 9)]
    told = sentences(*summary(*blocks, number("Leads", 400, goal=500), days(WEEK), parts(DEVICES)))
    assert told[:2] == ("Leads came to 80% of the goal of 500.", "N8 rose by 80.0%, to 1,800.")
    assert len(told) == 6


def test_a_rule_that_has_spoken_lets_others_speak() -> None:
    """Six numbers that rose a little more than another fell do not keep that one from being told."""
    blocks = [number(f"N{at}", 1300 + at, 1000) for at in range(6)]
    assert said("setbacks", *blocks, number("Visits", 850, 1000)) == ["Visits fell by 15.0%, to 850."]


@pytest.mark.parametrize("locale", ["en", "pt-BR", "es", "de", "fr", "ar", "ja"])
def test_no_words_twice_in_a_row(locale: str) -> None:
    """Two risen numbers are not told in the same words one after the other, nor are two goals or two leaders."""
    blocks = [
        number("Reach", 1200, 1000),
        number("Likes", 1300, 1000),
        *(number(n, 400, goal=500) for n in ("Views", "Leads")),
    ]
    told = sentences(*summary(*blocks, parts(DEVICES), table(PAGES), locale=locale))
    plain = [_without_figures(text) for text in told]
    assert len(told) == 6
    assert all(one != other for one, other in pairwise(plain))


def _without_figures(text: str) -> str:
    """Return the words of a sentence alone."""
    return re.sub(r"[\d.,٬%٪]+|Reach|Likes|Views|Leads|mobile", "#", text)


def test_one_figure_is_told_once() -> None:
    """A table's total that is the number of a card is not told beside it."""
    told = sentences(*summary(number("Clicks", 1100, 1000), table(PAGES, total=1100, total_before=1000)))
    assert [text for text in told if "1,100" in text and "10.0%" in text] == ["Clicks rose by 10.0%, to 1,100."]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (520, ("Leads reached the goal of 500, with 520.",)),
        (1000, ("Leads rose by 150.0%, to 1,000.", "Leads reached the goal of 500.")),
        (440, ("Leads came to 88% of the goal of 500.", "Leads rose by 10.0%, to 440.")),
    ],
)
def test_the_value_of_a_number_is_told_once(value: int, expected: tuple[str, ...]) -> None:
    """A goal beside a change is told without the value, or the change is not told."""
    assert sentences(*summary(number("Leads", value, 400, goal=500)))[: len(expected)] == expected
    assert sum(f"{value:,}" in text for text in sentences(*summary(number("Leads", value, 400, goal=500)))) == 1


def test_the_value_of_a_row_is_told_once() -> None:
    """The first row, which also moved most, is told once."""
    told = sentences(*summary(parts({"mobile": 900, "desktop": 400, "tablet": 300}, (300, 390, 290))))
    assert sum("900" in text for text in told) == 1


@pytest.mark.parametrize(
    ("target", "value", "sentence"),
    [
        (Target("between", 40, 70), 60, "Leads reached the goal of 40 to 70, with 60."),
        (Target("between", 40, 70), 80, "Leads missed the goal of 40 to 70, with 80."),
        (Target("between", 40, 70), 70.4, "Leads missed the goal of 40.0 to 70.0, with 70.4."),
        (Target("about", 60), 62, "Leads reached the goal of about 60, with 62."),
        (Target("at_least", -100), -150, "Leads missed the goal of \N{MINUS SIGN}100, with \N{MINUS SIGN}150."),
        (Target("at_most", 50), 60, "Leads went over the limit of 50, to 60."),
        (Target("progress", 50), 60, None),
    ],
)
def test_every_kind_of_goal(target: Target, value: float, sentence: str | None) -> None:
    """A range and a target below zero have a verdict without a percentage; progress has none to tell."""
    block = number("Leads", value)
    (reading,) = block.readings
    goal = Goal.of(value, target, elapsed=1, over_time="other")
    told = sentences(*summary(replace(block, readings=(replace(reading, goal=goal),))))
    assert told == (() if sentence is None else (sentence,))


def test_a_limit_is_exceeded_by_pace() -> None:
    """What may be spent is told with the share of the limit, and that expected by now."""
    running = number("Spend", 700, goal=1000, elapsed=0.5, direction="down_is_good")
    assert said("pace", running) == ["Spend: 70% of the limit of 1,000, 50% expected by now."]


def test_nothing_where_nothing_is_worth_saying() -> None:
    """Level numbers, a quiet chart and an even table make no sentence, and no caveat alone."""
    level = (number("Reach", 1001, 1000), days(QUIET, QUIET), parts(EVEN), missing("Likes", "no_data"))
    block, report = summary(*level)
    assert sentences(block, replace(report, period=Period(date(2026, 10, 1), date(2026, 10, 31), "month"))) == ()


def test_periods_of_other_length_are_no_finding() -> None:
    """The cover and the last page say it; a summary tells what moved."""
    block, report = summary(number("Reach", 1200, 1000))
    report = replace(report, period=Period(date(2026, 10, 1), date(2026, 10, 31), "month"))
    assert sentences(block, report) == ("Reach rose by 20.0%, to 1,200.",)


@pytest.mark.parametrize(
    ("value", "before", "sentence"),
    [
        (-300, 200, "Orders fell by 500, to \N{MINUS SIGN}300."),
        (300, -200, "Orders rose by 500, to 300."),
        (2000, 100, "Orders rose by 1,900, to 2,000."),
        (1100, 100, "Orders rose by 1,000.0%, to 1,100."),
    ],
)
def test_a_change_that_no_percentage_tells(value: int, before: int, sentence: str) -> None:
    """It is an amount, as on the cards."""
    assert sentences(*summary(number("Orders", value, before))) == (sentence,)


def test_a_row_that_is_incomplete_neither_rose_nor_fell() -> None:
    """A month that began in its midst; another row may be told of in its place."""
    pages = table(PAGES, (900, 290, 110))
    (made,) = pages.tables
    names, *others = made.columns
    cut = replace(pages, tables=(replace(made, columns=(replace(names, cut=(0,)), *others)),))
    assert said("movers", pages)
    assert said("movers", cut) == []


def test_days_of_a_numbers_own_stand_in_brackets() -> None:
    """No sentence has a title with days in its midst."""
    own, before = (Period(date(year, 1, 1), date(year, 10, 31), "days") for year in (2026, 2025))
    block, days = number("Followers", 1200, 1000), format_period(own, "en")
    block = replace(
        block, readings=(replace(block.readings[0], label=f"Followers · {days}", days=own, compared=before),)
    )
    compared = f"compared with {format_period(before, 'en')}"
    assert said("gains", block) == [f"Followers ({days}) rose by 20.0% ({compared}), to 1,200."]


def test_hours_of_a_day_are_called_hours() -> None:
    """A bare 23 is no name in a sentence; numbers that may be months stay as they are."""
    hours = {str(hour): 100 + 8 * hour for hour in range(24)}
    told = said("movers", parts(hours, (*range(100, 284, 8), 150)))
    assert told == ["Visits by device: 23:00 rose from 150 to 284."]
    months = {str(month): 100 + 10 * month for month in range(1, 13)}
    told = said("movers", parts(months, (*range(110, 220, 10), 120)))
    assert told == ["Visits by device: 12 rose from 120 to 220."]


def test_one_of_several_lines_is_named() -> None:
    """The highest day of a chart of two lines says which line it is."""
    block = days(WEEK)
    paid = Series("paid", "Paid", COUNT, QUIET)
    both = replace(block.charts[0], series=(block.charts[0].series[0], paid))
    assert said("peaks", replace(block, charts=(both,))) == [
        "Visits by day (Visits): the highest day was October 4, with 300."
    ]


def test_a_long_name_is_cut() -> None:
    """A row that is named by a whole post does not fill the page."""
    [text] = said("leaders", table({"word " * 40: 600, "b": 300, "c": 100}))
    assert "word…”" in text
    assert len(text) < 110


def test_a_report_of_two_comparisons_names_that_of_its_sentences() -> None:
    """The first, after the sentences on changes; nothing is named where none compares."""
    block, report = summary(number("Reach", 1200, 1000))
    twice = replace(report, baselines=(*report.baselines, reports.YEAR_BEFORE))
    assert sentences(block, twice) == ("Reach rose by 20.0%, to 1,200.", "Changes are against September 2026.")
    plain, other = summary(days(WEEK))
    assert sentences(plain, replace(other, baselines=twice.baselines)) == sentences(plain, other)


def test_a_change_against_days_of_a_blocks_own_names_them() -> None:
    """In the sentences on numbers, rows and totals."""
    own = reports.YEAR_BEFORE
    clicks, pages = number("Clicks", 1100, 900), table(PAGES, total=1100, total_before=900)
    clicks = replace(clicks, readings=(replace(clicks.readings[0], compared=own),))
    pages = replace(pages, tables=(replace(pages.tables[0], compared=own),))
    block, report = summary(clicks)
    said = ("Clicks rose by 22.2% (compared with October 2025), to 1,100.",)
    assert sentences(block, replace(report, baselines=(*report.baselines, own))) == said
    assert any("rose by 22.2% (compared with October 2025) in total" in each for each in sentences(*summary(pages)))
