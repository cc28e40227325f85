"""Days and months that are not written as year-month-day, such as 31/10/2026, and how a spec writes them."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from datetime import date

_SIGN = r" ?[./-] ?"
_DAY = re.compile(rf"(?<!\d)(\d{{1,2}}){_SIGN}(\d{{1,2}}){_SIGN}(\d{{4}})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[./-](\d{1,2})(?:[./-](\d{1,2}))?(?!\d)")
_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}}){_SIGN}(\d{{4}})(?!\d)")
_PORTUGUESE = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
_NAMES = {
    name.casefold(): number
    for names in (month_name, month_abbr, ["", *_PORTUGUESE.split()])
    for number, name in enumerate(names)
    if name
}
_NAMED = re.compile(rf"\b({'|'.join(_NAMES)})\.? (?:of |de )?(\d{{4}})\b", re.IGNORECASE)
_NAMED_BEHIND = re.compile(rf"\b(\d{{4}}) ({'|'.join(_NAMES)})\b", re.IGNORECASE)
_PARTS = (
    (re.compile(r"q(?:uarter )?([1-4])[ /-]?(\d{4})", re.IGNORECASE), r"\2-Q\1"),
    (re.compile(r"(\d{4})[ /-]?q([1-4])", re.IGNORECASE), r"\1-Q\2"),
    (re.compile(r"w(?:eek )?(\d{1,2})[ /-]?(\d{4})", re.IGNORECASE), r"\2-W\1"),
    (re.compile(r"(\d{4})[ /-]?w(\d{1,2})", re.IGNORECASE), r"\1-W\2"),
)
"""Quarters and weeks of a year in other forms -> as a spec writes them, but for the nought of a week."""
_LAST_WEEK = 53
_BETWEEN = re.compile(r"(?<=\d)(?: *\.\.\.? *| +(?:-|–|to|until|a|até) +)(?=\d)")


def iso_forms(text: str) -> tuple[str, ...]:
    """Return how a spec writes a day, a month, a quarter, a week or two days.

    There are two readings where the month may stand first or second, and none where the text holds no such days, or
    is written so already.
    """
    if part := _quarter_or_week(text.strip()):
        return () if part == text else (part,)
    forms = (_written(text, "{2}-{1:0>2}-{0:0>2}"), _written(text, "{2}-{0:0>2}-{1:0>2}"))
    return tuple(dict.fromkeys(form for form in forms if form not in {None, text} and _in_calendar(form or "")))


def day_advice(text: str) -> str:
    """Return the advice for a text that is no day of a spec, with the day that it may stand for."""
    forms = [form for form in iso_forms(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", form)]
    return f"write {' or '.join(forms)}" if forms else "write year, month and day, as in 2026-10-31"


def is_month_name(text: str) -> bool:
    """Return whether a text is the name of a month without its year."""
    return text.strip().rstrip(".").casefold() in _NAMES


def _quarter_or_week(text: str) -> str | None:
    """Return how a spec writes a quarter or a week of a year; None for any other text."""
    found = next((form.sub(wanted, text) for form, wanted in _PARTS if form.fullmatch(text)), "")
    year, _, part = found.partition("-")
    form = f"{year}-W{part[1:]:0>2}" if part.startswith("W") else found
    return form if form and (part.startswith("Q") or 0 < int(part[1:]) <= _LAST_WEEK) else None


def _written(text: str, form: str) -> str | None:
    """Return a text with its days written as in a spec; None where it holds more than days."""
    text = _BETWEEN.sub("..", text.strip())
    text = _DAY.sub(lambda found: form.format(*found.groups()), text)
    text = _YEAR_FIRST.sub(lambda found: "-".join(part.zfill(2) for part in found.groups() if part), text)
    text = _MONTH.sub(lambda found: f"{found[2]}-{found[1]:0>2}", text) if not re.search(r"\d{4}-\d{2}", text) else text
    text = _NAMED.sub(lambda found: f"{found[2]}-{_NAMES[found[1].casefold()]:0>2}", text)
    text = _NAMED_BEHIND.sub(lambda found: f"{found[1]}-{_NAMES[found[2].casefold()]:0>2}", text)
    return text if re.fullmatch(r"\d{4}-\d{2}(-\d{2}(\.\.\d{4}-\d{2}-\d{2})?)?", text) else None


def _in_calendar(form: str) -> bool:
    try:
        days = [date.fromisoformat(day if day.count("-") > 1 else f"{day}-01") for day in form.split("..")]
    except ValueError:
        return False
    return days == sorted(days)
