"""Values to text and to Excel, by locale."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_currency, format_percent, parse_decimal
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from openpyxl.styles.numbers import is_timedelta_format

from reportgen.formatting import (
    babel_locale,
    excel_format,
    excel_value,
    format_axis,
    format_briefly,
    format_change,
    format_dates,
    format_period,
    format_progress,
    format_value,
    judged_unit,
    limited_unit,
    telling_unit,
)
from reportgen.model import Change, Goal, Reading, Standing, Target, Unit, UnitName
from reportgen.periods import UnitStarts, resolve_baseline, resolve_period
from tests.excel import as_excel_prints, as_excel_shows
from tests.sweeps import swept

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "unit", "locale", "expected"),
    [
        (55645, Unit(), "en", "55,645"),
        (55645, Unit(), "pt-BR", "55.645"),
        (0.04824165915238954, Unit(), "en", "0.04824165915238954"),
        (0.048, Unit("percent"), "en", "4.8%"),
        (0.048, Unit("percent"), "es", f"4,8{NBSP}%"),
        (4.8, Unit("percent_100"), "pt-BR", "4,8%"),
        (1234.5, Unit("currency", "BRL"), "pt-BR", f"R${NBSP}1.234,50"),
        (-1234.5, Unit("currency", "BRL"), "en", "\N{MINUS SIGN}R$1,234.50"),
        (1234.5, Unit("currency", "JPY"), "en", "¥1,235"),
        (1234.5, Unit("currency"), "en", "1,234.50"),
        (12345, Unit("count", compact=True), "en", "12.3K"),
        (12345, Unit("count", compact=True), "pt-BR", f"12,3{NBSP}mil"),
        (0.4, Unit("count"), "en", "<1"),
        (-0.4, Unit("count"), "en", "\N{MINUS SIGN}0.4"),
        (2.5, Unit("count"), "en", "3"),
        (95, Unit("seconds"), "en", "1m 35s"),
        (95_400, Unit("milliseconds"), "en", "1m 35s"),
        (1.5, Unit("hours"), "en", "1h 30m 0s"),
        (350, Unit("milliseconds"), "en", "0.35s"),
        (996, Unit("milliseconds"), "en", "1.0s"),
        (1501, Unit("milliseconds"), "en", "1.5s"),
        (2000, Unit("milliseconds"), "en", "2s"),
        (-2499, Unit("milliseconds"), "de", "\N{MINUS SIGN}2,5 Sek."),
        (9960, Unit("milliseconds"), "en", "10s"),
        (45_400, Unit("milliseconds"), "en", "45s"),
        (1490, Unit("milliseconds", decimals=2), "en", "1.49s"),
        (0, Unit("seconds", decimals=2), "en", "0.00s"),
        (0.35, Unit("seconds", decimals=0), "en", "0s"),
        (65.25, Unit("seconds", decimals=1), "en", "1m 5.3s"),
        (59.96, Unit("seconds", decimals=1), "en", "1m 0.0s"),
        (-95, Unit("seconds"), "pt-BR", "\N{MINUS SIGN}1 min 35 s"),
        (7510, Unit("seconds"), "ja", "2 時間 5 分 10 秒"),
        (-61, Unit("seconds"), "ja", "\N{MINUS SIGN}1 分 1 秒"),
        (0.004, Unit("seconds"), "hi", "<0.01 से॰"),
        (-0.004, Unit("seconds"), "th", "\N{MINUS SIGN}0.004 วิ"),
        (44_444_444, Unit("seconds"), "th", "12345 ชม. 40 นาที 44 วิ"),
        (3599.6, Unit("seconds"), "hi", "1 घं॰ 0 मि॰ 0 से॰"),
        (-61, Unit("seconds"), "ar", "\u200e\N{MINUS SIGN}1 د 1 ث"),
        (-0.3, Unit("seconds"), "he", "\u200e\N{MINUS SIGN}0.30 שנ׳"),
        (-999_950, Unit("count", compact=True), "ar", f"\u200e\N{MINUS SIGN}1{NBSP}مليون"),
        (12345, Unit("count", compact=True), "de", "12.345"),
        (-0.0, Unit(), "en", "0"),
        (-1234.5, Unit("currency", "USD"), "ar", f"\u200f\u200e\N{MINUS SIGN}1,234.50{NBSP}US$"),
        (-1234.5, Unit("currency", "ILS"), "he", f"\u200f\u200e\N{MINUS SIGN}1,234.50{NBSP}\u200f₪"),
        (-1234.5, Unit("currency", "USD"), "es", f"\N{MINUS SIGN}1.234,50{NBSP}US$"),
        ("2026-10-03", Unit("date"), "en", "Oct 3, 2026"),
        ("2026-10", Unit("date"), "pt-BR", "out. de 2026"),
        ("2026-13", Unit("date"), "en", "2026-13"),
        ("2026-W40", Unit("date"), "en", "Sep 28 \N{EN DASH} Oct 4, 2026"),
        ("2026-Q3", Unit("date"), "de", "Q3 2026"),
        ("2026-W54", Unit("date"), "en", "2026-W54"),
        (1_790_899_200, Unit("date"), "en", "Oct 2, 2026"),
        (1_790_899_200_000, Unit("date"), "en", "Oct 2, 2026"),
        ("20261002", Unit("date"), "pt-BR", "2 de out. de 2026"),
        (20_261_002, Unit("date"), "en", "Oct 2, 2026"),
        (20_261_302, Unit("date"), "en", "20261302"),
        ("soon", Unit("date"), "en", "soon"),
        ("2026-10-03T10:00:00Z", Unit("date"), "en", "Oct 3, 2026"),
        ("2026-10-01..2026-10-07", Unit("date"), "en", "2026-10-01..2026-10-07"),
        ("2026-10-01 launch", Unit("date"), "en", "2026-10-01 launch"),
        ("Reels", Unit("count"), "en", "Reels"),
        (1234567, Unit("count"), "en-IN", "12,34,567"),
    ],
)
def test_text(value: float | str, unit: Unit, locale: str, expected: str) -> None:
    """A value is written in its unit as readers of the locale write it."""
    assert format_value(value, unit, locale) == expected


def test_missing_has_no_text() -> None:
    """None is never written as a number."""
    with pytest.raises(ValueError, match="missing"):
        format_value(None, Unit("count"), "en")


@pytest.mark.parametrize(
    ("current", "baseline", "unit", "expected"),
    [
        (55645, 50000, Unit("count"), "+11.3%"),
        (8, 10, Unit("count"), "\N{MINUS SIGN}20.0%"),
        (10, 10, Unit("count"), "0.0%"),
        (5, 0, Unit("count"), "+5"),
        (500_001, 500_000, Unit("count"), "+0.0002%"),
        (3, 10_000, Unit("count"), "\N{MINUS SIGN}99.97%"),
        (7.85, 0.8, Unit("currency", "USD"), "+881.3%"),
        (0.0499, 0.05, Unit("percent"), f"\N{MINUS SIGN}0.01{NBSP}pp"),
        (0.0499, 0.05, Unit("percent", decimals=1), f"0.0{NBSP}pp"),
        (-5, -10, Unit("count"), "+5"),
        (-45678.9, 12345, Unit("currency", "EUR"), "\N{MINUS SIGN}€58,023.90"),
        (-300, 200, Unit("count"), "\N{MINUS SIGN}500"),
        (9_876_543, 12, Unit("count"), "+9,876,531"),
        (132, 12, Unit("count"), "+1,000.0%"),
        (133, 12, Unit("count"), "+121"),
        (0.05, 0.045, Unit("percent"), f"+0.5{NBSP}pp"),
        (4.5, 5.0, Unit("percent_100"), f"\N{MINUS SIGN}0.5{NBSP}pp"),
    ],
)
def test_change(current: float, baseline: float, unit: Unit, expected: str) -> None:
    """Changes carry a sign; rates move in points; from zero, through zero and beyond 1,000 % they are amounts."""
    assert format_change(Change.between(current, baseline, unit, "neutral"), unit, "en") == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (20000, Unit("count"), "20K"),
        (0.05, Unit("percent"), "5%"),
        (0.0225, Unit("percent"), "2.25%"),
        (2500, Unit("currency", "BRL"), "R$2.5K"),
        (7200, Unit("seconds"), "2h"),
        (0, Unit("seconds"), "0s"),
        (0.5, Unit("seconds"), "0.50s"),
        (1.5, Unit("seconds"), "1.5s"),
        (0.004, Unit("seconds"), "0.004s"),
        (-4, Unit("milliseconds"), "\N{MINUS SIGN}0.004s"),
    ],
)
def test_axis(value: float, unit: Unit, expected: str) -> None:
    """A tick is short, and as exact as it has to be."""
    assert format_axis(value, unit, "en") == expected


@pytest.mark.parametrize(
    ("values", "locale", "texts"),
    [
        ((21_346.87, 19_878.5, 50_120), "de", ["21.347", "19.879", "50.120"]),
        ((21_346.87, 19_878.5, 50_100), "en", ["21.35K", "19.88K", "50.10K"]),
        ((19_900, 50_000, 800), "en", ["19.9K", "50.0K", "800"]),
        ((1_250_000, -19_900, 0.5), "de", ["1,25\N{NO-BREAK SPACE}Mio.", "\N{MINUS SIGN}19.900", "1"]),
        ((1.5, 2, 3.25), "de", ["1,50", "2,00", "3,25"]),
        ((3, 4, 0), "en", ["3", "4", "0"]),
        ((12_000, 0.004), "de", ["12.000", "0,004"]),
        ((600_000, 999_999), "en", ["600K", "1M"]),
        ((999_996.5, 20_000_000), "de", ["1\N{NO-BREAK SPACE}Mio.", "20\N{NO-BREAK SPACE}Mio."]),
        ((99_999_999,), "ja", ["1億"]),
        ((), "en", []),
    ],
)
def test_amounts_side_by_side_have_the_same_decimals(values: tuple[float, ...], locale: str, texts: list[str]) -> None:
    """Amounts above bars compare at a glance: one number of decimals, none beside thousands, and no amount reads 0."""
    assert format_briefly(values, Unit("count"), locale) == texts


@pytest.mark.parametrize(
    ("ticks", "step", "texts"),
    [
        ((1_202_000, 1_204_000, 1_210_000), 2000, ["1.202M", "1.204M", "1.21M"]),
        ((1000, 1025, 1050), 25, ["1K", "1.025K", "1.05K"]),
        ((500_000, 1_000_000, 1_500_000), 500_000, ["500K", "1M", "1.5M"]),
        ((1_000_000, 1_000_025), 25, ["1,000,000", "1,000,025"]),
    ],
)
def test_ticks_have_the_digits_of_their_step(ticks: tuple[int, ...], step: int, texts: list[str]) -> None:
    """No two ticks read alike, and none is further off than it says; a short form of many decimals is none."""
    assert [format_axis(tick, Unit("count"), "en", Decimal(step)) for tick in ticks] == texts


@pytest.mark.parametrize(
    ("value", "unit", "in_a_table", "on_a_card", "in_excel"),
    [
        (0.0004, Unit("percent"), "<0.1%", "0.04%", '[<=0]#,##0.0%;[<0.0005]"<0.1%";#,##0.0%'),
        (0.9997, Unit("percent"), ">99.9%", "99.97%", '[<0.9995]#,##0.0%;[<1]">99.9%";#,##0.0%'),
        (1.0003, Unit("percent"), ">100.0%", "100.03%", '[<=1]#,##0.0%;[<1.0005]">100.0%";#,##0.0%'),
        (99.97, Unit("percent_100"), ">99.9%", "99.97%", '[<99.95]#,##0.0"%";[<100]">99.9%";#,##0.0"%"'),
        (-0.0004, Unit("percent"), "\N{MINUS SIGN}0.04%", "\N{MINUS SIGN}0.04%", "#,##0.00%"),
        (0.004, Unit("currency", "USD"), "<$0.01", "$0.004", '[<=0]"$"#,##0.00;[<0.005]"<$0.01";"$"#,##0.00'),
        (4, Unit("milliseconds"), "<0.01s", "0.004s", '[>=0.000011574074074][s]"s";[>0]"<0.01s";s.00"s"'),
        (1e-20, Unit("percent"), "<0.1%", "<0.1%", '[<=0]#,##0.0%;[<0.0005]"<0.1%";#,##0.0%'),
        (0.0004, Unit("percent", decimals=1), "0.0%", "0.0%", "#,##0.0%"),
        (0.0, Unit("percent"), "0.0%", "0.0%", "#,##0.0%"),
        (1.0, Unit("percent"), "100.0%", "100.0%", "#,##0.0%"),
    ],
)
def test_a_rounded_figure_does_not_mislead(
    value: float, unit: Unit, in_a_table: str, on_a_card: str, in_excel: str
) -> None:
    """What is not 0 is not printed as 0, what is not whole not as 100 %; decimals of the author are kept."""
    assert format_value(value, unit, "en") == in_a_table
    assert format_value(value, telling_unit(value, unit), "en") == on_a_card
    assert excel_format(value, unit, "en") == in_excel


@pytest.mark.parametrize(
    ("value", "unit", "limit", "text"),
    [
        (0.0496, Unit("percent"), 0.05, "4.96%"),
        (0.0496, Unit("percent", decimals=1), 0.05, "5.0%"),
        (0.0496, Unit("percent"), 0.0498, "4.96%"),
        (0.0496, Unit("percent"), 0.0496, "4.96%"),
        (0.0496, Unit("percent"), 0.052, "5.0%"),
        (0.05, Unit("percent"), 0.05, "5.0%"),
        (-4.996, Unit("currency", "USD"), -5.0, "\N{MINUS SIGN}$4.996"),
        (4.6, Unit("count"), 5.0, "4.6"),
        (5, Unit("count"), 5.0, "5"),
        (4996, Unit("milliseconds"), 5000.0, "4.996s"),
        (4996, Unit("milliseconds", decimals=1), 5000.0, "5.0s"),
        (75.4, Unit("seconds"), 75.0, "1m 15.4s"),
        (75.6, Unit("seconds"), 75.0, "1m 16s"),
        ("n/a", Unit("count"), 5.0, "n/a"),
    ],
)
def test_a_value_is_told_from_a_limit(value: float | str, unit: Unit, limit: float, text: str) -> None:
    """5.0 % without the mark of "at least 5 %" would contradict itself; an author's decimals are kept."""
    assert format_value(value, limited_unit(value, unit, (limit,)), "en") == text


@pytest.mark.parametrize(
    ("value", "target", "value_text", "goal"),
    [
        (0.0496, Target("at_least", 0.05), "4.96%", "5.00%"),
        (0.0504, Target("at_most", 0.05), "5.04%", "5.00%"),
        (0.0704, Target("between", 0.05, 0.07), "7.04%", "7.00%"),
        (0.0504, Target("at_least", 0.05), "5.0%", "5.0%"),
        (0.0486, Target("at_least", 0.05), "4.9%", "5.0%"),
    ],
)
def test_a_value_is_told_from_the_goal_that_it_missed(value: float, target: Target, value_text: str, goal: str) -> None:
    """A goal that was met may look like the value."""
    reading = Reading("ctr", Unit("percent"), value, goal=Goal.of(value, target, elapsed=1, over_time="quotient"))
    unit = judged_unit(reading)
    number = target.low if target.high is None else target.high
    assert (format_value(value, unit, "en"), format_value(number, unit, "en")) == (value_text, goal)


@pytest.mark.parametrize(
    ("value", "limit", "value_text", "limit_text"),
    [
        (1501, 1500, "1.501s", "1.500s"),
        (2000, 1500, "2s", "1.5s"),
        (2040, 2000, "2.04s", "2.00s"),
        (75_400, 75_000, "1m 15.4s", "1m 15.0s"),
        (95_000, 75_000, "1m 35s", "1m 15s"),
    ],
)
def test_a_duration_is_told_from_the_limit_that_it_exceeded(
    value: int, limit: int, value_text: str, limit_text: str
) -> None:
    """Whole seconds are kept where they differ."""
    goal = Goal.of(value, Target("at_most", limit), elapsed=1, over_time="quotient")
    unit = judged_unit(Reading("load", Unit("milliseconds"), value, goal=goal))
    assert (format_value(value, unit, "en"), format_value(limit, unit, "en")) == (value_text, limit_text)


@pytest.mark.parametrize("unit", [Unit("percent"), Unit("currency", "USD"), Unit("seconds")])
def test_a_bound_is_not_turned_around(unit: Unit) -> None:
    """In a line of Arabic a mark keeps the sign before its number, where it would read as its contrary."""
    assert "\N{LEFT-TO-RIGHT MARK}<0." in format_value(0.0004, unit, "ar")


@pytest.mark.parametrize(
    ("share", "text"), [(0.5, "50%"), (59_900 / 60_000, "99.8%"), (0.99996, "99.996%"), (1.0, "100%"), (0.004, "0.4%")]
)
def test_progress(share: float, text: str) -> None:
    """A goal that was not reached is not at 100 %."""
    assert format_progress(Goal(1, share, 1.0, None, "progress"), "en") == (text, "100%")


@pytest.mark.parametrize(
    ("progress", "standing", "texts"),
    [
        (0.452, "above_pace", ("45.20%", "45.16%")),
        (0.451, "behind", ("45.1%", "45.2%")),
        (0.4516, "on_course", ("45%", "45%")),
        (0.46, "above_pace", ("46%", "45%")),
        (None, "behind", ("", "45%")),
    ],
)
def test_progress_off_its_pace_is_told_from_it(
    progress: float | None, standing: Standing, texts: tuple[str, str]
) -> None:
    """What is "above the pace" does not read 45% where 45% are expected by now."""
    assert format_progress(Goal(1000, progress, 14 / 31, standing, "at_most"), "en") == texts


@pytest.mark.parametrize(
    ("value", "unit", "locale", "expected"),
    [
        (5, Unit("count"), "en", "#,##0"),
        (0.64, Unit("seconds"), "en", '[>=0.000011574074074][s]"s";s.00"s"'),
        (6.4, Unit("seconds"), "en", '[>=0.00011574074074][s]"s";s.0"s"'),
        (2.95, Unit("seconds"), "de", '[>=0.000034722222222][s]" Sek.";[>=0.000034143518518][s]",0 Sek.";s.0" Sek."'),
        (6.4, Unit("seconds", decimals=2), "en", '[>=0.000694444444444][s]"s";s.00"s"'),
        (6.4, Unit("seconds", decimals=6), "en", '[>=0.000694444444444][s]"s";s.000"s"'),
        (95, Unit("seconds", decimals=2), "en", '[m]"m "s.00"s"'),
        (0.5, Unit("percent"), "en", "#,##0.0%"),
        (0.5, Unit("percent"), "es", f'#,##0.0"{NBSP}"%'),
        (0.5, Unit("percent"), "tr", "%#,##0.0"),
        (5, Unit("percent_100"), "tr", '"%"#,##0.0'),
        (5, Unit("percent_100"), "en", '#,##0.0"%"'),
        (5, Unit("currency", "BRL"), "pt-BR", f'"R${NBSP}"#,##0.00'),
        (0.0482, Unit(), "en", "#,##0.0000"),
        (95, Unit("seconds"), "en", '[m]"m "s"s"'),
        ("2026-10-03", Unit("date"), "pt-BR", 'd "de" mmm "de" yyyy'),
        ("text", Unit("count"), "en", "@"),
    ],
)
def test_excel_formats(value: float | str, unit: Unit, locale: str, expected: str) -> None:
    """The workbook's number format comes from the same unit."""
    assert excel_format(value, unit, locale) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (86_400, Unit("seconds"), 1.0),
        (12, Unit("hours"), 0.5),
        ("2026-10-03", Unit("date"), date(2026, 10, 3)),
        (1_790_899_200, Unit("date"), date(2026, 10, 2)),
        (5, Unit("date"), "5"),
        (0.048, Unit("percent"), 0.048),
        (None, Unit("count"), None),
    ],
)
def test_excel_values(value: float | str | None, unit: Unit, expected: float | date | None) -> None:
    """Durations become days, days become dates, the rest stays what it is."""
    assert excel_value(value, unit) == expected


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from(["en", "pt-BR", "es", "de", "ja"]))
def test_rounding_is_to_the_nearest(number: Decimal, locale: str) -> None:
    """What is printed with two decimals is within half a hundredth of the value; a smaller one is a bound."""
    assume(not 0 < number < Decimal("0.005"))
    text = format_value(float(number), Unit("decimal"), locale)
    symbols = babel_locale(locale).number_symbols["latn"]
    plain = text.replace(symbols["group"], "").replace(symbols["decimal"], ".").replace("\N{MINUS SIGN}", "-")
    assert abs(Decimal(plain) - number) <= Decimal("0.005")


@given(
    st.integers(-(10**15), 10**15), st.sampled_from(["count", "decimal", "percent", "percent_100", "currency", None])
)
def test_no_plain_hyphen_as_a_minus(number: int, name: UnitName | None) -> None:
    """Negative numbers carry the real minus sign."""
    assert "-" not in format_value(number, Unit(name, "USD" if name == "currency" else None), "en")


@pytest.mark.parametrize(
    ("word", "locale", "expected"),
    [
        ("2026-10", "en", "October 2026"),
        ("2026-10", "pt-BR", "outubro de 2026"),
        ("2026-Q3", "en", "Q3 2026"),
        ("2025", "en", "2025"),
        ("2026-10-05", "en", "October 5, 2026"),
    ],
)
def test_periods(word: str, locale: str, expected: str) -> None:
    """A period is said as briefly as it can be."""
    period = resolve_period(f"{word}..{word}" if len(word) == 10 else word, date(2026, 11, 23))
    assert format_period(period, locale) == expected


@pytest.mark.parametrize(
    ("word", "first_month", "locale", "expected"),
    [
        ("last_quarter", 4, "en", ("July – September 2026", "April – June 2026")),
        ("2026-Q3", 4, "pt-BR", ("julho – setembro de 2026", "abril – junho de 2026")),
        ("last_quarter", 2, "en", ("August – October 2026", "May – July 2026")),
        (
            "last_year",
            7,
            "en",
            ("July 2025 – June 2026", "July 2024 – June 2025"),
        ),
        ("last_month", 4, "en", ("October 2026", "September 2026")),
        ("last_quarter", 1, "en", ("Q3 2026", "Q2 2026")),
    ],
)
def test_fiscal_periods_are_called_by_their_months(
    word: str, first_month: int, locale: str, expected: tuple[str, str]
) -> None:
    """The second quarter of a fiscal year is not the calendar's: neither is called by a number, nor the one before."""
    today = date(2026, 11, 23)
    period = resolve_period(word, today, UnitStarts(month=first_month))
    before = resolve_baseline("previous_period", period, today)
    assert before
    assert tuple(" ".join(format_period(each, locale).split()) for each in (period, before)) == expected


def test_a_running_fiscal_quarter_is_called_by_its_days() -> None:
    """It has not all of its months yet."""
    period = resolve_period("quarter_to_date", date(2026, 11, 23), UnitStarts(month=4))
    assert " ".join(format_period(period, "en").split()) == "Oct 1 – Nov 22, 2026"


def test_dates_name_both_ends() -> None:
    """The days of a period show its first and last."""
    assert format_dates(resolve_period("2026-10", date(2026, 11, 23)), "en").split() == ["Oct", "1", "–", "31,", "2026"]


@pytest.mark.parametrize("name", ["xx-YY", "", "english please"])
def test_unknown_locale(name: str) -> None:
    """What CLDR does not know is an error, never a silent fall-back."""
    with pytest.raises(ValueError, match="locale"):
        babel_locale(name)


LOCALES = ["en", "pt-BR", "es", "ar", "ja", "de", "hi"]
OTHERS = ["nl", "fr", "en-IN", "he", "de-CH", "da", "tr", "fa", "eu"]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("amount", [-1234.5, 0.0, 1234567.89])
def test_as_cldr_has_it(locale: str, amount: float) -> None:
    """Amounts and rates read as Babel's own formatters write them, but for the real minus sign and its direction."""
    cldr = babel_locale(locale)
    money = (
        format_currency(amount, "USD", locale=cldr).replace("\u200f-", "\u200f\u200e-").replace("-", "\N{MINUS SIGN}")
    )
    rate = format_percent(round(amount) / 100, locale=cldr).replace("-", "\N{MINUS SIGN}")
    assert format_value(amount, Unit("currency", "USD"), locale) == money
    assert format_value(round(amount) / 100, Unit("percent", decimals=0), locale) == rate


@given(st.integers(-(10**12), 10**12), st.sampled_from(LOCALES))
def test_text_reads_back(hundredths: int, locale: str) -> None:
    """A decimal that is printed and read again by CLDR's rules is the same number."""
    text = format_value(hundredths / 100, Unit("decimal"), locale).replace("\N{MINUS SIGN}", "-")
    assert parse_decimal(text, locale=babel_locale(locale)) == Decimal(hundredths) / 100


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6), st.sampled_from(LOCALES))
def test_sign_of_a_change(current: int, baseline: int, locale: str) -> None:
    """A printed change has the sign of the move, and what is rounded to nothing has none."""
    change = Change.between(current, baseline, Unit("count"), "neutral")
    text = format_change(change, Unit("count"), locale)
    if any(digit in text for digit in "123456789"):
        assert ("+" in text, "\N{MINUS SIGN}" in text) == (change.absolute > 0, change.absolute < 0)
    else:
        assert not {"+", "\N{MINUS SIGN}"} & set(text)


UNITS = [
    *(Unit("count"), Unit("decimal"), Unit("decimal", decimals=4), Unit("percent"), Unit("percent", decimals=0)),
    *(Unit("percent_100"), Unit("percent_100", decimals=3), Unit("currency")),
    *(Unit("currency", code) for code in ("USD", "EUR", "BRL", "JPY", "KWD", "INR", "CHF")),
]


@pytest.mark.parametrize("locale", swept(LOCALES, OTHERS))
@pytest.mark.parametrize("unit", UNITS, ids=str)
@settings(max_examples=10)  # of each unit in each locale; what is special is named
@example(Decimal(0))
@example(Decimal("-0.00001"))  # rounded to nothing
@example(Decimal("0.005"))  # halfway, as the next
@example(Decimal("-2.5"))
@example(Decimal("-1234.5"))
@example(Decimal("0.0004"))  # less than any unit prints
@example(Decimal("0.99999"))  # all but whole
@example(Decimal("1.00001"))
@example(Decimal("9999.99999"))  # rounded up to one digit more
@example(Decimal("-123456789.12345"))  # groups of two and of three
@given(st.decimals(-(10**9), 10**9, places=5))
def test_the_workbook_shows_what_the_page_says(unit: Unit, locale: str, number: Decimal) -> None:
    """Counts, decimals, rates and amounts of any sign are the same text on the page and in the cell."""
    value = float(number)
    exact = Decimal(repr(value))
    shown = as_excel_shows(exact, excel_format(value, unit, locale), locale)
    assert shown.replace("-", "\N{MINUS SIGN}") == format_value(value, unit, locale)


@pytest.mark.parametrize(
    ("locale", "thousands", "millions"),
    [
        ("en", "12.3K", "-4.6M"),
        ("pt-BR", f"12,3{NBSP}mil", f"-4,6{NBSP}mi"),
        ("es", f"12,3{NBSP}mil", f"-4,6{NBSP}M"),
        ("fr", f"12,3{NBSP}k", f"-4,6{NBSP}M"),
        ("ja", "1.2万", "-456.8万"),
        ("ar", f"12.3{NBSP}ألف", f"\u200e-4.6{NBSP}مليون"),
        ("de", "12.345", f"-4,6{NBSP}Mio."),
    ],
)
def test_compact_forms(locale: str, thousands: str, millions: str) -> None:
    """Short forms are CLDR's own; the workbook prints the number in full, because it is there to calculate with."""
    unit = Unit("count", compact=True)
    texts = [format_value(number, unit, locale).replace("\N{MINUS SIGN}", "-") for number in (12_345, -4_567_890)]
    assert texts == [thousands, millions]
    assert excel_format(12_345, unit, locale) == excel_format(12_345, Unit("count"), locale)


@pytest.mark.parametrize(
    ("number", "text"), [(12_250, "12.3K"), (12_350, "12.4K"), (999_950, "1M"), (999_949, "999.9K"), (950, "950")]
)
def test_compact_forms_are_rounded_away_from_zero(number: int, text: str) -> None:
    """What is rounded up to a thousand thousands is a million."""
    assert format_value(number, Unit("count", compact=True), "en") == text


@pytest.mark.parametrize(
    "locale", ["en", "pt-BR", "es", "ar", "ja", "de", "fr", "it", "nl", "he", "hi", "th", "ko", "zh"]
)
@pytest.mark.parametrize("number", [999_950, 999_999, 999_950_000])
def test_no_short_form_is_rounded_to_the_next_in_its_own(number: int, locale: str) -> None:
    """What is rounded up to a million or a thousand millions is written as such in every language."""
    unit = Unit("count", compact=True)
    assert format_value(number, unit, locale) == format_value(10 ** len(str(number)), unit, locale)


@pytest.mark.parametrize("milliseconds", [640, 996, 1501, 2950, 90_500])
def test_a_duration_is_read_as_one(milliseconds: int) -> None:
    """Other programs take a cell for a time of day whose number format does not begin with elapsed time."""
    assert is_timedelta_format(excel_format(milliseconds, Unit("milliseconds"), "en"))


@given(
    st.integers(0, 10**7) | st.integers(0, 70_000),
    st.sampled_from([None, 0, 1, 2, 3]),
    st.sampled_from(["en", "ja", "ar", "hi"]),
)
@example(996, None, "en")  # rounded up to a second
@example(9960, None, "en")  # to ten
@example(59_996, 2, "en")  # to a minute
@example(2950, None, "en")  # to whole seconds
def test_durations_agree(milliseconds: int, decimals: int | None, locale: str) -> None:
    """The workbook prints a duration as the page does."""
    unit = Unit("milliseconds", decimals=decimals)
    printed = as_excel_prints(Decimal(milliseconds) / 1000, excel_format(milliseconds, unit, locale))
    assert printed == format_value(milliseconds, unit, locale)


@pytest.mark.parametrize(
    ("locale", "text"), [("en", "pp"), ("pt-BR", "p.p."), ("es-MX", "p.p."), ("de", "PP"), ("fr", "pt"), ("nl", "pp")]
)
def test_percentage_points_are_the_locales(locale: str, text: str) -> None:
    """A rate moves in points, as the locale writes them."""
    change = Change.between(0.05, 0.045, Unit("percent"), "neutral")
    assert format_change(change, Unit("percent"), locale).endswith(f"{NBSP}{text}")


@pytest.mark.parametrize(
    ("locale", "currency", "text"),
    [
        ("en", "IDR", "IDR\xa01,234"),
        ("en", "USD", "$1,234"),
        ("en", "CAD", "CA$1,234"),
        ("id", "IDR", "Rp\xa01.234"),
        ("de-CH", "CHF", "CHF\xa01\u2019234"),
        ("pt-BR", "BRL", "R$\xa01.234"),
    ],
)
def test_a_symbol_of_letters_stands_apart_from_its_digits(locale: str, currency: str, text: str) -> None:
    """As CLDR's currency spacing has it (UTS 35), on the page and in the workbook's format."""
    unit = Unit("currency", currency, decimals=0)
    assert format_value(1234, unit, locale) == text
    written = excel_format(1234, unit, locale).replace('"', "").replace("\\", "").partition(";")[0]
    assert written.partition("#")[0].replace("\xa0", " ") == text.partition("1")[0].replace("\xa0", " ")


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "\u22120.6\xa0pp"),
        ("pt-BR", "\u22120,6\xa0p.p."),
        ("ja", "\u22120.6\xa0ポイント"),
        ("ar", "\u200e\u22120.6\xa0نقطة مئوية"),
    ],
)
def test_percentage_points_have_the_words_of_the_language(locale: str, text: str) -> None:
    """As the headings of tables say them; the sign stays before its digits where the words run to the left."""
    rate = Unit("percent")
    assert format_change(Change.between(0.0456, 0.0516, rate, "neutral"), rate, locale) == text
