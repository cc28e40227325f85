"""Number blocks as the text of a card."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from reportgen.model import Block, Change, ComparedValue, Direction, Goal, Reading, Standing, Target, Unit
from reportgen.outputs.page.block_rows import BlockRow
from reportgen.outputs.page.card_rows import card_row
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.text.number_cards import STANDING_WORDS, move, note
from reportgen.periods import Period
from tests.outputs import reports


def number(value: float, baseline: float, unit: Unit = reports.COUNT, direction: Direction = "up_is_good") -> Block:
    """Return a number block with a comparison."""
    change = Change.between(value, baseline, unit, direction)
    return replace(reports.NUMBER, readings=(Reading("f", unit, value, baseline=baseline, change=change),))


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        (number(118, 100), ("▲", "+18.0%", "good", "")),
        (number(90, 100), ("▼", "−10.0%", "bad", "")),
        (number(90, 100, direction="down_is_good"), ("▼", "−10.0%", "good", "better")),
        (number(110, 100, direction="down_is_good"), ("▲", "+10.0%", "bad", "worse")),
        (number(110, 100, direction="neutral"), ("▲", "+10.0%", "neutral", "")),
        (number(1002, 1000), ("▲", "+0.2%", "good", "")),
        (number(100002, 100000), ("▲", "+0.002%", "good", "")),
        (number(99998, 100000), ("▼", "−0.002%", "bad", "")),
        (number(3, 10000), ("▼", "−99.97%", "bad", "")),
        (number(5, 5, direction="down_is_good"), ("→", "0.0%", "level", "level")),
        (number(0.045, 0.05, Unit("percent")), ("▼", "−0.5\N{NO-BREAK SPACE}pp", "bad", "")),
        (number(0.0502, 0.05, Unit("percent")), ("▲", "+0.02\N{NO-BREAK SPACE}pp", "good", "")),
        (
            number(0.0502, 0.05, Unit("percent", decimals=1)),
            ("→", "0.0\N{NO-BREAK SPACE}pp", "level", "level"),
        ),
        (number(7, 0), ("▲", "+7", "good", "")),
        (number(-300, 200), ("▼", "−500", "bad", "")),
        (number(9_876_543, 12), ("▲", "+9,876,531", "good", "")),
    ],
)
def test_change_has_arrow_sign_and_judgement(block: Block, shown: tuple[str, str, str, str]) -> None:
    """A change is told three ways: arrow, signed number, judgement."""
    told = PrintedReport(reports.report()).card(block)
    (compared,) = told.comparisons
    assert compared.move is not None
    assert (compared.move.arrow, compared.move.text, compared.move.tone, compared.word) == shown


def test_noise_keeps_its_arrow_and_is_grey() -> None:
    """A change within the neutral band is told in full, and not judged."""
    change = Change.between(102, 100, reports.COUNT, "up_is_good", band=0.05)
    moved = move(change, reports.COUNT, "en")
    assert (moved.arrow, moved.text, moved.tone) == ("▲", "+2.0%", "neutral")


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        (
            Goal.of(412, Target("at_least", 500), elapsed=1, over_time="sum"),
            (82.4, None, "82% of the goal of 500", "missed", ""),
        ),
        (
            Goal.of(600, Target("at_least", 500), elapsed=1, over_time="sum"),
            (100, None, "120% of the goal of 500", "reached", ""),
        ),
        (
            Goal.of(300, Target("at_least", 500), elapsed=0.5, over_time="sum"),
            (60, 50, "60% of the goal of 500", "on course", "50% expected by now"),
        ),
        (
            Goal.of(100, Target("at_least", 500), elapsed=0.5, over_time="sum"),
            (20, 50, "20% of the goal of 500", "behind", "50% expected by now"),
        ),
        (
            Goal.of(2860, Target("at_most", 1500), elapsed=1, over_time="sum"),
            (100, None, "191% of the limit of 1,500", "over the limit", ""),
        ),
        (
            Goal.of(700, Target("at_most", 1000), elapsed=0.5, over_time="sum"),
            (70, 50, "70% of the limit of 1,000", "above the pace", "50% expected by now"),
        ),
        (
            Goal.of(700, Target("progress", 1000), elapsed=0.5, over_time="sum"),
            (70, 50, "70% of the goal of 1,000", "", "50% expected by now"),
        ),
        (
            Goal.of(700, Target("at_least", 1000), elapsed=0.5, over_time="quotient"),
            (70, None, "70% of the goal of 1,000", "", ""),
        ),
        (
            Goal.of(60, Target("between", 40, 70), elapsed=1, over_time="sum"),
            (None, None, "Goal: 40 to 70", "reached", ""),
        ),
        (
            Goal.of(50, Target("about", 60), elapsed=1, over_time="other"),
            (83.3, None, "83% of the goal of about 60", "missed", ""),
        ),
        (
            Goal.of(-50, Target("at_least", -100), elapsed=0.5, over_time="sum"),
            (None, None, "Goal: \N{MINUS SIGN}100", "", ""),
        ),
        (Goal.of(4, Target("at_most", 0), elapsed=1, over_time="sum"), (None, None, "Limit: 0", "over the limit", "")),
    ],
)
def test_goal_has_a_bar_and_words(goal: Goal, said: tuple[float, float | None, str, str, str]) -> None:
    """A goal is a bar that is never longer than full, how much is done, how it stands, and what was due."""
    reading = Reading("f", reports.COUNT, 412, goal=goal)
    told = PrintedReport(reports.report()).card(replace(reports.NUMBER, readings=(reading,))).goal
    assert told is not None
    assert (told.filled, told.due, told.progress, told.standing_text, told.pacing) == said


def test_a_missed_goal_is_told_from_its_value() -> None:
    """5.0% of a goal of 5.0% that was missed would contradict itself."""
    goal = Goal.of(0.0496, Target("at_least", 0.05), elapsed=1, over_time="quotient")
    block = replace(reports.NUMBER, readings=(Reading("f", Unit("percent"), 0.0496, goal=goal),))
    card = PrintedReport(reports.report()).card(block)
    assert card.goal is not None
    assert (card.value, card.goal.progress) == ("4.96%", "99% of the goal of 5.00%")


def test_every_standing_has_words() -> None:
    """No standing to a goal is left without words."""
    assert set(STANDING_WORDS) == set(get_args(Standing))


def test_missing_value_keeps_its_baseline() -> None:
    """Where the value is missing the compared one is still shown."""
    reading = Reading("f", reports.COUNT, missing="failed", baseline=50)
    told = PrintedReport(reports.report()).card(replace(reports.NUMBER, readings=(reading,)))
    assert (told.value, told.missing, [each.previous for each in told.comparisons]) == ("", "failed", ["50"])


def test_no_comparison_is_no_gap() -> None:
    """A report without a comparison keeps no room for one."""
    block = replace(reports.NUMBER, readings=(Reading("f", reports.COUNT, 5),))
    assert not card_row(
        BlockRow((block,)),
        replace(reports.report(), baselines=()),
        PrintedReport(replace(reports.report(), baselines=())).card,
    ).comparisons


def test_long_value_shrinks_its_row() -> None:
    """The longest value decides the size of a row, so that all values of it stand alike."""
    row = card_row(
        BlockRow((number(5, 4), number(123456789012345, 1))), reports.report(), PrintedReport(reports.report()).card
    )
    assert 0.42 <= row.fit < 0.8


def test_long_label_raises_the_whole_row() -> None:
    """A label of two lines keeps two lines in every card of its row."""
    long = replace(reports.NUMBER, label="Engagement rate by views, first and later")
    assert (
        card_row(BlockRow((reports.NUMBER, long)), reports.report(), PrintedReport(reports.report()).card).label_lines
        == 2
    )


def test_a_word_wider_than_its_card_raises_the_whole_row() -> None:
    """It is parted at a syllable, and takes as many lines as its parts."""
    long = replace(reports.NUMBER, width=2, label="Weiterempfehlungsbereitschaftsindex")
    printed = PrintedReport(reports.report(locale="de"))
    assert card_row(BlockRow((reports.NUMBER, long)), printed.report, printed.card).label_lines == 3


def test_month_is_cut_short_before_a_row_breaks_its_lines() -> None:
    """Compared values too long for one line beside their month take its short name, in the whole row."""
    short, long = number(5, 4), number(5, 163658.72, Unit("currency", "BRL"))
    row = card_row(
        BlockRow((short, long)), reports.report(locale="es"), PrintedReport(reports.report(locale="es")).card
    )
    assert (row.brief, row.note_lines) == (True, 1)
    assert not card_row(
        BlockRow((short,)), reports.report(locale="es"), PrintedReport(reports.report(locale="es")).card
    ).brief


def test_lines_and_goals_of_a_row_stand_side_by_side() -> None:
    """Where one card has both, its row keeps a place for lines above the one for goals."""
    goal = Goal.of(412, Target("at_least", 500), elapsed=1, over_time="sum")
    aimed = replace(reports.NUMBER, charts=(), readings=(Reading("f", reports.COUNT, 412, goal=goal),))
    both = replace(aimed, charts=reports.NUMBER.charts)
    assert both.charts
    assert card_row(BlockRow((aimed, both)), reports.report(), PrintedReport(reports.report()).card).stacked
    assert not card_row(
        BlockRow((aimed, reports.NUMBER)), reports.report(), PrintedReport(reports.report()).card
    ).stacked


def test_duration_tells_figures_from_words() -> None:
    """The words of a duration are pieces of their own, set smaller; those of money are not."""
    block = replace(reports.NUMBER, readings=(Reading("f", Unit("seconds"), 2288),))
    told = PrintedReport(reports.report()).card(block)
    assert "".join(told.pieces) == told.value
    assert [piece.strip() for piece in told.pieces[1::2]] == ["m", "s"]
    assert len(PrintedReport(reports.report()).card(number(5, 4, Unit("currency", "BRL"))).pieces) == 1


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("hi", ["घं॰", "मि॰", "से॰"]),
        ("th", ["ชม.", "นาที", "วิ"]),
        ("de", ["Std.", "Min.", "Sek."]),
        ("ar", ["س", "د", "ث"]),
    ],
)
def test_words_of_a_duration_keep_their_signs(locale: str, words: list[str]) -> None:
    """No vowel sign or full stop is torn off the letter that it belongs to."""
    told = PrintedReport(reports.report(locale=locale)).card(number(3725, 60, Unit("seconds")))
    assert (list(told.pieces[1::2]), "".join(told.pieces)) == (words, told.value)


@pytest.mark.parametrize(("locale", "value"), [("en", "38m 26s"), ("ja", "38 分 26 秒"), ("de", "38 Min. 26 Sek.")])
def test_a_compared_duration_is_never_parted(locale: str, value: str) -> None:
    """A line of a card may end before it or behind it, and not between its minutes and its seconds."""
    report = reports.report(locale=locale)
    (compared,) = PrintedReport(report).card(number(2195.5, 2306, Unit("seconds"))).comparisons
    assert value.replace(" ", "\N{NO-BREAK SPACE}") in note(compared, report, brief=False)


def test_a_symbol_of_letters_that_stand_alone_has_room() -> None:
    """An Arabic symbol is wider than joined letters, so that its amount is set smaller than as many digits alone."""
    riyals, dollars = (number(1_234_567.89, 1, Unit("currency", name)) for name in ("SAR", "USD"))
    whole = reports.report(locale="ar")
    fits = [card_row(BlockRow((block,)), whole, PrintedReport(whole).card).fit for block in (riyals, dollars)]
    assert fits[0] < fits[1] - 0.05


def test_money_does_not_turn_in_an_arabic_sentence() -> None:
    """A goal's figure keeps its order of digits and symbol in a sentence that runs to the left."""
    goal = Goal.of(4, Target("at_least", 5), elapsed=1, over_time="sum")
    block = replace(reports.NUMBER, readings=(Reading("f", Unit("currency", "BRL"), 4, goal=goal),))
    told = PrintedReport(reports.report(locale="ar")).card(block).goal
    assert told is not None
    assert "\N{LEFT-TO-RIGHT ISOLATE}" in told.progress
    english = PrintedReport(reports.report()).card(block).goal
    assert english is not None
    assert english.progress.isprintable()


@pytest.mark.parametrize(
    ("locale", "text"), [("en", "50,000 on September 3, 2026"), ("es", "50.000 el 3 de septiembre de 2026")]
)
def test_a_day_is_compared_on_and_not_in(locale: str, text: str) -> None:
    """Of a single day, which has another preposition than a month."""
    report = replace(reports.report(locale=locale), baselines=(Period.of_dates("2026-09-03..2026-09-03"),))
    (compared,) = PrintedReport(report).card(reports.NUMBER).comparisons
    assert note(compared, report, brief=False) == text


def test_a_second_comparison_has_lines_of_its_own() -> None:
    """Both are named; a card with one beside it keeps the room of two, so that lines stand side by side."""
    base = reports.report()
    report = replace(base, baselines=(*base.baselines, reports.YEAR_BEFORE))
    printed = PrintedReport(report)
    card = printed.card(reports.TWICE)
    assert [each.move and each.move.text for each in card.comparisons] == ["+11.3%", "−10.0%"]
    assert [note(each, report, brief=False) for each in card.comparisons] == [
        "50,000 in September 2026",
        "61,828 in October 2025",
    ]
    shared = card_row(BlockRow((reports.TWICE, reports.NUMBER)), report, printed.card)
    assert shared.comparisons == 2
    first, second = (printed.block_parts(block, shared).comparisons for block in (reports.TWICE, reports.NUMBER))
    assert [bool(each.is_blank) for each in (*first, *second)] == [False, False, False, True]


def test_a_second_comparison_that_did_not_come_says_so() -> None:
    """With the name of its days."""
    (reading,) = reports.TWICE.readings
    lost = replace(reading, further=(ComparedValue(reports.YEAR_BEFORE, baseline_missing="failed"),))
    report = reports.report()
    _, further = PrintedReport(report).card(replace(reports.TWICE, readings=(lost,))).comparisons
    assert note(further, report, brief=False) == "October 2025: not read"
